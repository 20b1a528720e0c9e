"""The tables of a Problem: what must be decided. Rows are sorted by stable ids before indices are dealt.

Days are proleptic ordinals (`date.toordinal`), money is whole fen, values are thousandths of a point.
Five tables are decided: one 0/1 column a row of `delegations`, `journeys`, `participations`, `claims`; one whole number
from 0 to `most` a row of `cuts` (fen).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

import pandas as pd

from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme

Made = TypeVar("Made")
DECIDED = ("delegations", "journeys", "participations", "claims", "cuts")

SCHEMAS: dict[str, dict[str, str]] = {
    # a staff itinerary from a home city: one to three stops
    "trips": {"trip": "str", "home": "str", "regime": "str", "depart": "int64", "return": "int64", "days": "int64", "countries": "int64"},
    # trip row × phase, in order; staff may be present for part of a phase
    "stops": {"trip": "int64", "order": "int64", "phase": "str", "arrive": "int64", "leave": "int64"},
    # sponsor zone × trip; pools are "zone:skill" ('' where none is needed); most_firms -1: no limit
    "delegations": {
        "delegation": "str", "sponsor": "str", "trip": "int64", "regime": "str", "officials": "int64", "least_firms": "int64",
        "most_firms": "int64", "leader_pool": "str", "interpreter_pool": "str", "fund": "str", "cost": "int64", "gain": "int64",
    },
    # firm × the phases it attends between leaving and coming home
    "journeys": {
        "journey": "str", "firm": "str", "depart": "int64", "return": "int64", "people": "int64", "phases": "int64",
        "fare": "int64", "lodging": "int64", "saved": "int64", "gain": "int64",
    },
    # journey row × phase, in order
    "visits": {"journey": "int64", "order": "int64", "firm": "str", "phase": "str"},
    # application × sponsor × number of booths; rank 1 is first within rank_group ('' where the policy is `optimise`)
    "participations": {
        "participation": "str", "application": "str", "firm": "str", "zone": "str", "phase": "str", "fair": "str", "sponsor": "str",
        "section": "str", "role": "str", "stand": "str", "booths": "int64", "people": "int64", "score": "float64", "value": "int64",
        "stand_cost": "int64", "fitout": "int64", "freight": "int64", "fees": "int64", "gain": "int64", "rank_group": "str", "rank": "int64", "invited": "bool",
    },
    # application × part of the score
    "parts": {"application": "str", "part": "str", "points": "float64"},
    # participation row × subsidy × turn or level, or journey row × phase × subsidy (the other row is -1); `amount` is what
    # the subsidy gives on this claim alone; turn and level 0 where there is none
    "claims": {
        "claim": "str", "participation": "int64", "journey": "int64", "firm": "str", "phase": "str", "subsidy": "str", "fund": "str",
        "turn": "int64", "level": "int64", "amount": "int64", "gain": "int64",
    },
    # cell of claims that a limit over several claims, rounding or the payer may cut: subsidy × firm × phase ('' where the
    # subsidy is rounded over the year); `most` is the largest cut
    "cuts": {"cut": "str", "subsidy": "str", "firm": "str", "phase": "str", "fund": "str", "most": "int64", "gain": "int64"},
    # row of a decided table × fund × line × quarter: amount is what leaves the fund for each 1 of the column (cuts: -1 a fen)
    "cashflows": {"table": "str", "row": "int64", "fund": "str", "line": "str", "quarter": "str", "amount": "int64"},
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """A posed programme: aligned frames (columns of SCHEMAS) and what could not be posed, with the reason.

    `kept`: what rules have worked out of it (`once`); a problem made of it by `replace` begins with none.
    """

    programme: Programme
    trips: pd.DataFrame
    stops: pd.DataFrame
    delegations: pd.DataFrame
    journeys: pd.DataFrame
    visits: pd.DataFrame
    participations: pd.DataFrame
    parts: pd.DataFrame
    claims: pd.DataFrame
    cuts: pd.DataFrame
    cashflows: pd.DataFrame
    excluded: tuple[Excluded, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, schema in SCHEMAS.items():
            frame: pd.DataFrame = getattr(self, name)
            if list(frame.columns) != list(schema):
                raise ValueError(f"{name}: columns {list(frame.columns)} are not {list(schema)}")

    def table(self, name: str) -> pd.DataFrame:
        """A table by name."""
        frame: pd.DataFrame = getattr(self, name)
        return frame


def once(made: Callable[[Problem], Made]) -> Callable[[Problem], Made]:
    """A function of a problem that is worked out once a problem, since several rules and both halves of a rule ask for it.

    What it returns belongs to all who ask: nobody changes it in place.
    """
    name = f"{made.__module__}.{made.__qualname__}"

    @wraps(made)
    def kept(problem: Problem) -> Made:
        if name not in problem.kept:
            problem.kept[name] = made(problem)
        found: Made = problem.kept[name]
        return found

    return kept


def carry(of: Problem, to: Problem, *made: Callable[[Problem], Any]) -> None:
    """Keeps for a second problem what was worked out of a first (`once`), where both must come to the same."""
    for name in (f"{one.__module__}.{one.__qualname__}" for one in made):
        if name in of.kept:
            to.kept[name] = of.kept[name]


def frame(name: str, rows: pd.DataFrame | list[dict[str, object]]) -> pd.DataFrame:
    """A frame with exactly the columns and dtypes of SCHEMAS[name]; rows may be empty."""
    schema = SCHEMAS[name]
    made = pd.DataFrame(rows, columns=list(schema)) if isinstance(rows, list) else rows.reindex(columns=list(schema))
    kinds = {column: ("object" if dtype == "str" else dtype) for column, dtype in schema.items()}
    return made.astype(kinds).reset_index(drop=True)
