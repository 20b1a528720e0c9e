from __future__ import annotations

from datetime import date

from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.duties import blocked_by, dues, occasion_of, occasions_of
from tests import builders as b
from tests.rules import plans


def found(programme: Programme, phase_id: str = "abroad-1-1") -> dict[str, tuple[date, date]]:
    occasion = occasion_of(programme, phase_id)
    assert occasion is not None
    return {x.duty.duty_id: (x.due, x.working) for x in dues(programme, occasion)}


def test_days_are_counted_from_the_opening_and_never_moved() -> None:
    # the fair opens on 18 March 2025; 30 days before is Sunday, 16 February
    assert found(b.a_programme(duties=(b.duty(),))) == {"visa": (date(2025, 2, 16), date(2025, 2, 14))}


def test_working_days_are_counted_by_the_calendar_in_force() -> None:
    duties = (b.duty("notice", -5, unit="working-days", anchor="filing"), b.duty("filing", -38))
    # filing is due on Saturday, 8 February 2025, which is worked; five working days before: 3 February is still a holiday
    assert found(b.a_programme(duties=duties))["notice"] == (date(2025, 1, 26), date(2025, 1, 26))


def test_a_duty_counted_from_one_that_does_not_arise_is_left_out() -> None:
    duties = (b.duty("carnet", -10, anchor="freight"), b.duty("freight", territories=("US",)))
    assert found(b.a_programme(duties=duties)) == {}


def test_the_strictest_of_those_that_stand_for_another_is_kept_and_others_are_counted_from_it() -> None:
    duties = (
        b.duty("apply", -45), b.duty("apply-sg", -60, replaces="apply", territories=("SG",)),
        b.duty("apply-far", -90, replaces="apply"), b.duty("notice", -7, anchor="apply"),
    )  # fmt: skip
    assert {k: v[0] for k, v in found(b.a_programme(duties=duties)).items()} == {
        "notice": date(2024, 12, 11),
        "apply-far": date(2024, 12, 18),
    }


def test_duties_of_other_regimes_and_countries_do_not_arise() -> None:
    duties = (b.duty(territories=("US",)), b.duty("home", regimes=("home",)), b.duty("two", least_countries=2))
    programme = b.a_programme(duties=duties)
    assert found(programme) == {}
    assert set(found(programme, "expo-1-1")) == {"home"}


def test_a_year_without_a_notice_is_told_as_a_forecast() -> None:
    late = b.phase("abroad", 1, start=date(2027, 3, 16), end=date(2027, 3, 18), place_id="lion", year=2027)
    programme = b.a_programme(phases=(late,), applications=(), quotas=(), duties=(b.duty(unit="working-days"),))
    occasion = occasion_of(programme, "abroad-1-1")
    assert occasion is not None
    assert [x.is_forecast for x in dues(programme, occasion)] == [True]


def test_a_blocking_duty_that_is_past_stands_in_the_way_until_a_permit_is_registered() -> None:
    programme = b.a_programme(duties=(b.duty(days=-200, blocks=True), b.duty("soft", -200)))
    due = blocked_by(programme, "abroad-1-1", "east")
    assert due is not None
    assert due.duty.duty_id == "visa"
    assert blocked_by(b.a_programme(duties=(b.duty(blocks=True),)), "abroad-1-1", "east") is None
    approved = programme.model_copy(update={"approvals": (b.approval(),)})
    assert blocked_by(approved, "abroad-1-1", "east") is None
    elsewhere = programme.model_copy(update={"approvals": (b.approval(zone_id="west"),)})
    assert blocked_by(elsewhere, "abroad-1-1", "east") is not None


def test_planned_delegations_are_counted_from_their_own_days() -> None:
    programme = b.a_programme(duties=(b.duty(anchor="departs", days=-1), b.duty("report", 20, anchor="returns")))
    (occasion,) = occasions_of(programme, [plans.delegation()])
    assert (occasion.is_planned, occasion.zone_id) == (True, "prov")
    assert [x.due for x in dues(programme, occasion)] == [date(2025, 3, 16), date(2025, 4, 10)]
