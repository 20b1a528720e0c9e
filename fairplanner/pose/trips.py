"""Trips of official parties: single stops and chains of two or three phases away from home, within the limits.

A party is at each stop from the day before its first fair day. How long it stays at the last stop is the choice: to the
end of the fair, the shortest stay allowed, and, where the whole fair is over the limit of days, the longest that is not.
Before going on it stays as long as the next stop allows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Excluded, Stop
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.tariff import far_days, party_cost
from fairplanner.rules.reckon.travel import can_follow, home_on, leave_by

LONGEST_CHAIN = 3
DAY = timedelta(days=1)
Chain = tuple[str, ...]


@dataclass(frozen=True)
class Trip:
    """One itinerary of staff from a home city; `days` by border dates, `cost` in fen by line (only lines above 0)."""

    trip: str
    home: str
    regime: Regime
    stops: tuple[Stop, ...]
    depart: date
    back: date
    days: int
    countries: int
    officials: int
    cost: tuple[tuple[str, int], ...]

    @property
    def phases(self) -> Chain:
        """Phases in order."""
        return tuple(stop.phase_id for stop in self.stops)

    @property
    def total(self) -> int:
        """Public cost in fen."""
        return sum(amount for _, amount in self.cost)


def _opens(phase: Phase) -> date:
    assert phase.start is not None  # noqa: S101  (only dated phases are posed)
    return phase.start


def _closes(phase: Phase) -> date:
    assert phase.end is not None  # noqa: S101  (only dated phases are posed)
    return phase.end


def stop_text(stop: Stop) -> str:
    """A stop in a trip's id: phase@MMDD-MMDD."""
    return f"{stop.phase_id}@{stop.arrive:%m%d}-{stop.leave:%m%d}"


def at_home(programme: Programme, home: str, phase_id: str) -> Trip:
    """The standing body (交易团) of a phase at home: there while the fair is, no party, no cost."""
    first, last = _opens(programme.phase[phase_id]), _closes(programme.phase[phase_id])
    stop = Stop(phase_id=phase_id, arrive=first, leave=last)
    return Trip(f"{home}:{phase_id}", home, Regime.HOME, (stop,), first, last, days_away(first, last), 0, 0, ())


@dataclass(frozen=True)
class Known:
    """What trips ask of a phase: people of the party, where it is, the language for which an interpreter is needed ('' for
    none), limits of days by countries, and how many more days a party may be away."""

    officials: int
    territory: str
    language: str
    limits: tuple[int, ...]
    far: int


@remembered
def known(programme: Programme, phase_id: str) -> Known:
    """What trips ask of a phase, once for each."""
    officials, there = programme.officials(phase_id), programme.territory_of(phase_id)
    limits = tuple(programme.profile(phase_id).day_limits)
    return Known(officials, there, language_of(programme, phase_id), limits, far_days(programme, phase_id))


def party_of(stops: Iterable[Known]) -> int:
    """People in the official party: the most that any stop asks for."""
    return max(stop.officials for stop in stops)


def day_limit(stops: Sequence[Known]) -> int | None:
    """Most days away on a chain: the strictest profile of its stops, more if any stop is far; 0 for too many countries.

    None without limit, or without officials: limits of days bind officials only.
    """
    if not party_of(stops):
        return None
    countries = countries_of(stops)
    limits = [stop.limits for stop in stops if stop.limits]
    if not limits:
        return None
    most = min(one[countries - 1] if countries <= len(one) else 0 for one in limits)
    return most + max(stop.far for stop in stops) if most else 0


def countries_of(stops: Iterable[Known]) -> int:
    """Different countries or regions of a chain."""
    return len({stop.territory for stop in stops})


@remembered
def shortest_leave(programme: Programme, phase_id: str) -> date:
    """Last day of the shortest stay allowed from the first fair day on."""
    return _opens(programme.phase[phase_id]) + DAY * (programme.profile(phase_id).min_presence_days - 1)


@remembered
def onward_leave(programme: Programme, a: str, b: str) -> date | None:
    """Longest stay at `a` from which a party is at `b` the day before it opens, with no longer wait than allowed."""
    here, there = programme.phase[a], programme.phase[b]
    most = min(programme.profile(a).most_gap_days, programme.profile(b).most_gap_days)
    leave, shortest = min(_closes(here), _opens(there) - DAY), shortest_leave(programme, a)
    while leave >= shortest and (_opens(there) - leave).days - 1 <= most:
        if can_follow(programme, here.place_id, leave, there.place_id, _opens(there)):
            return leave
        leave -= DAY
    return None


def last_leaves(programme: Programme, home: str, chain: Chain) -> list[date]:
    """Choices of the day on which a party leaves the last stop: whole fair or longest legal stay, and the shortest."""
    stops, phase = [known(programme, q) for q in chain], programme.phase[chain[-1]]
    depart, limit = departs(programme, home, chain[0]), day_limit(stops)
    leave, shortest = _closes(phase), shortest_leave(programme, chain[-1])
    if not party_of(stops):
        return [leave]

    def legal(day: date) -> bool:
        return limit is None or days_away(depart, home_on(programme, phase.place_id, home, day)) <= limit

    while leave >= shortest and not legal(leave):
        leave -= DAY
    return sorted({leave, shortest}) if leave >= shortest else []


@remembered
def departs(programme: Programme, home: str, phase_id: str) -> date:
    """Latest day to leave home and be at a phase the day before it opens; that day itself for those who live there."""
    opens = _opens(programme.phase[phase_id])
    return min(opens - DAY, leave_by(programme, home, programme.phase[phase_id].place_id, opens))


