"""The programmes that we ship and test with can be planned, and the plans make sense to a planner."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.solver import solve
from tests.programmes.make_samples import CATALOGS

HERE = Path(__file__).parent


def planned(folder: Path) -> tuple[Programme, Plan]:
    programme = read_programme(folder)
    return programme, solve(pose(programme), rules=RULES, seconds=120, gap=0.005).plan


@pytest.fixture(scope="module")
def guizhou_2025() -> tuple[Programme, Plan]:
    return planned(CATALOGS / "guizhou-2025")


def test_2025_is_proven_within_half_a_percent(guizhou_2025: tuple[Programme, Plan]) -> None:
    assert guizhou_2025[1].gap <= 0.005


def test_2025_sends_one_delegation_abroad_within_five_days(guizhou_2025: tuple[Programme, Plan]) -> None:
    _, plan = guizhou_2025
    abroad = [d for d in plan.delegations if d.regime is Regime.ABROAD]
    assert {stop.phase_id for d in abroad for stop in d.stops} == {"namm-2025"}
    for d in abroad:
        firms = {p.firm_id for p in plan.participations if (p.phase_id, p.sponsor) == ("namm-2025", d.sponsor)}
        assert len(firms) >= 5
        assert (d.return_ - d.depart).days + 1 <= 5
        assert d.posts


def test_2025_quotas_bite_and_funds_are_used(guizhou_2025: tuple[Programme, Plan]) -> None:
    programme, plan = guizhou_2025
    asked = Counter(a.phase_id for a in programme.applications)
    given = Counter(p.phase_id for p in plan.participations)
    assert all(0 < given[q] < asked[q] for q in asked if q.startswith("canton-"))
    paid = sum(c.amount for c in plan.claims if c.fund_id == "home")
    assert programme.fund["home"].amount * 9 / 10 < paid <= programme.fund["home"].amount


def test_2025_reaches_some_targets_and_is_short_of_others(guizhou_2025: tuple[Programme, Plan]) -> None:
    short = {t.target_id for t in guizhou_2025[1].targets if t.short}
    assert "K01" in short
    assert "S-firms" not in short


def test_2025_names_several_reasons_for_what_is_left_out(guizhou_2025: tuple[Programme, Plan]) -> None:
    rules = {e.rule for e in guizhou_2025[1].excluded}
    assert rules >= {"asked-for", "booth-quota", "deadline", "delegation-size", "travel-dates"}


def test_2025_follows_its_decisions(guizhou_2025: tuple[Programme, Plan]) -> None:
    programme, plan = guizhou_2025
    there = {(p.firm_id, p.phase_id) for p in plan.participations}
    followed = {d.decision_id: (d.firm_id, d.phase_id) in there for d in programme.decisions}
    assert followed == {"D-1": True, "D-2": True, "D-3": False}


@pytest.mark.slow
def test_2027_plans_what_is_dated_and_lists_the_rest() -> None:
    programme, plan = planned(CATALOGS / "guizhou-2027")
    assert {p.phase_id.split("-")[0] for p in plan.participations} == {"canton", "ciie"}
    listed = {e.phase_id for e in plan.excluded if e.kind == "phase"}
    assert listed == {phase.phase_id for phase in programme.undated()}
    assert "namm-2027" in listed


@pytest.mark.slow
def test_2014_plans_the_three_fairs() -> None:
    _, plan = planned(CATALOGS / "guangdong-2014")
    assert {p.phase_id for p in plan.participations} == {
        "canton-116-1",
        "canton-116-2",
        "canton-116-3",
        "chtf-16",
        "cismef-11",
    }


def test_tiny_gives_every_place_there_is() -> None:
    _, plan = planned(HERE / "tiny")
    assert Counter(p.phase_id for p in plan.participations) == {"t-tea-1": 2, "t-sea-1": 2, "t-guitar-1": 2}


@pytest.mark.slow
def test_busy_keeps_one_leader_in_one_place() -> None:
    programme, plan = planned(HERE / "busy")
    assert len(programme.posts) == 1
    assert sum(d.regime is Regime.ABROAD for d in plan.delegations) <= 1
    assert len(plan.participations) < len(programme.applications)


def test_impossible_names_the_decisions_that_collide() -> None:
    with pytest.raises(NoPlan) as caught:
        planned(HERE / "impossible")
    assert caught.value.status == "infeasible"
    assert {blame.label for blame in caught.value.guilty if blame.rule == "decisions"} <= {"d1", "d2", "d3"}
    assert "decisions" in {blame.rule for blame in caught.value.guilty}
