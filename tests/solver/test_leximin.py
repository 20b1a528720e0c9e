from __future__ import annotations

from itertools import product
from random import Random

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.reckon.fairness import portions
from fairplanner.solver import Level, solve
from tests import builders as b


def two_booths(*scores: tuple[str, float]) -> Programme:
    """Two places at one fair; two firms of the east, one of the west, one fair only, places by worth."""
    zones = (b.zone("east", "prov"), b.zone("prov"), b.zone("west", "prov"))
    apps = tuple(b.application(f, "expo-1-1", score=s) for f, s in scores)
    return b.a_programme(
        zones=zones,
        applications=apps,
        quotas=(b.quota(booths=2),),
        targets=(),
        choices=(b.choice("expo", policy="optimise"),),
    )


def given(programme: Programme, even: bool) -> tuple[dict[str, int], list[Level]]:
    told: list[Level] = []
    plan = solve(pose(programme), seconds=60, even=told.append if even else None).plan
    return {x.zone_id: x.given for x in portions(programme, plan.participations)}, told


def test_the_worst_off_zone_comes_first_even_where_others_are_worth_more() -> None:
    programme = two_booths(("f1", 90.0), ("f2", 90.0), ("f3", 20.0))
    assert given(programme, even=False)[0] == {"east": 2, "west": 0}
    shares, told = given(programme, even=True)
    assert shares == {"east": 1, "west": 1}
    # half of what the east is entitled to is the most for the worst; the west then has all of its one place
    assert [(level.share, level.at, level.beyond) for level in told] == [(500, 1, 1), (1000, 1, 0)]
    assert all(level.gap == 0 for level in told)


@pytest.mark.slow
def test_where_nobody_is_short_the_plan_is_the_best_one() -> None:
    programme = two_booths(("f1", 50.0), ("f3", 60.0))
    assert given(programme, even=True)[0] == given(programme, even=False)[0] == {"east": 1, "west": 1}


def test_no_split_of_the_places_is_fairer() -> None:
    programme = two_booths(("f1", 90.0), ("f2", 80.0), ("f3", 20.0))
    shares, _ = given(programme, even=True)
    entitled = {"east": 2, "west": 1}
    ours = sorted(shares[z] / entitled[z] for z in entitled)
    every = [sorted((e / 2, w / 1)) for e, w in product(range(3), range(2)) if e + w <= 2]
    assert ours == max(every)


def test_a_level_of_several_zones_is_proven_for_what_it_is() -> None:
    zones = ("za", "za", "za", "zb", "zb", "zc", "zc")
    firms = tuple(b.firm(f"f{n}", zone) for n, zone in enumerate(zones))
    programme = b.a_programme(
        zones=(b.zone("prov"), *(b.zone(z, "prov", sends=False) for z in ("za", "zb", "zc"))),
        firms=firms, fairs=(b.fair(),), phases=(b.phase(),), quotas=(b.quota(booths=5),), targets=(), subsidies=(),
        applications=tuple(b.application(f.firm_id, score=90.0 if f.zone_id == "za" else 20.0) for f in firms),
        choices=(b.choice("expo", policy="optimise"),),
    )  # fmt: skip
    shares, told = given(programme, even=True)
    # five places for seven: half of what the smaller zones ask is the most for the worst
    assert told[0].share == 500
    # two thirds of the large one is beyond that already: the fifth place is for a small one, however much less it is worth
    assert sorted(shares[z] / n for z, n in (("za", 3), ("zb", 2), ("zc", 2))) == [1 / 2, 2 / 3, 1]
    assert all(level.gap == 0 for level in told)


@pytest.mark.parametrize("seed", range(4))
def test_the_shares_are_the_best_there_are_level_by_level(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - drawn evenly, no secret
    entitled = {z: random.randint(1, 4) for z in ("za", "zb", "zc")}
    booths = random.randint(1, sum(entitled.values()))
    firms = tuple(b.firm(f"{z}{n}", z) for z, count in entitled.items() for n in range(count))
    programme = b.a_programme(
        zones=(b.zone("prov"), *(b.zone(z, "prov", sends=False) for z in entitled)), firms=firms, subsidies=(), targets=(),
        applications=tuple(b.application(f.firm_id, score=random.choice([20.0, 90.0])) for f in firms),
        quotas=(b.quota(booths=booths),), choices=(b.choice("expo", policy="optimise"),),
    )  # fmt: skip
    shares, told = given(programme, even=True)
    every = product(*(range(count + 1) for count in entitled.values()))
    best = max(
        sorted(n / e for n, e in zip(some, entitled.values(), strict=True)) for some in every if sum(some) <= booths
    )
    assert sorted(shares[z] / entitled[z] for z in entitled) == best
    assert all(level.gap == 0 for level in told)
