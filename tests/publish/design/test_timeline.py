"""Trips on a line of months: every one shown, no text over another, clashes and unsure dates told by shape."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.publish.design.timeline import Bar, Mark, Row, pages, timeline
from tests.publish.design.drawn import (
    DESIGN,
    SVG,
    Box,
    collisions,
    outside,
    rects,
    root,
    said,
    series,
    size,
    texts,
    told,
)

FIRST, LAST = date(2026, 11, 1), date(2028, 3, 31)
NAMES = [
    "贵州省交易团：第138届中国进出口商品交易会第1期",
    "NAMM Show",
    "德国科隆五金展（Eisenwarenmesse）",
    "",
    "遵义",
    "W" * 90,
    "黔" * 90,
]

bars = st.builds(
    lambda start, days, text, tone, projected, clash: Bar(
        FIRST + timedelta(days=start), FIRST + timedelta(days=start + days), text, tone, projected, clash, "title"
    ),
    st.integers(0, 480), st.integers(0, 30), st.sampled_from(NAMES), st.integers(0, 7), st.booleans(), st.booleans(),
)  # fmt: skip
tables = st.lists(st.builds(Row, st.sampled_from(NAMES), st.lists(bars, max_size=12).map(tuple)), max_size=8)
widths = st.sampled_from([270.0, 360.0, 496.0, 720.0, 1614.0])
marks = st.lists(st.builds(Mark, st.dates(FIRST, LAST), st.sampled_from(NAMES)), max_size=4)


def drawn(rows: list[Row], width: float = 720, lang: str = "zh", **more: object) -> str:
    return timeline(rows, FIRST, LAST, design=DESIGN, words=said(lang).timeline, width=width, **more)  # type: ignore[arg-type]


def trip(text: str = "广交会", first: date = date(2027, 4, 15), days: int = 5, **more: object) -> Bar:
    return Bar(first, first + timedelta(days=days - 1), text, **more)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(tables, widths, marks, st.sampled_from(["zh", "en"]), st.booleans())
def test_nothing_covers_a_text_and_nothing_leaves_the_drawing(
    rows: list[Row], width: float, marked: list[Mark], lang: str, explained: bool
) -> None:
    legend = [(name, n) for n, name in enumerate(NAMES) if name] if explained else []
    svg = drawn(rows, width, lang, marks=marked, as_of=date(2027, 1, 1), legend=legend)
    assert collisions(svg) == []
    assert outside(svg) == []
    shown = series(svg)
    assert len(shown) == sum(len(row.bars) for row in rows)
    assert not [(a, b) for n, a in enumerate(shown) for b in shown[n + 1 :] if a.meets(b)]
    beside = [t for t in texts(svg) if not any(_inside(t, bar) for bar in shown)]
    assert not [(t.said, bar) for t in beside for bar in shown if t.meets(bar)]


def _inside(text: Box, bar: Box) -> bool:
    return bar.left <= text.left and text.right <= bar.right and bar.top <= text.top and text.bottom <= bar.bottom


def test_the_same_rows_are_the_same_bytes_and_bars_lie_alike_whatever_their_order() -> None:
    two = (trip(), trip("进博会", date(2027, 4, 16)))
    assert drawn([Row("贵阳", two)]) == drawn([Row("贵阳", two)])
    assert series(drawn([Row("贵阳", two)])) == series(drawn([Row("贵阳", two[::-1])]))


def test_no_rows_are_said_to_be_none_on_an_axis_that_still_names_its_months() -> None:
    svg = drawn([])
    assert "没有可以画出的内容" in {t.said for t in texts(svg)}
    assert told(svg) == "没有可以画出的内容"
    assert {"2026年", "2027年", "2028年", "3月"} <= {t.said for t in texts(svg)}


def test_a_row_without_trips_keeps_its_name_and_its_room() -> None:
    svg = drawn([Row("三穗经开区")])
    assert "三穗经开区" in {t.said for t in texts(svg)}
    assert size(svg)[1] > size(drawn([Row("三穗经开区", (trip(),))]))[1] * 0.8


def test_two_hundred_rows_are_drawn_whole_and_split_evenly_into_pages() -> None:
    rows = [Row(f"分团{n}", (trip(),)) for n in range(200)]
    assert len(series(drawn(rows))) == 200
    split = pages(rows, 30)
    assert [len(page) for page in split] == [28, 29, 28, 29, 28, 29, 29]
    assert [row for page in split for row in page] == rows
    assert pages([], 30) == ((),)


def test_the_year_is_named_where_it_begins_and_the_line_of_new_year_is_firmer() -> None:
    svg = drawn([Row("贵阳", (trip("春季", date(2026, 12, 28), 10),))])
    years = {t.said: t.left for t in texts(svg) if t.said.endswith("年")}
    [bar] = series(svg)
    assert years["2026年"] < bar.left < years["2027年"] < bar.right + 20
    firm = [line for line in root(svg).iter(f"{SVG}line") if line.get("stroke-width") == "1.3"]
    assert len(firm) == 2


def test_a_trip_outside_the_window_widens_it() -> None:
    svg = drawn([Row("贵阳", (trip("早", date(2026, 9, 1)), trip("晚", date(2028, 5, 30), 3)))])
    assert outside(svg) == []
    assert {"9月", "5月"} <= {t.said for t in texts(svg)}
    assert told(svg).startswith("共 1 行，2 次出行，2026年9月1日至2028年6月1日")


def test_a_day_of_a_long_year_is_still_to_be_seen_even_as_the_last_one() -> None:
    [first, last] = series(drawn([Row("贵阳", (trip("", FIRST, 1), trip("", LAST, 1)))]))
    assert first.right - first.left >= 3
    assert last.right - last.left >= 3


def test_a_clash_has_a_mark_an_outline_and_crossed_lines_and_a_legend_without_colour_words() -> None:
    svg, plain = (drawn([Row("贵阳", (trip(is_clash=clash),))]) for clash in (True, False))
    assert [t.said for t in texts(svg)].count("!") == 1
    assert len(rects(svg, "s-warn")) == 1
    assert "时间冲突" in {t.said for t in texts(svg)}
    assert "!" not in {t.said for t in texts(plain)}
    assert "s-warn" not in plain
    assert "时间冲突 1 次" in told(svg)


def test_dates_that_are_not_firm_are_dashed_and_pale() -> None:
    svg, firm = (drawn([Row("贵阳", (trip(is_projected=unsure),))]) for unsure in (True, False))
    assert svg.count('opacity="0.35"') == 2  # the bar and its sample in the legend
    assert svg.count("stroke-dasharray") == 2
    assert "stroke-dasharray" not in firm
    assert "日期暂定" in {t.said for t in texts(svg)}


def test_a_long_name_is_shortened_beside_its_bar_and_whole_in_what_a_pointer_is_told() -> None:
    svg = drawn([Row("贵阳", (trip("世界" * 60, title="世界" * 60),))])
    [beside] = [t.said for t in texts(svg) if t.said.startswith("世界")]
    assert beside.endswith("…")
    assert "世界" * 60 in {node.text for node in root(svg).iter(f"{SVG}title")}


def test_at_the_right_edge_the_text_stands_left_of_its_bar() -> None:
    svg = drawn([Row("贵阳", (trip("年末的展会", LAST - timedelta(days=5)),))])
    [bar] = series(svg)
    [beside] = [t for t in texts(svg) if t.said == "年末的展会"]
    assert beside.right <= bar.left


def test_links_make_a_group_that_keyboards_reach_and_its_text_is_escaped() -> None:
    svg = drawn([Row("A & B", (trip('<"展">', link="#a&b", title='"x"'),))])
    tree = root(svg)
    [link] = tree.iter(f"{SVG}a")
    assert (link.get("href"), link.get("aria-label")) == ("#a&b", '"x"')
    assert tree.get("role") == "group"
    assert root(drawn([Row("A", (trip(),))])).get("role") == "img"
    assert {"A & B", '<"展">'} <= {t.said for t in texts(svg)}


def test_name_and_description_are_tied_to_the_drawing_by_ids_no_other_drawing_has() -> None:
    one, other = (root(drawn([Row(name, (trip(),))])) for name in ("甲", "乙"))
    assert one.get("aria-labelledby") != other.get("aria-labelledby")
    assert one.find(f"{SVG}title").get("id") == one.get("aria-labelledby")  # type: ignore[union-attr]
    assert one.find(f"{SVG}desc").get("id") == one.get("aria-describedby")  # type: ignore[union-attr]


def test_the_day_of_the_data_is_marked_only_inside_the_window() -> None:
    inside, before = (drawn([Row("贵阳", (trip(),))], as_of=day) for day in (date(2027, 1, 20), date(2025, 1, 1)))
    assert "数据截至2027年1月20日" in {t.said for t in texts(inside)}
    assert "s-accent" not in before


@pytest.mark.parametrize("width", [270.0, 360.0])
def test_on_a_phone_names_stand_above_bars_that_have_the_whole_width(width: float) -> None:
    svg = drawn([Row("黔东南苗族侗族自治州", (trip("", FIRST, 30), trip("", LAST, 1)))], width)
    bars = series(svg)
    [name] = [t for t in texts(svg) if t.said.startswith("黔东南")]
    assert (bars[0].left, bars[-1].right) == pytest.approx((0, width - 1), abs=0.02)
    assert all(name.bottom <= bar.top for bar in bars)
