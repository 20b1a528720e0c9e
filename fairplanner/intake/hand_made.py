"""A sheet of who goes where, as people make it: firms down and fairs across, a row for each firm and fair, or a list under a fair's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fairplanner.domain.hand_made import HandMade, HandPlace
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.intake.grid import Page, read_pages
from fairplanner.intake.hand_rows import Across, HandReader, is_listed
from fairplanner.intake.heading import Heading, find_heading, plain
from fairplanner.words import languages, words

FIELDS = (
    "firm", "code", "zone", "fair", "edition", "phase", "section", "role", "stand", "booths", "area", "sponsor", "goes",
)  # fmt: skip
WHO = ("firm", "code")
MOST_ROWS = 50_000
"""The nation's largest programme of the bench has 47,700 firms."""
SHAPES = ("long", "matrix", "list")


@dataclass(frozen=True)
class _Sheet:
    """A page with its header, and in which shape it says who goes where ('' where it does not)."""

    page: Page
    heading: Heading
    shape: str
    fairs: Across = field(default_factory=dict)
    titled: tuple[str, ...] = ()


def read_hand_made(path: Path, programme: Programme, sheet: str = "") -> HandMade:
    """Every place of a hand-made sheet (XLSX or CSV), and every cell that is not understood.

    Of a workbook the sheets are read that say who goes where: rows of firm and fair before firms down and fairs across, these
    before lists under the name of one fair; of the first kind those with most columns known. `sheet` chooses one by its title.
    Raises UserError where the file cannot be read or nothing in it says who goes where.
    """
    reader = HandReader(path.name, programme)
    pages = _wanted(path, sheet)
    found = [_shaped(page, reader) for page in pages]
    chosen = _chosen(found)
    if not chosen:
        raise UserError([Problem(path.name, 0, "", "hand-no-header", "", _said())])
    places, problems = list[HandPlace](), list[Problem]()
    for one in chosen:
        found_there = list(_places(one, reader))
        places += [x for x in found_there if isinstance(x, HandPlace)]
        problems += [x for x in found_there if isinstance(x, Problem)]
    places, twice = _once(path.name, places)
    problems += twice
    if not places and not problems:
        problems.append(Problem(path.name, 0, "", "hand-none"))
    left = tuple(one.page.title for one in found if one not in chosen)
    return HandMade(path.name, tuple(places), tuple(sorted(set(problems))), left, _unused(chosen))


def _wanted(path: Path, sheet: str) -> tuple[Page, ...]:
    pages = read_pages(path, MOST_ROWS)
    if not sheet:
        return pages
    named = tuple(page for page in pages if plain(page.title) == plain(sheet))
    if not named:
        have = ", ".join(page.title for page in pages)
        raise UserError([Problem(path.name, 0, "", "hand-sheet", sheet, (("have", have),))])
    return named


def _shaped(page: Page, reader: HandReader) -> _Sheet:
    heading = find_heading(page.rows, "handmade", FIELDS, WHO)
    if heading.at.keys().isdisjoint(WHO):
        return _Sheet(page, heading, "")
    if "fair" in heading.at:
        return _Sheet(page, heading, "long")
    if fairs := reader.across(heading):
        return _Sheet(page, heading, "matrix", fairs)
    named = reader.titled(page.title, heading)
    return _Sheet(page, heading, "list" if named else "", titled=named)


def _chosen(found: list[_Sheet]) -> list[_Sheet]:
    for shape in SHAPES:
        own = [one for one in found if one.shape == shape]
        if own and shape == "long":
            best = max(own, key=lambda one: len(one.heading.at))
            return [one for one in own if one.heading.at.keys() == best.heading.at.keys()]
        if own:
            return own
    return []


def _places(one: _Sheet, reader: HandReader) -> Iterator[HandPlace | Problem]:
    rows = [row for row in one.heading.rows if is_listed(row, one.heading)]
    if one.shape == "matrix":
        return reader.of_matrix(one.page.title, one.heading, rows, one.fairs)
    return reader.of_rows(one.page.title, one.heading, rows, one.titled)


def _once(file: str, places: list[HandPlace]) -> tuple[list[HandPlace], list[Problem]]:
    """The first place of each firm in a section of a phase, and what is said of each further one."""
    first: dict[tuple[str, str, str], HandPlace] = {}
    problems = list[Problem]()
    for place in places:
        before = first.setdefault((place.firm_id, place.phase_id, place.section_id), place)
        if before is not place:
            where = f"{file}[{place.cell.sheet}]" if place.cell.sheet else file
            facts = (("first", str(before.cell)),)
            problems.append(Problem(where, place.cell.row, place.cell.name, "hand-twice", "", facts))
    return list(first.values()), problems


def _unused(chosen: list[_Sheet]) -> tuple[str, ...]:
    quiet = {plain(x) for lang in languages() for x in words(lang)("handmade.quiet").split("|")}
    found: dict[str, None] = {}
    for one in chosen:
        used = {*one.heading.at.values(), *one.fairs}
        for at, header in enumerate(one.heading.headers):
            if header and at not in used and plain(header) not in quiet:
                found[header] = None
    return tuple(found)


def _said() -> tuple[tuple[str, str], ...]:
    """The columns that a sheet may have, in each language."""
    return tuple(
        (f"columns.{lang}", words(lang)("tables.choice_join").join(words(lang)(f"handmade.column.{f}") for f in FIELDS))
        for lang in languages()
    )
