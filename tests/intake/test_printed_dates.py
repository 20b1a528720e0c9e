"""Days as people print them: every spelling of research/planner.md 13, what is refused, and all that we print ourselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.kinds import Status
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.printed_dates import Days, read_days, states_order
from fairplanner.publish.dress import Dress
from fairplanner.words import words
from tests import builders as b

APRIL = (date(2027, 4, 15), date(2027, 4, 19))
TURN = (date(2025, 10, 31), date(2025, 11, 4))
NEW_YEAR = (date(2027, 12, 28), date(2028, 1, 3))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *((text, APRIL) for text in (
            "2027年4月15日—19日", "2027年4月15—19日", "2027年4月15日—4月19日", "2027.4.15-19", "2027.4.15—4.19", "4/15-4/19", "4月15-19日",
            "2027-04-15至2027-04-19", "2027-04-15 - 2027-04-19", "2027/4/15～2027/4/19", "2027-04-15-2027-04-19", "15-19 April 2027",
            "Apr 15–19, 2027", "April 15 - April 19, 2027", "15th to 19th April 2027", "15-Apr-2027 - 19-Apr-2027", "2027年4月15号到19号",
            "2027 年 4 月 15 日 – 19 日", "４月１５日～１９日", "4月15日（周四）至4月19日（周一）", "自2027年4月15日起至19日止", "二〇二七年四月十五日至十九日",
            "Thursday 15 April to Monday 19 April 2027", "2027年4月15日—19日（共5天）", "4.15-4.19",
        )),
        *((text, TURN) for text in ("2025年10月31—11月4日", "Oct 31 to Nov 4, 2025", "October 31-November 4, 2025", "31 October – 4 November 2025")),
        *((text, NEW_YEAR) for text in ("12月28日-1月3日", "2027年12月28日—1月3日", "12月28日—2028年1月3日", "28 Dec 2027 - 3 Jan 2028")),
        *((text, (date(2026, 4, 15),) * 2) for text in ("46127", "20260415", "2026-04-15 00:00:00", "15 April 2026")),
    ],
)  # fmt: skip
def test_every_spelling_states_its_days(text: str, days: tuple[date, date]):
    found = read_days(text, 2027)
    assert (found.first, found.last, found.certainty) == (*days, "stated")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4月中旬", (4, 11), (4, 20)), ("2027年4月上旬", (4, 1), (4, 10)), ("4月下旬（暂定）", (4, 21), (4, 30)), ("2月底", (2, 21), (2, 28)),
        ("4月初", (4, 1), (4, 10)), ("4月中", (4, 11), (4, 20)), ("4月底5月初", (4, 21), (5, 10)), ("4月上旬至中旬", (4, 1), (4, 20)), ("上半年", (1, 1), (6, 30)),
        ("2027年下半年", (7, 1), (12, 31)), ("一季度", (1, 1), (3, 31)), ("第2季度", (4, 1), (6, 30)), ("Q2", (4, 1), (6, 30)),
        ("Q4 2027", (10, 1), (12, 31)), ("4-5月", (4, 1), (5, 31)), ("2027年4月", (4, 1), (4, 30)), ("2027.4", (4, 1), (4, 30)),
        ("mid-April 2027", (4, 11), (4, 20)), ("late April - early May 2027", (4, 21), (5, 10)), ("second half of 2027", (7, 1), (12, 31)),
        ("2027年", (1, 1), (12, 31)), ("拟4月中旬", (4, 11), (4, 20)), ("2027年4月3日—25日之间", (4, 3), (4, 25)), ("between 3 and 25 April 2027", (4, 3), (4, 25)),
    ],
)  # fmt: skip
def test_parts_of_months_and_years_are_windows(text: str, first: tuple[int, int], last: tuple[int, int]):
    found = read_days(text, 2027)
    assert (found.first, found.last) == (date(2027, *first), date(2027, *last))
    assert found.certainty == "window"


@pytest.mark.parametrize(
    "text", ["待定", "（待定）", "未定", "TBD", "tba", "另行通知", "尚未公布", "not yet known", "To be confirmed"]
)
def test_what_is_not_known_is_said_so(text: str):
    assert read_days(text, 2027) == Days(None, None, "unknown")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("2027年4月15日—19日（暂定）", "tentative"), ("预计2027年4月15日—19日", "tentative"), ("2027年4月15日—19日（以主办方公布为准）", "tentative"), ("15–19 April 2027 (TBC)", "tentative"),
     ("2027年4月15日—19日（已取消）", "cancelled")],
)  # fmt: skip
def test_days_may_be_marked(text: str, certainty: str):
    assert read_days(text) == Days(*APRIL, certainty)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("4/5/2027", "date-ambiguous"), ("4/5", "date-ambiguous"), ("2月30日", "date-none"), ("2027年4月19日—15日", "dates-reversed"), ("4月15日左右", "date"),
        ("2027年4月15日起", "date"), ("春季", "date"), ("每年4月", "date"), ("1889年4月1日", "date-far"), ("中旬", "date"), ("15", "date"), ("", "date"),
        ("4月15日—19日—23日", "date"), ("4月15日、19日、23日", "date"), ("12345", "date"),
        ("9" * 5000, "date"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_by_name(text: str, what: str):
    with pytest.raises(BadCellError) as caught:
        read_days(text, 2027)
    assert caught.value.what == what


def test_a_year_that_nobody_states_is_asked_for():
    with pytest.raises(BadCellError) as caught:
        read_days("4月15日—19日")
    assert caught.value.what == "date-year"
    assert read_days("4月15日—19日", 2026).guessed
    assert not read_days("2027年4月15日—19日", 2026).guessed


def test_a_column_may_say_which_number_is_the_month():
    assert states_order("4/15/2027") == "month-first"
    assert states_order("15/4/2027") == "day-first"
    assert states_order("4/5/2027") == states_order("4/4/2027") == states_order("2027-04-05") == ""
    assert read_days("4/5/2027", None, "month-first").first == date(2027, 4, 5)
    assert read_days("4/5/2027", None, "day-first").first == date(2027, 5, 4)
    # of a range, the reading in which a fair lasts days and not months
    assert read_days("4/5-4/9", 2027).last == date(2027, 4, 9)


DAY = st.dates(date(1991, 1, 1), date(2099, 12, 31))


@given(
    DAY,
    st.integers(0, 400),
    st.sampled_from(["zh", "en"]),
    st.sampled_from([s for s in Status if s is not Status.UNKNOWN]),
)
def test_whatever_days_we_print_are_read_back(first: date, length: int, lang: str, status: Status):
    last = min(first + timedelta(days=length), date(2100, 12, 31))
    printed = Dress(words(lang)).phase_days(b.phase(start=first, end=last, status=status))
    found = read_days(printed)
    wanted = {Status.CANCELLED: "cancelled", Status.PROVISIONAL: "tentative", Status.PROJECTED: "tentative"}
    assert found == Days(first, last, wanted.get(status, "stated"))  # type: ignore[arg-type]


@given(DAY, st.integers(0, 20), st.sampled_from(["—", "–", "-", "~", "～", "至", "到", " - ", " — ", "--"]))
def test_any_dash_joins_two_days(first: date, length: int, dash: str):
    last = first + timedelta(days=length)
    for one, two in (
        (f"{first.year}年{first.month}月{first.day}日", f"{last.year}年{last.month}月{last.day}日"),
        (f"{first:%d %B %Y}", f"{last:%d %B %Y}"),
    ):
        if not (one.isascii() and dash in "至到"):
            assert read_days(f"{one}{dash}{two}") == Days(first, last)
    assert read_days(f"{first:%Y-%m-%d}{dash}{last:%Y-%m-%d}") == Days(first, last)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str):
    try:
        found = read_days(text, 2027)
    except BadCellError:
        return
    assert (found.first is None) == (found.last is None)
    assert found.first is None or found.last is None or found.first <= found.last
