"""Planning again from an earlier plan after the catalogue changed."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build
from fairplanner.cli.earlier import prices_beside, read_earlier, refiled, refiling_in_words
from fairplanner.cli.work import write_plan
from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.domain.tables import TABLES
from fairplanner.intake import read_plan, read_prices, read_snapshot
from fairplanner.rules.reckon.refiling import Refiling
from fairplanner.solver import Solved
from fairplanner.words import words
from tests import builders as b
from tests.rules.plans import delegation
from tests.rules.plans import plan as plan_of_parts

TINY = Path(__file__).parents[1] / "programmes" / "tiny"
PRICES = Prices((RowPrice("booth-quota", "t-tea-1 · tp", 0, 12_500.0),))


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), list(args), catch_exceptions=False)


@pytest.fixture(scope="module")
def first(tiny_planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(tiny_planned, tmp_path_factory.mktemp("first"), dirs_exist_ok=True)


def edited(tmp_path: Path, table: str, before: str, after: str) -> Path:
    """The tiny programme with something changed in one of its tables."""
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    text = (folder / table).read_text(encoding="utf-8")
    assert before in text
    (folder / table).write_text(text.replace(before, after), encoding="utf-8")
    return folder


def value(out: Path) -> int:
    return read_plan(out).value


@pytest.mark.slow
def test_after_a_fair_is_cancelled_the_rest_is_planned_as_well_as_from_nothing(first: Path, tmp_path: Path) -> None:
    folder = edited(tmp_path, "phases.csv", "2025-06-12,t-harbour,held", "2025-06-12,t-harbour,cancelled")
    gone = [x for x in read_plan(first).participations if x.phase_id == "t-guitar-1"]
    again = run("plan", str(folder), "--from", str(first), "--out", str(tmp_path / "again"), "--json")
    assert again.exit_code == 0, again.output
    facts = json.loads(again.stdout)
    assert facts["vanished"] == {"delegations": 1, "participations": len(gone)}
    assert facts["changes"] >= 1 + len(gone)
    assert run("plan", str(folder), "--out", str(tmp_path / "anew")).exit_code == 0
    assert value(tmp_path / "again") == value(tmp_path / "anew") < value(first)
    assert run("check", str(tmp_path / "again")).exit_code == 0


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("phases.csv", "t-sea-1,t-sea,1,1,2025,2025-03-18,2025-03-20", "t-sea-1,t-sea,1,1,2025,2025-05-20,2025-05-22"),
        ("quotas.csv", "t-tea-1,,tp,2", "t-tea-1,,tp,1"),
        ("applications.csv", "f01,t-tea-1,exhibit,standard,1,1,1,2,2024-10-01,tests,sample,\n", ""),
    ],
)
def test_a_fair_that_is_moved_a_new_quota_and_a_withdrawal_just_work(
    first: Path, tmp_path: Path, table: str, before: str, after: str
) -> None:
    folder = edited(tmp_path, table, before, after)
    done = run("plan", str(folder), "--from", str(first / "plan.json"), "--out", str(tmp_path / "again"), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["status"] == "optimal"
    assert run("check", str(tmp_path / "again")).exit_code == 0


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_what_vanished_is_one_sentence_in_words(first: Path, tmp_path: Path, lang: str) -> None:
    folder = edited(tmp_path, "phases.csv", "2025-06-12,t-harbour,held", "2025-06-12,t-harbour,cancelled")
    said = run("plan", str(folder), "--from", str(first), "--out", str(tmp_path / "again"), lang=lang)
    assert words(lang)("cli.plan.vanished", count=3, delegations=1, participations=2) in said.stdout.splitlines()
    said.output.encode("cp936")


def test_where_nothing_changed_the_plan_is_the_same_and_nothing_vanished(first: Path, tmp_path: Path) -> None:
    said = run("plan", str(TINY), "--from", str(first), "--out", str(tmp_path))
    assert words("en")("cli.diff.same") in said.stdout
    assert "no longer possible" not in said.stdout
    assert (tmp_path / "plan.json").read_bytes() == (first / "plan.json").read_bytes()


def test_a_plan_may_begin_from_the_one_it_replaces(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "out")
    assert run("plan", str(TINY), "--from", str(tmp_path / "out"), "--out", str(tmp_path / "out")).exit_code == 0


def test_an_earlier_plan_that_is_not_there_or_damaged_is_a_problem(tmp_path: Path) -> None:
    assert run("plan", str(TINY), "--from", str(tmp_path / "nowhere.json"), "--out", str(tmp_path / "x")).exit_code == 1
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    said = run("plan", str(TINY), "--from", str(tmp_path), "--out", str(tmp_path / "x"))
    assert said.exit_code == 1
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("content", [None, b"", b"not packed", b"\x1f\x8b\x08\x00"])
def test_damaged_prices_are_told_without_a_path_missing_ones_are_not_and_both_are_done_without(
    first: Path, tmp_path: Path, lang: str, content: bytes | None
) -> None:
    shutil.copy(first / "plan.json", tmp_path)
    beside = prices_beside(tmp_path / "plan.json")
    if content is not None:
        beside.write_bytes(content)
    said = run("plan", str(TINY), "--from", str(tmp_path), "--out", str(tmp_path / "again"), lang=lang)
    assert said.exit_code == 0, said.output
    assert (words(lang)("cli.plan.prices-damaged") in said.stderr) is (content is not None)
    assert beside.name not in said.stderr


def test_prices_lie_beside_the_plan_and_are_read_with_it(first: Path, tmp_path: Path) -> None:
    programme, plan = read_snapshot(first / "programme.json"), read_plan(first)
    beside = prices_beside(tmp_path / "plan.json")
    solved = Solved(plan, 1.0, "years", "optimal", prices=PRICES)
    for _ in range(2):
        path = write_plan(programme, solved, tmp_path, words("en"), replace=False)
        assert read_prices(beside) == PRICES
        beside.write_bytes(beside.read_bytes()[:10])
    assert write_plan(programme, solved, tmp_path, words("en"), replace=False) == path
    earlier = read_earlier(path, words("en"))
    assert (earlier.plan, earlier.prices) == (plan, PRICES)


def test_prices_of_a_plan_that_is_gone_do_not_stay(first: Path, tmp_path: Path) -> None:
    programme, plan = read_snapshot(first / "programme.json"), read_plan(first)
    for prices in (PRICES, None):
        write_plan(
            programme, Solved(plan, 1.0, "years", "optimal", prices=prices), tmp_path, words("en"), replace=False
        )
    assert not prices_beside(tmp_path / "plan.json").exists()


def test_a_log_follows_the_plan_to_its_end(first: Path, tmp_path: Path) -> None:
    log = tmp_path / "plan.log"
    done = run("plan", str(TINY), "--from", str(first), "--out", str(tmp_path / "x"), "--json", "--log", str(log))
    facts = json.loads(done.stdout)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [x["phase"] for x in lines[:2]] == ["read", "pose"]
    assert [lines[-1][k] for k in ("phase", "value", "bound")] == ["done", facts["value"], facts["bound"]]
    for name, ordered in (("seconds", sorted), ("value", sorted), ("bound", lambda told: sorted(told, reverse=True))):
        told = [x[name] for x in lines if x[name] is not None]
        assert told == ordered(told)
    assert done.stderr.count("\n") <= 1


CANCELLED = ("phases.csv", "2025-06-12,t-harbour,held", "2025-06-12,t-harbour,cancelled")


def test_people_are_counted_by_what_concerns_them_and_nobody_else_is_disturbed(first: Path, tmp_path: Path) -> None:
    earlier = read_plan(first)
    done = run(
        "plan", str(edited(tmp_path, *CANCELLED)), "--from", str(first), "--out", str(tmp_path / "again"), "--json"
    )
    people = json.loads(done.stdout)["people"]
    gone = sum(p.people for p in earlier.participations if p.phase_id == "t-guitar-1")
    assert people["earlier"] == sum(p.people for p in earlier.participations)
    assert people["concerned"] == {"cancelled": gone}
    assert people["others"] == people["earlier"] - gone
    assert people["disturbed"] == {"lost": 0, "changed": 0, "unclaimed": 0}
    kept = {p.participation_id for p in earlier.participations if p.phase_id != "t-guitar-1"}
    assert kept <= {p.participation_id for p in read_plan(tmp_path / "again").participations}


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_people_are_told_in_words(first: Path, tmp_path: Path, lang: str) -> None:
    folder = edited(tmp_path, *CANCELLED)
    said = run("plan", str(folder), "--from", str(first), "--out", str(tmp_path / "again"), lang=lang).stdout
    people = sum(p.people for p in read_plan(first).participations if p.phase_id == "t-guitar-1")
    assert words(lang)("replan.count.cancelled", people=people) in said
    assert "{" not in said
    said.encode("cp936")


def test_a_table_of_settled_places_may_stand_in_the_folder_too(first: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    p = read_plan(first).participations[0]
    rows = f"firm_id,phase_id,sponsor,stand,booths,people\n{p.firm_id},{p.phase_id},{p.sponsor},{p.stand},{p.booths},{p.people}\n"
    (folder / "settled.csv").write_text(rows, encoding="utf-8")
    assert run("plan", str(folder), "--out", str(tmp_path / "out")).exit_code == 0
    assert [row.firm_id for row in read_snapshot(tmp_path / "out" / "programme.json").settled] == [p.firm_id]


def test_the_snapshot_of_a_plan_made_again_carries_what_was_settled(first: Path, tmp_path: Path) -> None:
    assert run("plan", str(TINY), "--from", str(first), "--out", str(tmp_path)).exit_code == 0
    snapshot = read_snapshot(tmp_path / "programme.json")
    assert len(snapshot.settled) == len(read_plan(first).participations)
    assert run("check", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_without_the_earlier_programme_it_is_said_that_its_days_are_not_known(
    first: Path, tmp_path: Path, lang: str
) -> None:
    shutil.copy(first / "plan.json", tmp_path)
    said = run("plan", str(TINY), "--from", str(tmp_path), "--out", str(tmp_path / "again"), lang=lang)
    assert words(lang)("cli.plan.snapshot-missing", file=(tmp_path / "programme.json").as_posix()) in said.stderr


BY_HAND = ("--reason", "ill", "--by", "office", "--basis", "minutes 7", "--on", "2025-01-05")


@pytest.fixture(scope="module")
def left(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first plan after a firm has withdrawn, which its tables do not know."""
    out = tmp_path_factory.mktemp("left")
    assert run("withdraw", str(first), "f04", "t-guitar-1", *BY_HAND, "--out", str(out)).exit_code == 0
    return out


