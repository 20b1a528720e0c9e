"""Delegations: sponsor zone × trip, with its staff pools, the fund that pays and the fewest and most firms it may take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from fairplanner.domain.kinds import CostLine, Nature, Regime
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.pose.trips import Trip, at_home, chain_trips, chains_of, language_of, legs_of, single_trips
from fairplanner.rules.booth_quota import PLACE, used
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.kept import least_firms
from fairplanner.rules.reckon.money import from_fen, may_pay
from fairplanner.rules.reckon.points import milli
from fairplanner.rules.reckon.value import cost_value
from fairplanner.rules.views import numbered

NO_MOST = -1


@dataclass(frozen=True)
class Delegation:
    """A sponsor on a trip; `leader` and `interpreter` are pools `zone:skill`, '' where none is needed."""

    sponsor: str
    trip: Trip
    leader: str
    interpreter: str
    fund: str

    @property
    def delegation(self) -> str:
        """Stable id: sponsor:stops of the trip."""
        return self.sponsor + ":" + self.trip.trip.partition(":")[2]


@dataclass(frozen=True)
class Sponsored:
    """What delegations can be: trips and delegations by id, and what cannot be, with its reason."""

    trips: tuple[Trip, ...]
    delegations: tuple[Delegation, ...]
    excluded: tuple[Excluded, ...]


def enough_firms(programme: Programme, participations: pd.DataFrame) -> tuple[dict[str, set[str]], list[Excluded]]:
    """Phases at which each sponsor has firms and booths enough for a delegation, and those at which it has not."""
    asked = participations.groupby(["sponsor", "phase"], as_index=False).agg(firms=("firm", "nunique"))
    crowded = _without_booth(programme, participations)
    enough: dict[str, set[str]] = defaultdict(set)
    short: list[Excluded] = []
    for sponsor, phase, number in asked.itertuples(index=False, name=None):
        least, firms = least_firms(programme, sponsor, phase), number - crowded.get((sponsor, phase), 0)
        if firms >= least:
            enough[sponsor].add(phase)
        else:
            facts = (("firms", str(firms)), ("least", str(least)))
            short.append(
                Excluded(kind="delegation", rule="delegation-size", zone_id=sponsor, phase_id=phase, facts=facts)
            )
    return dict(enough), short


def _without_booth(programme: Programme, participations: pd.DataFrame) -> dict[tuple[str, str], int]:
    """For each sponsor and phase how many of the firms that asked at least one quota row leaves without a booth."""
    bound = {q for q in programme.phase if programme.least_firms(q) > 0}
    places = numbered(participations[participations["phase"].isin(bound)])
    if not programme.quotas or places.empty:
        return {}
    quotas, within = used(programme, places[PLACE])
    party = ["sponsor", "phase", "firm"]
    ways = places.groupby(party, as_index=False).agg(ways=("column", "size"))
    within = within.merge(places[["column", "sponsor"]], on="column")
    least = within.groupby(["row", *party], as_index=False).agg(uses=("uses", "min"), within=("uses", "size"))
    least = least.merge(ways, on=party)
    # who can go some other way, or uses nothing, is never left out
    least = least[(least["within"] == least["ways"]) & (least["uses"] > 0)].sort_values(
        ["row", *party[:2], "uses", "firm"]
    )
    taken = least.groupby(["row", "sponsor", "phase"])["uses"].cumsum()
    out = least[taken.to_numpy() > quotas["bound"].to_numpy()[least["row"].to_numpy()]]
    counts = out.groupby(["row", "sponsor", "phase"]).size().groupby(["sponsor", "phase"]).max()
    return {(str(sponsor), str(phase)): int(n) for (sponsor, phase), n in counts.items()}


@remembered
def pool(programme: Programme, sponsor: str, skill: str) -> str:
    """`zone:skill` of the nearest zone from the sponsor up that has such a post; '' if none has."""
    have = {post.zone_id for post in programme.posts if post.skill == skill}
    return next((f"{zone}:{skill}" for zone in programme.zones_above(sponsor) if zone in have), "")


def staffed(programme: Programme, sponsor: str, trip: Trip) -> tuple[str, str, str]:
    """Pools of leader and interpreter, and the skill that nobody has ('' if none is missing)."""
    wanted = skills_of(programme, trip.regime, trip.phases)
    pools = [pool(programme, sponsor, skill) if skill else "" for skill in wanted]
    missing = next((skill for skill, found in zip(wanted, pools, strict=True) if skill and not found), "")
    return pools[0], pools[1] if len(pools) > 1 else "", missing


@remembered
def skills_of(programme: Programme, regime: Regime, phases: tuple[str, ...]) -> tuple[str, ...]:
    """The leader's skill ('' where none is needed), then the interpreters'."""
    leads = any(programme.profile(q).needs_leader for q in phases) and regime is not Regime.HOME
    languages = {lang for q in phases if (lang := language_of(programme, q))} if leads else set()
    return ("leader" if leads else "", *(f"interpreter:{lang}" for lang in sorted(languages)))


def fund_of(programme: Programme, sponsor: str, trip: Trip) -> str | None:
    """First fund for official travel (nearest owner, then id) that may pay every line; '' if nothing is to be paid."""
    if not trip.cost:
        return ""
    for fund_id in _funds_of(programme, sponsor):
        if all(may_pay(programme, fund_id, sponsor, CostLine(line), trip.depart) for line, _ in trip.cost):
            return fund_id
    return None


@remembered
def _funds_of(programme: Programme, sponsor: str) -> tuple[str, ...]:
    above = programme.zones_above(sponsor)
    funds = [f for f in programme.funds if f.nature is Nature.OFFICIAL_TRAVEL and f.zone_id in above]
    return tuple(f.fund_id for f in sorted(funds, key=lambda f: (above.index(f.zone_id), f.fund_id)))


def sent(programme: Programme, sponsor: str, trip: Trip) -> Delegation | Excluded:
    """The delegation of a sponsor on a trip, or the rule that forbids it."""
    leader, interpreter, missing = staffed(programme, sponsor, trip)
    if missing:
        return _refused(sponsor, trip, "staff", skill=missing)
    fund = fund_of(programme, sponsor, trip)
    if fund is None:
        return _refused(sponsor, trip, "fund-use", cost=from_fen(trip.total), depart=trip.depart)
    return Delegation(sponsor, trip, leader, interpreter, fund)


def _refused(sponsor: str, trip: Trip, rule: str, **facts: object) -> Excluded:
    told = tuple(sorted((name, str(value)) for name, value in facts.items()))
    return Excluded(kind="delegation", rule=rule, zone_id=sponsor, phase_id=trip.phases[0], facts=told)


def trips_from(programme: Programme, home: str, sponsors: dict[str, set[str]]) -> tuple[list[Trip], list[Excluded]]:
    """Trips from one home city that any of these sponsors can use, and what none can."""
    wanted = sorted(set().union(*sponsors.values()))
    trips = [at_home(programme, home, q) for q in wanted if programme.regime(q) is Regime.HOME]
    away = [q for q in wanted if programme.regime(q) is not Regime.HOME]
    if not home:
        return trips, [_no_home(q) for q in away]
    excluded: list[Excluded] = []
    possible: set[str] = set()
    for q in away:
        single, why = single_trips(programme, home, q)
        trips += single
        excluded += [why.model_copy(update={"facts": tuple(sorted([*why.facts, ("home", home)]))})] if why else []
        possible |= {q} if single else set()
    legs = legs_of(programme, possible)
    chains = [c for c in chains_of(legs) if any(served.issuperset(c) for served in sponsors.values())]
    chained, refused = chain_trips(programme, home, chains, legs)
    counts = [_counted(rule, home, number) for rule, number in sorted(refused.items())]
    return trips + chained, [*excluded, *counts]


def _no_home(phase_id: str) -> Excluded:
    return Excluded(kind="trip", rule="travel-dates", phase_id=phase_id, facts=(("reason", "home"),))


def _counted(rule: str, home: str, number: int) -> Excluded:
    return Excluded(
        kind="trip", rule=rule if rule.startswith("chain-") else f"chain-{rule}", count=number, facts=(("home", home),)
    )


def sponsored(programme: Programme, participations: pd.DataFrame) -> Sponsored:
    """Every delegation that can be, over every trip that can be; both sorted by id."""
    enough, excluded = enough_firms(programme, participations)
    homes: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for sponsor, phases in enough.items():
        homes[programme.home(sponsor)][sponsor] = phases
    made: list[Delegation] = []
    for home, sponsors in homes.items():
        trips, refused = trips_from(programme, home, sponsors)
        excluded += refused
        tried = [sent(programme, s, t) for s, phases in sponsors.items() for t in trips if phases.issuperset(t.phases)]
        made += [one for one in tried if isinstance(one, Delegation)]
        excluded += _gathered(one for one in tried if isinstance(one, Excluded))
    delegations = tuple(sorted(made, key=lambda d: d.delegation))
    used = {d.trip.trip: d.trip for d in delegations}
    return Sponsored(tuple(used[name] for name in sorted(used)), delegations, tuple(excluded))


def _gathered(refused: Iterable[Excluded]) -> list[Excluded]:
    groups: dict[tuple[str, str, str], list[Excluded]] = defaultdict(list)
    for one in refused:
        groups[one.rule, one.zone_id, one.phase_id].append(one)
    return [min(rows, key=lambda e: e.facts).model_copy(update={"count": len(rows)}) for rows in groups.values()]


def trip_frames(trips: Iterable[Trip]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `trips` and `stops`."""
    rows, stops = [], []
    for index, t in enumerate(trips):
        dates = (t.depart.toordinal(), t.back.toordinal())
        rows.append((t.trip, t.home, t.regime.value, *dates, t.days, t.countries))
        stops += [
            (index, order, s.phase_id, s.arrive.toordinal(), s.leave.toordinal()) for order, s in enumerate(t.stops)
        ]
    columns = ["trip", "home", "regime", "depart", "return", "days", "countries"]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(
        stops, columns=["trip", "order", "phase", "arrive", "leave"]
    )


