"""The record as a whole."""

from __future__ import annotations

import pytest

from fairplanner.publish.typesetter import Typesetter
from fairplanner.shipped import shipped
from tests.publish.archive.made import a_record
from tests.publish.reading import pdf_text, sheets_of


def test_what_is_missing_is_the_same_in_both_languages() -> None:
    assert len(a_record().missing) == len(a_record(lang="en").missing) > 3


def test_tables_that_are_not_enclosed_or_not_those_of_the_plan_are_missing() -> None:
    assert any("没有随附" in text for text in a_record(inputs=None, is_as_planned=None).missing)
    assert any("不一致" in text for text in a_record(is_as_planned=False).missing)
    assert not [text for text in a_record().missing if "随附" in text]


def test_the_workbook_has_a_sheet_for_every_part() -> None:
    record = a_record(lang="en")
    book = sheets_of(record.workbook().content)
    assert len(book) == len(record.parts)
    assert len(book["Applications"]) == 2 + len(record.parts[0].rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_paper_is_internal_and_tells_every_part(lang: str) -> None:
    record = a_record(lang=lang)
    (made,) = Typesetter().publications([record.draft()], shipped("templates"))
    text = pdf_text(made.content)
    assert record.press.w("archive.audience").replace(" ", "") in text
    for part in record.parts:
        assert record.press.w(f"archive.part.{part.key}").replace(" ", "") in text
