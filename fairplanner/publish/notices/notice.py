"""A notice to one party of what a revision changes for it: a page, the same as text, and a calendar of the change only.

Plain facts: what was and what is. No reason is given but the one that whoever published the revision wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from fairplanner.domain.programme import Programme
from fairplanner.domain.published import FeedKey, Revision
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind
from fairplanner.publish.agendas.book import in_order
from fairplanner.publish.calendars.feeds import EntryChange, FeedChange
from fairplanner.publish.calendars.ical import Dresser, home_tz
from fairplanner.publish.calendars.showing import stamps_of
from fairplanner.publish.naming import dates_in_words
from fairplanner.publish.notices.differences import Lines, Row, Told, told
from fairplanner.publish.pages import page
from fairplanner.words import Words, words

WHATS = ("added", "changed", "cancelled", "restored")


@dataclass(frozen=True)
class Notice:
    """What one party is told in one language: subject line, and everything that changed in date order."""

    key: FeedKey
    party: str
    subject: str
    facts: tuple[str, ...]
    counted: str
    summary: str
    entries: tuple[Told, ...]
    changes: tuple[EntryChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many entries were added, changed, cancelled and restored."""
        found = Counter(entry.what for entry in self.entries)
        return {what: found[what] for what in WHATS}


class NoticeMaker:
    """Makes the notices of one revision in one language; `folder` holds the templates."""

    def __init__(self, programme: Programme, revision: Revision, lang: str, folder: Path) -> None:
        self.programme, self.revision, self.lang, self.folder = programme, revision, lang, folder
        self.w: Words = words(lang)
        self._dressers: dict[str, Dresser] = {}

    @cached_property
    def sample(self) -> str:
        """The line that everything of a sample carries; '' for real data."""
        return self.w("calendar.sample") if self.programme.settings.sample else ""

    @property
    def is_first(self) -> bool:
        """Whether nothing was published before: then the notice tells the dates themselves, not what changed of them."""
        return not self.revision.parent and self.revision.number == 1

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Programme and revision; when and by which post it was published, and why, as far as that was said."""
        w, revision = self.w, self.revision
        day = revision.at.astimezone(ZoneInfo(home_tz(self.programme))).date()
        lines = [w("notice.programme", programme=w.name(self.programme.settings), number=revision.number)]
        lines.append(w("notice.published", day=dates_in_words(w, day, day)))
        lines += [w(f"notice.{key}", said=said) for key in ("by", "why") if (said := _one_line(getattr(revision, key)))]
        return tuple(lines)

    def notice(self, change: FeedChange) -> Notice | None:
        """What is said of a feed's change; None where its reader sees nothing changed."""
        found = {c.after.key: (c, said) for c in change.entries if (said := told(self.w, c))}
        if not found:
            return None
        ordered = [found[entry.key] for entry in in_order(said.entry for _, said in found.values())]
        subject = self.w(
            f"notice.{'first.' if self.is_first else ''}subject",
            party=_one_line(change.title),
            number=self.revision.number,
        )
        entries = tuple(x for _, x in ordered)
        counted = self.counted(Counter(x.what for x in entries))
        summary = self.w(f"notice.{'first.' if self.is_first else ''}summary", counts=counted)
        told_of = tuple(c for c, _ in ordered)
        return Notice(change.key, change.title, subject, self.facts, counted, summary, entries, told_of)

    def counted(self, counts: Mapping[str, int]) -> str:
        """How many entries were added, changed, cancelled and restored, in words."""
        if self.is_first:
            return self.w("notice.first.count", count=sum(counts.values()))
        parts = [self.w(f"notice.count.{what}", count=counts[what]) for what in WHATS if counts[what]]
        return self.w("calendar.comma").join(parts)

    def html(self, notice: Notice) -> bytes:
        """One page that needs no network and links nothing: it is also sent as a message."""
        labels = {what: "" if self.is_first else self.w(f"notice.what.{what}") for what in WHATS}
        heading = {key: self.w(f"notice.{key}") for key in ("changes", "how", "attached")}
        if self.is_first:
            heading |= {key: self.w(f"notice.first.{key}") for key in ("changes", "attached")}
        return page(
            self.folder, "notice/notice.html.j2", self.lang, title=notice.subject, notice=notice, labels=labels,
            heading=heading, arrow=self.w("calendar.arrow").strip(), sample=self.sample, footer=self.facts[0],
        )  # fmt: skip

    def text(self, notice: Notice) -> bytes:
        """The same as plain text, UTF-8."""
        lines = [notice.subject, *([self.sample] if self.sample else []), "", *notice.facts, notice.summary, ""]
        for n, entry in enumerate(notice.entries, 1):
            what, key = self.w(f"notice.what.{entry.what}"), "first.entry" if self.is_first else "text.entry"
            lines.append(self.w(f"notice.{key}", n=n, what=what, title=entry.title))
            lines += [f"   {line}" for row in entry.rows for line in self._row(row)]
            lines.append("")
        attached = self.w(f"notice.{'first.' if self.is_first else ''}attached")
        return ("\n".join([*lines, attached]) + "\n").encode()

    def _row(self, row: Row) -> list[str]:
        def lines(key: str, values: Lines) -> list[str]:
            first = values[0] if len(values) == 1 else ""  # the label is said once, above the lines
            head = self.w(f"notice.text.{key}", label=row.label, value=first).rstrip()
            return [head, *(f"   {x}" for x in values)] if len(values) > 1 else [head] if values else []

        if row.is_swap:
            return [self.w("notice.text.swap", label=row.label, gone=row.gone[0], now=row.now[0])]
        if row.is_changed:
            return [*lines("gone", row.gone), *lines("now", row.now)]
        return lines("is", row.now)

    def calendar(self, notice: Notice) -> bytes:
        """Only the entries of the notice, as the party's feed shows them; raises PublicationBroken if our lint finds a defect."""
        states = [change.after for change in notice.changes]
        agenda = Agenda(
            audience=AudienceKind(notice.key.kind), subject=notice.key.subject, lang=self.lang, title=notice.subject,
            about="\n".join(notice.facts), revision=self.revision.number, stamp=self.revision.at,
            sample=self.programme.settings.sample, window=_window(self.programme), entries=tuple(x.entry for x in notice.entries),
        )  # fmt: skip
        return self._dresser(states[0].uid.rpartition("@")[2]).feed(agenda, stamps_of(states))

    def _dresser(self, host: str) -> Dresser:
        if host not in self._dressers:
            self._dressers[host] = Dresser(self.lang, host, home_tz(self.programme))
        return self._dressers[host]


def _window(programme: Programme) -> tuple[int, int]:
    return programme.settings.window_from.year, programme.settings.window_to.year


def _one_line(text: str) -> str:
    return " ".join(text.split())


def concerned(changes: Sequence[FeedChange]) -> list[FeedChange]:
    """The changes of parties (delegations, zones, firms), in order; fairs and the office's own feeds have nobody to tell."""
    parties = (AudienceKind.DELEGATION, AudienceKind.ZONE, AudienceKind.FIRM)
    order = [kind.value for kind in parties]
    kept = [replace(change, title=_one_line(change.title)) for change in changes if change.key.kind in order]
    return sorted(kept, key=lambda c: (order.index(c.key.kind), c.key.subject, c.key.lang))
