"""`fairplanner tables`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.domain.tables import TABLES
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "tables")
    @click.option(
        "--rows", type=click.Choice([t.name for t in TABLES if t.shared]), default=None, help=w("cli.tables.rows")
    )
    @click.argument("folder", type=click.Path(path_type=Path), required=False)
    @lang_option(w)
    def tables(rows: str | None, folder: Path | None, lang: str) -> None:
        with errors_at_the_door(lang):
            run(rows, folder, lang)

    return tables


def run(rows: str | None, folder: Path | None, lang: str) -> None:
    """Print the reference of tables, or the ids and names of one shared table (with a programme's own rows)."""
    from fairplanner.intake import describe_tables, read_programme, read_reference

    if rows is None:
        say(describe_tables(lang))
        return
    w = words(lang)
    found: Iterable[Any] = getattr(read_programme(folder), rows) if folder else read_reference()[rows]
    key = next(t.key for t in TABLES if t.name == rows)
    for row in found:
        facts = [str(getattr(row, column)) for column in key]
        if hasattr(row, "name_zh"):
            facts.append(w.name(row))
        if rows == "phases":
            facts += [str(getattr(row, column) or "") for column in ("fair_id", "edition", "start", "end")]
            facts.append(w(f"enums.Status.{row.status}"))
        say("\t".join(facts))
