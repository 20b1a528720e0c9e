"""How each application of a firm at a phase stands in a plan: what it would gain and cost, its order, what stood in the way."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fairplanner.domain.kinds import CostLine, Role
from fairplanner.domain.plan import Excluded, Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base
from fairplanner.explain.reasons.answers import Asked, Cost, Order, Place
from fairplanner.explain.reasons.obstacles import obstacles
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists
from fairplanner.rules.reckon.money import from_fen
from fairplanner.rules.reckon.score import quota_zone, score, score_parts
from fairplanner.rules.reckon.value import claim_value, cost_value, gain
from fairplanner.rules.tables import Problem
from fairplanner.solver.unplaced import unplaced

IN_ORDER = ("unplaced-rank", "unplaced-turn", "unplaced-lot", "allotment")
OWN_YEAR = ("unplaced-phases", "unplaced-money")
LINES = {"stand_cost": CostLine.STAND, "fitout": CostLine.FITOUT, "freight": CostLine.FREIGHT, "fees": CostLine.FEES}


def place_of(programme: Programme, plan: Plan, p: Participation) -> Place:
    """A participation as an answer tells it: worth what the answer about it says that it is worth."""
    points, costs = _of_place(programme, plan, p)
    value = points - sum(cost_value(programme, c.amount) for c in costs)
    return Place(p.firm_id, p.phase_id, p.section_id, p.booths, p.rank, p.score, value)


def places_of(programme: Programme, plan: Plan, found: Iterable[Participation]) -> tuple[Place, ...]:
    """Participations of a plan as an answer tells them: first ranks first, then best scores."""
    made = (place_of(programme, plan, p) for p in found)
    return tuple(sorted(made, key=lambda x: (x.phase_id, x.section_id, x.rank or 10**6, -x.score, x.firm_id)))


def asked_of(base: Base, firm_id: str, phase_id: str) -> tuple[Asked, ...]:
    """Every application of the firm at the phase, in order of section; () where it has made none."""
    own = [a for a in base.programme.applications if (a.firm_id, a.phase_id) == (firm_id, phase_id)]
    if not own:
        return ()
    lists = {(x.phase_id, x.section_id, x.zone_id): x for x in places_lists(base.programme, base.plan)}
    return tuple(_asked(base, a, lists) for a in sorted(own, key=lambda a: a.section_id))


def _asked(base: Base, a: Application, lists: dict[tuple[str, str, str], PlacesList]) -> Asked:
    programme, plan = base.programme, base.plan
    place = next((p for p in plan.participations if p.application_id == a.application_id), None)
    found = lists.get((a.phase_id, a.section_id, quota_zone(programme, a)))
    reasons = reasons_of(base, a.application_id)
    points, costs = _of_place(programme, plan, place) if place else _of_offer(base.problem, a)
    back = sum((c.amount for c in plan.claims if (c.firm_id, c.phase_id) == (a.firm_id, a.phase_id)), Decimal(0))
    return Asked(
        application_id=a.application_id, section_id=a.section_id, role=a.role.value, booths=place.booths if place else 0,
        wanted=a.booths, least=max(1, a.least_booths) if a.role is Role.EXHIBIT else 0, received=a.received,
        score=score(programme, a), parts=tuple(score_parts(programme, a).items()), costs=costs, back=back, points=points,
        spent=sum(cost_value(programme, c.amount) for c in costs), order=_order(found, a) if found else None,
        reasons=reasons, seats=() if place else _seats(programme, plan, a, found, reasons),
        obstacles=() if place else obstacles(base, a.application_id),
        is_placed=place is not None,
    )  # fmt: skip


def is_placed(plan: Plan, firm_id: str, phase_id: str) -> bool:
    """Whether the firm has a place at the phase."""
    return any((p.firm_id, p.phase_id) == (firm_id, phase_id) for p in plan.participations)


def reasons_of(base: Base, application_id: str) -> tuple[Excluded, ...]:
    """What the plan says of an application, why it has no place before what it says of larger stands.

    A plan changed by hand may not say it: then it is judged again.
    """
    about = [e for e in base.plan.excluded if dict(e.facts).get("application") == application_id]
    placed = any(p.application_id == application_id for p in base.plan.participations)
    whole = [e for e in about if e.kind == "application"]
    if not placed and not whole:
        again = (*base.problem.excluded, *unplaced(base.problem, base.plan))
        about = [e for e in again if dict(e.facts).get("application") == application_id]
        whole = [e for e in about if e.kind == "application"]
    larger = sorted((e for e in about if e.kind != "application"), key=lambda e: int(dict(e.facts).get("booths", 0)))
    hosting = [] if placed else [why for e in whole if e.rule == "hosting" for why in _of_delegation(base, e)]
    return (*([] if placed else whole), *hosting, *larger)


def _of_delegation(base: Base, hosting: Excluded) -> list[Excluded]:
    """What was found of delegations that could have taken it: by the rule that left none."""
    because = dict(hosting.facts)["because"]
    return [
        e for e in base.problem.excluded
        if e.kind in ("delegation", "trip") and (e.rule, e.phase_id) == (because, hosting.phase_id)
    ]  # fmt: skip


def _of_place(programme: Programme, plan: Plan, p: Participation) -> tuple[int, tuple[Cost, ...]]:
    """Points that a place adds before its cost, and what it costs with its journey."""
    journey = [j for j in plan.journeys if j.firm_id == p.firm_id and p.phase_id in j.phases]
    lines = [("stand", p.stand_cost), *p.other_cost]
    lines += [("fare", j.fare) for j in journey] + [("lodging", j.lodging) for j in journey]
    paid_back = sum(
        claim_value(programme, c.entitled) for c in plan.claims if (c.firm_id, c.phase_id) == (p.firm_id, p.phase_id)
    )
    points = gain(programme, p) + cost_value(programme, p.cost) + paid_back
    return points, tuple(Cost(line, amount) for line, amount in lines if amount)


def _of_offer(problem: Problem, a: Application) -> tuple[int, tuple[Cost, ...]]:
    """The same of the smallest place that the application could be given, with the cheapest journey there and nowhere else."""
    rows = problem.participations
    own = rows[rows["application"] == a.application_id].sort_values(["booths", "participation"], kind="stable")
    if own.empty:
        return 0, ()
    first = own.iloc[0]
    costs = [Cost(line.value, from_fen(int(first[name]))) for name, line in LINES.items() if first[name]]
    visits = problem.visits[(problem.visits["firm"] == a.firm_id) & (problem.visits["phase"] == a.phase_id)]
    ways = problem.journeys.iloc[visits["journey"].to_numpy(dtype="int64")]
    ways = ways.assign(cost=ways["fare"] + ways["lodging"]).sort_values(["phases", "cost"], kind="stable")
    if len(ways):
        costs += [Cost(line, from_fen(int(ways.iloc[0][line]))) for line in ("fare", "lodging") if ways.iloc[0][line]]
    return int(first["value"]), tuple(costs)


def _order(found: PlacesList, a: Application) -> Order | None:
    line = next((x for x in found.lines if x.application.application_id == a.application_id), None)
    if line is None:
        return None
    placed = found.of(State.PLACED)
    days = [x.application.received for x in placed if x.application.received and not x.is_outside]
    return Order(
        policy=found.policy.value, zone_id=found.zone_id, rank=line.rank, among=len(found.lines), places=len(placed),
        booths=found.booths, available=found.available, cutoff=found.cutoff, last=max(days, default=None), turn=line.turn,
        steps=line.why,
    )  # fmt: skip


def _seats(
    programme: Programme, plan: Plan, a: Application, found: PlacesList | None, reasons: tuple[Excluded, ...]
) -> tuple[Place, ...]:
    """Who has what it did not get: those of its order, of the quota, of the delegation; or its own other places."""
    if not reasons:
        return ()
    rule, facts = reasons[0].rule, dict(reasons[0].facts)
    there = [p for p in plan.participations if p.phase_id == a.phase_id]
    own = [p for p in plan.participations if p.firm_id == a.firm_id]
    if rule in IN_ORDER and found is not None:
        ranks = {x.application.application_id: x.rank for x in found.of(State.PLACED)}
        placed = (p.model_copy(update={"rank": ranks[p.application_id]}) for p in there if p.application_id in ranks)
        return places_of(programme, plan, placed)
    if rule == "unplaced-quota":
        _, section_id, zone_id, _ = facts["quota"].split(SEPARATOR)
        return places_of(programme, plan, (p for p in there if _is_under(programme, p, section_id, zone_id)))
    if rule == "unplaced-full":
        return places_of(programme, plan, there)
    if rule == "unplaced-teams":
        return places_of(programme, plan, (p for p in own if p.phase_id in facts["phases"].split(SEPARATOR)))
    return places_of(programme, plan, own) if rule in OWN_YEAR else ()


def _is_under(programme: Programme, p: Participation, section_id: str, zone_id: str) -> bool:
    zone = programme.firm[p.firm_id].zone_id
    return p.role is Role.EXHIBIT and section_id in ("*", p.section_id) and programme.is_within(zone, zone_id)