def goes(out: Path, firm: str, phase: str) -> bool:
    return any((p.firm_id, p.phase_id) == (firm, phase) for p in read_plan(out).participations)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_what_was_done_by_hand_and_the_tables_do_not_have_is_told_at_once_and_nothing_is_planned(
    left: Path, tmp_path: Path, lang: str
) -> None:
    said = run("plan", str(TINY), "--from", str(left), "--out", str(tmp_path / "again"), lang=lang)
    assert said.exit_code == 1
    for told in (
        "applications.csv",
        "f04/t-guitar-1/",
        "decisions.csv",
        "withdraw/f04/t-guitar-1",
        "--take-over",
        "--undo",
    ):
        assert told in said.stderr
    assert words(lang)("enums.ApplicationState.withdrawn") in said.stderr
    assert not (tmp_path / "again" / "plan.json").exists()


@pytest.mark.parametrize("option", ["--take-over", "--undo"])
def test_what_is_to_become_of_work_by_hand_is_only_asked_of_an_earlier_plan(option: str, tmp_path: Path) -> None:
    said = run("plan", str(TINY), option, "--out", str(tmp_path / "out"))
    assert said.exit_code == 1
    assert f"{option} needs an earlier plan" in said.stderr
    assert not (tmp_path / "out").exists()


