"""`fairplanner demo`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

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
    verb,
)
from fairplanner.cli.language import LANGUAGES
from fairplanner.cli.watch import watching
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.solver import Solved

SHOWN = "guizhou-2025"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "demo")
    @out_option(w)
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def demo(out: Path | None, replace: bool, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(out or Path("out"), replace, as_json, lang)

    return demo


def run(out: Path, replace: bool, as_json: bool, lang: str) -> None:
    """Plan and publish the shipped year, then say in ten lines what was decided and where to look."""
    from fairplanner.cli.work import Wish, facts_of, make_plan, publish_into, write_plan
    from fairplanner.intake import read_programme
    from fairplanner.shipped import shipped

    w = words(lang)
    programme = read_programme(shipped("catalogs") / SHOWN)
    with watching(w) as watch:
        solved = make_plan(programme, w, Wish(), watch).solved
    where = out / programme.settings.id
    path = write_plan(programme, solved, where, w, replace=replace)
    with progress(w, "publish") as tell:
        count = publish_into(programme, solved.plan, where, LANGUAGES, replace=replace, tell=tell)
    if as_json:
        say_json(facts_of(solved, path) | {"files": count})
        return
    for line in ten_lines(w, programme, solved, where, count):
        say(line)


def ten_lines(w: Words, programme: Programme, solved: Solved, where: Path, count: int) -> list[str]:
    """What was decided and where to look."""
    from fairplanner.domain.kinds import Regime

    plan = solved.plan
    abroad = [d for d in plan.delegations if d.regime is not Regime.HOME]
    public = sum((d.total for d in plan.delegations), Decimal(0))
    paid_back = sum((c.amount for c in plan.claims), Decimal(0))
    fairs = {programme.phase[x.phase_id].fair_id for x in plan.participations}
    short = [t for t in plan.targets if t.short]
    return [
        w("cli.demo.programme", name=w.name(programme.settings)),
        w(
            "cli.demo.decided",
            firms=len({x.firm_id for x in plan.participations}),
            participations=len(plan.participations),
            fairs=len(fairs),
        ),
        w("cli.demo.delegations", home=len(plan.delegations) - len(abroad), abroad=len(abroad)),
        w("cli.demo.money", public=f"{public / 10_000:,.2f}", claims=f"{paid_back / 10_000:,.2f}"),
        w("cli.demo.targets", reached=len(plan.targets) - len(short), total=len(plan.targets)),
        w("cli.demo.excluded", count=sum(x.count for x in plan.excluded)),
        w(
            "cli.demo.best" if (plan.gap or 0) < SAME else "cli.demo.proof",
            gap=f"{plan.gap or 0:.2%}",
            seconds=f"{solved.seconds:.1f}",
        ),
        w("cli.demo.files", count=count, where=where.as_posix()),
        w("cli.demo.start", index=(where / f"index.{w.lang}.html").as_posix()),
        w("cli.demo.yours"),
    ]
