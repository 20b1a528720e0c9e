"""`fairplanner advise PLAN`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.based import prices_at
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
from fairplanner.cli.office import plan_at, store_options, unknown
from fairplanner.cli.said.folded import folded
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.late.advise_exact import Exact
    from fairplanner.explain.late.late import LateFirm
    from fairplanner.intake.late_firm import LateRow

OF_FIRM = {
    "name": "name_zh", "zone": "zone_id", "sectors": "sectors", "markets": "markets", "export": "export_usd", "teams": "teams",
    "own_money": "own_money", "booths": "booths", "people": "people", "role": "role", "stand": "stand",
}  # fmt: skip
"""Options, and the columns of the tables they stand for."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "advise")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--firm", "file", type=click.Path(dir_okay=False, path_type=Path), help=w("cli.advise.firm"))
    @click.option("--firm-id", default="", help=w("cli.advise.firm-id"))
    @_of_firm(w)
    @click.option("--phases", multiple=True, help=w("cli.advise.phases"))
    @click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help=w("cli.advise.on"))
    @click.option("--quick", is_flag=True, help=w("cli.advise.quick"))
    @store_options(w)
    @out_option(w)
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def advise(plan: Path, store: str | None, programme: str | None, as_json: bool, lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            path = stack.enter_context(plan_at(plan, store, programme))
            told = {name: asked.pop(name) for name in OF_FIRM}
            run(Asked(plan=path, told=told, **asked), as_json=as_json, lang=lang)

    return advise


def _of_firm(w: Words) -> Callable[[Any], Any]:
    """An option for each column of a firm that may be told on the command line."""

    def dressed(made: Any) -> Any:
        for name in reversed(OF_FIRM):
            option = f"--{name.replace('_', '-')}"
            made = click.option(option, name, default="", help=w(f"cli.advise.{name.replace('_', '-')}"))(made)
        return made

    return dressed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks; `told`: columns of the firm told as options, '' where not."""

    plan: Path
    file: Path | None
    firm_id: str
    told: dict[str, str]
    phases: tuple[str, ...]
    on: datetime | None
    quick: bool
    out: Path | None
    replace: bool


def run(asked: Asked, *, as_json: bool, lang: str) -> None:
    """Say which fairs a late firm can still be given: from what is left, then exactly."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.advise import Advised, facts
    from fairplanner.explain.late.advise import advise
    from fairplanner.explain.late.advise_exact import exactly
    from fairplanner.explain.late.desk import Desk

    w = words(lang)
    must_be_writable(asked.out)
    programme, plan = read_both(asked.plan)
    late, phases = _late(asked, programme, w), _phases(asked, programme)
    on = asked.on.date() if asked.on else programme.settings.as_of
    desk = Desk(programme, plan, prices_at(asked.plan))
    began = process_time()
    fits = advise(desk, late, phases, on)
    took = process_time() - began
    found = None
    if not asked.quick and any(f.state == "fits" for f in fits):
        with progress(w, "plan"), quiet():
            found = exactly(programme, plan, late, fits, on)
    if as_json:
        say_json(facts(late, fits, found, took))
    else:
        for line in folded(Advised(programme, late, on, w).lines(fits, found, exact=not asked.quick)):
            say(line)
    if asked.out and found and found.given:
        _write(asked.out, found, late, is_new=late.firm.firm_id not in programme.firm, replace=asked.replace, w=w)
        if not as_json:
            say(w("advise.written", where=asked.out.as_posix(), plan=shown(asked.out / "plan.json")))


def _late(asked: Asked, programme: Programme, w: Words) -> LateFirm:
    """The firm that is meant: one of the tables, the row of a file, or what the options say; raises UserError."""
    from fairplanner.intake.late_firm import late_row, read_late_firm

    cells = {OF_FIRM[name]: text for name, text in asked.told.items() if text}
    if asked.firm_id and asked.firm_id not in programme.firm:
        raise UserError([unknown("--firm-id", "reference-unknown", asked.firm_id, programme.firm, table="firms")])
    if asked.file and (asked.firm_id or cells):
        raise UserError([Problem("--firm", 0, "", "late-twice")])
    if asked.file:
        row = read_late_firm(asked.file, programme)
        if row.unused:
            say(w("judge.unused", columns=w("calendar.comma").join(row.unused)), err=True)
        return _as_late(row)
    if asked.firm_id:
        cells["firm_id"] = asked.firm_id
    if not cells:
        raise UserError([Problem("--firm", 0, "", "late-unsaid")])
    options = {column: f"--{name.replace('_', '-')}" for name, column in OF_FIRM.items()}
    return _as_late(late_row(cells, programme, lambda f: (options.get(f, f), 0, "")))


def _as_late(row: LateRow) -> LateFirm:
    from fairplanner.explain.late.late import LateFirm

    given = dict(row.wishes)
    booths = int(given.get("booths", 1))
    least = min(int(given.get("least_booths", 1)), booths)
    more: dict[str, Any] = {name: given[name] for name in ("people", "role", "stand") if name in given}
    return LateFirm(row.firm, booths=booths, least=least, **_typed(more))


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    from fairplanner.domain.kinds import Role, StandKind

    kinds: dict[str, Any] = {"role": Role, "stand": StandKind, "people": int}
    return {name: kinds[name](value) for name, value in given.items()}


def _phases(asked: Asked, programme: Programme) -> tuple[str, ...]:
    """Phases by id, or by whatever they are called where that is clear; raises UserError for all that are not."""
    from fairplanner.intake.fairs_meant import FairsMeant

    texts = [
        x.strip() for text in asked.phases for x in text.replace("，", ",").replace("、", ",").split(",") if x.strip()
    ]
    meant, found, problems = FairsMeant(programme) if texts else None, list[str](), list[Problem]()
    for text in texts:
        assert meant is not None  # noqa: S101 - there are texts
        ids = meant(text)
        if not ids.phase_ids:
            near = (("near", ids.near),) if ids.near else ()
            problems.append(Problem("--phases", 0, "", "hand-fair-near" if near else "hand-fair", text, near))
        found += ids.phase_ids
    if problems:
        raise UserError(problems)
    return tuple(dict.fromkeys(found))


def _write(out: Path, found: Exact, late: LateFirm, *, is_new: bool, replace: bool, w: Words) -> None:
    """The plan with the firm in it, the programme it was made from, and the rows to be entered in the tables."""
    from fairplanner.cli.files import write_all
    from fairplanner.domain.planning import Application, Firm
    from fairplanner.domain.tables import TABLES
    from fairplanner.intake.read import digest
    from fairplanner.publish.plan_json import plan_json, snapshot_json
    from fairplanner.publish.wording.entry_words import rows_csv

    programme = found.programme
    made = digest(programme.settings, {t.name: getattr(programme, t.name) for t in TABLES}, programme.packs)
    revision = max(found.plan.revision, programme.settings.revision) + 1
    plan = found.plan.model_copy(
        update={"programme_digest": made, "revision": revision, "status": "amended", "bound": None, "gap": None}
    )
    files = {
        "plan.json": plan_json(plan),
        "programme.json": snapshot_json(programme.model_copy(update={"digest": made})),
    }
    if found.applications:
        files["tables/applications.csv"] = rows_csv(Application, found.applications)
    if is_new:
        files["tables/firms.csv"] = rows_csv(Firm, [late.firm])
    with progress(w, "publish"):
        write_all(out, files.items(), replace=replace)
