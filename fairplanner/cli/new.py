"""`fairplanner new DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, shown, verb
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "new")
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option(
        "--kind", type=click.Choice(["csv", "xlsx"]), default="xlsx", show_default=True, help=w("cli.new.kind")
    )
    @lang_option(w)
    def new(folder: Path, kind: str, lang: str) -> None:
        with errors_at_the_door(lang):
            run(folder, kind, lang)

    return new


def run(folder: Path, kind: str, lang: str) -> None:
    """Write a programme folder to start from; refuses to touch anything that is already there."""
    from fairplanner.cli.files import write
    from fairplanner.errors import OutputError, Problem
    from fairplanner.intake import new_programme

    w = words(lang)
    files = new_programme(folder.resolve().name, kind=kind, lang=lang)
    taken = [name for name in sorted(files) if (folder / name).exists()]
    if taken:
        raise OutputError([Problem(str(folder / name), 0, "", "exists-new") for name in taken])
    for name, content in files.items():
        write(folder / name, content)
    say(w("cli.new.done", where=folder.as_posix(), count=len(files)))
    say(w("cli.new.next", where=shown(folder)))
