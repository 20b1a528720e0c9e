"""The schedule as pictures for a chat: 1,080 pixels wide, a few days each, none so tall that a phone makes it unreadable.

A picture is one page of Typst that is as tall as what stands on it. What goes on which picture is decided here by an estimate
of heights that errs upwards, so that no picture must be typeset to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from math import ceil
from typing import Any, NamedTuple

from fairplanner.publish.design.measure import shortened, text_width
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.phone.changed import Changed
from fairplanner.publish.phone.pack import Day, Item, Pack
from fairplanner.publish.qr import drawing
from fairplanner.words import Words

TEMPLATE = "phone/schedule.typ"
WIDTH_PX, WIDTH = 1080, 360.0
PPI = WIDTH_PX * 72 // int(WIDTH)
MARGIN = 18.0
CODE = 120.0
"""Points of the code on the first picture: 360 pixels, which a chat recognises when somebody presses on the picture."""
TALLEST, MOST_TEXT = 1_080.0, 6_800.0
"""Points of a picture by the estimate, 3,240 pixels at most, and of all text on it set in one line: what a picture weighs hangs
on its letters, at most 72 bytes a point (measured on 450 pictures in both languages), so that none has more than 500 kB."""
MOST_DAYS = 3
MOST_CHANGES = 6
LONGEST_NOTE = 140
LEADING, LINE = 0.62, 1.36
"""Between two lines of the template, and from one to the next (height of a capital and leading), in ems of their type."""
FIRST_LINES, OTHER_LINES = 4, 2
"""Lines to which long names give way on top of the first picture and of the others; the page has them whole."""


class Room(NamedTuple):
    """What something takes of a picture: points of height, and of text in one line."""

    tall: float = 0.0
    text: float = 0.0

    def __add__(self, other: Room) -> Room:  # type: ignore[override]
        return Room(self.tall + other.tall, self.text + other.text)

    @property
    def is_over(self) -> bool:
        """Whether it is more than a picture has."""
        return self.tall > TALLEST or self.text > MOST_TEXT


def together(parts: Iterable[Room]) -> Room:
    """The sum of what several things take."""
    return reduce(Room.__add__, parts, Room())


def _whole_words(text: str, cut: str) -> str:
    """A cut text that does not end inside a Latin word."""
    kept = cut.removesuffix("…")
    ends = text[len(kept) - 1 : len(kept) + 1]
    return (
        f"{kept.rpartition(' ')[0]}…"
        if cut != text and len(ends) == 2 and ends.isascii() and ends.isalnum() and " " in kept
        else cut
    )


@dataclass(frozen=True)
class Block:
    """A heading (a day, or a title over deadlines) and what stands under it on one picture."""

    title: str
    note: str
    items: tuple[Item, ...]
    is_due: bool = False


@dataclass(frozen=True)
class Picture:
    """What stands on one picture."""

    blocks: tuple[Block, ...] = ()
    changed: tuple[Changed, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    more: str = ""
    empty: str = ""
    days: frozenset[str] = field(default=frozenset())


class Cutter:
    """Cuts a pack into pictures."""

    def __init__(self, w: Words, pack: Pack, design: Design) -> None:
        self.w, self.pack = w, pack
        scale = design.type["phone"]
        self.sizes = {name: size * scale for name, size in design.type.items()}
        self.gap = design.space["usual"] * scale
        names = ((pack.who, "title"), (pack.fairs, "section"))
        self.long, self.short = (
            tuple(self._fitted(*name, most) for name in names) for most in (FIRST_LINES, OTHER_LINES)
        )

    def _fitted(self, text: str, size: str, most: int) -> str:
        """Each line of a text, cut where it would take more than so many lines of a picture."""
        room = most * (WIDTH - 2 * MARGIN)
        return "\n".join(_whole_words(line, shortened(line, self.sizes[size], room)) for line in text.split("\n"))

    def pictures(self) -> tuple[Picture, ...]:
        """At least one; the first tells what changed and the facts, deadlines come last."""
        made: list[Picture] = [self._first()]
        taken = self._room_of_first(made[0])
        for block, day in self._blocks():
            own, picture = self._block(block), made[-1]
            days = picture.days | {day}
            is_full = (taken + own).is_over or len(days) > MOST_DAYS or self._turns(picture, block)
            if is_full and (picture.blocks or len(made) == 1):
                made.append(Picture())
                taken = self._head(self.short)
                days = frozenset({day})
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, block), days=days)
            taken += own
        return tuple(made)

    def _first(self) -> Picture:
        changed = tuple(replace(c, lines=tuple(map(self._short, c.lines))) for c in self.pack.changed[:MOST_CHANGES])
        left = len(self.pack.changed) - len(changed)
        empty = "" if self.pack.days else self.w("phone.no_days")
        more = self.w("phone.changes_more", count=left) if left else ""
        facts = tuple((name, self._fitted(value, "table", FIRST_LINES)) for name, value in self.pack.facts)
        return Picture(changed=changed, facts=facts, more=more, empty=empty)

    @staticmethod
    def _turns(picture: Picture, block: Block) -> bool:
        """Deadlines begin a picture of their own."""
        return block.is_due and any(not b.is_due for b in picture.blocks)

    def _blocks(self) -> Iterator[tuple[Block, str]]:
        """Days and deadlines in order, one item each where a day is too tall for one picture."""
        for days, is_due in ((self.pack.days, False), (self.pack.deadlines, True)):
            for day in days:
                for n, items in enumerate(self._shares(day)):
                    name = self.w("phone.weekday", day=day.name, weekday=day.weekday)
                    title = self.w("phone.continued", day=name) if n else name
                    key = "due" if is_due else day.on.isoformat()
                    yield Block(title, self.w("phone.year", year=day.on.year), items, is_due), key

    def _shares(self, day: Day) -> Iterator[tuple[Item, ...]]:
        share: list[Item] = []
        begun = self._head(self.short) + self._block(Block(day.name, "", ()))
        taken = begun
        for item in map(self._item_fitted, day.items):
            own = self._item(item)
            if share and (taken + own).is_over:
                yield tuple(share)
                share, taken = [], begun
            share.append(item)
            taken += own
        yield tuple(share)

    def _item_fitted(self, item: Item) -> Item:
        places = {name: self._fitted(getattr(item, name), "table", FIRST_LINES) for name in ("where", "abroad")}
        title = self._fitted(item.title, "body", FIRST_LINES)
        return replace(item, title=title, notes=tuple(map(self._short, item.notes)), **places)

    def _short(self, note: str) -> str:
        """A long list of names is told in full on the page, not in a picture."""
        if len(note) <= LONGEST_NOTE:
            return note
        return note[:LONGEST_NOTE].rstrip("、，, ") + self.w("phone.more")

    # room, in points: every line of text with the gap after it

    def _text(self, text: str, size: str, *, bold: bool = False) -> Room:
        if not text:
            return Room()
        points = self.sizes[size]
        widths = [text_width(line, points, bold=bold) for line in text.split("\n")]
        lines = sum(max(1, ceil(width / (WIDTH - 2 * MARGIN))) for width in widths)
        return Room((lines * LINE - LEADING) * points + self.gap, sum(widths))

    def _gaps(self, count: int) -> Room:
        return Room(count * self.gap)

    def _head(self, names: tuple[str, ...]) -> Room:
        """Who, which fair, which revision, and the line at the foot; on every picture."""
        pack, (who, fairs) = self.pack, names
        told = (
            ("note", pack.sample),
            ("title", who),
            ("section", fairs),
            ("note", pack.revision),
            ("note", pack.said),
            ("fine", pack.footer),
        )
        return together(self._text(text, size, bold=True) for size, text in told) + self._gaps(5)

    def _room_of_first(self, picture: Picture) -> Room:
        parts = [self._head(self.long), self._text(picture.empty, "body"), self._gaps(5)]
        parts += [self._text(name, "fine") + self._text(value, "table") for name, value in picture.facts]
        for c in picture.changed:
            parts += [self._text(c.title, "table", bold=True), *(self._text(line, "note") for line in c.lines)]
        code = self._text(self.w("phone.scan"), "note") + Room(CODE) + self._gaps(2) if self.pack.page else Room()
        return together([*parts, code])

    def _block(self, block: Block) -> Room:
        head = self._text(block.title, "title", bold=True) + self._gaps(3)
        return together([head, *map(self._item, block.items)])

    def _item(self, item: Item) -> Room:
        chips = self._text(item.mark + item.kind + item.counted, "note")
        places = together(self._text(place, "table") for place in (item.where, item.abroad))
        notes = together(self._text(note, "note") for note in item.notes)
        return chips + self._text(item.title, "body", bold=True) + places + notes + self._gaps(1)

    def data(self, pictures: Sequence[Picture], n: int) -> dict[str, Any]:
        """What Typst is given for picture `n` (from 0)."""
        w, pack, one = self.w, self.pack, pictures[n]
        part = w("phone.part", part=n + 1, parts=len(pictures)) if len(pictures) > 1 else ""
        who, fairs = self.short if n else self.long
        return {
            "lang": pack.lang, "title": pack.title, "who": who, "fairs": fairs, "revision": pack.revision, "part": part,
            "said": pack.said, "sample": pack.sample, "footer": pack.footer, "more": one.more, "empty": one.empty,
            "changes_title": w("phone.changes"), "changed": [asdict(c) | {"said": w("phone.change", what=c.what, title=c.title)} for c in one.changed],
            "facts": [list(f) for f in one.facts], "deadlines_title": w("phone.deadlines"), "width": WIDTH, "margin": MARGIN,
            "blocks": [asdict(b) for b in one.blocks], "qr": drawing(pack.page) if pack.page and not n else "", "code": CODE,
            "scan": w("phone.scan"),
        }  # fmt: skip
