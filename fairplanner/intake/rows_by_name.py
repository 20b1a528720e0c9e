"""Cells that name a row of another table instead of giving its id: 遵义市, 茶叶, 食品 become `gz-p-zunyi`, `tea`, `canton-3-16`.

Only a whole name counts, in any language, or one without the word for what the place is (遵义 for 遵义市). Fairs and phases have a reader of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from fairplanner.errors import Problem
from fairplanner.intake.naming import Tables, put_ids
from fairplanner.intake.rows import Placed
from fairplanner.intake.sheet import bare

REFERRED = ("territories", "places", "zones", "sectors", "markets", "funds", "targets", "firms", "sections")
SHORT = ("市", "州", "省", "区", "市（州）", "展区")
"""What people leave off a name, or put behind one."""
SHORTEST = 2
_NAMES = ("name_zh", "name_en")


def name_rows(tables: Tables, told: list[Problem] | None = None) -> list[Problem]:
    """Put ids in place of names, in the rows of all tables; the problems of names that fit several.

    `told` gathers which names were taken for which ids.
    """
    return [
        problem
        for referred in REFERRED
        for problem in put_ids(tables, referred, "name-several", _Names(tables, referred).meant, told)
    ]


class _Names:
    """What the rows of one table are called."""

    def __init__(self, tables: Tables, referred: str) -> None:
        self.tables, self.referred = tables, referred

    def meant(self, text: str, placed: Placed) -> tuple[str, ...]:
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