DELEGATION_COLUMNS = [
    *("delegation", "sponsor", "trip", "regime", "officials", "least_firms", "most_firms", "leader_pool"),
    *("interpreter_pool", "fund", "cost", "gain"),
]


def delegation_frame(programme: Programme, made: Sponsored) -> pd.DataFrame:
    """The frame `delegations`; what hangs on the trip alone is reckoned once a trip."""
    index = {t.trip: i for i, t in enumerate(made.trips)}
    step = milli(programme.settings.value.delegation)
    of_trip = [
        (t.regime.value, t.officials, *firms_between(programme, t), t.total,
         -cost_value(programme, from_fen(t.total)) - step)
        for t in made.trips
    ]  # fmt: skip
    rows = []
    for d in made.delegations:
        at = index[d.trip.trip]
        regime, officials, least, most, total, points = of_trip[at]
        pools = (d.leader, d.interpreter)
        rows.append((d.delegation, d.sponsor, at, regime, officials, least, most, *pools, d.fund, total, points))
    return pd.DataFrame(rows, columns=DELEGATION_COLUMNS)


def firms_between(programme: Programme, trip: Trip) -> tuple[int, int]:
    """Fewest firms (the most that any stop asks for) and most (NO_MOST: no limit)."""
    least = max(programme.least_firms(q) for q in trip.phases)
    limits = [most for q in trip.phases if (most := programme.most_firms(q)) is not None]
    return least, min(limits, default=NO_MOST)


def delegation_cashflows(made: Sponsored) -> list[tuple[str, int, str, str, str, int]]:
    """What each delegation takes from its fund, by line, in the quarter in which it departs."""
    return [
        ("delegations", row, d.fund, line, quarter(d.trip.depart), amount)
        for row, d in enumerate(made.delegations)
        for line, amount in d.trip.cost
    ]
