"""From chosen columns to a plan that people and `check` can read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import PARTICIPATION_LINES, Regime, Role, StandKind
from fairplanner.domain.plan import Claim, Delegation, Journey, Participation, Plan, Stop
from fairplanner.domain.uncollected import uncollected
from fairplanner.rules.reckon.grants import paid_claims
from fairplanner.rules.reckon.limits import Cell, cell_of_claim
from fairplanner.rules.reckon.money import from_fen, to_fen
from fairplanner.rules.reckon.targets import reached
from fairplanner.rules.reckon.tariff import party_cost
from fairplanner.rules.reckon.value import plan_value
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.naming import named_posts, records

_META: dict[str, Any] = {"status": "feasible", "engine": "given", "reproducible": True}


@uncollected()
def plan_of(problem: Problem, vectors: Mapping[str, NDArray[np.int64]], **meta: Any) -> Plan:
    """The plan that vectors over the decided tables describe (0/1; `cuts` in fen), feasible or not; parts sorted by id.

    `meta` may give `status`, `bound` (thousandths of a point; default: the value), `gap`, `engine`, `reproducible`.
    Value, costs of parties and targets are reckoned anew from dates and money, not copied from the model.
    """
    settings = problem.programme.settings
    chosen = {name: problem.table(name)[np.asarray(vectors[name]) > 0] for name in DECIDED if name != "cuts"}
    plan = Plan(
        programme_id=settings.id, programme_digest=problem.programme.digest, revision=settings.revision,
        as_of=settings.as_of, value=0, bound=0, gap=0.0,
        delegations=_delegations(problem, chosen["delegations"]),
        participations=_participations(problem, chosen["participations"]),
        journeys=_journeys(problem, chosen["journeys"]),
        claims=_claims(problem, chosen["claims"], _cuts(problem, vectors["cuts"])),
        excluded=problem.excluded,
        **(_META | {k: v for k, v in meta.items() if k in _META}),
    )  # fmt: skip
    targets = tuple(reached(problem.programme, plan.delegations, plan.participations))
    plan = plan.model_copy(update={"targets": targets})
    value = plan_value(problem.programme, plan)
    return plan.model_copy(update={"value": value, "bound": meta.get("bound", value), "gap": meta.get("gap", 0.0)})


def _delegations(problem: Problem, rows: pd.DataFrame) -> tuple[Delegation, ...]:
    posts = named_posts(problem, rows)
    stops = problem.stops[problem.stops["trip"].isin(rows["trip"])].sort_values(["trip", "order"])
    by_trip: dict[Any, list[Stop]] = defaultdict(list)
    for stop in records(stops):
        by_trip[stop.trip].append(_stop(stop))
    ways = problem.trips[["home", "depart", "return"]].itertuples(index=False, name=None)
    trips = dict(enumerate(ways))
    made = [
        _delegation(problem, row, trips[row.trip], tuple(by_trip[row.trip]), posts[row.delegation])
        for row in records(rows)
    ]
    return tuple(sorted(made, key=lambda d: d.delegation_id))


def _stop(row: Any) -> Stop:
    return Stop(phase_id=row.phase, arrive=date.fromordinal(row.arrive), leave=date.fromordinal(row.leave))


def _delegation(
    problem: Problem, row: Any, trip: tuple[str, int, int], stops: tuple[Stop, ...], posts: tuple[str, ...]
) -> Delegation:
    home, depart, back = trip[0], date.fromordinal(trip[1]), date.fromordinal(trip[2])
    officials = int(row.officials)
    cost = party_cost(problem.programme, home, stops, depart, back, officials) if officials else {}
    return Delegation(
        delegation_id=row.delegation, sponsor=row.sponsor, regime=Regime(row.regime), stops=stops, home=home,
        depart=depart, return_=back, officials=officials, posts=posts, fund_id=row.fund,
        cost=tuple((line.value, amount) for line, amount in cost.items() if amount),
    )  # fmt: skip


def _participations(problem: Problem, rows: pd.DataFrame) -> tuple[Participation, ...]:
    told = problem.parts[problem.parts["application"].isin(rows["application"])]
    parts: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for application, part, points in zip(told["application"], told["part"], told["points"].astype(float), strict=True):
        parts[application].append((part, points))
    made = [
        Participation(
            participation_id=row.participation, application_id=row.application, firm_id=row.firm, phase_id=row.phase,
            section_id=row.section, sponsor=row.sponsor, role=Role(row.role), stand=StandKind(row.stand),
            booths=row.booths, people=row.people, value=row.value, score=row.score,
            parts=tuple(parts.get(row.application, ())), rank=row.rank, stand_cost=from_fen(row.stand_cost),
            other_cost=tuple((line.value, from_fen(getattr(row, line))) for line in PARTICIPATION_LINES[1:] if getattr(row, line)),
            invited=row.invited,
        )
        for row in records(rows)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda p: p.participation_id))


def _journeys(problem: Problem, rows: pd.DataFrame) -> tuple[Journey, ...]:
    visits = problem.visits[problem.visits["journey"].isin(rows.index)].sort_values(["journey", "order"])
    phases: dict[int, list[str]] = defaultdict(list)
    for journey, phase in zip(visits["journey"], visits["phase"], strict=True):
        phases[journey].append(phase)
    made = [
        Journey(
            journey_id=row.journey, firm_id=row.firm, phases=tuple(phases.get(row.Index, ())),
            depart=date.fromordinal(row.depart), return_=date.fromordinal(int(row[_RETURN])), people=row.people,
            fare=from_fen(row.fare), lodging=from_fen(row.lodging), saved=from_fen(row.saved),
        )
        for row in records(rows)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda j: j.journey_id))


_RETURN = 4
"""Place of `return`, a word of Python's own, in a row of `journeys` with its index first."""


def _claims(problem: Problem, rows: pd.DataFrame, cuts: Mapping[Cell, int]) -> tuple[Claim, ...]:
    """Each claim with its part of its cell's cut; a cut of more than the cell's claims come to is told as all of it."""
    names, journeys = (
        problem.table(t)[c].to_numpy() for t, c in (("participations", "participation"), ("journeys", "journey"))
    )
    made = [
        Claim(
            claim_id=row.claim, subsidy_id=row.subsidy, firm_id=row.firm, phase_id=row.phase, fund_id=row.fund, turn=row.turn,
            level=row.level, entitled=from_fen(row.amount), amount=from_fen(row.amount),
            participation_id=names[row.participation] if row.participation >= 0 else "",
            journey_id=journeys[row.journey] if row.journey >= 0 else "",
        )
        for row in records(rows)
    ]  # fmt: skip
    most: dict[Cell, int] = defaultdict(int)
    for claim in made:
        most[cell_of_claim(problem.programme, claim)] += to_fen(claim.entitled)
    within = {cell: from_fen(min(cut, most[cell])) for cell, cut in cuts.items() if most[cell]}
    return tuple(sorted(paid_claims(problem.programme, made, within), key=lambda c: c.claim_id))


def _cuts(problem: Problem, vector: NDArray[np.int64]) -> dict[Cell, int]:
    """Fen cut of each cell."""
    cuts = problem.cuts
    cells = zip(cuts["subsidy"], cuts["firm"], cuts["phase"], np.asarray(vector).tolist(), strict=True)
    return {Cell(s, f, q): int(cut) for s, f, q, cut in cells if cut}
