"""A small store to serve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.asking import Place, place
from tests.store.conftest import cluster as cluster


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Place]:
    made = place(str(tmp_path / "office.db"))
    yield made
    made.store.close()
