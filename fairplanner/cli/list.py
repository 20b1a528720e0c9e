"""`fairplanner list DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, out_option, replace_option, say, verb
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "list")
    @click.argument("folder", type=click.Path(path_type=Path))
    @out_option(w)
    @replace_option(w)
    @lang_option(w)
    def list_(folder: Path, out: Path | None, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(folder, out, replace, lang)

    return list_


def run(folder: Path, out: Path | None, replace: bool, lang: str) -> None:
    """Publish the year's list of fairs; needs no plan."""
    from fairplanner.cli.files import write_all
    from fairplanner.intake import read_programme
    from fairplanner.publish.lists.yearlist import year_list

    w = words(lang)
    programme = read_programme(folder)
    where = out or Path("out") / programme.settings.id
    paths = write_all(where, [(str(p.path), p.content) for p in year_list(programme, lang)], replace=replace)
    say(w("cli.list.done", dated=len(programme.in_window()), undated=len(programme.undated())))
    for path in paths:
        say("  " + path.as_posix())
