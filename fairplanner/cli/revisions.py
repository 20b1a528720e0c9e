"""`fairplanner revisions [NUMBER]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    json_option,
    lang_option,
    replace_option,
    say,
    say_json,
    shown,
    verb,
)
from fairplanner.cli.office import opened, programme_in, revision_in, store_options
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.store import Store

LETTERS = 8
"""Of a digest, as many as tell plans apart."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "revisions")
    @click.argument("number", type=click.IntRange(min=1), metavar=w("cli.revisions.number"), required=False)
    @store_options(w)
    @click.option(
        "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.store.out-of-store")
    )
    @click.option("--verify", is_flag=True, help=w("cli.revisions.verify"))
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def revisions(
        number: int | None, store: str | None, programme: str | None, out: Path | None, verify: bool, replace: bool,
        as_json: bool, lang: str,
    ) -> None:  # fmt: skip
        with errors_at_the_door(lang, as_json=as_json), opened(store) as found:
            programme_id = programme_in(found, programme)
            if verify:
                check(found, programme_id)
            if number is not None:
                take(found, programme_id, number, out, words(lang), replace=replace)
            elif as_json:
                say_json({"programme": programme_id, "revisions": rows(found, programme_id), "verified": verify})
            else:
                show(found, programme_id, words(lang), verified=verify)

    return revisions


def check(store: Store, programme_id: str) -> None:
    """Raises StoreError with everything that is not as it was published."""
    from fairplanner.store import StoreError

    if problems := store.verify(programme_id):
        raise StoreError(problems)


def rows(store: Store, programme_id: str) -> list[dict[str, object]]:
    """The revisions as facts, newest last."""
    return [
        {"number": r.number, "at": r.at.isoformat(), "by": r.by, "why": r.why, "digest": r.digest, "seal": r.seal}
        for r in store.revisions(programme_id)
    ]


def show(store: Store, programme_id: str, w: Words, *, verified: bool) -> None:
    """One line per revision, newest last."""
    found = store.revisions(programme_id)
    zone = store.zone(programme_id)
    for r in found:
        facts = {
            "number": r.number,
            "at": w.instant(r.at, zone, "brief"),
            "by": r.by,
            "why": r.why,
            "digest": r.digest[:LETTERS],
        }
        say(w("cli.revisions.row", **facts))
    if not found:
        say(w("cli.revisions.none"))
    if verified:
        say(w("cli.revisions.sound"))


def take(store: Store, programme_id: str, number: int, out: Path | None, w: Words, *, replace: bool) -> None:
    """Write plan.json and programme.json of a revision, byte for byte as published; raises UserError if there is none."""
    from fairplanner.cli.files import write_all

    revision = revision_in(store, programme_id, number)
    folder = out or Path("out") / f"revision-{number}"
    write_all(folder, {"plan.json": revision.plan, "programme.json": revision.programme}.items(), replace=replace)
    say(w("cli.revisions.taken", number=number, where=shown(folder)))
