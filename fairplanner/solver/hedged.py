"""Decided now, lost later: the plan that is best on average over scenarios, in which only what becomes impossible is given up.

Two stages in one model. The first is the plan. In each scenario stands what is left of it: nobody goes where the plan did not
send them, no zone sends a delegation where it was not to send one; how those who go travel, and what is paid back, follows
from what is left. What people demand (a decision, a permit, a floor) and cannot be had in a scenario is given up there, for a
fine that is above anything a plan could gain by it. Rules about the order in which places are given are kept by the plan;
in a scenario nothing is given any more, so they do not bind there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import block_diag, csr_array, vstack

from fairplanner.domain.plan import Plan
from fairplanner.errors import NoPlan
from fairplanner.rules import RULES
from fairplanner.rules.names import Joined, Same, chained
from fairplanner.rules.tables import Problem
from fairplanner.solver.branch import branch
from fairplanner.solver.closest import WEIGHT
from fairplanner.solver.engines import Tell, run
from fairplanner.solver.exact import Effort
from fairplanner.solver.extract import plan_of
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point
from fairplanner.solver.remains import (
    NEAR,
    Remains,
    Stage,
    kept_columns,
    narrowed,
    pairs_of,
    remains,
    stage_of,
    widths_of,
)
from fairplanner.solver.result import Found, gap_between
from fairplanner.solver.solve import judge
from fairplanner.solver.tidy import settled, without_needless
from fairplanner.solver.unplaced import told, unplaced

KEY = "hedge"
MOST_WHOLE = 12_000
"""Columns up to which every scenario stands in the model with all rules; above that, without what firms are paid back."""

FINE_GAP = 0.0001
"""What a hedge saves is small beside the plan: it must not be lost in what the search leaves open."""
CLOSEST_SECONDS, CLOSEST_NODES, CLOSEST_GAP = 20.0, 100, 0.01
"""Effort to keep what nobody needs to change as it was, and the share of the likeness that may be left to chance."""
SETTLE = Effort(10.0, 1.0)


@dataclass(frozen=True, eq=False)
class Weighted:
    """A scenario as it is posed, its weight, a whole number, and the phases that alone it changes (None: it changes more)."""

    problem: Problem
    weight: int
    phases: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class Hedged:
    """The hedged plan and what each scenario leaves of it, in the order of the scenarios, by all rules; `before` and `mean_before`:
    the same of the plan it began from.

    `mean`: thousandths of a point on weighted average, fines for what is demanded and given up included. `gap`: how far the
    model's best may be above what was found, a fraction. `whole`: the model had all rules in every scenario; else it left out
    there what firms are paid back.
    """

    plan: Plan
    left: tuple[Remains, ...]
    before: tuple[Remains, ...]
    mean: int
    mean_before: int
    gap: float
    whole: bool


def hedged(
    problem: Problem, cases: Sequence[Weighted], base_weight: int, start: Plan, *, seconds: float = 90,
    gap: float | None = None, reproducible: bool = True, workers: int = 8, tell: Tell | None = None,
) -> Hedged:  # fmt: skip
    """The plan that is worth most on weighted average over the base case and the scenarios; never worse than `start`.

    `gap` as a fraction (default: the programme's, but no more than FINE_GAP). Raises NoPlan where the base case admits none, PlanBroken where `check`
    condemns what was found.
    """
    first = build(problem, RULES)
    stages = [stage_of(case.problem) for case in cases]
    whole = len(first.gain) + sum(len(stage.model.gain) for stage in stages) <= MOST_WHOLE
    used = stages if whole else [stage_of(case.problem, light=True) for case in cases]
    weights = [case.weight for case in cases]
    model = hedged_model(problem, first, used, [base_weight, *weights])
    target = min(problem.programme.settings.gap, FINE_GAP) if gap is None else gap
    found, engine, _ = run(model, seconds, target, reproducible, workers, tell)
    if found.infeasible:
        raise NoPlan("infeasible")
    plans = [start]
    if found.point is not None:
        point, repeatable = _nearest(model, first, previous_point(problem, first, start), found)
        plans.append(_written(problem, first, point, start, engine, found.repeatable and repeatable))
    lefts = [_left(stages, cases, plan, whole=whole) for plan in plans]
    means = [
        mean_of([p.value, *(one.fined for one in left)], [base_weight, *weights])
        for p, left in zip(plans, lefts, strict=True)
    ]
    best = means.index(max(means))
    return Hedged(plans[best], lefts[best], lefts[0], means[best], means[0], _gap(model, found), whole)


def _left(stages: Sequence[Stage], cases: Sequence[Weighted], plan: Plan, *, whole: bool) -> tuple[Remains, ...]:
    """What each scenario leaves of a plan: exactly where the model is whole, else where it is near what it was."""
    return tuple(
        remains(stage, plan, near=0.0 if whole else NEAR, phases=None if whole else case.phases)
        for stage, case in zip(stages, cases, strict=True)
    )


def _gap(model: Model, found: Found) -> float:
    if found.point is None or found.bound is None:
        return 1.0
    return gap_between(model.value(found.point), found.bound)


def mean_of(values: Sequence[int], weights: Sequence[int]) -> int:
    """Weighted average, rounded down."""
    return sum(w * v for w, v in zip(weights, values, strict=True)) // sum(weights)


def _nearest(model: Model, first: Model, was: Ints, found: Found) -> tuple[Ints, bool]:
    """Of what is worth as much as was found (as far as that is proven to be the best), the first stage that differs least from
    the plan it began from; made only of what one of the two has. And whether it is repeatable."""
    point, width = found.point, len(first.gain)
    assert point is not None  # noqa: S101 - only asked for what was found
    value = model.value(point)
    unsure = 0 if found.bound is None else max(0, found.bound - value)
    least = value - min(unsure, round(FINE_GAP * abs(value)))
    upper, likeness = model.upper.copy(), np.zeros(len(model.gain), np.int64)
    for name, each in WEIGHT.items():
        place = first.blocks[name]
        upper[place] = np.where((was[place] == 0) & (point[place] == 0), model.lower[place], upper[place])
        likeness[place] = each * (2 * was[place] - 1)
    near = replace(
        model, upper=upper, gain=likeness, matrix=csr_array(vstack([model.matrix, csr_array(model.gain[None, :])], format="csr")),
        row_lower=np.append(model.row_lower, least), row_upper=np.append(model.row_upper, max(model.reach, value)),
        scale=np.append(model.scale, 1), rules=chained(model.rules, [KEY]), labels=chained(model.labels, [KEY]),
    )  # fmt: skip
    nearer = branch(near, CLOSEST_SECONDS, CLOSEST_NODES, CLOSEST_GAP)
    best = point if nearer.point is None or likeness @ nearer.point <= likeness @ point else nearer.point
    return settled(first, without_needless(first, best[:width]), SETTLE), nearer.repeatable


def _written(problem: Problem, model: Model, point: Ints, start: Plan, engine: str, repeatable: bool) -> Plan:
    """The first stage as a plan; what no plan of the base case can be worth more than is the bound of the one it began from."""
    value = model.value(point)
    bound = max(value, model.reach if start.bound is None else start.bound)
    plan = plan_of(
        problem, model.vectors(point), status="optimal" if bound == value else "feasible", bound=bound,
        gap=gap_between(value, bound), engine=engine, reproducible=repeatable,
    )  # fmt: skip
    judge(problem, RULES, plan, value)
    return plan.model_copy(update={"excluded": told(problem.excluded, unplaced(problem, plan))})


def hedged_model(problem: Problem, first: Model, stages: Sequence[Stage], weights: Sequence[int]) -> Model:
    """The first stage's model, each scenario's beside it, and the rows that tie what is left to what was decided.

    The columns of the first stage come first and in their places. Gains are weighted
    (`weights`: the base case's, then the scenarios'); nothing is divided.
    """
    parts, ties = [replace(first, gain=first.gain * weights[0])], []
    width = len(first.gain)
    for stage, weight in zip(stages, weights[1:], strict=True):
        keep = _possible(problem, stage)
        own = narrowed(stage.model, keep)
        parts.append(replace(own, gain=own.gain * weight, group=_group(first, own)))
        ties.append(_ties(problem, first, stage, keep, width))
        width += len(own.gain)
    matrices = [csr_array(block_diag([part.matrix for part in parts], format="csr"))]
    matrices += [csr_array((t.data, t.indices, t.indptr), shape=(t.shape[0], width)) for t in ties]
    tied = sum(t.shape[0] for t in ties)
    low, high = np.full(tied, -width, np.int64), np.zeros(tied, np.int64)
    names = Joined(tied, [np.repeat(np.arange(len(ties)), [t.shape[0] for t in ties]), np.arange(tied)])
    return replace(
        first, lower=_all(parts, "lower"), upper=_all(parts, "upper"), gain=_all(parts, "gain"), group=_all(parts, "group"),
        matrix=csr_array(vstack(matrices, format="csr")), row_lower=np.append(_all(parts, "row_lower"), low),
        row_upper=np.append(_all(parts, "row_upper"), high), scale=np.append(_all(parts, "scale"), high + 1),
        rules=chained(*(part.rules for part in parts), Same(KEY, tied)), labels=chained(*(part.labels for part in parts), names),
    )  # fmt: skip


def _all(parts: Sequence[Model], name: str) -> Ints:
    return np.concatenate([getattr(part, name) for part in parts])


def _group(first: Model, own: Model) -> Ints:
    """Whose column each is, by the first stage's numbers of firms; what belongs to a firm that it does not know is shared."""
    index = {firm: n for n, firm in enumerate(first.firms)}
    number = np.array([*(index.get(firm, -1) for firm in own.firms), -1], np.int64)
    return number[own.group]


def _possible(problem: Problem, stage: Stage) -> NDArray[np.bool_]:
    """Columns of a stage that something in the first stage could leave."""
    keep = kept_columns(stage.problem, widths_of(stage.model), _places(problem), pairs_of(problem))
    if stage.light:
        keep[stage.model.blocks["claims"]] = keep[stage.model.blocks["cuts"]] = False
    return keep


def _places(problem: Problem) -> pd.DataFrame:
    return problem.participations[["application", "sponsor", "booths"]]


def _ties(problem: Problem, first: Model, stage: Stage, keep: NDArray[np.bool_], at: int) -> csr_array:
    """What is left <= what was decided: each place, and each zone's delegation at a phase; over columns up to this stage's last."""
    number = np.where(keep, np.cumsum(keep) - 1 + at, -1)
    width = at + int(keep.sum())
    rows = [
        _tied(_place_pairs(problem, stage.problem), number[stage.model.blocks["participations"]],
              first.blocks["participations"].start, width),
        _tied(_host_pairs(problem, stage.problem), number[stage.model.blocks["delegations"]],
              first.blocks["delegations"].start, width),
    ]  # fmt: skip
    return csr_array(vstack(rows, format="csr"))


def _tied(pairs: tuple[Any, Any], number: Ints, start: int, width: int) -> csr_array:
    """One row a key: its columns of the stage less its columns of the first stage."""
    (later_row, later), (earlier_row, earlier) = pairs
    mine = number[later]
    met = mine >= 0
    codes, row = np.unique(np.concatenate([later_row[met], earlier_row]), return_inverse=True)
    wanted = np.zeros(len(codes), bool)
    wanted[row[: int(met.sum())]] = True
    col = np.concatenate([mine[met], start + earlier])
    data = np.concatenate([np.ones(int(met.sum()), np.int64), -np.ones(len(earlier), np.int64)])
    return csr_array(csr_array((data, (row, col)), shape=(len(codes), width))[wanted])


def _place_pairs(problem: Problem, later: Problem) -> tuple[Any, Any]:
    """(row, participation) of each place of a stage, and of each of the first stage with as many booths of the same
    application and sponsor, or more."""
    keys = ["application", "sponsor"]
    mine = later.participations[[*keys, "booths"]].reset_index(names="later")
    theirs = problem.participations[[*keys, "booths"]].reset_index(names="earlier")
    both = mine.merge(theirs, on=keys, suffixes=("", "_first")).query("booths_first >= booths")
    own = both["later"].drop_duplicates().to_numpy(np.int64)
    return (own, own), (both["later"].to_numpy(np.int64), both["earlier"].to_numpy(np.int64))


def _host_pairs(problem: Problem, later: Problem) -> tuple[Any, Any]:
    """(row, delegation) of each zone's delegations at each phase, of a stage and of the first stage."""
    mine, theirs = pairs_of(later), pairs_of(problem)
    keys = pd.concat([mine[["sponsor", "phase"]], theirs[["sponsor", "phase"]]])
    row = keys.groupby(["sponsor", "phase"], sort=True).ngroup().to_numpy(np.int64)
    columns = (table["column"].to_numpy(np.int64) for table in (mine, theirs))
    later_columns, earlier_columns = columns
    return (row[: len(mine)], later_columns), (row[len(mine) :], earlier_columns)
