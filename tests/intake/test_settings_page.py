"""A page of settings in a workbook: read as programme.toml would be, told by its cells where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import new_programme, read_programme
from fairplanner.intake.read import own_settings

BASICS = {
    "计划编号": "mine",
    "计划名称": "示例计划",
    "英文名称": "Sample programme",
    "编制地区": "贵州省",
    "计划期起": "2027年1月1日",
    "计划期止": date(2027, 12, 31),
    "编制日": "2026-11-01",
    "币种": "cny",
}


def written(folder: Path, rows: dict[str, Any], *, toml: str | None = None, title: str = "设置") -> Path:
    """A folder with one workbook of settings, and programme.toml if a text is given."""
    book = Workbook()
    page = book.active
    page.title = title
    page.append(["项目", "填写", "说明"])
    for label, value in rows.items():
        page.append([label, value, "说明在第三列"])
    book.save(folder / "年度计划.xlsx")
    if toml is not None:
        (folder / "programme.toml").write_text(toml, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(CatalogueError) as caught:
        read_programme(folder)
    return caught.value.problems


def test_a_workbook_alone_is_a_programme(tmp_path: Path):
    settings = read_programme(written(tmp_path, BASICS)).settings
    assert (settings.id, settings.name_zh, settings.root, settings.currency) == ("mine", "示例计划", "gz", "CNY")
    assert (settings.window_from, settings.as_of) == (date(2027, 1, 1), date(2026, 11, 1))


def test_what_the_page_leaves_open_stands_in_programme_toml(tmp_path: Path):
    folder = written(tmp_path, BASICS | {"第几稿": None}, toml="revision = 3\ngap = 0.01\n")
    settings = read_programme(folder).settings
    assert (settings.revision, settings.gap, settings.id) == (3, 0.01, "mine")


def test_the_same_said_twice_is_no_problem_and_something_else_is(tmp_path: Path):
    assert read_programme(written(tmp_path, BASICS, toml='id = "mine"\n')).settings.id == "mine"
    (problem,) = problems_of(written(tmp_path, BASICS, toml='id = "other"\n'))
    assert problem == Problem("年度计划.xlsx[设置]", 2, "计划编号", "setting-twice", "mine", (("other", "other"),))


@pytest.mark.parametrize(
    ("label", "value", "what"),
    [
        ("计划期止", "2026-12-31", "window-order"),
        ("计划期止", "很久以后", "date"),
        ("计划期起", "2027年4月中旬", "date-window"),
        ("币种", "人民币", "currency-code"),
        ("编制地区", "无此地", "reference-unknown"),
        ("编制日", "2028-01-01", "as-of-late"),
        ("计划编号", "my plan", "id-form"),
        ("第几稿", "二", "number"),
        ("计划名城", "示例", "setting-unknown-near"),
        ("天气", "晴", "setting-unknown"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(tmp_path: Path, label: str, value: object, what: str):
    rows = BASICS | {label: value}
    told = [p for p in problems_of(written(tmp_path, rows)) if p.what == what]
    assert [(p.file, p.row, p.column) for p in told] == [("年度计划.xlsx[设置]", 2 + list(rows).index(label), label)]


def test_without_page_and_programme_toml_one_is_asked_for(tmp_path: Path):
    written(tmp_path, {}, title="说明")
    assert [p.what for p in problems_of(tmp_path)] == ["settings-missing"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_programme_begins_with_a_page_that_can_be_edited(tmp_path: Path, lang: str):
    for file, content in new_programme("mine", lang=lang).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    book = load_workbook(tmp_path / "mine.xlsx")
    page = book["设置" if lang == "zh" else "Settings"]
    cells = {row[0].value: row[1] for row in page.iter_rows(min_row=2) if row[0].value}
    cells["计划期起" if lang == "zh" else "First day planned"].value = date(2027, 8, 1)
    cells["示例数据" if lang == "zh" else "Sample data"].value = "是" if lang == "zh" else "yes"
    book.save(tmp_path / "mine.xlsx")
    settings = read_programme(tmp_path).settings
    assert (settings.id, settings.window_from, settings.sample) == ("mine", date(2027, 8, 1), True)
    assert set(own_settings(tmp_path)) == {
        "id", "name_zh", "name_en", "root", "window_from", "window_to", "as_of", "revision", "currency", "sample", "invite",
    }  # fmt: skip
