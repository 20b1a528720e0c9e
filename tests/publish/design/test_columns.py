"""Amounts against limits: every amount printed, too much of it marked by shape."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairplanner.publish.design.columns import Stack, columns
from tests.publish.design.drawn import DESIGN, collisions, outside, rects, said, series, size, texts, told

NAMES = [
    "贵州省省级外经贸发展专项资金（国际市场开拓）",
    "Zone",
    "",
    "黔" * 80,
    "Zunyi Economic and Technological Development Zone " * 3,
]
PARTS = ["展位费", "国际旅费", "Lodging and meals", "公杂", "Hosting", "其他", "第七项"]

stacks = st.builds(
    lambda label, amounts, limit, shown: Stack(
        label, tuple((PARTS[n], amount, n) for n, amount in enumerate(amounts)), limit, shown
    ),
    st.sampled_from(NAMES), st.lists(st.floats(0, 1e7), max_size=7),
    st.none() | st.floats(0, 2e7), st.sampled_from(["", "12.34 / 15.00 万元", "1,234,567.89 of 9,999,999.99 CNY " * 2]),
)  # fmt: skip


def drawn(rows: list[Stack], width: float = 720, lang: str = "zh") -> str:
    return columns(rows, design=DESIGN, words=said(lang).columns, width=width, say=lambda v: f"{v / 1e4:,.2f}")


def stack(label: str, *amounts: float, limit: float | None = None) -> Stack:
    return Stack(label, tuple((PARTS[n], a, n) for n, a in enumerate(amounts)), limit, f"{sum(amounts):.0f} 元")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(stacks, max_size=8), st.sampled_from([270.0, 360.0, 496.0, 720.0, 1614.0]), st.sampled_from(["zh", "en"])
)
@example([Stack("贵州省", ((PARTS[0], 5e-324, 0),), None, "")], 270.0, "zh")
def test_nothing_covers_a_text_and_nothing_leaves_the_drawing(rows: list[Stack], width: float, lang: str) -> None:
    svg = drawn(rows, width, lang)
    assert collisions(svg) == []
    assert outside(svg) == []
    bars = series(svg)
    assert not [(a, b) for n, a in enumerate(bars) for b in bars[n + 1 :] if a.meets(b)]
    crossing = [
        (t.said, bar) for t in texts(svg) for bar in bars if t.meets(bar) and not _between(t.left, t.right, bar)
    ]
    assert crossing == []


def _between(left: float, right: float, bar: object) -> bool:
    return bar.left <= left and right <= bar.right  # type: ignore[attr-defined, no-any-return]


def test_bars_are_to_one_scale_and_parts_follow_one_another() -> None:
    [a, b, c] = series(drawn([stack("甲", 100_000, 50_000), stack("乙", 75_000)]))
    assert a.right == pytest.approx(b.left, abs=0.02)
    assert (a.right - a.left) / (b.right - b.left) == pytest.approx(2, rel=1e-3)
    assert (c.right - c.left) / (b.right - b.left) == pytest.approx(1.5, rel=1e-3)


def test_over_the_limit_is_told_by_a_mark_an_outline_and_in_words() -> None:
    svg = drawn([stack("超出的", 300, limit=200), stack("正好的", 200, limit=200), stack("没有额度的", 500)])
    assert [t.said for t in texts(svg) if "▲" in t.said] == ["▲ 300 元"]
    [over] = rects(svg, "s-warn")
    first = series(svg)[0]
    assert over.right == pytest.approx(first.right, abs=0.02)
    assert (over.right - over.left) / (first.right - first.left) == pytest.approx(1 / 3, rel=1e-3)
    assert {"额度", "超出额度"} <= {t.said for t in texts(svg)}
    assert told(svg).endswith("超出额度：超出的。")


def test_the_arithmetic_of_floats_exceeds_no_limit() -> None:
    assert not stack("甲", 0.1, 0.2, limit=0.3).is_over
    assert stack("甲", 300_000.01, limit=300_000).is_over


def test_words_say_when_all_are_within_and_when_there_is_no_limit() -> None:
    assert told(drawn([stack("甲", 10, limit=20)])) == "共 1 项，展位费。最大一项：甲（10 元）。均未超出额度。"
    assert told(drawn([stack("甲", 10)])).endswith("均未设额度。")
    assert told(drawn([], lang="en")) == "Nothing to draw"


def test_a_legend_names_only_parts_that_are_there() -> None:
    svg = drawn([stack("甲", 100, 0, 30)])
    assert {"展位费", "Lodging and meals"} <= {t.said for t in texts(svg)}
    assert "国际旅费" not in {t.said for t in texts(svg)}


def test_amounts_stand_in_their_part_only_where_they_have_room_and_always_in_what_a_pointer_is_told() -> None:
    svg = drawn([stack("甲", 1_000_000, 100)])
    assert "100.00" in {t.said for t in texts(svg)}
    assert "0.01" not in {t.said for t in texts(svg)}
    assert "国际旅费：0.01" in svg


def test_items_of_nothing_have_no_bar_and_two_hundred_items_all_have_one() -> None:
    assert series(drawn([stack("甲"), stack("乙", 0.0, limit=0.0)])) == []
    many = drawn([stack(f"第{n}项", 10.0 + n, limit=100) for n in range(200)])
    assert len(series(many)) == 200
    assert size(many)[1] > size(drawn([stack("甲", 1)]))[1] * 90


def test_an_amount_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        drawn([stack("甲", -1)])
