"""Long lines are broken between words, in Chinese after its signs, and lose nothing."""

from __future__ import annotations

from fairplanner.cli.said.aligned import places
from fairplanner.cli.said.folded import DEEPER, WIDE, folded


def test_a_line_that_has_room_stays_as_it_is() -> None:
    assert list(folded(["  short  table   row", ""])) == ["  short  table   row", ""]


def test_a_long_line_is_broken_between_words_and_the_rest_stands_deeper() -> None:
    line = "  " + "firm at the fair, " * 20 + "end"
    made = list(folded([line]))
    assert len(made) > 1
    assert all(places(x) <= WIDE for x in made)
    assert all(x.startswith("  " + DEEPER) for x in made[1:])
    assert " ".join(x.strip() for x in made) == line.strip()


def test_chinese_is_broken_after_its_signs_and_no_line_begins_with_one() -> None:
    line = "  名额给了：" + "示例企业（茶叶）（第一名，七十分）；" * 12
    made = list(folded([line]))
    assert len(made) > 1
    assert "".join(x.strip() for x in made) == line.strip()
    assert not any(x.strip()[0] in "；，、。：）" for x in made)


def test_a_number_in_chinese_stays_beside_its_words() -> None:
    made = list(folded(["最优方案为第 1 名（差 1 家），" * 16]))
    assert len(made) > 1
    assert all(x.endswith("），") for x in made)


def test_a_currency_stays_with_its_amount() -> None:
    made = list(folded(["pays CNY 101,096 instead of CNY 156,864 " * 12]))
    assert len(made) > 1
    assert not any(x.endswith("CNY") for x in made)


def test_a_word_longer_than_a_line_stays_whole() -> None:
    assert list(folded(["x" * 300])) == ["x" * 300]
