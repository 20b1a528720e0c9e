"""What a pack replaces, and what changed since, in words; known only where a store keeps what was published before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fairplanner.domain.published import FeedKey
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.agendas.book import in_order
from fairplanner.publish.calendars.feeds import FeedChange
from fairplanner.publish.notices.differences import Row, Told, told
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party
from fairplanner.words import Words


@dataclass(frozen=True)
class Replaced:
    """The revision before: its number, the delegations it had (`party_id`), and what the feeds changed since."""

    number: int
    party_ids: frozenset[str]
    changes: Mapping[FeedKey, FeedChange]


@dataclass(frozen=True)
class Changed:
    """One entry that changed: what happened to which, and what it said and says; `key` is that of the entry."""

    key: str
    what: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """What a pack says of the one before: '' and nothing where that is not known or there was none."""

    said: str = ""
    changed: tuple[Changed, ...] = ()

    def mark(self, key: str) -> str:
        """What happened to an entry, in a word; '' for nothing."""
        return next((c.what for c in self.changed if c.key == key), "")


def since(press: Press, party: Party, replaced: Replaced | None) -> Since:
    """What changed for a delegation since the revision before, in date order."""
    if replaced is None:
        return Since()
    w, before = press.w, {"number": press.plan.revision, "before": replaced.number}
    if party.delegation.party_id not in replaced.party_ids:
        return Since(w("phone.new", **before))
    key = FeedKey(AudienceKind.DELEGATION.value, party.delegation.party_id, press.lang)
    change = replaced.changes.get(key)
    found = [x for c in change.entries if (x := told(w, c))] if change else []
    of = {x.entry.key: x for x in found}
    changed = tuple(_changed(w, of[entry.key]) for entry in in_order(x.entry for x in found))
    return Since(w(f"phone.{'replaces' if changed else 'same'}", **before), changed)


def _changed(w: Words, x: Told) -> Changed:
    lines = tuple(line for row in x.rows for line in _row(w, row))
    return Changed(x.entry.key, w(f"notice.what.{x.what}"), x.title, lines)


def _row(w: Words, row: Row) -> list[str]:
    if row.is_swap:
        return [w("phone.change_row", label=row.label, gone=row.gone[0], now=row.now[0])]
    if not row.is_changed:
        return [w("phone.change_is", label=row.label, value=value) for value in row.now]
    gone = [w("phone.change_gone", label=row.label, value=value) for value in row.gone]
    return gone + [w("phone.change_now", label=row.label, value=value) for value in row.now]
