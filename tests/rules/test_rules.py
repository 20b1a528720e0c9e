"""The list of rules, what they say, and how a plan is judged by all of them."""

from __future__ import annotations

import pytest

from fairplanner.pose.posing import pose
from fairplanner.rules import RULES, check, columns, rows
from fairplanner.rules.contract import Rule
from fairplanner.words import words
from tests import builders as b
from tests.properties.programmes import a_programme_of_grants, a_programme_of_many_booths
from tests.rules.plans import journey, place, plan, standing_body


def test_rules_stand_in_the_order_of_their_keys_and_only_once() -> None:
    keys = [rule.key for rule in RULES]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_has_its_words(rule: Rule, lang: str) -> None:
    w = words(lang)
    assert all(w(f"rules.{rule.key}.{word}") for word in ("name", "says"))
    assert f"rules.{rule.key}.broken" in w


def test_violations_are_sorted_and_can_be_told_in_both_languages() -> None:
    programme = b.a_programme()
    found = check(
        programme,
        plan(programme, place("f1"), place("f1", sponsor="east"), place("f2", "abroad-1-1"), journey("f2", "expo-1-1")),
    )
    assert list(found) == sorted(found)
    assert {"attendance", "hosting", "one-place", "plan-value"} <= {v.rule for v in found}
    for v in found:
        for lang in ("zh", "en"):
            assert v.label in words(lang)(
                f"rules.{v.rule}.broken", **(dict(v.facts) | {"label": v.label, "amount": v.amount})
            )


def test_a_plan_in_which_nobody_goes_breaks_nothing() -> None:
    programme = b.a_programme()
    assert check(programme, plan(programme)) == ()
    assert check(programme, plan(programme, standing_body())) == ()


def test_columns_and_rows_carry_the_key_of_their_rule() -> None:
    problems = [pose(x) for x in (b.a_programme(), a_programme_of_many_booths(4), a_programme_of_grants(3))]
    own, keys = {key for x in problems for key, _ in columns(x)}, {rule.key for rule in RULES}
    assert {"booths-in-order", "claim-limits", "delegation-size", "rank-respected", "targets"} <= own <= keys
    assert {key for x in problems for key, _ in rows(x)} <= keys
