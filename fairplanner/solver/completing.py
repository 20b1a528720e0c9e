"""A plan around places that were given by hand: delegations, journeys and claims chosen so that as little as can be is broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from fairplanner.domain.plan import Plan, Violation
from fairplanner.rules import RULES, check
from fairplanner.rules.names import chained
from fairplanner.rules.tables import Problem
from fairplanner.solver.elastic import elastic
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.extract import plan_of
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.rest import best_of
from fairplanner.solver.written import written

EFFORT = Effort(seconds=30, work=5.0, gap=1e-3)
"""For the best plan that keeps all rules, and again for the one that breaks fewest."""
CHOICE = "wanted"
"""In place of a rule's key: one of several places is to be there. Never given up."""


@dataclass(frozen=True)
class Completed:
    """A plan with exactly the places wanted, and what it breaks; `not_posed`: ids of places wanted that no plan may have.

    The latter stand in the plan as they were given, without a journey.
    """

    plan: Plan
    broken: tuple[Violation, ...]
    not_posed: tuple[str, ...] = ()


def completed(
    problem: Problem, wanted: Plan | Sequence[int], effort: Effort = EFFORT, model: Model | None = None,
    one_of: Sequence[Sequence[int]] = (), any_of: Sequence[Sequence[int]] = (),
) -> Completed:  # fmt: skip
    """The plan with these places and no others that breaks the fewest limits, and of those the one of greatest value.

    `wanted`: rows of `problem.participations`, or a plan of which only the participations count; `one_of`: sets of such rows
    of each of which exactly one is to be there (a place of which not everything is said); `any_of`: at least one (a firm of
    which is said only that it goes). All rules are kept where that can
    be; else what people wrote is broken, as few labels as are found, and what a plan is (journeys, hosts) only where even
    that does not help.
    """
    model = build(problem, RULES) if model is None else model
    rows, missing = _rows(problem, wanted)
    point, fixed = np.zeros(len(model.gain), np.int64), np.zeros(len(model.gain), bool)
    place = model.blocks["participations"]
    point[place.start + rows] = 1
    fixed[place] = True
    open_to = [place.start + np.asarray(rows, np.int64) for rows in (*one_of, *any_of)]
    fixed[[column for columns in open_to for column in columns]] = False
    whole = with_choices(model, open_to, len(one_of))
    made = _best(whole, point, fixed, effort)
    plan = plan_of(
        problem,
        model.vectors(_breaking(problem, whole, point, fixed, effort) if made is None else made),
        engine="completed",
    )
    if isinstance(wanted, Plan) and missing:
        lost = tuple(p for p in wanted.participations if p.participation_id in missing)
        plan = plan.model_copy(
            update={"participations": tuple(sorted((*plan.participations, *lost), key=lambda p: p.participation_id))}
        )
    return Completed(plan, check(problem.programme, plan), missing)


def with_choices(model: Model, choices: Sequence[Ints], exact: int) -> Model:
    """The model with a row for each set of columns: of the first `exact` one is 1, of the others at least one."""
    if not choices:
        return model
    at = np.repeat(np.arange(len(choices)), [len(columns) for columns in choices])
    ones = csr_array((np.ones(len(at), np.int64), (at, np.concatenate(choices))), shape=(len(choices), len(model.gain)))
    one = np.ones(len(choices), np.int64)
    most = np.where(np.arange(len(choices)) < exact, 1, [len(columns) for columns in choices])
    return replace(
        model, matrix=csr_array(vstack([model.matrix, ones])), row_lower=np.append(model.row_lower, one),
        row_upper=np.append(model.row_upper, most), scale=np.append(model.scale, one),
        rules=chained(model.rules, [CHOICE] * len(choices)), labels=chained(model.labels, [str(n) for n in range(len(choices))]),
    )  # fmt: skip


def _best(model: Model, point: Ints, fixed: NDArray[np.bool_], effort: Effort) -> Ints | None:
    """The best point with the fixed columns so; None where none is found."""
    return best_of(model, point, fixed, lambda part, hint: search(part, effort, hint)).point


def _breaking(problem: Problem, model: Model, point: Ints, fixed: NDArray[np.bool_], effort: Effort) -> Ints:
    """The best point with the fixed columns so once few labels are given up: those that are broken whatever else is decided,
    then as few as are found of what people wrote, then of all."""
    left = model.only(~_lost(model, point, fixed))
    made = _best(left, point, fixed, effort)
    is_ours = np.array([rule == CHOICE for rule in left.rules], bool)
    for breakable in (written(problem, left.rules, left.labels), ~is_ours):
        if made is None:
            loose = _fewest_broken(left, point, fixed, effort, breakable)
            made = None if loose is None else (_best(_kept_by(left, loose), point, fixed, effort))
            made = loose if made is None else made
    return point if made is None else made


def _lost(model: Model, point: Ints, fixed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that no open column can mend."""
    open_ = np.diff(csr_array(model.matrix[:, np.flatnonzero(~fixed)]).indptr) > 0
    sums = model.matrix @ np.where(fixed, point, 0)
    lost: NDArray[np.bool_] = ~open_ & ((sums < model.row_lower) | (sums > model.row_upper))
    return lost


def _kept_by(model: Model, point: Ints) -> Model:
    """The model without the labels that a point breaks."""
    sums = model.matrix @ point
    broken = (sums < model.row_lower) | (sums > model.row_upper)
    named = list(zip(model.rules, model.labels, strict=True))
    names = {named[i] for i in np.flatnonzero(broken)}
    return model.only(np.array([name not in names for name in named], bool))


def _rows(problem: Problem, wanted: Plan | Sequence[int]) -> tuple[Ints, tuple[str, ...]]:
    """Rows of the places wanted, and ids of those that were never posed."""
    if not isinstance(wanted, Plan):
        return np.asarray(wanted, np.int64), ()
    ids = [p.participation_id for p in wanted.participations]
    names = problem.participations["participation"]
    known = names.isin(ids)
    return np.flatnonzero(known), tuple(sorted(set(ids) - set(names[known])))


def _fewest_broken(
    model: Model, point: Ints, fixed: NDArray[np.bool_], effort: Effort, breakable: NDArray[np.bool_]
) -> Ints | None:
    """A point with the fixed columns so that breaks as few labels of these rows as are found within the effort."""
    names = list(zip(model.rules, model.labels, strict=True))
    index = {name: n for n, name in enumerate(dict.fromkeys(names[i] for i in np.flatnonzero(breakable)))}
    loose = elastic(model, breakable, index)
    loose.matrix.eliminate_zeros()  # a row that cannot be broken has no switch, and nothing is to be divided by it
    more = len(loose.gain) - len(point)
    begin, held = np.append(point, np.zeros(more, np.int64)), np.append(fixed, np.zeros(more, bool))
    found = best_of(loose, begin, held, lambda part, hint: search(part, effort, hint)).point
    return None if found is None else found[: len(point)]
