"""A plan made again near to some firms, phases or zones, all else staying: what is answered in seconds on a large programme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices
from fairplanner.errors import NoPlan
from fairplanner.rules import RULES
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.branch import branch
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point, prices_of_all
from fairplanner.solver.relax import bound_of
from fairplanner.solver.rest import best_of
from fairplanner.solver.result import Found, Solved, gap_between
from fairplanner.solver.solve import judge, written
from fairplanner.solver.tidy import settled, without_needless
from fairplanner.solver.unplaced import told, unplaced

Flags = NDArray[np.bool_]
NODES, WORK = 40, 0.3
"""Nodes of branch and cut, and the exact engine's work, for a second asked for."""
LATEST = 1.5
"""Times the seconds asked for after which the clock ends either engine, where its work has not ended it."""


def nearby(
    problem: Problem, plan: Plan, *, firms: Collection[str] = (), phases: Collection[str] = (),
    zones: Collection[str] = (), seconds: float = 5, prices: Prices | None = None, model: Model | None = None,
) -> Solved:  # fmt: skip
    """The best plan that leaves all of `plan` as it is but for what these firms, phases and zones have to do with; checked.

    May move: all of the firms; places at the phases, and the journeys and claims of whoever asked to go there; delegations
    that stop there, and those that the same sponsor could send instead; all firms of the zones and those below, and their
    delegations. `status` speaks of the neighbourhood only; the plan's own bound is that of `plan` where the programme is the
    same, else what `prices` prove of the whole, else what nothing can be worth more than. Where nothing near keeps all
    rules, those who break one join in, then whatever happens at the phases that these ask for. `seconds` are a budget of
    work; the clock ends it after three times as long, and the plan is then not reproducible. Raises NoPlan `unknown` where
    none is found: what is further away could still help. PlanBroken as `solve` does.
    """
    started = perf_counter()
    model = build(problem, RULES) if model is None else model
    point = settled(model, previous_point(problem, model, plan), Effort(seconds, WORK * seconds))
    around = _Around(problem, model, point)
    free = around.first(firms, phases, zones)
    found = Found(None, None)
    for wider in (0, 1, 2):
        if wider:
            free = around.wider(free, firms) if wider > 1 else around.mending(free)
        found = best_of(model, point, ~free, lambda part, hint: _searched(part, hint, seconds))
        if found.point is not None:
            break
    if found.point is None:
        raise NoPlan("unknown")
    # a programme in which something is only assumed has a blank digest
    same = plan.programme_digest == problem.programme.digest != ""
    bound = plan.bound if same and plan.bound is not None else _proven(model, prices)
    return _solved(problem, model, found, bound, started)


def _searched(part: Model, hint: Ints, seconds: float) -> Found:
    """Branch and cut, then the exact engine on what it leaves open; each has so much work, and the hint is never lost."""
    first = branch(part, LATEST * seconds, max(1, int(NODES * seconds)), 0.0)
    known = [x for x in (hint, first.point) if x is not None and part.is_kept(x)]
    best = max(known, key=part.value, default=hint)
    if known and first.bound is not None and part.value(best) >= first.bound - 1:
        return replace(first, point=best, bound=part.value(best))
    second = search(part, Effort(LATEST * seconds, WORK * seconds, lean=False), best)
    bounds = [b for b in (part.bound_for(first.bound, second.point), second.bound) if b is not None]
    return replace(second, bound=min(bounds, default=None), repeatable=first.repeatable and second.repeatable)


