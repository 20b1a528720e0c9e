"""The next on the reserve order comes in: in turn, never another, and who cannot is passed over by a named rule."""

from __future__ import annotations

from typing import Any

import pytest

from fairplanner.amend import promote, withdraw
from fairplanner.domain.amending import Amended
from fairplanner.domain.kinds import ApplicationState
from fairplanner.errors import UserError
from fairplanner.rules import check
from tests import builders as b
from tests.amend.plans import FIRMS, a_queue, act, firms_at


def left_by(firm_id: str = "f2", **tables: Any) -> Amended:
    return withdraw(*a_queue(**tables), firm_id, "expo-1-1", act())


def test_the_next_in_turn_gets_the_place_as_the_rules_reckon_it() -> None:
    made = promote(*left_by().after, "expo-1-1", act("promote"))
    programme, plan = made.after
    assert firms_at(plan) == ["f1", "f3", "f4"]
    assert check(programme, plan) == ()
    assert programme.application["f4/expo-1-1/-"].state is ApplicationState.ADMITTED
    assert [x for x in plan.excluded if x.firm_id == "f4"] == []
    assert plan.revision == 3


def test_booths_that_are_taken_up_are_no_longer_empty() -> None:
    before = left_by()
    assert [row.empty for row in before.after[0].ledger] == [1]
    assert promote(*before.after, "expo-1-1", act("promote")).after[0].ledger == ()


def test_who_has_withdrawn_from_the_list_is_not_in_it() -> None:
    gone = withdraw(*left_by().after, "f4", "expo-1-1", act())
    assert firms_at(promote(*gone.after, "expo-1-1", act("promote")).after[1]) == ["f1", "f3", "f5"]


def test_who_is_away_elsewhere_is_passed_over_and_the_rule_is_named() -> None:
    asked = tuple(b.application(f, score=90.0 - 10 * n) for n, f in enumerate(FIRMS))
    elsewhere = b.phase("clash", start=b.phase().start, end=b.phase().end, place_id="hills")
    tables: dict[str, Any] = {
        "fairs": (*b.a_programme().fairs, b.fair("clash")), "phases": (*b.a_programme().phases, elsewhere),
        "applications": (*asked, b.application("f4", "clash-1-1")), "prices": (b.price(), b.price("clash")),
        "choices": (b.choice("clash", policy="optimise"),),
    }  # fmt: skip
    programme, plan = left_by(**tables).after
    assert firms_at(plan, "clash-1-1") == ["f4"]
    known = promote(programme, plan, "expo-1-1", act("promote"))
    untold = promote(programme, plan.model_copy(update={"excluded": ()}), "expo-1-1", act("promote"))
    for made, turn, rule in ((known, 0, "unplaced-teams"), (untold, 1, "firm-teams")):
        assert firms_at(made.after[1]) == ["f1", "f3", "f5"]
        (passed,) = made.amendment.passed
        assert (passed.application_id, passed.turn) == ("f4/expo-1-1/-", turn)
        assert rule in passed.rules


def test_nobody_behind_one_who_wants_more_than_is_free_is_let_in() -> None:
    asked = tuple(
        b.application(f, score=90.0 - 10 * n, booths=2 if f == "f4" else 1, least_booths=2 if f == "f4" else 1)
        for n, f in enumerate(FIRMS)
    )
    with pytest.raises(UserError) as error:
        promote(*left_by(applications=asked).after, "expo-1-1", act("promote"))
    (problem,) = error.value.problems
    assert problem.what == "amend-nobody-can"
    assert "f4" in dict(problem.facts)["told.zh"]
    assert "f5" in dict(problem.facts)["told.en"]


def test_a_full_list_an_empty_one_and_a_fair_without_an_order_are_told_apart() -> None:
    told = []
    three = tuple(b.application(f, score=90.0) for f in FIRMS[:3])
    chosen = (b.choice("expo", policy="optimise"),)
    for programme, plan in (a_queue(), a_queue(applications=three), a_queue(choices=chosen)):
        with pytest.raises(UserError) as error:
            promote(programme, plan, "expo-1-1", act("promote"))
        told.append(error.value.problems[0].what)
    assert told == ["amend-full", "amend-nobody-waits", "amend-no-order"]


def test_of_several_lists_one_must_be_named() -> None:
    sections = (b.section("expo-tea"), b.section("expo-tin", name_zh="锡", name_en="Tin"))
    asked = tuple(
        b.application(f, score=90.0 - 10 * n, section_id="expo-tea" if n % 2 else "expo-tin")
        for n, f in enumerate(FIRMS)
    )
    quotas = tuple(b.quota(booths=1, section_id=s.section_id) for s in sections)
    programme, plan = a_queue(sections=sections, applications=asked, quotas=quotas)
    gone = withdraw(programme, plan, "f1", "expo-1-1", act()).after
    with pytest.raises(UserError) as error:
        promote(*gone, "expo-1-1", act("promote"))
    assert error.value.problems[0].what == "amend-several-lists"
    made = promote(*gone, "expo-1-1", act("promote"), "expo-tin")
    assert [p.firm_id for p in made.amendment.came] == ["f3"]
    with pytest.raises(UserError) as error:
        promote(*gone, "expo-1-1", act("promote"), "nowhere")
    assert error.value.problems[0].what == "amend-no-list"


def test_the_one_who_comes_in_claims_what_the_subsidies_mean() -> None:
    programme, plan = a_queue(subsidies=(b.subsidy(where="home"),))
    gone = withdraw(programme, plan, "f2", "expo-1-1", act()).after
    made = promote(*gone, "expo-1-1", act("promote"))
    assert sorted(c.firm_id for c in made.after[1].claims) == ["f1", "f3", "f4"]
    assert len({c.amount for c in made.after[1].claims}) == 1
