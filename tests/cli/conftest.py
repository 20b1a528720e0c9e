"""What many tests of the command line begin with."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fairplanner.cli import build

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


@pytest.fixture(scope="session")
def tiny_planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `plan` makes of the tiny programme, planned once in each process; copy it to change anything in it."""
    out = tmp_path_factory.mktemp("tiny-planned")
    done = CliRunner().invoke(build("en"), ["plan", str(TINY), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return out
