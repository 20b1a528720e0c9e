"""Collisions planted in a programme of a thousand firms at 120 fairs, which has many plans before anything is planted.

Names are found by rules of their own, in order of ids, so that nobody has to know them: the first firm that asks for two fairs
at home on the same days, the first fair at home that no quota limits, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

from fairplanner.domain.kinds import Nature, Regime, Role, StandKind
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.tables import Problem
from tests import builders as b
from tests.bench.instances import made
from tests.explain.independent import Name, but, changed
from tests.explain.planted_conflicts import Members


@dataclass(frozen=True)
class Planted:
    """A programme and its smallest colliding sets, known from how it was made."""

    programme: Programme
    conflicts: tuple[Members, ...]


@cache
def base() -> tuple[Programme, Problem]:
    """The programme before anything is planted, and what was posed of it."""
    programme = made("S", "rules", 1)
    return programme, pose(programme)


def pin(n: int, who: str, phase_id: str, kind: str = "must-go", *, is_zone: bool = False) -> Any:
    return b.decision(f"plant{n}", kind, phase_id, **{"zone_id" if is_zone else "firm_id": who})


def decided(n: int) -> Name:
    return "decisions", f"plant{n}"


def posed() -> set[tuple[str, str]]:
    """Firms and phases with a place that can be given."""
    places = base()[1].participations[["firm", "phase"]].drop_duplicates()
    return set(places.itertuples(index=False, name=None))


def at_home() -> Iterator[Application]:
    """Applications for a stand at a fair at home that can be given, in order of ids."""
    programme, known = base()[0], posed()
    for a in sorted(programme.applications, key=lambda a: a.application_id):
        standard = a.role is Role.EXHIBIT and a.stand is StandKind.STANDARD
        if (
            (a.firm_id, a.phase_id) in known
            and standard
            and programme.regime(a.phase_id) is Regime.HOME
            and not programme.least_firms(a.phase_id)
        ):
            yield a


def same_days() -> tuple[str, str, str]:
    """A firm of one team and unlimited means, and two fairs that it asks for, whose days of fair meet."""
    programme = base()[0]
    for firm_id, own in _by_firm().items():
        firm = programme.firm[firm_id]
        if firm.teams == 1 and firm.own_money is None and firm.max_phases is None:
            for a, c in combinations(own, 2):
                first, second = programme.phase[a.phase_id], programme.phase[c.phase_id]
                met = first.start <= second.end and second.start <= first.end  # type: ignore[operator]
                if a.phase_id != c.phase_id and met:
                    return firm_id, a.phase_id, c.phase_id
    raise LookupError("no firm asks for two fairs at home on the same days")


@cache
def _by_firm() -> dict[str, list[Application]]:
    found: dict[str, list[Application]] = {}
    for a in at_home():
        found.setdefault(a.firm_id, []).append(a)
    return found


def without_quota() -> tuple[str, tuple[Application, ...]]:
    """A fair at home without a quota, and its applications of firms without limits of their own that take one booth."""
    programme, firm_id = base()[0], same_days()[0]
    limited = {q.phase_id for q in programme.quotas}
    asked: dict[str, list[Application]] = {}
    for a in at_home():
        firm = programme.firm[a.firm_id]
        free = firm.own_money is None and firm.max_phases is None and a.firm_id != firm_id
        if a.phase_id not in limited and a.least_booths <= 1 and not a.section_id and free:
            asked.setdefault(a.phase_id, []).append(a)
    phase_id = next(q for q, own in sorted(asked.items()) if len({a.firm_id for a in own}) >= 2)
    return phase_id, tuple(asked[phase_id])


def two_fairs_on_the_same_days() -> Planted:
    firm_id, first, second = same_days()
    programme = but(base()[0], decisions=(pin(1, firm_id, first), pin(2, firm_id, second)))
    return Planted(programme, ({decided(1): 1, decided(2): 1, ("firm-teams", firm_id): 1},))


def two_pins_and_one_booth() -> Planted:
    phase_id, asked = without_quota()
    firms = sorted({a.firm_id for a in asked})[:2]
    root = base()[0].settings.root
    programme = but(
        base()[0],
        quotas=(*base()[0].quotas, b.quota(phase_id, 1, root)),
        decisions=tuple(pin(n, f, phase_id) for n, f in enumerate(firms, 3)),
    )
    return Planted(
        programme, ({decided(3): 1, decided(4): 1, ("booth-quota", f"{phase_id} · * · {root} · booths"): 1},)
    )


def a_party_and_an_empty_fund() -> Planted:
    """A zone must send a party abroad; the one fund that pays its parties there has nothing left."""
    programme, problem = base()
    first = problem.delegations[(problem.delegations["fund"] != "") & (problem.delegations["regime"] == "abroad")]
    row = first.sort_values("delegation").iloc[0]
    phase_id = problem.stops[problem.stops["trip"] == row["trip"]]["phase"].iloc[0]
    official = {f.fund_id for f in programme.funds if f.nature is Nature.OFFICIAL_TRAVEL}
    assert row["fund"] in official
    least = least_party(problem, str(row["sponsor"]), phase_id)
    programme = but(
        changed(programme, "funds", lambda f: f.fund_id == row["fund"], amount=Decimal(0)),
        decisions=(pin(5, str(row["sponsor"]), phase_id, is_zone=True),),
        instalments=tuple(i for i in programme.instalments if i.fund_id != row["fund"]),
    )
    return Planted(programme, ({decided(5): 1, ("fund-budget", str(row["fund"])): least},))


def least_party(problem: Problem, sponsor: str, phase_id: str) -> int:
    """Fen of the cheapest party of a zone to a phase."""
    trips = problem.stops[problem.stops["phase"] == phase_id]["trip"]
    own = problem.delegations[(problem.delegations["sponsor"] == sponsor) & problem.delegations["trip"].isin(trips)]
    return int(own["cost"].min())


def two_apart() -> Planted:
    """A firm's two fairs on the same days, and apart from them two pins and one booth."""
    one, two = two_fairs_on_the_same_days(), two_pins_and_one_booth()
    programme = but(two.programme, decisions=(*one.programme.decisions, *two.programme.decisions))
    return Planted(programme, (*one.conflicts, *two.conflicts))


LARGE: dict[str, Callable[[], Planted]] = {
    "two fairs on the same days": two_fairs_on_the_same_days,
    "two pins and one booth": two_pins_and_one_booth,
    "a party and an empty fund": a_party_and_an_empty_fund,
    "two conflicts apart": two_apart,
}
