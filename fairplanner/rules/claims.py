"""What is paid back rests on what a firm does, is what the subsidy gives, and is never more than it costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import CostLine, StandKind
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Claim, Journey, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Rows, label
from fairplanner.rules.helpers import Entries, at_most, exclusive, groups, implies, labels_of, widths
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import entitled
from fairplanner.rules.reckon.money import from_fen, to_fen
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import PARTICIPATION_COSTS, numbered, visited

PLACES, JOURNEYS = "places", "journeys"
WHOSE = ["subsidy", "participation", "journey", "phase"]


@dataclass(frozen=True)
class Claims(Law):
    """A claim rests on a participation of the plan that the subsidy means (`refused` says nothing against it), or on a
    journey through a phase at which the firm has such a participation; it is entitled to what the subsidy gives on that
    alone. At most one claim, whatever turn and level, is made on one participation (or journey and phase) and subsidy.

    All that a firm is paid at one phase on lines of its places is at most what its places there cost, all lines; and all
    it is paid there on fare and lodging at most the phase's part of its journeys: their cost divided by their phases, up
    to the whole fen («中央、省、市 never exceed the invoice», planner.md 26). It is said firm by phase because what is cut
    of two sections' claims at one phase belongs to neither alone. What is rounded over the year counts unrounded.

    Labels claim (unit of amount: 1 without what it rests on, else fen off), subsidy · participation or journey · phase
    (claims too many), firm · phase · `places` or `journeys` (fen).
    """

    key = "claims"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """claim <= participation or journey; claims of one owner and subsidy <= 1; claims - cuts <= costs."""
        claims, sizes = numbered(problem.claims), widths(problem)
        left: Entries = {"claims": [(claims["column"], claims["column"], 1)]}
        on_places, on_journeys = claims[claims["participation"] >= 0], claims[claims["journey"] >= 0]
        right: Entries = {
            "participations": [(on_places["column"], on_places["participation"], 1)],
            "journeys": [(on_journeys["column"], on_journeys["journey"], 1)],
        }
        yield implies(labels_of(claims, ["claim"]), left, right, sizes)
        if len(on_journeys):
            yield _with_a_place(problem, on_journeys.reset_index(drop=True), sizes)
        at, owners = groups(claims, WHOSE)
        several = np.bincount(at, minlength=len(owners))[at] > 1
        at, owners = groups(claims[several], WHOSE)
        names = labels_of(_named(problem, owners), ["subsidy", "owner", "at"])
        yield exclusive(names, {"claims": [(at, claims["column"][several], 1)]}, sizes)
        for what, own in ((PLACES, on_places), (JOURNEYS, on_journeys)):
            if len(own):
                yield _within_cost(problem, own, sizes, what)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Reckons each claim again and adds up what each firm is paid at each phase."""
        given = {p.participation_id: p for p in plan.participations}
        gone = {j.journey_id: j for j in plan.journeys}
        there = _there(plan)
        made: Counter[tuple[str, str, str]] = Counter()
        for c in plan.claims:
            made[c.subsidy_id, c.journey_id or c.participation_id, c.phase_id if c.journey_id else ""] += 1
            off = _off(programme, c, gone.get(c.journey_id) if c.journey_id else given.get(c.participation_id), there)
            if off:
                yield self.broken(label(c.claim_id), off, amount_claimed=c.entitled)
        for name, count in sorted(made.items()):
            if count > 1:
                yield self.broken(label(*name), count - 1, amount_claimed=count)
        costs = _costs(plan)
        for where, amount in sorted(_paid(programme, plan).items()):
            if amount > costs[where]:
                yield self.broken(label(*where), amount - costs[where], amount_claimed=from_fen(amount))


def _named(problem: Problem, owners: pd.DataFrame) -> pd.DataFrame:
    """Adds `owner` (id of the participation or journey) and `at` (phase of a journey's claim)."""
    on_journey = (owners["journey"] >= 0).to_numpy(bool)
    places = problem.participations["participation"].reindex(owners["participation"]).to_numpy(object)
    journeys = problem.journeys["journey"].reindex(owners["journey"]).to_numpy(object)
    return owners.assign(owner=np.where(on_journey, journeys, places), at=np.where(on_journey, owners["phase"], ""))


def _with_a_place(problem: Problem, claims: pd.DataFrame, sizes: dict[Block, int]) -> Rows:
    """A claim on a journey <= places of the firm at the phase that the subsidy means."""
    programme, row = problem.programme, np.arange(len(claims))
    places = numbered(problem.participations)[["column", "firm", "phase", "role", "application"]]
    met = claims[["subsidy", "firm", "phase"]].assign(row=row).merge(places, on=["firm", "phase"])
    roles = [(s, role.value) for s, subsidy in programme.subsidy.items() for role in subsidy.roles]
    met = met[pd.MultiIndex.from_frame(met[["subsidy", "role"]]).isin(roles)] if roles else met[:0]
    late = [
        (s.subsidy_id, a)
        for s in programme.subsidy.values() if s.on_journeys and (s.lead_days is not None or s.not_committed)
        for a in sorted(set(met[met["subsidy"] == s.subsidy_id]["application"])) if not _in_time(programme, s, a)
    ]  # fmt: skip
    met = met[~pd.MultiIndex.from_frame(met[["subsidy", "application"]]).isin(late)] if late else met
    left: Entries = {"claims": [(row, claims["column"], 1)]}
    return implies(labels_of(claims, ["claim"]), left, {"participations": [(met["row"], met["column"], 1)]}, sizes)


