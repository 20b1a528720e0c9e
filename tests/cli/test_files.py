"""Files are written whole, left alone when nothing changed, and never lost when a person changed them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairplanner.cli.files import LEDGER, drop_old, is_written, must_be_writable, write, write_all, written_before
from fairplanner.errors import OutputError


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"1"), ("deep/er/b.txt", b"2")])
    assert (tmp_path / "a.txt").read_bytes() == b"1"
    assert (tmp_path / "deep" / "er" / "b.txt").read_bytes() == b"2"


def test_a_folder_is_tried_before_long_work_and_nothing_is_left_behind(tmp_path: Path) -> None:
    must_be_writable(tmp_path / "new" / "deep")
    must_be_writable(tmp_path)
    must_be_writable(None)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError):
        must_be_writable(tmp_path / "file" / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_our_own_file_is_replaced_by_a_newer_one(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"1")])
    write_all(tmp_path, [("a.txt", b"2")])
    assert (tmp_path / "a.txt").read_bytes() == b"2"


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"1")])
    before = (tmp_path / "a.txt").stat().st_mtime_ns
    write_all(tmp_path, [("a.txt", b"1")])
    assert (tmp_path / "a.txt").stat().st_mtime_ns == before


def test_a_file_that_a_person_changed_is_kept_and_named_and_nothing_else_is_written(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"1"), ("b.txt", b"1")])
    (tmp_path / "b.txt").write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        write_all(tmp_path, [("a.txt", b"2"), ("b.txt", b"2"), ("c.txt", b"2")])
    assert [(p.file, p.what) for p in caught.value.problems] == [(str(tmp_path / "b.txt"), "exists")]
    assert (tmp_path / "a.txt").read_bytes() == b"1"
    assert (tmp_path / "b.txt").read_bytes() == b"mine"
    assert not (tmp_path / "c.txt").exists()


def test_replace_writes_over_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"mine")
    write_all(tmp_path, [("b.txt", b"2")], replace=True)
    assert (tmp_path / "b.txt").read_bytes() == b"2"


def test_a_broken_ledger_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text("{", encoding="utf-8")
    write_all(tmp_path, [("a.txt", b"1")])
    assert (tmp_path / "a.txt").read_bytes() == b"1"


def test_a_folder_in_the_way_is_a_problem_and_leaves_no_parts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OutputError):
        write(tmp_path / "a.txt", b"1")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_files_of_an_earlier_plan_are_dropped_unless_a_person_changed_them(tmp_path: Path) -> None:
    write_all(tmp_path, [("old.zh.pdf", b"1"), ("edited.zh.pdf", b"1"), ("old.en.pdf", b"1"), ("new.zh.pdf", b"1")])
    (tmp_path / "edited.zh.pdf").write_bytes(b"mine")
    (tmp_path / "theirs.zh.pdf").write_bytes(b"never ours")
    drop_old(tmp_path, ["new.zh.pdf"], lambda name: ".zh." in name)
    left = {p.name for p in tmp_path.iterdir()} - {LEDGER}
    assert left == {"edited.zh.pdf", "old.en.pdf", "new.zh.pdf", "theirs.zh.pdf"}


def test_files_that_got_into_place_before_another_could_not_are_ours(tmp_path: Path) -> None:
    write_all(tmp_path, [("a.txt", b"1"), ("c.txt", b"1")])
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError):
        write_all(tmp_path, [("a.txt", b"2"), ("b.txt", b"2"), ("c.txt", b"2")], replace=True)
    assert not is_written(tmp_path, "a.txt", b"2", ["c.txt"])  # a.txt is, but not all that came with it
    assert written_before(tmp_path) == {"a.txt", "c.txt"}
    (tmp_path / "b.txt").rmdir()
    write_all(tmp_path, [("a.txt", b"3"), ("b.txt", b"3"), ("c.txt", b"3")])
    assert is_written(tmp_path, "a.txt", b"3", ["c.txt"])
    assert {p.name: p.read_bytes() for p in tmp_path.glob("*.txt")} == dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"3")


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt(), OSError(28, "No space left on device"), OutputError([])])
def test_what_stops_the_making_of_files_leaves_the_folder_as_it_was(tmp_path: Path, stopped_by: BaseException) -> None:
    def made() -> Iterator[tuple[str, bytes]]:
        yield "a.txt", b"2"
        raise stopped_by

    write_all(tmp_path, [("a.txt", b"1")])
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises((KeyboardInterrupt, OutputError)):
        write_all(tmp_path, made())
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_parts_lie_where_one_says_and_those_left_behind_are_swept(tmp_path: Path) -> None:
    stage = tmp_path / "inner"
    for name in (".part-old", ".part-now"):
        (stage / name).mkdir(parents=True)
        (stage / name / "0").write_bytes(b"secret")
    os.utime(stage / ".part-old", (1, 1))
    seen: list[str] = []

    def made() -> Iterator[tuple[str, bytes]]:
        seen.extend(sorted(p.parent.name for p in tmp_path.rglob(".part-*")))
        yield "a.txt", b"1"

    write_all(tmp_path, made(), stage="inner")
    assert seen == ["inner", "inner"]
    assert [p.name for p in stage.iterdir()] == [".part-now"]
    assert (tmp_path / "a.txt").read_bytes() == b"1"


@pytest.mark.parametrize("lock", [".~lock.plan.xlsx#", "~$plan.xlsx", ".~plan.xlsx"])
def test_an_open_workbook_is_told_before_anything_is_written(tmp_path: Path, lock: str) -> None:
    write_all(tmp_path, [("a.txt", b"1"), ("plan.xlsx", b"1")])
    (tmp_path / lock).write_bytes(b"")
    write_all(tmp_path, [("a.txt", b"1"), ("plan.xlsx", b"1")])  # nothing to be written over
    with pytest.raises(OutputError) as caught:
        write_all(tmp_path, [("a.txt", b"2"), ("plan.xlsx", b"2")])
    assert [(p.what, p.value) for p in caught.value.problems] == [("file-open", "plan.xlsx")]
    assert ((tmp_path / "a.txt").read_bytes(), (tmp_path / "plan.xlsx").read_bytes()) == (b"1", b"1")
