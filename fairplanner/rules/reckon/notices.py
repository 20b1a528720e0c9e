"""Public notices (公示): how far the notice of a list has come on the day the plan is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fairplanner.domain.giving import Notice
from fairplanner.domain.kinds import Policy
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.calendar import WorkCalendar


class Stage(StrEnum):
    """Before `ended` no paper may call a place confirmed (planner.md 19)."""

    NONE = "none"
    AHEAD = "ahead"
    RUNNING = "running"
    OBJECTIONS = "objections"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """The notice of a list, its stage, and its length in working days; `forecast`: no notice of holidays is known yet."""

    stage: Stage
    notice: Notice | None = None
    working_days: int = 0
    forecast: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether the list may be called final."""
        return self.stage is Stage.ENDED


def is_proposed(programme: Programme, phase_id: str, section_id: str) -> bool:
    """Whether a place there goes in a published order and its notice has not ended: no paper may call it settled yet."""
    ordered = programme.policy(phase_id) is not Policy.OPTIMISE
    return ordered and not standing(programme, phase_id, section_id).is_confirmed


def standing(programme: Programme, phase_id: str, section_id: str) -> Standing:
    """Where the latest notice of a section (or of its whole phase) stands on `settings.as_of`, both its days included.

    After its last day, objections without an answer keep the list open.
    """
    own = [n for n in programme.notices if n.phase_id == phase_id and n.section_id in ("", section_id)]
    if not own:
        return Standing(Stage.NONE)
    notice = max(own, key=lambda n: (n.first, bool(n.section_id), n.notice_id))
    calendar, today = WorkCalendar(programme), programme.settings.as_of
    if today < notice.first:
        stage = Stage.AHEAD
    elif today <= notice.last:
        stage = Stage.RUNNING
    else:
        stage = Stage.OBJECTIONS if notice.answered < notice.objections else Stage.ENDED
    known = calendar.is_known(notice.first) and calendar.is_known(notice.last)
    return Standing(stage, notice, calendar.between(notice.first, notice.last), not known)
