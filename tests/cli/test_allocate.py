"""`fairplanner allocate`, as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairplanner.cli import build

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


def run(*args: str, lang: str = "en") -> Result:
    return CliRunner().invoke(build(lang), ["allocate", *args], catch_exceptions=False)


def test_the_public_list_has_no_scores_and_the_office_list_has() -> None:
    public, office = run(str(TINY)), run(str(TINY), "--audience", "internal")
    assert (public.exit_code, office.exit_code) == (0, 0)
    assert "score " not in public.stdout.replace("Lowest score", "")
    assert "rank 1, score" in office.stdout
    assert "proposed 1" in public.stdout


def test_files_are_written_where_asked(tmp_path: Path) -> None:
    assert run(str(TINY), "--out", str(tmp_path)).exit_code == 0
    assert {p.name for p in tmp_path.iterdir() if not p.name.startswith(".")} == {
        "allocation-public.en.xlsx", "allocation-public.en.csv",
    }  # fmt: skip


def test_a_firm_reads_its_own_rows_and_must_be_named() -> None:
    firm = next(line.split(",")[0] for line in (TINY / "applications.csv").read_text(encoding="utf-8").splitlines()[1:])
    told = run(str(TINY), "--audience", "firm", "--firm", firm)
    assert told.exit_code == 0
    assert "You asked for" in told.stdout or "No places go" in told.stdout
    unnamed, unknown = run(str(TINY), "--audience", "firm"), run(str(TINY), "--audience", "firm", "--firm", "nobody")
    assert (unnamed.exit_code, unknown.exit_code) == (1, 1)
    assert "nobody" in unknown.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_a_plan_the_office_also_sees_a_second_round(lang: str, tmp_path: Path) -> None:
    planned = CliRunner().invoke(
        build(lang), ["plan", str(TINY), "--out", str(tmp_path), "--json"], catch_exceptions=False
    )
    assert planned.exit_code == 0
    told = run(str(TINY), "--plan", str(tmp_path), "--audience", "internal", "--lang", lang)
    assert told.exit_code == 0
    assert {"zh": "方案没有空出", "en": "leaves no booths"}[lang] in told.stdout
