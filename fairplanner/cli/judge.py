"""`fairplanner judge PLAN|DIR SHEET`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.based import base_at
from fairplanner.cli.door import (
    errors_at_the_door,
    json_option,
    lang_option,
    progress,
    replace_option,
    say,
    say_json,
    shown,
    verb,
)
from fairplanner.cli.files import must_be_writable
from fairplanner.cli.office import plan_at, store_options
from fairplanner.cli.said.folded import folded
from fairplanner.errors import NoPlan, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.cli.said.judge import Judged
    from fairplanner.domain.hand_made import HandMade, HandPlace
    from fairplanner.domain.planning import Decision
    from fairplanner.explain.again import Base
    from fairplanner.explain.hand_made.hand_complete import Decide, Finished
    from fairplanner.explain.hand_made.judging import Judgement


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "judge")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.argument("sheet", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--sheet", "page", default="", help=w("cli.judge.page"))
    @click.option("--complete", "out", type=click.Path(file_okay=False, path_type=Path), help=w("cli.judge.complete"))
    @click.option("--by", default="", help=w("cli.judge.by"))
    @click.option("--basis", default="", help=w("cli.judge.basis"))
    @click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help=w("cli.judge.on"))
    @click.option("--all", "whole", is_flag=True, help=w("cli.judge.all"))
    @click.option("--seconds", type=click.FloatRange(min=1), default=30, show_default=True, help=w("cli.plan.seconds"))
    @store_options(w)
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def judge(plan: Path, store: str | None, programme: str | None, as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            path = stack.enter_context(plan_at(plan, store, programme))
            run(Asked(plan=path, **asked), as_json=as_json, lang=lang)

    return judge


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks."""

    plan: Path
    sheet: Path
    page: str
    out: Path | None
    by: str
    basis: str
    on: datetime | None
    whole: bool
    seconds: float
    replace: bool


def run(asked: Asked, *, as_json: bool, lang: str) -> None:
    """Judge a hand-made sheet, hold it against the plan, and complete it where that is asked; exit 1 if anything is wrong."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.judge import Judged, facts
    from fairplanner.explain.hand_made.judging import judge

    w = words(lang)
    must_be_writable(asked.out)
    with progress(w, "judge"), quiet():
        base = base_at(asked.plan, w, seconds=asked.seconds)
        hand = _read(asked, base)
        found = judge(base, hand.places)
    told = Judged(base.programme, hand, found, w, whole=asked.whole)
    if not as_json:
        for line in folded(told.lines(lang)):
            say(line)
    done, refused = _completed(asked, base, hand, found, w) if asked.out else (None, None)
    if as_json:
        say_json(facts(base.programme, hand, found, done, refused))
    for line in folded(() if as_json else _outcome(asked, told, done, refused)):
        say(line)
    if refused:
        raise SystemExit(refused.exit_code)
    if hand.problems or (found.findings and not done):
        raise SystemExit(1)


def _outcome(asked: Asked, told: Judged, done: Finished | None, refused: NoPlan | None) -> Iterator[str]:
    """What completing came to, in words."""
    if done and asked.out:
        yield from told.completed(done, asked.out.as_posix(), shown(asked.out / "plan.json"))
    if refused:
        yield from told.refused(refused)


def _read(asked: Asked, base: Base) -> HandMade:
    from fairplanner.intake.hand_made import read_hand_made

    hand = read_hand_made(asked.sheet, base.programme, asked.page)
    if hand.problems and (asked.out or not hand.places):
        raise UserError(hand.problems)
    return hand


def _completed(
    asked: Asked, base: Base, hand: HandMade, found: Judgement, w: Words
) -> tuple[Finished | None, NoPlan | None]:
    """Plan around the sheet's choices and write the plan with its decisions; or why the choices cannot all stand."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.explain.hand_made.hand_complete import finished

    decide = _decide(asked, base, hand.places, w)
    try:
        with progress(w, "plan"), quiet():
            done = finished(base, hand.places, decide, before=found.plan, seconds=asked.seconds)
    except NoPlan as error:
        return None, error
    _write(asked, done, w)
    return done, None


def _decide(asked: Asked, base: Base, places: tuple[HandPlace, ...], w: Words) -> Decide:
    """How a choice of the sheet becomes a decision: numbered as it stands in the sheet, its cell as the reason."""
    from fairplanner.domain.kinds import Confidence, DecisionKind
    from fairplanner.domain.planning import Decision

    numbers = {at: n for n, at in enumerate(dict.fromkeys((p.firm_id, p.phase_id) for p in places), 1)}
    taken = {d.decision_id for d in base.programme.decisions}
    stem = next(x for x in ("H", *(f"H{n}" for n in range(2, 10_000))) if not any(t.startswith(f"{x}-") for t in taken))
    on = asked.on.date() if asked.on else base.programme.settings.as_of
    by, basis = asked.by.strip() or w("judge.by"), asked.basis.strip() or w("judge.basis", file=asked.sheet.name)

    def decide(place: HandPlace) -> Decision:
        return Decision(
            decision_id=f"{stem}-{numbers[place.firm_id, place.phase_id]}", kind=DecisionKind.MUST_GO, firm_id=place.firm_id,
            phase_id=place.phase_id, by=by, on=on, reason=w("judge.reason", cell=place.cell), basis=basis,
            source=asked.sheet.name, confidence=Confidence.USER,
        )  # fmt: skip

    return decide


def _write(asked: Asked, done: Finished, w: Words) -> None:
    from dataclasses import replace

    from fairplanner.cli.files import write_all
    from fairplanner.cli.work import write_plan
    from fairplanner.domain.planning import Decision
    from fairplanner.domain.tables import TABLES
    from fairplanner.intake.read import digest
    from fairplanner.publish.wording.entry_words import rows_csv

    programme = done.programme
    made = digest(programme.settings, {t.name: getattr(programme, t.name) for t in TABLES}, programme.packs)
    programme = programme.model_copy(update={"digest": made})
    solved = replace(done.solved, plan=done.solved.plan.model_copy(update={"programme_digest": made}))
    assert asked.out is not None  # noqa: S101 - only called where it is given
    write_plan(programme, solved, asked.out, w, replace=asked.replace)
    files = [("tables/decisions.csv", rows_csv(Decision, done.decisions))] if done.decisions else []
    write_all(asked.out, files, replace=asked.replace)
