"""Permits that must be filed again."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.refiling import refilings
from tests import builders as b
from tests.rules.plans import delegation, plan

APPLY = b.duty("apply", -10, who="officials", anchor="departs", unit="working-days")
NOTICE = b.duty("notice", -5, who="officials", anchor="apply", unit="working-days")


def programme(**tables: Any) -> Programme:
    return b.a_programme(**({"approvals": (b.approval(),), "duties": (APPLY, NOTICE, b.duty("visa"))} | tables))


LATER = {"depart": date(2025, 3, 18), "return_": date(2025, 3, 22)}
"""One day after the permit allows."""


def test_a_party_as_approved_needs_nothing() -> None:
    assert refilings(programme(), plan(programme(), delegation())) == ()


def test_a_party_on_other_days_files_again_and_the_working_days_are_counted_from_the_first_duty() -> None:
    (found,) = refilings(programme(), plan(programme(), delegation(**LATER)))
    assert [x.duty.duty_id for x in found.asked] == ["notice", "apply"]
    # 15 working days back from 18 March 2025, a Tuesday, with both ends counted
    assert (found.first, found.working_days) == (date(2025, 2, 25), 16)
    assert (found.is_forecast, found.is_overdue) == (False, False)


def test_what_should_have_begun_already_is_said_to_be_overdue() -> None:
    late = programme(settings=b.settings(as_of=date(2025, 3, 1)))
    (found,) = refilings(late, plan(late, delegation(**LATER)))
    assert found.is_overdue


def test_without_a_duty_that_says_so_the_working_days_are_not_known() -> None:
    own = programme(duties=())
    (found,) = refilings(own, plan(own, delegation(**LATER)))
    assert (found.first, found.working_days, found.asked) == (None, None, ())


def test_a_permit_without_a_party_is_not_used_and_one_for_a_cancelled_fair_has_fallen_away() -> None:
    (found,) = refilings(programme(), plan(programme()))
    assert (found.approval.approval_id, found.party) == ("a1", None)
    off = programme(phases=(b.phase("abroad", 1, place_id="lion", status="cancelled"),), applications=())
    assert refilings(off, plan(off)) == ()
