"""How evenly a plan treats zones and firms, what it keeps up, what it throws away; in places and points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.giving import Deposit
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.applications import standing
from fairplanner.rules.reckon.points import milli, worth

Steps = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Portion:
    """What a zone (itself and all below) is entitled to and gets, in places; one place for each firm that asked."""

    zone_id: str
    entitled: int
    given: int

    @property
    def short(self) -> int:
        """Places missing."""
        return max(0, self.entitled - self.given)


@remembered
def zones_compared(programme: Programme) -> tuple[str, ...]:
    """The zones right below the one that plans; itself where it has none."""
    below = tuple(sorted(z.zone_id for z in programme.zones if z.parent == programme.settings.root))
    return below or (programme.settings.root,)


@remembered
def entitled_places(programme: Programme) -> dict[str, int]:
    """Places each compared zone is entitled to: its firms that have asked for something, each once; zones with none are left out."""
    firms = {a.firm_id for a in standing(programme)}
    zones = Counter(zone for f in firms if (zone := zone_of(programme, f)))
    return {zone: zones[zone] for zone in zones_compared(programme) if zones[zone]}


@remembered
def zone_of(programme: Programme, firm_id: str) -> str:
    """The compared zone that a firm belongs to; '' for one outside all of them."""
    compared = zones_compared(programme)
    return next((z for z in programme.zones_above(programme.firm[firm_id].zone_id) if z in compared), "")


def portions(programme: Programme, places: Sequence[Participation]) -> tuple[Portion, ...]:
    """Who gets what, zone by zone, in order of id: the report of who bears the loss."""
    given = Counter(zone_of(programme, p.firm_id) for p in places)
    return tuple(Portion(z, n, given[z]) for z, n in sorted(entitled_places(programme).items()))


def zone_steps(programme: Programme, entitled: int) -> Steps:
    """(width, price) of a zone's shortfall: equal widths that add up to what it is entitled to, prices rising."""
    prices = programme.settings.fairness.zone_points
    if not prices:
        return ()
    edges = [round(entitled * n / len(prices)) for n in range(len(prices) + 1)]
    return tuple((b - a, milli(p)) for a, b, p in zip(edges, edges[1:], prices, strict=False) if b > a)


def firm_steps(programme: Programme) -> Steps:
    """(width, price) of a firm's missing places: the last one it lacks, its first, costs most."""
    return tuple((1, milli(p)) for p in reversed(programme.settings.fairness.firm_points))


def cost_of(steps: Steps, short: int) -> int:
    """Points lost, thousandths, for so many missing."""
    total = 0
    for width, price in steps:
        total += price * min(width, short)
        short -= min(width, short)
    return total


@remembered
def asking_firms(programme: Programme) -> dict[str, int]:
    """Firms that ask, with the places they are compared by: as many as there are prices, and as phases they ask for."""
    asked: dict[str, set[str]] = {}
    for a in standing(programme):
        asked.setdefault(a.firm_id, set()).add(a.phase_id)
    most = len(programme.settings.fairness.firm_points)
    return {f: min(most, len(phases)) for f, phases in sorted(asked.items())}


@remembered
def kept_fairs(programme: Programme) -> tuple[str, ...]:
    """Fairs that firms of the programme attended in each of the last `keep_years` years, by the ledger, and ask for again."""
    years, window = programme.settings.fairness.keep_years, programme.settings.window_from.year
    wanted = {window - n for n in range(1, years + 1)}
    seen: dict[str, set[int]] = {}
    for row in (row for row in programme.ledger if not row.empty):
        seen.setdefault(row.fair_id, set()).add(row.on.year)
    asked = {programme.phase[a.phase_id].fair_id for a in standing(programme)}
    return tuple(sorted(f for f, had in seen.items() if years and wanted <= had and f in asked))


def sunk(programme: Programme) -> tuple[Deposit, ...]:
    """Deposits that cannot be had back any more on the programme's date."""
    rows = (d for d in programme.deposits if d.refund_until is None or d.refund_until < programme.settings.as_of)
    return tuple(sorted(rows, key=lambda d: (d.phase_id, d.zone_id)))


def deposit_points(programme: Programme, amount: Decimal) -> int:
    """Points that a deposit thrown away costs, like any other cost."""
    return worth(amount, programme.settings.value.cost_per_1000)


def is_used(programme: Programme, deposit: Deposit, places: Sequence[Participation]) -> bool:
    """Whether a firm of the zone or below takes part at the phase."""
    here = (p for p in places if p.phase_id == deposit.phase_id)
    return any(programme.is_within(programme.firm[p.firm_id].zone_id, deposit.zone_id) for p in here)


def fairness_points(programme: Programme, plan: Plan) -> int:
    """Points lost for unevenness, fairs left and deposits thrown away, thousandths of a point."""
    places = plan.participations
    lost = sum(cost_of(zone_steps(programme, x.entitled), x.short) for x in portions(programme, places))
    got = Counter(firm for firm, _ in {(p.firm_id, p.phase_id) for p in places})
    steps = firm_steps(programme)
    for firm, wanted in asking_firms(programme).items():
        lost += cost_of(steps[len(steps) - wanted :], max(0, wanted - got[firm]))
    fairs = {programme.phase[p.phase_id].fair_id for p in places}
    left = [f for f in kept_fairs(programme) if f not in fairs]
    wasted = [d for d in sunk(programme) if not is_used(programme, d, places)]
    lost += len(left) * milli(programme.settings.fairness.keep_points)
    return lost + sum(deposit_points(programme, d.amount) for d in wasted)
