"""Pages on sheets to fold: whatever their number, whoever folds the printed pile reads them in order."""

from __future__ import annotations

import re
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from fairplanner.publish.imposition import imposed, sides
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped

PAGES = 6
TEMPLATE = b"""#set document(title: "sample", date: datetime(year: 2025, month: 1, day: 2))
#set page(paper: "a5")
#set text(font: "Noto Sans CJK SC", lang: "zh")
#for n in range(6) { heading[\xe7\xac\xac#(n + 1)\xe9\xa1\xb5]; if n < 5 { pagebreak() } }
"""


def folded(pages: int) -> list[int]:
    """Page numbers as they come when the sheets, outermost first, are laid into one another and read as a booklet."""
    made = sides(pages)
    sheets = list(zip(made[::2], made[1::2], strict=True))
    first_half = [n for front, back in sheets for n in (front[1], back[0])]
    second_half = [n for front, back in reversed(sheets) for n in (back[1], front[0])]
    return first_half + second_half


@given(st.integers(1, 400))
def test_a_folded_booklet_reads_in_order_and_ends_in_fewer_than_four_blanks(pages: int) -> None:
    read = folded(pages)
    assert read == list(range(1, len(read) + 1))
    assert len(read) % 4 == 0
    assert 0 <= len(read) - pages < 4


@given(st.integers(1, 100))
def test_odd_pages_lie_on_the_right_as_in_any_book(pages: int) -> None:
    assert all(right % 2 == 1 for _, right in sides(pages))
    assert all(left % 2 == 0 for left, _ in sides(pages))


def test_pages_stand_where_the_order_says_with_their_fonts_once_and_without_a_clock(tmp_path: object) -> None:
    content = pdf(TEMPLATE, {}, 1_700_000_000, shipped("templates"))  # type: ignore[arg-type]
    made = imposed(content)
    assert made == imposed(content)
    before, after = PdfReader(BytesIO(content)), PdfReader(BytesIO(made))
    seen = [[int(n) for n in re.findall(r"第\s*(\d)\s*页", page.extract_text())] for page in after.pages]
    assert [sorted(x) for x in seen] == [sorted(n for n in side if n <= PAGES) for side in sides(PAGES)]
    width, height = before.pages[0].mediabox.width, before.pages[0].mediabox.height
    assert [(p.mediabox.width, p.mediabox.height) for p in after.pages] == [(2 * width, height)] * 4
    assert fonts_of(after) == fonts_of(before)
    assert after.metadata == before.metadata
    assert after.trailer["/ID"] == before.trailer["/ID"]
    assert after.root_object["/Lang"] == "zh"


def fonts_of(reader: PdfReader) -> set[str]:
    """Names of fonts whose files are embedded, and that there is one file for each name."""
    found: dict[str, set[int]] = {}
    for page in reader.pages:
        forms = page["/Resources"].get("/XObject", {}).values()
        drawn = [page["/Resources"], *(form.get_object()["/Resources"].get_object() for form in forms)]
        for font in (font for resources in drawn for font in resources.get("/Font", {}).values()):
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            file = described.raw_get("/FontFile2" if "/FontFile2" in described else "/FontFile3")
            found.setdefault(str(described["/FontName"]), set()).add(file.idnum)
    assert found
    assert all(len(files) == 1 for files in found.values())
    return set(found)
