"""Last year's figures: from last year's plan where somebody has given it, else from the participation ledger as far as it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.yearbook.figures import Basis, Month, Tally, Year, figures, prefecture

Key = TypeVar("Key", bound=Hashable)
Visit = tuple[str, str, date]
"""Firm, fair and its last day: several rows of a ledger where several subsidies were paid."""


def before(programme: Programme, last_year: tuple[Programme, Plan] | None) -> Year | None:
    """The figures a year earlier; None where nothing is known of it."""
    if last_year is not None:
        return figures(*last_year)
    return _of_ledger(programme)


def year_earlier(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _of_ledger(programme: Programme) -> Year | None:
    """What the ledger says of the same months a year earlier; booths left empty are no participation."""
    first, last = (year_earlier(d) for d in (programme.settings.window_from, programme.settings.window_to))
    rows = [r for r in programme.ledger if first <= r.on <= last and not r.empty and r.firm_id in programme.firm]
    if not rows:
        return None
    visits: dict[Visit, int] = {}
    for row in rows:
        visit = row.firm_id, row.fair_id, row.on
        visits[visit] = max(visits.get(visit, 0), row.booths)
    held = _Held(programme)
    return Year(
        Basis.LEDGER, _tally(visits.items()), len({fair for _, fair, _ in visits}),
        _grouped(visits, held.month), _grouped(visits, held.market_class), {},
        _grouped(visits, lambda v: prefecture(programme, programme.firm[v[0]].zone_id)),
        returned=_paid(rows), until=max(r.on for r in rows),
    )  # fmt: skip


def _paid(rows: Iterable[LedgerRow]) -> Decimal:
    return sum((r.amount for r in rows), Decimal(0))


def _tally(visits: Iterable[tuple[Visit, int]]) -> Tally:
    rows = tuple(visits)
    return Tally(
        len({(fair, on) for (_, fair, on), _ in rows}),
        len(rows),
        len({firm for (firm, _, _), _ in rows}),
        sum(booths for _, booths in rows),
    )


def _grouped(visits: dict[Visit, int], of: Callable[[Visit], Key]) -> dict[Key, Tally]:
    rows: defaultdict[Key, list[tuple[Visit, int]]] = defaultdict(list)
    for visit, booths in visits.items():
        rows[of(visit)].append((visit, booths))
    return {key: _tally(found) for key, found in rows.items()}


class _Held:
    """When and for which market a fair was held: as the phase of the table that closed on the day, else as the fair itself says."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.phase = {(q.fair_id, q.end): q for q in programme.phases if q.end}

    def month(self, visit: Visit) -> Month:
        """The month it opened in; that of its last day where nobody knows."""
        phase = self.phase.get((visit[1], visit[2]))
        day = phase.start if phase and phase.start else visit[2]
        return day.year, day.month

    def market_class(self, visit: Visit) -> str:
        """`emerging`, `key` or ''."""
        phase = self.phase.get((visit[1], visit[2]))
        phases = [phase] if phase else self.programme.phases_of.get(visit[1], ())
        classes = {self.programme.market_class(q.phase_id) for q in phases}
        return next((c for c in ("emerging", "key") if c in classes), "")