class _Around:
    """Which columns belong to whom."""

    def __init__(self, problem: Problem, model: Model, point: Ints) -> None:
        self.problem, self.model, self.point = problem, model, point
        self.decided = np.zeros(len(model.gain), bool)
        for name in DECIDED:
            self.decided[model.blocks[name]] = True

    def first(self, firms: Collection[str], phases: Collection[str], zones: Collection[str]) -> Flags:
        """What belongs to these; whatever no table has is free as well, it follows from what is decided."""
        zone = _below(self.problem, zones)
        every = {f.firm_id for f in self.problem.programme.firms if f.zone_id in zone} | set(firms)
        free = ~self.decided
        free |= self._of_firms(every)
        sent = self.problem.delegations["sponsor"].isin(zone).to_numpy()
        free[self.model.blocks["delegations"]] |= sent
        return free | self._at_phases(set(phases))

    def mending(self, free: Flags) -> Flags:
        """And whoever has part in a row that the earlier plan breaks today: its firms, and the phases of its delegations.

        Rows with columns that no table has say nothing here: an earlier plan does not tell those.
        """
        model, rows = self.model, self.model.matrix
        sums = rows @ self.point
        foreign = rows @ (~self.decided).astype(np.int64) != 0
        broken = ~foreign & ((sums < model.row_lower) | (sums > model.row_upper))
        columns = np.unique(csr_array(rows[np.flatnonzero(broken)]).indices)
        columns = columns[self.point[columns] > 0]
        firms = {model.firms[g] for g in model.group[columns].tolist() if g >= 0}
        place = model.blocks["delegations"]
        sent = columns[(columns >= place.start) & (columns < place.stop)] - place.start
        trips = self.problem.delegations["trip"].iloc[sent]
        stops = self.problem.stops
        return free | self._of_firms(firms) | self._at_phases(set(stops["phase"][stops["trip"].isin(trips)]))

    def wider(self, free: Flags, firms: Collection[str]) -> Flags:
        """And what happens at the phases for which these firms, or whoever may move already, have asked."""
        places = self.problem.participations
        mine = places["firm"].isin(list(firms)).to_numpy() | free[self.model.blocks["participations"]]
        return free | self._at_phases(set(places["phase"][mine]))

    def _of_firms(self, firms: set[str]) -> Flags:
        index = [n for n, firm in enumerate(self.model.firms) if firm in firms]
        return np.asarray(np.isin(self.model.group, index))

    def _at_phases(self, phases: set[str]) -> Flags:
        free, problem = np.zeros(len(self.model.gain), bool), self.problem
        if not phases:
            return free
        here = problem.participations["phase"].isin(phases)
        free[self.model.blocks["participations"]] = here.to_numpy()
        asked = set(problem.participations["firm"][here])
        for name in ("journeys", "claims", "cuts"):
            free[self.model.blocks[name]] = problem.table(name)["firm"].isin(asked).to_numpy()
        free[self.model.blocks["delegations"]] = self._sent(phases)
        return free

    def _sent(self, phases: set[str]) -> Flags:
        """Delegations that stop at these phases, or where one that goes and stops there stops as well."""
        stops = self.problem.stops.merge(
            self.problem.delegations[["sponsor", "trip"]].reset_index(names="row"), on="trip"
        )
        stops = stops.assign(goes=self.point[self.model.blocks["delegations"]][stops["row"]] > 0)
        there = stops["phase"].isin(phases)
        moved = stops["row"].isin(set(stops["row"][there & stops["goes"]]))
        near = stops[there | moved][["sponsor", "phase"]].drop_duplicates()
        rows = stops.merge(near, on=["sponsor", "phase"])["row"].to_numpy(np.int64)
        sent = np.zeros(len(self.problem.delegations), bool)
        sent[rows] = True
        return sent


def _below(problem: Problem, zones: Collection[str]) -> set[str]:
    """These zones and all below them."""
    found = set(zones)
    parents = [(z.zone_id, z.parent) for z in problem.programme.zones]
    while more := {zone for zone, parent in parents if parent in found and zone not in found}:
        found |= more
    return found


def _proven(model: Model, prices: Prices | None) -> int:
    """What no plan is worth more than, as far as is known."""
    if prices is None:
        return model.reach
    return min(model.reach, int(np.floor(bound_of(model, prices_of_all(model, prices)))))


def _solved(problem: Problem, model: Model, found: Found, bound: int, started: float) -> Solved:
    """The point without what is of no use, written down and judged."""
    point = settled(model, without_needless(model, found.point), Effort(5.0, 0.5))  # type: ignore[arg-type]
    value = model.value(point)
    plan = written(problem, model, replace(found, point=point, bound=bound), "nearby")
    judge(problem, RULES, plan, value)
    plan = plan.model_copy(update={"excluded": told(problem.excluded, unplaced(problem, plan))})
    near = found.bound is not None and gap_between(value, found.bound) == 0
    return Solved(plan, perf_counter() - started, "nearby", "optimal" if near else "feasible")
