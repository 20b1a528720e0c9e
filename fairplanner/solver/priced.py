"""What one unit more of a limit is worth: the prices of a problem's relaxation, by the names people know limits by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.rules import RULES
from fairplanner.rules.contract import Rule
from fairplanner.rules.tables import Problem
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import previous_point, rows_by_name
from fairplanner.solver.relax import Floats, relax

NOUGHT = 1e-7
"""Prices below this are the engine's slips, not worth."""


def priced(
    problem: Problem, plan: Plan | None = None, *, rules: Sequence[Rule] = RULES, model: Model | None = None,
    tolerance: float = 1e-4, seconds: float = 60.0,
) -> Prices:  # fmt: skip
    """Prices of all limits that bind in the relaxation: thousandths of a point for one unit more of the row's own amount.

    At least 0 for a limit that is not to be exceeded (more of it is better), at most 0 for one that is to be reached (each
    unit more asked for costs). With a `plan` its delegations are held, so the prices are of money and places for those who
    go, not of a delegation more. Exact up to `relax.EXACT` coefficients, then within `tolerance`. Without a `plan` they prove a
    bound, and may be given to `solve`; rows of one firm are told too, numbered after those of the same name that several share.
    """
    model = build(problem, rules) if model is None else model
    held = model if plan is None else _held(model, previous_point(problem, model, plan))
    paid = relax(held, tolerance=tolerance, seconds=seconds).prices
    return told(model, paid)


def _held(model: Model, point: Ints) -> Model:
    """The model with its delegations as they are at a point."""
    lower, upper = model.lower.copy(), model.upper.copy()
    place = model.blocks["delegations"]
    lower[place] = upper[place] = point[place]
    return replace(model, lower=lower, upper=upper)


def told(model: Model, prices: Floats) -> Prices:
    """Prices (m) of all rows by name, in each rule's own unit; those of 0 are left out."""
    rows = rows_by_name(model)
    own = np.asarray(prices, float)[rows["row"]] / model.scale[rows["row"]]
    paid = np.flatnonzero(np.abs(own) > NOUGHT)
    names = (rows[column].iloc[paid].tolist() for column in ("rule", "label", "number"))
    values = [float(f"{x:.9g}") for x in own[paid].tolist()]
    return Prices(tuple(RowPrice(*row) for row in zip(*names, values, strict=True)))
