"""Exact leximin over zones: the worst share as large as it can be, then the second worst, and so on; then the best plan.

A share is places given over places entitled to, in thousandths. Zones that cannot have more at a level are found by a solve
each, never by prices (research/solver.md B.12). Every level reports its own bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.errors import NoPlan
from fairplanner.rules.reckon.fairness import entitled_places, zone_of
from fairplanner.rules.tables import Problem
from fairplanner.solver.engines import run
from fairplanner.solver.model import SHARED, Ints, Model
from fairplanner.solver.shape import activity

THOUSAND = 1000


@dataclass(frozen=True)
class Level:
    """Zones settled at a level, their share in thousandths, and the bound that was proven for it."""

    zones: tuple[str, ...]
    share: int
    bound: int

    @property
    def gap(self) -> float:
        """(bound - share) / share; 0 where it is proven."""
        return (self.bound - self.share) / self.share if self.share else float(self.bound > 0)


def levels(
    problem: Problem, model: Model, seconds: float, *, reproducible: bool = True, workers: int = 8,
    tell: Callable[[Level], None] | None = None,
) -> tuple[Level, ...]:  # fmt: skip
    """The levels of a problem's zones, worst first; `seconds` for each solve. Raises NoPlan where no plan was found."""
    search = _Search(problem, model, seconds, reproducible, workers)
    found: list[Level] = []
    while search.open:
        level = search.next_level()
        found.append(level)
        if tell:
            tell(level)
    return tuple(found)


def floored(problem: Problem, model: Model, found: tuple[Level, ...]) -> Model:
    """The model with every zone kept at its level."""
    floors = {zone: level.share for level in found for zone in level.zones}
    counts, entitled = _counts(problem, model), entitled_places(problem.programme)
    return _with_rows(model, [counts[z] for z in floors], [_places(entitled[z], t) for z, t in floors.items()])


