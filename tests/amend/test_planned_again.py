"""What was done by hand stands when the plan is made again from tables that do not know of it, once it is taken over."""

from __future__ import annotations

from fairplanner.amend import by_firm, people, post, promote, withdraw
from fairplanner.domain.amending import Amended
from fairplanner.domain.earlier import with_settled
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.taking_over import taken_over, unsaid
from tests.amend.plans import DECIDED, a_queue, act, firms_at, planned
from tests.amend.test_posts import abroad


def again(tables: Programme, made: Amended) -> Plan:
    """The plan made again from the tables as they were, with what was done by hand taken over."""
    snapshot, plan = made.after
    return planned(with_settled(taken_over(snapshot, tables), plan, snapshot))[1]


def test_who_withdrew_stays_away_and_who_was_promoted_stays_in() -> None:
    tables, plan = a_queue()
    made = promote(*withdraw(tables, plan, "f2", "expo-1-1", act()).after, "expo-1-1", act("promote"))
    assert {x.hand.key for x in unsaid(made.after[0], tables)} == {"f2/expo-1-1/", "f4/expo-1-1/"}
    assert firms_at(again(tables, made)) == firms_at(made.after[1]) == ["f1", "f3", "f4"]


def test_who_came_by_decision_out_of_turn_stays_in() -> None:
    tables, plan = a_queue()
    made = by_firm(tables, plan, "f2", "expo-1-1", "f5", act("firm", **DECIDED))
    assert firms_at(again(tables, made)) == ["f1", "f3", "f5"]


def test_fewer_people_stay_fewer() -> None:
    tables, plan = a_queue()
    made = people(tables, plan, "f2", "expo-1-1", 1, act("people"))
    assert [p.people for p in again(tables, made).participations if p.firm_id == "f2"] == [1]


def test_the_post_that_was_put_in_goes_again() -> None:
    tables, plan = abroad()
    (d,) = plan.delegations
    new = next(x for x in ("lead-1", "lead-2") if x not in d.posts)
    made = post(tables, plan, d.delegation_id, d.posts[0], new, act("post"))
    assert made.after[0].by_hand == ()
    assert [x.posts for x in again(tables, made).delegations] == [(new,)]
