"""What firms ask for."""

from __future__ import annotations

import pytest

from fairplanner.domain.kinds import ApplicationState
from fairplanner.pose import pose
from fairplanner.rules.reckon.asking import asks
from fairplanner.rules.reckon.score import order_key
from tests import builders as b


@pytest.mark.parametrize("state", ApplicationState)
def test_nothing_comes_of_what_is_out_and_of_all_else_something_may(state: ApplicationState) -> None:
    a = b.application(state=state)
    assert asks(b.a_programme(), a) is (state not in (ApplicationState.WITHDRAWN, ApplicationState.NOT_ADMITTED))


def test_a_decision_gives_a_place_to_whom_the_review_left_out_but_not_to_whom_withdrew() -> None:
    programme = b.a_programme(decisions=(b.decision(firm_id="f1"),))
    assert asks(programme, b.application(state="not-admitted"))
    assert not asks(programme, b.application(state="withdrawn"))


@pytest.mark.parametrize("given", [False, True])
def test_pose_says_of_whom_the_review_left_out_that_it_did_unless_a_decision_gives_the_place(given: bool) -> None:
    decisions = (b.decision(firm_id="f1"),) if given else ()
    problem = pose(b.a_programme(applications=(b.application(state="not-admitted"),), decisions=decisions))
    told = [dict(e.facts)["reason"] for e in problem.excluded if e.rule == "asked-for"]
    assert (told, len(problem.participations) > 0) == (([], True) if given else (["not-admitted"], False))


@pytest.mark.parametrize("policy", ["rank", "first-confirmed", "lottery"])
def test_the_reserve_list_stands_behind_all_others_in_every_order(policy: str) -> None:
    asked = (
        b.application("f1", state="reserve", score=99),
        b.application("f2", score=10),
        b.application("f3", score=20),
    )
    programme = b.a_programme(applications=asked, choices=(b.choice("expo", policy=policy),), draws=(b.draw(),))
    assert max(asked, key=lambda a: order_key(programme, a)).firm_id == "f1"
    ranks = pose(programme).participations.drop_duplicates("application").set_index("firm")["rank"]
    assert ranks["f1"] == 3
