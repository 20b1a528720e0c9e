"""Places of a hand-made plan as the posed problem knows them: the rows each may be, or why it could not even be posed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.hand_made import HandPlace, SheetCell
from fairplanner.domain.plan import Excluded, Violation
from fairplanner.pose.ground import why_unusable
from fairplanner.rules.reckon.asking import closes_on
from fairplanner.rules.tables import Problem

DETAILS = (
    ("section", "section_id"),
    ("role", "role"),
    ("stand", "stand"),
    ("sponsor", "sponsor"),
    ("booths", "booths"),
)
"""Columns of `participations` with what the sheet may say of them; booths last, for they depend on the others."""
PACKAGES = ("booth-quota", "own-money", "allotment")
"""Why a number of booths was not posed (`pose.excluded.FACTS`)."""
NONE_OPEN = "-"
MOST_TOGETHER = 5
"""Applications of a firm at one phase whose booths are tried together."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a hand-made plan, and the cells that have a part in it (none where what is missing stands nowhere).

    `kind`: a rule is `broken` (`violation`); it could not even be posed for a `reason`; nobody `unasked` for it (facts
    `closes`, `is_over`); or the sheet `differs` from the application (facts `field`, `said`, `open`: what it may be).
    """

    kind: Literal["broken", "reason", "unasked", "differs"]
    cells: tuple[SheetCell, ...]
    places: tuple[HandPlace, ...] = ()
    violation: Violation | None = None
    reason: Excluded | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Posed:
    """A place of the sheet: `sets` of rows of `problem.participations`, of each of which one is to be there; none where it
    could not be posed. Several where a number of booths is that of several applications of the firm together. `is_open`: it
    is only said that the firm goes, so that at least one of the rows is to be there.
    """

    place: HandPlace
    sets: tuple[NDArray[np.int64], ...]
    findings: tuple[Finding, ...] = ()
    is_open: bool = False


class Poser:
    """Looks places up in one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.programme = problem, problem.programme
        rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        firms, phases = (problem.participations[name].tolist() for name in ("firm", "phase"))
        for row, at in enumerate(zip(firms, phases, strict=True)):
            rows[at].append(row)
        self._rows = {at: np.array(found, np.int64) for at, found in rows.items()}
        self._why = why_unusable(self.programme)
        self._asked = {(a.firm_id, a.phase_id) for a in self.programme.applications}

    def __call__(self, place: HandPlace) -> Posed:
        """The rows that fit all that the sheet says of the place; where none fits, those that come nearest, and what differs."""
        rows = self._rows.get((place.firm_id, place.phase_id), np.array([], np.int64))
        if not len(rows):
            return Posed(place, (), (self._unposed(place),))
        found: list[Finding] = []
        for column, name in DETAILS:
            said = getattr(place, name)
            if said in ("", None):
                continue
            own = self.problem.participations[column].iloc[rows]
            fits = rows[(own == said).to_numpy()]
            if column == "booths" and not len(fits) and (several := self._together(rows, int(said))):
                return Posed(place, several, tuple(found))
            if not len(fits):
                found.append(self._differs(place, column, said, own))
                fits = rows[(own == _nearest(own, said)).to_numpy()] if column == "booths" else rows
            rows = fits
        return Posed(place, (rows,), tuple(found), place.booths is None and not place.section_id)

    def _together(self, rows: NDArray[np.int64], booths: int) -> tuple[NDArray[np.int64], ...]:
        """Rows of each of the firm's applications there, where these together come to a number of booths; the more for those
        first in order of id. Nothing where no numbers do."""
        places = self.problem.participations.iloc[rows]
        own = [
            (rows[at], places["booths"].to_numpy()[at])
            for _, at in sorted(places.groupby("application").indices.items())
        ]
        if not 1 < len(own) <= MOST_TOGETHER:
            return ()
        numbers = [sorted(set(counts.tolist()), reverse=True) for _, counts in own]
        found = next((x for x in product(*numbers) if sum(x) == booths), ())
        return tuple(at[counts == n] for (at, counts), n in zip(own, found, strict=False))

    def _unposed(self, place: HandPlace) -> Finding:
        cells = (place.at("fair"),)
        if reason := self._reason(place):
            return Finding("reason", cells, (place,), reason=reason)
        closes = closes_on(self.programme, place.phase_id)
        is_over = closes is not None and closes < self.programme.settings.as_of
        facts = (("closes", closes.isoformat() if closes else ""), ("is_over", "yes" if is_over else ""))
        return Finding("unasked", cells, (place,), facts=facts)

    def _reason(self, place: HandPlace) -> Excluded | None:
        """Why the firm's application could not be posed, else why nobody's at the phase could."""
        at = place.firm_id, place.phase_id
        own = [
            e
            for e in self.problem.excluded
            if (e.firm_id, e.phase_id) == at and e.kind in ("application", "participation")
        ]
        of_section = [
            e for e in own if place.section_id and f"/{place.section_id}" in dict(e.facts).get("application", "")
        ]
        if own:
            return (of_section or own)[0]
        why = self._why.get(place.phase_id, "")
        facts = (("reason", why),)
        return Excluded(kind="phase", rule="travel-dates", phase_id=place.phase_id, facts=facts) if why else None

    def _differs(self, place: HandPlace, column: str, said: object, own: pd.Series) -> Finding:
        cells = (place.at(column),)
        if column == "booths" and (reason := self._package(place, int(str(said)))):
            return Finding("reason", cells, (place,), reason=reason)
        may_be = ";".join(str(x) for x in sorted(set(own.tolist()))) or NONE_OPEN
        facts = (("field", column), ("open", may_be), ("said", str(said)))
        return Finding("differs", cells, (place,), facts=facts)

    def _package(self, place: HandPlace, booths: int) -> Excluded | None:
        """Why so many booths could not be posed, where that has a reason of its own."""
        at = place.firm_id, place.phase_id
        told = (e for e in self.problem.excluded if e.kind == "participation" and (e.firm_id, e.phase_id) == at)
        return next((e for e in told if e.rule in PACKAGES and int(dict(e.facts)["booths"]) <= booths), None)


def _nearest(own: pd.Series, said: object) -> int:
    """The most booths that are no more than what is said, else the fewest."""
    numbers = sorted(set(own.tolist()))
    below = [n for n in numbers if n <= int(str(said))]
    return int(below[-1] if below else numbers[0])
