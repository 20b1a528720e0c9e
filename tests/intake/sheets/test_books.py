"""Workbooks: every kind of cell, what is refused and in what words, and that nothing in a file is run, followed or believed."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any

import pytest
from openpyxl import Workbook

from fairplanner.errors import Problem
from fairplanner.intake.sheet import Unsaved
from fairplanner.intake.sheets.books import pages_of_book
from fairplanner.intake.sheets.raw import RawPage
from tests.intake.sheets.making import HEAD, OLD, TAIL, by_hand, saved


def pages(content: bytes, most_rows: int = 1001) -> list[RawPage]:
    found = pages_of_book(content, "b.xlsx", most_rows)
    assert isinstance(found, list), found
    return found


def refusal(content: bytes, most_rows: int = 1001) -> tuple[str, str]:
    found = pages_of_book(content, "b.xlsx", most_rows)
    problem = found if isinstance(found, Problem) else found[0].refused
    assert problem is not None
    return problem.what, problem.value


def test_every_kind_of_cell_is_what_the_spreadsheet_shows():
    book = Workbook()
    book.active.append(
        ["茶", 1, 1.5, True, date(2027, 4, 15), datetime(2027, 4, 15, 9, 30), hour(9, 30), timedelta(hours=30)]
    )
    cells: list[Any] = pages(saved(book))[0].rows[0][1]
    assert cells[:4] == ["茶", 1, 1.5, True]
    assert type(cells[1]) is int
    assert cells[4:] == [date(2027, 4, 15), datetime(2027, 4, 15, 9, 30), hour(9, 30), timedelta(hours=30)]


def test_numbers_that_lost_digits_stay_numbers_so_that_a_reader_can_tell():
    book = Workbook()
    book.active.append([915200001234567890])
    assert pages(saved(book))[0].rows == [(1, [915200001234567890.0])]


def test_rows_keep_their_numbers_and_formatting_far_away_is_nothing():
    book = Workbook()
    book.active.cell(7, 3, "x")
    book.active.cell(1_048_576, 16_384).number_format = "0.00"
    assert pages(saved(book))[0].rows == [(7, [None, None, "x"])]


def test_hidden_sheets_rows_and_merged_cells_are_told():
    book = Workbook()
    book.active.append(["a"])
    book.active.row_dimensions[1].hidden = True
    book.active.merge_cells("A1:B3")
    book.create_sheet("藏").sheet_state = "hidden"
    first, second = pages(saved(book))
    assert (first.merged, first.hidden_rows, first.hidden) == ([(1, 1, 3, 2)], {1}, False)
    assert (second.title, second.hidden, second.rows) == ("藏", True, [])


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "=[1]Sheet1!$A$1",
        "=cmd|'/c calc'!A0",
        '=WEBSERVICE("http://example.org")',
        '=HYPERLINK("http://example.org")',
    ],
)
def test_formulas_without_a_value_are_never_worked_out(formula: str):
    book = Workbook()
    book.active["B2"] = formula
    ((number, cells),) = pages(saved(book))[0].rows
    assert (number, cells) == (2, [None, formula])
    assert isinstance(cells[1], Unsaved)


def test_formulas_count_as_the_values_they_were_saved_with_and_errors_as_themselves():
    row = b'<row r="1"><c r="A1"><f>[1]S!A1</f><v>5</v></c><c r="B1" t="str"><f>IF(1,"","")</f><v></v></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    assert pages(by_hand([HEAD, row, TAIL]))[0].rows == [(1, [5, None, "#REF!"])]


def test_a_prefixed_sheet_and_cells_without_places_are_read():
    xml = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert pages(by_hand([xml]))[0].rows == [(1, [3])]


def test_a_sheet_that_is_too_large_does_not_hide_the_others():
    book = Workbook()
    for n in range(5):
        book.active.append([n])
    book.create_sheet("b").append(["x"])
    first, second = pages(saved(book), 4)
    assert first.refused == Problem("b.xlsx[Sheet]", 0, "", "rows-many", "", (("limit", "3"),))
    assert second.rows == [(1, ["x"])]


def test_cells_far_from_any_table_are_refused_by_their_names():
    wide, deep = Workbook(), Workbook()
    wide.active.cell(3, 16_384, 1)
    deep.active.cell(1_048_576, 100, 1)
    assert refusal(saved(wide)) == ("columns-many", "XFD3")
    assert refusal(saved(deep)) == ("cell-far", "CV1048576")


def blanks(megabytes: int) -> Iterator[bytes]:
    yield HEAD
    yield from (b" " * 1_000_000 for _ in range(megabytes))
    yield TAIL


def test_a_zip_bomb_is_refused_before_it_is_unpacked_whole():
    begun = time.process_time()
    assert refusal(by_hand(blanks(400)))[0] == "file-big"
    assert time.process_time() - begun < 10


def test_blanks_without_end_and_texts_longer_than_a_cell_are_refused():
    text = [HEAD, b'<row r="1"><c r="A1" t="inlineStr"><is><t>', b"a" * 2_000_000, b"</t></is></c></row>", TAIL]
    assert refusal(by_hand(text))[0] == "cell-long"
    assert refusal(by_hand(blanks(2)))[0] == "cell-long"


def test_one_long_text_shown_by_many_cells_is_counted_as_often():
    texts = b"<sst><si><t>" + b"z" * 32_000 + b"</t></si><si><t>a</t></si></sst>"
    cell = b'<c t="s"><v>%d</v></c>'
    many = [HEAD, *(b"<row>" + cell % 0 * 20 + b"</row>" for _ in range(500)), TAIL]
    few = [HEAD, *(b"<row>" + cell % 1 * 20 + b"</row>" for _ in range(500)), b"<row>" + cell % 0 + b"</row>", TAIL]
    assert refusal(by_hand(many, texts))[0] == "file-big"
    assert len(pages(by_hand(few, texts))[0].rows) == 501
    assert refusal(by_hand([HEAD, TAIL], b"<sst><si><t>" + b"z" * 200_000 + b"</t></si></sst>")) == (
        "cell-long",
        "200000",
    )


def test_xml_that_declares_entities_or_nests_without_end_is_refused():
    entities = (
        b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + HEAD
        + b'<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'
        + TAIL
    )
    assert refusal(by_hand([entities]))[0] == "xlsx-broken"
    assert refusal(by_hand([HEAD, b"<a>" * 300_000, b"</a>" * 300_000, TAIL]))[0] == "cell-long"


def test_a_password_a_scrap_and_no_workbook_are_told_apart():
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)) == ("xlsx-locked", "")
    assert refusal(b"%PDF-1.7") == ("xlsx-broken", "")
    assert refusal(b"") == ("xlsx-broken", "")


def test_an_xls_is_read_with_its_merged_cells_dates_and_saved_values():
    firms, dates, hidden = pages(OLD.read_bytes())
    assert firms.rows[4] == (5, ["F2", "示例企业2", None, 25, "示例", "sample"])
    assert (4, 3, 5, 3) in firms.merged
    assert dates.rows == [(1, [date(2027, 4, 15), True, "x"])]
    assert (hidden.hidden, hidden.rows) == (True, [(2, [None, 1])])
    assert refusal(OLD.read_bytes(), 3) == ("rows-many", "")


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Cut off, changed in a few bytes or many, or with bytes put in between."""
    if draw.random() < 0.2:
        return content[: draw.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(draw.choice((1, 2, 5, 20, 200))):
        changed[draw.randrange(len(changed))] = draw.choice((0, 127, 128, 255, draw.randrange(256)))
    at = draw.randrange(len(changed))
    changed[at:at] = draw.randbytes(draw.choice((0, 0, 30)))
    return bytes(changed)


def with_part_mutated(content: bytes, draw: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = draw.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), draw) if name == chosen else old.read(name))
    return out.getvalue()


