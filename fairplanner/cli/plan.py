"""`fairplanner plan DIR`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import (
    SAME,
    errors_at_the_door,
    json_option,
    lang_option,
    out_option,
    progress,
    replace_option,
    say,
    say_json,
    shown,
    verb,
)
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.solver import Solved


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "plan")
    @click.argument("folder", type=click.Path(path_type=Path))
    @out_option(w)
    @click.option("--seconds", type=click.FloatRange(min=1), default=60, show_default=True, help=w("cli.plan.seconds"))
    @click.option("--gap", type=click.FloatRange(0, 1), default=None, help=w("cli.plan.gap"))
    @click.option("--fast", is_flag=True, help=w("cli.plan.fast"))
    @click.option("--reapply", is_flag=True, help=w("cli.plan.reapply"))
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def plan(as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(as_json=as_json, lang=lang, **asked)

    return plan


def run(
    *,
    folder: Path,
    out: Path | None,
    seconds: float,
    gap: float | None,
    fast: bool,
    reapply: bool,
    replace: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Read, plan, write plan.json, and say how good it is."""
    from fairplanner.cli.work import facts_of, make_plan, write_plan
    from fairplanner.intake import read_programme

    w = words(lang)
    programme = read_programme(folder)
    with progress(w, "plan") as tell:
        solved = make_plan(_posed(programme, reapply), w, seconds, gap, fast, tell)
    path = write_plan(programme, solved.plan, out or Path("out") / programme.settings.id, w, replace=replace)
    if as_json:
        say_json(facts_of(solved, path))
        return
    for line in in_words(w, solved, path):
        say(line)


def _posed(programme: Programme, reapply: bool) -> Programme:
    return programme.model_copy(update={"approvals": ()}) if reapply else programme


def in_words(w: Words, solved: Solved, path: Path) -> Iterator[str]:
    """What was decided, how good it is, and what to do next."""
    plan = solved.plan
    firms, participations = len({x.firm_id for x in plan.participations}), len(plan.participations)
    yield w("cli.plan.done", delegations=len(plan.delegations), participations=participations, firms=firms)
    value, bound = f"{plan.value / 1000:,.1f}", f"{plan.bound / 1000:,.1f}"
    key = "cli.plan.best" if plan.gap < SAME else "cli.plan.proof"
    yield w(key, value=value, bound=bound, gap=f"{plan.gap:.2%}", seconds=f"{solved.seconds:.1f}")
    if plan.reproducible:
        yield w("cli.plan.next", plan=shown(path))
    else:
        yield w("cli.plan.interrupted" if solved.interrupted else "cli.plan.not-reproducible")
