"""Rule packs against examples worked by hand from the published texts: claim by claim to the cent, and solved whole."""

from __future__ import annotations

from collections import Counter

import pytest

from fairplanner.rules import RULES
from tests.catalogs.pack_cases import Case, Expected, cases, shipped_packs
from tests.catalogs.pack_reckoned import reckoned

CASES = tuple(cases())
OF_CLAIMS = {
    "claims", "claim-counts", "claim-exclusion", "claim-groups", "claim-limits", "claim-rounding", "claim-shares", "claim-spread",
    "claim-turns", "equal-rates",
}  # fmt: skip


def each(chosen: tuple[Case, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", chosen, ids=lambda case: f"{case.pack}: {case.name}")


def told(expected: Expected) -> Expected:
    """What an example says, with what it leaves out because it goes without saying."""
    paid = expected.entitled if expected.paid is None else expected.paid
    order = {"caps": tuple(sorted(expected.caps)), "limits": tuple(sorted(expected.limits))}
    return expected.model_copy(update={"paid": paid} | order)


def test_there_are_enough_examples_of_every_pack_that_pays() -> None:
    counted = Counter(case.pack for case in CASES)
    paying = {pack_id for pack_id, pack in shipped_packs().items() if pack.subsidies or pack.groups}
    assert {pack_id for pack_id, count in counted.items() if count >= 3} >= paying
    assert len(CASES) >= 60


def test_no_two_examples_of_a_pack_have_one_name_and_each_says_why() -> None:
    assert len({(case.pack, case.name) for case in CASES}) == len(CASES)
    assert all(case.why for case in CASES)


@each(CASES)
def test_an_example_comes_out_as_worked_by_hand(case: Case) -> None:
    found = reckoned(case).found
    wanted = {x.key: told(x) for x in case.expect}
    silent = {key for key, x in found.items() if x.refused or not x.entitled} - wanted.keys()
    assert {key: x for key, x in found.items() if key not in silent} == wanted


@each(CASES)
def test_the_rules_on_claims_find_what_the_text_forbids_and_nothing_else(case: Case) -> None:
    made = reckoned(case)
    rules = [rule for rule in RULES if rule.key in OF_CLAIMS]
    assert {v.rule for rule in rules for v in rule.check(made.programme, made.plan)} == set(case.breaks)
