"""What may come of an application at all: whether it is open, who may take the firm along, which stands it can be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from fairplanner.domain.kinds import Confidence, CostLine, Regime, Role, StandKind
from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.allotments import Pool, Pools, pools, second_round
from fairplanner.rules.reckon.asking import asks as asks
from fairplanner.rules.reckon.asking import closes_on as closes_on
from fairplanner.rules.reckon.asking import is_usable as is_usable
from fairplanner.rules.reckon.asking import sponsors as sponsors
from fairplanner.rules.reckon.asking import standing as standing
from fairplanner.rules.reckon.booth_base import Handed
from fairplanner.rules.reckon.dates import can_chain, journey_dates, occupied
from fairplanner.rules.reckon.eligibility import refused
from fairplanner.rules.reckon.entitlement import most_entitled
from fairplanner.rules.reckon.kept import held, is_blocked, is_new_and_begun, own_booths
from fairplanner.rules.reckon.kept import is_late as is_late
from fairplanner.rules.reckon.money import journey_cost, other_costs, stand_cost
from fairplanner.rules.reckon.places import barred_firms as barred_firms
from fairplanner.rules.reckon.places import open_booths, pack_booths, quotas_over
from fairplanner.rules.reckon.places import pinned_firms as pinned_firms

M2_PER_BOOTH = 9
LONGEST_CHAIN = 3


def most_booths(programme: Programme, application: Application) -> int:
    """Most booths that each quota above the firm and the pack in force allow by themselves, at most what it wants.

    The reserve (机动) of a quota is for places given by decision, and where there is one they have only that.
    """
    pinned = (application.firm_id, application.phase_id) in pinned_firms(programme)
    most = min(application.booths, pack_booths(programme, application, pinned=pinned))
    zone_id = programme.firm[application.firm_id].zone_id
    for q in quotas_over(programme, application.phase_id, application.section_id, zone_id):
        if q.booths is not None and application.stand in (StandKind.STANDARD, StandKind.BRAND):
            most = min(most, open_booths(q, pinned=pinned))
        if q.area_m2 is not None and application.stand is StandKind.RAW:
            most = min(most, q.area_m2 // M2_PER_BOOTH)
        if q.firms == 0:
            most = 0
    return most


def stands(programme: Programme, application: Application) -> tuple[int, ...]:
    """Numbers of booths it can be given: from the fewest it accepts to what it wants, quotas, its allotment and own money
    allow; 0 for others."""
    allotted = pools(programme, open_stands).booths.get(application.application_id)
    return tuple(n for n in _stands(programme, application) if allotted is None or n <= allotted)


def allotment_pools(programme: Programme) -> Pools:
    """What the booth-base procedure gives, before any plan."""
    return pools(programme, open_stands)


def freed_places(programme: Programme, plan: Plan) -> tuple[tuple[Pool, Handed], ...]:
    """Who would get the booths that a plan leaves, by the same procedure."""
    return second_round(programme, plan, open_stands)


def open_stands(programme: Programme, application: Application) -> tuple[int, ...]:
    """`stands` before anything is allotted; none where nothing can come of the application."""
    return _stands(programme, application) if _is_asked(programme, application) else ()


def _stands(programme: Programme, application: Application) -> tuple[int, ...]:
    if programme.application.get(application.application_id) is application:
        own = held(programme).get(application.application_id)
        if own is not None and own.is_exact:
            return (own.booths,)
        return _known_stands(programme, application.application_id)
    return _numbers(programme, application)


@remembered
def _known_stands(programme: Programme, application_id: str) -> tuple[int, ...]:
    return _numbers(programme, programme.application[application_id])


def _numbers(programme: Programme, application: Application) -> tuple[int, ...]:
    own = programme.firm[application.firm_id].own_money
    least = max(1, application.least_booths)
    exhibits = application.role is Role.EXHIBIT
    numbers = range(least, most_booths(programme, application) + 1) if exhibits else (0,)
    fit = {n for n in numbers if own is None or _is_within(programme, application, n, own)}
    return tuple(sorted(fit | own_booths(programme, application)))


def _is_within(programme: Programme, a: Application, booths: int, own: Decimal) -> bool:
    """Whether the firm's own money covers what a place costs it, all lines, if every subsidy that can pay it back does, at its
    best turn and level."""
    stand, team = a.stand if a.role is Role.EXHIBIT else StandKind.NONE, people(programme, a, booths)
    costs = {CostLine.STAND: stand_cost(programme, a.phase_id, stand, booths)}
    costs |= other_costs(programme, a.firm_id, a.phase_id, booths, team)
    if sum(costs.values(), Decimal(0)) <= own:
        return True
    back = (
        most_entitled(programme, s, firm_id=a.firm_id, phase_id=a.phase_id, booths=booths, costs=costs, people=team)
        for s in programme.subsidy.values()
        if not s.on_journeys
        and refused(programme, s, a.firm_id, a.phase_id, role=a.role, stand=stand, application=a) is None
    )
    return sum(costs.values(), Decimal(0)) - sum(back, Decimal(0)) <= own


def is_open(programme: Programme, application: Application) -> bool:
    """Whether anything can come of it: asked for, in time, at a phase that can be planned, with a stand and a sponsor."""
    return _is_asked(programme, application) and bool(stands(programme, application))


def _is_asked(programme: Programme, application: Application) -> bool:
    zone_id = programme.firm[application.firm_id].zone_id
    return (
        asks(programme, application)
        and is_usable(programme, application.phase_id)
        and not is_late(programme, application)
        and not is_blocked(programme, application)
        and not is_new_and_begun(programme, application)
        and bool(programme.home(zone_id))
        and bool(sponsors(programme, zone_id, application.recommended_by))
    )


def people(programme: Programme, application: Application, booths: int) -> int:
    """People it sends with so many booths: what it says, within the profile's most a booth, at least one."""
    per_booth = programme.profile(application.phase_id).people_per_booth
    if application.role is not Role.EXHIBIT or per_booth is None:
        return application.people
    return max(1, min(application.people, per_booth * booths))


