"""What must be entered in the office's own tables so that they say what was done by hand: in words, and as rows ready to be copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from enum import StrEnum

from fairplanner.domain.by_hand import cells
from fairplanner.domain.columns import Row, column_docs
from fairplanner.domain.programme import Programme
from fairplanner.domain.taking_over import HANDLED, Entry, entries
from fairplanner.words import Words

BOM = "\ufeff".encode()


def entry_in_words(x: Entry, programme: Programme, w: Words) -> str:
    """File, row and, column by column, what stands there and what should."""
    table = HANDLED[x.hand.table]
    facts = {"file": f"{table.name}.csv", "sheet": table.zh if w.lang == "zh" else table.en}
    return w(f"amend.enter.{x.kind}", row=x.hand.key, who=_who(x, programme, w), cells=cells_in_words(x, w), **facts)


def cells_in_words(x: Entry, w: Words) -> str:
    """Each column by its header, with what stands there and what should; only the latter in a row that is new."""
    docs = column_docs(HANDLED[x.hand.table].row)
    parts = []
    for name, was, now in x.cells:
        header = docs[name].zh if w.lang == "zh" else docs[name].en
        told = {"header": header, "column": name, "now": _value(x.row, name, now, w)}
        if not x.hand.was:
            parts.append(w("amend.enter.cell_new", **told))
        else:
            parts.append(w("amend.enter.cell", was=_value(x.row, name, was, w) or w("amend.enter.blank"), **told))
    return w("amend.stop").join(parts)


def _value(row: Row | None, name: str, text: str, w: Words) -> str:
    """A cell as a reader of the language would fill it in."""
    value = getattr(row, name, None)
    return w(f"enums.{type(value).__name__}.{text}") if isinstance(value, StrEnum) and text else text


def _who(x: Entry, programme: Programme, w: Words) -> str:
    """Name of the firm of a row; its id where the programme no longer has the firm."""
    firm_id = getattr(x.row, "firm_id", "") or dict(x.hand.was).get("firm_id", "")
    return w.name(programme.firm[firm_id]) if firm_id in programme.firm else firm_id or x.hand.key


def entry_tables(programme: Programme) -> dict[str, bytes]:
    """`tables/<table>.csv` for each table with rows to be entered: these rows with all columns, under the names of the fields,
    which every reader of tables knows; rows that must go stand in none, nor what no table can have yet."""
    rows: dict[str, list[Row]] = {}
    for x in entries(programme):
        if x.row is not None and not x.later:
            rows.setdefault(x.hand.table, []).append(x.row)
    return {f"tables/{name}.csv": rows_csv(HANDLED[name].row, own) for name, own in rows.items()}


def rows_csv(kind: type[Row], rows: Iterable[Row]) -> bytes:
    """Rows of one table with all their columns, under the names of the fields, ready to be copied into the office's own table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column_docs(kind))
    writer.writerows([text for _, text in cells(row)] for row in rows)
    return BOM + out.getvalue().encode()
