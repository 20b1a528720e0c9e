"""A published table of per-diem rates, CSV or XLSX, read by its usual headings in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fairplanner.errors import Problem
from fairplanner.intake import cells
from fairplanner.intake.cells import BadCellError, shown
from fairplanner.intake.files import MOST_ROWS
from fairplanner.intake.sheet import Cell, is_blank, plain
from fairplanner.intake.sheets.pages import pages_of

HEADINGS: dict[str, tuple[str, ...]] = {
    "country": ("国家", "国家地区", "国家和地区", "国家或地区", "国家/地区", "国家、地区", "国别", "country", "countryorregion", "country/region", "countryzh", "countryen"),
    "city": ("城市", "city", "cities", "cityzh", "cityen"),
    "currency": ("币种", "货币", "currency"),
    "lodging": ("住宿费", "住宿费标准", "住宿", "lodging", "lodgingperday", "accommodation"),
    "meals": ("伙食费", "伙食费标准", "伙食", "meals", "mealsperday"),
    "incidentals": ("公杂费", "公杂费标准", "公杂", "incidentals", "miscperday", "misc"),
}  # fmt: skip
"""Headings by field, compared without case, spaces, `_`, `-` and what stands in brackets."""

MUST = ("country", "currency", "lodging", "meals", "incidentals")
OTHERS = frozenset(
    {"其他城市", "其它城市", "其余城市", "其他", "其他地区", "othercities", "other", "others", "elsewhere"}
)
CURRENCIES = {"美元": "USD", "欧元": "EUR", "英镑": "GBP", "港币": "HKD", "港元": "HKD", "日元": "JPY", "人民币": "CNY"}
FIRST_ROWS = 20
"""A title and notes may stand above the headings; they are looked for in so many rows."""

_BRACKETS = re.compile(r"\([^()]*\)")
_CITIES = re.compile(r"[、,，;；\n]")

Rows = Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True)
class TariffRow:
    """One row: a country or region and its cities as they are written; no city: all of it; `others`: its other cities."""

    number: int
    country: str
    city: str
    cities: tuple[str, ...]
    others: bool
    currency: str
    lodging: Decimal
    meals: Decimal
    incidentals: Decimal


def folded(name: str) -> str:
    """A name as it is compared: 中国香港 and Hong Kong, China are 香港 and Hong Kong; 市 and 特别行政区 make no difference."""
    text = plain(name).removesuffix(",china").removesuffix("特别行政区")
    if text.startswith("中国") and text != "中国":
        text = text.removeprefix("中国")
    return text.removesuffix("市") if len(text) > 2 else text


def read_tariff(file: Path, problems: list[Problem]) -> list[TariffRow]:
    """Every row of the table; problems are appended, all of them. Raises nothing."""
    rows = _cells(file, problems)
    if rows is None:
        return []
    at = next((i for i, (_, row) in enumerate(rows[:FIRST_ROWS]) if len(_columns(row)) >= len(MUST) - 1), None)
    if at is None:
        problems.append(Problem(file.name, 0, "", "tariff-headings"))
        return []
    columns = _columns(rows[at][1])
    lost = [name for name in MUST if name not in columns]
    if lost:
        problems += [Problem(file.name, rows[at][0], "", "tariff-heading", HEADINGS[name][0]) for name in lost]
        return []
    return _rows(file.name, rows[at + 1 :], columns, {k: shown(rows[at][1][v]) for k, v in columns.items()}, problems)


def _rows(
    file: str, rows: Rows, columns: Mapping[str, int], headers: Mapping[str, str], problems: list[Problem]
) -> list[TariffRow]:
    """A blank country is that of the row above it, as in merged cells; a row without any rate is a heading between rows."""
    made: list[TariffRow] = []
    first: dict[tuple[str, str], int] = {}
    country = ""
    for number, cells_ in rows:
        row = {name: cells_[at] if at < len(cells_) else None for name, at in columns.items()}
        if all(is_blank(row[name]) for name in MUST[1:]):
            continue
        country = country if is_blank(row["country"]) else _name(row["country"])
        one = _row(file, number, country, row, headers, problems)
        if one is None:
            continue
        made.append(one)
        for city in one.cities or ("*" if one.others else "",):
            before = first.setdefault((folded(country), folded(city)), number)
            if before != number:
                facts = (("first", str(before)),)
                problems.append(
                    Problem(file, number, headers["country"], "tariff-twice", f"{country} {city}".strip(), facts)
                )
    return made


def _row(
    file: str, number: int, country: str, row: Mapping[str, Cell], headers: Mapping[str, str], problems: list[Problem]
) -> TariffRow | None:
    before = len(problems)
    values: dict[str, Decimal] = {}

    def complain(name: str, what: str, facts: tuple[tuple[str, str], ...] = ()) -> None:
        problems.append(Problem(file, number, headers[name], what, shown(row[name]), facts))

    if not country:
        complain("country", "value-missing")
    for name in MUST[2:]:
        try:
            values[name] = _amount(row[name])
        except BadCellError as bad:
            complain(name, bad.what, bad.facts)
    money = ""
    try:
        money = CURRENCIES.get(_name(row["currency"])) or cells.currency(row["currency"])
    except BadCellError as bad:
        complain("currency", "value-missing" if is_blank(row["currency"]) else bad.what, bad.facts)
    if len(problems) > before:
        return None
    city = _name(row.get("city"))
    parts = tuple(part.strip() for part in _CITIES.split(city) if part.strip())
    named = tuple(part for part in parts if plain(part) not in OTHERS)
    return TariffRow(number, country, city, named, len(named) < len(parts), money, **values)


def _name(cell: Cell) -> str:
    return "" if is_blank(cell) else " ".join(str(cell).split())


def _amount(cell: Cell) -> Decimal:
    if is_blank(cell):
        raise BadCellError("value-missing")
    amount = cells.decimal(cell)
    if amount < 0:
        raise BadCellError("too-small", limit="0")
    return amount


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    """Which column holds what, by the headings that are known; the first of two counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = "" if is_blank(cell) else _heading(str(cell))
        if name:
            found.setdefault(name, at)
    return found


def _heading(text: str) -> str:
    heading = plain(_BRACKETS.sub("", plain(text)))
    return next((name for name, known in HEADINGS.items() if heading in known), "")


def _cells(file: Path, problems: list[Problem]) -> Rows | None:
    """The rows of the first sheet, whatever it is called."""
    found = pages_of(file, file.name, MOST_ROWS, known=_heading)
    if isinstance(found, Problem):
        problems.append(found)
    elif found[0].refused:
        problems.append(found[0].refused)
    elif not found[0].rows:
        problems.append(Problem(file.name, 0, "", "file-empty"))
    else:
        return found[0].rows
    return None