def test_what_was_done_by_hand_is_taken_over_from_plan_to_plan(left: Path, tmp_path: Path) -> None:
    for n, before in enumerate((left, tmp_path / "0")):
        out = tmp_path / str(n)
        assert run("plan", str(TINY), "--from", str(before), "--out", str(out)).exit_code == 1
        assert run("plan", str(TINY), "--from", str(before), "--take-over", "--out", str(out)).exit_code == 0
        assert not goes(out, "f04", "t-guitar-1")
        assert run("check", str(out)).exit_code == 0


@pytest.mark.slow
def test_what_was_done_by_hand_is_undone_where_the_tables_are_to_stand(left: Path, tmp_path: Path) -> None:
    assert run("plan", str(TINY), "--from", str(left), "--undo", "--out", str(tmp_path)).exit_code == 0
    assert goes(tmp_path, "f04", "t-guitar-1")
    assert run("plan", str(TINY), "--from", str(tmp_path), "--out", str(tmp_path / "again")).exit_code == 0


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_of_a_plan_changed_by_hand_before_that_was_remembered_it_is_said_what_the_tables_do_not_know(
    left: Path, tmp_path: Path, lang: str
) -> None:
    old = json.loads((left / "programme.json").read_text(encoding="utf-8"))
    del old["by_hand"]
    (tmp_path / "programme.json").write_text(json.dumps(old), encoding="utf-8")
    shutil.copy(left / "plan.json", tmp_path)
    said = run("plan", str(TINY), "--from", str(tmp_path), "--out", str(tmp_path / "again"), lang=lang)
    assert words(lang)("cli.plan.forgotten.withdrawals", rows="f04/t-guitar-1/-") in said.stderr
    assert words(lang)("cli.plan.forgotten.decisions", rows="withdraw/f04/t-guitar-1") in said.stderr


