"""Files are told apart by what is in them; what we do not read says how to save it, what is open elsewhere says so."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from fairplanner.errors import Problem
from fairplanner.intake.sheets.contents import content_of, is_lock, locks_of
from fairplanner.intake.sheets.pages import pages_of
from fairplanner.report import problem_text
from tests.intake.sheets.making import OLD, saved


def found(path: Path, content: bytes) -> object:
    path.write_bytes(content)
    got = pages_of(path, path.name, 100)
    return got.what if isinstance(got, Problem) else [page.rows for page in got]


@pytest.mark.parametrize("suffix", ["et", "ett", "ods", "numbers", "xlsb", "wps"])
def test_formats_of_other_programs_say_how_to_save_them(tmp_path: Path, suffix: str):
    (tmp_path / f"a.{suffix}").write_bytes(b"x")
    problem = pages_of(tmp_path / f"a.{suffix}", "a", 10)
    assert isinstance(problem, Problem)
    assert "WPS" in problem_text(problem, "zh")
    assert ".xlsx" in problem_text(problem, "en")


def test_a_workbook_counts_whatever_its_ending_says(tmp_path: Path):
    assert found(tmp_path / "a.csv", OLD.read_bytes()) == found(tmp_path / "a.xls", OLD.read_bytes())


def test_a_text_called_xls_is_a_text_and_a_web_page_called_xls_is_told(tmp_path: Path):
    assert found(tmp_path / "a.xls", "企业\t地区\n甲\t遵义\n".encode("gb18030")) == [
        [(1, ["企业", "地区"]), (2, ["甲", "遵义"])]
    ]
    assert found(tmp_path / "b.xls", b"\xef\xbb\xbf <HTML><table>") == "sheet-markup"
    assert found(tmp_path / "c.xls", b"\xff\x00\x81") == "xlsx-broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_mark(tmp_path: Path, encoding: str, mark: str):
    text = f"企业{mark}地区\n\n甲{mark}遵义\n"
    assert found(tmp_path / "a.csv", text.encode(encoding)) == [[(1, ["企业", "地区"]), (3, ["甲", "遵义"])]]


def test_a_csv_has_as_many_columns_as_a_sheet_and_blanks_beyond_are_nothing(tmp_path: Path):
    assert found(tmp_path / "a.csv", b"a,b" + b"," * 300 + b"\nc,d\n")[0][1] == (2, ["c", "d"])
    (tmp_path / "b.csv").write_bytes(b"\n".join([b"a,b", b"x," * 200_000]))
    begun = time.process_time()
    assert pages_of(tmp_path / "b.csv", "b.csv", 100, known=lambda _: "") == Problem(
        "b.csv", 0, "", "columns-many", "KIVH2", (("limit", "200"),)
    )
    assert time.process_time() - begun < 2


def test_texts_that_were_kept_from_becoming_numbers_are_texts_and_other_formulas_stay_as_written(tmp_path: Path):
    assert found(tmp_path / "a.csv", b'="0012",=1+1,"=HYPERLINK(""x"")"\n') == [
        [(1, ["0012", "=1+1", '=HYPERLINK("x")'])]
    ]


def test_files_open_elsewhere_are_known_by_their_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "企业名单.xlsx"
    path.write_bytes(b"x")
    assert locks_of(path) == []
    for name in ("~$企业名单.xlsx", "~$名单.xlsx", ".~lock.企业名单.xlsx#"):
        (tmp_path / name).write_bytes(b"")
        assert is_lock(tmp_path / name)
    assert len(locks_of(path)) == 3

    def closed(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    problems: list[Problem] = []
    assert content_of(path, path.name, problems) is None
    assert [p.what for p in problems] == ["file-open"]
    assert "请先关闭“企业名单.xlsx”" in problem_text(problems[0], "zh")
    assert content_of(tmp_path / "x.csv", "x.csv", problems) is None
    assert problems[1].what == "file-closed"


def test_bytes_of_any_kind_are_read_or_refused_at_once(tmp_path: Path):
    draw = random.Random(8)  # noqa: S311
    for n in range(300):
        path = tmp_path / f"a.{draw.choice(['xlsx', 'csv', 'xls', 'tsv'])}"
        head = draw.choice([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", "企业,地区\n".encode()])
        path.write_bytes(head + draw.randbytes(draw.randrange(400)))
        begun = time.process_time()
        got = pages_of(path, path.name, 100)
        assert isinstance(got, list | Problem), n
        assert time.process_time() - begun < 1


def test_marks_without_width_are_nothing(tmp_path: Path):
    assert found(tmp_path / "a.csv", "企业\u200b,\ufeff地区\n".encode()) == [[(1, ["企业", "地区"])]]
    made = Workbook()
    made.active.append(["企业\u200b", "\ufeff", "x"])
    assert found(tmp_path / "a.xlsx", saved(made)) == [[(1, ["企业", None, "x"])]]
