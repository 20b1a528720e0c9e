"""Problems made by hand, without pose, and the few rules that give them shape: enough to try engines on.

Every number is drawn from a seeded generator; nothing in it is a fact. The plans are not meant to pass `check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import NO_LIMIT, Columns, Rows
from fairplanner.rules.tables import SCHEMAS, Problem, frame
from tests.builders import a_programme


def rows_of(
    problem: Problem, groups: Any, terms: dict[Any, tuple[Any, Any]], lower: Any, upper: Any, **more: Any
) -> Rows:
    """Rows by group: `terms[table]` = (group of each row of the table, coefficient); group '' takes no part."""
    labels = list(groups)
    index = {g: i for i, g in enumerate(labels)}
    made = {}
    for block, (of, coefficient) in terms.items():
        of = pd.Series(list(of), dtype="object")
        used = of.isin(index).to_numpy()
        row = of[used].map(index).to_numpy(np.int64)
        data = np.broadcast_to(np.asarray(coefficient, np.int64), len(of))[used]
        made[block] = csr_array((data, (row, np.flatnonzero(used))), shape=(len(labels), len(of)))
    full = np.ones(len(labels), np.int64)
    return Rows(labels, made, full * np.asarray(lower), full * np.asarray(upper), **more)


@dataclass(frozen=True)
class TinyRule:
    """A rule made of a function; it judges nothing."""

    key: str
    make: Any
    private: tuple[Columns, ...] = ()

    def columns(self, problem: Problem) -> Iterable[Columns]:
        return self.private

    def rows(self, problem: Problem) -> Iterable[Rows]:
        return self.make(problem)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        return iter(())


def _linked(problem: Problem) -> Iterator[Rows]:
    """Participations = visits of chosen journeys, by firm and phase; each claim needs its participation."""
    x, visits, claims = problem.participations, problem.visits, problem.claims
    at = x["firm"] + "|" + x["phase"]
    went = visits["firm"] + "|" + visits["phase"]
    groups = sorted(set(at) | set(went))
    index = {g: i for i, g in enumerate(groups)}
    journeys = csr_array(
        (-np.ones(len(visits), np.int64), (went.map(index).to_numpy(np.int64), visits["journey"].to_numpy())),
        shape=(len(groups), len(problem.journeys)),
    )
    both = rows_of(problem, groups, {"participations": (at, 1)}, 0, 0)
    yield Rows(groups, dict(both.terms) | {"journeys": journeys}, both.lower, both.upper)
    names = list(claims["claim"])
    own = csr_array(
        (-np.ones(len(names), np.int64), (np.arange(len(names)), claims["participation"].to_numpy(np.int64))),
        shape=(len(names), len(x)),
    )
    one = rows_of(problem, names, {"claims": (names, 1)}, -NO_LIMIT, 0)
    yield Rows(names, dict(one.terms) | {"participations": own}, one.lower, one.upper)


def _hosted(problem: Problem) -> Iterator[Rows]:
    """A participation needs a delegation of its sponsor that stops at its phase; at least `least_firms` go."""
    d, x, stops = problem.delegations, problem.participations, problem.stops
    names = list(x["participation"])
    goes = stops.merge(d.reset_index(names="row")[["row", "trip", "sponsor"]], on="trip")
    pairs = x.reset_index(names="x")[["x", "sponsor", "phase"]].merge(goes, on=["sponsor", "phase"])
    hosts = csr_array((-np.ones(len(pairs), np.int64), (pairs["x"], pairs["row"])), shape=(len(x), len(d)))
    one = rows_of(problem, names, {"participations": (names, 1)}, -NO_LIMIT, 0)
    yield Rows(names, dict(one.terms) | {"delegations": hosts}, one.lower, one.upper)
    key = x["sponsor"] + "|" + x["phase"]
    mine = goes.assign(key=goes["sponsor"] + "|" + goes["phase"])
    groups = sorted(set(mine["key"]))
    index = {g: i for i, g in enumerate(groups)}
    least = -d["least_firms"].to_numpy()[mine["row"].to_numpy()]
    need = csr_array(
        (least, (mine["key"].map(index).to_numpy(np.int64), mine["row"].to_numpy())), shape=(len(groups), len(d))
    )
    firms = rows_of(problem, groups, {"participations": (key, 1)}, 0, NO_LIMIT)
    yield Rows(groups, dict(firms.terms) | {"delegations": need}, firms.lower, firms.upper)


def _once(problem: Problem) -> Iterator[Rows]:
    """One stand a firm and phase; one journey of a firm at a time (overlapping days)."""
    x, j = problem.participations, problem.journeys
    at = x["firm"] + "|" + x["phase"]
    yield rows_of(problem, sorted(set(at)), {"participations": (at, 1)}, 0, 1)
    for day in sorted(set(j["depart"])):
        out = np.where((j["depart"] <= day) & (j["return"] >= day), j["firm"], "")
        firms = sorted(set(out) - {""})
        if firms:
            yield rows_of(problem, firms, {"journeys": (out, 1)}, 0, 1)


def limits(booths: int, money: int, most: int) -> TinyRule:
    """Booths a phase, money of the one fund, phases a firm."""

    def make(problem: Problem) -> Iterator[Rows]:
        x, c, j = problem.participations, problem.claims, problem.journeys
        yield rows_of(problem, sorted(set(x["phase"])), {"participations": (x["phase"], x["booths"])}, 0, booths)
        yield rows_of(problem, ["fund"], {"claims": (["fund"] * len(c), c["amount"])}, 0, money)
        yield rows_of(problem, sorted(set(j["firm"])), {"journeys": (j["firm"], j["phases"])}, 0, most)

    return TinyRule("limits", make)


def wanted(at_least: int, price: int, width: int | None = None) -> TinyRule:
    """A soft target on the number of participations."""

    def make(problem: Problem) -> Iterator[Rows]:
        n = len(problem.participations)
        yield rows_of(
            problem,
            ["wanted"],
            {"participations": (["wanted"] * n, 1)},
            at_least,
            NO_LIMIT,
            steps=((width or at_least, price),),
        )

    return TinyRule("wanted", make)


SHAPE = (TinyRule("linked", _linked), TinyRule("hosted", _hosted), TinyRule("once", _once))


def a_problem(
    firms: int = 3,
    phases: int = 3,
    seed: int = 0,
    *,
    share: float = 0.7,
    sponsors: int = 1,
    least: int = 2,
    options: int = 1,
) -> Problem:
    """A random problem: each firm may go to a share of the phases, with one to `options` booths, alone or two in a row."""
    rng = np.random.default_rng(seed)
    q = [f"q{i:03d}" for i in range(phases)]
    day = {p: 739_000 + 9 * i + int(rng.integers(0, 4)) for i, p in enumerate(q)}
    trips = [
        {
            "trip": f"t{p}",
            "home": "hills",
            "regime": "home",
            "depart": day[p],
            "return": day[p] + 4,
            "days": 5,
            "countries": 1,
        }
        for p in q
    ]
    stops = [{"trip": i, "order": 1, "phase": p, "arrive": day[p], "leave": day[p] + 4} for i, p in enumerate(q)]
    delegations = [
        {
            "delegation": f"z{s}/{p}", "sponsor": f"z{s}", "trip": i, "regime": "home", "officials": 0, "least_firms": least,
            "most_firms": -1, "leader_pool": "", "interpreter_pool": "", "fund": "", "cost": 0, "gain": -int(rng.integers(0, 60_000)),
        }
        for s in range(sponsors) for i, p in enumerate(q)
    ]  # fmt: skip
    tables: dict[str, list[dict[str, Any]]] = {"journeys": [], "visits": [], "participations": [], "claims": []}
    for f in range(firms):
        _firm(tables, f"f{f:04d}", f"z{f % sponsors}", [p for p in q if rng.random() < share], day, options, rng)
    base: dict[str, Any] = {"trips": trips, "stops": stops, "delegations": delegations, **tables}
    return Problem(a_programme(), **{name: frame(name, base.get(name, [])) for name in SCHEMAS})


def _firm(
    tables: dict[str, list[Any]], firm: str, zone: str, mine: list[str], day: dict[str, int], options: int, rng: Any
) -> None:
    chains = [(p,) for p in mine] + [(a, b) for a, b in pairwise(mine) if day[b] - day[a] < 14]
    for chain in chains:
        row = len(tables["journeys"])
        tables["journeys"].append({
            "journey": f"{firm}/{'+'.join(chain)}", "firm": firm, "depart": day[chain[0]] - 1, "return": day[chain[-1]] + 6,
            "people": 2, "phases": len(chain), "fare": 0, "lodging": 0, "saved": 0, "gain": -int(rng.integers(1000, 9000)),
        })  # fmt: skip
        tables["visits"] += [{"journey": row, "order": k + 1, "firm": firm, "phase": p} for k, p in enumerate(chain)]
    for p in mine:
        worth = int(rng.integers(5_000, 100_000))
        for booths in range(1, options + 1):
            row = len(tables["participations"])
            tables["participations"].append({
                "participation": f"{firm}/{p}/{booths}", "application": f"{firm}/{p}/-", "firm": firm, "zone": zone, "phase": p,
                "fair": p, "sponsor": zone, "section": "", "role": "exhibit", "stand": "standard", "booths": booths, "people": 2,
                "score": worth / 1000, "value": worth, "stand_cost": 0, "fitout": 0, "freight": 0, "fees": 0, "gain": worth * (10 + booths) // 11, "rank_group": "",
                "rank": 0, "invited": False,
            })  # fmt: skip
            if rng.random() < 0.5:
                tables["claims"].append({
                    "claim": f"{firm}/{p}/{booths}/half", "participation": row, "journey": -1, "turn": 0, "level": 0, "firm": firm, "phase": p, "subsidy": "half",
                    "fund": "trade", "amount": int(rng.integers(100_000, 900_000)), "gain": int(rng.integers(500, 5_000)),
                })  # fmt: skip
