"""Writing rows as the CSV tables of a programme: field names as headers, blank cells for what is not said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.tables import TABLES

SAMPLE: dict[str, Any] = {
    "source": "示例 sample",
    "confidence": Confidence.SAMPLE,
    "note": "示例数据 sample data",
}
"""Provenance of every made-up row."""


def cell(value: Any) -> str:
    """A value as it stands in a cell: `;` between several, true or false, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ";".join(cell(v) for v in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def csv_text(rows: Sequence[Row]) -> str:
    """The table as text; optional columns that are blank in every row are left out."""
    fields = type(rows[0]).model_fields
    cells = {name: [cell(getattr(row, name)) for row in rows] for name in fields}
    kept = [name for name, info in fields.items() if info.is_required() or any(cells[name])]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(kept)
    writer.writerows(zip(*(cells[name] for name in kept), strict=True))
    return out.getvalue()


def folder_texts(settings: str, tables: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """File name -> text of a programme folder; rows sorted by the key of their table, no key twice."""
    texts = {"programme.toml": settings}
    for table in TABLES:
        rows = sorted(tables.get(table.name, ()), key=lambda row: [cell(getattr(row, k)) for k in table.key])
        keys = [tuple(getattr(row, k) for k in table.key) for row in rows]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{table.name}: a key stands twice")
        if rows:
            texts[f"{table.name}.csv"] = csv_text(rows)
    return texts


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Make the folder hold exactly these files among its TOML and CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".csv", ".toml") and path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))
