"""One firm's year after its places have changed: its journeys and claims, reckoned as the law reckons them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from fairplanner.amend.draft import Draft, with_parts
from fairplanner.domain.kinds import CostLine, Role
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.plan import Claim, Journey, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.claims import costs_of
from fairplanner.rules.reckon.applications import LONGEST_CHAIN, is_open
from fairplanner.rules.reckon.dates import can_chain, journey_dates, occupied
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import entitled
from fairplanner.rules.reckon.grants import account, paid_claims
from fairplanner.rules.reckon.limits import Cell, cell_of_claim
from fairplanner.rules.reckon.money import journey_cost
from fairplanner.rules.reckon.turns import stored_turn, turn_numbers

Places = Sequence[Participation]
Stops = list[tuple[str, Role]]


def of_firm(plan: Plan, firm_id: str) -> tuple[Participation, ...]:
    """The firm's places in a plan."""
    return tuple(p for p in plan.participations if p.firm_id == firm_id)


def journey(programme: Programme, firm_id: str, phases: Sequence[str], places: Places) -> Journey | None:
    """The firm's journey to these phases with as many people as its largest place there; None where they cannot be joined.

    Dates and cost as rules `travel-dates` and `plan-value` reckon them; `saved` against going home in between.
    """
    stops = _stops(programme, firm_id, phases, places)
    if len(stops) > LONGEST_CHAIN or not all(can_chain(programme, a, b) for a, b in pairwise(stops)):
        return None
    ordered = tuple(q for q, _ in stops)
    people = max(p.people for p in places if p.phase_id in ordered)
    home = programme.home(programme.firm[firm_id].zone_id)
    depart, back = journey_dates(programme, home, stops)
    fare, lodging = journey_cost(programme, home, ordered, depart, back, people)
    saved = Decimal(0)
    if len(stops) > 1:
        apart = sum((_alone_cost(programme, home, stop, people) for stop in stops), Decimal(0))
        saved = apart - fare - lodging
    return Journey(
        journey_id=f"{firm_id}:{'+'.join(ordered)}*{people}", firm_id=firm_id, phases=ordered, depart=depart, return_=back,
        people=people, fare=fare, lodging=lodging, saved=saved,
    )  # fmt: skip


def _alone_cost(programme: Programme, home: str, stop: tuple[str, Role], people: int) -> Decimal:
    depart, back = journey_dates(programme, home, [stop])
    return sum(journey_cost(programme, home, (stop[0],), depart, back, people), Decimal(0))


def _stops(programme: Programme, firm_id: str, phases: Sequence[str], places: Places) -> Stops:
    """Phases in order of their days; an exhibitor's days where the firm exhibits there or asks to."""
    showing = {p.phase_id for p in places if p.role is Role.EXHIBIT}
    made = []
    for q in phases:
        asked = programme.by_firm.asked.get((firm_id, q), ())
        exhibits = q in showing or any(a.role is Role.EXHIBIT and is_open(programme, a) for a in asked)
        made.append((q, Role.EXHIBIT if exhibits else Role.VISIT))
    return sorted(made, key=lambda stop: occupied(programme, *stop))


def shortened(programme: Programme, firm_id: str, places: Places, journeys: Sequence[Journey]) -> tuple[Journey, ...]:
    """The firm's journeys, cut to the phases at which it still has a place; what cannot be joined any more is gone to apart."""
    there = {p.phase_id for p in places}
    made: list[Journey] = []
    for j in journeys:
        left = [q for q in j.phases if q in there]
        if tuple(left) == j.phases and j.people == max(p.people for p in places if p.phase_id in left):
            made.append(j)
        elif left:
            whole = journey(programme, firm_id, left, places)
            made += [whole] if whole else [x for q in left if (x := journey(programme, firm_id, [q], places))]
    return tuple(made)


def ways_to(
    programme: Programme, firm_id: str, phase_id: str, places: Places, journeys: Sequence[Journey]
) -> Iterator[tuple[Journey, ...]]:
    """Ways in which the firm can come to a phase at which it has been given a place: on the journey it makes there anyway, on
    one of its own, or with one of its journeys going on there."""  # fmt: skip
    if any(phase_id in j.phases for j in journeys):
        yield shortened(programme, firm_id, places, journeys)
        return
    options = [(None, (phase_id,)), *((j, (*j.phases, phase_id)) for j in journeys)]
    for instead, phases in options:
        made = journey(programme, firm_id, phases, places)
        if made is not None and (instead is None or made.saved > 0):
            yield (*(j for j in journeys if j is not instead), made)


