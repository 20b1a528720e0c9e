"""What every test may use."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.browser import browser, page_at

GOLDEN = Path(__file__).parent / "golden"
Golden = Callable[[str, bytes], None]
__all__ = ["browser", "page_at"]
"""Fixtures that are made elsewhere."""


def pytest_configure(config: pytest.Config) -> None:
    """The papers of one run of all tests are typeset once: publishing is done again and again, typesetting has tests of its own."""
    if not hasattr(config, "workerinput"):  # the one that starts the others, which inherit it
        kept = TemporaryDirectory(prefix="fairplanner-tests-")
        os.environ["FAIRPLANNER_CACHE"] = kept.name
        config.add_cleanup(kept.cleanup)


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
