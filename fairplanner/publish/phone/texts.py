"""A short text for each day, to be pasted into a chat: no table, at most 300 characters, what matters least left out first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fairplanner.publish.design.measure import shortened
from fairplanner.publish.phone.pack import Day, Item, Pack
from fairplanner.words import Words

LONGEST = 300
"""Characters of one day's text (research/planner.md 33)."""
SHORT, NOTE, ANY = 40, 60, 10_000
"""Characters to which a name gives way where a day is full; of a note that is kept longer than others; of any text."""


class Form(NamedTuple):
    """How much is said: titles and notes of at most so many characters, places or none."""

    title: int = ANY
    places: bool = True
    note: int = ANY


FORMS = (Form(), Form(note=NOTE), Form(note=0), Form(note=0, places=False), Form(SHORT, False, 0))


def day_text(w: Words, pack: Pack, day: Day) -> str:
    """One day; long notes give way first, then all, then places, then the ends of titles, then whole items, and the last line
    says so."""
    head = [x for x in (_head(w, pack, day), pack.sample, pack.said) if x]
    for form in FORMS:
        lines = [*head, *_lines(w, day.items, form)]
        if _fits(lines):
            return "\n".join(lines)
    more = w("phone.text.more")
    while not _fits([*lines, more]) and len(lines) > 1:
        lines.pop()
    return "\n".join([*lines, more])


def all_text(w: Words, pack: Pack) -> str:
    """Everything in one text: what it replaces, what changed, the days, the deadlines."""
    head = [w("phone.text.all_head", who=pack.who, title=pack.fairs, revision=pack.revision), pack.sample, pack.said]
    blocks = ["\n".join(x for x in head if x)]
    if pack.changed:
        blocks.append("\n".join([w("phone.changes"), *changes(w, pack)]))
    for days in (pack.days, pack.deadlines):
        if days and days is pack.deadlines:
            blocks.append(w("phone.deadlines"))
        blocks += ["\n".join([day.full, *_lines(w, day.items, FORMS[0])]) for day in days]
    page = [w("phone.text.page", url=pack.page)] if pack.page else []
    return "\n\n".join([*blocks, *page, pack.footer])


def changes(w: Words, pack: Pack) -> Iterator[str]:
    """What changed, a line an entry and a line a field."""
    for c in pack.changed:
        yield w("phone.change", what=c.what, title=c.title)
        yield from (w("phone.text.note", note=line) for line in c.lines)


def _head(w: Words, pack: Pack, day: Day) -> str:
    # the name of a party may itself be as long as a text
    who = pack.who if len(pack.who) <= SHORT else shortened(pack.who, 1, SHORT)
    return w("phone.text.head", who=who, day=day.full, revision=pack.revision)


def _fits(lines: list[str]) -> bool:
    return len("\n".join(lines)) <= LONGEST


def _lines(w: Words, items: tuple[Item, ...], form: Form) -> list[str]:
    lines: list[str] = []
    for n, item in enumerate(items, 1):
        lines.append(w("phone.text.item", n=n, title=_title(w, item, form.title)))
        if form.places and item.where:
            lines.append(w("phone.text.where", where=item.where))
        lines += [w("phone.text.note", note=note) for note in item.notes if len(note) <= form.note]
    return lines


def _title(w: Words, item: Item, most: int) -> str:
    title = shortened(item.title, 1, most)
    counted = w("phone.counted", title=title, counted=item.counted) if item.counted else title
    return w("phone.change", what=item.mark, title=counted) if item.mark else counted
