"""What is said to turn a decision turns it, and nine tenths of it do not: on random small programmes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fairplanner.cli.said.change import ChangeWords
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import again, base_of
from fairplanner.explain.dials import CENT, Dial, cell
from fairplanner.explain.reasons.answers import WhyFirm
from fairplanner.explain.reasons.asking import Asking, Subject
from fairplanner.explain.reasons.flips import flips
from fairplanner.explain.reasons.looking import look, look_at_delegation, look_at_zone
from fairplanner.explain.reasons.why import why, why_delegation, why_zone
from fairplanner.pose import pose
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.reasons import Reasons
from fairplanner.solver import solve
from fairplanner.words import Words, words
from tests import builders as b
from tests.explain import planted

POLICIES = ("rank", "optimise", "first-confirmed")


def drawn(seed: int) -> Programme:
    """Five firms, two fairs at home and one abroad; quotas, own money, teams, scores and days by lot."""
    lot = random.Random(seed)  # noqa: S311 - a fixed seed, no secret
    names = [f"f{n}" for n in range(1, 6)]
    firms = tuple(
        b.firm(
            f, lot.choice(("east", "west")), record=round(lot.random(), 3), max_phases=lot.choice((None, 1, 2)),
            own_money=lot.choice((None, None, Decimal(lot.randrange(10, 60) * 1000))),
        )
        for f in names
    )  # fmt: skip
    asked = tuple(
        b.application(
            f, q, booths=lot.randrange(1, 4), score=lot.choice((None, round(lot.uniform(20, 95), 1))),
            received=date(2024, 9, lot.randrange(1, 30)),
        )
        for f in names for q in ("abroad-1-1", "expo-1-1", "expo-1-2") if lot.random() < 0.8
    )  # fmt: skip
    return planted.loose(
        firms=firms, applications=asked, quotas=(b.quota(booths=lot.randrange(2, 6)), b.quota("expo-1-2", lot.randrange(1, 5))),
        choices=(b.choice("abroad", least_firms=lot.randrange(0, 5)), b.choice("expo", policy=lot.choice(POLICIES))),
    )  # fmt: skip


def answered(programme: Programme, seed: int, questions: int = 0) -> tuple[WhyFirm, ...]:
    """Two applications by lot, one without a place if there is any."""
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    placed = {p.application_id for p in base.plan.participations}
    out = [a for a in programme.applications if a.application_id not in placed]
    lot = random.Random(seed)  # noqa: S311 - a fixed seed, no secret
    chosen = [lot.choice(rows) for rows in (out, list(programme.applications)) if rows]
    answers = (why(base, a.firm_id, a.phase_id) for a in chosen)
    return tuple(replace(w, looked=look(base, w, questions=questions)) for w in answers)


@pytest.mark.slow  # tests/properties/test_flips.py does the same in seconds
@pytest.mark.parametrize("seed", range(12))
def test_what_is_said_to_turn_a_decision_does_and_nine_tenths_do_not(seed: int) -> None:
    programme = drawn(seed)
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    found = 0
    for answer in answered(programme, seed, 0):
        subject = Subject((answer.phase_id,), firm_id=answer.firm_id)
        for flip in answer.looked.flips:
            found += 1
            assert flip.proof == "whole"
            assert subject.is_in(again(base, flip.assumptions, gap=0).plan) != answer.is_in, flip
            if flip.less is not None:
                assert Decimal(0) < flip.less <= flip.amount * Decimal("0.9")
                assert subject.is_in(again(base, flip.with_less, gap=0).plan) == answer.is_in, flip
    assert found


@pytest.mark.slow
def test_the_same_question_gives_the_same_answer() -> None:
    programme = drawn(3)
    assert answered(programme, 3) == answered(programme, 3)


@pytest.fixture(scope="module")
def asking() -> Asking:
    programme = planted.own_money_for_one()
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    return Asking(base, Subject(("expo-1-1",), firm_id="f3"))


def money(most: int, *marks: int) -> Dial:
    return Dial(
        "own-money", "money", CENT, Decimal(most),
        lambda x: (cell("firms", "f3", "own_money", 20_000 + x, 20_000),), tuple(map(Decimal, marks)),
    )  # fmt: skip


def test_the_least_amount_is_closed_in_upon_without_a_mark(asking: Asking) -> None:
    (flip,), vain, left = flips(asking, [money(100_000)])
    assert Decimal(10_588) <= flip.amount <= Decimal(10_588) / Decimal("0.9")
    assert flip.less is not None
    assert flip.less < 10_588
    assert vain == ()
    assert left == 0


def test_a_change_that_is_too_small_is_in_vain_and_says_what_stands_in_the_way_then(asking: Asking) -> None:
    found, (vain,), left = flips(asking, [money(5_000)])
    assert found == ()
    assert left == 0
    assert vain.amount == 5_000
    assert [e.rule for e in vain.reasons] == ["unplaced-money"]


def test_what_was_not_asked_for_want_of_questions_is_counted(asking: Asking) -> None:
    spent = Asking(asking.base, asking.subject, questions=1)
    assert spent.turns(money(5_000).at(Decimal(1))) is False
    found, vain, left = flips(spent, [money(100_000), money(90_000)])
    assert (found, vain, left) == ((), (), 2)


def test_a_number_between_two_is_as_round_as_can_be() -> None:
    dial = money(100_000)
    assert dial.between(Decimal(0), Decimal(23_160)) == 11_000
    assert dial.between(Decimal("0.01"), Decimal("0.03")) == Decimal("0.02")


@pytest.mark.slow
def test_the_opposite_decision_tells_what_it_costs_who_comes_and_who_goes() -> None:
    programme = planted.two_booths_in_order()
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    turned = look(base, why(base, "f3", "expo-1-1")).turned
    assert turned is not None
    assert turned.possible
    assert turned.lost == 10_000
    assert [x.firm_id for x in turned.goes] == ["f2"]
    assert turned.comes == ()
    turned = look(base, why(base, "f1", "expo-1-1")).turned
    assert turned is not None
    assert turned.lost == 20_000
    assert [x.firm_id for x in turned.comes] == ["f3"]


@pytest.mark.slow
def test_a_second_change_is_looked_for_where_the_first_is_not_enough() -> None:
    """Withdrawn, and behind two others in an order of two booths."""
    scores = {"f1": {"score": 90}, "f2": {"score": 80}, "f3": {"score": 70, "state": "withdrawn"}}
    programme = planted.loose(
        quotas=(b.quota(booths=2),), applications=planted.asked(**scores),
        choices=(b.choice("abroad"), b.choice("expo", policy="rank")),
    )  # fmt: skip
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    looked = look(base, why(base, "f3", "expo-1-1"))
    assert {f.kind for f in looked.flips} >= {"state+score", "state+quota"}
    assert looked.turned is None
    assert looked.vain[0].kind == "state"
    assert looked.vain[0].reasons[0].rule == "unplaced-rank"


def test_a_zone_without_a_delegation_is_told_what_would_send_one() -> None:
    programme = planted.poor_fund()
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    (flip,) = look_at_zone(base, why_zone(base, "prov", "abroad-1-1")).flips
    assert flip.kind == "fund"
    assert flip.amount == 1_134


def test_a_delegation_is_told_what_would_keep_it_at_home() -> None:
    programme = planted.loose(choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise")))
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    found = next(d for d in base.plan.delegations if d.stops[0].phase_id == "abroad-1-1")
    looked = look_at_delegation(base, why_delegation(base, found.delegation_id))
    assert looked.turned is not None
    assert looked.turned.lost is not None
    assert looked.turned.lost > 0
    (flip,) = [f for f in looked.flips if f.kind == "least-firms"]
    assert flip.amount == 2


@pytest.mark.slow
def test_several_limits_in_the_way_are_moved_together_first() -> None:
    """Neither its money nor its phases of the year are enough for a second fair."""
    programme = planted.own_money_for_one()
    firms = planted.of_firms(f3={"own_money": Decimal(20_000), "max_phases": 1})
    programme = programme.model_copy(update={"firms": firms})
    base = base_of(programme, solve(pose(programme), gap=0).plan)
    answer = why(base, "f3", "expo-1-1")
    assert {o.by.rule for a in answer.asked for o in a.obstacles} == {"own-money", "most-phases"}
    flip = look(base, answer).flips[0]
    assert set(flip.kind.split("+")) == {"own-money", "max-phases"}
    assert len(flip.assumptions) == 2
    assert not flip.is_least
    told = [
        ChangeWords(programme, w, reasons(programme, w), {}).said(flip.kind, flip.assumptions, flip.amount)
        for w in map(words, ("en", "zh"))
    ]
    assert "CNY 10,588.00 more" in told[0]
    assert "10,588.00 元" in told[1]


def reasons(programme: Programme, w: Words) -> Reasons:
    return Reasons(Naming(programme, w.lang), Dress(w))
