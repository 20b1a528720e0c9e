"""`fairplanner tariff FILE DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.intake.tariff import Match


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "tariff")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option("--replace", is_flag=True, help=w("cli.tariff.replace"))
    @lang_option(w)
    def tariff(file: Path, folder: Path, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(file, folder, lang, replace=replace)

    return tariff


def run(file: Path, folder: Path, lang: str, *, replace: bool) -> None:
    """Write the rates that the table has for the programme's places; say which row gave which, and who has none."""
    from fairplanner.cli.files import write
    from fairplanner.intake.tariff import STAYS_FILE, import_tariff

    w = words(lang)
    made = import_tariff(file, folder, replace=replace, lang=lang)
    path = folder / STAYS_FILE
    write(path, made.content)
    say(w("cli.tariff.matched", count=len(made.matches)))
    for match in made.matches:
        say(_line(w, match))
    if made.missing:
        places = w("calendar.comma").join(w.name(place) for place in made.missing)
        say(w("cli.tariff.missing", count=len(made.missing), places=places))
    if made.kept:
        say(w("cli.tariff.kept", count=made.kept))
    if made.rates:
        say(w("cli.tariff.rates", currencies=w("calendar.comma").join(made.rates)))
    say(w("cli.tariff.done", where=path.as_posix()))


def _line(w: Words, match: Match) -> str:
    row = match.row
    key = "cli.tariff.named" if match.named or not row.city else "cli.tariff.other"
    return w(
        key, place=w.name(match.place), row=row.number, where=match.where(w), lodging=row.lodging, meals=row.meals,
        incidentals=row.incidentals, currency=row.currency,
    )  # fmt: skip