def reclaimed(draft: Draft, firm_id: str, more: Sequence[tuple[str, Participation]] = ()) -> Draft:
    """The draft with the firm's claims reckoned anew: those on what is gone are dropped, turns counted again, amounts and cuts
    (of connected firms too) as the law has them. `more`: subsidies to be claimed on further places."""
    programme, plan = draft
    places = {p.application_id: p for p in of_firm(plan, firm_id)}
    own = [j for j in plan.journeys if j.firm_id == firm_id]
    kept = [x for c in plan.claims if c.firm_id == firm_id for x in _still(c, places, own)]
    kept += [x for s, p in more for x in _new(programme, s, p, own)]
    known = {(c.subsidy_id, c.participation_id, c.journey_id, c.phase_id): c for c in kept}
    made = [x for c in known.values() if (x := _reckoned(programme, c, list(known.values()), plan, own)).entitled]
    others = [c for c in plan.claims if c.firm_id != firm_id]
    return Draft(programme, with_parts(plan, claims=_paid(programme, [*others, *made], firm_id)))


def _still(c: Claim, places: dict[str, Participation], own: Sequence[Journey]) -> Iterator[Claim]:
    """The claim on what it rests on now; nothing where that is gone."""
    if c.journey_id:
        there = next((j for j in own if c.phase_id in j.phases), None)
        if there is not None and any(p.phase_id == c.phase_id for p in places.values()):
            yield c.model_copy(update={"journey_id": there.journey_id})
        return
    p = places.get(c.participation_id.rpartition("@")[0])
    if p is not None:
        yield c.model_copy(update={"participation_id": p.participation_id})


def _new(programme: Programme, subsidy_id: str, p: Participation, own: Sequence[Journey]) -> Iterator[Claim]:
    subsidy = programme.subsidy[subsidy_id]
    there = next(j.journey_id for j in own if p.phase_id in j.phases) if subsidy.on_journeys else ""
    yield Claim(
        claim_id="", subsidy_id=subsidy_id, participation_id="" if there else p.participation_id, journey_id=there,
        firm_id=p.firm_id, phase_id=p.phase_id, fund_id=subsidy.fund_id, entitled=Decimal(0), amount=Decimal(0),
    )  # fmt: skip


def _reckoned(programme: Programme, c: Claim, own: Sequence[Claim], plan: Plan, journeys: Sequence[Journey]) -> Claim:
    """The claim with its turn, its id and what the subsidy gives on it alone."""
    subsidy = programme.subsidy[c.subsidy_id]
    turn = _turn(programme, subsidy, c, own)
    on: Participation | Journey
    if c.journey_id:
        on = next(j for j in journeys if j.journey_id == c.journey_id)
        costs, booths, phases = {CostLine.FARE: on.fare, CostLine.LODGING: on.lodging}, 0, len(on.phases)
        name = f"{on.journey_id}/{c.phase_id}"
    else:
        on = next(p for p in plan.participations if p.participation_id == c.participation_id)
        costs, booths, phases, name = costs_of(on), on.booths, 1, on.participation_id
    given = entitled(
        programme, subsidy, firm_id=c.firm_id, phase_id=c.phase_id, booths=booths, costs=costs, people=on.people,
        phases=phases, turn=turn, level=c.level,
    ).amount  # fmt: skip
    ends = f"${c.subsidy_id}" + (f"@{turn}" if turn else "") + (f"%{c.level}" if c.level else "")
    amount = min(c.amount, given) if c.claim_id else given
    return c.model_copy(update={"claim_id": name + ends, "turn": turn, "entitled": given, "amount": amount})


def _turn(programme: Programme, subsidy: Subsidy, c: Claim, own: Sequence[Claim]) -> int:
    if not subsidy.turns or (subsidy.order == "best" and c.turn):
        return c.turn
    phases = [x.phase_id for x in own if x.subsidy_id == c.subsidy_id]
    return stored_turn(subsidy, turn_numbers(programme, subsidy, c.firm_id, phases)[c.phase_id])


def _paid(programme: Programme, claims: Sequence[Claim], firm_id: str) -> list[Claim]:
    """All claims, those of the firm and of firms connected with it with what the law pays; where the payer may cut, what it
    has paid so far, as far as the law allows."""
    group = programme.firm[firm_id].group
    near = {firm_id, *(programme.by_firm.group.get(group, ()) if group else ())}
    own = [c for c in claims if c.firm_id in near]
    of_cell: dict[Cell, Decimal] = defaultdict(Decimal)
    for c in own:
        of_cell[cell_of_claim(programme, c)] += c.amount
    cuts = {
        cell: paid.entitled - (min(paid.paid, of_cell[cell]) if paid.up_to else paid.paid)
        for cell, paid in account(programme, own).cells.items()
    }
    return [*(c for c in claims if c.firm_id not in near), *paid_claims(programme, own, cuts)]


def open_subsidies(programme: Programme, p: Participation) -> list[str]:
    """Subsidies that mean a place, in order of id; not those whose rate the payer chooses from a menu: nobody has chosen."""
    application = programme.application.get(p.application_id)
    return [
        s.subsidy_id
        for s in sorted(programme.subsidy.values(), key=lambda s: s.subsidy_id)
        if not s.menu
        and refused(programme, s, p.firm_id, p.phase_id, role=p.role, stand=p.stand, application=application) is None
    ]
