"""Rates for nights and meals: seasons that make sense, and an exchange rate wherever a plan may need one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairplanner.errors import CatalogueError
from fairplanner.intake import read_programme

SETTINGS = """\
id = "t"
name_zh = "测试"
name_en = "Test"
root = "gz"
window_from = 2025-01-01
window_to = 2025-12-31
as_of = 2024-11-22
"""
FIRMS = "firm_id,name_zh,zone_id,source,confidence\nf1,某企业,gz,x,user\n"
ASKED = "firm_id,phase_id,source,confidence\nf1,{phase},x,user\n"
STAYS = "place_id,lodging,meals,incidentals,peak_months,peak_lodging,source,confidence\nbeijing,1,1,1,{months},{night},x,user\n"


def told(tmp_path: Path, **tables: str) -> list[tuple[str, str, str]]:
    (tmp_path / "programme.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    try:
        read_programme(tmp_path)
    except CatalogueError as error:
        return [(p.file, p.column, p.what) for p in error.problems]
    return []


@pytest.mark.parametrize(
    ("months", "night", "problems"),
    [
        ("", "", []),
        ("7;8", "2", []),
        ("13", "2", [("stays.csv", "peak_months", "month")]),
        ("7", "", [("stays.csv", "peak_lodging", "peak-half")]),
        ("", "2", [("stays.csv", "peak_months", "peak-half")]),
    ],
)
def test_a_season_has_months_of_the_year_and_a_rate(tmp_path: Path, months: str, night: str, problems: list) -> None:
    assert told(tmp_path, stays=STAYS.format(months=months, night=night)) == problems


def test_a_fair_abroad_that_nobody_asks_for_needs_no_exchange_rate(tmp_path: Path) -> None:
    assert told(tmp_path, firms=FIRMS, applications=ASKED.format(phase="canton-137-1")) == []


def test_one_that_is_asked_for_needs_the_rate_of_its_tariff(tmp_path: Path) -> None:
    asked = ASKED.format(phase="namm-2025")
    assert told(tmp_path, firms=FIRMS, applications=asked) == [("reference/stays.csv", "currency", "rate-missing")]
    rates = "currency,rate,on,source,confidence\nUSD,7.2,2024-11-20,x,user\n"
    assert told(tmp_path, firms=FIRMS, applications=asked, rates=rates) == []


def test_invitations_may_go_anywhere_so_every_currency_of_the_year_needs_one(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "programme.toml").write_text(SETTINGS + "invite = true\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        read_programme(tmp_path / "sub")
    assert {(p.column, p.what) for p in refused.value.problems} == {("currency", "rate-missing")}
