"""A store of each kind: every test that asks for `url` or `store` runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairplanner.store import Store, open_store
from tests.store.cluster import Cluster, programs

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.interop)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL (initdb) is installed here")
    made = Cluster(found)
    yield made
    made.remove()


@pytest.fixture(params=["sqlite", POSTGRESQL])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    made: Cluster = request.getfixturevalue("cluster")
    return made.url()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, host="calendars.example.org") as made:
        yield made
