"""Pages to tables of a programme: which table a page is, where its header is, what beside its rows is left out, and what is told of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from fairplanner.domain.tables import TABLES, Table
from fairplanner.errors import Problem
from fairplanner.intake.columns import columns_of, field_of, headers_of
from fairplanner.intake.edited.corrections import corrected_table
from fairplanner.intake.settings_page import is_settings, stated
from fairplanner.intake.sheet import VOUCHED, Found, Sheet, is_blank, plain, table_named
from fairplanner.intake.sheets.laid import Laid, laid_out
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.intake.suggest import nearest
from fairplanner.words import languages, words

README_SHEETS = frozenset({"说明", "readme", "填表说明", "填报说明", "填写说明", "instructions", "待核对", "tosettle"})
"""Sheets for people, left alone by the reader."""
EXPORTED = "_fairplanner"
"""The hidden sheet of a workbook of a plan's choices; that is no table, and lies where people save it."""


def take_pages(pages: list[RawPage], name: str, stem: str, found: Found, *, is_text: bool = False) -> None:
    """Add what the pages of one file hold; `stem` is the file's own name, which names the table of a CSV. Raises nothing."""
    held = [page for page in pages if page.refused or any(not is_blank(c) for _, cells in page.rows for c in cells)]
    if any(page.title == EXPORTED for page in pages):
        found.told.append(Problem(name, 0, "", "told-choices"))
        return
    if is_text:
        _take(pages[0], name, table_of_name(stem) or corrected_table(stem), stem, found)
        return
    single = len([p for p in held if plain(p.title) not in README_SHEETS and not is_settings(p.title)]) == 1
    for page in held:
        if is_settings(page.title):
            found.settings += stated(page, f"{name}[{page.title}]", found.problems)
        elif plain(page.title) not in README_SHEETS:
            own = table_named(page.title) or corrected_table(page.title)
            _take(page, f"{name}[{page.title}]", own or (table_of_name(stem) if single else None), page.title, found)


def table_of_name(stem: str) -> Table | None:
    """The table that a file is named for."""
    return table_named(stem)


def any_field(table: Table | None) -> Callable[[str], str]:
    """What a header names in a table; where that is not known, whether it is a header of any."""
    if table:
        return lambda header: field_of(table, header)
    known = frozenset(header for t in TABLES for header in headers_of(t))
    return lambda header: "x" if plain(header) in known else ""


def _take(page: RawPage, where: str, table: Table | None, title: str, found: Found) -> None:
    if page.refused:
        found.problems.append(page.refused)
        found.unsure.update(t.name for t in (table,) if t)
        return
    if table is None and page.hidden:
        found.told.append(Problem(where, 0, "", "told-hidden-sheet"))
        return
    if table is None:
        table = _by_headers(page, where, title, found)
        if table is None:
            return
        found.told.append(Problem(where, 0, "", "told-named", title, _titles(table)))
    if not page.rows:
        found.problems.append(Problem(where, 0, "", "file-empty"))
        found.unsure.add(table.name)
        return
    _keep(page, where, table, found, is_correction=corrected_table(title) is table)


def _keep(page: RawPage, where: str, table: Table, found: Found, *, is_correction: bool) -> None:
    laid = laid_out(page, lambda header: field_of(table, header), _all_headers(), keys=_keys(table))
    if laid.second:
        number, text = laid.second
        found.problems.append(Problem(where, number, "", "sheet-two-tables", text))
        found.unsure.add(table.name)
    sheet = Sheet(where, table, laid.header, laid.rows, laid.header_row, laid.unit, laid.year, is_correction)
    found.sheets.append(sheet)
    found.told.extend(_told(where, page, laid))


def _told(where: str, page: RawPage, laid: Laid) -> Iterator[Problem]:
    """What was done with a sheet that its writer may want to know."""
    if laid.titles:
        yield Problem(where, 0, "", "told-header", "", (("row", str(laid.header_row)),))
    if laid.unit:
        yield Problem(where, 0, "", "told-unit", laid.unit)
    if laid.asides:
        yield Problem(where, 0, "", "told-asides", "", (("rows", _numbers(laid.asides)),))
    if hidden := [n for n, _ in laid.rows if n in page.hidden_rows]:
        yield Problem(where, 0, "", "told-hidden", "", (("count", str(len(hidden))),))
    if laid.shared_numbers:
        yield Problem(where, 0, "", "told-merged", ", ".join(laid.shared_numbers[:6]))


def _numbers(rows: tuple[int, ...]) -> str:
    """12, 14-18: runs told by their ends."""
    runs: list[list[int]] = []
    for n in rows:
        if runs and n == runs[-1][-1] + 1:
            runs[-1][1:] = [n]
        else:
            runs.append([n])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _by_headers(page: RawPage, where: str, title: str, found: Found) -> Table | None:
    """The one table that the headers of a page fit: all that it must have are there, and nothing that it does not have.

    A CSV has no name but that of its file, so one that is nearly a table's is asked about first.
    """
    is_sheet = where.endswith("]")
    near = nearest(title, [text for t in TABLES for text in ((t.name, t.zh, t.en) if is_sheet else (t.name, t.zh))])
    fits = [table for table in TABLES if _fits(page, table)] if is_sheet or not near else []
    if len(fits) == 1:
        return fits[0]
    if fits:
        found.problems.append(Problem(where, 0, "", "sheet-ambiguous", title, _several(fits)))
        found.unsure.update(t.name for t in fits)
        return None
    what = ("sheet-unknown" if is_sheet else "table-unknown") + ("-near" if near else "")
    found.problems.append(Problem(where, 0, "", what, title, (("near", near),) if near else ()))
    # a misspelt name must not be followed by one complaint for each row that refers to its table
    found.unsure.update(t.name for t in TABLES if near in (t.name, t.zh, t.en))
    return None


def _several(tables: list[Table]) -> tuple[tuple[str, str], ...]:
    listed = {lang: words(lang)("tables.choice_join").join(_title(t, lang) for t in tables) for lang in languages()}
    return tuple((f"tables.{lang}", text) for lang, text in listed.items())


def _title(table: Table, lang: str) -> str:
    return table.zh if lang == "zh" else table.en


def _fits(page: RawPage, table: Table) -> bool:
    laid = laid_out(page, lambda header: field_of(table, header), frozenset(), only_header=True)
    named = [field_of(table, str(c)) for c in laid.header if not is_blank(c)]
    must = {c.field for c in columns_of(table).values() if c.required} - VOUCHED.keys()
    return bool(named) and all(named) and must <= set(named)


@cache
def _keys(table: Table) -> frozenset[str]:
    """Fields of the key that every row has."""
    return frozenset(f for f, c in columns_of(table).items() if f in table.key and c.required)


@cache
def _all_headers() -> frozenset[str]:
    """Headers of all tables as they are written."""
    return frozenset(text for t in TABLES for f, c in columns_of(t).items() for text in (f, c.doc.zh, c.doc.en))


def _titles(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple((f"table.{lang}", _title(table, lang)) for lang in languages())
