"""`fairplanner import PLAN FILE`: a plan's choices as they were edited in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.based import prices_at
from fairplanner.cli.door import errors_at_the_door, lang_option, progress, read_both, say, shown, verb
from fairplanner.cli.said.folded import folded
from fairplanner.errors import OutputError, Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.cli.said.take_in import TakenIn
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.intake.edited.changed import Changed
    from fairplanner.intake.edited.choices_file import Edited
    from fairplanner.intake.edited.into import Entry

PROGRAMME_FILE = "programme.toml"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "import")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.argument("sheet", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.import.into"))
    @click.option("--by", default="", help=w("cli.import.by"))
    @click.option("--on", type=click.DateTime(["%Y-%m-%d"]), default=None, help=w("cli.import.on"))
    @click.option("--dry", is_flag=True, help=w("cli.import.dry"))
    @click.option("--seconds", type=click.FloatRange(min=1), default=30, show_default=True, help=w("cli.plan.seconds"))
    @lang_option(w)
    def take_in(
        plan: Path, sheet: Path, into: Path | None, by: str, on: datetime | None, dry: bool, seconds: float, lang: str
    ) -> None:
        with errors_at_the_door(lang):
            run(Asked(plan, sheet, into, by.strip(), on, dry, seconds), words(lang))

    return take_in


@dataclass(frozen=True)
class Asked:
    """What the command line asks."""

    plan: Path
    sheet: Path
    into: Path | None
    by: str
    on: datetime | None
    dry: bool
    seconds: float


def run(asked: Asked, w: Words) -> None:
    """Find every edit, hold it against the tables and the rules, and write what it decides; exit 1 if anything is wrong."""
    written, wrong = taken_in(asked, w, say)
    if written:
        say(w("round_trip.said.next", where=shown(written.parent)))
    for line in wrong:
        say(line, err=True)
    if wrong:
        raise SystemExit(1)


def taken_in(asked: Asked, w: Words, tell: Callable[[str], None]) -> tuple[Path | None, tuple[str, ...]]:
    """The file with what was decided (None where there is nothing to decide), and why no plan can keep it, if none can.

    `tell` hears what was found. Raises UserError with every edit that cannot be read as one.
    """
    from fairplanner.cli.said.take_in import TakenIn
    from fairplanner.intake import read_programme
    from fairplanner.intake.edited.into import entry_of

    with progress(w, "import"):
        programme, plan = read_both(asked.plan)
        into = _folder(asked, programme)
        now = read_programme(into)
        edited, made = _changed(asked, programme, plan, now, w)
    entry = entry_of(made, asked.sheet.name, now, w)
    told = TakenIn(programme, edited, made, w)
    remarks = [*made.told, *entry.told]
    if now.digest != plan.programme_digest:
        remarks.append(Problem(asked.sheet.name, 0, "", "told-trip-tables"))
    for line in folded(told.remarks(remarks)):
        tell(line)
    if problems := [*made.problems, *entry.problems]:
        raise UserError(sorted(set(problems)))
    if not (made.ruled or made.asked):
        tell(w("round_trip.said.nothing"))
        return None, ()
    for line in folded(told.lines()):
        tell(line)
    weighed, is_possible = _weigh(asked, programme, plan, made, edited, told, w)
    if not is_possible:
        return None, weighed
    for line in weighed:
        tell(line)
    return _write(asked, entry, into, made, w, tell), ()


def _folder(asked: Asked, programme: Programme) -> Path:
    """The programme's folder: the one that is named, else the nearest above the plan."""
    from fairplanner.intake.read import read_own_settings

    plan = asked.plan.resolve()
    above = [folder for folder in (plan, *plan.parents) if (folder / PROGRAMME_FILE).is_file()]
    if asked.into is None and not above:
        raise UserError([Problem("--into", 0, "", "trip-where")])
    folder = asked.into or above[0]
    problems: list[Problem] = []
    settings = read_own_settings(folder, problems)
    if settings is None:
        raise UserError(problems)
    if settings.id != programme.settings.id:
        facts = (("ours", programme.settings.id),)
        raise UserError([Problem(folder.as_posix(), 0, "", "trip-where-other", settings.id, facts)])
    return folder


def _changed(asked: Asked, programme: Programme, plan: Plan, now: Programme, w: Words) -> tuple[Edited, Changed]:
    """What the workbook says, held against the book that this plan gives in the workbook's own language."""
    from fairplanner.intake.edited.changed import Said, changed
    from fairplanner.intake.edited.choices_file import read_edits, stamp_of
    from fairplanner.publish.press import Press
    from fairplanner.publish.workbooks.choice_book import choice_book
    from fairplanner.rules.reckon.choices import mark_of_plan

    stamp, pages = stamp_of(asked.sheet)
    if stamp.plan != (ours := mark_of_plan(plan)):
        raise UserError([Problem(asked.sheet.name, 0, "", "trip-other-plan", stamp.plan, (("ours", ours),))])
    book = choice_book(Press(programme, plan, stamp.lang))
    edited = read_edits(asked.sheet, pages, book, stamp)
    on = asked.on.date() if asked.on else programme.settings.as_of
    taken = frozenset(d.decision_id for d in (*programme.decisions, *now.decisions))
    said = Said(asked.by or w("round_trip.by"), on, f"W{on:%Y%m%d}", taken)
    return edited, changed(book, edited, said)


def _weigh(
    asked: Asked, programme: Programme, plan: Plan, made: Changed, edited: Edited, told: TakenIn, w: Words
) -> tuple[tuple[str, ...], bool]:  # fmt: skip
    """Whether the rules admit it, in words and as such."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.explain.again import base_of
    from fairplanner.explain.hand_made.edited_plan import weigh, with_edits
    from fairplanner.intake.edited.left import places_left

    every, theirs = places_left(programme, plan, edited, made)
    changed = with_edits(programme, [x.decision for x in made.ruled], [x.now for x in made.asked])
    with progress(w, "judge"), quiet():
        found = weigh(base_of(programme, plan, prices_at(asked.plan)), changed, every, theirs, seconds=asked.seconds)
    return tuple(folded(told.weighed(changed, found))), found.outcome != "impossible"


def _write(
    asked: Asked, entry: Entry, into: Path, made: Changed, w: Words, tell: Callable[[str], None]
) -> Path | None:  # fmt: skip
    from fairplanner.cli.files import write
    from fairplanner.intake import read_programme
    from fairplanner.intake.edited.into import entry_book

    if not (entry.decisions or entry.applications):
        tell(w("round_trip.said.none-left"))
        return None
    if asked.dry:
        return None
    on = next((x.decision.on for x in made.ruled), None) or (asked.on.date() if asked.on else None)
    path = free_name(into, w("round_trip.file", on=on or read_programme(into).settings.as_of))
    write(path, entry_book(entry, w))
    try:
        read_programme(into)
    except UserError:
        # what cannot be read together with the tables must not stay there and be in everybody's way
        path.unlink()
        raise
    tell(w("round_trip.said.written", file=shown(path)))
    return path


def free_name(folder: Path, stem: str) -> Path:
    """A name that no file has yet."""
    names = (f"{stem}.xlsx", *(f"{stem}-{n}.xlsx" for n in range(2, 1000)))
    found = next((folder / name for name in names if not (folder / name).exists()), None)
    if found is None:
        raise OutputError([Problem(str(folder / names[0]), 0, "", "exists")])
    return found
