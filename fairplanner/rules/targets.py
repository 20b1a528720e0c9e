"""Targets are counted; floors are kept, other shortfalls cost points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import Counts, Regime
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.planning import Target
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_least, groups, implies, labels_of, ladder, widths
from fairplanner.rules.reckon.points import milli
from fairplanner.rules.reckon.targets import matches, reached
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import ancestry, hosted, numbered

OWN: Block = ("targets", "counted")
ONCE = {Counts.FIRMS: "firm", Counts.FAIRS: "fair"}
SENT = (Counts.DELEGATIONS, Counts.PROMOTION_TRIPS)


@dataclass(frozen=True)
class Targets(Law):
    """A target whose `floor` is set is reached; the shortfall of any other costs `points` for each one missing.

    What counts is written in `reckon.targets.count`. Label target. Unit of amount: what the target counts.
    Own columns `counted`: a firm or fair that counts once.
    """

    key = "targets"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One per target and firm (or fair) that it may count."""
        names = labels_of(_once(problem)[0], ["target", "unit"])
        yield Columns("counted", names, np.ones(len(names), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """counted <= places; and one row a target: what counts >= what is wanted."""
        units, ties = _once(problem)
        sizes = widths(problem, {OWN: len(units)})
        every = np.arange(len(units))
        taken: Entries = {"participations": [(ties["unit_row"], ties["column"], 1)]}
        yield implies(labels_of(units, ["target", "unit"]), {OWN: [(every, every, 1)]}, taken, sizes)
        for target in problem.programme.targets:
            missing = target.at_least - target.already
            if missing > 0:
                entries = _counted(problem, target, units)
                if target.floor:
                    yield at_least([target.target_id], entries, missing, sizes)
                else:
                    yield ladder([target.target_id], entries, missing, [(missing, milli(target.points))], sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts again: floors must be reached, and the plan must tell what it reaches."""
        said = {r.target_id: r for r in plan.targets}
        floors = {t.target_id for t in programme.targets if t.floor}
        for truth in reached(programme, plan.delegations, plan.participations):
            name = label(truth.target_id)
            if truth.target_id in floors and truth.short:
                yield self.broken(name, truth.short, reached=truth.reached, wanted=truth.wanted)
            claimed = said.pop(truth.target_id, None)
            if claimed != truth:
                off = abs(truth.reached - (claimed.reached if claimed else 0))
                yield self.broken(name, max(1, off), reached=truth.reached, wanted=truth.wanted)
        for unknown in sorted(said):
            yield self.broken(label(unknown), 1, reached=0, wanted=0)


def _places(problem: Problem, target: Target) -> pd.DataFrame:
    programme, places = problem.programme, problem.participations
    below = ancestry(programme)
    zones, phases = list(below[below["above"] == target.zone_id]["zone"]), _phases(programme, target)
    met = np.ones(len(places), bool)
    for (codes, ids), wanted in zip(_coded(problem), (zones, phases), strict=True):
        met &= ids.isin(wanted)[codes]
    column = np.flatnonzero(met)
    return places[["firm", "fair", "booths"]].iloc[column].assign(column=column)


@once
def _coded(problem: Problem) -> list[tuple[NDArray[np.int64], pd.Index]]:
    """Zone and phase of each participation, as numbers of what there is."""
    return [pd.factorize(problem.participations[name], use_na_sentinel=False) for name in ("zone", "phase")]


def _phases(programme: Programme, target: Target) -> list[str]:
    return [q for q in programme.phase if matches(programme, target, q)]


@once
def _once(problem: Problem) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Target × firm or fair that it may count, one row a column; and each with its participations (`unit_row`, `column`)."""
    ties = [
        pd.DataFrame({"target": [], "unit": [], "column": []}).astype(
            {"target": object, "unit": object, "column": "int64"}
        )
    ]
    for target in problem.programme.targets:
        if target.counts in ONCE:
            places = _places(problem, target)
            ties.append(
                pd.DataFrame(
                    {"target": target.target_id, "unit": places[ONCE[target.counts]], "column": places["column"]}
                )
            )
    every = pd.concat(ties, ignore_index=True)
    rows, units = groups(every, ["target", "unit"])
    return units, every.assign(unit_row=rows)


def _counted(problem: Problem, target: Target, units: pd.DataFrame) -> Entries:
    if target.counts in ONCE:
        mine = numbered(units)[(units["target"] == target.target_id).to_numpy(bool)]
        return {OWN: [(np.zeros(len(mine)), mine["column"], 1)]}
    if target.counts in SENT:
        sent = _sent(problem, target)
        return {"delegations": [(np.zeros(len(sent)), sent, 1)]}
    places = _places(problem, target)
    by = places["booths"] if target.counts is Counts.BOOTHS else 1
    return {"participations": [(np.zeros(len(places)), places["column"], by)]}


def counted_for(problem: Problem, target: Target) -> tuple[Entries, int]:
    """What counts towards a target, in a row of its own, and how many `counted` columns there are."""
    units, _ = _once(problem)
    return _counted(problem, target, units), len(units)


def _sent(problem: Problem, target: Target) -> pd.Series:
    programme, below = problem.programme, ancestry(problem.programme)
    zones = below[below["above"] == target.zone_id]["zone"]
    phases = _phases(programme, target)
    if target.counts is Counts.PROMOTION_TRIPS:
        phases = [q for q in phases if programme.fair[programme.phase[q].fair_id].promotes]
    stops = hosted(problem)
    stops = stops[stops["sponsor"].isin(list(zones)) & stops["phase"].isin(phases)]
    if target.counts is Counts.DELEGATIONS:
        stops = stops[stops["regime"] != Regime.HOME.value]
    return stops["column"].drop_duplicates()
