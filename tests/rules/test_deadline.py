"""The last day to apply."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Milestone
from fairplanner.rules.deadline import Deadline
from tests import builders as b
from tests.rules.plans import broken, place

RULE = Deadline()


def closing(day: date, **application: object) -> Programme:
    return b.a_programme(choices=(b.choice("expo", closes=day),), applications=(b.application("f1", **application),))


def test_an_application_on_the_last_day_is_kept() -> None:
    assert broken(RULE, closing(date(2024, 10, 1)), place("f1")) == []


def test_an_application_a_day_later_is_broken() -> None:
    assert broken(RULE, closing(date(2024, 9, 30)), place("f1")) == [("f1/expo-1-1/-@prov", 1)]


def test_one_not_yet_received_counts_as_of_the_programmes_date() -> None:
    assert broken(RULE, closing(date(2024, 11, 1), received=None), place("f1")) == []
    assert broken(RULE, closing(date(2024, 10, 30), received=None), place("f1")) == [("f1/expo-1-1/-@prov", 2)]


def test_one_that_was_admitted_is_kept() -> None:
    assert broken(RULE, closing(date(2024, 9, 30), state="admitted"), place("f1")) == []


def test_a_milestone_that_closes_applications_counts() -> None:
    due = Milestone(
        milestone_id="m",
        what_zh="截止",
        what_en="closing",
        due=date(2024, 9, 29),
        phase_id="expo-1-1",
        closes=True,
        **b.SAMPLE,
    )
    assert broken(RULE, b.a_programme(milestones=(due,)), place("f1")) == [("f1/expo-1-1/-@prov", 2)]
