"""`collect` writes what firms signed up for beside the programme's tables, once, and never over what people changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from fairplanner.cli import build
from fairplanner.intake import read_programme
from fairplanner.intake.signups import programme_before
from tests.hand_made import workbook
from tests.signups import code, inbox

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
HEAD = ["企业名称", "统一社会信用代码", "所属地区", "拟参加展会", "申请展位数", "联系人"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "计划 一"
    shutil.copytree(TINY, there)
    return there


def sign_up(folder: Path, *rows: list[object], name: str = "a.xlsx") -> None:
    workbook(inbox(folder, name), ("x", [HEAD, *rows]))


def row(folder: Path, number: int = 1, booths: object = 2, **changes: object) -> list[object]:
    programme = programme_before(folder)
    values = {
        "name": f"示例报名企业{number}有限公司",
        "code": code(number),
        "zone": programme.zone[programme.firms[0].zone_id].name_zh,
        "fair": programme.applications[0].phase_id,
    }
    return [*(values | changes).values(), booths, "张三"]


def run(*args: object, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [str(a) for a in args], catch_exceptions=False)


def test_what_is_collected_is_read_with_the_programme(folder: Path) -> None:
    before = read_programme(folder)
    sign_up(folder, row(folder, 1), row(folder, 2))
    done = run("collect", folder)
    assert done.exit_code == 0, done.output
    assert "新企业 2 家、新报名 2 项" in done.output
    assert "“联系人”没有采集" in done.output
    after = read_programme(folder)
    assert {f.firm_id for f in after.firms} - {f.firm_id for f in before.firms} == {code(1), code(2)}
    assert len(after.applications) == len(before.applications) + 2
    new = after.firm[code(1)]
    assert (new.source, new.confidence) == ("报名/a.xlsx[x]第2行", "user")
    assert programme_before(folder).firms == before.firms


def test_collecting_again_writes_the_same_and_keeps_what_was_decided(folder: Path) -> None:
    sign_up(folder, row(folder))
    run("collect", folder)
    names = ("collected.xlsx", "mapping.toml")
    first = [(folder / name).read_bytes() for name in names]
    (folder / "mapping.toml").write_bytes(b"# mine\n" + first[1])
    assert run("collect", folder).exit_code == 0
    assert [(folder / name).read_bytes() for name in names] == [first[0], b"# mine\n" + first[1]]
    assert not (folder / "mapping.new.toml").exists()


def test_a_decision_on_a_collected_firm_is_not_in_the_way_of_collecting_it_again(folder: Path) -> None:
    sign_up(folder, row(folder))
    assert run("collect", folder).exit_code == 0
    first = (folder / "collected.xlsx").read_bytes()
    phase_id = programme_before(folder).applications[0].phase_id
    head = ["decision_id", "kind", "firm_id", "phase_id", "by", "on", "reason", "basis"]
    line = ["W1", "must-not", code(1), phase_id, "示例岗位", "2024-11-20", "示例", "示例"]
    workbook(folder / "人工决定 2024-11-20.xlsx", ("人工决定", [head, line]))
    assert read_programme(folder).decisions[-1].firm_id == code(1)
    (folder / "collected.xlsx").unlink()
    done = run("collect", folder)
    assert done.exit_code == 0, done.output
    assert (folder / "collected.xlsx").read_bytes() == first


def test_what_people_changed_is_not_written_over_unless_asked(folder: Path) -> None:
    sign_up(folder, row(folder))
    run("collect", folder)
    book = load_workbook(folder / "collected.xlsx")
    book.worksheets[0]["B2"] = "改过的名称"
    book.save(folder / "collected.xlsx")
    changed = (folder / "collected.xlsx").read_bytes()
    sign_up(folder, row(folder, 2), name="b.xlsx")
    done = run("collect", folder)
    assert done.exit_code == 1
    assert "collected.xlsx" in done.stderr
    assert (folder / "collected.xlsx").read_bytes() == changed
    assert run("collect", folder, "--replace").exit_code == 0
    assert load_workbook(folder / "collected.xlsx").worksheets[0].max_row == 3


def test_with_problems_nothing_is_collected_but_the_rest_on_request(folder: Path) -> None:
    sign_up(folder, row(folder, 1), row(folder, 2, "若干"), row(folder, 3, fair="没有这个展会"))
    done = run("collect", folder)
    assert done.exit_code == 1
    assert "E3 申请展位数" in done.stderr
    assert "没有这个展会" in done.stderr
    assert not (folder / "collected.xlsx").exists()
    partly = run("collect", folder, "--partly")
    assert partly.exit_code == 0, partly.output
    book = load_workbook(folder / "collected.xlsx")
    assert book.sheetnames == ["企业", "报名", "待核对"]
    left = [str(cell.value) for cell in book["待核对"]["A"]]
    assert any("没有这个展会" in text for text in left)
    assert any("若干" in text for text in left)
    assert "没有这个展会" in partly.output
    assert read_programme(folder).firm[code(1)]


def test_a_firm_typed_in_since_is_collected_no_more(folder: Path) -> None:
    sign_up(folder, row(folder, 1), row(folder, 2))
    run("collect", folder)
    firms = (folder / "firms.csv").read_text("utf-8-sig")
    width = firms.splitlines()[0].split(",")
    own = read_programme(folder).firm[code(1)]
    typed = [
        str(getattr(own, name)) if name in ("firm_id", "name_zh", "zone_id", "source", "confidence") else ""
        for name in width
    ]
    (folder / "firms.csv").write_text(firms.rstrip("\n") + "\n" + ",".join(typed) + "\n", encoding="utf-8")
    done = run("collect", folder)
    assert done.exit_code == 0, done.output
    assert "新企业 1 家、新报名 2 项" in done.output
    assert read_programme(folder).firm[code(2)]


def test_a_decision_may_name_a_firm_that_was_collected(folder: Path) -> None:
    sign_up(folder, row(folder, 1))
    run("collect", folder)
    asked = read_programme(folder).applications[0].phase_id
    cells = [
        "D-9",
        "must-go",
        code(1),
        asked,
        "处室负责人（示例）",
        "2024-12-01",
        "示例",
        "示例纪要",
        "示例 sample",
        "sample",
    ]
    head = "decision_id,kind,firm_id,phase_id,by,on,reason,basis,source,confidence"
    (folder / "decisions.csv").write_text(head + "\n" + ",".join(cells) + "\n", encoding="utf-8")
    sign_up(folder, row(folder, 2), name="b.xlsx")
    done = run("collect", folder)
    assert done.exit_code == 0, done.output
    assert {code(1), code(2)} <= {f.firm_id for f in read_programme(folder).firms}


def test_a_machine_is_told_the_same(folder: Path) -> None:
    sign_up(folder, row(folder))
    done = run("collect", folder, "--json")
    said = json.loads(done.output)
    assert (said["firms"], said["applications"], said["files"]) == (1, 1, 1)
    assert any(one["what"] == "signup-title-personal" for one in said["remarks"])


def test_in_english_the_same_in_english(folder: Path) -> None:
    sign_up(folder, row(folder), row(folder, 2, "some"))
    done = run("collect", folder, "--partly", lang="en")
    assert "2 new firms and 1 new application, written to" in done.output
    assert load_workbook(folder / "collected.xlsx").sheetnames == ["Firms", "Applications", "To settle"]
    assert read_programme(folder).firm[code(1)]


def test_where_nobody_signed_up_it_says_what_to_do(folder: Path) -> None:
    done = run("collect", folder)
    assert done.exit_code == 1
    assert "报名" in done.stderr


def test_an_open_workbook_is_not_written_over(folder: Path) -> None:
    sign_up(folder, row(folder))
    (folder / ".~lock.collected.xlsx#").write_text("somebody", encoding="utf-8")
    done = run("collect", folder)
    assert done.exit_code == 1
    assert not (folder / "collected.xlsx").exists()