def _in_time(programme: Programme, subsidy: Subsidy, application_id: str) -> bool:
    """Whether an application came early enough for the subsidy, and before anything was signed."""
    a, firm_id, phase_id = programme.application.get(application_id), *application_id.split("/")[:2]
    role = subsidy.roles[0]
    found = refused(programme, subsidy, firm_id, phase_id, role=role, stand=StandKind.NONE, application=a)
    return found is None or found[0] not in ("lead-time", "committed")


def _within_cost(problem: Problem, own: pd.DataFrame, sizes: dict[Block, int], what: str) -> Rows:
    """Claims less cuts <= what the firm's places there cost, or the phase's part of its journeys."""
    keys = ["firm", "phase"]
    at, pairs = groups(own, keys)
    where = pairs.reset_index(names="row")
    on_journeys = [s.subsidy_id for s in problem.programme.subsidy.values() if s.on_journeys]
    cuts = numbered(problem.cuts)
    cuts = where.merge(cuts[cuts["subsidy"].isin(on_journeys) == (what == JOURNEYS)], on=keys)
    if what == JOURNEYS:
        travel = problem.journeys["fare"] + problem.journeys["lodging"]
        part = -(-travel // problem.journeys["phases"])
        met = where.merge(visited(problem), on=keys)
        cost = ("journeys", met["row"], met["column"], part.reindex(met["column"]).to_numpy(np.int64))
    else:
        met = where.merge(numbered(problem.participations), on=keys)
        cost = ("participations", met["row"], met["column"], met[PARTICIPATION_COSTS].sum(axis=1).to_numpy(np.int64))
    entries: Entries = {
        "claims": [(at, own["column"], own["amount"])],
        "cuts": [(cuts["row"], cuts["column"], -1)],
        cost[0]: [(cost[1], cost[2], -cost[3])],
    }
    return at_most(labels_of(pairs, keys, last=what), entries, 0, sizes)


Where = tuple[str, str, str]


def _paid(programme: Programme, plan: Plan) -> dict[Where, int]:
    """Fen paid by firm, phase and what it is paid on; unrounded where the subsidy is rounded over the year."""
    paid: dict[Where, int] = defaultdict(int)
    for c in plan.claims:
        subsidy = programme.subsidy.get(c.subsidy_id)
        yearly = subsidy is not None and subsidy.round_at == "year"
        what = JOURNEYS if c.journey_id else PLACES
        paid[c.firm_id, c.phase_id, what] += to_fen(c.entitled if yearly else c.amount)
    return paid


def _costs(plan: Plan) -> dict[Where, int]:
    costs: dict[Where, int] = defaultdict(int)
    for p in plan.participations:
        costs[p.firm_id, p.phase_id, PLACES] += to_fen(p.cost)
    for j in plan.journeys:
        for phase_id in j.phases:
            costs[j.firm_id, phase_id, JOURNEYS] += -(-to_fen(j.fare + j.lodging) // len(j.phases))
    return costs


def _there(plan: Plan) -> dict[tuple[str, str], list[Participation]]:
    """Participations of the plan by firm and phase."""
    places: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    for p in plan.participations:
        places[p.firm_id, p.phase_id].append(p)
    return places


def _off(
    programme: Programme,
    claim: Claim,
    on: Participation | Journey | None,
    places: Mapping[tuple[str, str], Sequence[Participation]],
) -> int:
    """1 without what the claim rests on; else fen between what is claimed and what may be, all where nothing may be."""
    firm_id, phase_id, subsidy = claim.firm_id, claim.phase_id, programme.subsidy.get(claim.subsidy_id)
    there = places.get((firm_id, phase_id), ()) if isinstance(on, Journey) else [on] if on else []
    if on is None or not there:
        return 1
    phases = on.phases if isinstance(on, Journey) else (on.phase_id,)
    same = on.firm_id == firm_id and phase_id in phases
    if subsidy is None or not same or subsidy.on_journeys != isinstance(on, Journey):
        return max(1, to_fen(claim.entitled))
    if not any(_may(programme, subsidy, p) for p in there):
        return 1 if isinstance(on, Journey) else max(1, to_fen(claim.entitled))
    return abs(to_fen(claim.entitled) - to_fen(_given(programme, subsidy, claim, on)))


def _may(programme: Programme, subsidy: Subsidy, p: Participation) -> bool:
    """Whether nothing speaks against the subsidy for a participation."""
    application = programme.application.get(p.application_id)
    found = refused(
        programme, subsidy, p.firm_id, p.phase_id, role=p.role, stand=p.stand, application=application
    )  # fmt: skip
    return found is None


def _given(programme: Programme, subsidy: Subsidy, claim: Claim, on: Participation | Journey) -> Decimal:
    """What the subsidy gives on it alone."""
    if isinstance(on, Journey):
        costs, booths, phases = {CostLine.FARE: on.fare, CostLine.LODGING: on.lodging}, 0, len(on.phases)
    else:
        costs, booths, phases = costs_of(on), on.booths, 1
    return entitled(
        programme, subsidy, firm_id=claim.firm_id, phase_id=claim.phase_id, booths=booths, costs=costs, people=on.people,
        phases=phases, turn=claim.turn, level=claim.level,
    ).amount  # fmt: skip


def costs_of(p: Participation) -> dict[CostLine, Decimal]:
    """What a participation costs, line by line."""
    return {CostLine.STAND: p.stand_cost} | {CostLine(line): amount for line, amount in p.other_cost}
