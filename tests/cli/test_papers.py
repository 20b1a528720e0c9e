"""The verb `papers`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.papers import KINDS, MANNERS
from fairplanner.publish.office import owed
from fairplanner.publish.office.dressing import Manner
from fairplanner.publish.plan_json import plan_json, snapshot_json
from tests.publish.office.desks import a_year


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    programme, made = a_year()
    (tmp_path / "programme.json").write_bytes(snapshot_json(programme))
    (tmp_path / "plan.json").write_bytes(plan_json(made))
    return tmp_path


def ask(plan: Path, *more: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), ["papers", str(plan), "--lang", lang, *more], catch_exceptions=False)


def test_kinds_and_dresses_are_those_that_can_be_made() -> None:
    assert owed.KINDS == KINDS
    assert tuple(Manner) == MANNERS


@pytest.mark.parametrize(
    ("lang", "request_", "lacks"),
    [
        ("zh", "请示：", "缺：公务活动 4 个半天"),
        ("en", "Request for an official party:", "lacks: official business for 4 half-days"),
    ],
)
def test_it_lists_what_is_owed_and_writes_nothing(plan: Path, lang: str, request_: str, lacks: str) -> None:
    before = sorted(plan.rglob("*"))
    result = ask(plan, lang=lang)
    assert result.exit_code == 0, result.output
    assert request_ in result.output
    assert lacks in result.output
    assert sorted(plan.rglob("*")) == before
    result.output.encode("cp936")


def test_it_writes_internal_papers_apart_and_says_which_fonts_it_named(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "papers"
    result = ask(plan, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "仿宋_GB2312" in result.output
    assert "Noto Serif CJK SC" in result.output
    names = {p.name[:2] for p in out.glob("*.docx")}
    assert names == {"01", "03", "04"}
    assert {p.name[:2] for p in (out / "internal").glob("*.docx")} == {"02", "05", "06", "07", "08", "09"}
    assert list((out / "internal").glob("08_*.xlsx"))


def test_it_writes_only_what_is_asked_for_in_the_language_and_dress_that_are_asked_for(
    plan: Path, tmp_path: Path
) -> None:
    out = tmp_path / "papers"
    result = ask(plan, "--out", str(out), "--kind", "request", "--for", "abroad", "--in", "en", "--dress", "friendly")
    assert result.exit_code == 0, result.output
    assert [p.name[:11] for p in out.rglob("*.docx")] == ["05_request_"]
    assert "Microsoft YaHei" in result.output


def test_a_paper_that_somebody_has_filled_in_is_not_written_over(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "papers"
    args = ("--out", str(out), "--kind", "itinerary")
    assert ask(plan, *args).exit_code == 0
    (path,) = (out / "internal").glob("*.docx")
    path.write_bytes(path.read_bytes() + b"filled in")
    kept = path.read_bytes()
    refused = ask(plan, *args)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert path.read_bytes() == kept
    assert ask(plan, *args, "--replace").exit_code == 0
    assert path.read_bytes() != kept


def test_an_id_that_is_nobodys_is_told_with_the_one_most_like_it(plan: Path) -> None:
    result = ask(plan, "--for", "abraod")
    assert result.exit_code == 1
    assert "“abroad”" in result.output
    assert ask(plan, "--for", "zzzzzzzz").exit_code == 1


def test_a_machine_gets_days_states_and_files(plan: Path, tmp_path: Path) -> None:
    found = json.loads(ask(plan, "--json", "--kind", "request", "--kind", "budget").output)["papers"]
    assert {x["kind"] for x in found} == {"request", "budget"}
    assert all(x["due"] == "2025-01-31" and x["files"] == [] and x["internal"] for x in found)
    assert {x["state"] for x in found} == {"ready", "lacking"}
    written = json.loads(ask(plan, "--json", "--kind", "budget", "--out", str(tmp_path / "o")).output)["papers"]
    assert [Path(name).suffix for name in written[0]["files"]] == [".docx", ".xlsx"]
    assert all((tmp_path / "o" / name).is_file() for name in written[0]["files"])
