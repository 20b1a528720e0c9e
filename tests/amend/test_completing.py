"""What people must know of a change: losses, parties, consequences; unknown stays unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.amend import people, withdraw
from fairplanner.domain.amending import Amended
from fairplanner.domain.kinds import Confidence
from tests import builders as b
from tests.amend.plans import FIRMS, a_queue, act


def lost(made: Amended) -> dict[str, Decimal | None]:
    return {x.what: x.amount for x in made.amendment.losses}


def follows(made: Amended) -> dict[str, dict[str, str]]:
    return {x.what: dict(x.said) for x in made.amendment.consequences}


def f2_leaves(on: date = date(2025, 1, 10), **tables: Any) -> Amended:
    return withdraw(*a_queue(**tables), "f2", "expo-1-1", act(on=on))


def test_a_stand_whose_price_is_not_known_is_not_told_as_nothing() -> None:
    assert lost(f2_leaves())["stand"] == Decimal(10_000)
    assert lost(f2_leaves(prices=()))["stand"] is None


def test_whether_the_stand_is_paid_is_known_only_where_the_state_says_so() -> None:
    asked = [b.application(f, score=90.0 - 10 * n) for n, f in enumerate(FIRMS)]
    asked[1] = b.application("f2", score=80.0, state="paid")
    told = [dict(made.amendment.losses[0].said)["paid"] for made in (f2_leaves(), f2_leaves(applications=tuple(asked)))]
    assert told == ["unpaid-unknown", "paid"]


@pytest.mark.slow
def test_a_deposit_is_lost_only_where_nobody_of_the_zone_goes_any_more() -> None:
    alone = {"applications": (b.application("f2", score=80.0),)}
    for tables, until, what in (
        ({}, None, "deposit-kept"),
        (alone, None, "deposit-lost"),
        (alone, date(2025, 1, 10), "deposit-back"),
        (alone, date(2025, 1, 9), "deposit-lost"),
    ):
        deposit = b.g.Deposit(
            phase_id="expo-1-1", zone_id="prov", amount=Decimal(5_000), refund_until=until, **b.SAMPLE
        )
        assert lost(f2_leaves(deposits=(deposit,), **tables))[what] == Decimal(5_000)


def test_fewer_people_lose_their_part_of_the_journey_and_no_stand() -> None:
    made = people(*a_queue(), "f2", "expo-1-1", 1, act("people"))
    assert set(lost(made)) == {"travel"}
    assert lost(made)["travel"] > 0  # type: ignore[operator]


def test_who_is_next_and_what_is_left_of_the_delegation_are_told() -> None:
    told = follows(f2_leaves())
    assert told["next"]["firm"] == "f4"
    assert told["empty"] == {"booths": "1", "firm": "f2", "phase": "expo-1-1"}
    assert (told["delegation"]["firms"], told["delegation"]["least"]) == ("2", "0")
    only = follows(f2_leaves(applications=(b.application("f2", score=80.0),)))
    assert only["delegation-empty"]["zone"] in ("prov", "east")
    assert "nobody-next" in only


def test_a_fair_without_an_order_has_no_next() -> None:
    assert "no-order" in follows(f2_leaves(choices=(b.choice("expo", policy="optimise"),), quotas=()))


def test_everybody_concerned_is_told_and_nobody_else() -> None:
    made = f2_leaves(subsidies=(b.subsidy(where="home"),))
    told = [(x.who, x.why) for x in made.amendment.told]
    assert told[0] == ("firm", "out")
    assert ("organiser", "places") in told
    assert ("fund", "claims") in told
    assert {x.subject for x in made.amendment.told if x.who == "firm"} == {"f2"}
    assert len(set(told)) == len(made.amendment.told)


def test_a_permit_of_the_exhibition_is_told_with_the_people_it_now_has() -> None:
    asked = tuple(b.application(f, "abroad-1-1") for f in FIRMS)
    permit = b.approval(kind="exhibition", people=12)
    programme, plan = a_queue(
        applications=asked, approvals=(permit,), targets=(b.target(points=9_999, at_least=5),), choices=(b.choice("abroad", least_firms=2),)
    )  # fmt: skip
    sponsor = plan.participations[0].sponsor
    programme = type(programme)(
        **{name: getattr(programme, name) for name in type(programme).model_fields}
        | {"approvals": (permit.model_copy(update={"zone_id": sponsor}),)}
    )
    made = withdraw(programme, plan, "f2", "abroad-1-1", act())
    assert follows(made)["permit"] == {
        "approval": "a1",
        "approved": "12",
        "now": str(2 * (len(plan.participations) - 1)),
    }
    assert ("permit", "a1") in {(x.who, x.subject) for x in made.amendment.told}
    assert made.after[0].ledger[0].confidence is Confidence.SAMPLE


def test_targets_that_move_are_told_by_whether_they_are_still_reached() -> None:
    made = f2_leaves(targets=(b.target("t1", 3), b.target("t2", 1)))
    assert follows(made)["target"] == {"now": "2", "target": "t1", "wanted": "3", "was": "3"}
    assert follows(made)["target-kept"]["target"] == "t2"
