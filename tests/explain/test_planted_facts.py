"""The planted programmes are what they say they are: proven by a judge that is not the code under test."""

from __future__ import annotations

import pytest

from fairplanner.domain.programme import Programme
from tests.explain.independent import Name, best, can_be, eased_by, given_up, goes
from tests.explain.planted import EXPO, REFUSALS, Refusal
from tests.explain.planted_conflicts import COLLISIONS, Collision

ALL_REFUSALS = [pytest.param(r, id=r.name) for r in REFUSALS]
ALL_COLLISIONS = [pytest.param(c, id=c.name) for c in COLLISIONS]
WHOLE = ("blackouts", "decisions", "kept", "rank-respected")
"""Rules whose limits give way altogether or not at all; a permit too, where it says who goes and not how many."""


def decided(programme: Programme, case: Refusal) -> str:
    """`in` where every best plan has the firm at the phase, `out` where none has, `either` where both are worth the same."""
    values = [
        -(10**9) if found is None else found.value
        for found in (best(programme, {(case.firm, case.phase): goes_there}) for goes_there in (True, False))
    ]
    return "either" if values[0] == values[1] else "in" if values[0] > values[1] else "out"


def alone(case: Collision, number: int) -> Programme:
    """The programme with one member of every other conflict given up."""
    programme = case.made()
    for other, members in enumerate(case.conflicts):
        if other != number:
            programme = given_up(programme, *next(iter(members)))
    return programme


def amounts(members: dict[Name, int | None]) -> list[tuple[str, str, int]]:
    return [
        (rule, label, amount)
        for (rule, label), amount in members.items()
        if amount and rule not in WHOLE and (rule, label) != ("approvals", "a1")
    ]


def test_there_are_forty_cases_and_more_of_both_kinds() -> None:
    assert len(REFUSALS) >= 20
    assert len(COLLISIONS) >= 20
    assert sum(len(c.conflicts) > 1 for c in COLLISIONS) >= 3
    names = [c.name for c in (*REFUSALS, *COLLISIONS)]
    assert len(set(names)) == len(names)


def test_without_anything_planted_everybody_goes_everywhere() -> None:
    from tests.explain.planted import loose

    found = best(loose())
    assert found is not None
    assert len(found.plan.participations) == 9
    assert goes(found.plan, "f3", EXPO)


@pytest.mark.slow
@pytest.mark.parametrize("case", ALL_REFUSALS)
def test_the_firm_is_out_and_the_planted_cause_alone_keeps_it_out(case: Refusal) -> None:
    programme = case.made()
    found = best(programme)
    assert found is not None
    assert not goes(found.plan, case.firm, case.phase)
    assert all(goes(found.plan, *other) for other in case.beaten_by)
    assert decided(programme, case) == "out"
    assert decided(case.eased(programme, case.least), case) != "out"


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(r, id=r.name) for r in REFUSALS if r.least > 1])
def test_less_of_what_lets_the_firm_in_does_not(case: Refusal) -> None:
    assert decided(case.eased(case.made(), case.least - 1), case) != "in"


@pytest.mark.slow
@pytest.mark.parametrize("case", ALL_COLLISIONS)
def test_what_is_planted_collides_and_without_any_one_of_it_does_not(case: Collision) -> None:
    assert not can_be(case.made())
    for number, members in enumerate(case.conflicts):
        programme = alone(case, number)
        assert not can_be(programme)
        for name in members:
            assert can_be(given_up(programme, *name)), name


@pytest.mark.slow
@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in COLLISIONS if any(map(amounts, c.conflicts))])
def test_least_amounts_help_and_one_less_does_not(case: Collision) -> None:
    for number, members in enumerate(case.conflicts):
        programme = alone(case, number)
        for rule, label, amount in amounts(members):
            assert can_be(eased_by(programme, rule, label, amount)), (rule, label)
            assert not can_be(eased_by(programme, rule, label, amount - 1)), (rule, label)
