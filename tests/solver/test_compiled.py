"""Compiled functions: kept on disk where that can be done, and never taken from there when any of their sources changed."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairplanner.solver import compiled, implied, polish, respond, search

SOLVER = Path(compiled.__file__).parent
ROOM = SOLVER.parents[1]
SCRIPT = """
import numpy as np
from fairplanner.solver import polish, search
one, none = np.ones(1), np.zeros(1)
prices, gains = np.full(1, 5.0), np.full(1, -3.0)
yes = np.ones(1, bool)
polish._sweep(np.arange(1), np.array([0, 1]), np.zeros(1, np.int64), one, none, one, yes, yes, none, one, prices, gains)
print(prices.tolist(), polish._sweep.stats.cache_misses, sorted(polish._sweep.stats.cache_hits.values()))
"""


def ran(package: Path, **places: str) -> str:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA", "XDG", "COV"))}
    env |= {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1", **places}
    call = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(call, env=env, capture_output=True, text=True, timeout=120, check=False, cwd=package)  # noqa: S603  (our own)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package in a place where nothing compiled can be put beside it."""
    for folder in ("fairplanner", "templates", "catalogs"):
        shutil.copytree(ROOM / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "fairplanner" / "solver" / "__pycache__").write_text("not a folder")
    return tmp_path


@pytest.mark.slow
def test_where_nothing_can_be_written_it_is_compiled_for_the_process(copied: Path) -> None:
    nowhere = str(copied / "fairplanner" / "__init__.py" / "below a file")
    assert ran(copied, HOME=nowhere, XDG_CACHE_HOME=nowhere, LOCALAPPDATA=nowhere, NUMBA_CACHE_DIR=nowhere).startswith(
        "[2.0]"
    )


@pytest.mark.slow
def test_the_users_own_place_is_taken_and_what_other_sources_made_is_not(copied: Path, tmp_path: Path) -> None:
    here = str(tmp_path / "cache")
    places = {"HOME": here, "XDG_CACHE_HOME": here, "LOCALAPPDATA": here}
    first, again = ran(copied, **places), ran(copied, **places)
    assert "[1]" not in first
    assert again.endswith("[1]\n")
    worth = copied / "fairplanner" / "solver" / "worth.py"
    worth.write_text(worth.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert "[1]" not in ran(copied, **places)


def test_every_module_with_compiled_functions_is_one_of_those_whose_sources_count() -> None:
    using = [p.stem for p in SOLVER.glob("*.py") if "solver.compiled import" in p.read_text(encoding="utf-8")]
    assert sorted(using) == sorted(compiled.KERNELS)
    direct = [p.stem for p in SOLVER.glob("*.py") if re.search(r"^from numba|^import numba", p.read_text(encoding="utf-8"), re.MULTILINE)]  # fmt: skip
    assert direct == ["compiled"]


@pytest.mark.parametrize("function", [search.best_years, respond.answered, implied.implied, polish._sweep])
def test_every_entry_is_kept_by_the_sources_of_all(function: object) -> None:
    stamp = list(inspect.signature(function.py_func).parameters.values())[-1]  # type: ignore[attr-defined]
    assert (stamp.name, stamp.default) == ("_stamp", compiled.STAMP)
    assert compiled.STAMP > 0
