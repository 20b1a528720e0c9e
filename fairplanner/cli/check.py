"""`fairplanner check DIR|PLAN`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, read_both, say, say_json, verb
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan, Violation
    from fairplanner.domain.programme import Programme


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "check")
    @click.argument("what", type=click.Path(path_type=Path))
    @json_option(w)
    @lang_option(w)
    def check(what: Path, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(what, as_json, lang)

    return check


def run(what: Path, as_json: bool, lang: str) -> None:
    """Judge a plan by every rule, or the tables of a programme; exit 1 if anything is wrong."""
    w = words(lang)
    is_plan = what.suffix == ".json" or (what / "plan.json").is_file()
    programme, violations, told = _of_plan(what, w) if is_plan else _of_programme(what, w)
    if as_json:
        say_json({"violations": [asdict(v) for v in violations], "problems": [], "remarks": list(told)})
    elif violations:
        _say(w, programme, violations)
    else:
        say(w("cli.check.fine", what=what.as_posix()))
        dated, undated = len(programme.in_window()), len(programme.undated())
        facts = {
            "firms": len(programme.firms),
            "applications": len(programme.applications),
            "zones": len(programme.zones),
        }
        say(w("cli.check.counts", dated=dated, undated=undated, **facts))
    if told and not as_json:
        say(w("remarks.head"))
        for line in told:
            say("  " + line)
    if violations:
        raise SystemExit(1)


Judged = tuple["Programme", "tuple[Violation, ...]", "tuple[str, ...]"]


def _of_plan(path: Path, w: Words) -> Judged:
    from fairplanner.rules import check

    programme, plan = read_both(path)
    return programme, check(programme, plan), _told(programme, plan, w)


def _told(programme: Programme, plan: Plan | None, w: Words) -> tuple[str, ...]:
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.naming import Naming
    from fairplanner.publish.wording.remark_words import all_remarks

    return all_remarks(Naming(programme, w.lang), Dress(w, programme.settings.currency), plan)


def _of_programme(folder: Path, w: Words) -> Judged:
    from fairplanner.errors import Problem
    from fairplanner.intake import read_programme
    from fairplanner.report import report

    seen: list[Problem] = []
    programme = read_programme(folder, told=seen)
    return programme, (), (*report(seen, w.lang), *_told(programme, None, w))


def _say(w: Words, programme: Programme, violations: tuple[Violation, ...]) -> None:
    from fairplanner.cli.labels import LabelNames

    names = LabelNames(programme, w)
    say(w("cli.check.found", count=len(violations)))
    for v in violations:
        say("  " + names.broken(v))
