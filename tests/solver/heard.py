"""Models small enough for a proof, and an ear for what an engine tells: every point must be kept, every bound must hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.pricing import Pricer
from fairplanner.solver.result import Found
from tests.solver.small import SHAPE, a_problem, limits, wanted

SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(0, 10_000), st.integers(1, 2), st.integers(0, 3))
"""Firms, phases, seed, options, least firms of a delegation."""


def a_model(firms: int, phases: int, seed: int, options: int, least: int) -> Model:
    problem = a_problem(firms, phases, seed, options=options, least=least)
    return build(problem, [*SHAPE, limits(3, 1_000_000, 3), wanted(firms, 3_000)])


def best_point(model: Model) -> Ints:
    """A point than which none is worth more, by the exact engine."""
    found = search(model, Effort(60, 60.0, 0.0))
    assert found.point is not None
    assert found.bound == model.value(found.point)
    return found.point


def any_point(model: Model, seed: int) -> Ints:
    """A point within its box that may break every row."""
    return np.random.default_rng(seed).integers(model.lower, np.minimum(model.upper, model.lower + 1) + 1)


class Heard:
    """What an engine told: by whom, which value, which bound."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.told: list[tuple[str, int | None, int | None]] = []
        self.point: Ints | None = None
        self.bound: int | None = None
        self.repeatable = True

    def learn(self, found: Found, engine: str) -> None:
        """Take it up; a point that breaks a row is refused at once."""
        value = None
        if found.point is not None:
            assert self.model.is_kept(found.point)
            value = self.model.value(found.point)
            if self.point is None or value > self.model.value(self.point):
                self.point = found.point
        if found.bound is not None:
            self.bound = found.bound if self.bound is None else min(self.bound, found.bound)
        self.told.append((engine, value, found.bound))

    def best(self) -> Found:
        """The best of it."""
        return Found(self.point, self.bound)

    def bounds(self, engine: str) -> list[int]:
        """Bounds that an engine told, in order."""
        return [bound for name, _, bound in self.told if name == engine and bound is not None]


def a_pricer(model: Model) -> Pricer:
    """With no prices of firms' own rows."""
    return Pricer(model, np.zeros(model.size[0]))


def some_plan(model: Model) -> Ints:
    """A kept point that is worth as little as any."""
    return best_point(replace(model, gain=-model.gain))


def breach(model: Model, x: Ints) -> Ints:
    """How much each row is broken by (m)."""
    sums = model.matrix @ x
    return np.maximum(0, model.row_lower - sums) + np.maximum(0, sums - model.row_upper)
