"""`fairplanner diff A B`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, say, say_json, verb
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "diff")
    @click.argument("old", type=click.Path(path_type=Path))
    @click.argument("new", type=click.Path(path_type=Path))
    @json_option(w)
    @lang_option(w)
    def diff(old: Path, new: Path, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(old, new, as_json, lang)

    return diff


def run(old: Path, new: Path, as_json: bool, lang: str) -> None:
    """Say what differs between two plans."""
    from fairplanner.domain.diff import diff
    from fairplanner.intake import read_plan

    w = words(lang)
    changes = diff(read_plan(old), read_plan(new))
    if as_json:
        say_json({"changes": [asdict(c) for c in changes]})
        return
    say(w("cli.diff.found", count=len(changes)) if changes else w("cli.diff.same"))
    for c in changes:
        say(
            "  "
            + w(
                f"cli.diff.{c.what}",
                kind=w(f"cli.diff.kind.{c.kind}"),
                subject=c.subject,
                before=c.before,
                after=c.after,
            )
        )
