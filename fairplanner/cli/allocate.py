"""`fairplanner allocate DIR`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, out_option, read_both, replace_option, say, verb
from fairplanner.errors import CatalogueError, Problem
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.naming import Naming
    from fairplanner.rules.reckon.lists import PlacesList

AUDIENCES = ("public", "firm", "internal")


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "allocate")
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option("--plan", type=click.Path(path_type=Path), default=None, help=w("cli.allocate.plan"))
    @click.option(
        "--audience", type=click.Choice(AUDIENCES), default="public", show_default=True, help=w("cli.allocate.audience")
    )
    @click.option("--firm", default="", help=w("cli.allocate.firm"))
    @out_option(w)
    @replace_option(w)
    @lang_option(w)
    def allocate(
        folder: Path, plan: Path | None, audience: str, firm: str, out: Path | None, replace: bool, lang: str
    ) -> None:
        with errors_at_the_door(lang):
            programme, found = _read(folder, plan)
            if audience == "firm":
                run_firm(programme, found, firm, words(lang))
            else:
                run(programme, found, words(lang), out=out, replace=replace, internal=audience == "internal")

    return allocate


def _read(folder: Path, plan: Path | None) -> tuple[Programme, Plan | None]:
    from fairplanner.intake import read_programme

    return (read_programme(folder), None) if plan is None else read_both(plan)


def run(programme: Programme, plan: Plan | None, w: Words, *, out: Path | None, replace: bool, internal: bool) -> None:
    """Print the lists, write them where asked; with a plan also who would get the booths it leaves (the office only)."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.lists.allocation import Allocation
    from fairplanner.publish.naming import Naming
    from fairplanner.rules.reckon.lists import places_lists

    naming = Naming(programme, w.lang)
    lists = places_lists(programme, plan)
    made = Allocation(naming, Dress(w, programme.settings.currency), lists, internal=internal)
    if not lists:
        say(w("cli.allocate.none"))
    for line in made.lines():
        say(line)
    if plan is not None and internal:
        for line in _second_round(programme, plan, naming):
            say(line)
    if out is not None:
        name = f"allocation-{'internal' if internal else 'public'}.{w.lang}"
        for path in write_all(out, [(f"{name}.xlsx", made.xlsx()), (f"{name}.csv", made.csv())], replace=replace):
            say("  " + path.as_posix())


def _second_round(programme: Programme, plan: Plan, naming: Naming) -> Iterator[str]:
    from fairplanner.rules.reckon.applications import freed_places

    w, rounds = naming.say, freed_places(programme, plan)
    yield w("cli.allocate.second" if rounds else "cli.allocate.second_none")
    for pool, handed in rounds:
        q = pool.quota
        section = programme.section.get(q.section_id)
        where = w.name(section) if section else w("giving.no_section")
        for x in handed.allotments:
            facts = {"firm": naming.firm(programme.application[x.application_id].firm_id), "booths": x.booths}
            yield "  " + w("cli.allocate.second_line", phase=naming.phase(q.phase_id), section=where, **facts)


def run_firm(programme: Programme, plan: Plan | None, firm_id: str, w: Words) -> None:
    """Print what one firm may know: its own rows and the lowest score placed. Raises CatalogueError for an unknown firm."""
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.naming import Naming
    from fairplanner.publish.sheets.answer import told
    from fairplanner.publish.wording.giving_words import GivingWords
    from fairplanner.rules.reckon.lists import places_lists

    if firm_id not in programme.firm:
        raise CatalogueError([Problem("firms", 0, "firm_id", "firm-unknown" if firm_id else "firm-unnamed", firm_id)])
    words_ = GivingWords(Naming(programme, w.lang), Dress(w, programme.settings.currency))
    lists: tuple[PlacesList, ...] = places_lists(programme, plan)
    own = [(found, line) for found in lists for line in found.lines if line.application.firm_id == firm_id]
    say(w("giving.answer.title", firm=words_.naming.firm(firm_id)))
    if not own:
        say("  " + w("cli.allocate.none"))
    for found, line in own:
        for text in (*told(words_, found, line), *words_.notice(words_.standing(found)), words_.basis(found)):
            say("  " + text)
        say()
