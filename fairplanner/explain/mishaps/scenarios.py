"""Scenarios (情景): what may happen, each a name, some assumptions and a weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError, Problem
from fairplanner.explain.assuming import parsed_all
from fairplanner.explain.cells import BadValueError, days_of

MOVE = re.compile(r"(?P<phase>.+?)\s*[:：]\s*(?P<sign>±|\+-|\+/-|[-+])?\s*(?P<days>[^:：+-]+)")
BOTH = ("-", "+")


@dataclass(frozen=True)
class Scenario:
    """What may happen; `weight`: a whole number, how much it counts beside the others and the base case."""

    name: str
    assumptions: tuple[Assumption, ...]
    weight: int = 1

    @property
    def phases(self) -> tuple[str, ...]:
        """Phases that are assumed to be different, in order of id."""
        return tuple(sorted({a.key for a in self.assumptions if a.table == "phases"}))

    @property
    def only(self) -> tuple[str, ...] | None:
        """The same where nothing else is assumed to be different but what moves along; None where something is."""
        return self.phases if {a.table for a in self.assumptions} <= {"phases", "activities"} else None

    @property
    def moved(self) -> tuple[str, int] | None:
        """The one phase that is on other days and by how many days it opens later (negative: earlier); 0 where it is off; None
        where the scenario is not of this kind."""
        cells = {a.column: a for a in self.assumptions if a.table == "phases"}
        if self.only is None or len(self.phases) != 1:
            return None
        if set(cells) == {"status"} and cells["status"].value == Status.CANCELLED:
            return self.phases[0], 0
        if set(cells) != {"start", "end"} or not all(a.before for a in cells.values()):
            return None
        shifts = {(date.fromisoformat(a.value) - date.fromisoformat(a.before)).days for a in cells.values()}
        return (self.phases[0], shifts.pop()) if len(shifts) == 1 else None


def scenario_of(programme: Programme, texts: Sequence[str], name: str = "", weight: int = 1) -> Scenario:
    """A scenario from what is typed after `--set`; its name, where none is given, is what is typed. Raises CatalogueError."""
    return Scenario(name or " ".join(texts), parsed_all(programme, texts), weight)


def scenarios_of(programme: Programme, given: Iterable[tuple[Sequence[str], str, int]]) -> tuple[Scenario, ...]:
    """Scenarios of texts, names and weights; raises CatalogueError with the problems of all of them."""
    made: list[Scenario] = []
    problems: list[Problem] = []
    for texts, name, weight in given:
        try:
            made.append(scenario_of(programme, texts, name, weight))
        except CatalogueError as error:
            problems += error.problems
    if problems:
        raise CatalogueError(problems)
    return tuple(made)


def move_texts(text: str) -> tuple[str, ...]:
    """`PHASE:+2w`, `PHASE:-10d` or `PHASE:±2w` as what is typed after `--set`; without a sign it is both. Raises CatalogueError."""
    found = MOVE.fullmatch(text.strip())
    if not found:
        raise CatalogueError([Problem("--move", 0, "", "risk-move", text)])
    return tuple(
        f"move:{found['phase']}={sign}{_days(found['days'], '--move')}d" for sign in _signs(found["sign"] or "±")
    )


def every_move(programme: Programme, plan: Plan, span: str) -> tuple[str, ...]:
    """Each fair of the plan so much earlier and so much later (`2w`, `10d`), in order of dates, as typed after `--set`."""
    days = _days(span.removeprefix("±"), "--all-moves")
    return tuple(f"move:{q}={sign}{days}d" for q in phases_of(programme, plan) for sign in BOTH)


def phases_of(programme: Programme, plan: Plan) -> tuple[str, ...]:
    """Phases at which the plan has a delegation, in order of dates."""
    found = {s.phase_id for d in plan.delegations for s in d.stops}
    return tuple(sorted(found, key=lambda q: (programme.phase[q].start or date.max, q)))


def _signs(sign: str) -> tuple[str, ...]:
    return (sign,) if sign in BOTH else BOTH


def _days(text: str, option: str) -> int:
    try:
        return days_of(text).days
    except BadValueError as bad:
        raise CatalogueError([bad.problem(option)]) from bad