def _places(entitled: int, share: int) -> int:
    """Places that a share in thousandths means at least."""
    return -(-entitled * share // THOUSAND)


class _Search:
    """What is settled so far: `floors` in places, and the zones that are still open."""

    def __init__(self, problem: Problem, model: Model, seconds: float, reproducible: bool, workers: int) -> None:
        self.model, self.seconds, self.reproducible, self.workers = model, seconds, reproducible, workers
        self.entitled = entitled_places(problem.programme)
        self.counts = _counts(problem, model)
        self.floors: dict[str, int] = {}
        self.open = sorted(self.entitled)

    def next_level(self) -> Level:
        """Raise the worst open share as far as it goes, then settle the zones that cannot have more."""
        share, bound = self._raised()
        stuck = [zone for zone in self.open if not self._can_have_more(zone, share)]
        # whole places can let every zone have more one at a time, yet not together: then as few as can be stay
        settled = stuck or self._fewest_left(share)
        for zone in settled:
            self.floors[zone] = _places(self.entitled[zone], share)
        self.open = [zone for zone in self.open if zone not in settled]
        return Level(tuple(settled), share, bound)

    def _raised(self) -> tuple[int, int]:
        """Largest t with 1000 × places >= t × entitled for every open zone; and its bound."""
        model, n = self._floored(), len(self.model.gain)
        column = csr_array((model.matrix.shape[0], 1), dtype=np.int64)
        rows = [hstack([self.counts[z] * THOUSAND, csr_array([[-self.entitled[z]]])]) for z in self.open]
        wide = replace(
            model, matrix=csr_array(hstack([model.matrix, column])), gain=np.append(np.zeros(n, np.int64), 1),
            lower=np.append(model.lower, 0), upper=np.append(model.upper, THOUSAND), group=np.append(model.group, SHARED),
        )  # fmt: skip
        wide = _with_rows(wide, [csr_array(r) for r in rows], [0] * len(rows))
        point, bound = self._solved(wide)
        return int(point[n]), min(THOUSAND, bound)

    def _fewest_left(self, share: int) -> list[str]:
        """The open zones that stay at a level when as many as can be get beyond it; of several such sets the first found."""
        model, n, size = self._floored(), len(self.model.gain), len(self.open)
        column = csr_array((model.matrix.shape[0], size), dtype=np.int64)
        eye = -np.diag([self._step(z, share) for z in self.open]).astype(np.int64)
        rows = [csr_array(hstack([self.counts[z], csr_array(eye[i : i + 1])])) for i, z in enumerate(self.open)]
        ones = np.ones(size, np.int64)
        wide = replace(
            model, matrix=csr_array(hstack([model.matrix, column])), gain=np.append(np.zeros(n, np.int64), ones),
            lower=np.append(model.lower, 0 * ones), upper=np.append(model.upper, ones), group=np.append(model.group, ones * SHARED),
        )  # fmt: skip
        point, _ = self._solved(_with_rows(wide, rows, [_places(self.entitled[z], share) for z in self.open]))
        left = [z for z, raised in zip(self.open, point[n:], strict=True) if not raised]
        return left or list(self.open)

    def _step(self, zone: str, share: int) -> int:
        """Places from a share to the next one; 0 where the whole places that a share means are already worth more."""
        return _places(self.entitled[zone], share + 1) - _places(self.entitled[zone], share)

    def _can_have_more(self, zone: str, share: int) -> bool:
        """Whether a zone can get beyond the share while the other open ones keep theirs; whole places may do so by themselves."""
        wanted = _places(self.entitled[zone], share + 1)
        if wanted > self.entitled[zone] or not self._step(zone, share):
            return wanted <= self.entitled[zone]
        others = {z: _places(self.entitled[z], share) for z in self.open if z != zone}
        model = self._floored(others | {zone: wanted})
        try:
            self._solved(replace(model, gain=np.zeros_like(model.gain)))
        except NoPlan:
            return False
        return True

    def _floored(self, more: Mapping[str, int] | None = None) -> Model:
        floors = self.floors | dict(more or {})
        return _with_rows(self.model, [self.counts[z] for z in floors], list(floors.values()))

    def _solved(self, model: Model) -> tuple[Ints, int]:
        found, _ = run(model, self.seconds, 0.0, self.reproducible, self.workers, None)
        if found.point is None:
            raise NoPlan("infeasible" if found.infeasible else "unknown")
        value = model.value(found.point)
        return found.point, max(value, found.bound if found.bound is not None else model.reach)


def _counts(problem: Problem, model: Model) -> dict[str, csr_array]:
    """For each compared zone a row over the model's columns that counts its places."""
    place, n = model.blocks["participations"], len(model.gain)
    zone = problem.participations["firm"].map({f: zone_of(problem.programme, f) for f in problem.programme.firm})
    rows = {}
    for z in entitled_places(problem.programme):
        mine = np.flatnonzero((zone == z).to_numpy(bool)) + place.start
        ones = np.ones(len(mine), np.int64)
        rows[z] = csr_array((ones, (np.zeros(len(mine), np.int64), mine)), shape=(1, n))
    return rows


def _with_rows(model: Model, rows: list[csr_array], lower: list[int]) -> Model:
    """The model with rows added that must reach `lower`."""
    if not rows:
        return model
    size = len(rows)
    wide = csr_array(vstack([csr_array((r.data, r.indices, r.indptr), shape=(1, len(model.gain))) for r in rows]))
    # what the row can come to, never a large number for "no limit": HiGHS proved bounds that were false beside one
    most = np.maximum(activity(wide, model.lower, model.upper)[1], lower)
    return replace(
        model, matrix=csr_array(vstack([model.matrix, wide])), row_lower=np.append(model.row_lower, lower),
        row_upper=np.append(model.row_upper, most), scale=np.append(model.scale, np.ones(size, np.int64)),
        rules=(*model.rules, *["fair-shares"] * size), labels=(*model.labels, *["leximin"] * size),
    )  # fmt: skip
