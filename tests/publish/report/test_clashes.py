"""What lies on the same days."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.duties import Blackout
from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Stop
from fairplanner.publish.report.clashes import Clash, ClashKind, clashes
from tests.publish import plans

APART = Stop(phase_id="expo-1-1", arrive=date(2025, 3, 18), leave=date(2025, 3, 20))


def _kinds(found: tuple[Clash, ...]) -> list[ClashKind]:
    return [c.kind for c in found]


def test_a_plan_in_which_nobody_is_in_two_places_has_none() -> None:
    assert clashes(plans.programme(), plans.plan()) == ()


def test_a_firm_with_more_journeys_out_than_teams_clashes_on_the_days_they_share() -> None:
    journeys = (
        plans.journey("f1", ("abroad-1-1",), depart=date(2025, 4, 9), return_=date(2025, 4, 12)),
        plans.journey("f1", ("expo-1-1",)),
    )
    (found,) = clashes(plans.programme(), plans.plan(journeys=journeys))
    assert (found.kind, found.subject, found.count, found.most) == (ClashKind.FIRM, "f1", 2, 1)
    assert (found.first, found.last, found.is_binding) == (date(2025, 4, 11), date(2025, 4, 12), True)
    assert found.delegations == ("prov/abroad-1-1", "prov/expo-1-1")


def test_a_firm_with_two_teams_may_be_in_two_places_and_not_in_three() -> None:
    base = plans.programme()
    firms = tuple(f.model_copy(update={"teams": 2}) if f.firm_id == "f1" else f for f in base.firms)
    journeys = [
        plans.journey("f1", ("expo-1-1",), journey_id=f"f1/{n}", depart=date(2025, 4, 10 + n), return_=date(2025, 4, 12 + n))
        for n in range(3)
    ]  # fmt: skip
    assert clashes(plans.programme(firms=firms), plans.plan(journeys=tuple(journeys[:2]))) == ()
    (found,) = clashes(plans.programme(firms=firms), plans.plan(journeys=tuple(journeys)))
    assert (found.first, found.last, found.count) == (date(2025, 4, 12), date(2025, 4, 12), 3)


def test_the_day_of_coming_home_and_the_day_of_leaving_both_count() -> None:
    out = plans.journey("f1", ("abroad-1-1",), depart=date(2025, 4, 1), return_=date(2025, 4, 11))
    assert _kinds(clashes(plans.programme(), plans.plan(journeys=(out, plans.journey("f1"))))) == [ClashKind.FIRM]
    day_before = out.model_copy(update={"return_": date(2025, 4, 10)})
    assert clashes(plans.programme(), plans.plan(journeys=(day_before, plans.journey("f1")))) == ()


def test_one_post_for_two_delegations_at_once_breaks_a_rule() -> None:
    at_home = plans.at_home(stops=(APART,), depart=date(2025, 3, 20), return_=date(2025, 3, 25), posts=("lead-1",))
    found = clashes(plans.programme(), plans.plan(delegations=(plans.abroad(), at_home)))
    assert _kinds(found) == [ClashKind.POST, ClashKind.SPONSOR]
    assert [c.is_binding for c in found] == [True, False]
    assert {(c.first, c.last) for c in found} == {(date(2025, 3, 20), date(2025, 3, 21))}


def test_a_sponsor_may_have_two_delegations_in_one_city() -> None:
    other = plans.at_home(delegation_id="prov/expo-1-2", stops=(APART.model_copy(update={"phase_id": "expo-1-2"}),))
    assert clashes(plans.programme(), plans.plan(delegations=(plans.at_home(), other))) == ()


def test_officials_out_on_days_to_avoid_are_told_and_who_has_none_is_not() -> None:
    days = {"first": date(2025, 3, 19), "last": date(2025, 4, 30)}
    closed = Blackout(blackout_id="x", zone_id="prov", binding=False, reason="x", confidence="user", source="x", **days)
    (found,) = clashes(plans.programme(blackouts=(closed,)), plans.plan())
    assert (found.kind, found.delegations) == (ClashKind.BLACKOUT, ("prov/abroad-1-1",))
    assert (found.first, found.last) == (date(2025, 3, 19), date(2025, 3, 21))


def test_a_fair_whose_dates_are_not_announced_may_move() -> None:
    base = plans.programme()
    phases = tuple(
        q.model_copy(update={"status": Status.PROJECTED}) if q.phase_id == "expo-1-1" else q for q in base.phases
    )
    (found,) = clashes(plans.programme(phases=phases), plans.plan())
    assert (found.kind, found.subject, found.is_binding) == (ClashKind.MOVABLE, "expo-1-1", False)
    assert found.first == base.phase["expo-1-1"].start
