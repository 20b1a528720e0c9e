"""Exact leximin over zones: the worst share as large as it can be, as few zones as can be at it, then the next, and so on.

A share is places given over places entitled to, compared in thousandths (zones of more than a thousand firms are not told
apart place by place). Which zones stay at a level is left open until the plan is made: a level fixes how many are beyond it,
so no choice made early spoils a later level. Every level reports its own bound (research/solver.md B.12).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.errors import NoPlan
from fairplanner.rules.names import chained
from fairplanner.rules.reckon.fairness import entitled_places, zone_of
from fairplanner.rules.tables import Problem
from fairplanner.solver.engines import run
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.shape import activity

THOUSAND = 1000


@dataclass(frozen=True)
class Level:
    """How many zones stay at a share (thousandths) and how many are beyond it, each with the bound that was proven for it."""

    share: int
    bound: int
    at: int
    beyond: int
    most_beyond: int

    @property
    def gap(self) -> float:
        """(bound - share) / share; 0 where share and count are proven, 1 where only the count is not."""
        share = (self.bound - self.share) / self.share if self.share else float(self.bound > 0)
        return share or float(self.most_beyond > self.beyond)


def levels(
    problem: Problem, model: Model, seconds: float, *, reproducible: bool = True, workers: int = 8,
    tell: Callable[[Level], None] | None = None,
) -> tuple[Level, ...]:  # fmt: skip
    """The levels of a problem's zones, worst first; `seconds` for each solve.

    Raises NoPlan where no plan was found in that time, KeyboardInterrupt at Ctrl-C: half a leximin is none.
    """
    stairs = _Stairs(problem, model)
    found: list[Level] = []
    open_ = len(stairs.zones)

    def solved(wide: Model) -> tuple[Ints, int]:
        result, _, _ = run(wide, seconds, 0.0, reproducible, workers, None)
        if result.interrupted:
            raise KeyboardInterrupt
        if result.point is None:
            raise NoPlan("infeasible" if result.infeasible else "unknown")
        value = wide.value(result.point)
        return result.point, max(value, wide.reach if result.bound is None else result.bound)

    while open_:
        point, bound = solved(stairs.raised(found))
        share = int(point[-1])
        point, most = solved(stairs.counted(found, share))
        beyond = int(point[-len(stairs.zones) :].sum())
        found.append(Level(share, min(THOUSAND, bound), open_ - beyond, beyond, min(open_, most)))
        open_ = beyond
        if tell:
            tell(found[-1])
    return tuple(found)


def floored(problem: Problem, model: Model, found: Sequence[Level]) -> Model:
    """The model with every level kept; columns for who is beyond which level are added behind its own."""
    return _Stairs(problem, model).kept(found)


class _Stairs:
    """The model with one 0/1 column a zone and level: whether the zone is beyond it."""

    def __init__(self, problem: Problem, model: Model) -> None:
        self.model = model
        self.entitled = entitled_places(problem.programme)
        self.zones = sorted(self.entitled)
        self.counts = _counts(problem, model, self.zones)
        self.size = np.array([self.entitled[z] for z in self.zones], np.int64)

    def kept(self, found: Sequence[Level]) -> Model:
        """Every level: those beyond the one before have its share, as many as were found are beyond it."""
        made = self.model
        for n, level in enumerate(found):
            made = self._at_least(made, n, level.share)
            made = self._beyond(made, n, level.share)
            made = _with_rows(
                made, _block(made, -len(self.zones), np.ones((1, len(self.zones)), np.int64)), [level.beyond]
            )
        return made

    def raised(self, found: Sequence[Level]) -> Model:
        """Maximise t, the last column: 1000 places >= t entitled for every zone beyond the last level."""
        made, k = _with_columns(self.kept(found), [THOUSAND], gain=1), len(self.zones)
        terms = self._places(made) * THOUSAND + _column(made, -1, -self.size)
        lower = np.zeros(k, np.int64)
        if found:
            terms = terms + _block(made, -1 - k, -np.diag(THOUSAND * self.size))
            lower = -THOUSAND * self.size
        return _with_rows(made, csr_array(terms), lower)

    def counted(self, found: Sequence[Level], share: int) -> Model:
        """Maximise how many are beyond a share, the last columns, while all that were beyond the level before have it."""
        made = self._beyond(self._at_least(self.kept(found), len(found), share), len(found), share)
        gain = np.zeros(len(made.gain), np.int64)
        gain[-len(self.zones) :] = 1
        return replace(made, gain=gain)

    def _at_least(self, made: Model, n: int, share: int) -> Model:
        """Zones beyond level n - 1 (all of them at first) have at least the share."""
        least = _places(self.size, share)
        if not n:
            return _with_rows(made, self._places(made), least)
        return _with_rows(
            made, csr_array(self._places(made) + _block(made, -len(self.zones), -np.diag(least))), 0 * least
        )

    def _beyond(self, made: Model, n: int, share: int) -> Model:
        """New columns: 1 only for a zone with the next place after the share, and only if it was beyond the level before."""
        more, k = _places(self.size, share + 1), len(self.zones)
        made = _with_columns(made, (more <= self.size).astype(np.int64))
        made = _with_rows(made, csr_array(self._places(made) + _block(made, -k, -np.diag(more))), 0 * more)
        if not n:
            return made
        before = _block(made, -2 * k, np.eye(k, dtype=np.int64)) + _block(made, -k, -np.eye(k, dtype=np.int64))
        return _with_rows(made, csr_array(before), np.zeros(k, np.int64))

    def _places(self, made: Model) -> csr_array:
        """Places of each zone over the columns of a wider model."""
        own = self.counts
        return csr_array((own.data, own.indices, own.indptr), shape=(len(self.zones), len(made.gain)))


def _places(entitled: Ints, share: int) -> Ints:
    """Places that a share in thousandths means at least."""
    return -(-entitled * share // THOUSAND)


def _block(made: Model, start: int, values: Ints) -> csr_array:
    """Values that stand from the column `start` (counted from the end) on."""
    first = len(made.gain) + start
    rows, columns = np.nonzero(values)
    shape = (values.shape[0], len(made.gain))
    return csr_array((values[rows, columns], (rows, columns + first)), shape=shape)


def _column(made: Model, at: int, values: Ints) -> csr_array:
    return _block(made, at, values[:, None])


def _with_columns(model: Model, upper: Sequence[int] | Ints, gain: int = 0) -> Model:
    """The model with columns added that no row touches yet; with `gain` they alone are worth anything."""
    most = np.asarray(upper, np.int64)
    rows, k = model.matrix.shape[0], len(most)
    worth = np.zeros_like(model.gain) if gain else model.gain
    return replace(
        model, matrix=csr_array(hstack([model.matrix, csr_array((rows, k), dtype=np.int64)])),
        gain=np.append(worth, np.full(k, gain, np.int64)), lower=np.append(model.lower, 0 * most),
        upper=np.append(model.upper, most), group=np.append(model.group, np.full(k, SHARED)),
    )  # fmt: skip


def _counts(problem: Problem, model: Model, zones: Sequence[str]) -> csr_array:
    """One row a compared zone over the model's columns: its places."""
    place = model.blocks["participations"]
    number = {z: n for n, z in enumerate(zones)}
    zone = problem.participations["firm"].map({f: zone_of(problem.programme, f) for f in problem.programme.firm})
    at = zone.map(number).fillna(-1).to_numpy(np.int64)
    mine = np.flatnonzero(at >= 0)
    shape = (len(zones), len(model.gain))
    return csr_array((np.ones(len(mine), np.int64), (at[mine], mine + place.start)), shape=shape)


def _with_rows(model: Model, rows: csr_array, lower: Sequence[int] | Ints) -> Model:
    """The model with rows added that must reach `lower`."""
    size, least = rows.shape[0], np.asarray(lower, np.int64)
    # what the row can come to, never a large number for "no limit": HiGHS proved bounds that were false beside one
    most = np.maximum(activity(rows, model.lower, model.upper)[1], least)
    return replace(
        model, matrix=csr_array(vstack([model.matrix, rows])), row_lower=np.append(model.row_lower, least),
        row_upper=np.append(model.row_upper, most), scale=np.append(model.scale, np.ones(size, np.int64)),
        rules=chained(model.rules, ["fair-shares"] * size), labels=chained(model.labels, ["leximin"] * size),
    )  # fmt: skip
