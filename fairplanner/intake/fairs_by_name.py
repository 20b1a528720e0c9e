"""Cells that name a fair or a phase instead of giving its id: 广交会, 第137届广交会第一期 become `canton`, `canton-137-1`.

Nothing is guessed: what fits several is refused with all of them, what fits none is left to the check of references.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Settings
from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem
from fairplanner.intake.columns import Column, columns_of
from fairplanner.intake.fair_names import FairNames, states
from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.rows import Placed, TableRead

Tables = Mapping[str, TableRead]
MOST_TOLD = 6
REFERRED = ("fairs", "phases")


def name_fairs(tables: Tables, settings: Settings | None, told: list[Problem] | None = None) -> list[Problem]:
    """Put ids in place of names, in the rows of all tables; the problems of names that fit several.

    `told` gathers which names were taken for which ids.
    """
    problems: list[Problem] = []
    for referred in REFERRED:
        known = {str(key[0]) for key in tables[referred].keys}
        if referred == "phases" and tables["phases"].unsure:
            continue
        naming = _Naming(tables, settings, referred, known)
        for table in TABLES:
            columns = [c for c in columns_of(table).values() if c.doc.refers_to == referred]
            if columns and has_names(tables[table.name], columns, known):
                problems += naming.table(table, columns, tables[table.name])
        if told is not None:
            told += naming.remarks()
    return problems


def has_names(read: TableRead, columns: list[Column], known: set[str]) -> bool:
    """A first look, for most tables give ids only."""
    placed = (*read.rows.values(), *read.loose)
    return any(v and v not in known for c in columns for p in placed for v in _values(p, c))


def _values(placed: Placed, column: Column) -> tuple[str, ...]:
    given = getattr(placed.row, column.field, "")
    return tuple(given) if column.many else (str(given),)


class Naming:
    """Names of rows of one table to their ids; `several` is the key of the problem of a name that fits several."""

    several = ""

    def __init__(self, known: set[str]) -> None:
        self.known = known
        self.taken: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)

    def ids(self, text: str, placed: Placed) -> tuple[str, ...]:
        """Ids that a text may mean in a row."""
        raise NotImplementedError

    def table(self, table: Table, columns: list[Column], read: TableRead) -> Iterator[Problem]:
        """The rows of a table with ids in place of names; rows that then have one key are told."""
        rows: dict[Any, Placed] = {}
        read.loose = [self._row(placed, columns)[0] for placed in read.loose]
        for key, placed in read.rows.items():
            changed, problems = self._row(placed, columns)
            yield from problems
            if problems:  # its key is not known, so it can neither stand for a row nor be one twice
                read.loose.append(changed)
                continue
            own = tuple(getattr(changed.row, name) for name in table.key)
            if own in rows or (own != key and own in read.rows):
                other = rows.get(own) or read.rows[own]
                facts = {"first_file": other.file, "first_row": other.number}
                yield changed.problem(table.key[0], "row-twice", "/".join(map(str, own)), **facts)
                continue
            if own != key:
                read.keys[own] = read.keys.pop(key)
            rows[own] = changed
        read.rows = {key: rows[key] for key in sorted(rows)}

    def _row(self, placed: Placed, columns: list[Column]) -> tuple[Placed, list[Problem]]:
        update: dict[str, Any] = {}
        problems = []
        for column in columns:
            values = _values(placed, column)
            if all(not v or v in self.known for v in values):
                continue
            new = []
            for value in values:
                found = (value,) if not value or value in self.known else self.ids(value, placed)
                if len(found) > 1:
                    problems.append(placed.problem(column.field, self.several, value, ids=", ".join(found[:MOST_TOLD])))
                if len(found) == 1 and found[0] != value:
                    header = placed.headers.get(column.field, column.field)
                    self.taken[placed.file, header][value] = found[0]
                # one that is refused here must not be refused once more as unknown
                new.append(found[0] if found else value)
            update[column.field] = tuple(new) if column.many else new[0]
        if not update:
            return placed, problems
        return Placed(placed.row.model_copy(update=update), placed.file, placed.number, placed.headers), problems

    def remarks(self) -> Iterator[Problem]:
        """Which names were taken for which ids, by file and column."""
        for (file, header), taken in sorted(self.taken.items()):
            told = [f"{name} → {own}" for name, own in sorted(taken.items())]
            more = "…" if len(told) > MOST_TOLD else ""
            yield Problem(file, 0, header, "told-names", "; ".join(told[:MOST_TOLD]) + more)


class _Naming(Naming):
    """Names of fairs, or of phases, of one programme to ids."""

    def __init__(self, tables: Tables, settings: Settings | None, referred: str, known: set[str]) -> None:
        super().__init__(known)
        self.referred, self.several = referred, "phase-several" if referred == "phases" else "fair-several"
        rows = {n: tuple(p.row for p in tables[n].rows.values()) for n in ("fairs", "phases", "places", "territories")}
        every_day: dict[str, Any] = {"window_from": date.min, "window_to": date.max}
        held: dict[str, Any] = {"settings": settings or Settings.model_construct(None, **every_day), **rows}
        self.programme = programme = Programme.model_construct(None, **held)
        self.names, self.meant = FairNames(programme), FairsMeant(programme)
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def ids(self, text: str, placed: Placed) -> tuple[str, ...]:
        """Ids that a text may mean; a phase without its fair (第一期) is one of the row's own fair."""
        fair_id = getattr(placed.row, "fair_id", "") if self.referred == "phases" else ""
        if (text, fair_id) not in self._found:
            self._found[text, fair_id] = self._meant(text, fair_id)
        return self._found[text, fair_id]

    def _meant(self, text: str, fair_id: str) -> tuple[str, ...]:
        fairs, is_named = self.names.fairs(text)
        if self.referred == "fairs":
            exact = self._exact(text)
            return exact or (fairs if is_named else ())
        if fair_id and not is_named and states(text):
            name = next((f.name_zh for f in self.programme.fairs if f.fair_id == fair_id), "")
            return self.meant(f"{name} {text}").phase_ids if name else ()
        found = self.meant(text).phase_ids
        own = tuple(q for q in found if not fair_id or self.programme.phase[q].fair_id == fair_id)
        return own or found

    def _exact(self, text: str) -> tuple[str, ...]:
        """Fairs that are called so as a whole: 春季广交会 may stand inside another fair's longer name."""
        rows = self.programme.fairs
        return tuple(
            f.fair_id for f in rows if text.casefold() in {n.casefold() for n in (f.name_zh, f.name_en, *f.aliases)}
        )
