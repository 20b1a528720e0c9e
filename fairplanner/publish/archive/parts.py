"""A part of the record: columns and rows, printed on paper and written into the workbook alike, and what is missing of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from fairplanner.publish.archive.material import BLANK
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.workbooks.xlsx import NUMBER_FORMATS, Column, Grid, Kind, Value

TEXT, NUMBER, MONEY, COUNT, FIGURE, DAY = Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.COUNT, Kind.FIGURE, Kind.DAY
Head = tuple[str, Kind, float]
"""Key of a column's words, what it holds, its share of the line on paper."""


@dataclass(frozen=True)
class Part:
    """One part. `key`: its words; `missing`: sentences about what is not there; `note`: what is to be known before reading."""

    key: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    missing: tuple[str, ...] = ()
    note: str = ""
    is_summed: bool = False

    def without(self, key: str) -> Part:
        """The part without a column: one that says the same in every row."""
        kept = [i for i, head in enumerate(self.heads) if head[0] != key]
        heads = tuple(self.heads[i] for i in kept)
        return replace(self, heads=heads, rows=tuple(tuple(row[i] for i in kept) for row in self.rows))

    def section(self, press: Press) -> Section:
        """The part on paper; what is missing stands in it."""
        w = press.w
        missing = tuple(w("archive.missing_line", what=text) for text in self.missing)
        empty = () if self.rows else (w("archive.empty"),)
        return Section(
            w(f"archive.part.{self.key}"), self.key, paragraphs=(*missing, *empty), note=self.note,
            table=self._table(press) if self.rows else None,
        )  # fmt: skip

    def grid(self, press: Press) -> Grid:
        """The part as a sheet of the workbook."""
        w = press.w
        title = w(f"archive.part.{self.key}")
        columns = tuple(Column(_head(press, key), kind) for key, kind, _ in self.heads)
        rows = (*self.rows, *((self._totals(press),) if self.is_summed and self.rows else ()))
        return Grid(w(f"archive.sheet.{self.key}"), f"{title} {press.sample}".strip(), columns, rows)

    def _totals(self, press: Press) -> tuple[Value, ...]:
        """The last row: sums of what is printed above; a column with a blank has a blank sum, or it would be taken for all."""
        return tuple(
            press.w("paper.total") if i == 0 else self._sum(i, kind) for i, (_, kind, _) in enumerate(self.heads)
        )

    def _sum(self, i: int, kind: Kind) -> Value:
        values = [row[i] for row in self.rows if row[i] is not None]
        if kind not in (COUNT, MONEY):
            return None
        if BLANK in values:
            return BLANK
        return sum((v for v in values if isinstance(v, int | Decimal)), Decimal(0) if kind is MONEY else 0)

    def _table(self, press: Press) -> Table:
        rows = tuple(tuple(printed(press, value) for value in row) for row in self.rows)
        numeric = tuple(i for i, (_, kind, _) in enumerate(self.heads) if kind in NUMBER_FORMATS)
        total = tuple(printed(press, v) for v in self._totals(press)) if self.is_summed else ()
        headers = tuple(_head(press, key) for key, _, _ in self.heads)
        return Table(headers, rows, tuple(width for _, _, width in self.heads), numeric, total)


def _head(press: Press, key: str) -> str:
    return press.w(f"archive.col.{key}", unit=press.dress.unit)


def printed(press: Press, value: Value) -> str:
    """A value on paper."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return press.dress.amount(value)
    if isinstance(value, float):
        return press.dress.number(value, 2)
    return "" if value is None else str(value)
