"""`fairplanner plan DIR`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
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
from fairplanner.cli.earlier import Earlier, facts_since, read_earlier, refiled, say_forgotten, say_since
from fairplanner.cli.office import plan_at, store_options, store_to_say
from fairplanner.cli.watch import Watch, watching
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.cli.work import Made
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.solver import Level, Solved

MOST_REASONS = 10
"""Reasons said for a plan in which nobody goes."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "plan")
    @click.argument("folder", type=click.Path(path_type=Path))
    @out_option(w)
    @click.option("--seconds", type=click.FloatRange(min=1), default=60, show_default=True, help=w("cli.plan.seconds"))
    @click.option("--gap", type=click.FloatRange(0, 1), default=None, help=w("cli.plan.gap"))
    @click.option("--fast", is_flag=True, help=w("cli.plan.fast"))
    @click.option("--even", is_flag=True, help=w("cli.plan.even"))
    @click.option("--alternatives", type=click.IntRange(0, 9), default=0, help=w("cli.plan.alternatives"))
    @click.option("--within", type=click.FloatRange(0, 1), default=0.01, show_default=True, help=w("cli.plan.within"))
    @click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help=w("cli.plan.until"))
    @click.option("--from", "before", type=click.Path(path_type=Path), default=None, help=w("cli.plan.from"))
    @click.option("--take-over/--undo", default=None, help=w("cli.plan.take-over"))
    @store_options(w)
    @click.option("--log", type=click.Path(dir_okay=False, path_type=Path), default=None, help=w("cli.plan.log"))
    @click.option("--reapply", is_flag=True, help=w("cli.plan.reapply"))
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def plan(as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(Asked(**asked), as_json=as_json, lang=lang)

    return plan


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks of a plan."""

    folder: Path
    out: Path | None
    seconds: float
    gap: float | None
    fast: bool
    even: bool
    alternatives: int
    within: float
    until: datetime | None
    before: Path | None
    take_over: bool | None
    store: str | None
    programme: str | None
    log: Path | None
    reapply: bool
    replace: bool


def run(asked: Asked, *, as_json: bool, lang: str) -> None:
    """Read, plan, write plan.json, and say how good it is."""
    from fairplanner.cli.work import facts_of, write_plan

    w = words(lang)
    levels: list[Level] = []
    earlier = _earlier(asked, w)
    programme, made, watch = _planned(asked, w, earlier, levels)
    solved, out = made.solved, asked.out or Path("out") / programme.settings.id
    path = write_plan(programme, solved, out, w, replace=asked.replace)
    since = facts_since(earlier, programme, solved.plan, made.vanished) if earlier else {}
    permits, again = refiled(programme, solved.plan, w) if asked.reapply else ([], [])
    if watch.broken:
        say(w("cli.plan.log-broken", file=asked.log, error=watch.broken.strerror), err=True)
    if as_json:
        say_json(facts_of(solved, path) | since | ({"reapply": permits} if asked.reapply else {}))
    else:
        for line in in_words(w, solved, path, store_to_say(w, asked.store)):
            say(line)
        if since:
            say_since(since, w)
        for line in again:
            say(line)
        if not solved.plan.participations:
            _say_why_empty(programme, solved.plan, w)
        _say_shares(programme, solved.plan, w, levels)
    _offer(asked, programme, solved.plan, out, w)


def _earlier(asked: Asked, w: Words) -> Earlier | None:
    if asked.before is None:
        if asked.take_over is not None:
            option = "--take-over" if asked.take_over else "--undo"
            raise UserError([Problem(option, 0, "", "needs-from", option)])
        return None
    with plan_at(asked.before, asked.store, asked.programme) as path:
        return read_earlier(path, w)


def _planned(asked: Asked, w: Words, earlier: Earlier | None, levels: list[Level]) -> tuple[Programme, Made, Watch]:
    """Read and plan while it is watched; each level of fairness is added to `levels`."""
    from fairplanner.cli.work import Wish, make_plan
    from fairplanner.intake import read_programme

    with watching(w, asked.log, replace=asked.replace) as watch:
        watch.phase("read")
        programme = read_programme(asked.folder)
        if earlier:
            say_forgotten(earlier, programme, w)
            programme = earlier.settle(programme, asked.take_over)
        wish = Wish(
            seconds=asked.seconds, gap=asked.gap, fast=asked.fast, even=levels.append if asked.even else None, earlier=earlier
        )  # fmt: skip
        made = make_plan(_posed(programme, asked.reapply), w, wish, watch)
        watch.ended(made.solved.plan.value, made.solved.plan.bound or 0)
    return programme, made, watch


def _say_why_empty(programme: Programme, plan: Plan, w: Words) -> None:
    """Why nobody goes: the reasons, the most frequent first."""
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.naming import Naming
    from fairplanner.publish.wording.reasons import Reasons

    reasons = Reasons(Naming(programme, w.lang), Dress(w, programme.settings.currency))
    counted = Counter(reasons.sentence(x) for x in plan.excluded)
    say(w("cli.plan.empty"))
    for sentence, count in sorted(counted.items(), key=lambda x: (-x[1], x[0]))[:MOST_REASONS]:
        say(f"  {sentence}  ({count})")


def _say_shares(programme: Programme, plan: Plan, w: Words, levels: list[Level]) -> None:
    from fairplanner.cli.choices import say_level, shares_in_words

    for n, level in enumerate(levels, 1):
        say_level(w, n, level)
    if levels or programme.settings.fairness.zone_points:
        for line in shares_in_words(programme, plan, w):
            say(line)


def _offer(asked: Asked, programme: Programme, plan: Plan, out: Path, w: Words) -> None:
    """What else was asked for: what is due by a day, and other plans."""
    from fairplanner.cli.choices import write_alternatives, write_until

    if asked.until is not None:
        write_until(programme, plan, out, asked.until.date(), w, replace=asked.replace)
    if asked.alternatives:
        with progress(w, "plan") as tell:
            write_alternatives(
                _posed(programme, asked.reapply), plan, out, w, asked.alternatives, asked.within, asked.seconds, tell,
                replace=asked.replace,
            )  # fmt: skip


def _posed(programme: Programme, reapply: bool) -> Programme:
    return programme.model_copy(update={"approvals": ()}) if reapply else programme


def in_words(w: Words, solved: Solved, path: Path, store: str) -> Iterator[str]:
    """What was decided, how good it is, and what to do next; `store`: how a command names the store."""
    plan = solved.plan
    firms, participations = len({x.firm_id for x in plan.participations}), len(plan.participations)
    yield w("cli.plan.done", delegations=len(plan.delegations), participations=participations, firms=firms)
    value, bound, gap = f"{plan.value / 1000:,.1f}", f"{(plan.bound or 0) / 1000:,.1f}", plan.gap or 0.0
    key = "cli.plan.best" if gap < SAME else "cli.plan.proof"
    yield w(key, value=value, bound=bound, gap=f"{gap:.2%}", seconds=f"{solved.seconds:.1f}")
    if plan.reproducible:
        yield w("cli.plan.next", plan=shown(path), store=store)
    else:
        yield w("cli.plan.interrupted" if solved.interrupted else "cli.plan.not-reproducible")
