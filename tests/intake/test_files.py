"""Files: what is read, what is refused, and that one unreadable file does not hide behind a hundred other complaints."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from fairplanner.intake.files import BIGGEST_FILE, MOST_ROWS, decoded, read_files, table_files
from fairplanner.intake.sheet import Found
from fairplanner.intake.workbook import read_workbook
from tests.programmes.broken_table import BASE, FIRMS, book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BASE.items():
        (tmp_path / name).write_text(str(content), encoding="utf-8")
    return tmp_path


def problems(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    return [(p.file, p.row, p.what) for p in caught.value.problems]


def test_csv_and_xlsx_may_stand_side_by_side(folder: Path):
    (folder / "firms.csv").unlink()
    (folder / "all.xlsx").write_bytes(
        book(Firms=[line.split(",") for line in FIRMS.splitlines()], 说明=[["hold no table"]], Sheet3=[])
    )
    assert [f.firm_id for f in read_programme(folder).firms] == ["F1", "F2"]


def test_one_workbook_with_settings_beside_it_is_a_programme(folder: Path):
    applications = [line.split(",") for line in str(BASE["applications.csv"]).splitlines()]
    (folder / "year.xlsx").write_bytes(book(企业=[line.split(",") for line in FIRMS.splitlines()], 报名=applications))
    by_book = read_programme(folder / "year.xlsx")
    (folder / "year.xlsx").unlink()
    assert by_book == read_programme(folder) == read_programme(folder / "programme.toml")


def test_a_table_in_two_files_is_read_from_both_and_repeated_keys_are_named(folder: Path):
    (folder / "more.xlsx").write_bytes(
        book(firms=[FIRMS.splitlines()[0].split(","), ["F3", "示例企业3", "gz", "tea", "示例", "sample"]])
    )
    assert len(read_programme(folder).firms) == 3
    (folder / "more.xlsx").write_bytes(book(firms=[line.split(",") for line in FIRMS.splitlines()]))
    assert problems(folder) == [("more.xlsx[firms]", 2, "row-twice"), ("more.xlsx[firms]", 3, "row-twice")]


def test_lock_files_hidden_files_and_other_files_are_left_alone(folder: Path):
    for name in ("~$firms.xlsx", ".firms.csv", "README.md", "scan.pdf"):
        (folder / name).write_bytes(b"\x00")
    assert sorted(p.name for p in table_files(folder)) == ["applications.csv", "firms.csv"]
    assert len(read_programme(folder).firms) == 2


def test_blank_lines_are_skipped_and_rows_keep_their_spreadsheet_numbers(folder: Path):
    header, one, two = FIRMS.splitlines()
    (folder / "firms.csv").write_text(f"\n{header}\n\n,,,,,\n{one}\n\n{two.replace('tea', 'teaa')}\n", encoding="utf-8")
    assert problems(folder) == [("firms.csv", 7, "reference-unknown-near")]


def test_a_cell_of_two_lines_counts_as_one_row(folder: Path):
    (folder / "firms.csv").write_text(
        FIRMS.replace("示例企业1", '"示例\n企业1"').replace("tea", "teaa"), encoding="utf-8"
    )
    assert problems(folder) == [("firms.csv", 3, "reference-unknown-near")]


def test_a_broken_workbook_is_one_problem_and_silences_what_would_follow_from_it(folder: Path):
    (folder / "firms.csv").unlink()
    (folder / "firms.xlsx").write_bytes(b"PK\x03\x04 not really")
    assert problems(folder) == [("firms.xlsx", 0, "xlsx-broken")]


def test_a_workbook_whose_sheet_is_cut_inside_the_archive_is_one_problem(folder: Path):
    whole = zipfile.ZipFile(io.BytesIO(book(firms=[line.split(",") for line in FIRMS.splitlines()])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as cut:
        for name in whole.namelist():
            content = whole.read(name)
            cut.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    (folder / "firms.csv").unlink()
    (folder / "firms.xlsx").write_bytes(out.getvalue())
    assert problems(folder) == [("firms.xlsx", 0, "xlsx-broken")]


def test_a_workbook_with_a_password_says_so(folder: Path):
    (folder / "firms.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert problems(folder) == [("firms.xlsx", 0, "xlsx-locked")]


def test_formulas_count_as_their_saved_values_and_without_one_are_named(folder: Path):
    made = Workbook()
    page = made.active
    page.title = "firms"
    for line in [*FIRMS.splitlines(), "F3,=1+1,gz,tea,示例,sample"]:
        page.append(line.split(","))
    out = io.BytesIO()
    made.save(out)
    (folder / "firms.csv").unlink()
    (folder / "firms.xlsx").write_bytes(out.getvalue())
    assert problems(folder) == [("firms.xlsx[firms]", 4, "formula-unknown")]


def test_an_unknown_sheet_that_holds_something_is_named(folder: Path):
    (folder / "more.xlsx").write_bytes(book(Quotes=[["a"], ["b"]], Wxyz=[["x"]]))
    assert problems(folder) == [
        ("more.xlsx[Quotes]", 0, "sheet-unknown-near"),
        ("more.xlsx[Wxyz]", 0, "sheet-unknown"),
    ]


def test_files_that_are_too_big_are_not_opened(folder: Path):
    with (folder / "firms.csv").open("wb") as file:
        file.truncate(BIGGEST_FILE + 1)
    assert problems(folder) == [("firms.csv", 0, "file-big")]


def test_csv_with_too_many_rows_is_refused(folder: Path):
    (folder / "firms.csv").write_bytes(FIRMS.encode() + b"x\n" * MOST_ROWS)
    assert problems(folder) == [("firms.csv", 0, "rows-many")]


@pytest.mark.parametrize("line", [b"firm_id," + b"a," * 600_000, FIRMS.encode() + b"F3," + b"a" * 1_100_000])
def test_a_line_longer_than_any_row_is_one_problem(folder: Path, line: bytes):
    (folder / "firms.csv").write_bytes(line)
    assert problems(folder) == [("firms.csv", 0, "line-long")]


def test_a_cell_longer_than_the_reader_admits_is_one_problem(folder: Path):
    (folder / "firms.csv").write_bytes(b"a" * 200_000)
    assert problems(folder) == [("firms.csv", 1, "csv-broken")]


def test_formatting_far_below_the_rows_does_not_matter(folder: Path):
    made = Workbook()
    page = made.active
    page.title = "firms"
    for line in FIRMS.splitlines():
        page.append(line.split(","))
    page.cell(1_048_576, 16_384).number_format = "0.00"
    out = io.BytesIO()
    made.save(out)
    (folder / "firms.csv").unlink()
    (folder / "firms.xlsx").write_bytes(out.getvalue())
    assert len(read_programme(folder).firms) == 2


def test_workbooks_with_too_many_rows_are_refused_sheet_by_sheet():
    found = Found()
    read_workbook(
        book(firms=[["firm_id"], *[[f"F{n}"] for n in range(4)]], posts=[["post_id"], ["P"]]),
        "b.xlsx",
        found,
        most_rows=3,
    )
    assert [(p.file, p.what) for p in found.problems] == [("b.xlsx[firms]", "rows-many")]
    assert [sheet.file for sheet in found.sheets] == ["b.xlsx[posts]"]
    assert found.unsure == {"firms"}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("茶".encode(), "茶"),
        ("茶".encode("utf-8-sig"), "茶"),
        ("茶".encode("gb18030"), "茶"),
        ("茶".encode("utf-16"), "茶"),
        (b"\xff\x00\x81", None),
        (b"a\x00b", None),
    ],
)
def test_encodings_are_recognised(content: bytes, text: str | None):
    assert decoded(content) == text


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path):
    (tmp_path / "firms.csv").mkdir()
    found = read_files([tmp_path / "firms.csv"])
    assert [(p.file, p.what) for p in found.problems] == [("firms.csv", "file-closed")]
    assert isinstance(found.problems[0], Problem)
    assert found.unsure == {"firms"}


def test_spreadsheets_of_old_programs_say_how_to_save_them(folder: Path):
    (folder / "报名.et").write_bytes(b"")
    assert problems(folder) == [("报名.et", 0, "format-old")]
