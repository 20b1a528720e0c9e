"""Value against budget: nothing covers a text, the curve rises where its values do, and there is no plan where there is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairplanner.publish.design import svg
from fairplanner.publish.design.curve import Spot, curve, nice
from fairplanner.publish.design.words import curve_words
from fairplanner.words import words
from tests.publish.design.drawn import DESIGN, SVG, collisions, outside, root, series, texts, told

WIDTHS = [360.0, 496.0, 720.0, 1120.0]


def drawn(spots: list[Spot], *, now: float | None = None, width: float = 720, lang: str = "zh") -> str:
    named = curve_words(words(lang), fund="省级境内参展补助资金（示例）", unit="万元", further="100,000 元")
    return curve(
        spots, design=DESIGN, words=named, say_x=lambda x: f"{x / 1e4:,.0f}", say_y=lambda y: f"{y:,.0f}",
        say_more=lambda y: f"{y:,.1f}", now=now, width=width, text="什么",
    )  # fmt: skip


@st.composite
def rising(draw: st.DrawFn) -> list[Spot]:
    """Spots at even budgets, of rising value; the first few may have no plan."""
    count, none = draw(st.integers(2, 15)), draw(st.integers(0, 3))
    steps = draw(st.lists(st.sampled_from([0.0, 0.4, 7.0, 120.0, 9000.0]), min_size=count, max_size=count))
    start, slack = draw(st.sampled_from([-500.0, 0.0, 21_000.0])), draw(st.sampled_from([0.0, 5.0, 400.0]))
    spots = [Spot(1e5 * n, None) for n in range(none)]
    for n, step in enumerate(steps):
        start += step
        more = steps[n + 1] if n + 1 < count else None
        spots.append(Spot(1e5 * (none + n), start, start + slack, more))
    return spots


@settings(max_examples=60, deadline=None)
@given(rising(), st.sampled_from(WIDTHS), st.sampled_from(["zh", "en"]), st.none() | st.integers(0, 14))
@example([Spot(0.0, 5.0), Spot(1.0, 5.0)], 360.0, "zh", None)
@example([Spot(0.0, -500.0), Spot(1e5, -500.0), Spot(5e5, -499.6)], 360.0, "zh", 5)
def test_nothing_covers_a_text_and_nothing_leaves_the_drawing(
    spots: list[Spot], width: float, lang: str, at: int | None
) -> None:
    made = drawn(spots, now=None if at is None else 1e5 * at, width=width, lang=lang)
    assert collisions(made) == []
    assert outside(made) == []


def test_higher_is_worth_more_and_bars_are_to_one_scale() -> None:
    made = drawn([Spot(0, 100, 100, 40), Spot(1e5, 140, 140, 20), Spot(2e5, 160)])
    dots = [float(node.attrib["cy"]) for node in root(made).iter(f"{SVG}circle")]
    assert dots == sorted(dots, reverse=True)
    assert (dots[0] - dots[1]) == pytest.approx(2 * (dots[1] - dots[2]), abs=0.05)
    first, second = (box.bottom - box.top for box in series(made))
    assert first == pytest.approx(2 * second, abs=0.05)


def test_budgets_without_a_plan_are_said_to_have_none() -> None:
    made = drawn([Spot(0, None), Spot(1e5, 140, 140, 20), Spot(2e5, 160)])
    assert "排不出方案" in [t.said for t in texts(made)]
    assert len(list(root(made).iter(f"{SVG}circle"))) == 2


def test_the_present_budget_is_marked_where_it_is_shown() -> None:
    spots = [Spot(1e5, 140, 140, 20), Spot(2e5, 160)]
    assert "现为 15" in [t.said for t in texts(drawn(spots, now=1.5e5))]
    assert not [t for t in texts(drawn(spots, now=9e5)) if t.said.startswith("现为")]


def test_what_is_not_proven_is_shown_where_it_can_be_seen() -> None:
    thick, thin = ([Spot(0, 0.0, more), Spot(1e5, 100.0, 100.0)] for more in (50.0, 0.5))
    assert "已证明不超过此值" in [t.said for t in texts(drawn(thick))]
    assert "已证明不超过此值" not in [t.said for t in texts(drawn(thin))]


def test_with_fewer_than_two_plans_there_is_nothing_to_draw() -> None:
    assert [t.said for t in texts(drawn([Spot(0, None), Spot(1, 3.0)]))] == [words("zh")("charts.nothing")]
    assert told(drawn([]))


def test_a_file_of_its_own_has_a_ground_and_follows_the_dark() -> None:
    made = drawn([Spot(0, 100, 100, 40), Spot(1e5, 140)])
    alone = svg.alone(made, DESIGN)
    assert "prefers-color-scheme: dark" in alone
    assert DESIGN.dark["ground"] in alone
    [box] = [node for node in root(alone).iter(f"{SVG}rect") if node.attrib.get("class") == "ground"][:1]
    assert (box.attrib["x"], box.attrib["y"]) == ("-12", "-12")
    assert root(alone).attrib["viewBox"].startswith("-12 -12 ")
    with pytest.raises(ValueError, match="drawing"):
        svg.alone("<svg/>", DESIGN)


@pytest.mark.parametrize(
    ("low", "high", "wanted", "ticks"),
    [
        (0, 10, 5, (0, 2, 4, 6, 8, 10)),
        (21_112, 21_213, 5, (21_100, 21_125, 21_150, 21_175, 21_200, 21_225)),
        (0, 0, 3, (0, 0.5, 1)),
    ],
)
def test_ticks_are_round_and_hold_everything(low: float, high: float, wanted: int, ticks: tuple[float, ...]) -> None:
    assert nice(low, high, wanted) == ticks