def team_sizes(programme: Programme, own: Sequence[Application]) -> tuple[int, ...]:
    """Different numbers of people that places of these applications ask for, in order."""
    return tuple(sorted({people(programme, a, n) for a in own for n in stands(programme, a)}))


@dataclass(frozen=True)
class Alone:
    """A journey of a firm to one phase only: border dates, and the numbers of people with whom it can be made."""

    phase_id: str
    role: Role
    sizes: tuple[int, ...]
    home: str
    depart: date
    back: date

    def cost(self, programme: Programme, team: int) -> Decimal:
        """Fare and lodging of so many people, programme currency."""
        return sum(journey_cost(programme, self.home, (self.phase_id,), self.depart, self.back, team), Decimal(0))


def alone(programme: Programme, own: tuple[Application, ...]) -> Alone:
    """The journey of one firm to one phase; `own`: its open applications there (exhibitors' days if any exhibits)."""
    phase_id, home = own[0].phase_id, programme.home(programme.firm[own[0].firm_id].zone_id)
    role = Role.EXHIBIT if any(a.role is Role.EXHIBIT for a in own) else Role.VISIT
    depart, back = journey_dates(programme, home, [(phase_id, role)])
    return Alone(phase_id, role, team_sizes(programme, own), home, depart, back)


def invitation(programme: Programme, firm_id: str, phase_id: str) -> Application:
    """What an invited firm is taken to ask for: one booth where it can exhibit, and two people."""
    roles = programme.fair[programme.phase[phase_id].fair_id].roles
    role = Role.EXHIBIT if Role.EXHIBIT.value in roles or not roles else Role(roles[0])
    return Application(firm_id=firm_id, phase_id=phase_id, role=role, source="", confidence=Confidence.USER)


def go_together(programme: Programme, trips: Sequence[Alone]) -> bool:
    """Whether one team of a firm can take in all these phases in one journey, at most three, and more cheaply than the same
    people apart."""
    ordered = sorted(trips, key=lambda t: occupied(programme, t.phase_id, t.role))
    stops = [(t.phase_id, t.role) for t in ordered]
    if len(stops) > LONGEST_CHAIN or not all(can_chain(programme, a, b) for a, b in pairwise(stops)):
        return False
    least = max(min(t.sizes, default=1) for t in ordered)
    teams = sorted({size for t in ordered for size in t.sizes if size >= least})
    return any(_cheaper_together(programme, ordered, team) for team in teams)


def _cheaper_together(programme: Programme, ordered: Sequence[Alone], team: int) -> bool:
    home, stops = ordered[0].home, [(t.phase_id, t.role) for t in ordered]
    depart, back = journey_dates(programme, home, stops)
    cost = sum(journey_cost(programme, home, tuple(q for q, _ in stops), depart, back, team), Decimal(0))
    return cost < sum((t.cost(programme, team) for t in ordered), Decimal(0))


@remembered
def may_stay_away(programme: Programme, phase_id: str) -> bool:
    """Whether a zone may lack a delegation at a phase for want of money, staff or firms: all but standing bodies at home."""
    return programme.regime(phase_id) is not Regime.HOME or programme.least_firms(phase_id) > 0
