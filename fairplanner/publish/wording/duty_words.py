"""What is due when, in words: title, who, counted from what, by which calendar, and what it would take once past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

from fairplanner.domain.kinds import Confidence
from fairplanner.publish.naming import Naming
from fairplanner.rules.reckon.duties import ANCHORS, Due

UNSURE = (Confidence.PROJECTED, Confidence.UNKNOWN, Confidence.BACKGROUND)


class DutyWords:
    """The words of duties in one language."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.w = naming, naming.say
        self.by_id = {d.duty_id: d for d in naming.programme.duties}

    def title(self, due: Due) -> str:
        """What is due, for which phases."""
        return self.w("duties.title", what=self.w.name(due.duty), phases=self.phases(due))

    def phases(self, due: Due) -> str:
        """The phases it is for."""
        return self.naming.listed([self.naming.phase(q) for q in due.occasion.phases])

    def who(self, due: Due) -> str:
        """Who does it."""
        return self.w(f"duties.who_{due.duty.who}")

    def counted(self, due: Due) -> str:
        """So many days before or after what."""
        duty, before = due.duty, due.duty.days < 0
        anchor = self.w(f"duties.{duty.anchor}") if duty.anchor in ANCHORS else self.w.name(self.by_id[duty.anchor])
        key = f"duties.{'before' if before else 'after'}{'-working' if duty.unit == 'working-days' else ''}"
        return self.w(key, anchor=anchor, days=abs(duty.days))

    def lines(self, due: Due) -> tuple[str, ...]:
        """Everything else there is to say to a calendar, a line each: nothing in it changes because a day has passed."""
        return tuple(self._lines(replace(due, is_overdue=False)))

    def _lines(self, due: Due) -> Iterator[str]:
        yield self.w("duties.line_who", who=self.who(due))
        yield self.w("duties.line_counted", counted=self.counted(due))
        if due.duty.anchor in ("departs", "returns"):
            yield self.w(f"duties.line_{self._journey(due)}")
        if due.is_forecast:
            yield self.w("duties.line_forecast")
        elif due.duty.unit == "working-days":
            yield self.w("duties.line_calendar", version=version("chinesecalendar"))
        yield from self.remarks(due)
        source = due.duty.source
        # where nothing is known for certain the source is a remark in the catalogue's own language, unless it is an address
        if due.duty.confidence not in UNSURE or source.startswith(("http://", "https://")):
            yield self.w("duties.line_source", source=self.naming.source(source))

    def _journey(self, due: Due) -> str:
        """Which days of travel it is counted from: planned ones, those of exhibitors, or the days next to the fair."""
        at, firms = due.occasion, due.duty.who in ("firms", "goods")
        if at.is_planned:
            return "planned"
        is_own = firms and (at.firms_depart, at.firms_return) != (at.departs, at.returns)
        return "unplanned_firms" if is_own else "unplanned"

    def remarks(self, due: Due) -> Iterator[str]:
        """What it would take once past, and how sure the time allowed is."""
        cure = due.duty.cure_zh if self.w.lang == "zh" else due.duty.cure_en
        if due.is_overdue and cure:
            yield self.w("duties.line_cure", cure=cure)
        if due.duty.confidence in UNSURE:
            yield self.w("duties.line_unsure")
