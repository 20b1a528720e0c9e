"""What may be wrong with the keys of firms and is no problem: names that look alike, relations to firms that are not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from fairplanner.domain.planning import Firm, Related
from fairplanner.errors import Problem
from fairplanner.intake.alike import alike
from fairplanner.intake.rows import Placed, TableRead

MOST_TOLD = 20


def firm_remarks(tables: Mapping[str, TableRead]) -> Iterator[Problem]:
    """Told by `check`; nothing is merged and nothing left out."""
    yield from _alike(tables["firms"])
    yield from _outside(tables["related"], {str(key[0]) for key in tables["firms"].keys})


def _alike(firms: TableRead) -> Iterator[Problem]:
    named: defaultdict[str, list[Placed]] = defaultdict(list)
    for placed in firms.rows.values():
        row = cast("Firm", placed.row)
        for name in {row.name_zh, row.name_en} - {""}:
            named[name].append(placed)
    groups = [*alike(named), *((name,) for name, rows in sorted(named.items()) if len(rows) > 1)]
    seen: set[frozenset[str]] = set()
    for group in groups:
        rows = {cast("Firm", p.row).firm_id: p for name in group for p in named[name]}
        ids = frozenset(rows)
        # one firm's two names, or a group that another has named already
        if len(ids) < 2 or any(ids <= other for other in seen) or len(seen) == MOST_TOLD:
            continue
        seen.add(ids)
        first = min(rows.values(), key=lambda p: (p.file, p.number))
        listed = ", ".join(f"{cast('Firm', rows[i].row).name_zh} ({i})" for i in sorted(ids))
        yield Problem(first.file, first.number, first.headers.get("name_zh", ""), "told-alike", listed)


def _outside(related: TableRead, known: set[str]) -> Iterator[Problem]:
    found = sorted({cast("Related", p.row).related_id for p in related.rows.values()} - known)
    if found:
        file = min(p.file for p in related.rows.values() if cast("Related", p.row).related_id in found)
        yield Problem(file, 0, "", "told-related", ", ".join(found[:MOST_TOLD]))
