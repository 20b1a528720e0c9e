"""Sheets that correct a table: rows that stand in place of those with the same key, as `import` writes them beside the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from fairplanner.domain.tables import Table
from fairplanner.errors import Problem
from fairplanner.intake.rows import TableRead, read_sheet
from fairplanner.intake.sheet import Sheet, plain, table_named
from fairplanner.words import languages, words


@lru_cache(maxsize=1)
def _marks() -> tuple[str, ...]:
    return tuple(plain(words(lang)("round_trip.corrected")) for lang in languages())


def corrected_table(title: str) -> Table | None:
    """The table that a sheet of this title corrects: 报名（更正）; None where it corrects none."""
    text = plain(title)
    return next((table_named(text.removesuffix(mark)) for mark in _marks() if text.endswith(mark)), None)


def correct(
    sheets: Iterable[Sheet], tables: dict[str, TableRead], problems: list[Problem], told: list[Problem] | None
) -> None:
    """Put corrections in place of the rows they are of, file by file in order of name (2 before 10): the last one counts.

    A correction of a row that is not there is a problem; each sheet is told with how many rows it corrects.
    """
    told = [] if told is None else told
    before: dict[tuple[str, object], tuple[str, int]] = {}
    for sheet in sorted(sheets, key=lambda sheet: _natural(sheet.file)):
        name, fresh = sheet.table.name, TableRead()
        into = tables[name]
        read_sheet(sheet, fresh, problems, told)
        for key, placed in fresh.rows.items():
            if key not in into.keys:
                facts = (("table.en", sheet.table.en), ("table.zh", sheet.table.zh))
                shown = "/".join(map(str, key))
                problems.append(Problem(sheet.file, placed.number, "", "correction-of-nothing", shown, facts))
                continue
            if (name, key) in before:
                file, row = before[name, key]
                told.append(
                    Problem(sheet.file, placed.number, "", "told-corrected-twice", file, (("first", str(row)),))
                )
            before[name, key] = sheet.file, placed.number
            into.rows[key] = placed
        into.loose += fresh.loose
        into.unsure |= fresh.unsure
        told.append(Problem(sheet.file, 0, "", "told-corrected", "", (("count", str(len(fresh.rows))),)))


def _natural(file: str) -> list[tuple[int, int, str]]:
    """How a sheet's file sorts, without its ending: 人工决定 2024-11-25 before 人工决定 2024-11-25-2."""
    text = file.partition("[")[0].rpartition(".")[0]
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.split(r"(\d+)", text)]
