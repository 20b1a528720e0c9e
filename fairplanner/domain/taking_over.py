"""Changes made by hand between one plan and the next: what the tables do not say of them, and a programme that takes them over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from fairplanner.domain.by_hand import SOFT, ByHand, cell, cells
from fairplanner.domain.columns import Row
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES, Table

ByKey = Mapping[str, Row]
HANDLED = {t.name: t for t in TABLES if not t.name.startswith("settled")}
"""Tables by name; what was settled before is never changed by hand."""


@dataclass(frozen=True)
class Entry:
    """One row that must be entered in a table, or taken out of it, for the table to say what was done by hand.

    `row`: as it should stand, None where it should go; `cells`: (column, what the table has, what it should have). `later`: no
    table can have it yet (booths that will stand empty at a fair to come); it goes along from plan to plan by itself.
    """

    hand: ByHand
    row: Row | None
    cells: tuple[tuple[str, str, str], ...] = ()
    later: bool = False

    @property
    def kind(self) -> Literal["changed", "new", "gone", "later"]:
        """What is to be done with the row."""
        return "later" if self.later else "gone" if self.row is None else "changed" if self.hand.was else "new"


def key_of(table: Table, row: Row) -> str:
    """Cells of a row's key, joined with "/"."""
    return "/".join(cell(getattr(row, name)) for name in table.key)


def with_hand(
    before: Programme, after: Programme, *, verb: str, on: date, reason: str, by: str, basis: str
) -> Programme:
    """`after` with every row that differs from `before` remembered as changed by hand; what leads back to the tables is forgotten."""
    known = {(x.table, x.key): x for x in before.by_hand}
    for table in HANDLED.values():
        old, new = _by_key(table, getattr(before, table.name)), _by_key(table, getattr(after, table.name))
        for key in sorted(old.keys() | new.keys()) if old != new else ():
            if old.get(key) != new.get(key):
                first = known.get((table.name, key))
                was = first.was if first else _cells(old.get(key))
                known[table.name, key] = ByHand(
                    table=table.name, key=key, was=was, verb=verb, on=on, reason=reason, by=by, basis=basis
                )
                if was == _cells(new.get(key)):
                    del known[table.name, key]
    return _with(after, by_hand=tuple(known[key] for key in sorted(known)))


def entries(programme: Programme) -> Iterator[Entry]:
    """Everything that was done by hand since the tables were read, in order of table and row."""
    for hand in programme.by_hand:
        row = _row(HANDLED[hand.table], programme, hand.key)
        was = dict(hand.was)
        told = [(name, was.get(name, ""), text) for name, text in _cells(row)]
        if row is not None and not was:
            blank = _blank(row)
            told = [x for x in told if x[2] and blank.get(x[0]) != x[2]]
        yield Entry(hand, row, tuple(x for x in told if x[1] != x[2]), _is_later(row, programme))


def unsaid(snapshot: Programme, programme: Programme) -> Iterator[Entry]:
    """What was done by hand up to the earlier programme and the tables read now do not say; in order of table and row.

    Where the tables have neither what stood there before nor what was done by hand, somebody has thought anew: they hold.
    """
    for x in entries(snapshot):
        now = _row(HANDLED[x.hand.table], programme, x.hand.key)
        if x.row is None:
            if now is not None and x.hand.was == cells(now):
                yield x
        elif now is None:
            if not x.hand.was and _is_possible(x.row, programme):
                yield replace(x, later=_is_later(x.row, programme))
        elif left := _left(x, now):
            yield Entry(x.hand, x.row, left)


def _left(x: Entry, now: Row) -> tuple[tuple[str, str, str], ...]:
    """Cells of a row of the tables in which what was done by hand is not known."""
    has, blank = dict(cells(now)), _blank(now)
    before = {name: was if x.hand.was else blank.get(name, has[name]) for name, was, _ in x.cells}
    return tuple(
        (name, has[name], text)
        for name, _, text in x.cells
        if name not in SOFT and text != has[name] and has[name] == before[name]
    )


def taken_over(snapshot: Programme, programme: Programme) -> Programme:
    """The programme with what the tables do not say taken from the earlier one, and remembered for the plan after."""
    made: dict[str, dict[str, Row]] = {}
    hands = []
    for x in unsaid(snapshot, programme):
        table = HANDLED[x.hand.table]
        rows = made.setdefault(table.name, dict(_by_key(table, getattr(programme, table.name))))
        now = rows.pop(x.hand.key, None)
        hands.append(x.hand.model_copy(update={"was": _cells(now)}))
        if x.row is not None:
            soft = [name for name in type(x.row).model_fields if name in SOFT]
            taken = {name: getattr(x.row, name) for name in (*(name for name, _, _ in x.cells), *soft)}
            rows[x.hand.key] = now.model_copy(update=taken) if now is not None else x.row
    tables = {name: _sorted(HANDLED[name], rows.values()) for name, rows in made.items()}
    return _with(programme, by_hand=tuple(hands), **tables)


def _with(programme: Programme, **changes: Any) -> Programme:
    """A new programme, in which nothing that was looked up in the old one is kept."""
    own = {name: getattr(programme, name) for name in Programme.model_fields}
    return Programme(**(own | changes))


def _by_key(table: Table, rows: tuple[Row, ...]) -> ByKey:
    return {key_of(table, row): row for row in rows}


def _row(table: Table, programme: Programme, key: str) -> Row | None:
    return next((row for row in getattr(programme, table.name) if key_of(table, row) == key), None)


def _sorted(table: Table, rows: Any) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: tuple(cell(getattr(row, name)) for name in table.key)))


def _cells(row: Row | None) -> tuple[tuple[str, str], ...]:
    return cells(row) if row is not None else ()


def _blank(row: Row) -> dict[str, str]:
    """What stands in a row in which only what must be filled is filled."""
    fields = type(row).model_fields
    return {name: cell(info.default) for name, info in fields.items() if not info.is_required()}


def _is_later(row: Row | None, programme: Programme) -> bool:
    """Whether a row speaks of a fair of the year that is still to come: the ledger has only what has happened."""
    return isinstance(row, LedgerRow) and programme.settings.as_of < row.on <= programme.settings.window_to


def _is_possible(row: Row, programme: Programme) -> bool:
    """Whether firm and fair of a row are still there."""
    known: dict[str, Collection[str]] = {
        "firm_id": programme.firm, "phase_id": programme.phase, "fair_id": programme.fair,
    }  # fmt: skip
    return all(not (value := getattr(row, name, "")) or value in rows for name, rows in known.items())
