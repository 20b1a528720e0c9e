"""What a pack replaces, and what changed since, in words; known only where a store keeps what was published before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import EntryState, Showing
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind
from fairplanner.publish.agendas.book import AgendaBook, in_order
from fairplanner.publish.calendars.feeds import EntryChange
from fairplanner.publish.calendars.ical import HOST
from fairplanner.publish.calendars.showing import showings
from fairplanner.publish.notices.differences import Row, Told, told
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party
from fairplanner.words import Words


class Replaced:
    """The revision before: programme and plan as they were published."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan
        self.party_ids = frozenset(d.party_id for d in plan.delegations)
        self._books: dict[str, AgendaBook] = {}

    def agenda(self, lang: str, party_id: str) -> Agenda:
        """What a delegation was told."""
        if lang not in self._books:
            self._books[lang] = AgendaBook(self.programme, self.plan, lang)
        return self._books[lang].agenda(AudienceKind.DELEGATION, party_id)


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


def since(press: Press, party: Party, replaced: Replaced | None) -> Since:
    """What changed for a delegation since the revision before, in date order."""
    if replaced is None:
        return Since()
    w, party_id = press.w, party.delegation.party_id
    before = {"number": press.plan.revision, "before": replaced.plan.revision}
    if party_id not in replaced.party_ids:
        return Since(w("phone.new", **before))
    found = [x for c in _differences(replaced.agenda(press.lang, party_id), press.agenda(party)) if (x := told(w, c))]
    of = {x.entry.key: x for x in found}
    changed = tuple(_changed(w, of[entry.key]) for entry in in_order(x.entry for x in found))
    return Since(w(f"phone.{'replaces' if changed else 'same'}", **before), changed)


def _differences(was: Agenda, now: Agenda) -> Iterator[EntryChange]:
    """What a reader of the one sees changed in the other; nobody's stamps come into it."""
    before, after = ({x.key: _state(agenda, x) for x in showings(agenda, HOST)} for agenda in (was, now))
    for key, state in after.items():
        if key not in before:
            yield EntryChange("added", None, state)
        elif before[key].fingerprint != state.fingerprint:
            yield EntryChange("changed", before[key], state)
    yield from (EntryChange("cancelled", old, old) for key, old in before.items() if key not in after)


def _state(agenda: Agenda, x: Showing) -> EntryState:
    return EntryState(x.key, x.uid, 0, agenda.stamp, agenda.stamp, x.last, x.body, x.fingerprint)


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
