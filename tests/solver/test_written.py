"""What people write is told from what a plan is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from fairplanner.intake import read_programme
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.solver.model import build
from fairplanner.solver.written import WRITTEN, order, written
from tests import builders as b

PACKS = Path(__file__).parent.parent / "programmes" / "packs"


def test_caps_of_subsidies_are_written_and_what_is_needed_to_count_them_is_not() -> None:
    problem = pose(read_programme(PACKS))
    model = build(problem, RULES)
    told = written(problem, model.rules, model.labels)
    caps = {
        label: is_written
        for rule, label, is_written in zip(model.rules, model.labels, told, strict=True)
        if rule == "claim-limits"
    }
    assert caps["sample-stand.year · f03 · 2025"]
    assert not any(is_written for label, is_written in caps.items() if label.endswith(("full", "lost")))


def test_a_target_is_written_where_it_is_a_floor() -> None:
    targets = (b.target("floor", at_least=3, floor=True), b.target("wish", at_least=3))
    problem = pose(b.a_programme(targets=targets))
    assert written(problem, ["targets"] * 3, ["floor", "wish", "floor · f1"]).tolist() == [True, False, False]


def test_what_a_plan_is_is_never_written() -> None:
    problem = pose(b.a_programme())
    rules = ["attendance", "hosting", "one-place", "one-visit", "claims", "journey-people", "fair-shares"]
    assert not written(problem, rules, ["f1 · expo-1-1"] * len(rules)).any()


def test_rankings_are_written_but_not_the_places_in_them() -> None:
    problem = pose(b.a_programme(subsidies=(b.subsidy(cap_year=Decimal(100)),)))
    labels = ["q · * · prov", "q · s · prov · below-threshold", "q · * · prov · f1/q/- · served"]
    assert written(problem, ["rank-respected"] * 3, labels).tolist() == [True, True, False]


def test_decisions_are_named_before_limits_and_limits_before_what_nobody_wrote() -> None:
    names = [("hosting", "a"), ("staff", "a"), ("decisions", "b"), ("decisions", "a")]
    assert sorted(names, key=order) == [("decisions", "a"), ("decisions", "b"), ("staff", "a"), ("hosting", "a")]
    assert len(set(WRITTEN)) == len(WRITTEN)
    assert set(WRITTEN) <= {rule.key for rule in RULES}
