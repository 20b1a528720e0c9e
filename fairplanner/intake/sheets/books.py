"""Workbooks to pages: XLSX and XLS, values only; formulas count as the values they were saved with and are never worked out."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from fairplanner.errors import Problem
from fairplanner.intake.sheet import Cell, Unsaved
from fairplanner.intake.sheets.old_books import OLD_BOOK, pages_of_old_book
from fairplanner.intake.sheets.raw import RawPage, Row, cell_of
from fairplanner.intake.sheets.scanning import MOST_TEXT, Scan, Scanner, elements, text_lengths
from fairplanner.intake.sheets.zipped import BigBookError, BrokenBookError, Parts


def pages_of_book(content: bytes, name: str, most_rows: int) -> list[RawPage] | Problem:
    """Every sheet of a workbook in order, each with at most `most_rows` rows that hold something; or why there are none."""
    try:
        if content.startswith(OLD_BOOK):
            return pages_of_old_book(content, name, most_rows)
        return list(_pages(Parts(content), name, most_rows))
    except BigBookError as big:
        return Problem(name, 0, "", big.what, big.value, big.facts)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except (
        BaseException
    ):  # calamine raises whatever the part at hand gives rise to, a panic of Rust's too: all mean one thing
        return Problem(name, 0, "", "xlsx-broken")


def _pages(parts: Parts, name: str, most_rows: int) -> Iterator[RawPage]:
    sheets = _sheets(parts)
    has_texts = "xl/sharedstrings.xml" in parts.names
    lengths = text_lengths(parts.chunks("xl/sharedstrings.xml")) if has_texts else []
    scans = [(title, part, _scanned(parts, part, most_rows, lengths)) for title, part in sheets]
    book = CalamineWorkbook.from_filelike(io.BytesIO(parts.clean))
    hidden = {s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible}
    for title, _, scan in scans:
        where = f"{name}[{title}]"
        if isinstance(scan, BigBookError):
            problem = Problem(where, 0, "", scan.what, scan.value, scan.facts)
            yield RawPage(title, hidden=title in hidden, refused=problem)
        else:
            sheet = book.get_sheet_by_name(title)
            yield RawPage(title, _rows(sheet, scan), scan.merged, frozenset(scan.hidden), title in hidden)


def _sheets(parts: Parts) -> list[tuple[str, str]]:
    """Title and part of every sheet that has cells, in order."""
    book = next((p for p in sorted(parts.names) if p.startswith("xl/workbook")), "")
    links = elements(parts.chunks(f"xl/_rels/{book.removeprefix('xl/')}.rels"))
    targets = {a.get("Id", ""): a.get("Target", "") for n, a in links if n == "Relationship"}
    found = []
    for name, attributes in elements(parts.chunks(book)):
        if name == "sheet":
            link = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            part = targets.get(link, "").replace("\\", "/").lower()
            part = part.lstrip("/") if part.startswith("/") else f"xl/{part.removeprefix('./')}"
            if part.startswith("xl/worksheets/"):
                found.append((attributes.get("name", ""), part))
    if not found:
        raise BrokenBookError
    return found


def _scanned(parts: Parts, part: str, most_rows: int, lengths: list[int]) -> Scan | BigBookError:
    try:
        scan = Scanner(most_rows).walk(parts.chunks(part))
        if scan.texts * max(lengths, default=0) > MOST_TEXT:
            Scanner(most_rows, lengths).walk(parts.chunks(part), weighed=True)
    except BigBookError as big:
        return big
    return scan


def _rows(sheet: CalamineSheet, scan: Scan) -> list[Row]:
    """Rows that hold something; what the library would lose as a blank is put back: errors, and formulas without a value."""
    lost: dict[int, dict[int, Cell]] = {}
    for (row, column), text in (*scan.formulas.items(), *scan.errors.items()):
        lost.setdefault(row, {})[column] = text if (row, column) in scan.errors else Unsaved(text)
    rows = []
    for number, raw in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [cell_of(value) for value in raw]
        if number in lost:
            _restore(cells, lost.pop(number))
        if cells.count(None) != len(cells):
            rows.append((number, cells))
    for number in sorted(lost):
        cells = []
        _restore(cells, lost[number])
        rows.append((number, cells))
    return rows


def _restore(cells: list[Cell], lost: dict[int, Cell]) -> None:
    cells.extend([None] * (max(lost) - len(cells)))
    for column, text in lost.items():
        if cells[column - 1] is None:
            cells[column - 1] = text
