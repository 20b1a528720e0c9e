"""go: from tables to an opened report in one step, and to a page that says what stands in the way."""

from __future__ import annotations

import os
import shutil
import webbrowser
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from fairplanner.cli import build
from fairplanner.words import words

PROGRAMMES = Path(__file__).parents[1] / "programmes"
NAME = "张三 的 'x' (2) & 100%"


def run(*args: object, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*map(str, args), "--lang", lang], catch_exceptions=False)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a browser was asked to open, one address a line."""
    list_, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{list_}"\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    # which browsers there are is found out once in a process
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})
    return list_


def copy(name: str, tmp_path: Path) -> Path:
    return shutil.copytree(PROGRAMMES / name, tmp_path / NAME / name)


def said(result: Result) -> str:
    result.output.encode("gbk")
    return result.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a browser made of a script")
def test_everything_at_once_on_a_path_with_chinese_and_blanks(tmp_path: Path, opened: Path) -> None:
    folder = copy("tiny", tmp_path)
    first = run("go", folder)
    assert first.exit_code == 0, first.output
    out = folder / "结果"
    lines = [line for line in said(first).splitlines() if line.startswith("[")]
    assert [line[:5] for line in lines] == [f"[{n}/6]" for n in range(1, 7)]
    report = out / "internal/report.zh.html"
    assert opened.read_text(encoding="utf-8").split() == [report.as_uri()]
    assert {p.name for p in out.iterdir()} >= {"plan.json", "index.zh.html", "list.zh.html", "报名表.xlsx"}
    assert not (out / "问题.html").exists()
    assert not (out / "sign-up-form.xlsx").exists()


@pytest.mark.slow
def test_the_same_tables_give_the_same_files_again(tmp_path: Path) -> None:
    folder = copy("tiny", tmp_path)
    made = []
    for _ in range(2):
        assert run("go", folder, "--no-open").exit_code == 0
        made.append({p: p.read_bytes() for p in (folder / "结果").rglob("*") if p.is_file()})
    assert made[0] == made[1]


def test_what_was_written_before_is_replaced_unless_a_person_changed_it(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    assert run("new", folder, "--kind", "csv").exit_code == 0
    assert run("go", folder, "--no-open").exit_code == 0
    settings = folder / "programme.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('name_zh = "', 'name_zh = "换了名的'), encoding="utf-8"
    )
    listed = folder / "结果/list.zh.html"
    assert run("go", folder, "--no-open").exit_code == 0
    assert "换了名的" in listed.read_text(encoding="utf-8")
    listed.write_text("mine", encoding="utf-8")
    assert run("go", folder, "--no-open").exit_code == 1
    assert listed.read_text(encoding="utf-8") == "mine"
    page = (folder / "结果/问题.html").read_text(encoding="utf-8")
    assert words("zh")("go.page.title-output") in page
    assert "list.zh.html" in page
    listed.unlink()
    assert run("go", folder, "--no-open").exit_code == 0
    assert not (folder / "结果/问题.html").exists()


@pytest.mark.skipif(os.name != "posix", reason="a browser made of a script")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_problems_become_a_page_and_a_workbook_that_lead_to_the_cells(tmp_path: Path, opened: Path, lang: str) -> None:
    folder, w = copy("broken/xlsx-cells", tmp_path), words(lang)
    done = run("go", folder, lang=lang)
    said(done)
    assert done.exit_code == 1
    out = folder / w("go.folder")
    page = out / f"{w('go.problems')}.html"
    assert opened.read_text(encoding="utf-8").split() == [page.as_uri()]
    text = unescape(page.read_text(encoding="utf-8"))
    for cell in ("D2", "E3", "A4"):
        assert f">{cell}<" in text
    # a browser downloads a copy of a linked sheet, and whoever mends the copy mends nothing
    assert "tables.xlsx" in text
    assert "<a " not in text.partition("<main>")[2]
    sheet = load_workbook(BytesIO(page.with_suffix(".xlsx").read_bytes())).active
    links = [(x.hyperlink.target, x.hyperlink.location) for x in sheet["D"] if x.hyperlink]
    assert links == [("../tables.xlsx", f"'企业'!{cell}") for cell in ("D2", "E3", "A4")]
    assert [cell.value for cell in sheet["D"]][2:] == ["D2", "E3", "A4"]
    assert not (out / "plan.json").exists()


@pytest.mark.slow
def test_an_impossible_programme_becomes_the_page_of_its_reasons(tmp_path: Path) -> None:
    folder = copy("impossible", tmp_path)
    done = run("go", folder, "--no-open")
    assert done.exit_code == 2
    page = unescape((folder / "结果/问题.html").read_text(encoding="utf-8"))
    for line in done.stderr.splitlines():
        assert line.strip() in page
    assert not (folder / "结果/问题.xlsx").exists()
    assert (folder / "结果/list.zh.html").exists()


def test_a_folder_that_is_not_there_and_one_that_cannot_be_written_are_told_without_a_page(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("go", tmp_path / "file" / "inside", "--no-open")
    assert done.exit_code == 1
    assert words("zh")("cli.go.no-page") in done.output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_folder_becomes_a_programme_whose_list_can_be_sent_out(tmp_path: Path, lang: str) -> None:
    folder, w = tmp_path / "2027 计划", words(lang)
    folder.mkdir()
    assert run("go", folder, "--no-open", lang=lang).exit_code == 1
    shutil.rmtree(folder)
    done = run("go", folder, "--no-open", "--new", lang=lang)
    assert done.exit_code == 0, done.output
    assert w("cli.go.waits", inbox=w("go.inbox")) in said(done)
    assert {p.name for p in folder.iterdir()} >= {
        "programme.toml",
        "2027-计划.xlsx",
        w("start.bat"),
        w("start.sh"),
        w("go.inbox"),
    }
    assert (folder / w("go.folder") / f"list.{lang}.html").is_file()
    assert os.name != "posix" or os.access(folder / w("start.sh"), os.X_OK)
    again = run("go", folder, "--no-open", "--new", lang=lang)
    assert again.exit_code == 0
    assert w("cli.go.begun", book="")[:5] not in again.stdout


def test_tables_without_settings_get_settings_and_no_second_workbook(tmp_path: Path) -> None:
    (tmp_path / "firms.csv").write_text("企业编号,企业名称,地区编号,来源,可信度\n", encoding="utf-8")
    done = run("go", tmp_path, "--no-open", "--new")
    assert done.exit_code == 0, done.output
    assert [p.name for p in tmp_path.glob("*.xlsx")] == []
    assert (tmp_path / "programme.toml").is_file()


def test_start_files_that_came_with_the_installer_are_no_reason_to_refuse_but_others_are(tmp_path: Path) -> None:
    from fairplanner.intake import start_files

    for name, content in start_files(words("zh")).items():
        (tmp_path / name).write_bytes(content)
    assert run("new", tmp_path).exit_code == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "开始.bat").write_bytes(b"mine")
    assert run("new", other).exit_code == 1
    assert [p.name for p in other.iterdir()] == ["开始.bat"]


def fill(form: Path, inbox: Path, n: int) -> None:
    """The form of the year's list, filled in as a firm does."""
    book = load_workbook(form)
    page, lists = book.worksheets
    options: dict[str, list[str]] = {}
    for name, text, _ in lists.iter_rows(min_row=2, max_col=3, values_only=True):
        options.setdefault(str(name), []).append(str(text))
    rows = {str(page.cell(r, 1).value): r for r in range(1, page.max_row + 1)}
    columns = next(key for key in rows if key.startswith("wishes:")).removeprefix("wishes:").split(",")
    answers = {"name_zh": f"示例企业{n:02d}", "zone_id": options["zone"][0], "kind": options["kind"][0]}
    for key, value in answers.items():
        page.cell(rows[f"firm.{key}"], 4).value = value
    for key, value in {"fair": options["fair"][0], "section_id": options["section"][0], "booths": 1}.items():
        page.cell(rows["wish.1"], 2 + columns.index(key)).value = value
    book.save(inbox / f"报名表 {n}.xlsx")


