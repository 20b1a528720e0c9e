"""Markets by months: numbers in line, dots as large as they, totals that add up, quiet where nothing is."""

from __future__ import annotations

from math import pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.publish.design.matrix import matrix
from tests.publish.design.drawn import DESIGN, SVG, collisions, outside, root, said, texts, told

MONTHS = [f"{n % 12 + 1}月" for n in range(17)]
NAMES = [
    "东盟",
    "美国阿纳海姆",
    "中东欧（波兰、匈牙利、捷克）",
    "The United States of America and Canada",
    "黔" * 60,
    "",
]


def drawn(rows: list[str], columns: list[str], cells: list[list[float]], width: float = 720, lang: str = "zh") -> str:
    return matrix(rows, columns, cells, design=DESIGN, words=said(lang).matrix, width=width)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[float]]]:
    rows = draw(st.lists(st.sampled_from(NAMES), max_size=8))
    columns = MONTHS[: draw(st.integers(0, 17))]
    value = st.sampled_from([0, 0, 0, 1, 7, 12, 93, 1200, 4567]).map(float)
    return rows, columns, [[draw(value) for _ in columns] for _ in rows]


@settings(max_examples=80, deadline=None)
@given(tables(), st.sampled_from([270.0, 360.0, 496.0, 720.0, 1614.0]), st.sampled_from(["zh", "en"]))
def test_nothing_covers_a_text_and_nothing_leaves_the_drawing(
    table: tuple[list[str], list[str], list[list[float]]], width: float, lang: str
) -> None:
    svg = drawn(*table, width, lang)
    assert collisions(svg) == []
    assert outside(svg) == []
    shown = texts(svg)
    for dot in root(svg).iter(f"{SVG}circle"):
        x, y, r = (float(dot.attrib[name]) for name in ("cx", "cy", "r"))
        assert 0 <= x - r < x + r <= width
        assert not [t.said for t in shown if t.left < x + r and x - r < t.right and t.top < y < t.bottom]


def test_the_area_of_a_dot_is_as_large_as_its_number() -> None:
    dots = [float(d.attrib["r"]) for d in root(drawn(["甲"], MONTHS[:2], [[80, 20]])).iter(f"{SVG}circle")]
    assert pi * dots[0] ** 2 / (pi * dots[1] ** 2) == pytest.approx(4, rel=0.01)


def test_empty_cells_say_nothing_and_totals_add_up() -> None:
    svg = drawn(["东盟", "日本"], MONTHS[:3], [[5, 0, 7], [0, 0, 3]])
    numbers = [t.said for t in texts(svg) if t.said.isdigit()]
    assert sorted(numbers, key=int) == ["3", "3", "5", "5", "7", "10", "12", "15"]
    assert len(list(root(svg).iter(f"{SVG}circle"))) == 3
    assert (
        told(svg)
        == "共 2 行、3 列，合计 15。最多的一格：东盟，3月（7）；最多的一行：东盟（12）；最多的一列：3月（10）。空格 3 个。"
    )


def test_numbers_of_a_column_end_on_one_line() -> None:
    svg = drawn(["甲", "乙", "丙"], MONTHS[:2], [[5, 1], [93, 1], [120, 2]])
    ends = {round(t.right, 1) for t in texts(svg) if t.said in ("5", "93", "120", "218")}
    assert len(ends) == 1


def test_columns_without_room_on_a_phone_go_below_and_the_totals_after_the_last() -> None:
    svg = drawn(["东盟"], MONTHS, [[float(n) for n in range(17)]], 360)
    heads = [t for t in texts(svg) if t.said in MONTHS or t.said == "合计"]
    assert len({round(t.top) for t in heads if t.said in MONTHS}) > 1
    assert [t.said for t in texts(svg)].count("东盟") == len({round(t.top) for t in heads if t.said in MONTHS})
    last = max(heads, key=lambda t: (t.said in MONTHS, t.top))
    assert [t.said for t in heads if t.said == "合计" and abs(t.top - last.top) < 2] == ["合计"]


def test_nothing_but_zeros_and_nothing_at_all_are_drawn_without_dots() -> None:
    zeros = drawn(["东盟"], MONTHS[:2], [[0, 0]])
    assert list(root(zeros).iter(f"{SVG}circle")) == []
    assert "东盟" in {t.said for t in texts(zeros)}
    assert told(drawn([], MONTHS, [])) == told(drawn(["东盟"], [], [[]])) == "没有可以画出的内容"


def test_two_hundred_rows_are_all_named() -> None:
    svg = drawn([f"市场{n}" for n in range(200)], MONTHS[:12], [[1.0] * 12] * 200)
    assert sum(t.said.startswith("市场") for t in texts(svg)) == 200


def test_cells_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="another shape"):
        drawn(["甲"], MONTHS[:2], [[1.0]])
