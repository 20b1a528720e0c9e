"""How far a public notice has come, day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.rules.reckon.notices import Stage, standing
from tests import builders as b

FIRST, LAST = date(2024, 11, 4), date(2024, 11, 8)


def at(as_of: date, **changes: Any) -> Stage:
    programme = b.a_programme(settings=b.settings(as_of=as_of), notices=(b.notice(FIRST, LAST, **changes),))
    return standing(programme, "expo-1-1", "expo-tea").stage


@pytest.mark.parametrize(("day", "stage"), [(3, Stage.AHEAD), (4, Stage.RUNNING), (8, Stage.RUNNING), (9, Stage.ENDED)])
def test_a_notice_runs_from_its_first_to_its_last_day(day: int, stage: Stage) -> None:
    assert at(date(2024, 11, day)) is stage


def test_objections_without_an_answer_keep_the_list_open_after_the_last_day() -> None:
    assert at(date(2024, 11, 9), objections=2, answered=1) is Stage.OBJECTIONS
    assert at(date(2024, 11, 9), objections=2, answered=2) is Stage.ENDED


def test_only_an_ended_notice_confirms_and_none_is_none() -> None:
    confirms = {stage for stage in Stage if type(standing(b.a_programme(), "expo-1-1", ""))(stage).is_confirmed}
    assert confirms == {Stage.ENDED}
    assert standing(b.a_programme(), "expo-1-1", "").stage is Stage.NONE


def test_a_notice_of_another_section_says_nothing() -> None:
    assert at(date(2024, 11, 5), section_id="expo-ore") is Stage.NONE


def test_working_days_are_counted_with_both_ends() -> None:
    programme = b.a_programme(notices=(b.notice(date(2024, 11, 1), date(2024, 11, 7)),))
    found = standing(programme, "expo-1-1", "")
    assert (found.working_days, found.forecast) == (5, False)
    later = b.a_programme(notices=(b.notice(date(2099, 6, 1), date(2099, 6, 5)),))
    assert standing(later, "expo-1-1", "").forecast


def test_the_latest_notice_counts() -> None:
    notices = (b.notice(FIRST, LAST), b.notice(date(2024, 12, 2), date(2024, 12, 6), notice_id="n2"))
    programme = b.a_programme(settings=b.settings(as_of=date(2024, 12, 3)), notices=notices)
    assert standing(programme, "expo-1-1", "").stage is Stage.RUNNING
