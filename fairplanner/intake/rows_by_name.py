"""Cells that name a row of another table instead of giving its id: 遵义市, 茶叶, 食品 become `gz-p-zunyi`, `tea`, `canton-3-16`.

Only a whole name counts, in any language, or one without the word for what the place is (遵义 for 遵义市); what fits several rows is
refused with all of them, what fits none is left to the check of references. Fairs and phases have a reader of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from fairplanner.domain.tables import TABLES
from fairplanner.errors import Problem
from fairplanner.intake.columns import columns_of
from fairplanner.intake.fairs_by_name import Naming, has_names
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.intake.sheet import bare

REFERRED = ("territories", "places", "zones", "sectors", "markets", "funds", "targets", "firms", "sections")
SHORT = ("市", "州", "省", "区", "市（州）", "展区")
"""What people leave off a name, or put behind one."""
SHORTEST = 2
_NAMES = ("name_zh", "name_en")


def name_rows(tables: Mapping[str, TableRead], told: list[Problem] | None = None) -> list[Problem]:
    """Put ids in place of names, in the rows of all tables; the problems of names that fit several.

    `told` gathers which names were taken for which ids.
    """
    problems: list[Problem] = []
    for referred in REFERRED:
        known = {str(key[0]) for key in tables[referred].keys}
        naming = _RowNaming(tables, referred, known)
        for table in TABLES:
            columns = [c for c in columns_of(table).values() if c.doc.refers_to == referred]
            if columns and has_names(tables[table.name], columns, known):
                problems += naming.table(table, columns, tables[table.name])
        if told is not None:
            told += naming.remarks()
    return problems


class _RowNaming(Naming):
    """Names of the rows of one table to their ids."""

    several = "name-several"

    def __init__(self, tables: Mapping[str, TableRead], referred: str, known: set[str]) -> None:
        super().__init__(known)
        self.tables, self.referred = tables, referred

    def ids(self, text: str, placed: Placed) -> tuple[str, ...]:
        """Ids of the rows that are called so."""
        key = bare(text)
        found = self._named.get(key) or self._short.get(key) or self._short.get(_without(key)) or set()
        if self.referred == "sections":
            found = self._standing(found, placed)
        return tuple(sorted(found))

    @cached_property
    def _named(self) -> Mapping[str, set[str]]:
        named: defaultdict[str, set[str]] = defaultdict(set)
        for key, placed in self.tables[self.referred].rows.items():
            row: Any = placed.row
            for name in (*(getattr(row, field, "") for field in _NAMES), *getattr(row, "aliases", ())):
                named[bare(name)].add(str(key[0]))
        named.pop("", None)
        return named

    @cached_property
    def _short(self) -> Mapping[str, set[str]]:
        """The same without the word behind them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name, ids in self._named.items():
            found[_without(name)] |= ids
        return found if self.referred in ("zones", "places", "sections") else {}

    def _standing(self, found: set[str], placed: Placed) -> set[str]:
        """Of sections of one name those that stand at the row's phase, or at its fair."""
        row: Any = placed.row
        phases = self.tables["phases"].rows
        phase: Any = own.row if (own := phases.get((getattr(row, "phase_id", ""),))) else None
        rows: dict[str, Any] = {s: self.tables["sections"].rows[s,].row for s in found}
        if phase:
            return {s for s, x in rows.items() if (x.fair_id, x.phase) == (phase.fair_id, phase.phase)}
        fair_id = getattr(row, "fair_id", "")
        return {s for s, x in rows.items() if not fair_id or x.fair_id == fair_id}


def _without(name: str) -> str:
    """A name without the word for what it is; short names keep it."""
    end = next((bare(x) for x in sorted(SHORT, key=len, reverse=True) if name.endswith(bare(x))), "")
    return name.removesuffix(end) if len(name) - len(end) >= SHORTEST else name
