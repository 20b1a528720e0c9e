"""Every value that refers to a row of another table: is there such a row, and if not, which was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.columns import Column, columns_of, keys_referred
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.intake.suggest import nearest

MOST_SUGGESTIONS = 200
"""After this many, a whole table was mistaken for another, and looking further would only take time."""

MOST_COMPARED = 1_000_000
"""Ids and names that are looked through for suggestions, all of them together: some seconds."""


class References:
    """Which ids exist in each table, under which names, and what was meant by ids that do not."""

    def __init__(self, tables: Mapping[str, TableRead]) -> None:
        self.tables = tables
        self.ids = {name: {str(key[0]) for key in tables[name].keys} for name in keys_referred()}
        self.meant: dict[tuple[str, str], str] = {}
        self._compared = 0
        self._called: dict[str, set[str]] = {}

    def unknown(self, table: str, value: str) -> bool:
        """Whether no row has this id; never so where the table could not be read whole."""
        return value not in self.ids[table] and not self.tables[table].unsure

    def meaning(self, table: str, value: str) -> str:
        """What was probably meant: the id of the row with this name, else the nearest id, else the nearest name; '' where there is none."""
        known = (table, value)
        if known not in self.meant:
            if len(self.meant) >= MOST_SUGGESTIONS or self._compared > MOST_COMPARED:
                return ""
            self._compared += len(self.ids[table])
            found = self._named(table, value) or nearest(value, self.ids[table])
            if not found:
                self._compared += len(names := self._names(table))
                found = nearest(value, names)
            self.meant[known] = found
        return self.meant[known]

    def _named(self, table: str, value: str) -> str:
        rows = sorted(self.tables[table].rows.items())
        return next((str(key[0]) for key, placed in rows if value in _called(placed)), "")

    def _names(self, table: str) -> set[str]:
        if table not in self._called:
            rows = self.tables[table].rows.values()
            self._called[table] = {name for placed in rows for name in _called(placed)} - {""}
        return self._called[table]


def _called(placed: Placed) -> set[str]:
    """Every name of a row."""
    names = {getattr(placed.row, name, "") for name in ("name_zh", "name_en")}
    return names | set(getattr(placed.row, "aliases", ()))


def unknown_references(tables: Mapping[str, TableRead], known: References) -> Iterator[Problem]:
    """A problem for every value that refers to nothing."""
    for table in TABLES:
        referring = [column for column in columns_of(table).values() if column.doc.refers_to]
        if referring:
            for placed in (*tables[table.name].rows.values(), *tables[table.name].loose):
                yield from _of_row(placed, referring, known)


def _of_row(placed: Placed, referring: list[Column], known: References) -> Iterator[Problem]:
    for column in referring:
        given = getattr(placed.row, column.field, "")
        for value in given if column.many else (given,):
            table = column.doc.refers_to
            if value and known.unknown(table, value):
                near = known.meaning(table, value)
                facts = {"table": table, "near": near} if near else {"table": table}
                yield placed.problem(
                    column.field, "reference-unknown-near" if near else "reference-unknown", value, **facts
                )
