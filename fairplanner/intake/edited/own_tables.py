"""The tables that a programme's own files hold, with every column filled in as it counts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fairplanner.domain.columns import Row
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.intake.read import own_keys

Own = Mapping[str, tuple[Row, ...]]


def own_tables(folder_or_xlsx: Path, programme: Programme) -> Own:
    """Rows of the programme's own files by table, in order of key; of a table that also stands in the reference only its own rows.

    What its table leaves to the reference is filled in from there, so that the rows say the same on their own.
    """
    keys = own_keys(folder_or_xlsx)
    return {
        table.name: tuple(
            row
            for row in getattr(programme, table.name)
            if not table.shared or tuple(getattr(row, part) for part in table.key) in keys[table.name]
        )
        for table in TABLES
    }
