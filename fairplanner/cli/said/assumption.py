"""Assumptions in sentences: what is assumed of which row, by the names people know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, get_args

from fairplanner.cli.labels import LabelNames
from fairplanner.domain.assuming import ASSUMED, PROGRAMME, Assumption
from fairplanner.domain.tables import TABLES
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme

MONEY = ("CNY", "as currency", "as the fund")
"""Units of columns that hold amounts of money."""
TABLE = {table.name: table for table in TABLES}


class AssumptionWords:
    """Assumptions about one programme in one language."""

    def __init__(self, programme: Programme, w: Words) -> None:
        from fairplanner.publish.dress import Dress

        self.programme, self.w, self.names = programme, w, LabelNames(programme, w)
        self.dress = Dress(w, programme.settings.currency)

    def lines(self, assumptions: Sequence[Assumption]) -> Iterator[str]:
        """A sentence for each; both days of a fair that is moved in one, and what moves along in another."""
        rest = list(assumptions)
        while rest:
            a = rest.pop(0)
            other = next((b for b in rest if self._moved(a, b)), None)
            if other is None:
                yield self.said(a)
            else:
                rest.remove(other)
                along = [b for b in rest if b.table == "activities" and b.key.startswith(f"{a.key}/")]
                rest = [b for b in rest if b not in along]
                first, last = sorted((a, other), key=lambda x: x.column, reverse=True)
                yield self._of_move(first, last)
                if along:
                    yield self.w("assumed.along", phase=self.row(a), count=sum(b.is_added for b in along))

    def said(self, a: Assumption) -> str:
        """One assumption in a sentence, without a full stop."""
        w = self.w
        if a.table == PROGRAMME:
            return w("assumed.setting", path=a.column, before=a.before, value=a.value)
        table, row = self._title(a.table), self.row(a)
        if a.is_dropped:
            key = "assumed.undecided" if a.table == "decisions" else "assumed.dropped"
            return w(key, table=table, row=row)
        if a.is_added:
            return self._added(a, table, row)
        if (a.table, a.column, a.value) == ("phases", "status", "cancelled"):
            return w("assumed.cancelled", phase=row)
        facts = {"row": row, "column": self._header(a), "value": self._apart(self.value(a, a.value))}
        before = self._apart(self.value(a, a.before))
        return w("assumed.cell", before=before, **facts).strip() if a.before else w("assumed.blank", **facts)

    def row(self, a: Assumption) -> str:
        """A row by its name; one that is known only by several ids by the names of these."""
        parts = [part for part in self._parts(a) if part not in ("", "-")]
        if len(parts) == 1 and a.table not in ("phases", "decisions"):
            found = self._row_of(a)
            name = self.w.name(found) if found is not None and hasattr(found, "name_zh") else ""
            return name or self.names.part(parts[0])
        return self.names.naming.listed([self.names.part(part) for part in parts])

    def value(self, a: Assumption, text: str) -> str:
        """What stands in a cell: a day, an amount or a word of a closed list as people write it."""
        kind = self._kind(a)
        if not text:
            return self.w("assumed.nothing")
        if kind is date:
            return self.dress.day(date.fromisoformat(text))
        if kind is Decimal:
            amount, unit = f"{Decimal(text.replace(',', '')):,}", self._unit(a)
            return self.w("paper.units.money", amount=amount, unit=unit) if unit else amount
        if isinstance(kind, type) and issubclass(kind, Enum):
            key = f"enums.{kind.__name__}.{text}"
            return self.w(key) if key in self.w else text
        if kind is bool:
            return self.w(f"assumed.{text}") if text in ("yes", "no") else text
        return self.names.part(text)

    def _apart(self, text: str) -> str:
        """In Chinese a number stands a little apart from the characters around it."""
        if self.w.lang != "zh":
            return text
        return f"{' ' * text[0].isascii()}{text}{' ' * text[-1].isascii()}"

    def _added(self, a: Assumption, table: str, row: str) -> str:
        cells = dict(a.cells)
        if a.table == "decisions" and a.key.startswith(ASSUMED):
            who, phase = self.names.part(cells.get("firm_id") or cells["zone_id"]), self.names.part(cells["phase_id"])
            return self.w(f"assumed.pin.{cells['kind']}", who=who, phase=phase)
        told = {k: v for k, v in cells.items() if k not in TABLE[a.table].key and v not in ("", ASSUMED)}
        docs = self._docs(a.table)
        shown = [
            self.w("assumed.value", column=docs[k], value=self.value(Assumption(a.table, a.key, k, v), v))
            for k, v in told.items()
            if k in docs and k not in ("source", "confidence", "note")
        ]
        return self.w("assumed.added", table=table, row=row, cells=self.names.naming.listed(shown))

    def _moved(self, a: Assumption, b: Assumption) -> bool:
        columns = {a.column, b.column}
        return a.table == b.table == "phases" and a.key == b.key and columns == {"start", "end"} and bool(a.before and b.before)  # fmt: skip

    def _of_move(self, first: Assumption, last: Assumption) -> str:
        before, value = (
            self.dress.span(date.fromisoformat(getattr(first, side)), date.fromisoformat(getattr(last, side)))
            for side in ("before", "value")
        )
        return self.w("assumed.moved", phase=self.row(first), before=before, value=value)

    def _parts(self, a: Assumption) -> list[str]:
        found = self._row_of(a)
        if found is None:
            return a.key.split("/")
        return [str(getattr(found, name)) for name in TABLE[a.table].key]

    def _row_of(self, a: Assumption) -> Any:
        from fairplanner.domain.assuming import key_text

        table = TABLE[a.table]
        return next((row for row in getattr(self.programme, a.table) if key_text(table, row) == a.key), None)

    def _kind(self, a: Assumption) -> Any:
        """The type of one value of the column."""
        fields = TABLE[a.table].row.model_fields if a.table in TABLE else {}
        if a.column not in fields:
            return str
        annotation = fields[a.column].annotation
        return next((x for x in get_args(annotation) if x is not type(None)), annotation) if get_args(annotation) else annotation  # fmt: skip

    def _unit(self, a: Assumption) -> str:
        """The unit of an amount of money, '' of any other number."""
        from fairplanner.domain.columns import column_docs
        from fairplanner.publish.dress import Dress

        if column_docs(TABLE[a.table].row)[a.column].unit not in MONEY:
            return ""
        currency = getattr(self._row_of(a), "currency", "")
        return Dress(self.w, currency).unit if currency else self.dress.unit

    def _docs(self, table: str) -> dict[str, str]:
        from fairplanner.domain.columns import column_docs

        return {
            name: doc.zh if self.w.lang == "zh" else doc.en.lower()
            for name, doc in column_docs(TABLE[table].row).items()
        }

    def _header(self, a: Assumption) -> str:
        return self._docs(a.table)[a.column]

    def _title(self, table: str) -> str:
        return TABLE[table].zh if self.w.lang == "zh" else TABLE[table].en
