"""A year of holidays that is typed in only in part: its other days would be taken for ordinary ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import cast

from fairplanner.domain.duties import Holiday
from fairplanner.errors import Problem
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.rules.reckon.calendar import MAINLAND, is_notified

LEAST = 13
"""Days off that every year has in the mainland (《全国年节及纪念日放假办法》, as revised for 2025 on)."""


def holiday_remarks(holidays: TableRead) -> Iterator[Problem]:
    """Years of the mainland that no package knows, and of which fewer days off are typed in than every year has."""
    off: defaultdict[int, list[Placed]] = defaultdict(list)
    for placed in holidays.rows.values():
        row = cast("Holiday", placed.row)
        if row.territory_id == MAINLAND and not is_notified(date(row.on.year, 1, 1)):
            off[row.on.year] += [] if row.work else [placed]
    for year, rows in sorted(off.items()):
        if len(rows) < LEAST:
            any_row = min(holidays.rows.values(), key=lambda p: (p.file, p.number))
            yield Problem(
                any_row.file, 0, "", "told-holidays", str(year), (("count", str(len(rows))), ("least", str(LEAST)))
            )
