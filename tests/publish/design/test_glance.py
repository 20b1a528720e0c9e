"""Months at a glance: weeks from Monday, a band under the days on which something happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.publish.design.glance import glance
from tests.publish.design.drawn import DESIGN, Box, collisions, outside, rects, said, series, texts, told

DAYS = [date(2026, 11, 1) + timedelta(days=n) for n in range(516)]


def drawn(
    days: dict[date, list[int]], first: date, last: date, width: float = 720, lang: str = "zh", **more: object
) -> str:
    return glance(days, first, last, design=DESIGN, words=said(lang).glance, width=width, **more)  # type: ignore[arg-type]


def run(first: date, days: int, tone: int = 0) -> dict[date, list[int]]:
    return {first + timedelta(days=n): [tone] for n in range(days)}


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(DAYS), st.lists(st.integers(0, 7), max_size=6), max_size=60),
    st.sampled_from(DAYS[:400]),
    st.integers(0, 490),
    st.sampled_from([270.0, 360.0, 720.0, 1614.0]),
    st.sampled_from(["zh", "en"]),
)
def test_nothing_covers_a_text_and_nothing_leaves_the_drawing(
    days: dict[date, list[int]], first: date, more: int, width: float, lang: str
) -> None:
    svg = drawn(
        days, first, first + timedelta(days=more), width, lang, off=DAYS[::7], legend=[("境外", 0), ("境内", 1)]
    )
    assert collisions(svg) == []
    assert outside(svg) == []
    bands = series(svg)
    assert not [(t.said, band) for t in texts(svg) for band in bands if t.meets(band)]


@pytest.mark.parametrize("month", [date(2027, 2, 1), date(2028, 2, 1), date(2027, 8, 1), date(2026, 12, 1)])
def test_every_day_stands_under_the_head_of_its_weekday(month: date) -> None:
    found = texts(drawn({}, month, month))
    heads = {t.said: (t.left + t.right) / 2 for t in found if t.said in "一二三四五六日"}
    for day in (t for t in found if t.said.isdigit()):
        weekday = month.replace(day=int(day.said)).weekday()
        assert (day.left + day.right) / 2 == pytest.approx(heads["一二三四五六日"[weekday]], abs=0.1)
    assert (
        sum(t.said.isdigit() for t in found)
        == (month + timedelta(days=31)).replace(day=1).toordinal() - month.toordinal()
    )


def test_seventeen_months_over_two_new_years_are_named_with_their_year() -> None:
    svg = drawn({}, date(2026, 11, 15), date(2028, 3, 2))
    named = [t.said for t in texts(svg) if "年" in t.said]
    assert len(named) == 17
    assert (named[0], named[2], named[-1]) == ("2026年11月", "2027年1月", "2028年3月")
    assert told(svg) == "2026年11月至2028年3月，共 17 个月；没有标记的日子。"


def test_days_that_follow_one_another_have_one_band_for_each_week() -> None:
    bands = series(drawn(run(date(2027, 4, 15), 5), date(2027, 4, 1), date(2027, 4, 30)))
    assert len(bands) == 2  # Thursday to Sunday, and Monday
    [wide, short] = sorted(bands, key=lambda band: band.left - band.right)
    assert (wide.right - wide.left + 2) / (short.right - short.left + 2) == pytest.approx(4, rel=0.01)


def test_two_things_on_one_day_have_a_band_each_that_do_not_meet() -> None:
    days = run(date(2027, 4, 13), 3, 0) | {date(2027, 4, 14): [0, 1], date(2027, 4, 15): [0, 1]}
    [a, b] = series(drawn(days, date(2027, 4, 1), date(2027, 4, 30)))
    assert {a.said, b.said} == {"series-1", "series-2"}
    assert not a.meets(b)


def test_marked_days_are_bold_days_off_are_greyed_and_named_in_the_legend() -> None:
    svg = drawn(
        run(date(2027, 4, 15), 1), date(2027, 4, 1), date(2027, 4, 30), off=[date(2027, 4, 4), date(2027, 4, 5)]
    )
    assert len(rects(svg, "pale")) == 2
    assert "休息日" in {t.said for t in texts(svg)}
    assert ">15</text>" in svg.split('font-weight="bold"')[-1]
    assert "休息日" not in drawn({}, date(2027, 4, 1), date(2027, 4, 30), off=[date(2027, 6, 1)])


def test_words_count_only_days_inside_the_window() -> None:
    days = run(date(2027, 4, 28), 6) | run(date(2029, 1, 1), 3)
    svg = drawn(days, date(2027, 4, 1), date(2027, 5, 31), lang="en")
    assert told(svg) == "Apr 2027 to May 2027, months: 2; days marked: 6. Most in one month: Apr 2027 (3)."


def test_a_window_that_ends_before_it_begins_is_its_first_month() -> None:
    assert [t.said for t in texts(drawn({}, date(2027, 4, 9), date(2027, 1, 1))) if "年" in t.said] == ["2027年4月"]


def test_what_a_pointer_is_told_stands_at_the_first_day_of_its_band() -> None:
    first = date(2027, 4, 13)
    svg = drawn(run(first, 3), first, first, titles={first: "广交会 & 进博会"})
    assert svg.count("<title>广交会 &amp; 进博会</title>") == 1


def test_months_stand_side_by_side_as_far_as_there_is_room() -> None:
    def across(width: float) -> int:
        named: list[Box] = [t for t in texts(drawn({}, date(2027, 1, 1), date(2027, 12, 31), width)) if "年" in t.said]
        return len({round(t.left) for t in named})

    assert [across(width) for width in (270, 360, 720, 1614)] == [1, 2, 4, 10]
