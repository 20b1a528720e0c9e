"""A workbook of choices that went round an office comes back: what was meant is found, what cannot be meant is named by its cell."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from fairplanner.cli import build
from fairplanner.intake import read_programme

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
PLACES, PARTIES = "企业参展安排", "团组安排"


def run(*args: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*map(str, args)], catch_exceptions=False)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny programme, its plan in `plan` and the workbook 修改表.xlsx beside it."""
    folder = tmp_path_factory.mktemp("edited") / "示例 计划"
    shutil.copytree(TINY, folder)
    assert run("plan", folder, "--out", folder / "plan").exit_code == 0
    assert run("export", folder / "plan", "--out", folder / "修改表.xlsx").exit_code == 0
    return folder


@pytest.fixture
def desk(exported: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(exported, tmp_path / "示例 计划"))


class Sheet:
    """A page of the workbook by names: a column by its header, a row by its firm (or sponsor) and fair."""

    def __init__(self, made: Workbook, title: str) -> None:
        self.page: Any = made[title]
        self.head = next(r for r in range(1, 9) if "是否参加" in [c.value for c in self.page[r]])
        self.at = {c.value: c.column for c in self.page[self.head] if c.value}

    def row(self, who: str, fair: str) -> int:
        first = self.at.get("企业") or self.at["组团单位"]
        return next(
            r
            for r in range(self.head + 1, self.page.max_row + 1)
            if who in str(self.page.cell(r, first).value) and fair in str(self.page.cell(r, self.at["展会"]).value)
        )

    def put(self, row: int, **values: object) -> str:
        """Fill cells by the beginning of their header; the name of the last one."""
        cell = None
        for name, value in values.items():
            column = next(c for header, c in self.at.items() if header.startswith(name))
            cell = self.page.cell(row, column, value)
        return str(cell.coordinate) if cell else ""


def edited(desk: Path, edit: Callable[[Workbook], None]) -> Result:
    made = load_workbook(desk / "修改表.xlsx")
    edit(made)
    made.save(desk / "修改表.xlsx")
    return run("import", desk / "plan", desk / "修改表.xlsx", "--by", "分管处长", "--on", "2024-11-05")


def test_what_an_office_does_to_a_sheet_without_meaning_anything_is_nothing(desk: Path) -> None:
    def fiddle(made: Workbook) -> None:
        sheet = Sheet(made, PLACES)
        page = sheet.page
        page.auto_filter.ref = page.dimensions
        page.row_dimensions[sheet.head + 2].hidden = True
        page.column_dimensions["D"].width = 60
        page.column_dimensions["C"].hidden = True
        # sorted by hand the other way round
        rows = [[c.value for c in r] for r in page.iter_rows(min_row=sheet.head + 1, max_row=page.max_row)]
        for at, row in enumerate(reversed([r for r in rows if r[0]]), sheet.head + 1):
            for column, value in enumerate(row, 1):
                page.cell(at, column, value)
        page.title = f"{PLACES} (2)"
        made.create_sheet("会议记录").append(["示例：再议"])
        made.move_sheet("会议记录", -3)

    result = edited(desk, fiddle)
    assert result.exit_code == 0, result.output
    assert "没有改动" in result.output
    assert "会议记录" in result.output
    assert {p.name for p in desk.iterdir()} == {p.name for p in desk.iterdir()} - {"人工决定 2024-11-05.xlsx"}


def test_what_is_typed_in_any_manner_becomes_decisions(desk: Path) -> None:
    def edit(made: Workbook) -> None:
        sheet = Sheet(made, PLACES)
        sheet.put(sheet.row("企业02", "茶博会"), 是否参加="　Ｎｏ ", 理由="让给示例企业03", 依据="示例纪要 1号")
        sheet.put(sheet.row("企业03", "茶博会"), 是否参加=True, 理由="递补", 依据="示例纪要 1号")
        sheet.put(sheet.row("企业05", "吉他展"), 安排展位数="１", 理由="展馆不够", 依据="示例纪要 2号")

    result = edited(desk, edit)
    assert result.exit_code == 0, result.output
    programme = read_programme(desk)
    found = {(d.kind, d.firm_id, d.phase_id, d.reason, d.basis) for d in programme.decisions}
    assert ("must-not", "f02", "t-tea-1", "让给示例企业03", "示例纪要 1号") in found
    assert ("must-go", "f03", "t-tea-1", "递补", "示例纪要 1号") in found
    assert all((d.by, d.on.isoformat()) == ("分管处长", "2024-11-05") for d in programme.decisions)
    (own,) = (a for a in programme.applications if a.firm_id == "f05")
    assert own.booths == 1


