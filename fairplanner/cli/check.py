"""`fairplanner check DIR|PLAN`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, read_both, say, say_json, verb
from fairplanner.errors import UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Violation


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "check")
    @click.argument("what", type=click.Path(path_type=Path))
    @json_option(w)
    @lang_option(w)
    def check(what: Path, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(what, as_json, lang)

    return check


def run(what: Path, as_json: bool, lang: str) -> None:
    """Judge a plan by every rule, or the tables of a programme; exit 1 if anything is wrong."""
    try:
        violations = _of_plan(what) if what.suffix == ".json" else _of_programme(what)
    except UserError as error:
        if as_json:
            say_json({"violations": [], "problems": [asdict(p) for p in error.problems]})
            raise SystemExit(1) from error
        raise
    if as_json:
        say_json({"violations": [asdict(v) for v in violations], "problems": []})
    else:
        _say(words(lang), what, violations)
    if violations:
        raise SystemExit(1)


def _of_plan(path: Path) -> tuple[Violation, ...]:
    from fairplanner.rules import check

    return check(*read_both(path))


def _of_programme(folder: Path) -> tuple[Violation, ...]:
    from fairplanner.intake import read_programme

    read_programme(folder)
    return ()


def _say(w: Words, what: Path, violations: tuple[Violation, ...]) -> None:
    say(w("cli.check.found", count=len(violations)) if violations else w("cli.check.fine", what=what.as_posix()))
    for v in violations:
        say("  " + w(f"rules.{v.rule}.broken", **(dict(v.facts) | {"label": v.label, "amount": v.amount})))
