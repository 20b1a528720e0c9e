"""Cutting a pack into pictures, and the pictures themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from fairplanner.errors import OutputError
from fairplanner.publish.design.tokens import design
from fairplanner.publish.phone.pack import Pack
from fairplanner.publish.phone.pictures import MOST_CHANGES, MOST_DAYS, PPI, TEMPLATE, Cutter, Picture
from fairplanner.publish.press import Press
from fairplanner.publish.typesetting import png
from tests.publish.phone.made import ABROAD, HOME, TEMPLATES, a_pack, a_press, moved, the_plan_before
from tests.publish.stress import LONG

HEAVIEST, TALLEST = 500_000, 4_000


def cut(press: Press, pack: Pack) -> tuple[Cutter, tuple[Picture, ...]]:
    cutter = Cutter(press.w, pack, design(TEMPLATES))
    return cutter, cutter.pictures()


def drawn(press: Press, pack: Pack) -> Iterator[tuple[int, int, bytes]]:
    """Width and height in pixels, and the bytes, of each picture."""
    cutter, pictures = cut(press, pack)
    for n in range(len(pictures)):
        content = png(TEMPLATES / TEMPLATE, cutter.data(pictures, n), TEMPLATES, PPI)
        yield *struct.unpack(">II", content[16:24]), content


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("stressed", [False, True])
def test_every_day_and_deadline_stands_once_and_no_picture_has_more_than_three_days(lang: str, stressed: bool) -> None:
    press = a_press(lang, stressed=stressed)
    for n in range(len(press.parties)):
        pack = a_pack(n, press=press)
        _, pictures = cut(press, pack)
        shown = [item.key for p in pictures for block in p.blocks for item in block.items]
        assert shown == [item.key for day in (*pack.days, *pack.deadlines) for item in day.items]
        assert all(len(p.days) <= MOST_DAYS for p in pictures)
        assert not [p for p in pictures[1:] if not p.blocks]


def test_deadlines_begin_a_picture_of_their_own_and_the_first_one_has_the_facts() -> None:
    _, pictures = cut(a_press(), a_pack(ABROAD))
    assert [p.facts != () for p in pictures] == [True] + [False] * (len(pictures) - 1)
    assert not [p for p in pictures if len({block.is_due for block in p.blocks}) > 1]


def test_every_picture_says_who_which_revision_and_which_part_it_is() -> None:
    press = a_press("en")
    cutter, pictures = cut(press, a_pack(HOME, "en"))
    told = [cutter.data(pictures, n) for n in range(len(pictures))]
    assert [d["part"] for d in told] == [f"Picture {n} of {len(told)}" for n in range(1, len(told) + 1)]
    assert {d["revision"] for d in told} == {"Revision 1"}
    assert all(d["who"] and d["fairs"] and d["sample"] for d in told)


def test_a_picture_that_replaces_another_says_so_and_the_first_tells_what_changed() -> None:
    press = Press(*moved(), "zh")
    cutter, pictures = cut(press, a_pack(HOME, replaced=the_plan_before(), press=press))
    assert all(cutter.data(pictures, n)["said"] == "第2版替代第1版，原版请勿再用。" for n in range(len(pictures)))
    assert 0 < len(pictures[0].changed) <= MOST_CHANGES
    assert not [p for p in pictures[1:] if p.changed]
    assert any(item.mark == "变更" for p in pictures for block in p.blocks for item in block.items)


def test_pictures_are_1080_wide_and_the_same_bytes_every_time() -> None:
    press, pack = a_press(), a_pack(HOME)
    once, again = list(drawn(press, pack)), list(drawn(press, pack))
    assert once == again
    assert all(width == 1080 and height <= TALLEST and len(content) < HEAVIEST for width, height, content in once)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_picture_of_the_hardest_plan_is_too_tall_or_too_heavy(lang: str) -> None:
    press = a_press(lang, stressed=True)
    for n in range(len(press.parties)):
        found = [(w, h <= TALLEST, len(c) < HEAVIEST) for w, h, c in drawn(press, a_pack(n, press=press))]
        assert set(found) == {(1080, True, True)}


def test_a_character_that_no_font_has_is_named() -> None:
    press = a_press(stressed=True)
    cutter, pictures = cut(press, a_pack(LONG, press=press))
    data = cutter.data(pictures, 0) | {"who": "示例\U00020000团"}
    with pytest.raises(OutputError, match="no-glyph"):
        png(TEMPLATES / TEMPLATE, data, TEMPLATES, PPI)
