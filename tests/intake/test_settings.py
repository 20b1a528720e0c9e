"""programme.toml: every wrong key or value is named by its path, all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairplanner.domain.kinds import Policy, Regime
from fairplanner.intake.programme_file import read_settings
from fairplanner.report import report
from tests.programmes.broken_table import SETTINGS


def told(folder: Path, text: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    (folder / "programme.toml").write_bytes(text.encode(encoding))
    problems: list = []
    read_settings(folder, problems)
    assert len(report(problems, "zh")) == len(report(problems, "en")) == len(problems)
    return [(p.column, p.what) for p in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_settings_are_read_whatever_editor_saved_them(tmp_path: Path, encoding: str):
    assert told(tmp_path, SETTINGS + '[profiles.abroad]\npolicy = "rank"\n', encoding) == []
    settings = read_settings(tmp_path, [])
    assert settings is not None
    assert settings.name_zh == "示例计划"
    assert settings.as_of == date(2024, 11, 20)
    assert settings.profile_of(Regime.ABROAD).policy is Policy.RANK


@pytest.mark.parametrize(
    ("extra", "where", "what"),
    [
        ("gap = 2\n", "gap", "too-big"),
        ("revision = 0\n", "revision", "too-small"),
        ('revision = "third"\n', "revision", "setting-number"),
        ("invite = 'maybe'\n", "invite", "setting-yes-no"),
        ("currency = 7\n", "currency", "setting-text"),
        ("currency = 'yuan'\n", "currency", "currency-code"),
        ("[score]\nsektor = 1\n", "score.sektor", "setting-unknown-near"),
        ("[scores]\nsector = 1\n", "scores", "setting-unknown-near"),
        ("zzz = 1\n", "zzz", "setting-unknown"),
        ("score = 3\n", "score", "setting-number"),
        ("[score]\nsector = 50\n", "score", "score-sum"),
        ("[travel]\nkm_per_hour = 0\n", "travel.km_per_hour", "not-above"),
        ("[profiles.overseas]\nleast_firms = 3\n", "profiles.overseas", "not-listed"),
        ("[profiles.abroad]\npolicy = 'queue'\n", "profiles.abroad.policy", "not-listed"),
        ("[profiles.abroad]\nleast_frims = 3\n", "profiles.abroad.least_frims", "setting-unknown-near"),
    ],
)
def test_a_wrong_setting_is_named_by_its_path(tmp_path: Path, extra: str, where: str, what: str):
    assert told(tmp_path, SETTINGS + extra) == [(where, what)]


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("2025-12-31", "2024-12-31", "window_to", "window-order"),
        ("2025-12-31", "2026-06-01", "window_to", "window-long"),
        ("window_to = 2025-12-31", 'window_to = "2024-12-31"', "window_to", "window-order"),
        ("window_to = 2025-12-31", 'window_to = "next year"', "window_to", "setting-date"),
        ("as_of = 2024-11-20", "as_of = 1024-11-20", "as_of", "date-far"),
        ('name_zh = "示例计划"', 'name_zh = " "', "name_zh", "setting-blank"),
        ('id = "sample"', 'id = "a/b"', "id", "id-form"),
    ],
)
def test_values_that_cannot_be_meant_are_named(tmp_path: Path, old: str, new: str, where: str, what: str):
    assert told(tmp_path, SETTINGS.replace(old, new)) == [(where, what)]


def test_a_window_of_17_months_is_admitted(tmp_path: Path):
    assert told(tmp_path, SETTINGS.replace("2025-12-31", "2026-05-31")) == []


def test_every_wrong_setting_is_told_at_once(tmp_path: Path):
    text = SETTINGS.replace("2025-12-31", "2024-12-31").replace('root = "gz"\n', "") + "gap = -1\n"
    assert told(tmp_path, text) == [("gap", "too-small"), ("root", "setting-missing"), ("window_to", "window-order")]
