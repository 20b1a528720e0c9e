"""What a scenario leaves of a plan: the best of what can still be done of it, nothing new, nothing taken up elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from fairplanner.domain.plan import Plan
from fairplanner.errors import Blame
from fairplanner.rules import RULES
from fairplanner.rules.contract import Block
from fairplanner.rules.names import picked
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import hosted
from fairplanner.solver import shape
from fairplanner.solver.branch import branch
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Ints, Model, build
from fairplanner.solver.previous import previous_point
from fairplanner.solver.rest import best_of
from fairplanner.solver.result import Found, gap_between

GIVING = ("allotment", "booths-in-order", "rank-respected")
"""Rules about the order in which places are given; where nothing is given any more, nobody is passed over."""
FINE = 10_000_000
"""Thousandths of a point for each unit of what people demand that is given up: more than any single decision is worth."""
DEMANDS = ("approvals", "decisions", "kept", "targets")
"""Rules by which people demand something; the rows of others that ask for more than nothing follow from decisions."""
PAYING_BACK = (
    "claim-counts", "claim-exclusion", "claim-groups", "claim-limits", "claim-rounding", "claim-shares", "claim-spread",
    "claim-turns", "claims", "equal-rates", "own-money",
)  # fmt: skip
"""Rules about what firms are paid back, and what they can spend with it: two thirds of the rows of a sample year, and one
two-hundredth of its value."""
SECONDS, NODES, WORK = 20.0, 2_000, 10.0
"""What a search for the best of what is left may take."""
NEAR = 0.00002
"""Where what is left of a plan is known to this fraction, nobody looks further: claims of nearly equal worth are left to search."""


@dataclass(frozen=True, eq=False)
class Stage:
    """A scenario's problem and model: what people demand may be given up for a fine, in the columns of `demands`, whose rules
    and labels are `blames`."""

    problem: Problem
    model: Model
    demands: slice
    blames: tuple[Blame, ...]
    light: bool = False


@dataclass(frozen=True)
class Remains:
    """What is left of a plan: its worth in thousandths of a point, the same less the fines, what can be at the most (`bound`),
    participations and (zone, phase) that are kept, and demands given up."""

    value: int
    fined: int
    bound: int
    participations: tuple[str, ...]
    hosts: tuple[tuple[str, str], ...]
    given_up: tuple[Blame, ...]


def stage_of(problem: Problem, *, light: bool = False) -> Stage:
    """The stage of a scenario that is posed; a `light` one knows nothing of what firms are paid back."""
    without = GIVING + PAYING_BACK if light else GIVING
    model = build(problem, [rule for rule in RULES if rule.key not in without])
    wanted = np.isin(np.array(list(model.rules), dtype=object), DEMANDS)
    rows = np.flatnonzero(wanted & ((model.row_lower > 0) | (model.row_upper < 0)))
    missing = np.where(model.row_lower[rows] > 0, model.row_lower[rows], model.row_upper[rows])
    ways = csr_array((np.sign(missing), (rows, np.arange(len(rows)))), shape=(model.size[0], len(rows)))
    made = replace(
        model, matrix=csr_array(hstack([model.matrix, ways], format="csr")),
        lower=np.append(model.lower, 0 * missing), upper=np.append(model.upper, np.abs(missing)),
        gain=np.append(model.gain, 0 * missing - FINE), group=np.append(model.group, 0 * missing + SHARED),
    )  # fmt: skip
    blames = tuple(Blame(model.rules[int(row)], model.labels[int(row)]) for row in rows)
    return Stage(problem, made, slice(len(model.gain), len(made.gain)), blames, light)


def remains(stage: Stage, plan: Plan, *, near: float = NEAR, phases: Collection[str] | None = None) -> Remains:
    """The best of what a scenario leaves of a plan, to within `near` (a fraction); exact where `fined` meets `bound`.

    `phases`: those that the scenario changes. Whoever has no part in them keeps what it has then, wherever that can be: what
    is found in a moment on a large programme, and `bound` speaks of that only. None: everybody may give up something.
    """
    keep = _of_plan(stage, plan)
    point = np.zeros(len(keep), np.int64)
    if phases is not None:
        point = np.where(keep, previous_point(stage.problem, stage.model, plan), 0)
        found = best_of(stage.model, point, ~(keep & _touched(stage, plan, phases)), _engine(near))
    if phases is None or found.point is None:
        found = best_of(stage.model, 0 * point, ~keep, _engine(near))
    if found.point is None:
        raise RuntimeError("nothing is left of a plan, not even staying at home")
    return _told(stage, found.point, stage.model.value(found.point) if found.bound is None else found.bound)


def _of_plan(stage: Stage, plan: Plan) -> NDArray[np.bool_]:
    """Columns that may be used where nothing is decided but what a plan decides."""
    given = [(p.application_id, p.sponsor, p.booths) for p in plan.participations]
    pairs = sorted({(d.sponsor, s.phase_id) for d in plan.delegations for s in d.stops})
    places = pd.DataFrame(given, columns=["application", "sponsor", "booths"])
    return kept_columns(
        stage.problem, widths_of(stage.model), places, pd.DataFrame(pairs, columns=["sponsor", "phase"])
    )


def _touched(stage: Stage, plan: Plan, phases: Collection[str]) -> NDArray[np.bool_]:
    """Columns of firms that the plan sends to these phases, of delegations to where those go that stop there, and those private
    to a rule."""
    problem, blocks = stage.problem, stage.model.blocks
    firms = {p.firm_id for p in plan.participations if p.phase_id in phases}
    open_ = np.ones(len(stage.model.gain), bool)
    for name in ("journeys", "participations", "claims", "cuts"):
        open_[blocks[name]] = problem.table(name)["firm"].isin(firms).to_numpy(bool)
    met = [d for d in plan.delegations if any(s.phase_id in phases for s in d.stops)]
    stops = pd.DataFrame([(d.sponsor, s.phase_id) for d in met for s in d.stops], columns=["sponsor", "phase"])
    there = pairs_of(problem).merge(stops, on=["sponsor", "phase"])["column"].to_numpy(np.int64)
    open_[blocks["delegations"]] = False
    open_[blocks["delegations"].start + there] = True
    return open_


def _engine(near: float) -> Callable[[Model, Ints], Found]:
    return lambda part, hint: _searched(part, hint, near)


def _searched(model: Model, hint: Ints, near: float) -> Found:
    found = branch(model, SECONDS, NODES, near)
    if (
        found.point is not None
        and found.bound is not None
        and gap_between(model.value(found.point), found.bound) <= near
    ):
        return found
    return search(model, Effort(SECONDS, WORK, near), hint if found.point is None else found.point)


def _told(stage: Stage, point: Ints, bound: int) -> Remains:
    lost = point[stage.demands]
    fined = stage.model.value(point)
    table = stage.problem.participations
    there = point[stage.model.blocks["participations"]] > 0
    sent = np.flatnonzero(point[stage.model.blocks["delegations"]] > 0)
    pairs = pairs_of(stage.problem)
    pairs = pairs[pairs["column"].isin(sent)]
    return Remains(
        fined + FINE * int(lost.sum()), fined, bound, tuple(sorted(table.loc[there, "participation"])),
        tuple(sorted(zip(pairs["sponsor"], pairs["phase"], strict=True))),
        tuple(replace(stage.blames[n], amount=int(lost[n])) for n in np.flatnonzero(lost)),
    )  # fmt: skip


def pairs_of(problem: Problem) -> pd.DataFrame:
    """Sponsor and phase of each stop of each delegation, with the delegation's `column`."""
    return hosted(problem)[["sponsor", "phase", "column"]]


