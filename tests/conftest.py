"""What every test may use."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import browser, page_at

GOLDEN = Path(__file__).parent / "golden"
Golden = Callable[[str, bytes], None]
__all__ = ["browser", "page_at"]
"""Fixtures that are made elsewhere."""


_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", derandomize=True, **_UNHURRIED)
settings.register_profile("search", derandomize=False, **_UNHURRIED)
settings.load_profile("same")
"""Same checkout, same examples: whoever runs the tests sees what everybody sees, also on a busy machine. `--hypothesis-profile=search` looks for new ones."""


def pytest_configure(config: pytest.Config) -> None:
    """The papers of one run of all tests are typeset once: publishing is done again and again, typesetting has tests of its own.

    Until all tests are collected nothing is looked through for rubbish: there is none, and looking takes a quarter of that time.
    """
    gc.disable()
    if not hasattr(config, "workerinput"):  # the one that starts the others, which inherit it
        kept = TemporaryDirectory(prefix="fairplanner-tests-")
        os.environ["FAIRPLANNER_CACHE"] = kept.name
        config.add_cleanup(kept.cleanup)
        if getattr(config.option, "numprocesses", None):
            compile_beforehand(config)


def compile_beforehand(config: pytest.Config) -> None:
    """In a new checkout one process compiles the solver while tests are collected, lest all of them do so at the same time."""
    package = find_spec("fairplanner")
    if package and package.origin and not any((Path(package.origin).parent / "solver" / "__pycache__").glob("*.nbi")):
        where = {"cwd": GOLDEN.parents[1], "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([sys.executable, "-m", "tests.solver.compiling"], **where)
        config.add_cleanup(process.wait)
        config.add_cleanup(process.kill)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew; look at the difference before you commit it",
    )


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end; looking through it for rubbish again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares bytes with the golden file of that name; with --update-golden writes it."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_bytes(content)
        assert content == path.read_bytes(), f"{name} differs from tests/golden/{name}; --update-golden writes it anew"

    return compare
