"""Prices beside a plan come back as they were written; a file that is damaged in any way counts as none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.intake import read_prices
from fairplanner.publish.plan_json import prices_gz

PRICES = Prices((
    RowPrice("booth-quota", "expo-1-1 · 示例省", 0, 12.5), RowPrice("booth-quota", "expo-1-1 · 示例省", 1, -3.0),
    RowPrice("fund-budget", "trade · 2025-Q2", 0, 1.23456789e-7),
))  # fmt: skip


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_prices_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read_prices(written(tmp_path / "p.gz", prices_gz(PRICES))) == PRICES
    assert read_prices(written(tmp_path / "p.gz", prices_gz(Prices()))) == Prices()


def test_the_same_prices_are_the_same_bytes() -> None:
    assert prices_gz(PRICES) == prices_gz(Prices(tuple(PRICES.rows)))


@pytest.mark.parametrize("length", [0, 1, 5, 12, 40, -9, -1])
def test_a_file_that_was_cut_short_counts_as_none(tmp_path: Path, length: int) -> None:
    assert read_prices(written(tmp_path / "p.gz", prices_gz(PRICES)[:length])) is None


def test_no_damaged_byte_leads_to_anything_but_none_or_what_was_written(tmp_path: Path) -> None:
    whole = prices_gz(PRICES)
    for at in range(len(whole)):
        damaged = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        assert read_prices(written(tmp_path / "p.gz", damaged)) in (None, PRICES)


@pytest.mark.parametrize(
    "told",
    [
        [], {}, 7, {"version": 99, "rules": {}}, {"version": 1}, {"version": 1, "rules": []}, {"version": 1, "rules": {"a": 1}},
        {"version": 1, "rules": {"a": [["b", 0]]}}, {"version": 1, "rules": {"a": [["b", "0", 1.0]]}},
        {"version": 1, "rules": {"a": [["b", 0, "x"]]}}, {"version": 1, "rules": {"a": [["b", 0, float("nan")]]}}, {"version": 1, "rules": {"a": [["b", 0, 10**400]]}},
    ],
)  # fmt: skip
def test_what_is_not_of_the_form_counts_as_none(tmp_path: Path, told: object) -> None:
    assert read_prices(written(tmp_path / "p.gz", gzip.compress(json.dumps(told).encode(), mtime=0))) is None


def test_a_file_that_is_not_there_or_is_a_folder_counts_as_none(tmp_path: Path) -> None:
    assert read_prices(tmp_path / "nowhere.gz") is None
    assert read_prices(tmp_path) is None
