"""What an official party costs by the tariff, line by line as the printed budget has it: 项目|币种|标准|人数|天数|外币|汇率|人民币."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from typing import Literal

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.money import Stay
from fairplanner.domain.packs import TravelRules
from fairplanner.domain.plan import Stop
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.reckon.money import FEN, nightly, rate_of, stay_at
from fairplanner.rules.reckon.travel import journey_hours_and_fare

DAY = timedelta(days=1)
LINES = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
Unit = Literal["journey", "nights", "days"]


@dataclass(frozen=True)
class GridLine:
    """One line of the budget: `standard` × `share` × `people` × `count` is `foreign` (`currency`), at `rate` the `amount`.

    `place_id`: of the stop; of a fare the city one goes on to ('' for home → first stop and last stop → home together).
    `count` is in `unit`: nights, days, or 1 journey. `share` is 1, 0 where the host pays, or the car's. `on`: day of the
    rate; None for the programme's own currency. `peak`: lodging of the dearer season. `foreign` has two decimals;
    `amount` (programme currency) has whole fen, shared out so that the lines of one item add up to its exact sum.
    """

    line: CostLine
    place_id: str
    currency: str
    standard: Decimal
    people: int
    count: int
    unit: Unit
    rate: Decimal
    on: date | None
    share: Decimal = Decimal(1)
    peak: bool = False
    amount: Decimal = Decimal(0)

    @property
    def exact(self) -> Decimal:
        """In `currency`, not rounded."""
        return self.standard * self.share * self.people * self.count

    @property
    def foreign(self) -> Decimal:
        """In `currency`, half up to 0.01."""
        return self.exact.quantize(FEN, ROUND_HALF_UP)


def law_at(programme: Programme, phase_id: str) -> TravelRules:
    """What binds an official party at a phase: the travel pack in force on its opening day, else the profile's limits."""
    day = programme.phase[phase_id].start or programme.settings.as_of
    return programme.travel_rules(programme.regime(phase_id), day)


@remembered
def far_days(programme: Programme, phase_id: str) -> int:
    """Days more that a party may be away for a stop in a far market with bad connections.

    What counts is where the phase is held, not which markets its visitors come from. 0 where programme.toml sets the
    limits of days itself. Source: rule pack (dossier row O-DAYS-FAR, background).
    """
    law, there = law_at(programme, phase_id), programme.territory_of(phase_id)
    if "day_limits" in programme.profile(phase_id).over_packs or there not in programme.territory:
        return 0
    markets = {*programme.territory[there].markets, *(m.market_id for m in programme.markets if there in m.territories)}
    return law.far_days if markets & set(law.far_markets) else 0


def party_grid(
    programme: Programme, home: str, stops: Sequence[Stop], depart: date, back: date, officials: int
) -> tuple[GridLine, ...]:
    """The budget of an official party: fares, then lodging, meals and incidentals of each stop.

    A stop runs from its arrival to the next one's, the last to `back`; meals and incidentals count days border to border,
    lodging counts nights, or the same days where the pack says so, each at the rate of its own month. Lines that the
    host pays cost nothing; where transport is provided incidentals are paid at the pack's share. Raises KeyError where a
    currency has no rate. Source: 财行〔2013〕516号 第十条; 0.40: 财行〔2017〕434号.
    """
    lines = [*_fares(programme, home, stops, officials)]
    for stop, (start, end) in zip(stops, _spans(stops, depart, back), strict=True):
        lines += _of_stop(programme, stop.phase_id, start, end, officials, last=stop is stops[-1])
    return tuple(_in_fen(lines))


def _spans(stops: Sequence[Stop], depart: date, back: date) -> list[tuple[date, date]]:
    """From when to when the party is at the expense of each stop: from its arrival to the next one's, the last to `back`."""
    turns = [depart, *(s.arrive for s in stops[1:]), back]
    return list(pairwise(turns))


def party_cost(
    programme: Programme, home: str, stops: Sequence[Stop], depart: date, back: date, officials: int
) -> dict[CostLine, Decimal]:
    """Public cost of an official party by line, whole fen: the sums of its grid."""
    cost = dict.fromkeys(LINES, Decimal(0))
    for line in _fares(programme, home, stops, officials):
        cost[line.line] += line.exact * line.rate
    for stop, (start, end) in zip(stops, _spans(stops, depart, back), strict=True):
        for item, amount in _cost_of_stop(programme, stop.phase_id, start, end, officials, stop is stops[-1]):
            cost[item] += amount
    return {item: amount.quantize(FEN, ROUND_HALF_UP) for item, amount in cost.items()}


