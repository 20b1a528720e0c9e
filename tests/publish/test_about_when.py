"""About when a fair is held: by the name of the part of the year, and read back as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Excluded
from fairplanner.intake.printed_dates import Days, read_days
from fairplanner.publish.dress import Dress
from fairplanner.publish.lists.yearlist import year_list
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.reasons import Reasons
from fairplanner.words import words
from tests import builders as b


def window(first: date, last: date, status: Status = Status.PROJECTED) -> object:
    return b.phase(start=None, end=None, window_start=first, window_end=last, status=status)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ((4, 11), (4, 20), "2027年4月中旬（暂定）", "mid-April 2027 (provisional)"),
        ((2, 21), (2, 28), "2027年2月下旬（暂定）", "late February 2027 (provisional)"),
        ((4, 1), (4, 30), "2027年4月（暂定）", "April 2027 (provisional)"),
        ((4, 1), (6, 30), "2027年第二季度（暂定）", "second quarter of 2027 (provisional)"),
        ((1, 1), (6, 30), "2027年上半年（暂定）", "first half of 2027 (provisional)"),
        ((4, 21), (5, 10), "2027年4月下旬—5月上旬（暂定）", "late April – early May 2027 (provisional)"),
        ((4, 3), (4, 25), "2027年4月3日—4月25日之间（暂定）", "between 3 April and 25 April 2027 (provisional)"),
    ],
)
def test_a_window_has_a_name(first: tuple[int, int], last: tuple[int, int], zh: str, en: str):
    phase = window(date(2027, *first), date(2027, *last))
    assert Dress(words("zh")).phase_days(phase) == zh  # type: ignore[arg-type]
    assert Dress(words("en")).phase_days(phase) == en  # type: ignore[arg-type]


@given(
    st.dates(date(1991, 1, 1), date(2099, 1, 1)), st.integers(0, 500), st.sampled_from(["zh", "en"]),
    st.sampled_from([s for s in Status if s is not Status.CANCELLED]), st.booleans(),
)  # fmt: skip
def test_every_window_we_print_is_read_back(first: date, length: int, lang: str, status: Status, round_: bool):
    if round_:
        first = first.replace(day=(1, 11, 21)[first.day % 3])
    last = first + timedelta(days=length)
    if round_:
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    printed = Dress(words(lang)).phase_days(window(first, last, status))  # type: ignore[arg-type]
    assert read_days(printed) == Days(first, last, "window")


def test_the_list_prints_windows_before_what_is_not_known_and_the_plan_says_why_it_left_them_out():
    known = window(date(2025, 4, 11), date(2025, 4, 20)).model_copy(update={"phase_id": "z-1"})  # type: ignore[attr-defined]
    nothing = b.phase(phase_id="a-1", start=None, end=None, status=Status.UNKNOWN)
    programme = b.a_programme(phases=(*b.a_programme().phases, nothing, known))
    assert {"a-1", "z-1"} == {q.phase_id for q in programme.undated()}
    page = next(iter(year_list(programme, "zh"))).content.decode()
    assert 0 < page.index("2025年4月中旬（暂定）") < page.rindex("待定")
    reasons = Reasons(Naming(programme, "zh"), Dress(words("zh")))
    said = [
        reasons.sentence(Excluded(kind="phase", rule="travel-dates", phase_id=q, facts=(("reason", "undated"),)))
        for q in ("z-1", "a-1")
    ]
    assert said == ["大致时间为2025年4月中旬（暂定），日期未定，不能编排", "展期日期待定"]
