"""Rule packs against examples worked by hand from the published texts: claim by claim to the cent, and solved whole."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.solver import solve
from tests.catalogs.pack_cases import Case, Expected, cases, programme_of, shipped_packs
from tests.catalogs.pack_reckoned import reckoned

CASES = tuple(cases())
OF_CLAIMS = {
    "claims", "claim-counts", "claim-exclusion", "claim-groups", "claim-limits", "claim-rounding", "claim-shares", "claim-spread",
    "claim-turns", "equal-rates",
}  # fmt: skip


def each(chosen: tuple[Case, ...], *, most: int = len(CASES)) -> pytest.MarkDecorator:
    """One test an example; of each pack all but the first `most` only with `-m slow`."""
    of_pack = [[c.pack for c in chosen[:n]].count(case.pack) for n, case in enumerate(chosen)]
    marked = [pytest.param(c, marks=() if n < most else pytest.mark.slow) for c, n in zip(chosen, of_pack, strict=True)]
    return pytest.mark.parametrize("case", marked, ids=lambda case: f"{case.pack}: {case.name}")


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


def test_enough_examples_are_solved_whole() -> None:
    assert len(solved()) >= 8
    assert all(case.best is not None for case in CASES if case.breaks)


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


def solvable(case: Case) -> bool:
    """Whether a programme can have these journeys and claims by the solver's own choice: fares are the table's, lodging the
    tariff's, and a payer who is free to choose pays the highest level."""
    free = bool(case.breaks) or not any(s.level > 1 or s.without for s in case.stands)
    return free and all(not j.lodging and len(j.fairs) == 1 for j in case.journeys)


def solved() -> tuple[Case, ...]:
    """The first example of each pack that is paid, and all in which claims of several fairs or subsidies meet."""
    first: dict[str, str] = {}
    chosen = []
    for case in CASES:
        is_first = any(x.entitled for x in case.expect) and first.setdefault(case.pack, case.name) == case.name
        meets = case.breaks or any(x.limits or x.turn > 1 for x in case.expect)
        if solvable(case) and (is_first or meets):
            chosen.append(case)
    return tuple(chosen)


def paid_by_solver(case: Case) -> dict[tuple[str, str, str], Decimal]:
    """What the best plan pays the example's firms, by firm, fair (or `year`) and subsidy."""
    programme = programme_of(case)
    paid: dict[tuple[str, str, str], Decimal] = {}
    fairs, firms = {f.phase_id: f.id for f in case.fairs}, {f.id for f in case.firms}
    for claim in solve(pose(programme), gap=0, seconds=30).plan.claims:
        yearly = programme.subsidy[claim.subsidy_id].round_at == "year"
        key = (
            claim.firm_id,
            "year" if yearly else fairs[claim.phase_id],
            claim.subsidy_id.removeprefix(f"{case.pack}."),
        )
        if claim.firm_id in firms and claim.amount:
            paid[key] = paid.get(key, Decimal(0)) + claim.amount
    return paid


@each(tuple(case for case in solved() if not case.breaks), most=1)
def test_the_best_plan_pays_what_was_worked_by_hand(case: Case) -> None:
    wanted = {x.key: told(x).paid for x in case.expect}
    assert paid_by_solver(case) == {key: amount for key, amount in wanted.items() if amount}


@each(tuple(case for case in solved() if case.breaks), most=1)
def test_the_best_plan_pays_the_most_that_the_text_allows(case: Case) -> None:
    assert sum(paid_by_solver(case).values(), Decimal(0)) == case.best
