"""What several rules on claims count: claims under some subsidies, and things that are there if any of their members is.

A unit (a firm, a visit, a market) has one private 0/1 column, tied to its members from both sides: 1 exactly where one of them
is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import Role
from fairplanner.domain.packs import FirmTest
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import Block, Columns, Rows
from fairplanner.rules.helpers import Ints, groups, implies, labels_of
from fairplanner.rules.names import Names, picked
from fairplanner.rules.reckon.eligibility import passes, young_until
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Units:
    """`frame`: one row of keys a unit; `unit`, `column`: each member's unit and its column in `table`. Labels begin with `name`."""

    block: Block
    frame: pd.DataFrame
    table: str
    unit: Ints
    column: Ints
    labels: Names

    def __len__(self) -> int:
        return len(self.frame)

    def columns(self) -> Columns:
        """The private columns."""
        return Columns(self.block[1], self.labels, np.ones(len(self), np.int64))

    def ties(self, sizes: dict[Block, int]) -> Iterator[Rows]:
        """member <= unit, and unit <= sum of its members."""
        every, one = np.arange(len(self)), np.arange(len(self.unit))
        yield implies(
            picked(self.labels, self.unit),
            {self.table: [(one, self.column, 1)]},
            {self.block: [(one, self.unit, 1)]},
            sizes,
        )
        yield implies(
            self.labels, {self.block: [(every, every, 1)]}, {self.table: [(self.unit, self.column, 1)]}, sizes
        )


def units(key: str, name: str, table: str, members: pd.DataFrame, keys: list[str]) -> Units:
    """Units of `members` (rows with the `column` of their decision), one for each combination of `keys`."""
    at, frame = groups(members, keys)
    return Units(
        (key, name), frame, table, at, members["column"].to_numpy(np.int64), labels_of(frame, keys, first=name)
    )


def columns_of(made: Iterable[Units]) -> Iterator[Columns]:
    """The private columns of all of these."""
    return (u.columns() for u in made)


def supported(problem: Problem, subsidies: Iterable[str], test: FirmTest | None = None) -> pd.DataFrame:
    """Claims under any of the subsidies by firms that pass, with their `column`, `section`, `sponsor`, `stand` and `booths`.

    Section, sponsor and stand are those of the participation; '' and 0 for claims on journeys.
    """
    claims = numbered(problem.claims)
    claims = claims[claims["subsidy"].isin(list(subsidies))]
    if test is not None:
        claims = claims[passing(problem.programme, test, claims)]
    own = problem.participations[["section", "sponsor", "stand", "booths"]]
    at = pd.Index(claims["participation"])
    found = own.reindex(at).reset_index(drop=True).set_index(claims.index)
    return claims.assign(
        **{name: found[name].fillna("") for name in ("section", "sponsor", "stand")},
        booths=found["booths"].fillna(0).astype("int64"),
    )


def exhibiting(problem: Problem) -> pd.DataFrame:
    """Participations that exhibit, with their `column`."""
    places = numbered(problem.participations)
    return places[places["role"] == Role.EXHIBIT.value]


def by_phase(frame: pd.DataFrame, key: Callable[[str], object]) -> pd.Series:
    """A fact of each row's phase, reckoned once a phase."""
    known = {phase: key(phase) for phase in sorted(set(frame["phase"]))}
    return frame["phase"].map(known).astype(object)


def passing(programme: Programme, test: FirmTest, rows: pd.DataFrame) -> Bools:
    """Which rows (`firm`, `phase`) a test means on the first fair day; what hangs on the firm alone is asked once a firm."""
    found = np.ones(len(rows), bool)
    alone = test.model_copy(update={"most_years": None, "first_timer": False})
    if alone != FirmTest():
        meant = {f: passes(programme, alone, f, date.min) is None for f in sorted(set(rows["firm"]))}
        found &= rows["firm"].map(meant).to_numpy(bool)
    opens = by_phase(rows, lambda q: (programme.phase[q].start or date.max).toordinal()).to_numpy(np.int64)
    if test.most_years is not None:
        grown = {f.firm_id: young_until(f.founded, test.most_years).toordinal() for f in programme.firms if f.founded}
        found &= opens <= rows["firm"].map(grown).fillna(0).to_numpy(np.int64)
    if test.first_timer:
        found &= opens <= _first_time(programme, rows)
    return found


def _first_time(programme: Programme, rows: pd.DataFrame) -> Ints:
    """First day (ordinal) on which each row's firm is in the ledger with the row's fair; far ahead where it never is."""
    ledger = pd.DataFrame(
        [(r.firm_id, r.fair_id, r.on.toordinal()) for r in programme.ledger if not r.empty],
        columns=["firm", "fair", "on"],
    )
    asked = pd.DataFrame({"firm": rows["firm"], "fair": by_phase(rows, lambda q: programme.phase[q].fair_id)})
    first = ledger.groupby(["firm", "fair"])["on"].min()
    at = pd.MultiIndex.from_frame(asked)
    found: Ints = first.reindex(at).fillna(date.max.toordinal()).to_numpy(np.int64)
    return found