def test_the_rows_that_lie_ready_put_into_the_tables_are_all_that_is_needed(left: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(TINY, folder)
    for ready in (left / "tables").iterdir():
        own = folder / ready.name
        rows = {key_of_line(x, ready.name): x for x in records(own)} | {
            key_of_line(x, ready.name): x for x in records(ready)
        }
        with own.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(records(ready)[0]), restval="")
            writer.writeheader()
            writer.writerows(rows.values())
    assert run("plan", str(folder), "--from", str(left), "--out", str(tmp_path / "again")).exit_code == 0
    assert not goes(tmp_path / "again", "f04", "t-guitar-1")


def records(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())) if path.is_file() else []


def key_of_line(line: dict[str, str], name: str) -> tuple[str, ...]:
    table = next(t for t in TABLES if f"{t.name}.csv" == name)
    return tuple(line.get(column, "") for column in table.key)


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("dropped", Refiling(b.approval())),
        ("unknown", Refiling(b.approval(), delegation())),
    ],
)
def test_a_permit_to_be_filed_again_is_one_sentence(key: str, found: Refiling, lang: str) -> None:
    said = refiling_in_words(found, b.a_programme(), words(lang))
    assert found.approval.number in said
    assert said.split(found.approval.number)[0] == words(lang)(f"cli.plan.refile.{key}", **_facts_of(key)).split("#")[0]


def _facts_of(key: str) -> dict[str, str]:
    return {"number": "#"} | ({} if key == "dropped" else {"party": "#", "days_out": "#"})


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_with_reapply_the_permits_and_the_working_days_are_told(tmp_path: Path, lang: str) -> None:
    duties = (b.duty("apply", -10, who="officials", anchor="departs", unit="working-days"),)
    programme = b.a_programme(approvals=(b.approval(depart=date(2025, 3, 1), back=date(2025, 3, 2)),), duties=duties)
    made = plan_of_parts(programme, delegation())
    (facts,), (said,) = refiled(programme, made, words(lang))
    assert facts["working_days"] == 11
    assert facts["duties"] == ["apply"]
    assert str(facts["working_days"]) in said