def test_from_an_empty_folder_to_the_report_by_forms_alone(tmp_path: Path, opened: Path) -> None:
    folder = tmp_path / "2027 计划"
    assert run("go", folder, "--no-open", "--new").exit_code == 0
    for n in (1, 2):
        fill(folder / "结果/报名表.xlsx", folder / "报名", n)
    done = run("go", folder, "--new")
    assert done.exit_code == 0, done.output
    assert "[7/7]" in said(done)
    # the report last, so that it lies on top
    pages = [folder / "结果/提示.html", folder / "结果/internal/report.zh.html"]
    assert opened.read_text(encoding="utf-8").split() == [page.as_uri() for page in pages]
    report = unescape((folder / "结果/internal/report.zh.html").read_text(encoding="utf-8"))
    assert "示例企业01" in report
    remarks = unescape((folder / "结果/提示.html").read_text(encoding="utf-8"))
    assert "报名/报名表 1.xlsx" in remarks
    assert ">D7<" in remarks


def test_pages_call_tables_and_cells_as_the_workbook_does(tmp_path: Path) -> None:
    folder = tmp_path / "2027 计划"
    assert run("go", folder, "--no-open", "--new").exit_code == 0
    (book,) = folder.glob("*.xlsx")
    tables = load_workbook(book)
    tables["设置"]["B5"] = "没有这个州"
    tables.save(book)
    assert run("go", folder, "--no-open").exit_code == 1
    row = [cell.value for cell in load_workbook(folder / "结果/问题.xlsx").active[3]]
    assert row[2:4] == ["设置", "B5"]
    assert "地区 表" in row[5]
    assert "zones" not in row[5]
