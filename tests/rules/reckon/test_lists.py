"""Lists of places before a plan and of a plan."""

from __future__ import annotations

from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Excluded
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists
from tests import builders as b
from tests.rules.plans import place, plan
from tests.rules.reckon.test_allotments import handed_out

PLAIN = {"booth_formula": False}


def shown(found: PlacesList) -> list[tuple[str, State, int, int]]:
    return [(x.application.firm_id, x.state, x.booths, x.turn) for x in found.lines]


def test_where_the_procedure_runs_the_list_is_what_it_gives() -> None:
    (found,) = places_lists(handed_out(quotas=(b.quota(booths=2),)))
    assert shown(found) == [
        ("f1", State.PLACED, 1, 0), ("f2", State.PLACED, 1, 0), ("f3", State.WAITING, 0, 1),
    ]  # fmt: skip
    assert (found.cutoff, found.available, found.booths) == (80.0, 2, 2)
    assert found.lines[2].why == (("full", 0),)


def test_elsewhere_places_go_down_the_order_while_there_are_booths() -> None:
    (found,) = places_lists(handed_out(PLAIN))
    assert shown(found) == [
        ("f1", State.PLACED, 3, 0), ("f2", State.PLACED, 2, 0), ("f3", State.WAITING, 0, 1),
    ]  # fmt: skip


def test_a_place_by_decision_stands_apart_and_sets_no_cut_off() -> None:
    (found,) = places_lists(
        handed_out(PLAIN, quotas=(b.quota(booths=4, reserve=1),), decisions=(b.decision(firm_id="f3"),))
    )
    assert shown(found) == [
        ("f1", State.PLACED, 3, 0), ("f2", State.WAITING, 0, 1), ("f3", State.PLACED, 1, 0),
    ]  # fmt: skip
    assert found.lines[2].is_decided
    assert found.cutoff == 90.0


def test_a_firm_kept_away_by_decision_neither_has_a_place_nor_waits() -> None:
    (found,) = places_lists(handed_out(PLAIN, decisions=(b.decision(firm_id="f1", kind="must-not"),)))
    assert shown(found)[0] == ("f1", State.OUT, 0, 0)
    assert found.lines[0].reason == "unplaced-decision"


def test_of_a_plan_who_has_a_place_is_what_the_plan_says_and_own_reasons_do_not_wait() -> None:
    programme = handed_out(PLAIN)
    gone = Excluded(
        kind="application", rule="unplaced-teams", firm_id="f1", phase_id="expo-1-1", facts=(("application", "f1/expo-1-1/-"),)
    )  # fmt: skip
    (found,) = places_lists(programme, plan(programme, place("f3", booths=2), excluded=(gone,)))
    assert shown(found) == [
        ("f1", State.OUT, 0, 0), ("f2", State.WAITING, 0, 1), ("f3", State.PLACED, 2, 0),
    ]  # fmt: skip


def test_fairs_weighed_freely_have_no_list_and_others_are_in_date_order() -> None:
    programme = b.a_programme(choices=(b.choice("expo", policy="rank"), b.choice("abroad", policy="first-confirmed")))
    found = places_lists(programme)
    assert [(x.phase_id, x.policy) for x in found] == [
        ("abroad-1-1", Policy.FIRST_CONFIRMED), ("expo-1-1", Policy.RANK), ("expo-1-2", Policy.RANK),
    ]  # fmt: skip
    assert found[0].cutoff is None
    free = b.a_programme(choices=(b.choice("expo", policy="optimise"), b.choice("abroad", policy="optimise")))
    assert places_lists(free) == ()
