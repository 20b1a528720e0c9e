"""`fairplanner risk PLAN`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    json_option,
    lang_option,
    out_option,
    progress,
    read_both,
    replace_option,
    say,
    say_json,
    shown,
    verb,
)
from fairplanner.cli.files import must_be_writable
from fairplanner.cli.office import plan_at, store_options
from fairplanner.cli.said.folded import folded
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.mishaps.outcomes import Depth
    from fairplanner.explain.mishaps.scenarios import Scenario

USUAL = "2w"
"""By how much every fair is moved where no scenario is asked for."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "risk")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--move", "moves", multiple=True, help=w("cli.risk.move"))
    @click.option("--cancel", "drops", multiple=True, help=w("cli.risk.cancel"))
    @click.option("--all-moves", default=None, help=w("cli.risk.all-moves"))
    @click.option("--all-cancelled", is_flag=True, help=w("cli.risk.all-cancelled"))
    @click.option("--scenarios", "file", type=click.Path(path_type=Path), default=None, help=w("cli.risk.scenarios"))
    @click.option("--quick", is_flag=True, help=w("cli.risk.quick"))
    @click.option("--again", is_flag=True, help=w("cli.risk.again"))
    @click.option("--alternates", is_flag=True, help=w("cli.risk.alternates"))
    @click.option("--delegation", "delegations", multiple=True, help=w("cli.risk.delegation"))
    @click.option("--hedge", is_flag=True, help=w("cli.risk.hedge"))
    @click.option("--base-weight", type=click.IntRange(0), default=None, help=w("cli.risk.base-weight"))
    @click.option("--seconds", type=click.FloatRange(min=1), default=None, help=w("cli.risk.seconds"))
    @click.option("--jobs", type=click.IntRange(1), default=None, help=w("cli.risk.jobs"))
    @click.option("--scheduler", default="", help=w("cli.risk.scheduler"))
    @click.option("--all", "whole", is_flag=True, help=w("cli.risk.all"))
    @out_option(w)
    @replace_option(w)
    @store_options(w)
    @json_option(w)
    @lang_option(w)
    def risk(plan: Path, store: str | None, programme: str | None, as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            path = stack.enter_context(plan_at(plan, store, programme))
            run(Asked(path=path, **asked), as_json=as_json, w=words(lang))

    return risk


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks."""

    path: Path
    moves: tuple[str, ...]
    drops: tuple[str, ...]
    all_moves: str | None
    all_cancelled: bool
    file: Path | None
    quick: bool
    again: bool
    alternates: bool
    delegations: tuple[str, ...]
    hedge: bool
    base_weight: int | None
    seconds: float | None
    jobs: int | None
    scheduler: str
    whole: bool
    out: Path | None
    replace: bool

    @property
    def depth(self) -> Depth:
        """How far each scenario is looked into."""
        from fairplanner.explain.mishaps.outcomes import Depth

        return Depth.AGAIN if self.again else Depth.DATES if self.quick else Depth.LEFT


def run(asked: Asked, *, as_json: bool, w: Words) -> None:
    """Say what each scenario does to a plan, or hedge the plan against all of them together."""
    if asked.quick and asked.again:
        raise UserError([Problem("--quick", 0, "", "risk-quick-again")])
    if asked.out is not None and not asked.hedge:
        raise UserError([Problem("--out", 0, "", "risk-out")])
    programme, plan = read_both(asked.path)
    if asked.alternates or asked.delegations:
        _alternates(asked, programme, plan, as_json=as_json, w=w)
        return
    scenarios, base_weight = scenarios_asked(asked, programme, plan)
    if asked.hedge:
        _hedge(asked, programme, plan, scenarios, base_weight, as_json=as_json, w=w)
    else:
        _sweep(asked, programme, plan, scenarios, as_json=as_json, w=w)


def scenarios_asked(asked: Asked, programme: Programme, plan: Plan) -> tuple[tuple[Scenario, ...], int]:
    """The scenarios in the order of the command line, those of the file last, and the weight of the case in which nothing happens.

    Where none is asked for: every fair of the plan two weeks earlier, two weeks later, and cancelled.
    """
    from fairplanner.explain.mishaps.scenarios import every_move, move_texts, phases_of, scenarios_of
    from fairplanner.intake.scenario_file import read_scenarios

    texts = [text for move in asked.moves for text in move_texts(move)]
    texts += [f"drop:{q}" for q in asked.drops]
    nothing = not (texts or asked.all_moves or asked.all_cancelled or asked.file)
    if asked.all_moves or nothing:
        texts += every_move(programme, plan, asked.all_moves or USUAL)
    if asked.all_cancelled or nothing:
        texts += [f"drop:{q}" for q in phases_of(programme, plan)]
    given: list[tuple[tuple[str, ...], str, int]] = [((text,), "", 1) for text in texts]
    weight = 1
    if asked.file:
        read = read_scenarios(asked.file)
        given += [(s.assume, s.name, s.weight) for s in read.scenario]
        weight = read.base_weight
    return scenarios_of(programme, given), weight if asked.base_weight is None else asked.base_weight


def _alternates(asked: Asked, programme: Programme, plan: Plan, *, as_json: bool, w: Words) -> None:
    """Who would come next in each delegation; each is tried with the very command, unless --quick is asked for."""
    from fairplanner.cli.reserve import are_too_many, delegations_of, tried
    from fairplanner.cli.said.alternates import AlternateWords, facts
    from fairplanner.explain.mishaps.alternates import reserves

    found = reserves(programme, plan, only=delegations_of(plan, asked.delegations))
    with progress(w, "risk") as tell:
        untried = asked.quick or (not asked.delegations and are_too_many(found))
        known = {} if untried else tried(programme, plan, found, tell)
    if as_json:
        say_json(facts(found, known))
        return
    for line in folded(AlternateWords(programme, plan, w, shown(asked.path)).lines(found, known)):
        say(line)


def _sweep(
    asked: Asked, programme: Programme, plan: Plan, scenarios: tuple[Scenario, ...], *, as_json: bool, w: Words
) -> None:
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.risk import RiskWords, facts
    from fairplanner.explain.mishaps.sweep import sweep

    with progress(w, "risk") as tell, quiet():
        found = sweep(
            programme, plan, scenarios, depth=asked.depth, seconds=asked.seconds or 20, jobs=asked.jobs,
            scheduler=asked.scheduler, tell=lambda done: tell(f"{done}/{len(scenarios)}"),
        )  # fmt: skip
    if as_json:
        say_json(facts(scenarios, found, plan.value))
        return
    for line in folded(RiskWords(programme, plan, w).lines(scenarios, found, plan.value, whole=asked.whole)):
        say(line)


def _hedge(
    asked: Asked, programme: Programme, plan: Plan, scenarios: tuple[Scenario, ...], base_weight: int,
    *, as_json: bool, w: Words,
) -> None:  # fmt: skip
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.risk import RiskWords, hedge_facts
    from fairplanner.explain.again import base_of
    from fairplanner.explain.mishaps.hedge import hedge

    if base_weight + sum(s.weight for s in scenarios) <= 0:
        raise UserError([Problem("--base-weight", 0, "", "risk-weights")])
    must_be_writable(asked.out)
    with progress(w, "risk") as tell, quiet():
        made = hedge(
            base_of(programme, plan),
            scenarios,
            base_weight,
            seconds=asked.seconds or 90,
            tell=lambda engine, *_: tell(engine),
        )
    where = _written(asked, programme, made.plan) if asked.out else None
    if as_json:
        say_json(hedge_facts(scenarios, made) | ({"plan": where.as_posix()} if where else {}))
        return
    for line in folded(RiskWords(programme, plan, w).hedge(scenarios, made)):
        say(line)
    if where:
        say(w("risk.hedge.written", plan=shown(where), base=shown(asked.path)))


def _written(asked: Asked, programme: Programme, plan: Plan) -> Path:
    """The hedged plan as a plan like any other, its programme beside it."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.plan_json import plan_json, snapshot_json

    files = {"plan.json": plan_json(plan), "programme.json": snapshot_json(programme)}
    assert asked.out is not None  # noqa: S101 - only asked for with a folder
    return write_all(asked.out, files.items(), replace=asked.replace)[0]