def no_reason(sheet: Sheet) -> list[str]:
    row = sheet.row("企业02", "茶博会")
    sheet.put(row, 是否参加="否")
    return [f"第 {row} 行", "理由"]


def a_closed_cell(sheet: Sheet) -> list[str]:
    return [sheet.put(sheet.row("企业01", "茶博会"), 企业="示例企业99"), "示例企业99", "恢复"]


def a_word_that_may_mean_either(sheet: Sheet) -> list[str]:
    return [sheet.put(sheet.row("企业05", "吉他展"), 理由="a", 依据="b", 是否参加="待定"), "待定"]


def an_error_in_a_cell(sheet: Sheet) -> list[str]:
    cell = sheet.put(sheet.row("企业01", "东盟展"), 理由="a", 依据="b", 安排展位数="#REF!")
    sheet.page[cell].data_type = "e"
    return [cell, "#REF!"]


def a_formula(sheet: Sheet) -> list[str]:
    return [sheet.put(sheet.row("企业02", "东盟展"), 理由="a", 依据="b", 安排展位数="=1+2"), "重新保存"]


def two_edits_against_each_other(sheet: Sheet) -> list[str]:
    cell = sheet.put(sheet.row("企业03", "茶博会"), 理由="a", 依据="b", 是否参加="是", 意愿="不参加")
    return [cell[1:], "矛盾"]


def a_row_more(sheet: Sheet) -> list[str]:
    sheet.page.append([None, "示例企业06", "示例东区", "示例茶博会", None, None, "是"])
    return ["示例企业06", "增加"]


def a_row_twice(sheet: Sheet) -> list[str]:
    row = sheet.row("企业03", "东盟展")
    sheet.page.append([c.value for c in sheet.page[row]])
    return [f"第 {row} 行", "同一行"]


def a_row_gone(sheet: Sheet) -> list[str]:
    row = sheet.row("企业04", "吉他展")
    for column in range(1, sheet.page.max_column + 1):
        sheet.page.cell(row, column).value = None
    return ["示例企业04", "不见"]


def a_column_gone(sheet: Sheet) -> list[str]:
    sheet.page.delete_cols(sheet.at["状态"])
    return ["状态", "恢复"]


def a_sheet_gone(sheet: Sheet) -> list[str]:
    del sheet.page.parent[PARTIES]
    return [PARTIES]


SPOILT = (
    (no_reason, a_closed_cell, a_word_that_may_mean_either, an_error_in_a_cell, a_formula, two_edits_against_each_other, a_row_more,
     a_row_twice, a_row_gone),
    (a_column_gone, a_sheet_gone),
)  # fmt: skip


@pytest.mark.parametrize("spoils", SPOILT, ids=["cells", "columns"])
def test_all_that_cannot_be_meant_is_named_by_its_cell_and_nothing_is_written(
    desk: Path, spoils: tuple[Callable[[Sheet], list[str]], ...]
) -> None:
    wanted: list[list[str]] = []
    before = {p.name: p.read_bytes() for p in desk.iterdir() if p.is_file() and p.name != "修改表.xlsx"}
    result = edited(desk, lambda made: wanted.extend(spoil(Sheet(made, PLACES)) for spoil in spoils))
    assert result.exit_code == 1, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("  ")]
    for pieces in wanted:
        assert any(all(piece in line for piece in pieces) for line in lines), (pieces, lines)
    assert {p.name: p.read_bytes() for p in desk.iterdir() if p.is_file() and p.name != "修改表.xlsx"} == before


def test_a_workbook_of_another_plan_or_of_nobody_or_open_elsewhere_is_told(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(TINY, other)
    text = (other / "quotas.csv").read_text(encoding="utf-8").replace(",tp,2,", ",tp,1,")
    (other / "quotas.csv").write_text(text, encoding="utf-8")
    assert run("plan", other, "--out", other / "plan").exit_code == 0
    assert "另一份方案" in run("import", other / "plan", desk / "修改表.xlsx").output
    hand = Workbook()
    hand.active.append(["企业", "展会"])
    hand.save(tmp_path / "手工.xlsx")
    assert "judge" in run("import", desk / "plan", tmp_path / "手工.xlsx").output
    (desk / "~$修改表.xlsx").write_bytes(b"x")
    told = run("import", desk / "plan", desk / "修改表.xlsx")
    assert told.exit_code == 1
    assert "请先关闭“修改表.xlsx”" in told.output
