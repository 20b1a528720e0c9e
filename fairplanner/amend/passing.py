"""Why somebody on the reserve list was passed over, with the numbers that a planner says on the telephone."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.amend.draft import Draft
from fairplanner.domain.amending import Passed, facts
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import allotment_pools, most_booths
from fairplanner.rules.reckon.lists import Line, PlacesList


def passed_over(draft: Draft, found: PlacesList, line: Line, rules: Sequence[str]) -> Passed:
    """One who cannot take the place: turn, rules, and `why` with booths free, given, handed down and accepted at the least."""
    a = line.application
    least = max(1, a.least_booths)
    said: dict[str, object] = {"least": least, "why": _why(draft.programme, a, rules)}
    if found.available is not None:
        free = found.available - found.booths
        said |= {"available": found.available, "free": free, "given": found.booths}
        if not said["why"] and free < least:
            said["why"] = "few"
    elif said["why"]:
        said["why"] = ""
    if said["why"] == "quota":
        said["most"] = most_booths(draft.programme, a)
    return Passed(a.application_id, line.turn, tuple(rules), facts(**said))


def _why(programme: Programme, a: Application, rules: Sequence[str]) -> str:
    """What the booth-base procedure, a quota or the firm's money says to it before any plan; '' where they say nothing."""
    if tuple(rules) != ("allotment",):
        return ""
    for pool in allotment_pools(programme).pools:
        for x in pool.handed.allotments:
            if x.application_id == a.application_id and not x.booths:
                return x.why[0][0]
    return "quota" if most_booths(programme, a) < max(1, a.least_booths) else "money"
