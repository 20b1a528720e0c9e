from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fairplanner.deliver.outbox import read_outbox
from fairplanner.errors import UserError
from tests.publish.notices import made as notices


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return notices.written(notices.second(), tmp_path)


def problems(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as error:
        read_outbox(folder)
    return [(Path(p.file).name, p.what) for p in error.value.problems]


def test_an_outbox_is_read_as_it_was_written(folder: Path) -> None:
    outbox = read_outbox(folder)
    assert (outbox.number, outbox.programme, outbox.seal) == (2, "test", f"{2:064x}")
    assert [(x.kind, x.subject, sorted(x.letters)) for x in outbox.parties][-1] == ("firm", "f3", ["en", "zh"])
    assert outbox.parties[-1].letters["zh"].calendar == (folder / "firm" / "f3" / "change.zh.ics").read_bytes()


def test_the_folder_above_will_do_where_it_holds_one_revision(folder: Path, tmp_path: Path) -> None:
    assert read_outbox(tmp_path) == read_outbox(folder)
    notices.written(notices.first(), tmp_path)
    assert problems(tmp_path) == [(tmp_path.name, "outbox-several")]


def test_a_party_whose_folder_was_deleted_is_withheld(folder: Path) -> None:
    shutil.rmtree(folder / "firm" / "f3")
    outbox = read_outbox(folder)
    assert [x.subject for x in outbox.parties if x.is_withheld] == ["f3"]


def test_what_was_changed_by_hand_is_told_all_at_once_and_taken_when_asked_for(folder: Path) -> None:
    for name in ("f1", "f2"):
        path = folder / "firm" / name / "notice.zh.txt"
        path.write_text("另行通知", encoding="utf-8")
    assert problems(folder) == [("notice.zh.txt", "outbox-file-changed")] * 2
    assert read_outbox(folder, edited=True).parties[-2].letters["zh"].text == "另行通知".encode()


def test_a_missing_file_and_one_in_another_encoding_are_problems(folder: Path) -> None:
    (folder / "firm" / "f1" / "notice.zh.html").unlink()
    (folder / "firm" / "f2" / "notice.zh.txt").write_bytes("另行通知".encode("gb18030"))
    assert set(problems(folder)) == {
        ("notice.zh.html", "outbox-file-missing"), ("notice.zh.txt", "outbox-not-utf8"), ("notice.zh.txt", "outbox-file-changed"),
    }  # fmt: skip


@pytest.mark.parametrize("change", [{"format": 2}, {"parties": [{}]}, {"parties": 3}, {"seal": None, "format": None}])
def test_a_list_that_is_not_ours_is_a_problem(folder: Path, change: dict[str, object]) -> None:
    path = folder / "outbox.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert problems(folder) == [("outbox.json", "outbox-broken")]


def test_no_file_outside_the_outbox_is_ever_read(folder: Path) -> None:
    path = folder / "outbox.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    (folder.parent / "secret").write_text("x", encoding="utf-8")
    told["parties"][0]["files"]["zh"]["text"] = "../secret"
    told["parties"][0]["digests"]["../secret"] = "0"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert problems(folder) == [("outbox.json", "outbox-broken")]


def test_a_folder_without_notices_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path) == [(tmp_path.name, "outbox-none")]
