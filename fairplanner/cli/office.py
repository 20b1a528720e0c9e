"""What the verbs about a store share: which store, which programme, which instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from fairplanner.errors import Problem, UserError
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.store import Store


def store_options(w: Words) -> Callable[[Any], Any]:
    """`--store` and `--programme`."""
    store = click.option("--store", envvar="FAIRPLANNER_STORE", default=None, help=w("cli.store.store"))
    programme = click.option("--programme", default=None, help=w("cli.store.programme"))
    return lambda function: store(programme(function))


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


def in_short(at: datetime) -> str:
    """An instant as lists show it: to the minute, in UTC."""
    return f"{at:%Y-%m-%d %H:%M}Z"
