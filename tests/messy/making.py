"""What a messy sheet is, and how tests make one: real files in a folder, and what a careful planner would read in them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from fairplanner.domain.columns import Row
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES

Cells = Sequence[Any]
SETTINGS = """\
id = "sample"
name_zh = "示例计划"
name_en = "Sample"
root = "gz"
window_from = 2027-01-01
window_to = 2027-12-31
as_of = 2026-11-20
sample = true
"""
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Refused:
    """One problem that must be told: where (file with its page, row, header as its writer wrote it), and what its sentence holds."""

    file: str
    row: int
    column: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class Messy:
    """A folder as it arrives. `rows`: table, then key, then the values that must be read; `only` false where the table also holds others.

    `told`: pieces of the remarks that `check` prints in Chinese. Where anything is `refused`, these are all the problems there are.
    """

    name: str
    make: Callable[[Path], None]
    rows: Mapping[str, Mapping[Any, Mapping[str, Any]]] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    told: tuple[str, ...] = ()
    only: bool = True
    several: bool = False
    """Whether it has several things wrong at once."""

    def written(self, folder: Path) -> Path:
        """The folder with everything in it, a programme.toml too."""
        (folder / "programme.toml").write_text(SETTINGS, encoding="utf-8")
        self.make(folder)
        return folder


def credit_code(seventeen: str) -> str:
    """The 18 characters of a 统一社会信用代码 from its first 17: the check digit by GB 32100-2015."""
    total = sum(ALPHABET.index(c) * pow(3, at, 31) for at, c in enumerate(seventeen))
    return seventeen + ALPHABET[-total % 31]


def book(*pages: tuple[str, Sequence[Cells]], merged: Sequence[str] = ()) -> Workbook:
    """A workbook of these pages, `merged` areas on the first one."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in pages:
        page: Any = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    for area in merged:
        made.worksheets[0].merge_cells(area)
    return made


def comma(rows: Sequence[Cells], encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    """A CSV of these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(["" if c is None else c for c in row] for row in rows)
    return out.getvalue().encode(encoding)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_values(content: bytes, values: Mapping[str, object]) -> bytes:
    """A workbook whose formulas carry the values that a spreadsheet program saved with them: cell of the first sheet, value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                text = part.decode()
                for cell, value in values.items():
                    text, done = re.subn(rf'(<c r="{cell}"[^>]*>)(<f>[^<]*</f>)<v ?/>', rf"\1\2<v>{value}</v>", text)
                    if not done:
                        text, done = re.subn(
                            rf'(<c r="{cell}"[^>]*>)(<f>[^<]*</f>)<v></v>', rf"\1\2<v>{value}</v>", text
                        )
                    if done != 1:
                        raise ValueError(cell)
                part = text.encode()
            new.writestr(name, part)
    return out.getvalue()


def read_rows(programme: Programme, table: str) -> dict[Any, Row]:
    """The rows of a table by key; a key of one field stands alone."""
    key = next(t.key for t in TABLES if t.name == table)
    found: dict[Any, Row] = {}
    for row in getattr(programme, table):
        values = tuple(getattr(row, name) for name in key)
        found[values[0] if len(values) == 1 else values] = row
    return found
