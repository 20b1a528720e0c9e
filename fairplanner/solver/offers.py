"""What a posed problem offers each application: sponsors, its smallest stand, ways to get there; read from the tables once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

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

    def group(self, name: str) -> list[Offer]:
        """All that stand in an order, first ranks first; nobody in '', which is none."""
        return self._groups[name] if name else []

    def firms_that_ask(self, sponsors: tuple[str, ...], phase_id: str) -> int:
        """Most firms that one of the sponsors could take there."""
        return max((self._askers.get((sponsor, phase_id), 0) for sponsor in sponsors), default=0)

    def least_party(self, sponsors: tuple[str, ...], phase_id: str) -> Decimal:
        """Public cost of the cheapest delegation of one of the sponsors that stops there."""
        costs = (self._parties.get((sponsor, phase_id)) for sponsor in sponsors)
        return from_fen(min((cost for cost in costs if cost is not None), default=0))

    def gain_of(self, journey: Journey) -> int:
        """What a journey of a plan adds to its value, thousandths of a point."""
        return self._gains.get(journey.journey_id, 0)

    @cached_property
    def _askers(self) -> dict[tuple[str, str], int]:
        """Firms that could go, by sponsor and phase."""
        firms = self._problem.participations.groupby(["sponsor", "phase"], sort=False)["firm"].nunique()
        return _by_pair(firms)

    @cached_property
    def _parties(self) -> dict[tuple[str, str], int]:
        """Least public cost of a delegation in fen, by sponsor and phase."""
        costs = self._problem.delegations["cost"].to_numpy(np.int64)
        stops = hosted(self._problem)
        stops = stops.assign(cost=costs[stops["column"].to_numpy(np.int64)])
        return _by_pair(stops.groupby(["sponsor", "phase"], sort=False)["cost"].min())

    @cached_property
    def _gains(self) -> dict[str, int]:
        journeys = self._problem.journeys
        return dict(zip(journeys["journey"].tolist(), journeys["gain"].tolist(), strict=True))

    def _made(self) -> Iterator[Offer]:
        applications = self._problem.programme.application
        for a, zone, sent, booths, cost, back, gain, score, group, rank, firm, phase in _first_places(self._problem):
            yield Offer(
                applications[a], zone, sent, booths, from_fen(cost), from_fen(back), gain, score, group, rank,
                self._ways.get((firm, phase), ()),
            )  # fmt: skip


def _by_pair(series: pd.Series) -> dict[tuple[str, str], int]:
    return dict(zip(series.index.tolist(), series.tolist(), strict=True))


def _first_places(problem: Problem) -> Iterator[tuple[Any, ...]]:
    """One row an application in order of id: its zone, sponsors, booths and cost of its smallest place, most paid back, best
    gain, score, order, rank, firm and phase."""
    places = numbered(problem.participations[~problem.participations["invited"].astype(bool)])
    claims = _best_claims(problem)
    places = places.assign(
        cost=places[PARTICIPATION_COSTS].sum(axis=1),
        back=claims["sure"].reindex(places.index, fill_value=0),
        all_gain=places["gain"] + claims["gain"].clip(lower=0).reindex(places.index, fill_value=0),
    )
    first = places.sort_values(["application", "booths", "participation"], kind="stable").drop_duplicates("application")
    most = places.groupby("application", sort=True)[["back", "all_gain"]].max()
    sent: dict[str, set[str]] = defaultdict(set)
    for application, sponsor in zip(places["application"], places["sponsor"], strict=True):
        sent[application].add(sponsor)
    names = first["application"].tolist()
    return zip(
        names, first["zone"].tolist(), [tuple(sorted(sent[a])) for a in names], first["booths"].tolist(),
        first["cost"].tolist(), most["back"].tolist(), most["all_gain"].tolist(), first["score"].astype(float).tolist(),
        first["rank_group"].tolist(), first["rank"].tolist(), first["firm"].tolist(), first["phase"].tolist(), strict=True,
    )  # fmt: skip


def _best_claims(problem: Problem) -> pd.DataFrame:
    """By participation: fen that the firm may count on (`sure`) and `gain` of its claims, the best one of each subsidy."""
    shares = {f.fund_id: f.certainty for f in problem.programme.funds}
    claims = problem.claims[problem.claims["participation"] >= 0]
    sure = np.floor(claims["amount"] * claims["fund"].map(shares).astype(float)).astype("int64")
    best = claims.assign(sure=sure).groupby(["participation", "subsidy"])[["sure", "gain"]].max()
    return best.groupby("participation").sum()


def _ways(problem: Problem) -> dict[tuple[str, str], tuple[Way, ...]]:
    """Journeys through each phase, by firm and phase: fewest phases first, then cheapest."""
    j = problem.journeys
    through = _through(problem)
    ways: dict[tuple[str, str], list[Way]] = defaultdict(list)
    order = np.lexsort(
        (np.arange(len(j)), (j["fare"] + j["lodging"]).to_numpy(np.int64), j["phases"].to_numpy(np.int64))
    )
    columns = [j[name].tolist() for name in ("firm", "depart", "return", "gain")]
    costs = (j["fare"] + j["lodging"]).tolist()
    for i in order.tolist():
        firm, depart, back, gain = (column[i] for column in columns)
        way = Way(tuple(through[i]), date.fromordinal(depart), date.fromordinal(back), from_fen(costs[i]), gain)
        for phase in way.phases:
            ways[firm, phase].append(way)
    return {at: tuple(found) for at, found in ways.items()}


def _through(problem: Problem) -> list[list[str]]:
    """Phases of each journey, in the order of the table."""
    found: list[list[str]] = [[] for _ in range(len(problem.journeys))]
    visits = visited(problem)
    for journey, phase in zip(visits["column"].tolist(), visits["phase"].tolist(), strict=True):
        found[journey].append(phase)
    return found
