"""One database, SQLite in a file or PostgreSQL: how it is opened, read and written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry

from fairplanner.store.errors import trouble
from fairplanner.store.schema import office

PATIENCE = 60
"""Seconds a writer waits for the one before it; publishing a thousand feeds takes a few."""
PRAGMAS = (f"busy_timeout={PATIENCE * 1000}", "synchronous=FULL", "foreign_keys=ON")
"""What every SQLite connection is set to: synchronous=FULL, so that what was published survives a loss of power too."""
SAID = {"database is locked": "store-busy", "file is not a database": "store-foreign"}
"""What SQLite says of itself, and what we make of it."""
POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


class Database:
    """Transactions on one database. Safe to share between threads; not across a fork."""

    def __init__(self, url: str, *, create: bool) -> None:
        parsed = url_of(url)
        self.where = (
            parsed.database or "" if parsed.drivername == "sqlite" else parsed.render_as_string(hide_password=True)
        )
        if parsed.drivername == "sqlite":
            _must_be_possible(Path(self.where), create=create)
        self._engine = _engine(parsed, self.where)
        self._sqlite = parsed.drivername == "sqlite"

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def settle(self) -> None:
        """Let readers go on while somebody writes (SQLite's WAL, kept in the file); only once the file is known to be ours."""
        if self._sqlite:
            with self.looking() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """For one statement that reads."""
        with self._told(), self._engine.connect() as raw:
            yield raw.execution_options(**({"plain": True} if self._sqlite else {"isolation_level": "AUTOCOMMIT"}))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For several statements that must see the same state."""
        apart: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._told(), self._engine.connect() as raw:
            yield raw if self._sqlite else raw.execution_options(**apart)

    @contextmanager
    def making(self) -> Iterator[Connection]:
        """A transaction that nobody else writes beside on SQLite; for making the tables."""
        with self._told(), self._engine.connect() as raw:
            connection = raw.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self, *, seen: bool = True) -> Iterator[Connection]:
        """A transaction that no other writer can come between; everything in it happens, or nothing.

        `seen`: subscribers may see something else afterwards, so the counter `change` grows.
        """
        with self.making() as connection:
            # the one row of the office is the lock: on PostgreSQL the next writer waits here until we are done
            connection.execute(office.update().values(change=office.c.change + int(seen)))
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says of itself into words for the user; what we asked wrongly stays our bug."""
        try:
            yield
        except (IntegrityError, ProgrammingError):
            raise
        except DBAPIError as error:
            said = str(error.orig).strip().split("\n")[0]
            what = next((key for part, key in SAID.items() if part in said), "store-fails")
            raise trouble(self.where, what, said, seconds=str(PATIENCE)) from error


def url_of(text: str) -> URL:
    """The address of a store: a path, `sqlite:///path`, or `postgresql://...`; raises StoreError."""
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise trouble("", "store-address", text.partition("://")[0] + "://") from error
    if url.drivername in POSTGRES:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url
    raise trouble("", "store-address", url.drivername + "://")


def _must_be_possible(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise trouble(str(path), "store-is-folder")
    if not path.exists() and not create:
        raise trouble(str(path), "store-missing")
    if not path.parent.is_dir():
        raise trouble(str(path), "store-no-folder", str(path.parent))


def _engine(url: URL, where: str) -> Engine:
    try:
        if url.drivername == "sqlite":
            return _sqlite_engine(url)
        return create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise trouble(where, "store-driver") from error


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def _set(raw: Any, _entry: ConnectionPoolEntry) -> None:
        # the driver would begin transactions by itself, and late: two readers could then both want to write
        raw.isolation_level = None
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        wishes = connection.get_execution_options()
        if not wishes.get("plain"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if wishes.get("writes") else "BEGIN")

    return engine
