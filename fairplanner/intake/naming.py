"""Cells that name a row of another table instead of giving its id: the names that were understood are replaced, and told.

Nothing is guessed: what fits several is refused with all of them, what fits none is left to the check of references.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem
from fairplanner.intake.columns import Column, columns_of
from fairplanner.intake.rows import Placed, TableRead

Tables = Mapping[str, TableRead]
Meant = Callable[[str, Placed], tuple[str, ...]]
"""Ids that a text may mean in a row."""
MOST_TOLD = 6


def ids_of(tables: Tables, referred: str) -> set[str]:
    """Ids of the rows of a table that others refer to, those with a problem included."""
    return {str(key[0]) for key in tables[referred].keys}


def put_ids(tables: Tables, referred: str, several: str, meant: Meant, told: list[Problem] | None) -> Iterator[Problem]:
    """Put ids in place of names of the rows of one table, wherever others refer to it; the problems of names that fit several.

    `several` is the key of that problem; `told` gathers which names were taken for which ids.
    """
    naming = _Naming(ids_of(tables, referred), several, meant)
    for table in TABLES:
        columns = [c for c in columns_of(table).values() if c.doc.refers_to == referred]
        if columns and _has_names(tables[table.name], columns, naming.known):
            yield from naming.table(table, columns, tables[table.name])
    if told is not None:
        told += naming.remarks()


def _has_names(read: TableRead, columns: list[Column], known: set[str]) -> bool:
    """A first look, for most tables give ids only."""
    placed = (*read.rows.values(), *read.loose)
    return any(v and v not in known for c in columns for p in placed for v in _values(p, c))


def _values(placed: Placed, column: Column) -> tuple[str, ...]:
    given = getattr(placed.row, column.field, "")
    return tuple(given) if column.many else (str(given),)


class _Naming:
    """Puts ids in place of names, in the rows of one table after another."""

    def __init__(self, known: set[str], several: str, meant: Meant) -> None:
        self.known, self.several, self.meant = known, several, meant
        self.taken: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)

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
                found = (value,) if not value or value in self.known else self.meant(value, placed)
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
