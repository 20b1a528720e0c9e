"""plan.json and programme.json: read back whole, and every other file refused with its reason."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fairplanner.domain.plan import Plan
from fairplanner.errors import CatalogueError
from fairplanner.intake import read_plan, read_snapshot
from fairplanner.intake.files import BIGGEST_FILE
from tests.builders import a_programme

PLAN = Plan(
    programme_id="test", programme_digest="0" * 16, revision=1, as_of=date(2024, 11, 1), status="optimal", value=10, bound=10,
    gap=0.0, engine="exact", reproducible=True,
)  # fmt: skip


def told(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(CatalogueError) as caught:
        read_plan(path)
    return [(p.file, p.column, p.what) for p in caught.value.problems]


def test_a_plan_is_read_as_it_was_written_from_its_file_or_its_folder(tmp_path: Path):
    (tmp_path / "plan.json").write_text(PLAN.model_dump_json(), encoding="utf-8")
    assert read_plan(tmp_path / "plan.json") == read_plan(tmp_path) == PLAN


def test_a_programme_is_read_as_it_was_written(tmp_path: Path):
    (tmp_path / "programme.json").write_text(a_programme().model_dump_json(), encoding="utf-8")
    assert read_snapshot(tmp_path / "programme.json") == a_programme()


def test_a_plan_may_be_larger_than_a_table(tmp_path: Path):
    (tmp_path / "plan.json").write_text(PLAN.model_dump_json() + " " * BIGGEST_FILE, encoding="utf-8")
    assert read_plan(tmp_path) == PLAN


def test_a_plan_of_another_version_is_refused_before_anything_else(tmp_path: Path):
    (tmp_path / "plan.json").write_text(json.dumps({"schema_version": 99, "nonsense": 1}), encoding="utf-8")
    assert told(tmp_path) == [("plan.json", "schema_version", "schema-version")]


def test_a_plan_from_before_claims_told_what_they_are_entitled_to_is_of_another_version(tmp_path: Path):
    claim = {"claim_id": "f1/expo$half", "subsidy_id": "half", "participation_id": "f1/expo", "amount": "10.00"}
    older = json.loads(PLAN.model_dump_json()) | {"schema_version": 1, "claims": [claim]}
    (tmp_path / "plan.json").write_text(json.dumps(older), encoding="utf-8")
    assert told(tmp_path) == [("plan.json", "schema_version", "schema-version")]


def test_a_plan_changed_by_hand_names_every_part_that_does_not_fit(tmp_path: Path):
    changed = json.loads(PLAN.model_dump_json()) | {"status": "best", "as_of": "soon"}
    (tmp_path / "plan.json").write_text(json.dumps(changed), encoding="utf-8")
    assert told(tmp_path) == [("plan.json", "as_of", "plan-part"), ("plan.json", "status", "plan-part")]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_no_json_object_is_one_problem(tmp_path: Path, content: bytes):
    (tmp_path / "plan.json").write_bytes(content)
    assert told(tmp_path / "plan.json") == [("plan.json", "", "json-broken")]


def test_a_plan_that_is_not_there_is_a_problem(tmp_path: Path):
    assert told(tmp_path / "plan.json") == [("plan.json", "", "plan-missing")]
