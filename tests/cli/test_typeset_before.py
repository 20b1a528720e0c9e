"""The cache of typeset papers: what is damaged, foreign or cannot be kept costs time and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fairplanner.cli.typeset_before import DIGEST, VARIABLE, TypesetBefore, typeset_before

PAPER = b"%PDF-1.7 a paper"


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    kept = TypesetBefore(tmp_path)
    kept["abcd"] = PAPER
    assert TypesetBefore(tmp_path)["abcd"] == PAPER
    assert list(kept) == ["abcd"]
    assert len(kept) == 1
    del kept["abcd"]
    assert "abcd" not in kept


@pytest.mark.parametrize("damage", [lambda b: b[:-3], lambda b: b[:-3] + b"\0\0\0", lambda b: b"", lambda _: PAPER])
def test_a_damaged_paper_is_as_good_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    kept = TypesetBefore(tmp_path)
    kept["abcd"] = PAPER
    file = tmp_path / "ab" / "abcd"
    file.write_bytes(damage(file.read_bytes()))
    assert kept.get("abcd") is None
    kept["abcd"] = PAPER
    assert kept["abcd"] == PAPER


def test_a_disk_that_is_full_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    kept = TypesetBefore(tmp_path)
    kept["abcd"] = PAPER
    assert kept.get("abcd") is None
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = TypesetBefore(tmp_path / "file")
    kept["abcd"] = PAPER
    assert kept.get("abcd") is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    kept = TypesetBefore(tmp_path)
    for age, key in enumerate(("aa1", "bb2", "cc3")):
        kept[key] = PAPER
        os.utime(tmp_path / key[:2] / key, (1000 + age, 1000 + age))
    assert kept["aa1"] == PAPER  # used now
    kept.forget(most=2 * (DIGEST + len(PAPER)))
    assert sorted(kept) == ["aa1", "cc3"]


def test_an_empty_variable_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert typeset_before() is None
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    found = typeset_before()
    assert found is not None
    assert found.folder == tmp_path
