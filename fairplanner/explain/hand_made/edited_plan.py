"""A plan edited in a workbook: whether the edits can stand at all, with everything else as it was or only if others give way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from fairplanner.domain.hand_made import HandPlace
from fairplanner.domain.planning import Application, Decision
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame, NoPlan
from fairplanner.explain.again import Base
from fairplanner.explain.hand_made.hand_posed import Finding, Poser
from fairplanner.explain.hand_made.judging import judge
from fairplanner.pose import pose
from fairplanner.solver import solve


@dataclass(frozen=True)
class Weighed:
    """`stands`: nothing else need change; `moves`: others must give way (`findings`: what would be broken if they did not);
    `impossible`: no plan keeps every rule (`findings` of edits that cannot be planned at all, else the `guilty` limits);
    `unknown`: not settled in the time there was."""

    outcome: Literal["stands", "moves", "impossible", "unknown"]
    findings: tuple[Finding, ...] = ()
    guilty: tuple[Blame, ...] = ()


def with_edits(
    programme: Programme, decisions: Collection[Decision], applications: Collection[Application]
) -> Programme:
    """The programme with more decisions and applications that ask for something else; its digest is blank."""
    values = {name: getattr(programme, name) for name in Programme.model_fields}
    every = tuple(sorted((*programme.decisions, *decisions), key=lambda d: d.decision_id))
    new = {a.application_id: a for a in applications}
    asked = tuple(new.get(a.application_id, a) for a in programme.applications)
    return Programme.model_construct(None, **(values | {"decisions": every, "applications": asked, "digest": ""}))


def weigh(
    base: Base, programme: Programme, places: Sequence[HandPlace], edited: Sequence[HandPlace], *, seconds: float = 30
) -> Weighed:  # fmt: skip
    """Judge all `places` as the workbook leaves them in the programme with the edits; `edited` are those that must be possible.

    Only where something would be broken is it planned again, to see whether others can give way.
    """
    posed = Base(programme, pose(programme), base.plan, base.prices)
    poser = Poser(posed.problem)
    blocked = tuple(finding for place in edited for finding in poser(place).findings)
    if blocked:
        return Weighed("impossible", blocked)
    found = judge(posed, places)
    if not found.findings:
        return Weighed("stands")
    try:
        solve(posed.problem, seconds=seconds, previous=base.plan)
    except NoPlan as error:
        return Weighed("impossible" if error.status == "infeasible" else "unknown", found.findings, tuple(error.guilty))
    return Weighed("moves", found.findings)
