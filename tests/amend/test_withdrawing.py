"""A firm withdraws: what goes, what stays true, what is remembered, and when it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.amend import Broken, withdraw
from fairplanner.domain.kinds import ApplicationState
from fairplanner.errors import UserError
from fairplanner.rules import check
from fairplanner.rules.reckon.value import plan_value
from tests import builders as b
from tests.amend.plans import DECIDED, a_queue, act, firms_at, planned


def refused(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [p.what for p in error.value.problems]


def test_the_place_the_journey_and_the_state_go_and_the_plan_is_true_again() -> None:
    programme, plan = a_queue()
    made = withdraw(programme, plan, "f2", "expo-1-1", act())
    after, new = made.after
    assert firms_at(plan) == ["f1", "f2", "f3"]
    assert firms_at(new) == ["f1", "f3"]
    assert {j.firm_id for j in new.journeys} == {"f1", "f3"}
    assert check(after, new) == ()
    assert new.value == plan_value(after, new)
    row = after.application["f2/expo-1-1/-"]
    assert row.state is ApplicationState.WITHDRAWN
    assert "产品未备齐" in row.note
    assert [dict(x.facts)["reason"] for x in new.excluded if x.firm_id == "f2"] == ["withdrawn"]
    assert [p.firm_id for p in made.amendment.out] == ["f2"]


def test_nothing_is_proven_of_the_new_plan_and_it_is_the_next_draft() -> None:
    _, new = withdraw(*a_queue(), "f2", "expo-1-1", act()).after
    assert (new.status, new.bound, new.gap, new.engine, new.revision) == ("amended", None, None, "amended", 2)
    assert new.reproducible


def test_the_empty_booth_is_remembered_and_is_no_participation() -> None:
    made = withdraw(*a_queue(), "f2", "expo-1-1", act())
    (row,) = made.after[0].ledger
    assert (row.firm_id, row.fair_id, row.on, row.empty, row.booths) == ("f2", "expo", date(2025, 4, 19), 1, 0)
    assert "产品未备齐" in row.note
    assert made.after[0].by_firm.ledger == {}


def test_a_firm_that_withdraws_twice_is_told_so() -> None:
    made = withdraw(*a_queue(), "f2", "expo-1-1", act())
    with pytest.raises(UserError) as error:
        withdraw(*made.after, "f2", "expo-1-1", act())
    assert refused(error) == ["amend-withdrawn-already"]


def test_the_name_of_a_firm_and_a_whole_fair_are_understood() -> None:
    programme, plan = a_queue()
    made = withdraw(programme, plan, "示例企业f2", "expo", act())
    assert made.amendment.phases == ("expo-1-1",)
    assert firms_at(made.after[1]) == ["f1", "f3"]


@pytest.mark.parametrize(
    ("firm", "fair", "what"),
    [("f22", "expo", "amend-firm-unknown"), ("f2", "exp", "amend-fair-unknown"), ("f2", "abroad", "amend-no-place")],
)
def test_what_is_not_there_is_told_with_what_is_near(firm: str, fair: str, what: str) -> None:
    with pytest.raises(UserError) as error:
        withdraw(*a_queue(), firm, fair, act())
    assert refused(error) == [what]
    assert set(dict(error.value.problems[0].facts).values()) - {"-", ""}


def test_a_fair_that_is_over_is_not_withdrawn_from() -> None:
    with pytest.raises(UserError) as error:
        withdraw(*a_queue(), "f2", "expo-1-1", act(on=date(2025, 4, 20)))
    assert refused(error) == ["amend-over"]


def test_a_firm_that_only_waits_leaves_the_reserve_list() -> None:
    made = withdraw(*a_queue(), "f4", "expo-1-1", act())
    assert firms_at(made.after[1]) == ["f1", "f2", "f3"]
    assert made.amendment.out == ()
    assert made.after[0].ledger == ()
    assert made.after[0].application["f4/expo-1-1/-"].state is ApplicationState.WITHDRAWN


def test_a_decision_that_it_must_go_is_lifted_only_with_a_post_and_a_document() -> None:
    programme, plan = a_queue(decisions=(b.decision(firm_id="f2"),))
    with pytest.raises(Broken) as error:
        withdraw(programme, plan, "f2", "expo-1-1", act())
    assert [v.rule for v in error.value.violations] == ["decisions"]
    made = withdraw(programme, plan, "f2", "expo-1-1", act(**DECIDED))
    assert [(d.kind.value, d.firm_id, d.by, d.basis) for d in made.after[0].decisions] == [
        ("must-not", "f2", "处长", "纪要9号")
    ]
    assert {x.what for x in made.amendment.consequences} >= {"lifted", "barred"}


def test_a_delegation_below_its_least_size_is_for_people_to_decide() -> None:
    asked = tuple(b.application(f, "abroad-1-1") for f in ("f1", "f2"))
    programme, plan = planned(b.a_programme(applications=asked, targets=(b.target(points=9_999),)))
    assert firms_at(plan, "abroad-1-1") == ["f1", "f2"]
    with pytest.raises(Broken) as error:
        withdraw(programme, plan, "f1", "abroad", act())
    assert [v.rule for v in error.value.violations] == ["delegation-size"]


def test_turns_and_claims_of_what_is_left_are_counted_again() -> None:
    pack = b.pack(b.pack_subsidy(turns=(Decimal("0.5"), Decimal("0.3"))))
    asked = tuple(b.application("f1", q) for q in ("expo-1-1", "expo-1-2"))
    programme, plan = planned(b.packed(pack, applications=asked, quotas=(), targets=()))
    assert [(c.phase_id, c.turn, c.amount) for c in plan.claims] == [("expo-1-1", 1, 5000), ("expo-1-2", 2, 3000)]
    made = withdraw(programme, plan, "f1", "expo-1-1", act())
    assert [(c.phase_id, c.turn, c.amount) for c in made.after[1].claims] == [("expo-1-2", 1, 5000)]
    assert [(x.what, x.amount) for x in made.amendment.losses if x.what == "claims"] == [("claims", Decimal(3000))]


def test_what_a_yearly_limit_took_is_given_back_once_another_claim_is_gone() -> None:
    pack = b.pack(b.pack_subsidy(), limits=(b.limit(6_000, each=("year",)),))
    asked = tuple(b.application("f1", q) for q in ("expo-1-1", "expo-1-2"))
    programme, plan = planned(b.packed(pack, applications=asked, quotas=(), targets=()))
    assert [c.amount for c in plan.claims] == [5000, 1000]
    made = withdraw(programme, plan, "f1", "expo-1-1", act())
    assert [c.amount for c in made.after[1].claims] == [5000]


def test_with_promote_the_place_goes_down_the_reserve_order_and_nothing_stays_empty() -> None:
    made = withdraw(*a_queue(), "f2", "expo-1-1", act(), promote=True)
    assert firms_at(made.after[1]) == ["f1", "f3", "f4"]
    assert [p.firm_id for p in made.amendment.came] == ["f4"]
    assert made.after[0].ledger == ()


def test_a_firm_that_was_invited_is_not_invited_again() -> None:
    fairs = (b.fair("abroad"), b.fair("expo", sectors=("tea",)))
    programme, plan = planned(
        b.a_programme(settings=b.settings(invite=True), fairs=fairs, applications=(), targets=(b.target(points=500),))
    )
    place = next(p for p in plan.participations if p.invited)
    made = withdraw(programme, plan, place.firm_id, place.phase_id, act())
    assert place.firm_id not in firms_at(made.after[1], place.phase_id)
    assert check(*made.after) == ()
    assert [a.state for a in made.after[0].applications] == [ApplicationState.WITHDRAWN]
