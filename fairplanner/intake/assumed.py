"""An assumed programme is judged as one that was read: what its tables say of one another must still agree."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.assuming import key_text
from fairplanner.domain.packs import Pack
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.errors import CatalogueError, Problem
from fairplanner.intake.giving_sense import without_draw
from fairplanner.intake.money_sense import odd_schemes, odd_uses
from fairplanner.intake.pack_choices import odd_choices
from fairplanner.intake.packs import PackFile
from fairplanner.intake.programme_file import settings_of
from fairplanner.intake.references import References, unknown_references
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.intake.sense import odd_programme, odd_rows
from fairplanner.intake.tree import odd_zones


def refuse_odd(programme: Programme, base: Programme) -> None:
    """Raises CatalogueError with everything that does not agree in a programme and did in the one it was assumed from."""
    before = {_told(x) for x in _problems(base)}
    found = sorted({x for x in _problems(programme) if _told(x) not in before})
    # whether a draw is missing can be asked only where all else is right
    found = found or sorted(set(without_draw(programme)) - set(without_draw(base)))
    if found:
        raise CatalogueError(found)


def _told(problem: Problem) -> tuple[str, str, str, str]:
    """A problem without its facts: a row that was odd before is odd for the same reason when a number in it differs."""
    return problem.file, problem.column, problem.what, problem.value


def _ids(pack: Pack) -> tuple[str, ...]:
    return tuple(s.subsidy_id for s in pack.subsidies)


def _problems(programme: Programme) -> Iterator[Problem]:
    tables = {table.name: TableRead() for table in TABLES}
    for table in TABLES:
        for row in getattr(programme, table.name):
            key = tuple(getattr(row, name) for name in table.key)
            where = f"{table.name}/{key_text(table, row)}"
            tables[table.name].rows[key] = Placed(row, where, 0, {})
            tables[table.name].keys[key] = (where, 0)
    settings, known = programme.settings, References(tables)
    packs = {
        pack.pack_id: PackFile(f"{pack.pack_id}.toml", pack, {"subsidies": _ids(pack)}) for pack in programme.packs
    }
    yield from unknown_references(tables, known)
    yield from odd_rows(tables)
    yield from odd_zones(tables["zones"], settings.root)
    yield from odd_schemes(packs, tables)
    yield from odd_programme(settings, tables, known)
    yield from odd_choices(settings, packs, known)
    yield from odd_uses(settings, packs, tables)
    of_settings: list[Problem] = []
    settings_of(settings.model_dump(), of_settings)
    yield from of_settings
