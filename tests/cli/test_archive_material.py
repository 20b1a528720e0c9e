"""What is gathered for an archive."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fairplanner.cli.archive_material import Sources, gathered
from fairplanner.errors import UserError
from tests.publish import plans

MANIFEST = {
    "format": 1, "programme": "test", "number": 2, "seal": "s",
    "parties": [
        {"kind": "firm", "id": "f1", "titles": {"zh": "甲"}, "counts": {"zh": {"added": 1, "changed": 2}, "en": {"added": 1}}},
        {"kind": "zone", "id": "prov", "titles": {"zh": "省"}, "counts": {}},
    ],
}  # fmt: skip


def an_outbox(folder: Path, **changes: object) -> Path:
    place = folder / "rev-0002"
    place.mkdir(parents=True)
    (place / "outbox.json").write_text(json.dumps(MANIFEST | changes), encoding="utf-8")
    log = [
        {"key": "a", "state": "trying", "at": "2025-01-01T00:00:00+00:00", "kind": "firm", "id": "f1"},
        {"key": "a", "state": "sent", "at": "2025-01-01T00:00:05+00:00"},
        {"key": "b", "state": "trying", "at": "2025-01-02T00:00:00+00:00", "kind": "zone", "id": "prov"},
    ]
    (place / "sent.jsonl").write_text("".join(json.dumps(x) + "\n" for x in log), encoding="utf-8")
    return folder


def test_a_folder_is_taken_as_it_is_but_for_hidden_files_locks_and_our_own(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    for name in ("firms.csv", "packs/x.toml", ".fairplanner.json", ".git", "~$firms.xlsx"):
        (tmp_path / name).write_bytes(name.encode())
    found = gathered(plans.plan(), Sources(inputs=tmp_path), None)
    assert found.inputs is not None
    assert [(one.name, one.content) for one in found.inputs] == [
        ("firms.csv", b"firms.csv"),
        ("packs/x.toml", b"packs/x.toml"),
    ]
    assert found.is_as_planned is False


def test_nobody_who_was_only_tried_counts_as_told(tmp_path: Path) -> None:
    found = gathered(plans.plan(), Sources(outbox=an_outbox(tmp_path)), None).told
    assert found is not None
    assert [(t.subject, t.changes, t.sent) for t in found] == [("f1", 3, 1), ("prov", 0, 0)]
    assert found[0].at == datetime(2025, 1, 1, 0, 0, 5, tzinfo=UTC)


def test_notices_of_another_programme_are_left_out_and_a_broken_outbox_is_told(tmp_path: Path) -> None:
    other = an_outbox(tmp_path / "a", programme="else")
    assert gathered(plans.plan(), Sources(outbox=other), None).told == ()
    with pytest.raises(UserError, match="outbox-broken"):
        gathered(plans.plan(), Sources(outbox=an_outbox(tmp_path / "b", parties=[{}])), None)


def test_what_nobody_named_is_unknown_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    found = gathered(plans.plan(), Sources(), None)
    assert (found.inputs, found.told, found.revisions, found.ledger) == (None, None, None, ())
    with pytest.raises(UserError, match="archive-input-missing"):
        gathered(plans.plan(), Sources(extras=(tmp_path / "no.pdf",)), None)
