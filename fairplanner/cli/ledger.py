"""`fairplanner ledger PLAN`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, out_option, read_both, replace_option, say, verb
from fairplanner.errors import OutputError, Problem
from fairplanner.words import Words, words

FILE = "ledger.csv"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "ledger")
    @click.argument("plan", type=click.Path(path_type=Path))
    @out_option(w)
    @replace_option(w)
    @lang_option(w)
    def ledger(plan: Path, out: Path | None, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(plan, out, lang, replace=replace)

    return ledger


def run(plan_path: Path, out: Path | None, lang: str, *, replace: bool) -> None:
    """Write the ledger that next year's programme reads; raises OutputError for one that is there and says something else."""
    from fairplanner.cli.files import write
    from fairplanner.publish.money.ledger import added_rows, next_ledger

    w = words(lang)
    programme, plan = read_both(plan_path)
    content = next_ledger(programme, plan, w)
    path = (out or Path("out") / programme.settings.id) / FILE
    if path.is_file() and not replace and path.read_bytes() != content:
        raise OutputError([Problem(str(path), 0, "", "exists")])
    write(path, content)
    old, new = len(programme.ledger), len(added_rows(programme, plan, w))
    say(w("cli.ledger.done", where=path.as_posix(), old=old, new=new))
    say(w("cli.ledger.next"))
