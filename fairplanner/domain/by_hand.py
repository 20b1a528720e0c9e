"""What was done to rows of the tables by hand (`withdraw`, `promote-next`, `substitute`), for as long as the tables do not say so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.columns import Row

Cells = tuple[tuple[str, str], ...]
"""Columns of a row in their order, each with what stands in its cell."""
SOFT = frozenset({"note", "source", "confidence", "url", "checked"})
"""Columns that only speak of the others: that the tables have them otherwise is nothing lost."""


class ByHand(Row):
    """One row of a table that was changed, added or taken away by hand; how it is now stands in the table itself.

    `key`: cells of the table's key joined with "/"; `was`: the row as the office's own tables have it, empty where they have
    none. `verb`, `on`, `reason`, `by`, `basis`: the last act that changed it.
    """

    table: str
    key: str
    was: Cells = ()
    verb: str
    on: date
    reason: str
    by: str = ""
    basis: str = ""


def cell(value: object) -> str:
    """A value as it stands in a cell: days ISO 8601, several values with `;`, yes and no as 1 and 0, numbers without idle noughts,
    nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, tuple):
        return ";".join(cell(x) for x in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def cells(row: Row) -> Cells:
    """Every column of a row."""
    return tuple((name, cell(getattr(row, name))) for name in type(row).model_fields)
