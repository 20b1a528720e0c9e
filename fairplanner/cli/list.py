"""`fairplanner list DIR`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, out_option, replace_option, say, verb
from fairplanner.words import Words, languages, words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme


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
    from fairplanner.intake import read_programme

    w = words(lang)
    programme = read_programme(folder)
    paths = write_lists(programme, out or Path("out") / programme.settings.id, lang, replace=replace)
    say(w("cli.list.done", dated=len(programme.in_window()), undated=len(programme.undated())))
    for path in paths:
        say("  " + path.as_posix())


def write_lists(
    programme: Programme, out: Path, lang: str, *, replace: bool, forms_in: Iterable[str] = ()
) -> list[Path]:  # fmt: skip
    """Write the year's list and its sign-up forms (报名表, in `forms_in` or every language), the page first; returns the paths.

    Raises OutputError.
    """
    from fairplanner.cli.files import write_all
    from fairplanner.publish.lists.signup_form import signup_form
    from fairplanner.publish.lists.yearlist import year_list

    forms = (signup_form(programme, one) for one in tuple(forms_in) or languages())
    made = ((str(p.path), p.content) for p in (*year_list(programme, lang), *forms))
    return write_all(out, made, replace=replace)
