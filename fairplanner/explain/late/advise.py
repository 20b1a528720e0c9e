"""Which fairs a firm that comes late can still be given, the plan untouched: at once, from what is left and what it is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from fairplanner.domain.kinds import CostLine, Policy, Role
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.explain.late.desk import Desk, Turn
from fairplanner.explain.late.late import LateFirm, alone_in, asked, sections_at
from fairplanner.explain.late.late_reasons import own_reason, standing_in_the_way
from fairplanner.explain.reasons.answers import Cost
from fairplanner.rules.reckon.applications import may_stay_away, open_stands, people, sponsors
from fairplanner.rules.reckon.asking import closes_on
from fairplanner.rules.reckon.dates import journey_dates
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import most_entitled
from fairplanner.rules.reckon.money import journey_cost, other_costs, stand_cost
from fairplanner.rules.reckon.places import quota_rules
from fairplanner.rules.reckon.points import milli
from fairplanner.rules.reckon.score import score
from fairplanner.rules.reckon.value import claim_value, cost_value, participation_value, steps_up

State = Literal["has", "fits", "again", "no"]
ORDER: tuple[State, ...] = ("has", "fits", "again", "no")


@dataclass(frozen=True)
class Fit:
    """One fair for one firm.

    `state`: it `has` a place already; it `fits` now; only if the year is planned `again` (`note`: places are `full`, with it in
    the `order` before others who have places, behind some who `waits`, no `delegation` goes, booths are given by `allotment`);
    or `no`. `reason` (words as for what is not in a plan) or `note` says what stands in the way. `worth`: what the
    place would add, `price`: what others would make of the places and the money, thousandths of a point. `costs` by line and
    `back` of the place with a journey of its own, programme currency; subsidies before limits over several claims.
    `is_new`: a standing delegation at home that does not go yet would go for it.
    """

    phase_id: str
    state: State
    section_id: str = ""
    role: str = ""
    booths: int = 0
    people: int = 0
    sponsor: str = ""
    score: float = 0.0
    worth: int = 0
    price: int = 0
    costs: tuple[Cost, ...] = ()
    back: Decimal = Decimal(0)
    closes: date | None = None
    has_applied: bool = False
    is_new: bool = False
    reason: Excluded | None = None
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def advise(desk: Desk, late: LateFirm, phases: Collection[str] = (), on: date | None = None) -> tuple[Fit, ...]:
    """Every fair of the year (or only `phases`) for a firm that asks on a day (default: the programme's): those it can be given
    first, the best first.

    The desk's plan stays as it is, the firm's own places included. Raises KeyError for a phase the programme does not have.
    """
    programme = desk.programme
    on = on or programme.settings.as_of
    wanted = [programme.phase[q] for q in phases] if phases else list(programme.in_window())
    asks = {q.phase_id: _asks(programme, late, q, on) for q in wanted}
    own = alone_in(programme, late, [a for found in asks.values() for a in found], on)
    told = [_best([_fit(desk, own, q, a) for a in asks[q.phase_id]] or [_without_section(q)]) for q in wanted]
    return tuple(sorted(told, key=lambda f: (ORDER.index(f.state), -(f.worth - f.price), f.phase_id)))


def _asks(programme: Programme, late: LateFirm, phase: Phase, on: date) -> Sequence[Application]:
    """Its own applications there, else one for each section it could ask for."""
    own = programme.by_firm.asked.get((late.firm.firm_id, phase.phase_id), ())
    return own or tuple(asked(programme, late, phase.phase_id, s, on) for s in sections_at(programme, late, phase))


def _without_section(phase: Phase) -> Fit:
    return Fit(phase.phase_id, "no", note="section")


def _best(fits: Sequence[Fit]) -> Fit:
    return min(fits, key=lambda f: (ORDER.index(f.state), -(f.worth - f.price), f.section_id))


def _fit(desk: Desk, own: Programme, phase: Phase, a: Application) -> Fit:
    made = Fit(
        phase.phase_id, "no", a.section_id, a.role.value, closes=closes_on(own, phase.phase_id),
        has_applied=a.application_id in desk.programme.application,
    )  # fmt: skip
    if (place := desk.placed.get(a.application_id)) is not None:
        return replace(made, state="has", booths=place.booths, sponsor=place.sponsor, score=place.score)
    if reason := own_reason(own, a):
        return replace(made, reason=reason)
    numbers = open_stands(own, a)
    if not numbers:
        return replace(made, reason=standing_in_the_way(desk, own, a))
    sponsor, is_new = _sponsor(desk, own, a)
    options = [_valued(desk, own, replace(made, sponsor=sponsor, is_new=is_new), a, n) for n in numbers]
    return _judged(desk, own, a, options)


def _sponsor(desk: Desk, own: Programme, a: Application) -> tuple[str, bool]:
    """Who would take it along: the nearest that goes and is not full; at home also one that does not go yet."""
    zone, most = own.firm[a.firm_id].zone_id, own.most_firms(a.phase_id)
    takers = sponsors(own, zone, a.recommended_by)
    going = [s for s in takers if (s, a.phase_id) in desk.hosts]
    free = [s for s in going if most is None or desk.firms_with(s, a.phase_id) < most]
    if free:
        return free[0], False
    may_open = not may_stay_away(own, a.phase_id) and not going
    return (takers[0], True) if may_open and takers else ("", False)


def _valued(desk: Desk, own: Programme, fit: Fit, a: Application, booths: int) -> Fit:
    """The place with so many booths: what it costs, what comes back, and what it is worth."""
    team = people(own, a, booths)
    stand = stand_cost(own, a.phase_id, a.stand, booths) if a.role is Role.EXHIBIT else Decimal(0)
    place = {CostLine.STAND: stand} | other_costs(own, a.firm_id, a.phase_id, booths, team)
    zone = own.firm[a.firm_id].zone_id
    home = own.home(zone)
    depart, back = journey_dates(own, home, [(a.phase_id, a.role)])
    fare, lodging = journey_cost(own, home, (a.phase_id,), depart, back, team)
    way = {CostLine.FARE: fare, CostLine.LODGING: lodging}
    paid, claimed, price = _paid_back(desk, own, a, booths, team, place, way)
    points = score(own, a)
    worth = participation_value(own, points, booths) + claimed - cost_value(own, sum(place.values(), Decimal(0)))
    worth -= cost_value(own, fare + lodging) + steps_up(own, zone, fit.sponsor or zone) * milli(
        own.settings.value.step_up
    )
    worth -= milli(own.settings.value.delegation) if fit.is_new else 0
    costs = tuple(Cost(line.value, amount) for line, amount in (place | way).items() if amount)
    price += desk.price(desk.rooms(a, zone), booths) if a.role is Role.EXHIBIT else 0
    return replace(fit, booths=booths, people=team, score=points, worth=worth, price=price, costs=costs, back=paid)


def _paid_back(
    desk: Desk, own: Programme, a: Application, booths: int, team: int,
    place: dict[CostLine, Decimal], way: dict[CostLine, Decimal],
) -> tuple[Decimal, int, int]:  # fmt: skip
    """What subsidies may pay back as far as their funds have anything left, its worth, and what others would make of it."""
    left = dict(desk.left)
    total, points, price = Decimal(0), 0, 0
    for s in own.subsidy.values():
        if refused(own, s, a.firm_id, a.phase_id, role=a.role, stand=a.stand, application=a) is not None:
            continue
        costs = way if s.on_journeys else place
        most = most_entitled(own, s, firm_id=a.firm_id, phase_id=a.phase_id, booths=booths, costs=costs, people=team)
        amount = max(
            Decimal(0), min(most, left.get(s.fund_id, Decimal(0)), sum((place | way).values(), Decimal(0)) - total)
        )
        if amount < most and s.entitled == "exactly":
            continue  # a fund that cannot pay all of it pays nothing of it
        left[s.fund_id] = left.get(s.fund_id, Decimal(0)) - amount
        total, points = total + amount, points + claim_value(own, amount)
        price += desk.price_of_money(s.fund_id, amount)
    return total, points, price


def _judged(desk: Desk, own: Programme, a: Application, options: Sequence[Fit]) -> Fit:
    """The best number of booths that there is room for, or what stands in the way of the fewest."""
    fewest = options[0]
    rooms = desk.rooms(a, own.firm[a.firm_id].zone_id) if a.role is Role.EXHIBIT else []
    open_ = [f for f in options if all(f.booths <= r.most() for r in rooms)]
    best = max(open_ or [fewest], key=lambda f: (f.worth, -f.booths))
    if reason := standing_in_the_way(desk, own, a, best.costs, best.back):
        return replace(best, reason=reason)
    if not best.sponsor:
        return replace(best, state="again", note="delegation")
    rules = quota_rules(own, a.firm_id, a.phase_id)
    if a.role is Role.EXHIBIT and rules is not None and rules.booth_formula:
        return replace(best, state="again", note="allotment")
    turn = _turn(desk, own, a)
    if turn.waiting or (turn.behind and not open_):
        facts = {"behind": turn.behind, "waiting": turn.waiting}
        return replace(best, state="again", note="waits" if turn.waiting else "order", facts=_facts(facts))
    if not open_:
        full = min(rooms, key=lambda r: r.most())
        taken: dict[str, object] = {"label": full.label, "limit": full.limit, "used": full.used}
        return replace(best, state="again", note="full", facts=_facts(taken))
    return replace(best, state="fits")


def _turn(desk: Desk, own: Programme, a: Application) -> Turn:
    """Where it would stand in a published order; alone where there is none."""
    in_order = a.role is Role.EXHIBIT and own.policy(a.phase_id) is not Policy.OPTIMISE
    return desk.turn(own, a) if in_order else Turn(0, 0)


def _facts(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in facts.items()))
