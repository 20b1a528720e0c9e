"""The reference of the tables, made from the declarations of their columns; README's section is this text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fairplanner.domain.tables import TABLES, Table
from fairplanner.intake import cells
from fairplanner.intake.columns import Column, columns_of, keys_referred
from fairplanner.intake.lists import shown
from fairplanner.words import Words, words


@dataclass(frozen=True)
class ColumnText:
    """One column in words; `choices` are the words of a closed list of which a cell holds one (for drop-downs)."""

    field: str
    zh: str
    en: str
    says: str
    unit: str
    required: str
    allowed: str
    must: bool
    choices: tuple[str, ...] = ()


def describe_tables(lang: str) -> str:
    """Every table and column as Markdown: headers, meaning, unit, whether required, allowed values."""
    w = words(lang)
    return "\n\n".join(describe_table(table, w) for table in TABLES)


def describe_table(table: Table, w: Words) -> str:
    """One table as Markdown."""
    lines = [w("tables.line", **_escaped(text)) for text in column_texts(table, w)]
    title = w("tables.title", name=table.name, title=title_of(table, w.lang))
    return "\n".join(
        [
            title,
            "",
            w("tables.shared" if table.shared else "tables.own"),
            "",
            w("tables.head"),
            "|" + " --- |" * 7,
            *lines,
        ]
    )


def title_of(table: Table, lang: str) -> str:
    """The title of a table in a language."""
    return table.zh if lang == "zh" else table.en


def column_texts(table: Table, w: Words) -> list[ColumnText]:
    """The columns of a table in words, in order."""
    return [_text(table, column, w) for column in columns_of(table).values()]


def _text(table: Table, column: Column, w: Words) -> ColumnText:
    doc = column.doc
    state = (
        ("key" if column.required else "key_optional")
        if column.field in table.key
        else "required"
        if column.required
        else "optional"
    )
    return ColumnText(
        field=column.field,
        zh=doc.zh,
        en=doc.en,
        says=_square(doc.says_zh if w.lang == "zh" else doc.says_en),
        unit=_unit(doc.unit, w),
        required=w(f"tables.{state}"),
        allowed=_allowed(column, w),
        must=column.required,
        choices=_choices(column, w),
    )


def _unit(unit: str, w: Words) -> str:
    if not unit:
        return ""
    return w(f"tables.units.{'area' if unit == 'm²' else unit.replace(' ', '-')}")


def _allowed(column: Column, w: Words) -> str:
    one = _one_allowed(column, w)
    if not column.many:
        return one
    return w("tables.several", allowed=one) if one else w("tables.text_several")


def _one_allowed(column: Column, w: Words) -> str:
    if column.doc.refers_to:
        return w("tables.refers", table=column.doc.refers_to, key=keys_referred()[column.doc.refers_to])
    if column.listed:
        section, values, _ = column.listed
        return w("tables.choice_join").join(_choice(section, value, w) for value in values)
    plain = {
        cells.yes_no: "tables.yes_no",
        cells.day: "tables.date",
        cells.past_day: "tables.date",
        cells.currency: "tables.currency",
    }
    if column.parse in plain:
        return w(plain[column.parse])
    if column.low is not None and column.high is not None:
        return w("tables.between", low=f"{column.low:g}", high=f"{column.high:g}")
    if column.low is not None:
        return w("tables.at_least", low=f"{column.low:g}")
    return w("tables.at_most", high=f"{column.high:g}") if column.high is not None else ""


def _choice(section: str, value: str, w: Words) -> str:
    word = shown(section, value, w.lang)
    return value if word == value else w("tables.choice", value=value, word=word)


def _choices(column: Column, w: Words) -> tuple[str, ...]:
    if column.many:
        return ()
    if column.parse in (cells.yes_no, cells.worked):
        return w("tables.yes"), w("tables.no")
    if column.listed and column.listed[2]:
        return tuple(shown(column.listed[0], value, w.lang) for value in column.listed[1])
    return ()


def _square(text: str) -> str:
    return text.replace("m²", "㎡")


def _escaped(text: ColumnText) -> dict[str, Any]:
    return {
        name: str(value).replace("|", "\\|") for name, value in vars(text).items() if name not in ("must", "choices")
    }