@remembered
def _cost_of_stop(
    programme: Programme, phase_id: str, start: date, end: date, people: int, last: bool
) -> tuple[tuple[CostLine, Decimal], ...]:
    """What each line of a stop costs, programme currency, not rounded."""
    lines = _of_stop(programme, phase_id, start, end, people, last=last)
    return tuple((line.line, line.exact * line.rate) for line in lines)


def days_over_tariff(programme: Programme, stops: Sequence[Stop], depart: date, back: date) -> int:
    """Days beyond those for which the tariff holds («超过14天另行核定»); 0 where no pack sets a number."""
    limits = [most for s in stops if (most := law_at(programme, s.phase_id).most_tariff_days) is not None]
    return max(0, days_away(depart, back) - min(limits)) if limits else 0


def _fares(programme: Programme, home: str, stops: Sequence[Stop], officials: int) -> Iterator[GridLine]:
    """Home → first and last → home on one line, every leg between stops on its own: half of each leg's return fare."""
    places = [programme.phase[s.phase_id].place_id for s in stops]

    def line(place: str, legs: Sequence[tuple[str, str]]) -> GridLine:
        one = sum((journey_hours_and_fare(programme, a, b)[1] for a, b in legs), Decimal(0)) / 2
        own = programme.settings.currency
        return GridLine(CostLine.FARE, place, own, one, officials, 1, "journey", Decimal(1), None)

    yield line("", [(home, places[0]), (places[-1], home)])
    yield from (line(b, [(a, b)]) for a, b in pairwise(places) if a != b)


def _of_stop(
    programme: Programme, phase_id: str, start: date, end: date, people: int, *, last: bool
) -> Iterator[GridLine]:
    stay = stay_at(programme, programme.phase[phase_id].place_id)
    if stay is None:
        return
    law, choice = law_at(programme, phase_id), programme.choice(phase_id)
    hosted, car = (choice.hosted, choice.car) if choice else ((), False)
    rate, on = rate_of(programme, stay.currency), _rate_day(programme, stay.currency)
    nights = (end - start).days
    days = nights + (1 if last else 0)

    def line(item: CostLine, standard: Decimal, count: int, unit: Unit, share: Decimal = Decimal(1)) -> GridLine:
        paid = Decimal(0) if item in hosted else share
        return GridLine(item, stay.place_id, stay.currency, standard, people, count, unit, rate, on, paid)

    by: Unit = "days" if law.lodging_by == "days" else "nights"
    for peak, count in _seasons(stay, start, days if by == "days" else nights):
        yield replace(line(CostLine.LODGING, nightly(stay, peak=peak), count, by), peak=peak)
    yield line(CostLine.MEALS, stay.meals, days, "days")
    yield line(CostLine.INCIDENTALS, stay.incidentals, days, "days", law.car_share if car else Decimal(1))


def _seasons(stay: Stay, start: date, count: int) -> list[tuple[bool, int]]:
    """Nights (or days) from `start` on, in runs of one season."""
    months = ((start + n * DAY).month for n in range(count))
    return [(peak, len(list(run))) for peak, run in groupby(month in stay.peak_months for month in months)]


def _rate_day(programme: Programme, currency: str) -> date | None:
    if currency == programme.settings.currency:
        return None
    return next((row.on for row in programme.rates if row.currency == currency), None)


def _in_fen(lines: Sequence[GridLine]) -> Iterator[GridLine]:
    """Lines with their amounts: each item's exact sum half up to fen, shared out by largest remainder, ties in order."""
    amounts: dict[int, Decimal] = {}
    for item in LINES:
        exact = {i: line.exact * line.rate for i, line in enumerate(lines) if line.line is item}
        floors = {i: value.quantize(FEN, ROUND_FLOOR) for i, value in exact.items()}
        whole = sum(exact.values(), Decimal(0)).quantize(FEN, ROUND_HALF_UP)
        missing = int((whole - sum(floors.values(), Decimal(0))) / FEN)
        most = sorted(exact, key=lambda i: (floors[i] - exact[i], i))[:missing]
        amounts |= {i: value + (FEN if i in most else 0) for i, value in floors.items()}
    for i, line in enumerate(lines):
        yield replace(line, amount=amounts[i])