def widths_of(model: Model) -> tuple[int, Mapping[Block, slice]]:
    """How many columns a model has, and where its tables stand."""
    return len(model.gain), model.blocks


def kept_columns(
    problem: Problem, width: tuple[int, Mapping[Block, slice]], places: pd.DataFrame, pairs: pd.DataFrame
) -> NDArray[np.bool_]:
    """Columns that may be used where only these places (application, sponsor, booths at the most) and only these delegations
    (sponsor, phase) are decided; columns private to a rule always may."""
    count, blocks = width
    keep = np.ones(count, bool)
    given = _places(problem, places)
    keep[blocks["participations"]] = given
    keep[blocks["delegations"]] = _delegations(problem, pairs)
    travels = _journeys(problem, given)
    keep[blocks["journeys"]] = travels
    claims = problem.claims
    of_place, of_journey = (claims[name].to_numpy(np.int64) for name in ("participation", "journey"))
    # -1 stands for the last row where there is none of the table; the other one decides then
    keep[blocks["claims"]] = _at(given, of_place) & _at(travels, of_journey)
    return keep


def _at(kept: NDArray[np.bool_], rows: Ints) -> NDArray[np.bool_]:
    """Whether each row is kept; where it is -1 nothing is asked."""
    return np.append(kept, True)[rows]


def _places(problem: Problem, places: pd.DataFrame) -> NDArray[np.bool_]:
    most = places.groupby(["application", "sponsor"], as_index=False)["booths"].max()
    both = problem.participations[["application", "sponsor", "booths"]].merge(
        most, on=["application", "sponsor"], how="left", suffixes=("", "_most")
    )
    return (both["booths"] <= both["booths_most"].fillna(-1)).to_numpy(bool)


def _delegations(problem: Problem, pairs: pd.DataFrame) -> NDArray[np.bool_]:
    known = pairs[["sponsor", "phase"]].drop_duplicates().assign(there=1)
    stops = pairs_of(problem).merge(known, on=["sponsor", "phase"], how="left")
    keep = np.ones(len(problem.delegations), bool)
    keep[stops.loc[stops["there"].isna(), "column"].to_numpy(np.int64)] = False
    return keep


def _journeys(problem: Problem, given: NDArray[np.bool_]) -> NDArray[np.bool_]:
    known = problem.participations.loc[given, ["firm", "phase"]].drop_duplicates().assign(there=1)
    visits = problem.visits.merge(known, on=["firm", "phase"], how="left")
    keep = np.ones(len(problem.journeys), bool)
    keep[visits.loc[visits["there"].isna(), "journey"].to_numpy(np.int64)] = False
    return keep


def narrowed(model: Model, keep: NDArray[np.bool_]) -> Model:
    """The model over some of its columns, all others left at nothing; private ones that no row needs any more go as well."""
    keep = keep | (model.lower > 0)
    matrix = csr_array(model.matrix[:, np.flatnonzero(keep)])
    made = shape.tightened(matrix, model.row_lower, model.row_upper, model.lower[keep], model.upper[keep])
    return replace(
        model, blocks={}, lower=model.lower[keep], upper=model.upper[keep], gain=model.gain[keep], group=model.group[keep],
        matrix=made.matrix, row_lower=made.lower, row_upper=made.upper, scale=model.scale[made.kept] * made.scale,
        rules=picked(model.rules, made.kept), labels=picked(model.labels, made.kept),
    )  # fmt: skip
