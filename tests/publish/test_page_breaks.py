from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped

LEADS = ("Heading of the table", "A paragraph before it.", "And a note.", "Firm of row 1.")


def pages_of(made: Sheet) -> list[str]:
    content = pdf(shipped("templates") / "handout" / "handout.typ", made.data(), 0, shipped("templates"))
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def sheet(items_before: int, rows: int) -> Sheet:
    """One section that pushes the next one down the page, and a section that ends in a table."""
    first = Section("Before", "before", items=tuple(f"item {n}" for n in range(items_before)))
    table = Table(("No.", "Firm"), tuple((str(n), f"Firm of row {n}.") for n in range(1, rows + 1)), (1, 5))
    second = Section(LEADS[0], "table", paragraphs=(LEADS[1],), note=LEADS[2], table=table)
    return Sheet("en", "handout", "Title", "", "", (), (first, second), "", "", "{page}/{pages}", (2025, 1, 1))


@pytest.mark.slow
@pytest.mark.parametrize("rows", [3, 60])
def test_a_heading_stands_on_one_page_with_what_leads_up_to_the_table_and_its_first_row(rows: int) -> None:
    for items in range(20, 46):
        (here,) = [text for text in pages_of(sheet(items, rows)) if LEADS[0] in text]
        assert all(words in here for words in LEADS), items


def test_a_paragraph_that_ends_a_section_does_not_follow_the_next_one_to_another_page() -> None:
    first = Section("Before", "before", paragraphs=tuple(f"Paragraph {n}." for n in range(8)))
    table = Table(("No.", "Firm"), tuple((str(n), "Firm") for n in range(60)), (1, 5))
    made = Sheet("en", "handout", "Title", "", "", (), (first, Section("Next", "n", table=table, own_page=True)), "", "", "{page}/{pages}", (2025, 1, 1))  # fmt: skip
    pages = pages_of(made)
    assert "Paragraph 7." in pages[0]
    assert "Next" in pages[1]
