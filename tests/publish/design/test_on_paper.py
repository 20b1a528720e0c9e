"""Charts on paper: accessible PDF without a warning, in the regular weight, with text that can be found and copied."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from fairplanner.publish.design.columns import Stack, columns
from fairplanner.publish.design.glance import glance
from fairplanner.publish.design.matrix import matrix
from fairplanner.publish.design.timeline import Bar, Row, timeline
from fairplanner.publish.typesetting import fonts
from tests.publish.design.drawn import DESIGN, said

PAGE = b"""#set document(title: "charts")
#set page(paper: "a4", margin: 18mm)
#set text(font: "Noto Sans CJK SC")
#for drawing in json(bytes(sys.inputs.data)) { image(bytes(drawing), format: "svg", width: 100%, alt: "chart") }"""
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def drawings(lang: str) -> list[str]:
    words = said(lang)
    trip = Bar(date(2027, 4, 15), date(2027, 4, 19), "广交会 0123456789", 1, True, True, "第141届")
    parts = (("展位费", 120_000.0, 0), ("国际旅费", 80_000.0, 3))
    return [
        timeline([Row("贵州省", (trip,))], FIRST, LAST, design=DESIGN, words=words.timeline, as_of=FIRST),
        columns([Stack("贵阳市", parts, 150_000.0, "20.00 / 15.00 万元")], design=DESIGN, words=words.columns),
        matrix(["东盟"], ["4月"], [[12]], design=DESIGN, words=words.matrix),
        glance({FIRST: [0, 5]}, FIRST, LAST, design=DESIGN, words=words.glance, off=[date(2027, 1, 2)]),
    ]


def printed(lang: str) -> PdfReader:
    data = {"data": json.dumps(drawings(lang))}
    pdf, warnings = typst.compile_with_warnings(
        PAGE, font_paths=fonts(), sys_inputs=data, pdf_standards="ua-1", timestamp=0
    )
    assert [w.message for w in warnings] == []
    return PdfReader(io.BytesIO(pdf))


def widths(font: Any) -> set[int]:
    """Widths of the characters of an embedded font, in thousandths of an em, among the numbers of the few glyphs they belong to."""
    return {round(float(part)) for part in font["/DescendantFonts"][0].get_object()["/W"]}


@pytest.mark.parametrize(("lang", "words"), [("zh", "时间冲突"), ("en", "clash of dates")])
def test_text_of_every_chart_can_be_found_and_copied(lang: str, words: str) -> None:
    text = "".join(page.extract_text() for page in printed(lang).pages)
    for wanted in (
        words,
        "贵州省",
        "广交会 0123456789",
        "20.00 / 15.00 万元",
        "东盟",
        said(lang).glance.calendar.month(LAST),
    ):
        assert wanted in text


def test_text_is_set_in_the_regular_and_the_bold_weight_not_in_the_lightest() -> None:
    """A digit of Noto Sans CJK is 555 thousandths wide in regular, 590 in bold; the lightest, which Typst takes unasked, has others."""
    fonts = [font.get_object() for page in printed("zh").pages for font in page["/Resources"]["/Font"].values()]
    found = set().union(*(widths(font) for font in fonts))
    assert {555, 590} <= found
