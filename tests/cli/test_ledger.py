"""The verb `ledger`, as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli import build
from fairplanner.publish.plan_json import plan_json, snapshot_json
from tests.programmes.packs_plan import packs_plan


@pytest.mark.parametrize(("lang", "header"), [("zh", "意向成交"), ("en", "Intended deals")])
def test_it_writes_the_table_once_and_never_over_a_persons_own(tmp_path: Path, lang: str, header: str) -> None:
    programme, made = packs_plan()
    (tmp_path / "programme.json").write_bytes(snapshot_json(programme))
    (tmp_path / "plan.json").write_bytes(plan_json(made))
    args = ["ledger", str(tmp_path / "plan.json"), "--out", str(tmp_path / "next"), "--lang", lang]
    result = CliRunner().invoke(build(lang), args, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    path = tmp_path / "next" / "ledger.csv"
    assert header in path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert [p.name for p in path.parent.iterdir()] == ["ledger.csv"]
    assert CliRunner().invoke(build(lang), args, catch_exceptions=False).exit_code == 0
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    kept = path.read_bytes()
    refused = CliRunner().invoke(build(lang), args, catch_exceptions=False)
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert path.read_bytes() == kept
    assert CliRunner().invoke(build(lang), [*args, "--replace"], catch_exceptions=False).exit_code == 0
    assert path.read_bytes() != kept