def test_mutated_and_truncated_workbooks_are_read_or_refused_within_a_second():
    draw = random.Random(8)  # noqa: S311
    book = Workbook()
    book.active.append(["企业编号", 1.5, date(2027, 4, 15), "=1+1"])
    book.active.merge_cells("A1:A3")
    whole = saved(book)
    for n in range(300):
        content = mutated(whole, draw) if n % 3 == 0 else with_part_mutated(whole, draw)
        begun = time.process_time()
        found = pages_of_book(content, "b.xlsx", 100)
        assert isinstance(found, list | Problem)
        assert time.process_time() - begun < 1


def test_a_mutated_xls_never_ends_the_process_that_reads_it():
    draw = random.Random(8)  # noqa: S311
    whole = OLD.read_bytes()
    found = [pages_of_book(mutated(whole, draw), "b.xls", 100) for _ in range(12)]
    assert any(isinstance(one, Problem) for one in found)


def test_an_xls_that_claims_a_sheet_of_all_memory_is_broken_or_read_but_does_no_harm():
    # the record that says how far a sheet reaches: type 0x0200, 14 bytes, first and last row, first and last column
    whole = OLD.read_bytes()
    at = whole.index(b"\x00\x02\x0e\x00")
    claimed = whole[: at + 4] + bytes(4) + b"\xff\xff\xff\x7f" + bytes(2) + b"\xff\xff" + whole[at + 16 :]
    assert isinstance(pages_of_book(claimed, "b.xls", 100), list | Problem)


def test_a_table_of_contents_that_lies_about_sizes_is_not_believed():
    content = bytearray(by_hand(blanks(3)))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        size = next(i.file_size for i in book.infolist() if i.filename.endswith("sheet1.xml"))
    at = content.rindex(size.to_bytes(4, "little"))
    content[at : at + 4] = (200).to_bytes(4, "little")
    assert refusal(bytes(content)) == ("xlsx-broken", "")


def test_a_number_beyond_all_numbers_is_an_error_of_the_sheet():
    book = Workbook()
    book.active.append(["x", 777])
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as before, zipfile.ZipFile(content, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<v>777</v>", b"<v>1e400</v>"))
    assert pages(content.getvalue())[0].rows == [(1, ["x", "#NUM!"])]
