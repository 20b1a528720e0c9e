"""Sheets that correct a table: which they are, what they replace, and in which order."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from fairplanner.errors import CatalogueError
from fairplanner.intake import read_programme
from fairplanner.intake.edited.corrections import corrected_table
from tests.hand_made import workbook

TINY = Path(__file__).parents[2] / "programmes" / "tiny"
HEAD = ["firm_id", "phase_id", "people", "source", "confidence"]


def row(people: int, firm_id: str = "f01") -> list[Any]:
    return [firm_id, "t-tea-1", people, "tests", "sample"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tables"))


def people(folder: Path, told: list[Any] | None = None) -> int:
    return read_programme(folder, told=told).application["f01/t-tea-1/-"].people


@pytest.mark.parametrize(
    ("title", "name"),
    [("报名（更正）", "applications"), ("报名(更正)", "applications"), ("Applications (corrected)", "applications"),
     ("企业（更正）", "firms"), ("报名", None), ("更正", None), ("（更正）", None), ("别的（更正）", None)],
)  # fmt: skip
def test_a_title_names_the_table_that_is_corrected(title: str, name: str | None) -> None:
    table = corrected_table(title)
    assert (table.name if table else None) == name


@pytest.mark.parametrize("name", ["x.xlsx", "报名（更正）.csv", "Applications (corrected).csv"])
def test_a_row_stands_in_place_of_the_one_with_its_key(folder: Path, name: str) -> None:
    before = people(folder)
    if name.endswith(".csv"):
        text = "\n".join(",".join(map(str, line)) for line in (HEAD, row(before + 3)))
        (folder / name).write_text(text, encoding="utf-8")
    else:
        workbook(folder / name, ("报名（更正）", [HEAD, row(before + 3)]))
    told: list[Any] = []
    assert people(folder, told) == before + 3
    assert [dict(p.facts)["count"] for p in told if p.what == "told-corrected"] == ["1"]


def test_the_last_file_counts_and_ten_comes_after_two(folder: Path) -> None:
    for n, number in (("", 11), ("-2", 12), ("-10", 20)):
        workbook(folder / f"人工决定 2024-11-01{n}.xlsx", ("报名（更正）", [HEAD, row(number)]))
    told: list[Any] = []
    assert people(folder, told) == 20
    assert sum(p.what == "told-corrected-twice" for p in told) == 2


def test_what_corrects_nothing_and_what_is_wrong_is_told_with_all_else(folder: Path) -> None:
    workbook(folder / "x.xlsx", ("报名（更正）", [HEAD, row(2, "nobody"), row("viele")]))  # type: ignore[arg-type]
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    assert {(p.what, p.row) for p in caught.value.problems} == {("correction-of-nothing", 2), ("number", 3)}
