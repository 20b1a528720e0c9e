"""What a Chinese typographer looks for first: what a line may not begin with, what belongs together, what copies."""

from __future__ import annotations

import re
import shutil
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.briefing import briefing
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.publish import stress

TEMPLATES = shipped("templates")
NEVER_FIRST = "，。；：、！？）》」』”’"
NEVER_LAST = "（《「『“‘"


@cache
def lines(which: int) -> tuple[str, ...]:
    """Printed lines of a briefing of the stress programme in Chinese, page by page."""
    press = Press(*stress.stress(), "zh")
    content = pdf(TEMPLATES / "briefing/briefing.typ", briefing(press, press.parties[which]).data(), 0, TEMPLATES)
    pages = PdfReader(BytesIO(content)).pages
    return tuple(line.strip() for page in pages for line in page.extract_text().split("\n") if line.strip())


@pytest.mark.parametrize("which", [stress.LONG, stress.BIG])
def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(which: int) -> None:
    assert [x for x in lines(which) if x[0] in NEVER_FIRST or x[-1] in NEVER_LAST] == []


@pytest.mark.parametrize("which", [stress.LONG, stress.BIG])
def test_a_number_is_on_one_line_with_what_it_counts(which: int) -> None:
    parted = [
        (a, b)
        for a, b in zip(lines(which), lines(which)[1:], strict=False)
        if re.search(r"\D\d+$", a) and re.match(r"[年月日家个人天届期稿]", b)
    ]
    assert parted == []


def a_sheet(title: str) -> Sheet:
    return Sheet("zh", "due", title, "", "", (), (Section(title, "s"),), "", "", "{page}/{pages}", (2025, 1, 1))


def test_no_heading_leaves_one_character_alone_on_its_last_line() -> None:
    found = set()
    for extra in range(12):
        made = a_sheet("展" * (36 + extra))
        text = PdfReader(BytesIO(pdf(TEMPLATES / "briefing/briefing.typ", made.data(), 0, TEMPLATES))).pages[0]
        found |= {len(line) for line in text.extract_text().split("\n") if set(line) == {"展"}}
    assert 1 not in found
    assert len(found) > 1


def test_dates_are_found_by_whoever_searches_the_paper_for_them() -> None:
    assert "2025年4月15日" in "\n".join(lines(stress.BIG))


@pytest.mark.parametrize(("paper", "size"), [("a5", (420, 595)), ("a4", (595, 842)), ("a3", (842, 1191))])
def test_a_sheet_comes_in_three_sizes_of_paper(
    paper: str, size: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("own") / "templates"
    shutil.copytree(TEMPLATES / "parts", folder / "parts")
    own = folder / "own.typ"
    own.write_text(
        '#import "/parts/sheet.typ": *\n#let d = json(bytes(sys.inputs.data))\n'
        f'#show: sheet.with(d, paper: "{paper}")\n#cover(d)\n',
        encoding="utf-8",
    )
    box = PdfReader(BytesIO(pdf(own, a_sheet("展会").data(), 0, folder))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
