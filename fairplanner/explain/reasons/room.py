"""Where an application stands: who is ahead of it and behind it in its order, and which quotas have no room for it."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.kinds import StandKind
from fairplanner.domain.planning import Quota
from fairplanner.explain.again import Base
from fairplanner.explain.reasons.answers import Asked
from fairplanner.rules.contract import SEPARATOR, label
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists
from fairplanner.rules.reckon.places import quotas_over
from fairplanner.rules.reckon.score import quota_zone
from fairplanner.solver.taken import Taken

BOOTHS = (StandKind.STANDARD, StandKind.BRAND)
QUOTA = ("booth-quota", "unplaced-quota")
KINDS = 4
"""Parts of a quota's label: phase, section, zone, kind."""


class Room:
    """One application in a finished plan; `taken`: what the plan has taken up."""

    def __init__(self, base: Base, asked: Asked, taken: Taken) -> None:
        self.base, self.programme, self.asked, self.taken = base, base.programme, asked, taken
        self.a = base.programme.application[asked.application_id]
        self.reason = asked.reasons[0] if asked.reasons else None

    def others(self, *, ahead: bool) -> list[tuple[float, date | None]]:
        """Scores and days of those ahead of it in its order, or of those behind it who wait."""
        found = self._list()
        own = (
            next((x for x in found.lines if x.application.application_id == self.a.application_id), None)
            if found
            else None
        )
        if found is None or own is None:
            return []
        lines = [
            x for x in found.lines
            if (x.rank < own.rank if ahead else x.rank > own.rank) and (ahead or x.state is State.WAITING)
        ]  # fmt: skip
        return [(x.score, x.application.received) for x in lines]

    def _list(self) -> PlacesList | None:
        key = self.a.phase_id, self.a.section_id, quota_zone(self.programme, self.a)
        lists = places_lists(self.programme, self.base.plan)
        return next((x for x in lists if (x.phase_id, x.section_id, x.zone_id) == key), None)

    def waiting_ahead(self) -> list[int]:
        """Booths that those who wait ahead of it want."""
        found = self._list()
        if found is None:
            return []
        waiting: list[int] = []
        for x in found.lines:
            if x.application.application_id == self.a.application_id:
                return waiting
            if x.state is State.WAITING:
                waiting.append(x.application.booths)
        return waiting

    def over(self) -> list[Quota]:
        """Rows of `quotas` that count the application's booths, the nearest zone's and its own section's first."""
        zone = self.programme.firm[self.a.firm_id].zone_id
        above = self.programme.zones_above(zone)
        rows = quotas_over(self.programme, self.a.phase_id, self.a.section_id, zone)
        limited = [q for q in rows if (q.booths if self.a.stand in BOOTHS else q.area_m2) is not None]
        return sorted(limited, key=lambda q: (above.index(q.zone_id), q.section_id == ""))

    def tight(self) -> list[str]:
        """Labels of the quotas that have no room for it, all of them; else the nearest."""
        said = dict(self.reason.facts)["quota"] if self.reason and self.reason.rule in QUOTA else ""
        if said and (self.reason is None or self.reason.rule == "booth-quota" or said.endswith(("area", "firms"))):
            return [said] if len(said.split(SEPARATOR)) == KINDS else []
        rows, booths, kind = self.over(), self.asked.least, "booths" if self.a.stand in BOOTHS else "area"
        full = [q for q in rows if self._used(q) + booths > (q.booths or 0) - q.reserve] if kind == "booths" else rows
        return [label(q.phase_id, q.section_id, q.zone_id, kind) for q in full or rows[:1]]

    def _used(self, q: Quota) -> int:
        used = self.taken.used(q)
        return used.open_booths if q.reserve else used.booths
