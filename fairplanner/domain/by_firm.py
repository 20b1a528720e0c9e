"""Look-ups of what the tables of a programme say of single firms, made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from fairplanner.domain.giving import ScoreItem
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.planning import Application, Firm


@dataclass(frozen=True)
class ByFirm:
    """Ledger rows by firm (participations: no booths left empty), firms by group of connected firms ('' is no group), applications by (firm, phase), lines of score
    sheets by (firm, phase, section); in table order."""

    ledger: dict[str, tuple[LedgerRow, ...]]
    group: dict[str, tuple[str, ...]]
    asked: dict[tuple[str, str], tuple[Application, ...]]
    sheets: dict[tuple[str, str, str], tuple[ScoreItem, ...]]


def by_firm(
    ledger: Iterable[LedgerRow], firms: Iterable[Firm], applications: Iterable[Application], scores: Iterable[ScoreItem]
) -> ByFirm:
    """The look-ups over these tables."""
    groups = rows_by(firms, "group")
    return ByFirm(
        ledger=rows_by((row for row in ledger if not row.empty), "firm_id"),
        group={g: tuple(f.firm_id for f in rows) for g, rows in groups.items() if g},
        asked=rows_by(applications, "firm_id", "phase_id"),
        sheets=rows_by(scores, "firm_id", "phase_id", "section_id"),
    )


def rows_by(rows: Iterable[Any], *names: str) -> dict[Any, tuple[Any, ...]]:
    """Rows by one column, or by several as a tuple; in the order given."""
    made: dict[Any, list[Any]] = {}
    key = attrgetter(*names)
    for row in rows:
        made.setdefault(key(row), []).append(row)
    return {key: tuple(found) for key, found in made.items()}
