"""The same exactly: the firm joins the programme, everybody else keeps what the plan gives them, and its year is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairplanner.domain.plan import Excluded, Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.explain.late.advise import Fit
from fairplanner.explain.late.late import LateFirm, asked, joined_by
from fairplanner.explain.reasons.answers import Cost
from fairplanner.pose import pose
from fairplanner.rules.reckon.value import claim_value, gain
from fairplanner.solver.joining import Joining


@dataclass(frozen=True)
class Given:
    """A place that the firm would get, exactly: what it costs with its journey, what it is paid back, and what the place adds to
    the plan on its own, thousandths of a point; where it is had only together with others, what it adds beside them."""

    participation: Participation
    costs: tuple[Cost, ...]
    back: Decimal
    adds: int


@dataclass(frozen=True)
class Exact:
    """All that the firm can have together: `given`, what they add to the plan (thousandths of a point), the plan with them, and
    why the others that seemed open are not among them. `applications`: rows to be entered first, if it is to be so.
    """

    given: tuple[Given, ...]
    adds: int
    plan: Plan
    programme: Programme
    left: tuple[Excluded, ...]
    applications: tuple[Application, ...]


def exactly(
    programme: Programme, plan: Plan, late: LateFirm, fits: Sequence[Fit], on: date | None = None
) -> Exact | None:
    """The best of the fairs that `advise` found open, by all rules, with everybody else's places as they are.

    None where the plan cannot stay as it is with the firm in it.
    """
    on = on or programme.settings.as_of
    open_ = [f for f in fits if f.state == "fits"]
    new = [asked(programme, late, f.phase_id, f.section_id, on) for f in open_ if not f.has_applied]
    joined = joined_by(programme, late, new)
    joining = Joining(pose(joined), plan, late.firm.firm_id)
    ids = {f"{late.firm.firm_id}/{f.phase_id}/{f.section_id or '-'}" for f in open_}
    found = joining.best(ids)
    if found is None:
        return None
    had = {p.participation_id for p in plan.participations}
    got = [p for p in found.plan.participations if p.firm_id == late.firm.firm_id and p.participation_id not in had]
    chosen = {p.application_id for p in got}
    left = tuple(e for e in found.plan.excluded if e.firm_id == late.firm.firm_id and _of(e) in ids - chosen)
    given = tuple(_given(joined, found.plan, p, joining.gain(p.application_id)) for p in got)
    rows = tuple(a for a in new if a.application_id in chosen)
    return Exact(given, found.value - found.before, found.plan, joined_by(programme, late, rows), left, rows)


def _of(e: Excluded) -> str:
    return dict(e.facts).get("application", "")


def _given(programme: Programme, plan: Plan, p: Participation, adds: int | None) -> Given:
    lines = [Cost("stand", p.stand_cost), *(Cost(line, amount) for line, amount in p.other_cost)]
    ways = [j for j in plan.journeys if j.firm_id == p.firm_id and p.phase_id in j.phases]
    for j in ways:
        lines += [Cost("fare", j.fare / len(j.phases)), Cost("lodging", j.lodging / len(j.phases))]
    claims = [c for c in plan.claims if (c.firm_id, c.phase_id) == (p.firm_id, p.phase_id)]
    if adds is None:
        adds = gain(programme, p) + sum(gain(programme, j) // len(j.phases) for j in ways)
        adds += sum(claim_value(programme, c.amount) for c in claims)
    return Given(p, tuple(c for c in lines if c.amount), sum((c.amount for c in claims), Decimal(0)), adds)
