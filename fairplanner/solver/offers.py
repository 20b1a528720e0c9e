"""What a posed problem offers each application: sponsors, its smallest stand, ways to get there; read from the tables once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Journey
from fairplanner.domain.planning import Application
from fairplanner.rules.reckon.money import from_fen
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import PARTICIPATION_COSTS, hosted, numbered, visited


@dataclass(frozen=True)
class Way:
    """A journey that a firm can make: phases, border dates, fare with lodging, gain in thousandths of a point."""

    phases: tuple[str, ...]
    depart: date
    back: date
    cost: Decimal
    gain: int


@dataclass(frozen=True)
class Offer:
    """One application as it was posed.

    `booths`, `cost` (all lines): of the smallest place it can be given; `paid_back`: the most that the firm may count on
    being paid back on one of its places; `gain`: the best of all its places with all claims, each at its best turn and
    level, thousandths of a point; `ways`: journeys through its phase, those to it alone first; `rank` counts from 1 within
    `rank_group` ('' where places are not given in order).
    """

    application: Application
    zone_id: str
    sponsors: tuple[str, ...]
    booths: int
    cost: Decimal
    paid_back: Decimal
    gain: int
    score: float
    rank_group: str
    rank: int
    ways: tuple[Way, ...]

    @property
    def application_id(self) -> str:
        """Id of the application."""
        return self.application.application_id


class Offers:
    """The offers of a problem, in order of their ids; invitations are not among them."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._ways = _ways(problem)
        self._by_id = {offer.application_id: offer for offer in self._made()}
        self._groups: dict[str, list[Offer]] = defaultdict(list)
        for offer in sorted(self._by_id.values(), key=lambda o: (o.rank, o.application_id)):
            self._groups[offer.rank_group].append(offer)

    def __iter__(self) -> Iterator[Offer]:
        return iter(self._by_id.values())

    def group(self, offer: Offer) -> list[Offer]:
        """All that stand in the same order, first ranks first; nobody where there is none."""
        return self._groups[offer.rank_group] if offer.rank_group else []

    def firms_that_ask(self, sponsors: tuple[str, ...], phase_id: str) -> int:
        """Most firms that one of the sponsors could take there."""
        places = self._problem.participations
        there = places[(places["phase"] == phase_id) & places["sponsor"].isin(sponsors)]
        return int(there.groupby("sponsor")["firm"].nunique().max()) if len(there) else 0

    def least_party(self, sponsors: tuple[str, ...], phase_id: str) -> Decimal:
        """Public cost of the cheapest delegation of one of the sponsors that stops there."""
        stops = hosted(self._problem)
        at = stops[(stops["phase"] == phase_id) & stops["sponsor"].isin(sponsors)]["column"]
        costs = self._problem.delegations["cost"].to_numpy(np.int64)[at.to_numpy(np.int64)]
        return from_fen(int(costs.min(initial=np.iinfo(np.int64).max))) if len(costs) else Decimal(0)

    def gain_of(self, journey: Journey) -> int:
        """What a journey of a plan adds to its value, thousandths of a point."""
        same = self._problem.journeys["journey"] == journey.journey_id
        return int(self._problem.journeys.loc[same, "gain"].sum())

    def _made(self) -> Iterator[Offer]:
        applications = self._problem.programme.application
        places = numbered(self._problem.participations[~self._problem.participations["invited"].astype(bool)])
        claims = _best_claims(self._problem)
        places = places.assign(
            cost=places[PARTICIPATION_COSTS].sum(axis=1),
            back=claims["sure"].reindex(places.index, fill_value=0),
            all_gain=places["gain"] + claims["gain"].clip(lower=0).reindex(places.index, fill_value=0),
        )
        for application_id, own in places.groupby("application", sort=True):
            first = own.sort_values(["booths", "participation"], kind="stable").iloc[0]
            yield Offer(
                applications[str(application_id)], str(first["zone"]), tuple(sorted(set(own["sponsor"]))), int(first["booths"]),
                from_fen(int(first["cost"])), from_fen(int(own["back"].max())), int(own["all_gain"].max()),
                float(first["score"]), str(first["rank_group"]), int(first["rank"]),
                tuple(self._ways[str(first["firm"]), str(first["phase"])]),
            )  # fmt: skip


def _best_claims(problem: Problem) -> pd.DataFrame:
    """By participation: fen that the firm may count on (`sure`) and `gain` of its claims, the best one of each subsidy."""
    shares = {f.fund_id: f.certainty for f in problem.programme.funds}
    claims = problem.claims[problem.claims["participation"] >= 0]
    sure = np.floor(claims["amount"] * claims["fund"].map(shares).astype(float)).astype("int64")
    best = claims.assign(sure=sure).groupby(["participation", "subsidy"])[["sure", "gain"]].max()
    return best.groupby("participation").sum()


def _ways(problem: Problem) -> dict[tuple[str, str], list[Way]]:
    """Journeys through each phase, by firm and phase: fewest phases first, then cheapest."""
    j = problem.journeys
    phases = visited(problem).groupby("column")["phase"].agg(tuple).reindex(range(len(j)))
    ways: dict[tuple[str, str], list[Way]] = defaultdict(list)
    order = np.lexsort(
        (np.arange(len(j)), (j["fare"] + j["lodging"]).to_numpy(np.int64), j["phases"].to_numpy(np.int64))
    )
    columns = [j[name].tolist() for name in ("firm", "depart", "return", "gain")]
    costs = (j["fare"] + j["lodging"]).tolist()
    for i in order.tolist():
        firm, depart, back, gain = (column[i] for column in columns)
        way = Way(phases.iloc[i], date.fromordinal(depart), date.fromordinal(back), from_fen(costs[i]), gain)
        for phase in way.phases:
            ways[firm, phase].append(way)
    return ways
