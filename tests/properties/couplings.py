"""Small programmes in which claims are bound together: counts of visits, shares, joint stands, markets, exclusions, menus."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine, FirmKind
from fairplanner.domain.packs import Exclusion, FirmTest, GroupMinimum, Limit, MarketSpread, ShareLimit
from fairplanner.domain.programme import Programme
from fairplanner.rules.tables import DECIDED, Problem
from tests import builders as b

OPENS = {
    "abroad-1-1": date(2025, 3, 4), "abroad-1-2": date(2025, 5, 13), "euro-1-1": date(2025, 7, 8), "euro-1-2": date(2025, 9, 16),
    "expo-1-1": date(2025, 10, 14), "expo-2-1": date(2026, 2, 10),
}  # fmt: skip
FIRMS = {"f1": "g", "f2": "g", "f3": "", "f4": ""}
SUBSIDIES = ("stand", "fare", "menu")
EACH = (("life",), ("year",), ("fair",), ("market",), ("phase",), ("edition", "year"), ("window",), ("fair", "window"), ("territory",), ("market-class",))  # fmt: skip


def a_phase(phase_id: str) -> r.Phase:
    fair_id, edition, number = phase_id.split("-")
    place = {"abroad": "lion", "euro": "mitte", "expo": "harbour"}[fair_id]
    day = OPENS[phase_id]
    return b.phase(fair_id, int(number), phase_id=phase_id, edition=edition, year=day.year, start=day, end=day + timedelta(days=2), place_id=place)  # fmt: skip


def coupled(random: Random, **parts: Any) -> Programme:
    """Four firms, two of them connected, at six phases of three fairs in two years; a pack of three subsidies with `parts`."""
    subsidies = (
        b.pack_subsidy("stand", most_turns=parts.pop("most_turns", None), turn_of=random.choice(["programme", "fair"])),
        b.pack_subsidy("fare", lines=(CostLine.FARE,)),
        b.pack_subsidy("menu", rate=Decimal(0), menu=(Decimal("0.5"), Decimal("0.2"))),
    )
    asked = sorted(random.sample([(f, q) for f in FIRMS for q in OPENS], random.randint(8, 13)))
    base = b.a_programme()
    past = tuple(
        b.ledger_row(
            random.choice(list(FIRMS)), random.choice(["abroad", "euro", "expo"]), amount=random.randint(0, 3),
            on=random.choice([date(2023, 5, 1), date(2024, 8, 14), date(2025, 2, 3), date(2025, 5, 14), date(2025, 12, 1)]),
            subsidy_id=random.choice(["", "pk.stand", "pk.stand", "pk.menu", "pk2.stand"]), edition=random.choice(["", "1"]),
        )
        for _ in range(random.randint(0, 5))
    )  # fmt: skip
    return b.packed(
        b.pack(*subsidies, **parts), b.pack(b.pack_subsidy("stand", rate=Decimal("0.3")), pack_id="pk2"),
        settings=b.settings(window_to=date(2026, 3, 31), packs=(b.pack_choice(), b.pack_choice("pk2"))),
        fairs=(b.fair("abroad", markets=("asean",)), b.fair("euro"), b.fair("expo")), phases=tuple(a_phase(q) for q in OPENS),
        territories=(*base.territories, r.Territory(territory_id="DE", name_zh="德国", name_en="Germany", markets=("eu",), **b.SAMPLE)),
        places=(*base.places, b.place("mitte", 52.5, 13.4, "DE", "Europe/Berlin")),
        markets=(*base.markets, r.Market(market_id="eu", name_zh="欧盟", name_en="EU", market_class="key", territories=("DE",), **b.SAMPLE)),
        firms=tuple(
            b.firm(f, random.choice(["east", "west"]), group=g, sme=random.random() < 0.5, founded=random.choice([None, date(2020, 7, 8), date(2024, 1, 1)]),
                   kind=random.choice(list(FirmKind)), teams=2)
            for f, g in FIRMS.items()
        ),
        applications=tuple(b.application(f, q, booths=random.randint(1, 2), section_id=random.choice(["", "expo-tea"]) if q == "expo-1-1" else "") for f, q in asked),
        sections=(b.section(),), quotas=(), targets=(), ledger=past,
        prices=(b.price("abroad", 20_000), b.price("euro", 30_000), b.price()),
        posts=(b.post(), b.post("lead-2", "west")), choices=tuple(b.choice(f, least_firms=1, officials=0) for f in ("abroad", "euro")),
    )  # fmt: skip


def which(random: Random, least: int = 1) -> tuple[str, ...]:
    return tuple(sorted(random.sample(SUBSIDIES, random.randint(least, 3))))


def any_firm_test(random: Random) -> FirmTest:
    return random.choice(
        [FirmTest(), FirmTest(sme_only=True), FirmTest(most_years=4), FirmTest(first_timer=True), FirmTest(kinds=(FirmKind.TRADER,))]
    )  # fmt: skip


def counts(random: Random) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            limit_id=f"l{n}", of="turns", subsidies=which(random), most=Decimal(random.randint(0, 2)), each=random.choice(EACH), firms=any_firm_test(random),
            per=random.choice(["firm", "group"]), window_months=random.choice([2, 5, 14]), most_if_markets_differ=random.choice([None, 2, 3]),
        )
        for n in range(4)
    )  # fmt: skip


def shares(random: Random) -> tuple[ShareLimit, ...]:
    each: Any = [("phase",), ("section",), ("year",), ("phase", "section"), ("section", "year")]
    return tuple(
        ShareLimit(
            limit_id=f"s{n}", subsidies=which(random), of=any_firm_test(random), among=among, each=random.choice(each),
            least=random.choice([None, (1, 2), (2, 3)]), most=random.choice([None, (1, 2), (1, 5)]),
        )
        for n, among in enumerate(("claims", "claims", "participations"))
    )  # fmt: skip


def minimums(random: Random) -> tuple[GroupMinimum, ...]:
    each: Any = [("phase",), ("sponsor",), ("phase", "sponsor")]
    return tuple(
        GroupMinimum(limit_id=f"g{n}", subsidies=which(random), least=random.randint(1, 3), count=count, each=random.choice(each))
        for n, count in enumerate(("claims", "participations"))
    )  # fmt: skip


def exclusions() -> tuple[Exclusion, ...]:
    sides = (("stand", "pk2.stand"), ("menu", "pk.stand"), ("fare", "pk.stand"))
    return tuple(
        Exclusion(limit_id=f"x{n}", subsidies=(own,), others=(other, f"pk.{own}"))
        for n, (own, other) in enumerate(sides)
    )


def any_coupled(seed: int) -> Programme:
    """The programme of a number, with something for every rule that couples claims."""
    random = Random(seed)  # noqa: S311 - drawn evenly, no secret
    spreads = tuple(MarketSpread(limit_id=f"m{n}", subsidies=which(random), least=n) for n in (2, 3))
    return coupled(
        random, most_turns=random.choice([None, 1, 2]), limits=counts(random), shares=shares(random),
        groups=minimums(random), spreads=spreads, exclusions=exclusions(),
    )  # fmt: skip


def resting(problem: Problem, rng: np.random.Generator, share: float) -> Mapping[str, NDArray[np.int64]]:
    """Random places and journeys; random claims, each on a chosen one (one that rests on nothing is `claims`' business)."""
    x = {name: np.zeros(len(problem.table(name)), np.int64) for name in DECIDED}
    for name in ("participations", "journeys", "delegations"):
        x[name] = (rng.random(len(x[name])) < share).astype(np.int64)
    rests = {name: np.append(x[name], 0) for name in ("participations", "journeys")}
    place, journey = (problem.claims[c].to_numpy(np.int64) for c in ("participation", "journey"))
    on = (place < 0) | (rests["participations"][place] == 1)
    on &= (journey < 0) | (rests["journeys"][journey] == 1)
    x["claims"] = (on & (rng.random(len(place)) < share)).astype(np.int64)
    return x
