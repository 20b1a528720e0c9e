"""What an XLS holds that its reader does not tell: errors, hidden rows; and broken files in which there is nothing to find."""

from __future__ import annotations

import random
import time

from fairplanner.intake.sheets.books import pages_of_book
from fairplanner.intake.sheets.old_records import OldMarks, marks_of_old_book
from tests.intake.sheets.making import OLD as PLAIN
from tests.messy.make_old import OLD


def book(name: str) -> bytes:
    return (OLD / f"{name}.xls").read_bytes()


def test_errors_are_found_where_they_stand() -> None:
    assert marks_of_old_book(book("not-found")) == [OldMarks({(2, 3): "#N/A", (3, 4): "#REF!", (4, 1): "#VALUE!"})]
    pages = pages_of_book(book("not-found"), "b.xls", 100)
    assert isinstance(pages, list)
    assert [row[1][:4] for row in pages[0].rows[1:]] == [
        ["F1", "示例茶业", "#N/A", 1], ["F2", "示例吉他", "gz-p-zunyi", "#REF!"], ["#VALUE!", "示例轮胎", "gz-p-guiyang", 2],
    ]  # fmt: skip


def test_hidden_rows_are_found() -> None:
    assert marks_of_old_book(book("hidden")) == [OldMarks(hidden={4})]
    pages = pages_of_book(book("matrix"), "b.xls", 100)
    assert isinstance(pages, list)
    assert pages[0].hidden_rows == {7}


def test_every_sheet_has_its_own_marks() -> None:
    assert marks_of_old_book(PLAIN.read_bytes()) == [OldMarks()] * 3


def test_in_a_broken_file_nothing_is_found_and_no_time_is_lost() -> None:
    draw = random.Random(8)  # noqa: S311
    whole = book("hidden")
    for _ in range(200):
        changed = bytearray(whole[: draw.choice((len(whole), draw.randrange(len(whole))))])
        for _ in range(draw.choice((0, 1, 5, 50)) if changed else 0):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        begun = time.process_time()
        found = marks_of_old_book(bytes(changed))
        assert isinstance(found, list)
        assert time.process_time() - begun < 1
