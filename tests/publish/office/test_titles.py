"""Long titles break where people would break them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.publish.office import titles


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("关于组织企业参加\u200b第137届中国进出口商品交易会的通知", ("关于组织企业参加", "第137届中国进出口商品交易会的通知")),
        ("关于组团赴新加坡、马来西亚、泰国参加\u200b展会的请示", ("关于组团赴新加坡、马来西亚、", "泰国参加展会的请示")),
        ("赴美国出访日程表", ("赴美国出访日程表",)),
        ("Request to send an official party to United States: The NAMM Show 2025",
         ("Request to send an official party to", "United States: The NAMM Show 2025")),
    ],
)  # fmt: skip
def test_a_long_title_breaks_between_words(title: str, shown: tuple[str, ...]) -> None:
    assert titles.lines(title, 19) == shown


def test_a_title_in_one_line_has_no_soft_break() -> None:
    assert titles.plain("关于\u200b组团的请示") == "关于组团的请示"
    assert titles.lines("关于\u200b组团的请示", 20) == ("关于组团的请示",)


@settings(max_examples=40, deadline=None)
@given(st.text("第1届展会（年）《会》，、 NAMM的通知\u200b关于参加", min_size=1, max_size=60), st.integers(12, 20))
def test_no_line_is_too_long_or_begins_with_a_closing_mark_and_nothing_is_lost(title: str, most: int) -> None:
    shown = titles.lines(title, most)
    assert "".join("".join(shown).split()) == "".join(titles.plain(title).split())
    if len(shown) > 1:
        assert all(titles.width(line) <= most for line in shown)
        assert not any(line[0] in "）》，、" for line in shown[1:] if line)
