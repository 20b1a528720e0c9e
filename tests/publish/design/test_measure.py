"""The width a text is said to have is never less than what it takes in the font that papers are set in."""

from __future__ import annotations

import json

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.publish.design.measure import NEVER_FIRST, seen_width, shortened, text_width, wrapped
from fairplanner.publish.typesetting import fonts
from fairplanner.words import words

MEASURE = b"""#set text(font: "Noto Sans CJK SC", size: 100pt, cjk-latin-spacing: none)
#context [#metadata(json(bytes(sys.inputs.data)).map(t => (
  measure(text(weight: "regular", t)).width.pt(), measure(text(weight: "bold", t)).width.pt()))) <widths>]"""
LETTERS = [chr(c) for c in range(32, 127)] + list(
    "äéñöüßčşńłøåœæÀÉÑÖÜŁØŒÆ–—…·“”‘’（）：，。、〔〕《》%‰°×№①Ⅲ→≥≤▲€£¥жЖюЮщЩΩω"
)
MIXED = st.text(st.sampled_from("广交会第137届 Canton Fair, Wm（NAMM Show）—世界经济论坛iIl.:-"), max_size=60)


def set_in_noto(texts: list[str]) -> list[list[float]]:
    """Widths in ems, regular and bold, as Typst sets them."""
    data = {"data": json.dumps(texts)}
    [[found]] = [json.loads(typst.query(MEASURE, "<widths>", font_paths=fonts(), sys_inputs=data, field="value"))]
    return [[width / 100 for width in pair] for pair in found]


def test_no_character_is_wider_than_it_is_said_to_be() -> None:
    for char, (regular, bold) in zip(LETTERS, set_in_noto(LETTERS), strict=True):
        assert regular <= text_width(char, 1) + 0.001, char
        assert bold <= text_width(char, 1, bold=True) + 0.001, char


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_words_of_ours_are_wider_than_they_are_said_to_be_nor_much_narrower(lang: str) -> None:
    w = words(lang)
    texts = sorted({w.pattern(key).replace("\n", " ")[:80].strip() for key in sorted(w.keys())} - {""})[::7]
    found = set_in_noto(texts)
    assert all(width <= text_width(text, 1) + 0.001 for text, (width, _) in zip(texts, found, strict=True))
    assert all(width <= text_width(text, 1, bold=True) + 0.001 for text, (_, width) in zip(texts, found, strict=True))
    said, drawn = sum(text_width(text, 1) for text in texts), sum(width for width, _ in found)
    assert said <= 1.25 * drawn
    assert 0.9 * drawn <= sum(seen_width(text, 1) for text in texts) <= 1.12 * drawn


@given(MIXED, st.floats(1, 60))
def test_a_shortened_text_fits_and_is_the_beginning_of_the_whole(text: str, room: float) -> None:
    cut = shortened(text, 1, room)
    assert text_width(cut, 1) <= room
    assert cut == text or text.startswith(cut.removesuffix("…"))


@given(MIXED, st.floats(4, 60), st.integers(1, 4))
def test_wrapped_lines_fit_and_begin_with_no_closing_mark(text: str, room: float, most: int) -> None:
    lines = wrapped(text, 1, room, most)
    assert len(lines) <= most
    assert all(text_width(line, 1) <= room for line in lines)
    if most > 1 and text_width(text.strip(), 1) > room and any(c >= "一" for c in text[:3]):
        assert all(line[0] not in NEVER_FIRST or text.lstrip()[0] in NEVER_FIRST for line in lines[:1])


def test_a_name_of_two_lines_breaks_where_a_typesetter_would() -> None:
    assert wrapped("贵州省交易团（采购）：第8届中国国际进口博览会", 1, 10.2) == (
        "贵州省交易团（采",
        "购）：第8届中国国…",
    )
    assert wrapped("Zunyi Economic and Technological", 1, 12) == ("Zunyi Economic and", "Technological")


def test_an_empty_text_has_no_width_and_no_lines() -> None:
    assert text_width("", 12) == 0
    assert wrapped("", 12, 100) == ()
    assert shortened("中国国际", 10, 15) == ""
