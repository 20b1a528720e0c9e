"""Where a problem stands: file, sheet and cell, whatever is above the header."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from fairplanner.errors import Problem
from fairplanner.intake.spots import Spot, spots


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    book = Workbook()
    page = book.active
    page.title = "企业（新）"
    page.append(["2027年度企业名单"])
    page.append([])
    page.append([None, "企业编号", " 可派队数 "])
    page.append([None, "F1", 1.5])
    page.cell(4, 30, "x")
    page.cell(3, 30, "末列")
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "firms.csv").write_text("firm_id,teams\nF1,x\n", encoding="utf-8")
    (tmp_path / "programme.toml").write_text("", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    return tmp_path


def spot(folder: Path, *problem: object) -> Spot:
    return spots([Problem(*problem)], folder)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        (4, "可派队数", "C4"),
        (4, "企业编号", "B4"),
        (4, "末列", "AD4"),
        (4, "没有这一列", "A4"),
        (4, "", "A4"),
        (3, "可派队数", "D3"),
        (0, "可派队数", ""),
        (2, "可派队数", "A2"),
    ],
)
def test_the_cell_stands_under_the_header_that_the_problem_names(
    folder: Path, row: int, column: str, cell: str
) -> None:
    found = spot(folder, "a.xlsx[企业（新）]", row, column, "x")
    assert (found.file, found.path, found.page, found.cell) == ("a.xlsx", folder / "a.xlsx", "企业（新）", cell)


def test_a_csv_has_cells_too_and_a_text_has_none(folder: Path) -> None:
    assert spot(folder, "firms.csv", 2, "teams", "x") == Spot("firms.csv", folder / "firms.csv", "", "B2", "teams")
    assert spot(folder, "programme.toml", 0, "window_to", "x").cell == ""


def test_an_address_that_was_told_is_taken(folder: Path) -> None:
    found = spot(folder, "a.xlsx[报名表]", 7, "D7 企业名称", "x")
    assert (found.cell, found.column) == ("D7", "企业名称")


@pytest.mark.parametrize("name", ["broken.xlsx[企业]", "nowhere.xlsx[企业]", "--plan", "a.xlsx[没有]", "[", ""])
def test_what_cannot_be_found_is_no_error(folder: Path, name: str) -> None:
    assert spot(folder, name, 3, "企业编号", "x").cell == ""


def test_a_cell_may_be_told_instead_of_a_column_and_of_a_file_that_was_written(folder: Path) -> None:
    out = folder / "结果"
    out.mkdir()
    (folder / "a.xlsx").rename(out / "b.xlsx")
    (found,) = spots([Problem("b.xlsx[企业（新）]", 5, "J5", "x")], folder, out)
    assert found == Spot("结果/b.xlsx", out / "b.xlsx", "企业（新）", "J5", "")
