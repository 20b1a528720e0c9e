"""What the verbs about a store share: which store, which programme, which instant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from fairplanner.errors import Problem, UserError
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.published import Revision
    from fairplanner.store import Store


def store_options(w: Words) -> Callable[[Any], Any]:
    """`--store` and `--programme`."""
    store = click.option("--store", envvar="FAIRPLANNER_STORE", default=None, help=w("cli.store.store"))
    programme = click.option("--programme", default=None, help=w("cli.store.programme"))
    return lambda function: store(programme(function))


def store_to_say(w: Words, store: str | None = None) -> str:
    """What a command that is said must add so that nobody who copies it publishes past the store: nothing where the environment
    names it, the store that was given, else a word in its place with which no shell runs it."""
    if os.environ.get("FAIRPLANNER_STORE"):
        return ""
    return w("cli.store.said", store=store) if store else w("cli.store.unsaid")


def at_option(w: Words) -> Callable[[Any], Any]:
    """`--at`: the only way the clock comes in, and the way around it."""
    return click.option("--at", default=None, help=w("cli.store.at"))


def opened(store: str | None) -> Store:
    """The store that the command line or the environment names; it is never made here. Raises StoreError, UserError."""
    from fairplanner.store import open_store

    if not store:
        raise UserError([Problem("--store", 0, "", "no-store")])
    return open_store(store, create=False)


def programme_in(store: Store, wish: str | None) -> str:
    """The programme meant: the one that is named, else the only one there is; raises UserError."""
    known = store.programmes()
    if not known:
        raise UserError([Problem(store.where, 0, "", "store-programme-none")])
    if wish is None and len(known) > 1:
        raise UserError([Problem("--programme", 0, "", "store-programme-open", ", ".join(known))])
    if wish is not None and wish not in known:
        raise UserError([unknown("--programme", "store-programme-unknown", wish, known, have=", ".join(known))])
    return wish or known[0]


@contextmanager
def plan_at(given: Path, store: str | None, programme: str | None) -> Iterator[Path]:
    """Where a plan lies: the path itself, or, where a number is given, that revision of the store as long as the block lasts.

    Raises UserError where there is no such revision or no store is named.
    """
    if given.exists() or not (given.name.isdecimal() and given == Path(given.name)):
        yield given
        return
    with opened(store) as found, TemporaryDirectory(prefix="revision-") as name:
        revision = revision_in(found, programme_in(found, programme), int(given.name))
        for file, content in (("plan.json", revision.plan), ("programme.json", revision.programme)):
            (Path(name) / file).write_bytes(content)
        yield Path(name)


def revision_in(store: Store, programme_id: str, number: int) -> Revision:
    """A revision by its number; raises UserError if there is none."""
    try:
        return store.revision(programme_id, number)
    except KeyError as error:
        last = len(store.revisions(programme_id))
        facts = (("last", str(last)),)
        raise UserError([Problem(store.where, 0, "", "store-revision-unknown", str(number), facts)]) from error


def unknown(where: str, what: str, value: str, choices: Iterable[str], **facts: str) -> Problem:
    """A problem with the word most like it, under the key with `-near`, where there is one."""
    from fairplanner.intake.suggest import nearest

    near = nearest(value, choices)
    said = {"near": near} if near else facts
    return Problem(where, 0, "", f"{what}-near" if near else what, value, tuple(sorted(said.items())))


def instant_of(at: str | None) -> datetime:
    """The instant of `--at`, now without it; raises UserError."""
    from fairplanner.cli.revise import instant

    try:
        return instant(at)
    except ValueError as error:
        raise UserError([Problem("--at", 0, "", "not-an-instant", at or "")]) from error
