"""`fairplanner tables`."""

from __future__ import annotations

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.words import Words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "tables")
    @lang_option(w)
    def tables(lang: str) -> None:
        with errors_at_the_door(lang):
            from fairplanner.intake import describe_tables

            say(describe_tables(lang))

    return tables
