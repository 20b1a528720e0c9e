"""On random programmes: what is said to turn a decision turns it, nine tenths of it do not, and values are those of the best plan.

Every verdict is that of a judge that shares nothing with what it judges (`tests.explain.independent`): the best plan with the firm
at the phase, and the best plan without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from random import Random

import pytest

from fairplanner.domain.assuming import DROPPED, Assumption
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.again import base_of, pinned
from fairplanner.explain.assuming import assumed
from fairplanner.explain.reasons.answers import Flip, WhyFirm
from fairplanner.explain.reasons.looking import look
from fairplanner.explain.reasons.why import why
from fairplanner.pose import pose
from fairplanner.solver import solve
from tests.explain.independent import best
from tests.properties.programmes import (
    a_programme_of_grants,
    a_programme_of_many_booths,
    a_ranked_programme,
    any_programme,
)

MAKERS = (any_programme, a_ranked_programme, a_programme_of_many_booths, a_programme_of_grants)
SEEDS = range(5)
FAST = ((1, 3),)
"""Maker and seed looked at in every run."""
ASKED = 2
"""Questions to a programme: so many firms with a place, and so many without."""
pytestmark = pytest.mark.xdist_group("flips")


@dataclass(frozen=True)
class Case:
    """A programme and the answers to a few questions about it; no answers where it has no plan."""

    programme: Programme
    value: int
    answers: tuple[WhyFirm, ...]


@cache
def case(maker: int, seed: int) -> Case:
    programme = MAKERS[maker](seed)
    try:
        plan = solve(pose(programme), gap=0).plan
    except NoPlan:
        return Case(programme, 0, ())
    base = base_of(programme, plan)
    pairs = sorted({(a.firm_id, a.phase_id) for a in programme.applications})
    Random(seed).shuffle(pairs)  # noqa: S311 - drawn evenly, no secret
    every = [why(base, *pair) for pair in pairs]
    asked = [a for is_in in (True, False) for a in [a for a in every if a.is_in == is_in][:ASKED]]
    return Case(programme, plan.value, tuple(replace(a, looked=look(base, a)) for a in asked))


def verdict(programme: Programme, answer: WhyFirm) -> str:
    """`in` where every best plan has the firm at the phase, `out` where none has, `either` where both are worth the same."""
    found = [best(programme, {(answer.firm_id, answer.phase_id): goes}) for goes in (True, False)]
    has, has_not = (None if one is None else one.value for one in found)
    if has is None or has_not is None:
        return "none" if has is has_not else "out" if has is None else "in"
    return "either" if has == has_not else "in" if has > has_not else "out"


def flips(maker: int, seed: int) -> list[tuple[WhyFirm, Flip]]:
    return [(answer, flip) for answer in case(maker, seed).answers for flip in answer.looked.flips]


EVERY = [
    pytest.param(maker, seed, id=f"{MAKERS[maker].__name__}-{seed}", marks=() if (maker, seed) in FAST else pytest.mark.slow)
    for maker in range(len(MAKERS))
    for seed in SEEDS
]  # fmt: skip


@pytest.mark.parametrize(("maker", "seed"), EVERY)
def test_the_stated_change_turns_the_decision_and_nine_tenths_of_it_do_not(maker: int, seed: int) -> None:
    programme = case(maker, seed).programme
    for answer, flip in flips(maker, seed):
        before, after = ("in", "out") if answer.is_in else ("out", "in")
        turned = verdict(assumed(programme, flip.assumptions), answer)
        assert turned in (after, "either"), (answer.firm_id, answer.phase_id, flip)
        if flip.less is not None:
            assert 0 < flip.less <= flip.amount * 9 / 10
            kept = verdict(assumed(programme, flip.with_less), answer)
            assert kept in (before, "either", "none"), (answer.firm_id, answer.phase_id, flip)


@pytest.mark.parametrize(("maker", "seed"), EVERY)
def test_values_told_are_those_of_the_best_plans(maker: int, seed: int) -> None:
    made = case(maker, seed)
    for answer, flip in flips(maker, seed):
        found = best(assumed(made.programme, flip.assumptions))
        assert found is not None
        assert (flip.value_before, flip.value_after) == (made.value, found.value), (answer.firm_id, flip)


@pytest.mark.parametrize(("maker", "seed"), EVERY)
def test_what_the_other_decision_costs_is_what_the_best_plan_with_it_is_worth_less(maker: int, seed: int) -> None:
    made = case(maker, seed)
    for answer in made.answers:
        turned = answer.looked.turned
        if turned is None:
            continue
        pin = pinned("must-not" if answer.is_in else "must-go", answer.firm_id, answer.phase_id)
        taken_back = (Assumption("decisions", d, "", DROPPED) for d in answer.decisions)
        found = best(assumed(made.programme, (*taken_back, pin)))
        if turned.possible:
            assert found is not None
            assert turned.lost == made.value - found.value, answer
        else:
            assert found is None, answer


@pytest.mark.slow
def test_enough_is_asked_to_say_something() -> None:
    """Both ways, with changes that can be divided and changes that cannot."""
    every = [pair for maker in range(len(MAKERS)) for seed in SEEDS for pair in flips(maker, seed)]
    assert sum(answer.is_in for answer, _ in every) >= 6
    assert sum(not answer.is_in for answer, _ in every) >= 12
    assert sum(flip.less is not None for _, flip in every) >= 10
    assert len({flip.kind for _, flip in every}) >= 6
