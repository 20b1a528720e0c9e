"""The numbers at the top, and what is said of them."""

from __future__ import annotations

from fairplanner.domain.plan import Plan
from fairplanner.publish.press import Press
from fairplanner.publish.report.lists import Report
from fairplanner.publish.report.strip import Number, proof, strip
from fairplanner.publish.yearbook.figures import figures
from tests.publish import plans


def _numbers(plan: Plan, lang: str = "zh") -> dict[str, Number]:
    programme = plans.programme()
    return {x.key: x for x in strip(Report(Press(programme, plan, lang)), figures(programme, plan))}


def _proof(**changes: object) -> str:
    return proof(Press(plans.programme(), plans.plan(**changes), "zh"))


def test_a_proven_plan_says_how_much_better_another_could_be() -> None:
    assert _proof(status="feasible", value=300_000, bound=301_300, gap=0.00433) == (
        "已证明：同样的资料和规则下，任何方案至多再多得 1.3 分（0.43%）。"
    )


def test_the_best_plan_says_so_and_one_changed_by_hand_claims_nothing() -> None:
    assert _proof(status="optimal", gap=0.0).startswith("已证明最优")
    assert "没有再证明" in _proof(status="amended", bound=None, gap=None)


def test_every_number_has_a_name_and_a_sentence_in_both_languages() -> None:
    for lang in ("zh", "en"):
        made = _numbers(plans.plan(), lang)
        assert list(made) == ["value", "delegations", "firms", "booths", "public", "targets", "undated", "rules"]
        assert all(x.name and x.says and x.shown for x in made.values())


def test_numbers_are_those_of_the_plan() -> None:
    made = _numbers(plans.plan())
    shown = {
        key: made[key].shown for key in ("value", "delegations", "firms", "booths", "public", "targets", "undated")
    }
    assert shown == {
        "value": "300.0", "delegations": "2", "firms": "3", "booths": "5", "public": "3.02", "targets": "0/1", "undated": "1",
    }  # fmt: skip


def test_what_is_missing_is_marked() -> None:
    made = _numbers(plans.plan())
    assert made["targets"].is_short
    assert made["undated"].is_short
    assert not made["booths"].is_short


def test_a_plan_that_breaks_rules_says_how_many() -> None:
    twice = (plans.journey("f1", journey_id="a"), plans.journey("f1", journey_id="b"))
    broken = _numbers(plans.plan(journeys=twice))["rules"]
    assert int(broken.shown) > 0
    assert broken.is_short
