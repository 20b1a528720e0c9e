"""What a column of a table is: the one place where its meaning, unit, headers and references are written.

A row type (a frozen pydantic model) declares each column with `column(...)`; the reader, the table reference of
`fairplanner tables` and README's section are all made from these declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True)
class ColumnDoc:
    """Headers, meaning and unit of one column; `refers_to` names the table whose key its values must be."""

    zh: str
    en: str
    says_zh: str
    says_en: str
    unit: str = ""
    refers_to: str = ""


def column(
    zh: str,
    en: str,
    says_zh: str,
    says_en: str,
    *,
    unit: str = "",
    refers_to: str = "",
    default: Any = ...,
    ge: float | None = None,
    le: float | None = None,
) -> Any:
    """Declare a column; without `default` it is required. Values of tuple columns are separated by `;` in a cell."""
    doc = ColumnDoc(zh, en, says_zh, says_en, unit, refers_to)
    extra: dict[str, Any] = {"doc": doc}
    return Field(default=default, description=says_en, ge=ge, le=le, json_schema_extra=extra)


def whole_fen(amount: Decimal | None) -> Decimal | None:
    """An amount of programme currency, half up to 0.01: a spreadsheet's 3333.3333 is meant as money."""
    return None if amount is None else amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Row(BaseModel):
    """One row of a table: frozen, exact about its columns."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Fact(Row):
    """A row that states something about the world: it says where that is known from and how sure it is."""


def column_docs(row_type: type[Row]) -> dict[str, ColumnDoc]:
    """The declared columns of a row type, by field name, in order."""
    docs: dict[str, ColumnDoc] = {}
    for name, info in row_type.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and isinstance(extra.get("doc"), ColumnDoc):
            docs[name] = extra["doc"]  # type: ignore[assignment]
    return docs
