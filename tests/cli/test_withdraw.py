"""`withdraw`, `promote-next` and `substitute`, as a user runs them one after the other on the tiny sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.publish.plan_json import plan_json, snapshot_json
from tests.amend.plans import a_queue
from tests.amend.test_posts import abroad

PAPERS = {"plan.json", "programme.json"} | {
    f"{name}.{lang}.{end}"
    for lang in ("zh", "en")
    for name, ends in (("notice", ("txt",)), ("record", ("txt",)), ("corrected", ("html", "csv", "xlsx")))
    for end in ends
}


def run(*args: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(build(lang), [*args, "--lang", lang], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    programme, plan = a_queue()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "plan.json").write_bytes(plan_json(plan))
    (tmp_path / "old" / "programme.json").write_bytes(snapshot_json(programme))
    return tmp_path


def gone(folder: Path, *more: str, out: str = "new", lang: str = "zh") -> Result:
    return run(
        "withdraw", str(folder / "old"), "f2", "expo-1-1", "--reason", "产品未备齐", "--on", "2025-01-10",
        "--out", str(folder / out), *more, lang=lang,
    )  # fmt: skip


def told(result: Result) -> str:
    assert result.exit_code == 1, result.output
    return result.stderr


def test_a_withdrawal_writes_the_next_draft_with_its_papers_and_check_passes(folder: Path) -> None:
    result = gone(folder)
    assert result.exit_code == 0, result.output
    assert "退出：示例企业f2" in result.stdout
    assert {p.name for p in (folder / "new").iterdir() if not p.name.startswith(".")} == PAPERS | {"tables"}
    plan = json.loads((folder / "new" / "plan.json").read_text(encoding="utf-8"))
    programme = json.loads((folder / "new" / "programme.json").read_text(encoding="utf-8"))
    assert (plan["revision"], plan["status"], plan["bound"], plan["gap"]) == (2, "amended", None, None)
    assert plan["programme_digest"] == programme["digest"] != ""
    assert run("check", str(folder / "new")).exit_code == 0


def test_the_old_plan_stays_as_it_was_and_the_same_again_gives_the_same_bytes(folder: Path) -> None:
    before = (folder / "old" / "plan.json").read_bytes()
    assert gone(folder).exit_code == 0
    assert gone(folder, out="again").exit_code == 0
    assert (folder / "old" / "plan.json").read_bytes() == before
    for name in sorted(PAPERS):
        assert (folder / "new" / name).read_bytes() == (folder / "again" / name).read_bytes(), name


def test_another_plan_in_the_folder_is_not_written_over_unasked(folder: Path) -> None:
    assert gone(folder).exit_code == 0
    kept = (folder / "new" / "plan.json").read_bytes()
    other = (
        "withdraw",
        str(folder / "old"),
        "f1",
        "expo-1-1",
        "--reason",
        "x",
        "--on",
        "2025-01-10",
        "--out",
        str(folder / "new"),
    )
    assert "--replace" in told(run(*other))
    assert (folder / "new" / "plan.json").read_bytes() == kept
    assert run(*other, "--replace").exit_code == 0


def test_then_the_next_comes_in_and_people_change(folder: Path) -> None:
    assert gone(folder).exit_code == 0
    on = ("--on", "2025-01-11")
    came = run(
        "promote-next", str(folder / "new"), "expo-1-1", "--reason", "有企业退展", *on, "--out", str(folder / "third")
    )
    assert came.exit_code == 0, came.output
    assert "候补递补：示例企业f4" in came.stdout
    fewer = run(
        "substitute",
        str(folder / "third"),
        "f4",
        "expo-1-1",
        "--people",
        "1",
        "--reason",
        "一人拒签",
        *on,
        "--out",
        str(folder / "fourth"),
    )
    assert fewer.exit_code == 0, fewer.output
    assert run("check", str(folder / "fourth")).exit_code == 0
    instead = run(
        "substitute",
        str(folder / "old"),
        "f2",
        "expo",
        "--by-firm",
        "f4",
        "--reason",
        "退展",
        *on,
        "--out",
        str(folder / "fifth"),
    )
    assert instead.exit_code == 0, instead.output
    assert "顶替：示例企业f4" in instead.stdout


def test_a_post_is_replaced(tmp_path: Path) -> None:
    programme, plan = abroad()
    (tmp_path / "plan.json").write_bytes(plan_json(plan))
    (tmp_path / "programme.json").write_bytes(snapshot_json(programme))
    (old,) = plan.delegations[0].posts
    new = "lead-2" if old == "lead-1" else "lead-1"
    args = (
        "substitute",
        str(tmp_path),
        plan.delegations[0].delegation_id,
        "--post",
        old,
        "--with",
        new,
        "--reason",
        "x",
        "--on",
        "2025-01-10",
    )
    result = run(*args, "--out", str(tmp_path / "new"), lang="en")
    assert result.exit_code == 0, result.output
    assert "goes instead of" in result.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_done_is_told_in_words_and_nothing_is_written(folder: Path, lang: str) -> None:
    base, on = str(folder / "old"), ("--reason", "x", "--on", "2025-01-10", "--out", str(folder / "new"))
    for args, says in (
        (("withdraw", base, "f22", "expo"), "f22"),
        (("withdraw", base, "f2", "abroad"), "expo-1-1"),
        (("promote-next", base, "expo-1-1"), "f4"),
        (("promote-next", base, "abroad-1-1"), "abroad-1-1"),
        (("substitute", base, "f2", "expo", "--by-firm", "f5"), "f4"),
        (("substitute", base, "f2", "expo"), "--by-firm"),
        (("substitute", base, "f2", "--people", "1"), "--people"),
        (("substitute", base, "nobody", "--post", "a", "--with", "b"), "nobody"),
    ):
        said = told(run(*args, *on, lang=lang))
        assert says in said, (args, said)
        assert "{" not in said
    assert not (folder / "new").exists()


def test_a_blank_reason_is_no_reason(folder: Path) -> None:
    assert "--reason" in told(run("withdraw", str(folder / "old"), "f2", "expo", "--reason", " "))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_broken_rule_is_named_with_what_can_be_done(tmp_path: Path, lang: str) -> None:
    from tests import builders as b

    programme, plan = a_queue(decisions=(b.decision(firm_id="f2"),))
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "plan.json").write_bytes(plan_json(plan))
    (tmp_path / "old" / "programme.json").write_bytes(snapshot_json(programme))
    said = told(gone(tmp_path, lang=lang))
    assert "--basis" in said
    assert {"zh": "未写入任何文件", "en": "Nothing was written"}[lang] in said
    assert gone(tmp_path, "--by", "处长", "--basis", "纪要9号", lang=lang).exit_code == 0


def test_a_firm_that_was_left_out_elsewhere_because_it_was_away_must_leave_that_list_too(tmp_path: Path) -> None:
    from tests import builders as b

    day = b.phase()
    clash = b.phase("clash", start=day.start, end=day.end, place_id="hills")
    asked = tuple(b.application(f, score=90.0 - 10 * n) for n, f in enumerate(("f1", "f2", "f3")))
    programme, plan = a_queue(
        fairs=(*b.a_programme().fairs, b.fair("clash")), phases=(*b.a_programme().phases, clash), quotas=(b.quota(booths=1),),
        applications=(*asked, b.application("f1", "clash-1-1")), prices=(b.price(), b.price("clash", 0)),
        choices=(b.choice("clash", policy="optimise"),), decisions=(b.decision(firm_id="f1", phase_id="clash-1-1"),),
    )  # fmt: skip
    (tmp_path / "plan.json").write_bytes(plan_json(plan))
    (tmp_path / "programme.json").write_bytes(snapshot_json(programme))
    more = ("--reason", "x", "--on", "2025-01-10", "--by", "处长", "--basis", "纪要9号")
    said = told(run("withdraw", str(tmp_path), "f1", "clash", *more, "--out", str(tmp_path / "a")))
    assert "fairplanner withdraw … expo-1-1" in said
    first = run("withdraw", str(tmp_path), "f1", "expo-1-1", *more, "--out", str(tmp_path / "a"))
    assert first.exit_code == 0, first.output
    then = run("withdraw", str(tmp_path / "a"), "f1", "clash", *more, "--out", str(tmp_path / "b"))
    assert then.exit_code == 0, then.output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_refused_is_told_with_names_and_days_in_words(folder: Path, lang: str) -> None:
    args = ("withdraw", str(folder / "old"), "F2", "EXPO-1-1", "--reason", "x", "--out", str(folder / "no"))
    said = told(run(*args, "--on", "2025-06-01", lang=lang))
    assert "2025-06-01" not in said
    assert ("2025年6月1日" if lang == "zh" else "1 June 2025") in said
    assert "expo-1-1" in said


@pytest.mark.parametrize(("store", "told_so"), [("office.db", False), ("", True)])
def test_the_command_to_publish_never_goes_past_the_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch, store: str, told_so: bool
) -> None:
    monkeypatch.setenv("FAIRPLANNER_STORE", store)
    last = gone(folder).stdout.strip().splitlines()[-1]
    assert ("--store <发布库>" in last) is told_so


def test_the_rows_to_be_entered_lie_beside_the_draft_and_stand_in_the_record(folder: Path) -> None:
    gone(folder)
    record = (folder / "new" / "record.zh.txt").read_text(encoding="utf-8")
    assert "applications.csv（报名），行 f2/expo-1-1/" in record
    assert "进度（state）“已报名”改为“退展”" in record
    ready = (folder / "new" / "tables" / "applications.csv").read_text(encoding="utf-8-sig").splitlines()
    assert ready[0].startswith("firm_id,phase_id,section_id,wish")
    assert len(ready) == 2
    assert "withdrawn" in ready[1]
