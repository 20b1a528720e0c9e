"""A5 and the card to fold: nothing is lost on the way, and they have the size they say."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Sheet, Table
from fairplanner.publish.sheets.handout import handout, paper
from fairplanner.publish.sheets.handout_small import NARROW, a5_handout, card, card_path, folded, small_handouts
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.publish import plans, stress

TEMPLATES = shipped("templates")
MM = 72 / 25.4


def press(lang: str = "zh", base_url: str = "") -> Press:
    return Press(plans.programme(), plans.plan(), lang, base_url)


def typeset(sheet: Sheet, template: str) -> bytes:
    return pdf(TEMPLATES / "handout" / template, sheet.data(), 0, TEMPLATES)


def size(content: bytes) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(BytesIO(content)).pages]
    return [(round(float(x.width) / MM), round(float(x.height) / MM)) for x in boxes]


def words_of(table: Table | None) -> list[str]:
    assert table is not None
    return sorted(
        part for row in (table.headers, *table.rows, table.total) for cell in row for part in cell.split("\n") if part
    )


def test_a_folded_table_holds_every_word_of_the_wide_one() -> None:
    wide, small = handout(press(), press().parties[1]), a5_handout(press(), press().parties[1])
    assert [s.key for s in small.sections] == [s.key for s in wide.sections]
    for a, c in zip(wide.sections, small.sections, strict=True):
        if a.table is not None and c.table is not None:
            assert words_of(a.table) == words_of(c.table)
            assert len(c.table.widths) == len(c.table.headers)
            assert all(len(row) == len(c.table.headers) for row in c.table.rows)


def test_numbers_stay_on_the_right_and_totals_under_their_column() -> None:
    table = Table(("No.", "Firm", "Section", "Stand", "Booths", "Area", "People"), (("1", "A", "", "raw", "2", "18", "3"),), (1,) * 7, (0, 4, 5, 6), ("Total", "1 firm", "", "", "2", "18", "3"))  # fmt: skip
    small = folded(table, NARROW["places", 7])
    assert small.headers == ("No.", "Firm\nSection\nStand", "Booths", "Area", "People")
    assert small.rows == (("1", "A\nraw", "2", "18", "3"),)
    assert (small.numeric, small.total) == ((0, 2, 3, 4), ("Total", "1 firm", "2", "18", "3"))


def test_pages_are_a5_and_the_card_is_one_page_of_a4() -> None:
    made = {
        d.path.suffixes[0]: pdf(TEMPLATES / d.template, d.data, 0, TEMPLATES)
        for d in list(small_handouts(press(), TEMPLATES))[:2]
    }
    assert set(size(made[".a5"])) == {(148, 210)}
    assert size(made[".card"]) == [(297, 210)]


def test_the_card_has_its_panels_in_reading_order() -> None:
    text = PdfReader(BytesIO(typeset(card(press(), press().parties[0]), "handout-card.typ"))).pages[0].extract_text()
    heads = ("随身卡", "日程", "给司机看", "紧急情况", "出发前核对", "折法")
    assert [text.find(head) >= 0 for head in heads] == [True] * len(heads)
    assert "沿横线向后对折" in text


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["zh", "en", "zh-en"])
@pytest.mark.parametrize("which", range(6))
def test_whatever_does_not_fit_on_the_card_is_counted(which: int, edition: str) -> None:
    made = Press(*stress.stress(), edition)
    draft = paper(made, card_path("x", edition), "handout-card.typ", partial(card, party=made.parties[which]))
    content = pdf(TEMPLATES / draft.template, draft.data, 0, TEMPLATES)
    text = "".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    days = next(s for s in draft.data["sections"] if s["key"] == "days")["days"]
    first = {"zh": "另有", "zh-en": "另有", "en": "moreinthehandout"}[edition]
    shown = [d for d in days if "".join(d["date"].split("\u2028")[0].split()) in text]
    assert size(content) == [(297, 210)]
    assert len(shown) == len(days) or first in text


def test_both_languages_stand_on_the_card() -> None:
    both = Press(plans.programme(), plans.plan(), "zh-en")
    sheet = bilingual(card(both, both.parties[0]), card(both.twin, both.parties[0]))
    text = PdfReader(BytesIO(typeset(sheet, "handout-card.typ"))).pages[0].extract_text()
    assert "给司机看" in text
    assert "Show this to the driver" in text


@pytest.mark.interop
def test_the_code_on_the_card_reads_back(tmp_path: Path) -> None:
    draw, scan = shutil.which("pdftoppm"), shutil.which("zbarimg")
    if not (draw and scan):
        pytest.skip("needs pdftoppm and zbarimg")
    made = press(base_url="https://example.org/f")
    (tmp_path / "x.pdf").write_bytes(typeset(card(made, made.parties[0]), "handout-card.typ"))
    page = [draw, "-r", "150", "-png", "-singlefile", "x.pdf", "q"]
    subprocess.run(page, cwd=tmp_path, check=True)  # noqa: S603 - a fixed command
    code = [scan, "-q", "--raw", "q.png"]
    done = subprocess.run(code, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 - a fixed command
    assert done.stdout.strip().startswith("https://example.org/f/pages/prov-")
