"""`fairplanner whatif PLAN|DIR`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.based import base_at
from fairplanner.cli.budgets import share
from fairplanner.cli.door import (
    Progress,
    errors_at_the_door,
    json_option,
    lang_option,
    progress,
    replace_option,
    say,
    say_json,
    verb,
)
from fairplanner.cli.files import must_be_writable
from fairplanner.cli.office import plan_at, store_options
from fairplanner.cli.said.folded import folded
from fairplanner.errors import NoPlan, Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.assuming import Assumption
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.again import Base


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "whatif")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--set", "cells", multiple=True, help=w("cli.whatif.set"))
    @click.option("--drop", "drops", multiple=True, help=w("cli.whatif.drop"))
    @click.option("--move", "moves", multiple=True, help=w("cli.whatif.move"))
    @click.option("--all", "whole", is_flag=True, help=w("cli.whatif.all"))
    @click.option("--frontier", "funds", multiple=True, help=w("cli.whatif.frontier"))
    @click.option("--from", "low", callback=share, default="50%", show_default=True, help=w("cli.whatif.from"))
    @click.option("--to", "high", callback=share, default="150%", show_default=True, help=w("cli.whatif.to"))
    @click.option("--steps", type=click.IntRange(2, 101), default=11, show_default=True, help=w("cli.whatif.steps"))
    @click.option("--prices", is_flag=True, help=w("cli.whatif.prices"))
    @click.option("--jobs", type=click.IntRange(min=1), default=None, help=w("cli.whatif.jobs"))
    @click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.whatif.out"))
    @replace_option(w)
    @click.option("--seconds", type=click.FloatRange(min=1), default=60, show_default=True, help=w("cli.plan.seconds"))
    @click.option("--gap", type=click.FloatRange(0, 1), default=None, help=w("cli.plan.gap"))
    @store_options(w)
    @json_option(w)
    @lang_option(w)
    def whatif(plan: Path, store: str | None, programme: str | None, as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            path = stack.enter_context(plan_at(plan, store, programme))
            run(Asked(path=path, **asked), as_json=as_json, lang=lang)

    return whatif


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks."""

    path: Path
    cells: tuple[str, ...]
    drops: tuple[str, ...]
    moves: tuple[str, ...]
    whole: bool
    funds: tuple[str, ...]
    low: Decimal
    high: Decimal
    steps: int
    prices: bool
    jobs: int | None
    out: Path | None
    replace: bool
    seconds: float
    gap: float | None

    @property
    def is_assumed(self) -> bool:
        """Whether anything is."""
        return bool(self.drops or self.moves or self.cells)

    def texts(self, base: Base) -> tuple[str, ...]:
        """Everything assumed, as it is typed after `--set`; fairs by id or name, each with its phases of the year."""
        drops = [f"drop:{q}" for fair in self.drops for q in _phases(base, fair, "--drop")]
        moves = [
            f"move:{q}{sign}{by}"
            for fair, sign, by in (text.partition("=") for text in self.moves)
            for q in _phases(base, fair, "--move")
        ]
        return (*drops, *moves, *self.cells)


def run(asked: Asked, *, as_json: bool, lang: str) -> None:
    """Plan again under assumptions and say what differs; or at several budgets, or with limits moved, on these assumptions."""
    w = words(lang)
    if not (asked.is_assumed or asked.funds or asked.prices):
        raise UserError([Problem("--set", 0, "", "whatif-nothing")])
    if asked.funds and asked.prices:
        raise UserError([Problem("--prices", 0, "", "whatif-one")])
    if asked.low >= asked.high:
        raise UserError(
            [Problem("--from", 0, "", "whatif-range", f"{asked.low:.0%}", (("high", f"{asked.high:.0%}"),))]
        )
    must_be_writable(asked.out)
    with progress(w, "plan") as tell:
        base = base_at(asked.path, w, seconds=asked.seconds, gap=asked.gap)
        assumptions = understood(base.programme, asked.texts(base))
        with explained(base.programme, assumptions, w):
            told, facts = _answer(asked, base, assumptions, w, tell)
    if as_json:
        say_json(facts)
        return
    for line in folded(told):
        say(line)


def _phases(base: Base, fair: str, option: str) -> tuple[str, ...]:
    """The phase of that id, or the year's phases of the fair with that id or name; all of them where none is in the year."""
    from fairplanner.amend.find import phases_of
    from fairplanner.cli.amend_errors import in_names

    try:
        found = phases_of(base.programme, fair.strip(), option)
    except UserError as error:
        raise in_names(error, base.programme, base.plan) from error
    year = {q.phase_id for q in base.programme.in_window()}
    return tuple(q for q in found if q in year) or found


def _answer(
    asked: Asked, base: Base, assumptions: tuple[Assumption, ...], w: Words, tell: Progress
) -> tuple[list[str], dict[str, Any]]:
    """Lines to be said, and the same as facts."""
    from fairplanner.cli import budgets
    from fairplanner.cli.said.whatif import Beside, facts
    from fairplanner.explain.changes.whatif import whatif

    if not (asked.funds or asked.prices):
        made = whatif(base, assumptions, seconds=asked.seconds, gap=asked.gap)
        return list(Beside(base, made, w, whole=asked.whole).lines()), facts(made)
    wanted = budgets.Wanted(
        funds=asked.funds, low=asked.low, high=asked.high, steps=asked.steps, out=asked.out, replace=asked.replace, jobs=asked.jobs,
        seconds=asked.seconds, gap=asked.gap,
    )  # fmt: skip
    base = _assumed(asked, base, assumptions) if assumptions else base
    return (
        budgets.frontier(base, wanted, w, tell)
        if asked.funds
        else budgets.prices(base, wanted, w, tell, whole=asked.whole)
    )


def _assumed(asked: Asked, base: Base, assumptions: tuple[Assumption, ...]) -> Base:
    """The base that assumptions make."""
    from fairplanner.explain.again import again, base_of
    from fairplanner.explain.assuming import assumed

    solved = again(base, assumptions, seconds=asked.seconds, gap=asked.gap)
    return base_of(assumed(base.programme, assumptions), solved.plan, solved.prices)


def understood(programme: Programme, texts: tuple[str, ...]) -> tuple[Assumption, ...]:
    """The assumptions, once the programme in which they hold has been judged; raises CatalogueError with every problem."""
    from fairplanner.explain.assuming import assumed, parsed_all
    from fairplanner.intake.assumed import refuse_odd

    found = parsed_all(programme, texts)
    refuse_odd(assumed(programme, found), programme)
    return found


@contextmanager
def explained(programme: Programme, assumptions: tuple[Assumption, ...], w: Words) -> Iterator[None]:
    """Where nothing fits it is told why, and what would help; what solvers print is kept out of the answer."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.diagnose import diagnosed
    from fairplanner.explain.assuming import assumed

    try:
        with quiet():
            yield
    except NoPlan as error:
        raise diagnosed(assumed(programme, assumptions), error, w) from error
