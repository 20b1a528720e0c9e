"""Years that were found so far: of those of one firm that ask the same of all shared rows only the best is kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array, vstack

from fairplanner.solver.model import Ints
from fairplanner.solver.pricing import Pricer

_MIXER = np.int64(0x9E3779B97F4A7C1)


class Years(NamedTuple):
    """Years of firms as points of the model: `firm` (k), `point` (k × n)."""

    firm: Ints
    point: csr_array


class Pool:
    """k years: `firm` (k), `points` k × n of the model, `gain` (k), `asked` k × shared rows."""

    def __init__(self, pricer: Pricer) -> None:
        self.pricer = pricer
        n, m = len(pricer.model.gain), len(pricer.shared)
        self.firm, self.gain, self._mixed = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.points, self.asked = csr_array((0, n), dtype=np.int64), csr_array((0, m), dtype=np.int64)
        self._weight = np.arange(1, m + 1, dtype=np.int64) * _MIXER

    def __len__(self) -> int:
        return len(self.firm)

    def add(self, firms: Ints, years: Ints) -> Ints:
        """Take up the years (local columns) of these firms; the numbers of those that are new."""
        blocks = self.pricer.blocks
        used = np.flatnonzero(years)
        owner = blocks.firm[used]
        wanted = np.full(self.pricer.firms, -1)
        wanted[firms] = np.arange(len(firms))
        used = used[wanted[owner] >= 0]
        place = wanted[blocks.firm[used]]
        points = csr_array((years[used], (place, blocks.column[used])), shape=(len(firms), self.points.shape[1]))
        return self.take(firms, points)

    def take(self, firms: Ints, points: csr_array) -> Ints:
        """As `add`, for rows of points of the model."""
        asked = csr_array(points @ csr_array(self.pricer.usage.T))
        gain = np.asarray(points @ self.pricer.model.gain)
        mixed = np.asarray(asked @ self._weight)
        before = len(self)
        keys = np.append(self.firm, firms), np.append(self._mixed, mixed), np.append(self.gain, gain)
        order = np.lexsort((np.arange(len(keys[0])), -keys[2], keys[1], keys[0]))
        same = (np.diff(keys[0][order], prepend=-1) == 0) & (np.diff(keys[1][order], prepend=0) == 0)
        better = np.ones(len(order), bool)
        better[order[same]] = False
        new = np.flatnonzero(better[before:])
        # a year that a new one replaces stays, so that numbers of years never change
        self.firm, self._mixed, self.gain = (
            np.append(a, b[new]) for a, b in zip((self.firm, self._mixed, self.gain), (firms, mixed, gain), strict=True)
        )
        self.points = csr_array(vstack([self.points, csr_array(points[new])]))
        self.asked = csr_array(vstack([self.asked, csr_array(asked[new])]))
        return before + np.arange(len(new))
