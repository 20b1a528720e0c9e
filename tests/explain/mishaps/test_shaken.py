"""What breaks when fairs move and nobody plans anew: the same decisions on other days, judged by the rules."""

from __future__ import annotations

from datetime import timedelta

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.explain.assuming import assumed, parsed_all
from fairplanner.explain.mishaps.shaken import Shaken, known, shaken
from tests import builders as b
from tests.explain.uncertain import uncertain


def after(programme: Programme, plan: Plan, *texts: str) -> Shaken:
    return shaken(programme, assumed(programme, parsed_all(programme, texts)), plan, known(programme, plan))


def places(plan: Plan, phase_id: str) -> list[str]:
    return [p.participation_id for p in plan.participations if p.phase_id == phase_id]


def test_nothing_breaks_where_nothing_moves() -> None:
    assert after(*uncertain()) == Shaken((), (), ())


def test_a_cancelled_fair_loses_its_places_journeys_and_delegation() -> None:
    programme, plan = uncertain()
    found = after(programme, plan, "drop:tea-1-1")
    broken = {v.label for v in found.violations if v.rule == "travel-dates"}
    assert broken >= set(places(plan, "tea-1-1"))
    assert broken >= {d.delegation_id for d in plan.delegations if d.stops[0].phase_id == "tea-1-1"}
    assert found.parties == found.journeys == ()


def test_who_would_have_to_be_in_two_places_at_once_is_named_with_the_day() -> None:
    programme, plan = uncertain()
    day = programme.phase["tea-1-1"].start
    assert day is not None
    assert programme.phase["expo-1-1"].start == day - timedelta(days=26)
    found = after(programme, plan, "move:expo-1-1=+26d")
    clashes = [v for v in found.violations if v.rule == "firm-teams"]
    assert [(v.label, v.amount) for v in clashes] == [("f1", 1)]
    assert dict(clashes[0].facts)["teams"] == "1"


def test_dates_move_along_with_a_fair_that_nobody_else_is_bound_to() -> None:
    programme, plan = uncertain()
    found = after(programme, plan, "move:abroad-1-1=-7d")
    assert found.violations == ()
    assert {x.split("@")[0] for x in found.parties} == {
        d.party_id for d in plan.delegations if d.stops[0].phase_id == "abroad-1-1"
    }
    assert found.journeys == tuple(j.journey_id for j in plan.journeys if "abroad-1-1" in j.phases)


def test_a_permit_freezes_the_days() -> None:
    programme, plan = uncertain()
    party = next(d for d in plan.delegations if d.officials)
    permit = b.approval(
        zone_id=party.sponsor,
        phases=("abroad-1-1",),
        people=party.officials,
        depart=party.depart,
        back=party.return_,
    )
    held = programme.model_copy(update={"approvals": (permit,)})
    assert {v.rule for v in after(held, plan, "move:abroad-1-1=-7d").violations} == {"approvals"}
    assert after(held, plan).violations == ()


def test_what_was_broken_before_is_not_told_of_a_scenario() -> None:
    programme, plan = uncertain()
    less = plan.model_copy(update={"journeys": plan.journeys[1:]})
    assert known(programme, less)
    assert after(programme, less, "move:abroad-1-1=-7d").violations == ()
