"""The model that every engine solves: whole-number columns, labelled rows, one objective; made from tables and rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from fairplanner.errors import FairplannerError
from fairplanner.rules.contract import NO_LIMIT, Block, Rows, Rule
from fairplanner.rules.names import Same, chained, picked
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver import shape

Ints = NDArray[np.int64]
LARGEST = 2.0**60
"""No row or objective may reach this in magnitude: CP-SAT reckons in 64-bit whole numbers."""

SHARED = -1
"""Owner of what more than one firm has a part in."""


class ModelError(FairplannerError):
    """The rows or the objective cannot be solved exactly in whole numbers; the message names the label."""


@dataclass(frozen=True, eq=False)
class Model:
    """maximise gain @ x, row_lower <= matrix @ x <= row_upper, lower <= x <= upper, x whole; n columns, m rows.

    `gain` in thousandths of a point. `rules` and `labels` name the m rows (written when they are read); a row was divided by
    its `scale` (m), so amounts are multiplied by it. `blocks` says where a table's columns stand.
    `group` (n) is the firm a column belongs to: an index into `firms`, or SHARED for delegations and for private columns
    that no single firm owns. Empty and trivially true rows are gone; trivially false ones stay.
    """

    blocks: dict[Block, slice]
    lower: Ints
    upper: Ints
    gain: Ints
    matrix: csr_array
    row_lower: Ints
    row_upper: Ints
    scale: Ints
    rules: Sequence[str]
    labels: Sequence[str]
    firms: tuple[str, ...]
    group: Ints

    @cached_property
    def row_group(self) -> Ints:
        """Firm whose columns alone a row touches (an own row), else SHARED; derived, never declared."""
        return shape.row_groups(self.matrix, self.group)

    @property
    def size(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self.row_lower), len(self.gain)

    def vectors(self, x: Ints) -> dict[str, Ints]:
        """The columns of the decided tables, by table."""
        return {name: x[self.blocks[name]] for name in DECIDED}

    def value(self, x: Ints) -> int:
        """Objective of a point, thousandths of a point."""
        return int(self.gain @ x)

    @property
    def reach(self) -> int:
        """What no point is worth more than, rows or no rows: every column at its better end."""
        return int(np.maximum(self.gain * self.lower, self.gain * self.upper).sum())

    def bound_for(self, bound: int | None, x: Ints | None) -> int | None:
        """A bound as an engine told it, or None where a point that is worth more shows that it is none."""
        refuted = bound is not None and x is not None and self.value(x) > bound
        return None if refuted else bound

    def is_kept(self, x: Ints) -> bool:
        """Whether a point keeps every row and every bound."""
        sums = self.matrix @ x
        inside = (x >= self.lower).all() and (x <= self.upper).all()
        return bool(inside and (sums >= self.row_lower).all() and (sums <= self.row_upper).all())

    def only(self, rows: NDArray[np.bool_] | Ints) -> Model:
        """The same model under some of its rows."""
        index = np.flatnonzero(rows) if rows.dtype == bool else rows
        return replace(
            self, matrix=csr_array(self.matrix[index]), row_lower=self.row_lower[index], row_upper=self.row_upper[index],
            scale=self.scale[index], rules=picked(self.rules, index), labels=picked(self.labels, index),
        )  # fmt: skip


def build(problem: Problem, rules: Sequence[Rule]) -> Model:
    """The model of a problem under rules; raises ModelError naming the label of what whole numbers cannot hold."""
    draft = _Draft(problem)
    for rule in rules:
        draft.add_columns(rule, problem)
    for rule in rules:
        for rows in rule.rows(problem):
            draft.add_rows(rule.key, rows)
    # what rules shared is of no more use, and at scale as large as the tables themselves
    problem.kept.clear()
    return draft.finish(problem)


class _Draft:
    """Columns and rows while they are being collected; every piece of rows is tightened and packed as it comes."""

    def __init__(self, problem: Problem) -> None:
        self.blocks: dict[Block, slice] = {}
        self.lower: list[Ints] = []
        self.upper: list[Ints] = []
        self.gain: list[Ints] = []
        self.width = 0
        self.pieces: list[shape.Tight] = []
        self.names: list[tuple[str, Sequence[str]]] = []
        for name in DECIDED:
            table = problem.table(name)
            gain = table["gain"].to_numpy(np.int64)
            upper = table["most"].to_numpy(np.int64) if name == "cuts" else np.ones(len(gain), np.int64)
            self._block(name, np.zeros(len(gain), np.int64), upper, gain)

    def _block(self, name: Block, lower: Ints, upper: Ints, gain: Ints) -> slice:
        place = slice(self.width, self.width + len(gain))
        self.blocks[name] = place
        self.width = place.stop
        self.lower.append(lower)
        self.upper.append(upper)
        self.gain.append(gain)
        return place

    @property
    def height(self) -> int:
        """Rows kept so far."""
        return sum(len(piece.kept) for piece in self.pieces)

    def box(self) -> tuple[Ints, Ints]:
        """Bounds of all columns so far."""
        if len(self.lower) > 1:
            self.lower, self.upper = [np.concatenate(self.lower)], [np.concatenate(self.upper)]
        return self.lower[0], self.upper[0]

    def add_columns(self, rule: Rule, problem: Problem) -> None:
        for columns in rule.columns(problem):
            if not columns.integer:
                raise ModelError(f"{rule.key} {columns.name}: columns must be whole numbers")
            upper = np.asarray(columns.upper, np.int64)
            lower = np.zeros_like(upper) if columns.lower is None else np.asarray(columns.lower, np.int64)
            self._block((rule.key, columns.name), lower, upper, np.zeros_like(upper))

    def add_rows(self, key: str, rows: Rows) -> None:
        """Take up a rule's rows: soft ones with slack columns, conditional ones with the smallest big-M."""
        if rows.tier:
            raise ModelError(f"{key} {next(iter(rows.labels), '')}: tiers are not solved yet")
        matrix = self._placed(rows)
        lower, upper = np.asarray(rows.lower, np.int64), np.asarray(rows.upper, np.int64)
        hard: list[tuple[csr_array, Ints, Ints, Sequence[str]]] = [(matrix, lower, upper, rows.labels)]
        if rows.when is not None:
            block, index = rows.when
            switch = self.blocks[block].start + np.asarray(index, np.int64)
            _refuse_large(matrix, *self.box(), key, rows.labels)
            hard = [
                (part, low, high, picked(rows.labels, at))
                for part, low, high, at in shape.conditional(matrix, lower, upper, switch, *self.box())
            ]
        for part, low, high, labels in hard:
            self._take(key, part, low, high, labels, rows.steps)

    def _placed(self, rows: Rows) -> csr_array:
        """The terms of all blocks in one matrix over the columns known so far."""
        height, parts = len(rows.labels), []
        for block, terms in sorted(rows.terms.items(), key=lambda term: self.blocks[term[0]].start):
            place, term = self.blocks[block], csr_array(terms)
            if term.shape != (height, place.stop - place.start):
                raise ModelError(f"{block}: terms of shape {term.shape} for {height} rows")
            if not term.has_canonical_format:
                term = csr_array(coo_array(term))
            parts.append((place.start, term))
        return shape.beside(parts, (height, self.width))

    def _take(
        self,
        key: str,
        matrix: csr_array,
        lower: Ints,
        upper: Ints,
        labels: Sequence[str],
        steps: Sequence[tuple[int, int]] | None,
    ) -> None:
        parts = [(0, matrix)]
        for width, price in _rising(key, labels, steps):
            for sign, limited in ((1, np.flatnonzero(lower > -NO_LIMIT)), (-1, np.flatnonzero(upper < NO_LIMIT))):
                ones = np.ones(len(limited), np.int64)
                place = self._block((key, f"breach {len(self.blocks)}"), 0 * ones, width * ones, -price * ones)
                parts.append((place.start, shape.units(limited, sign, len(lower))))
        matrix = shape.beside(parts, (len(lower), self.width))
        low, high = self.box()
        _refuse_large(matrix, low, high, key, labels)
        made = shape.tightened(matrix, lower, upper, low, high)
        self.pieces.append(made)
        self.names.append((key, labels if len(made.kept) == len(labels) else picked(labels, made.kept)))

    def finish(self, problem: Problem) -> Model:
        (lower, upper), gain = self.box(), np.concatenate(self.gain)
        most = np.maximum(np.abs(lower.astype(float)), np.abs(upper.astype(float)))
        if float(np.abs(gain.astype(float)) @ most) >= LARGEST:
            raise ModelError("objective: the sum of all gains does not fit 64-bit whole numbers")
        made, self.pieces = shape.stacked(self.pieces, self.width), []
        firms, group = _groups(problem, self.width, self.blocks)
        return Model(
            self.blocks, lower, upper, gain, made.matrix, made.lower, made.upper, made.scale,
            chained(*(Same(key, len(labels)) for key, labels in self.names)), chained(*(labels for _, labels in self.names)),
            firms, shape.spread(made, lower, upper, group, self.blocks["delegations"]),
        )  # fmt: skip


