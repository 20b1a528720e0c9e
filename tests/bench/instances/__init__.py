"""Realistic programmes of any size for measuring the solver; see `tests/bench/README.md`, section Instances."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from fairplanner.domain.kinds import Policy, Regime
from fairplanner.domain.packs import PackChoice
from fairplanner.domain.planning import Choice
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import PROFILES, Fairness, Settings, ValueWeights
from fairplanner.intake.read import digest
from tests.bench.instances import coupled, money, terms
from tests.bench.instances.fairs import Calendar
from tests.bench.instances.firms import AS_OF, ROOT, Desk, firms, zones
from tests.bench.instances.seeds import YEAR, places
from tests.bench.instances.sizes import LEVELS, SIZES, Level
from tests.bench.instances.told import describe, used
from tests.catalogs.reference import rows

MOST_GAP_DAYS = 2
"""Longest wait between two phases of one journey; the default of nine days at home would chain half of all places."""
__all__ = ["LEVELS", "SIZES", "Level", "describe", "made", "used"]


def made(size: str, level: Level, seed: int = 1) -> Programme:
    """The programme of a size (`SIZES`), a level (`LEVELS`) and a seed; the same three give the same programme.

    Raises KeyError for an unknown size, ValueError for an unknown level.
    """
    if level not in LEVELS:
        raise ValueError(f"{level} is none of {', '.join(LEVELS)}")
    of, dice = SIZES[size], Random(f"fairplanner {size} {seed}")  # noqa: S311  (not a secret)
    year = Calendar(dice, of.phases, of.sectors).fill()
    spread = zones(dice, of)
    choices = terms.choices(dice, year, level, small=size == "XS")
    people = firms(dice, of, level, spread, tuple(sorted({m for b in year for m in b.markets})))
    desk = Desk(dice, year, level, {c.fair_id for c in choices if c.policy is Policy.RANK})
    asked = terms.Asked(year, spread, people, desk.take(people))
    packs, chosen = coupled.packs(asked, level)
    settings, tables = _settings(size, level, seed, chosen), _tables(dice, asked, choices, level)
    return Programme(settings=settings, packs=packs, digest=digest(settings, tables, packs), **tables)


def _tables(dice: Random, asked: terms.Asked, choices: tuple[Choice, ...], level: Level) -> dict[str, tuple[Any, ...]]:
    pots = money.funds(asked, level)
    targets = terms.targets(asked) if level != "base" else ()
    return {
        "fairs": tuple(sorted({b.fair.fair_id: b.fair for b in asked.year}.values(), key=lambda f: f.fair_id)),
        "phases": tuple(b.phase for b in asked.year),
        "territories": rows("territories"),
        "places": places(),
        "sectors": rows("sectors"),
        "markets": rows("markets"),
        "zones": asked.zones,
        "firms": asked.firms,
        "applications": asked.applications,
        "posts": terms.posts(dice, asked, level) if level != "base" else (),
        "funds": pots,
        "subsidies": money.subsidies(level),
        "quotas": terms.quotas(dice, asked, {c.fair_id: c for c in choices}, level),
        "prices": terms.prices(dice, asked.year),
        "costs": terms.costs(dice, asked.year) if level == "packs" else (),
        "stays": terms.stays(),
        "rates": terms.rates(),
        "choices": choices,
        "targets": targets,
        "instalments": money.instalments(pots, level),
        "awards": money.awards(targets, level),
        "ledger": money.ledger(dice, asked, level),
    }


def _settings(size: str, level: Level, seed: int, chosen: tuple[PackChoice, ...]) -> Settings:
    simple = {"needs_leader": False, "most_gap_days": 0, "day_limits": ()}
    changed = simple if level == "base" else {"most_gap_days": MOST_GAP_DAYS}
    fairness = Fairness() if level == "base" else Fairness(zone_points=(0.5, 1, 2, 4), firm_points=(8, 3))
    return Settings(
        id=f"bench-{size}-{level}-{seed}", name_zh=f"测算用计划{size}（示例）", name_en=f"Benchmark {size} (sample)", root=ROOT,
        window_from=date(YEAR, 1, 1), window_to=date(YEAR, 12, 31), as_of=AS_OF, sample=True, packs=chosen, fairness=fairness,
        value=ValueWeights(claim_per_1000={"base": 0.1, "rules": 0.3, "packs": 2.5}[level]),
        profiles={r: PROFILES[r].model_copy(update=changed) for r in Regime},
    )  # fmt: skip
