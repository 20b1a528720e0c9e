"""Whoever applied and got no place is told why, in words a manager accepts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fairplanner.domain.plan import Excluded, Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.publish.press import Press
from fairplanner.rules import RULES
from fairplanner.solver import solve
from fairplanner.solver.unplaced import UNPLACED
from tests import builders as b
from tests.programmes.make_samples import CATALOGS
from tests.properties.programmes import programmes

PROGRAMMES = Path(__file__).parent.parent / "programmes"


def left_out(programme: Programme) -> dict[str, Excluded]:
    """The reasons that the finished plan gives, by application."""
    plan = solve(pose(programme), rules=RULES, seconds=60, gap=0).plan
    return {dict(e.facts)["application"]: e for e in plan.excluded if e.rule in UNPLACED}


def tea(**tables: Any) -> Programme:
    """Three firms ask for one phase at home, given in order of score."""
    base: dict[str, Any] = {
        "firms": tuple(b.firm(f"f{i}", record=1 - i / 10) for i in (1, 2, 3)),
        "applications": tuple(b.application(f"f{i}", received=date(2024, 10, i)) for i in (1, 2, 3)),
        "quotas": (b.quota(booths=1),),
        "targets": (),
    }
    return b.a_programme(**(base | tables))


def facts(e: Excluded) -> dict[str, str]:
    return dict(e.facts)


def everybody_is_told(programme: Programme, plan: Plan) -> None:
    placed = {p.application_id for p in plan.participations}
    told = [e for e in plan.excluded if "application" in dict(e.facts)]
    without = {a.application_id for a in programme.applications} - placed
    assert without <= {facts(e)["application"] for e in told}
    after = [facts(e)["application"] for e in told if e.rule in UNPLACED]
    assert len(after) == len(set(after))
    assert not set(after) & placed
    for lang in ("zh", "en"):
        press = Press(programme, plan, lang)
        for e in told:
            sentence = press.reasons.sentence(e)
            assert "{" not in sentence
            assert e.rule not in sentence
            if lang == "zh" and e.rule in UNPLACED:
                sentence.encode("cp936")
                # nobody reads another firm's name in it
                assert not any(f.name_zh in sentence for f in programme.firms if f.firm_id != e.firm_id)
    for e in told:
        if e.rule in UNPLACED:
            assert set(facts(e)) == {"application", *UNPLACED[e.rule]}


@pytest.mark.parametrize(
    "folder",
    [
        PROGRAMMES / "tiny",
        pytest.param(PROGRAMMES / "busy", marks=pytest.mark.slow),
        pytest.param(CATALOGS / "guizhou-2025", marks=pytest.mark.slow),
    ],
    ids=lambda path: path.name,
)
def test_every_application_has_a_place_or_a_reason(folder: Path) -> None:
    programme = read_programme(folder)
    everybody_is_told(programme, solve(pose(programme), rules=RULES, seconds=60).plan)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_every_application_has_a_place_or_a_reason_whatever_the_programme(programme: Programme) -> None:
    try:
        plan = solve(pose(programme), rules=RULES, seconds=60).plan
    except NoPlan:
        return
    everybody_is_told(programme, plan)


def test_by_score_the_rank_the_places_the_cutoff_and_the_reserve_are_told() -> None:
    second, third = left_out(tea()).values()
    assert (second.rule, second.firm_id, second.phase_id) == ("unplaced-rank", "f2", "expo-1-1")
    told = facts(second)
    assert (told["rank"], told["places"], told["booths"], told["reserve"]) == ("2", "1", "1", "1")
    assert float(told["cutoff"]) > float(told["score"])
    assert (facts(third)["rank"], facts(third)["reserve"]) == ("3", "2")


def test_by_date_the_last_day_with_a_place_is_told() -> None:
    first_come = (b.choice("expo", policy="first-confirmed"),)
    told = left_out(tea(choices=first_come))["f2/expo-1-1/-"]
    assert told.rule == "unplaced-turn"
    assert (facts(told)["received"], facts(told)["last"]) == ("2024-10-02", "2024-10-01")


def test_who_cannot_go_is_told_so_and_is_not_on_the_reserve_list() -> None:
    poor = (b.firm("f1"), b.firm("f2", record=0.45, own_money=Decimal(12_000)), b.firm("f3", record=0.4))
    told = left_out(tea(firms=poor, subsidies=()))
    assert told["f2/expo-1-1/-"].rule == "unplaced-money"
    assert Decimal(facts(told["f2/expo-1-1/-"])["needed"]) > Decimal(facts(told["f2/expo-1-1/-"])["left"]) == 12_000
    assert (facts(told["f3/expo-1-1/-"])["rank"], facts(told["f3/expo-1-1/-"])["reserve"]) == ("3", "1")


def test_a_decision_comes_before_every_other_reason() -> None:
    told = left_out(tea(decisions=(b.decision(kind="must-not", firm_id="f1"),)))["f1/expo-1-1/-"]
    assert told.rule == "unplaced-decision"
    assert (facts(told)["by"], facts(told)["on"], facts(told)["basis"]) == ("处长", "2024-10-20", "纪要1号")


def test_a_firm_with_all_its_phases_or_teams_elsewhere_is_told_which() -> None:
    same_days = (b.phase("expo", 1), b.phase("other", 1, start=date(2025, 4, 16), end=date(2025, 4, 18)))
    asked = (b.application("f1"), b.application("f1", "other-1-1"))
    base: dict[str, Any] = {"fairs": (b.fair("expo"), b.fair("other")), "phases": same_days, "applications": asked}
    base |= {"quotas": (), "choices": (b.choice("expo", weight=1), b.choice("other", policy="optimise"))}
    told = left_out(tea(**base))["f1/other-1-1/-"]
    assert told.rule == "unplaced-teams"
    assert (facts(told)["phases"], facts(told)["teams"]) == ("expo-1-1", "1")
    told = left_out(tea(**base, firms=(b.firm("f1", teams=2, max_phases=1),)))["f1/other-1-1/-"]
    assert (told.rule, facts(told)["most"]) == ("unplaced-phases", "1")


def test_where_nothing_ranks_a_full_quota_or_delegation_is_the_reason() -> None:
    optimise = b.choice("expo", policy="optimise")
    told = left_out(tea(choices=(optimise,)))["f3/expo-1-1/-"]
    assert told.rule == "unplaced-quota"
    assert {name: facts(told)[name] for name in ("limit", "used", "wants")} == {"limit": "1", "used": "1", "wants": "1"}
    small = optimise.model_copy(update={"most_firms": 1})
    full = left_out(tea(choices=(small,), quotas=(), zones=(b.zone("east", "prov", sends=False), b.zone("prov"))))
    assert {e.rule for e in full.values()} == {"unplaced-full"}


def test_a_delegation_abroad_that_does_not_go_is_told_with_its_cost() -> None:
    dear = (b.price("abroad", 900_000), b.price())
    asked = tuple(b.application(f"f{i}", "abroad-1-1") for i in (1, 2, 3))
    told = left_out(tea(applications=asked, prices=dear, quotas=(), subsidies=()))
    assert {e.rule for e in told.values()} == {"unplaced-delegation"}
    assert (facts(told["f1/abroad-1-1/-"])["firms"], facts(told["f1/abroad-1-1/-"])["least"]) == ("3", "2")


def test_what_costs_more_than_it_is_worth_is_told_with_both() -> None:
    told = left_out(
        tea(
            prices=(b.price(per_booth=900_000),),
            quotas=(),
            subsidies=(),
            choices=(b.choice("expo", policy="optimise"),),
        )
    )
    assert {e.rule for e in told.values()} == {"unplaced-value"}
    assert Decimal(facts(told["f1/expo-1-1/-"])["needed"]) > 900_000
