"""Permits that a plan does not keep: what must be filed again, and how many working days that takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.duties import Approval
from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.away import concerns, fits, permits
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.duties import Due, dues, occasions_of


@dataclass(frozen=True)
class Refiling:
    """One permit that is not kept. `party`: the one that goes instead, None where none does: the permit is to be handed back.

    `asked`: what its officials must do before they leave, earliest first; empty where the duties say nothing, and then
    `working_days`, from the first of them to the day of leaving, is not known. `is_forecast`: as for duties.
    """

    approval: Approval
    party: Delegation | None = None
    asked: tuple[Due, ...] = ()
    working_days: int | None = None
    is_forecast: bool = False

    @property
    def first(self) -> date | None:
        """The last working day on which the first of it can be done."""
        return self.asked[0].working if self.asked else None

    @property
    def is_overdue(self) -> bool:
        """Whether that day is past."""
        return bool(self.asked) and self.asked[0].is_overdue


def refilings(programme: Programme, plan: Plan) -> tuple[Refiling, ...]:
    """Every permit that a plan does not keep, in order of id; a party that must go instead, one for each of them."""
    return tuple(x for approval in permits(programme) for x in _of(programme, plan, approval))


def _of(programme: Programme, plan: Plan, approval: Approval) -> Iterator[Refiling]:
    mine = [d for d in plan.delegations if concerns(approval, d)]
    if any(fits(approval, [s.phase_id for s in d.stops], d.depart, d.return_, d.officials) for d in mine):
        return
    if not mine:
        yield Refiling(approval)
    for d in mine:
        yield _again(programme, approval, d)


def _again(programme: Programme, approval: Approval, d: Delegation) -> Refiling:
    found = [x for o in occasions_of(programme, [d]) for x in dues(programme, o) if x.due < o.departs]
    asked = tuple(x for x in found if x.duty.who == "officials")
    if not asked:
        return Refiling(approval, d)
    days = WorkCalendar(programme).between(asked[0].working, d.depart)
    return Refiling(approval, d, asked, days, any(x.is_forecast for x in asked))
