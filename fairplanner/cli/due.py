"""`fairplanner due DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, read_both, say, verb
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "due")
    @click.argument("folder", metavar="DIR|PLAN", type=click.Path(path_type=Path))
    @click.option("--past", is_flag=True, help=w("cli.due.past"))
    @lang_option(w)
    def due(folder: Path, past: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(folder, past, words(lang))

    return due


def read(folder: Path) -> tuple[Programme, Plan | None]:
    """A programme's folder, or a plan with its programme beside it."""
    from fairplanner.intake import read_programme

    if folder.suffix == ".json":
        return read_both(folder)
    return read_programme(folder), None


def run(folder: Path, past: bool, w: Words) -> None:
    """Say what is due next; with `past` also what is over."""
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.lists.due_list import DueList
    from fairplanner.publish.naming import Naming

    programme, plan = read(folder)
    lines = DueList(Naming(programme, w.lang), Dress(w, programme.settings.currency))
    found = [x for x in lines.lines(plan) if past or x.working >= programme.settings.as_of]
    if not found:
        say(w("duties.list_none"))
    for x in found:
        stated, working, left, what, where, who, counted, note = x.cells
        say(w("cli.due.row" if where else "cli.due.row-general", due=working, left=left, what=what, phases=where))
        if counted:
            say("  " + w("cli.due.more", stated=stated, who=who.replace("\n", " "), counted=counted))
        elif stated != working:
            say("  " + w("cli.due.stated", stated=stated))
        for line in filter(None, note.split("\n")):
            say("  " + line)
