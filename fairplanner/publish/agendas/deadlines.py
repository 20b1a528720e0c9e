"""Deadlines: closing days of applications and stated milestones, shown as stated and never moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.planning import Choice
from fairplanner.domain.reference import Milestone
from fairplanner.publish.agendas.agenda import Entry, EntryKind
from fairplanner.publish.money.claim_dates import ToClaim, claim_day, papers_of
from fairplanner.publish.naming import Naming, dates_in_words
from fairplanner.publish.wording.duty_words import DutyWords
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.duties import dues, occasion_of

UNSURE = (Confidence.PROJECTED, Confidence.UNKNOWN, Confidence.BACKGROUND)


class Deadlines:
    """The deadlines of a programme in one language; nothing in them hangs on the day they are made.

    A deadline that is past says so by its date: a calendar that spoke of it would change for everybody every day.
    """

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.programme = naming.programme
        self.calendar = WorkCalendar(self.programme)

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

    def duties_of(self, phase_ids: Iterable[str], who: frozenset[str]) -> Iterator[Entry]:
        """What these people have to do before and after these phases.

        Counted from the fair, never from a party's own days of travel, which stand in no agenda (research/planner.md 34).
        """
        duties = DutyWords(self.naming)
        for occasion in filter(None, (occasion_of(self.programme, q) for q in phase_ids)):
            for due in (x for x in dues(self.programme, occasion) if x.duty.who in who):
                sure = due.duty.confidence
                yield self._entry(
                    f"duty:{due.key}", duties.title(due), due.due, duties.lines(due), occasion.phases[0], sure
                )

    def claims_of(self, claims: Iterable[ToClaim]) -> Iterator[Entry]:
        """The last day to claim each subsidy after each phase, with the papers that are needed; no amount stands here."""
        say, words = self.naming.say, self.naming.say.name
        for subsidy_id, phase_id in sorted({(c.subsidy_id, c.phase_id) for c in claims}):
            due = claim_day(self.programme, subsidy_id, phase_id)
            if due is None:
                continue
            facts = {"subsidy": words(self.programme.subsidy[subsidy_id]), "phase": self.naming.phase(phase_id)}
            papers = [words(paper) for paper, _ in papers_of(self.programme, [subsidy_id])]
            lines = [say("claim_list.papers_line", papers=self.naming.listed(papers))] if papers else []
            lines.append(say("claim_list.not_promised"))
            sure = self._sure(subsidy_id)
            title = say("claim_list.title", **facts)
            yield self._entry(f"claim:{subsidy_id}:{phase_id}", title, due, tuple(lines), phase_id, sure)

    def _sure(self, subsidy_id: str) -> Confidence:
        """How sure the term of a subsidy is: as its source."""
        pack_id, _, own = subsidy_id.rpartition(".")
        pack = self.programme.pack.get(pack_id)
        parts = [s for s in pack.subsidies if s.subsidy_id == own] if pack else []
        return pack.cite(parts[0], "claim_within_days").confidence if pack and parts else Confidence.USER

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
        if (before := self.calendar.last_working(due)) != due:
            on = {"day": dates_in_words(say, due, due), "before": dates_in_words(say, before, before)}
            lines = (*lines, say("calendar.line.weekend", **on))
            if not self.calendar.is_known(due):
                lines = (*lines, say("duties.line_forecast"))
        return Entry(key, EntryKind.DEADLINE, title, due, due, is_firm, lines=lines, phase_id=phase_id)