def _rising(key: str, labels: Sequence[str], steps: Sequence[tuple[int, int]] | None) -> Iterator[tuple[int, int]]:
    """The steps of a soft row; refuses prices that fall or are negative, which would not be convex."""
    prices = [0, *(price for _, price in steps or ())]
    if any(a > b for a, b in pairwise(prices)):
        raise ModelError(f"{key} {next(iter(labels), '')}: prices of steps must rise")
    yield from steps or ()


def _refuse_large(matrix: csr_array, lower: Ints, upper: Ints, key: str, labels: Sequence[str]) -> None:
    """Refuses rows whose terms could come to more than whole numbers hold."""
    for i in np.flatnonzero(shape.reach(matrix, lower, upper) >= LARGEST)[:1]:
        raise ModelError(f"{key} [{labels[i]}]: the sum of its terms does not fit 64-bit whole numbers")


def _groups(problem: Problem, width: int, blocks: dict[Block, slice]) -> tuple[tuple[str, ...], Ints]:
    """Firms in order of id, and for each column its firm; SHARED for delegations, NOBODY's for private columns."""
    owned = [name for name in DECIDED if name != "delegations"]
    firms = tuple(sorted({firm for name in owned for firm in problem.table(name)["firm"]}))
    index = {firm: i for i, firm in enumerate(firms)}
    group = np.full(width, shape.NOBODY, np.int64)
    group[blocks["delegations"]] = SHARED
    for name in owned:
        group[blocks[name]] = problem.table(name)["firm"].map(index).to_numpy(np.int64)
    return firms, group
