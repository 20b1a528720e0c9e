"""Of each planted refusal the answer names the cause and who has the place, and what it says would turn it does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from time import process_time

import pytest

from fairplanner.explain.again import base_of
from fairplanner.explain.assuming import assumed
from fairplanner.explain.reasons.answers import Flip, WhyFirm
from fairplanner.explain.reasons.looking import look
from fairplanner.explain.reasons.why import why
from fairplanner.pose import pose
from fairplanner.solver import solve
from tests.explain.planted import REFUSALS, Refusal
from tests.explain.test_planted_facts import decided

SECONDS = 30
"""Longest an answer may take, in time of the processor."""
SAID = {
    "booth-quota": ("unplaced-quota", "unplaced-rank", "unplaced-turn", "unplaced-lot"),
    "rank-respected": ("unplaced-rank", "unplaced-turn", "unplaced-lot"),
    "delegation-size": ("unplaced-full", "hosting"),
    "decisions": ("unplaced-decision",),
    "own-money": ("unplaced-money",),
    "most-phases": ("unplaced-phases",),
    "firm-teams": ("unplaced-teams",),
    "plan-value": ("unplaced-value",),
}
"""Reasons of a finished plan that are another name of a rule of the law."""
FAST = ("the travel fund cannot pay the party",)
BY_NAME = {r.name: r for r in REFUSALS}
EVERY = [pytest.param(r, id=r.name, marks=() if r.name in FAST else pytest.mark.slow) for r in REFUSALS]
UNCHANGED = ("kept", "travel-dates")
"""Rules against which no single change is offered: a fair that is over, off, in another year, or has no dates."""


@cache
def told(name: str) -> tuple[WhyFirm, float]:
    """What is said of a case, with what was found by planning again, and how long that took."""
    case = BY_NAME[name]
    programme = case.made()
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    started = process_time()
    answer = why(base, case.firm, case.phase)
    return replace(answer, looked=look(base, answer)), process_time() - started


def causes(answer: WhyFirm) -> set[str]:
    """Rules that an answer names, reasons of what the plan could not even be offered included."""
    own = {e.rule for a in answer.asked for e in a.reasons}
    own |= {dict(e.facts).get("because", "") for a in answer.asked for e in a.reasons}
    return own | {o.by.rule for a in answer.asked for o in a.obstacles}


def turned(case: Refusal, flip: Flip, *, less: bool = False) -> str:
    return decided(assumed(case.made(), flip.with_less if less else flip.assumptions), case)


@pytest.mark.parametrize("case", EVERY)
def test_the_answer_names_the_planted_cause_in_time(case: Refusal) -> None:
    answer, seconds = told(case.name)
    assert not answer.is_in
    assert causes(answer) & {case.rule, *SAID.get(case.rule, ())}
    assert seconds < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [pytest.param(r, id=r.name) for r in REFUSALS if r.beaten_by and r.rule != "firm-teams"]
)
def test_the_answer_names_those_who_have_the_place(case: Refusal) -> None:
    answer, _ = told(case.name)
    seats = {(x.firm_id, x.phase_id) for a in answer.asked for x in a.seats}
    gone = {(x.firm_id, x.phase_id) for x in answer.looked.turned.goes} if answer.looked.turned else set()
    assert set(case.beaten_by) <= seats or gone & set(case.beaten_by)


@pytest.mark.parametrize("case", EVERY)
def test_what_is_said_to_turn_it_turns_it_and_nine_tenths_do_not(case: Refusal) -> None:
    answer, _ = told(case.name)
    for flip in answer.looked.flips:
        assert turned(case, flip) != "out", flip
        if flip.less is not None:
            assert flip.less <= flip.amount * 9 / 10
            assert turned(case, flip, less=True) != "in", flip


@pytest.mark.parametrize("case", EVERY)
def test_something_is_found_that_turns_it(case: Refusal) -> None:
    answer, _ = told(case.name)
    assert answer.looked.flips or causes(answer) & set(UNCHANGED)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(r, id=r.name)
        for r in REFUSALS
        if r.rule in ("fund-budget", "own-money", "most-phases", "booth-quota")
    ],
)
def test_the_limit_itself_is_among_the_changes_with_the_least_amount(case: Refusal) -> None:
    """In the limit's own unit, to within nine tenths: fen for money, else booths, firms, square metres or phases."""
    answer, _ = told(case.name)
    tables = {"fund-budget": ("funds", "instalments"), "booth-quota": ("quotas",)}.get(case.rule, ("firms",))
    own = [f for f in answer.looked.flips if f.assumptions[0].table in tables]
    scale = 100 if case.rule in ("fund-budget", "own-money") else 1
    assert own
    assert case.least <= min(f.amount for f in own) * scale <= case.least * 10 / 9
