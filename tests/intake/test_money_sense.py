"""Rows of money and duties that cannot be meant are told, each where it stands, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake import read_programme
from fairplanner.report import report
from tests.programmes.broken_table import BASE, SETTINGS

FUNDS = (
    "fund_id,name_zh,nature,zone_id,amount,period_from,period_to,pays,scheme,source,confidence\n"
    "trade,示例资金,trade-development,gz,1000,2025-01-01,2025-12-31,stand;fare,,s,sample\n"
    "ring,示例培育资金,trade-development,gz,1000,2025-01-01,2025-12-31,stand,gz-upgrade-2023,s,sample\n"
)
INSTALMENTS = "fund_id,on,amount,source,confidence\ntrade,2025-02-01,600,s,sample\n"
TARGETS = (
    "target_id,name_zh,zone_id,counts,at_least,source,confidence\n"
    "all,全省,gz,firms,1,s,sample\nzunyi,遵义,gz-p-zunyi,firms,1,s,sample\n"
)
AWARDS = "award_id,name_zh,zone_id,amount,target_id,source,confidence\na1,奖励,gz-p-zunyi,100,all,s,sample\n"
COSTS = "fair_id,phase_id,firm_id,line,amount,source,confidence\ncanton,,,freight,100,s,sample\n"
LEDGER = "firm_id,fair_id,on,subsidy_id,amount,source,confidence\nF1,canton,2024-12-20,,0,s,sample\n"
DUTIES = "duty_id,name_zh,name_en,who,anchor,days,source,confidence\nown,示例,sample,firms,visa-us,-3,s,sample\n"
APPROVALS = (
    "approval_id,kind,number,on,zone_id,phases,people,depart,back,source,confidence\n"
    "p1,task,示例1号,2025-01-02,gz,canton-137-1,3,2025-04-13,2025-04-20,s,sample\n"
)
BLACKOUTS = "blackout_id,first,last,zone_id,reason,source,confidence\nb1,2025-03-01,2025-03-15,gz,两会,s,sample\n"
ACTIVITIES = (
    "phase_id,zone_id,on,half,what_zh,source,confidence\ncanton-137-1,gz,2025-04-16,morning,示例座谈,s,sample\n"
)
GOOD = {
    "funds": FUNDS, "instalments": INSTALMENTS, "targets": TARGETS, "awards": AWARDS, "costs": COSTS, "ledger": LEDGER,
    "duties": DUTIES, "approvals": APPROVALS, "blackouts": BLACKOUTS, "activities": ACTIVITIES,
}  # fmt: skip


def problems(folder: Path, settings: str = SETTINGS, **tables: str) -> list[Problem]:
    files = {**BASE, "programme.toml": settings, **{f"{k}.csv": v for k, v in (GOOD | tables).items()}}
    for name, content in files.items():
        (folder / name).write_text(str(content), encoding="utf-8")
    try:
        read_programme(folder)
    except CatalogueError as error:
        return list(error.problems)
    return []


def test_rows_that_make_sense_are_read_without_a_word(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("table", "line", "column", "what", "value"),
    [
        ("costs", "canton,,,stand,100,s,sample", "line", "cost-line", "stand"),
        ("costs", "canton,,,lodging,100,s,sample", "line", "cost-line", "lodging"),
        ("instalments", "trade,2026-02-01,100,s,sample", "on", "instalment-outside", "2026-02-01"),
        ("instalments", "trade,2025-03-01,401,s,sample", "amount", "instalments-over-fund", "401"),
        ("awards", "a2,奖励,gz-p-guiyang,100,zunyi,s,sample", "target_id", "award-target-zone", "zunyi"),
        ("awards", "a2,奖励,gz,100,zunyi,s,sample", "target_id", "award-target-zone", "zunyi"),
        ("ledger", "F1,canton,2025-04-19,,0,s,sample", "on", "ledger-ahead", "2025-04-19"),
        ("duties", "more,示例,sample,firms,vissa,-3,s,sample", "anchor", "duty-unknown-near", "vissa"),
        ("duties", "more,示例,sample,firms,qqqqqqqq,-3,s,sample", "anchor", "duty-unknown", "qqqqqqqq"),
        ("approvals", "p2,task,示例2号,2025-01-02,gz,canton-137-1,3,2025-04-13,2025-04-12,s,sample", "back", "end-before-start", "2025-04-12"),
        ("blackouts", "b2,2025-03-05,2025-03-04,gz,两会,s,sample", "last", "end-before-start", "2025-03-04"),
        ("activities", "canton-137-1,gz,2025-05-16,morning,示例座谈,s,sample", "on", "activity-outside", "2025-05-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_row_that_cannot_be_meant_is_told_at_its_place(
    tmp_path: Path, table: str, line: str, column: str, what: str, value: str, lang: str
) -> None:
    found = problems(tmp_path, **{table: GOOD[table] + line + "\n"})
    assert [(p.file, p.row, p.column, p.what, p.value) for p in found] == [(f"{table}.csv", 3, column, what, value)]
    (said,) = report(found, lang)
    assert value in said
    assert "\n" not in said


def test_a_permit_for_an_unknown_phase_is_told(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, approvals=APPROVALS.replace("canton-137-1", "canton-999-9"))
    assert (found.column, found.value) == ("phases", "canton-999-9")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_ring_fenced_fund_that_would_pay_stands_is_refused_with_the_words_of_the_notice(
    tmp_path: Path, lang: str
) -> None:
    chosen = SETTINGS + '\n[[packs]]\nid = "guizhou-2023"\n'
    (found,) = problems(tmp_path, settings=chosen)
    assert (found.file, found.row, found.column, found.what) == ("funds.csv", 3, "pays", "fund-use")
    (said,) = report([found], lang)
    assert "培育資金重點支持經開區外貿綜合服務、培育引進龍頭企業" in said
    assert "guizhou-2023" in said
    free = FUNDS.replace("2025-12-31,stand,gz-upgrade-2023", "2025-12-31,,gz-upgrade-2023")
    assert [p.what for p in problems(tmp_path, settings=chosen, funds=free)] == ["value-missing"]


def test_a_fund_of_a_programme_that_no_pack_speaks_of_pays_what_it_says(tmp_path: Path) -> None:
    assert problems(tmp_path, settings=SETTINGS + '\n[[packs]]\nid = "cn-claim-papers"\n') == []


def test_a_fair_between_the_day_of_the_plan_and_its_window_is_in_the_ledger(tmp_path: Path) -> None:
    assert problems(tmp_path, ledger=LEDGER.replace("2024-12-20", "2024-12-31")) == []


@pytest.mark.parametrize(
    ("written", "near"), [("gz-upgrade-2032", "gz-upgrade-2023"), ("guizhou-2023", "gz-upgrade-2023")]
)
def test_a_funding_programme_that_nobody_knows_is_told(tmp_path: Path, written: str, near: str) -> None:
    chosen = SETTINGS + '\n[[packs]]\nid = "guizhou-2023"\n'
    (found,) = problems(tmp_path, settings=chosen, funds=FUNDS.replace("gz-upgrade-2023", written))
    assert (found.file, found.row, found.column, found.value) == ("funds.csv", 3, "scheme", written)
    assert all(near in line for lang in ("zh", "en") for line in report([found], lang))


def test_a_share_written_in_percent_is_told_with_the_share_that_was_meant(tmp_path: Path) -> None:
    header, rest = FUNDS.split("\n", 1)
    lines = [f"{line},10" if line else "" for line in rest.split("\n")]
    found = problems(tmp_path, funds="\n".join([f"{header},reserve", *lines]))
    assert {(p.column, p.what) for p in found} == {("reserve", "too-big-share")}
    assert all("0.1" in line for lang in ("zh", "en") for line in report(found, lang))
