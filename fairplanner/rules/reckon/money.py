"""Amounts in programme currency: stands, other costs, journeys, what a fund may pay; rounded once to whole fen (0.01)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.kinds import PARTICIPATION_LINES, CostLine, StandKind
from fairplanner.domain.money import Cost, Price, Stay
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.travel import journey_hours_and_fare
from fairplanner.rules.reckon.uses import pays

FEN = Decimal("0.01")


def to_fen(amount: Decimal) -> int:
    """Whole fen (hundredths) of an amount, half up."""
    return int(amount.scaleb(2).to_integral_value(ROUND_HALF_UP))


def from_fen(fen: int) -> Decimal:
    """Amount with two decimals."""
    return Decimal(int(fen)).scaleb(-2)


@remembered
def rate_of(programme: Programme, currency: str) -> Decimal:
    """Programme currency for one unit; 1 for its own; raises KeyError where the programme has no rate."""
    if currency == programme.settings.currency:
        return Decimal(1)
    return {row.currency: row.rate for row in programme.rates}[currency]


@remembered
def stand_price(programme: Programme, phase_id: str, stand: StandKind) -> Decimal | None:
    """Price of one booth of 9 m² in programme currency; 0 for no stand; None if the programme has no price for it."""
    if stand is StandKind.NONE:
        return Decimal(0)
    fair_id = programme.phase[phase_id].fair_id
    rows = [p for p in _prices(programme).get(fair_id, ()) if p.stand == stand and p.phase_id in (phase_id, "")]
    if not rows:
        return None
    row = max(rows, key=lambda p: p.phase_id != "")
    return (row.per_booth * rate_of(programme, row.currency)).quantize(FEN, ROUND_HALF_UP)


@remembered
def _prices(programme: Programme) -> dict[str, tuple[Price, ...]]:
    """Rows of `prices` by fair."""
    return rows_by(programme.prices, "fair_id")


def stand_cost(programme: Programme, phase_id: str, stand: StandKind, booths: int) -> Decimal:
    """Price times booths; 0 where the price is not known (which `excluded` or the page says)."""
    return (stand_price(programme, phase_id, stand) or Decimal(0)) * booths


@remembered
def stay_at(programme: Programme, place_id: str) -> Stay | None:
    """The rates for nights and meals in a place; None where the programme knows none."""
    return next((row for row in programme.stays if row.place_id == place_id), None)


def nightly(stay: Stay, *, peak: bool) -> Decimal:
    """Lodging of one night, in or out of the dearer season, in the currency of the row."""
    return stay.peak_lodging if peak and stay.peak_lodging is not None else stay.lodging


@remembered
def night_in(programme: Programme, place_id: str, month: int) -> Decimal:
    """Lodging of one night in a month, programme currency; 0 where `stays` has no row. KeyError: no exchange rate."""
    stay = stay_at(programme, place_id)
    if stay is None:
        return Decimal(0)
    return nightly(stay, peak=month in stay.peak_months) * rate_of(programme, stay.currency)


def other_costs(programme: Programme, firm_id: str, phase_id: str, booths: int, people: int) -> dict[CostLine, Decimal]:
    """Fit-out, freight and fees of a firm at a phase, programme currency, from the table `costs`; lines without a row are left
    out.

    Of several rows for a line the most specific one counts: of this firm before every firm, then of this phase before every
    phase. Each is a price for one firm, booth or person, half up to 0.01 at the programme's dated rate, times how many
    there are. Raises KeyError where a currency has no rate.
    """
    fair_id, counts = programme.phase[phase_id].fair_id, {"firm": 1, "booth": booths, "person": people}
    here = _costs(programme)
    rows = [c for f in {"", firm_id} for c in here.get((fair_id, f), ()) if c.phase_id in (phase_id, "")]
    found = {c.line: c for c in sorted(rows, key=lambda c: (c.firm_id != "", c.phase_id != ""))}
    return {
        line: (found[line].amount * rate_of(programme, found[line].currency)).quantize(FEN, ROUND_HALF_UP)
        * counts[found[line].per]
        for line in PARTICIPATION_LINES[1:]
        if line in found
    }


@remembered
def _costs(programme: Programme) -> dict[tuple[str, str], tuple[Cost, ...]]:
    """Rows of `costs` by fair and firm."""
    return rows_by(programme.costs, "fair_id", "firm_id")


def chain_fare(programme: Programme, home: str, places: list[str]) -> Decimal:
    """Fare of one person home → each place → home: half of each leg's return fare."""
    legs = pairwise([home, *places, home])
    return sum((journey_hours_and_fare(programme, a, b)[1] for a, b in legs), Decimal(0)) / 2


@remembered
def journey_cost(
    programme: Programme, home: str, phases: tuple[str, ...], depart: date, back: date, people: int
) -> tuple[Decimal, Decimal]:
    """Fare and lodging of a firm's people on one journey: each night at the rate of the dearest city of the chain then."""
    places = [programme.phase[q].place_id for q in phases]
    fare = chain_fare(programme, home, places) * people
    nights = (back - depart).days if any(place != home for place in places) else 0
    months = Counter((depart + timedelta(days=n)).month for n in range(nights))
    lodging = sum(
        (max(night_in(programme, place, month) for place in places) * n for month, n in months.items()), Decimal(0)
    )
    return fare.quantize(FEN, ROUND_HALF_UP), (lodging * people).quantize(FEN, ROUND_HALF_UP)


@remembered
def may_pay(programme: Programme, fund_id: str, zone_id: str, line: CostLine, day: date) -> bool:
    """Whether a fund may pay a line for a zone on a day; with a scheme, the zone must be a member in that year."""
    fund = programme.fund[fund_id]
    if not programme.is_within(zone_id, fund.zone_id) or not pays(programme, fund, line):
        return False
    if not fund.period_from <= day <= fund.period_to:
        return False
    return not fund.scheme or is_member(programme, zone_id, fund.scheme, day.year)


@remembered
def is_member(programme: Programme, zone_id: str, scheme: str, year: int) -> bool:
    """Whether the zone stands in the scheme in that year; silence is no."""
    return any(m.member for m in programme.memberships if (m.zone_id, m.scheme, m.year) == (zone_id, scheme, year))
