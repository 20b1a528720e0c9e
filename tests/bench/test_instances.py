"""The generated programmes are what their README says: the same for a seed, of the size asked for, realistic, and valid."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fairplanner.domain.kinds import Confidence, Policy, Regime, Role
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.rules.reckon.targets import reached
from fairplanner.rules.reckon.value import plan_value
from tests.bench.instances import LEVELS, SIZES, describe, made
from tests.catalogs.reference import by_id
from tests.programmes.sample_table import folder_texts, write_folder

ROOT = Path(__file__).resolve().parents[2]


@cache
def programme(level: str, seed: int = 1) -> Programme:
    return made("XS", level, seed)  # type: ignore[arg-type]


@cache
def figures(level: str) -> dict[str, float]:
    return describe(programme(level))


def fingerprint(of: Programme) -> str:
    return hashlib.sha256(of.model_dump_json().encode()).hexdigest()


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_gives_the_same_programme_and_another_another(level: str) -> None:
    again = fingerprint(made("XS", level))  # type: ignore[arg-type]
    assert fingerprint(programme(level)) == again
    assert fingerprint(programme(level, 2)) != again


@pytest.mark.slow
def test_the_order_in_which_sets_are_hashed_changes_nothing() -> None:
    code = (
        "import hashlib; from tests.bench.instances import made;"
        "print(hashlib.sha256(made('XS', 'packs').model_dump_json().encode()).hexdigest())"
    )
    run = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == fingerprint(programme("packs"))


@pytest.mark.parametrize("level", LEVELS)
def test_the_programme_has_the_size_asked_for(level: str) -> None:
    size, told = SIZES["XS"], figures(level)
    assert (told["firms"], told["phases"], told["organisers"]) == (size.firms, size.phases, size.organisers)
    assert len(programme(level).in_window()) == size.phases


def test_an_unknown_size_or_level_is_refused() -> None:
    with pytest.raises(KeyError):
        made("XXL", "base")
    with pytest.raises(ValueError, match="hard is none of"):
        made("XS", "hard")  # type: ignore[arg-type]


@pytest.mark.parametrize("level", LEVELS)
def test_few_firms_ask_for_much_and_most_for_little(level: str) -> None:
    told = figures(level)
    assert 6 <= told["asked a firm, mean"] <= 8
    assert told["asked a firm, median"] < told["asked a firm, mean"]
    assert told["asked a firm, most"] >= 15
    assert told["firms that ask 1 to 6"] > 0.5


def test_fairs_open_mostly_in_spring_and_autumn() -> None:
    seeds = [describe(programme("base", seed))["phases in the peaks"] for seed in range(1, 6)]
    assert sum(seeds) / len(seeds) > 0.7


def test_firms_follow_the_sectors_of_their_zone_and_ask_for_fairs_of_them() -> None:
    told = figures("rules")
    assert told["firms of their zone's sectors"] > 0.8
    assert told["asked of an own sector"] > 0.75
    assert all(2 <= len(z.sectors) <= 3 for z in programme("rules").zones if z.sends)


def test_phases_are_clones_of_real_ones_on_the_same_weekday_or_on_tour() -> None:
    real = by_id("phases")
    for phase in programme("base").phases:
        seed = real[phase.phase_id.partition("~")[0]]
        assert phase.confidence is Confidence.SAMPLE
        assert phase.name_zh == seed.name_zh
        assert phase.start
        if phase.move_in_days is None:
            assert phase.start.weekday() == seed.start.weekday()
    assert {q.phase_id.split("-")[0] for q in programme("base").phases} >= {"canton", "ciie", "namm", "harbin"}


def test_stays_territories_and_markets_are_those_of_the_catalogue() -> None:
    stays = {s.place_id: s for s in programme("rules").stays}
    assert all(stays[name] == row for name, row in by_id("stays").items())
    assert programme("rules").territory == by_id("territories")
    assert programme("rules").market == by_id("markets")


def test_a_share_of_the_fairs_at_home_goes_by_a_published_order() -> None:
    for seed in (1, 2, 3):
        of = programme("rules", seed)
        home = [q for q in of.phases if of.regime(q.phase_id) is Regime.HOME]
        fairs = {q.fair_id for q in home if "exhibit" in of.fair[q.fair_id].roles}
        ranked = {q.fair_id for q in home if of.policy(q.phase_id) is Policy.RANK}
        assert 0.1 <= len(ranked) / len(fairs) <= 0.3
        scored = [a for a in of.applications if of.phase[a.phase_id].fair_id in ranked and a.role is Role.EXHIBIT]
        assert scored
        assert all(a.score is not None for a in scored)


def test_base_has_neither_claims_nor_ranks_nor_staff_nor_targets() -> None:
    of = programme("base")
    assert not any((of.subsidies, of.packs, of.posts, of.targets, of.awards))
    assert {of.policy(q.phase_id) for q in of.phases} == {Policy.OPTIMISE}
    assert {a.booths for a in of.applications if a.role is Role.EXHIBIT} == {1}
    assert any(of.least_firms(q.phase_id) > 1 for q in of.phases)


def test_packs_pay_by_turn_in_date_order_within_limits_that_couple() -> None:
    of = programme("packs")
    stands = [s for s in of.subsidy.values() if s.turns]
    assert len(stands) == SIZES["XS"].regions
    assert all(s.order == "event" for s in stands)
    assert {each for limit in of.limits for each in limit.each} >= {"year", "market", "window"}
    groups = Counter(f.group for f in of.firms if f.group)
    assert groups
    assert set(groups.values()) <= {1, 2, 3}
    assert max(groups.values()) > 1
    assert of.ledger
    assert of.awards
    assert of.instalments
    assert len(of.posts) < len(programme("rules").posts)


@pytest.mark.parametrize("level", ["base", "rules"])
def test_delegations_may_visit_several_fairs_where_the_level_says_so(level: str) -> None:
    problem = pose(programme(level))
    assert (problem.trips["countries"] > 1).any() == (level != "base")
    assert problem.participations["firm"].nunique() > 0.9 * SIZES["XS"].firms


def toml(fields: dict[str, Any]) -> str:
    return "\n".join(f"{name} = {_value(value)}" for name, value in fields.items() if value is not None) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_value(v)}" for k, v in value.items() if v is not None) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("level", LEVELS)
def test_a_reader_of_files_accepts_the_programme(level: str, tmp_path: Path) -> None:
    of = programme(level)
    tables = {t.name: getattr(of, t.name) for t in TABLES}
    texts = folder_texts(toml(of.settings.model_dump(exclude_unset=True)), tables)
    packs = {f"packs/{pack.pack_id}.toml": toml(pack.model_dump(exclude_unset=True)) for pack in of.packs}
    write_folder(tmp_path, texts | packs)
    read = read_programme(tmp_path)
    for table in TABLES:
        rows = {r for r in getattr(of, table.name) if r.confidence is Confidence.SAMPLE}
        assert rows <= set(getattr(read, table.name)), table.name
    assert read.packs == of.packs


@pytest.mark.parametrize("level", LEVELS)
def test_deciding_nothing_breaks_at_most_the_floor(level: str) -> None:
    of = programme(level)
    nothing = Plan(
        programme_id=of.settings.id, programme_digest=of.digest, revision=1, as_of=of.settings.as_of, status="feasible", value=0,
        bound=0, gap=0, engine="none", reproducible=True, targets=reached(of, (), ()),
    )  # fmt: skip
    worth = plan_value(of, nothing)
    broken = check(of, nothing.model_copy(update={"value": worth, "bound": worth}))
    assert [(v.rule, v.label) for v in broken] == ([] if level == "base" else [("targets", "T-floor")])
