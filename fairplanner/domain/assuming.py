"""An assumption (假设): one cell of a programme's tables that is assumed to be different, never written to a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from fairplanner.domain.columns import Row
from fairplanner.domain.tables import Table

PROGRAMME = "programme"
"""In place of a table's name: a value of programme.toml."""
DROPPED, ADDED = "-", "+"
ASSUMED = "assumed"
"""How the ids of decisions begin that are assumed and that nobody has taken."""


@dataclass(frozen=True, order=True)
class Assumption:
    """One cell: `table` by its name (or `programme`), the row's `key` as `key_text` writes it, `column`, and the `value` as a
    user would type it; `before`: what stood there.

    Without a column the row is dropped (`value` '-') or added (`value` '+', its `cells` by column). A value of programme.toml
    has no key, and its column is a dotted path: `value.delegation`, `profiles.abroad.least_firms`.
    """

    table: str
    key: str
    column: str
    value: str
    before: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """As a user may type it after `--set`: `funds/F1.amount=342000`, `phases/expo-1=-`, `must-go:f1@expo-1`."""
        if self.table == PROGRAMME:
            return f"{PROGRAMME}.{self.column}={self.value}"
        if self.column:
            return f"{self.table}/{self.key}.{self.column}={self.value}"
        if self.value == ADDED:
            return self._decided() or f"{self.table}/{self.key}=+{json.dumps(dict(self.cells), ensure_ascii=False)}"
        return f"{self.table}/{self.key}={self.value}"

    def _decided(self) -> str:
        cells = dict(self.cells)
        if self.table != "decisions" or not self.key.startswith(f"{ASSUMED}:"):
            return ""
        return f"{cells['kind']}:{cells.get('firm_id') or cells['zone_id']}@{cells['phase_id']}"

    @property
    def is_dropped(self) -> bool:
        """Whether a row is dropped."""
        return not self.column and self.value == DROPPED

    @property
    def is_added(self) -> bool:
        """Whether a row is added."""
        return not self.column and self.value == ADDED


def key_text(table: Table, row: Row) -> str:
    """The key of a row: its key columns joined by `/`, `-` for one that is blank."""
    return "/".join(cell_text(getattr(row, name)) or "-" for name in table.key)


def cell_text(value: Any) -> str:
    """A value as it would stand in a cell: '' for none, yes or no, ISO days, plain decimals, several values with `;`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(map(cell_text, value))
    if isinstance(value, float | Decimal):
        plain = f"{Decimal(str(value)):f}"
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)
