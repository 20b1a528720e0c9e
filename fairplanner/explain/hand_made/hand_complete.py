"""A hand-made plan completed: its choices become decisions, and everything else is planned around them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from fairplanner.domain.hand_made import HandPlace
from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Decision
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame, NoPlan
from fairplanner.explain.again import Base
from fairplanner.pose import pose
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.reckon.places import pinned_firms
from fairplanner.rules.tables import Problem
from fairplanner.solver import Solved, solve

MOST_ROUNDS = 4
"""After so many plans that lost a choice which had no decision, every choice is given one."""

At = tuple[str, str]
"""Firm and phase."""
Decide = Callable[[HandPlace], Decision]


@dataclass(frozen=True)
class Finished:
    """`programme` has the `decisions` that were needed; `lost` are choices that no decision can bring about."""

    programme: Programme
    solved: Solved
    decisions: tuple[Decision, ...]
    lost: tuple[HandPlace, ...]


def finished(
    base: Base, places: Sequence[HandPlace], decide: Decide, *, before: Plan | None = None, seconds: float = 30
) -> Finished:  # fmt: skip
    """The best plan in which every choice of the sheet stands, with a decision (must-go) for each.

    At a fair where places are given in order nobody gets a decision whom the order serves: it would be told as one of people,
    and take from what is kept back for those. `before`: a plan to begin from. Raises NoPlan where the choices cannot all
    stand; its labels name the firm and phase of a choice.
    """
    wanted = {(p.firm_id, p.phase_id): p for p in reversed(places)}
    served = {(p.firm_id, p.phase_id) for p in base.plan.participations}
    ready = pinned_firms(base.programme)
    pins = [at for at in sorted(wanted) if at not in ready and not (at in served and _in_order(base.programme, at[1]))]
    for n in range(MOST_ROUNDS + 1):
        programme, problem, lost = _posed(base, wanted, pins, decide)
        solved = _solved(problem, before or base.plan, seconds, [decide(wanted[at]) for at in pins])
        there = {(p.firm_id, p.phase_id) for p in solved.plan.participations}
        missing = sorted(wanted.keys() - there - lost)
        if not missing:
            break
        pins = sorted({*pins, *(missing if n < MOST_ROUNDS - 1 else wanted.keys() - ready)})
    made = [wanted[at] for at in pins if at not in lost]
    in_order = sorted(made, key=lambda p: p.cell)
    left = sorted((wanted[at] for at in lost), key=lambda p: p.cell)
    return Finished(programme, solved, tuple(map(decide, in_order)), tuple(left))


def with_decisions(programme: Programme, decisions: Collection[Decision]) -> Programme:
    """The programme with more decisions; its digest is blank."""
    values = {name: getattr(programme, name) for name in Programme.model_fields}
    every = sorted((*programme.decisions, *decisions), key=lambda d: d.decision_id)
    return Programme.model_construct(None, **(values | {"decisions": tuple(every), "digest": ""}))


def _in_order(programme: Programme, phase_id: str) -> bool:
    return programme.policy(phase_id) is not Policy.OPTIMISE


def _posed(
    base: Base, wanted: dict[At, HandPlace], pins: Sequence[At], decide: Decide
) -> tuple[Programme, Problem, set[At]]:
    """The programme with decisions for all pins that can be posed, and the choices that cannot."""
    lost: set[At] = set()
    while True:
        programme = with_decisions(base.programme, [decide(wanted[at]) for at in pins if at not in lost])
        problem = pose(programme)
        firms, phases = (problem.participations[name].tolist() for name in ("firm", "phase"))
        gone = wanted.keys() - set(zip(firms, phases, strict=True))
        if gone <= lost:
            return programme, problem, lost
        lost |= gone


def _solved(problem: Problem, before: Plan, seconds: float, decisions: Sequence[Decision]) -> Solved:
    named = {d.decision_id: SEPARATOR.join((d.firm_id, d.phase_id)) for d in decisions}
    try:
        return solve(problem, seconds=seconds, previous=before)
    except NoPlan as error:
        raise NoPlan(error.status, [_named(b, named) for b in error.guilty]) from error


def _named(blame: Blame, named: dict[str, str]) -> Blame:
    is_ours = blame.rule == "decisions" and blame.label in named
    return replace(blame, label=named[blame.label]) if is_ours else blame