def trips_of(programme: Programme, home: str, chain: Chain, leaves: Sequence[date]) -> Iterator[Trip]:
    """Trips along a chain, one for each day on which the last stop may be left; `leaves` has those of earlier stops."""
    known_stops = [known(programme, q) for q in chain]
    officials, countries = party_of(known_stops), countries_of(known_stops)
    for last in last_leaves(programme, home, chain):
        days = zip(chain, [*leaves, last], strict=True)
        stops = tuple(Stop(phase_id=q, arrive=_opens(programme.phase[q]) - DAY, leave=day) for q, day in days)
        depart = departs(programme, home, chain[0])
        back = home_on(programme, programme.phase[chain[-1]].place_id, home, last)
        cost = party_cost(programme, home, stops, depart, back, officials)
        lines = tuple(sorted((line.value, to_fen(amount)) for line, amount in cost.items() if amount))
        name = f"{home}:" + "+".join(stop_text(stop) for stop in stops)
        away, regime = days_away(depart, back), programme.regime(chain[0])
        yield Trip(name, home, regime, stops, depart, back, away, countries, officials, lines)


def single_trips(programme: Programme, home: str, phase_id: str) -> tuple[list[Trip], Excluded | None]:
    """Trips to one phase, or the rule that forbids every one of them."""
    profile, phase, officials = programme.profile(phase_id), programme.phase[phase_id], programme.officials(phase_id)
    fair_days = days_away(_opens(phase), _closes(phase))
    if profile.most_officials is not None and officials > profile.most_officials:
        return [], _trip(phase_id, "official-party", officials=officials, most=profile.most_officials)
    if officials and fair_days < profile.min_presence_days:
        return [], _trip(phase_id, "presence", days=fair_days, least=profile.min_presence_days)
    trips = list(trips_of(programme, home, (phase_id,), ()))
    if trips:
        return trips, None
    back = home_on(programme, phase.place_id, home, shortest_leave(programme, phase_id))
    away, limit = days_away(departs(programme, home, phase_id), back), day_limit([known(programme, phase_id)])
    return [], _trip(phase_id, "official-days", days=away, limit=limit, countries=1)


def _trip(phase_id: str, rule: str, **facts: object) -> Excluded:
    told = tuple(sorted((name, str(value)) for name, value in facts.items()))
    return Excluded(kind="trip", rule=rule, phase_id=phase_id, facts=told)


def legs_of(programme: Programme, phases: Iterable[str]) -> dict[tuple[str, str], date]:
    """Pairs of phases that a party can attend one after the other, with the day on which it leaves the first."""
    ordered = sorted(phases, key=lambda q: (_opens(programme.phase[q]), q))
    longest = max((max(programme.profile(q).day_limits, default=366) for q in ordered), default=0)
    longest += max((far_days(programme, q) for q in ordered), default=0)
    legs: dict[tuple[str, str], date] = {}
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 :]:
            if (_opens(programme.phase[b]) - _opens(programme.phase[a])).days > longest:
                break
            if (leave := onward_leave(programme, a, b)) is not None:
                legs[a, b] = leave
    return legs


def chains_of(legs: dict[tuple[str, str], date]) -> list[Chain]:
    """Chains of two and three phases along the legs, in order."""
    onward: dict[str, list[str]] = {}
    for a, b in legs:
        onward.setdefault(a, []).append(b)
    pairs: list[Chain] = list(legs)
    return sorted(pairs + [(a, b, c) for a, b in legs for c in onward.get(b, ())])


def chain_trips(
    programme: Programme, home: str, chains: Iterable[Chain], legs: dict[tuple[str, str], date]
) -> tuple[list[Trip], Counter[str]]:
    """Trips along chains that keep every limit and are cheaper than separate ones; counts of the others by rule."""
    kept: list[Trip] = []
    refused: Counter[str] = Counter()
    stops = {q: known(programme, q) for leg in legs for q in leg}
    out = {q: departs(programme, home, q).toordinal() for q in stops}
    back = {q: _back_first(programme, home, q).toordinal() for q in stops}
    for chain in chains:
        asked = [stops[q] for q in chain]
        if len({stop.language for stop in asked if stop.language}) > 1:
            refused["staff"] += 1
            continue
        limit = day_limit(asked)
        if limit is not None and back[chain[-1]] - out[chain[0]] + 1 > limit:
            refused["official-days"] += 1
            continue
        trips = list(trips_of(programme, home, chain, [legs[pair] for pair in pairwise(chain)]))
        refused["official-days"] += not trips
        cheaper = [trip for trip in trips if trip.total < separately(programme, trip)]
        refused["chain-not-cheaper"] += len(trips) - len(cheaper)
        kept += cheaper
    return kept, +refused


def _back_first(programme: Programme, home: str, phase_id: str) -> date:
    """Day at home after the shortest stay."""
    return home_on(programme, programme.phase[phase_id].place_id, home, shortest_leave(programme, phase_id))


def separately(programme: Programme, trip: Trip) -> int:
    """Cost in fen of the same stays, each from home and back, with the same party."""
    return sum(_alone(programme, trip.home, stop, trip.officials) for stop in trip.stops)


@remembered
def _alone(programme: Programme, home: str, stop: Stop, officials: int) -> int:
    depart = departs(programme, home, stop.phase_id)
    back = home_on(programme, programme.phase[stop.phase_id].place_id, home, stop.leave)
    lines = party_cost(programme, home, (stop,), depart, back, officials)
    return sum(to_fen(amount) for amount in lines.values())


@remembered
def language_of(programme: Programme, phase_id: str) -> str:
    """Language for which a delegation to this phase needs an interpreter; '' for none."""
    if not programme.profile(phase_id).needs_leader:
        return ""
    there = programme.territory.get(programme.territory_of(phase_id))
    return there.interpreter if there else ""
