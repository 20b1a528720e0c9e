"""New programmes and the reference of the tables: complete, readable, the same every time, fit for every console."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fairplanner.domain.columns import column_docs
from fairplanner.domain.settings import ScoreWeights
from fairplanner.domain.tables import TABLES
from fairplanner.intake import describe_tables, new_programme, read_programme

KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


@KINDS
@LANGS
@pytest.mark.parametrize("name", ["mine", "贵州 2027（试）", "...", 'a"b\\c'])
def test_a_new_programme_reads_without_a_problem(tmp_path: Path, kind: str, lang: str, name: str):
    for file, content in new_programme(name, kind=kind, lang=lang).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    programme = read_programme(tmp_path)
    assert programme.firms == ()
    assert programme.settings.score == ScoreWeights()


@KINDS
@LANGS
def test_a_new_programme_is_the_same_bytes_every_time(kind: str, lang: str):
    assert new_programme("mine", kind=kind, lang=lang) == new_programme("mine", kind=kind, lang=lang)


@LANGS
def test_csv_has_one_file_a_table_with_headers_in_the_language(lang: str):
    files = new_programme("mine", kind="csv", lang=lang)
    assert set(files) == {"programme.toml", "packs/blank.toml"} | {f"{t.name}.csv" for t in TABLES}
    header = files["firms.csv"].decode("utf-8-sig").strip().split(",")
    assert header[:2] == (["企业编号", "企业名称"] if lang == "zh" else ["Firm id", "Chinese name"])


def test_the_workbook_has_one_sheet_a_table_with_comments_and_drop_downs():
    book = load_workbook(io.BytesIO(new_programme("mine", kind="xlsx", lang="zh")["mine.xlsx"]))
    assert book.sheetnames[:2] == ["说明", "设置"]
    assert set(book.sheetnames[2:]) == {t.zh for t in TABLES}
    page = book["报名"]
    assert page.max_row == 1
    headers = {cell.value: cell for cell in page[1]}
    assert all(cell.comment for cell in headers.values())
    assert headers["企业编号"].font.color.rgb.endswith("C00000")
    lists = {v.formula1 for v in page.data_validations.dataValidation}
    assert '"希望,可接受,不参加"' in lists
    assert '"意向,已报名,初审,入围,候补,未入围,公示,已缴费确认,已获批,已成行,已总结,已申报补贴,退展"' in lists


def test_words_chosen_from_the_drop_downs_are_read(tmp_path: Path):
    for file, content in new_programme("mine", kind="xlsx", lang="zh").items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    book = load_workbook(tmp_path / "mine.xlsx")
    page, row = book["企业"], {"企业编号": "F1", "企业名称": "示例企业", "地区编号": "gz", "企业类型": "流通型"}
    row |= {"中小企业": "否", "来源": "示例", "可信度": "示例"}
    assert set(row) <= {cell.value for cell in page[1]}
    page.append([row.get(cell.value) for cell in page[1]])
    book.save(tmp_path / "mine.xlsx")
    (firm,) = read_programme(tmp_path).firms
    assert (firm.kind, firm.sme, firm.confidence) == ("trader", False, "sample")


def test_the_commented_profiles_of_a_new_programme_are_valid_when_uncommented(tmp_path: Path):
    files = new_programme("mine", kind="csv", lang="en")
    for file, content in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(content)
    text = files["programme.toml"].decode()
    start = text.index("# [profiles.home]")
    (tmp_path / "programme.toml").write_text(
        text[:start] + text[start:].replace("# ", "").replace("#\n", "\n"), encoding="utf-8"
    )
    settings = read_programme(tmp_path).settings
    assert len(settings.profiles) == 3
    assert all(settings.profile_of(regime) == profile for regime, profile in settings.profiles.items())


@LANGS
def test_the_reference_of_the_tables_names_every_table_and_column_once(lang: str):
    text = describe_tables(lang)
    for table in TABLES:
        part = text.split(f"## {table.name} · ")[1].split("\n## ")[0]
        rows = [line for line in part.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == list(column_docs(table.row))
        assert all(row.replace("\\|", "").count("|") == 8 for row in rows)


@LANGS
def test_the_reference_of_the_tables_can_be_shown_on_a_chinese_console(lang: str):
    assert "㎡" in describe_tables(lang).encode("cp936").decode("cp936")
