"""Workbooks for tests: pages of cells, and XLSX whose sheet is written by hand as XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from fairplanner.intake.sheets.raw import RawPage

OLD = Path(__file__).with_name("old.xls")
"""An XLS as LibreOffice writes it: a title, 单位：万元, a merged zone, a formula, a total, dates, a hidden sheet."""
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def page(*rows: Sequence[Any], merged: Iterable[tuple[int, int, int, int]] = (), first: int = 1) -> RawPage:
    """A page of these rows; blank ones leave a gap in the numbers."""
    kept = [(n, list(row)) for n, row in enumerate(rows, first) if any(c not in (None, "") for c in row)]
    return RawPage("Sheet1", kept, list(merged))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_hand(sheet: Iterable[bytes], texts: bytes = b"") -> bytes:
    """A workbook of one sheet whose XML is these pieces, with shared texts."""
    out = io.BytesIO()
    plain = Workbook()
    plain.active["A1"] = "x"
    with zipfile.ZipFile(io.BytesIO(saved(plain))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("sheet1.xml"):
                with new.open(name, "w") as part:
                    for piece in sheet:
                        part.write(piece)
            elif not name.endswith("sharedStrings.xml"):
                new.writestr(name, old.read(name))
        new.writestr("xl/sharedStrings.xml", texts or b"<sst/>")
    return out.getvalue()
