"""Deadlines: closing days of applications and stated milestones, shown as stated and never moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.planning import Choice
from fairplanner.domain.reference import Milestone
from fairplanner.publish.agenda import Entry, EntryKind
from fairplanner.publish.naming import Naming, dates_in_words

SATURDAY = 6
UNSURE = (Confidence.PROJECTED, Confidence.UNKNOWN, Confidence.BACKGROUND)


def last_working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend. Monday to Friday only: no calendar of public holidays is kept."""
    return day - timedelta(days=max(0, day.isoweekday() - SATURDAY + 1))


class Deadlines:
    """The deadlines of a programme in one language."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.programme = naming.programme
        self.as_of = self.programme.settings.as_of

    def of_phases(self, phase_ids: tuple[str, ...]) -> Iterator[Entry]:
        """Closing days and milestones of these phases."""
        wanted = set(phase_ids)
        for phase_id in phase_ids:
            choice = self.programme.choice(phase_id)
            if choice and choice.closes:
                yield self._closing(phase_id, choice, choice.closes)
        for row in self.programme.milestones:
            if row.phase_id in wanted and row.due:
                yield self._milestone(row, row.due)

    def of_programme(self) -> Iterator[Entry]:
        """Milestones of no phase in particular that fall into the programme's window."""
        lo, hi = self.programme.settings.window_from, self.programme.settings.window_to
        for row in self.programme.milestones:
            if not row.phase_id and row.due and lo <= row.due <= hi:
                yield self._milestone(row, row.due)

    def _closing(self, phase_id: str, choice: Choice, due: date) -> Entry:
        title = self.naming.say("calendar.title.closes", phase=self.naming.phase(phase_id))
        lines = (self.naming.say("calendar.line.office-deadline"),)
        return self._entry(f"closes:{phase_id}", title, due, lines, phase_id, choice.confidence)

    def _milestone(self, row: Milestone, due: date) -> Entry:
        say, zh = self.naming.say, self.naming.say.lang == "zh"
        what = (row.what_zh or row.what_en) if zh else (row.what_en or row.what_zh)
        title = say("calendar.title.closes-stated" if row.closes else "calendar.title.milestone", what=what)
        known = f"calendar.relation.{row.relation}"
        relation = say(known) if known in say else row.relation
        stated = {"phase": self.naming.phase(row.phase_id) if row.phase_id else "", "relation": relation}
        facts = stated | {"who": self.naming.readable(row.who), "source": self.naming.source(row.source)}
        lines = tuple(say(f"calendar.line.{name}", **{name: fact}) for name, fact in facts.items() if fact)
        return self._entry(f"milestone:{row.milestone_id}", title, due, lines, row.phase_id, row.confidence)

    def _entry(self, key: str, title: str, due: date, lines: tuple[str, ...], phase_id: str, sure: Confidence) -> Entry:
        say, is_firm = self.naming.say, sure not in UNSURE
        if not is_firm:
            title = say("calendar.dated.unsure", title=title)
        if (before := last_working_day(due)) != due:
            on = {"day": dates_in_words(say, due, due), "before": dates_in_words(say, before, before)}
            lines = (*lines, say("calendar.line.weekend", **on))
        if overdue := due < self.as_of:
            lines = (*lines, say("calendar.line.overdue", day=dates_in_words(say, self.as_of, self.as_of)))
        return Entry(key, EntryKind.DEADLINE, title, due, due, is_firm, lines=lines, phase_id=phase_id, overdue=overdue)
