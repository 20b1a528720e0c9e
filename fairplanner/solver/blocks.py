"""A model cut into blocks, one a firm: its columns, the rows that only it has part in, and the shapes of those rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fairplanner.solver import implied
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.propagation import FAR, Lines
from fairplanner.solver.search import Firms
from fairplanner.solver.worth import Form

Floats = NDArray[np.float64]
Starts = tuple[Ints, Ints, Ints]
PLACE, JOURNEY, DEAR, SWITCH, CLAIM, CHOICE, CUT, OTHER, PAID = range(9)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Firms' columns (`column`, in local order; those of firm f from `at[f]` to `at[f + 1]`) and own rows (`row`, -1 for implied ones, `row_at`).

    `by_column`, `by_row`: starts, local indices, coefficients. `form` and `link_at`: see `search.Firms`.
    """

    model: Model
    column: Ints
    at: Ints
    row: Ints
    row_at: Ints
    by_column: Starts
    by_row: Starts
    floor: Ints
    roof: Ints
    form: Form
    link_at: Ints
    first_up: NDArray[np.bool_]
    kind: Ints

    @cached_property
    def firm(self) -> Ints:
        """The firm of each column, in local order."""
        return np.repeat(np.arange(len(self.at) - 1), np.diff(self.at))

    @cached_property
    def firms(self) -> Firms:
        """All of it as the search takes it."""
        lines = Lines(*self.by_column, *self.by_row, self.floor, self.roof)
        return Firms(self.at, self.row_at, lines, self.form, self.link_at, self.first_up)


def blocks_of(model: Model) -> Blocks:
    """The blocks of a model: whatever belongs to one firm."""
    row = np.flatnonzero(model.row_group >= 0)
    row = row[np.argsort(model.row_group[row], kind="stable")]
    own = csr_array(model.matrix[row])
    own.sort_indices()
    rows = _Rows(own, model.row_upper[row], model.lower, model.upper, _kinds(model))
    clique, (parent, group), linked, kind = rows.cliques(), rows.parents(), rows.links(), _told_apart(model, rows)
    owned = np.flatnonzero(model.group >= 0)
    column = owned[np.lexsort((owned, clique[owned], kind[owned], model.group[owned]))]
    at = np.searchsorted(model.group[column], np.arange(len(model.firms) + 1))
    row_at = np.searchsorted(model.row_group[row], np.arange(len(model.firms) + 1))
    local = np.full(len(model.gain), -1, np.int64)
    local[column] = np.arange(len(column)) - at[model.group[column]]
    lines = own.indptr.astype(np.int64), local[own.indices], own.data
    form, link_at = _form(rows, column, at, row_at, local, clique, parent, group, linked)
    ends, kind = (model.row_lower[row], model.row_upper[row]), kind[column]
    more = _implied(model, column, kind, at, row_at, lines, ends[1])
    row, row_at, lines, low, high = _with(row, row_at, lines, *ends, more)
    by_column = _by_column(at, row_at, lines)
    return Blocks(model, column, at, row, row_at, by_column, lines, low, high, form, link_at, kind == SWITCH, kind)


def _implied(
    model: Model, column: Ints, kind: Ints, at: Ints, row_at: Ints, lines: Starts, roof: Ints
) -> tuple[Ints, ...]:
    box = np.maximum(np.abs(model.lower), np.abs(model.upper))[column]
    back = np.select([kind == CLAIM, kind == CUT], [implied.CLAIM, implied.CUT], 0)
    return implied.implied(implied.Own(at, row_at, *lines, roof, box, np.isin(kind, (PLACE, JOURNEY)), back))


def with_rows(blocks: Blocks, more: tuple[Ints, Ints, Ints, Ints]) -> tuple[Blocks, Ints]:
    """Blocks with more rows (firm, starts, local columns, coefficients) that have no ends yet; and which is which (-1: old)."""
    firm, starts, columns, values = more
    count, old = len(firm), len(blocks.row)
    numbers = np.arange(old)
    row, row_at, lines, low, high = _with(
        numbers,
        blocks.row_at,
        blocks.by_row,
        blocks.floor,
        blocks.roof,
        (firm, starts, columns, values, np.full(count, FAR)),
        old,
    )
    extra = np.where(row >= old, row - old, -1)
    known = np.where(row < old, blocks.row[np.minimum(row, old - 1)], -1) if old else np.full(len(row), -1)
    return replace(
        blocks,
        row=known,
        row_at=row_at,
        by_column=_by_column(blocks.at, row_at, lines),
        by_row=lines,
        floor=low,
        roof=high,
    ), extra


def _with(
    row: Ints, row_at: Ints, lines: Starts, low: Ints, high: Ints, more: tuple[Ints, ...], first: int | None = None
) -> tuple[Ints, Ints, Starts, Ints, Ints]:
    """Own rows with more of each firm after them; those are numbered from `first`, or all -1."""
    firm, starts, columns, values, roof = more
    old = np.repeat(np.arange(len(row_at) - 1), np.diff(row_at))
    order = np.argsort(np.append(old, firm), kind="stable")
    sizes = np.append(np.diff(lines[0]), np.diff(starts))
    begins = np.append(lines[0][:-1], lines[0][-1] + starts[:-1])
    entry = np.repeat(begins[order], sizes[order]) + _counting(sizes[order])
    made = (
        np.append(0, np.cumsum(sizes[order])),
        np.append(lines[1], columns)[entry],
        np.append(lines[2], values)[entry],
    )
    return (
        np.append(row, np.full(len(firm), -1) if first is None else first + np.arange(len(firm)))[order],
        np.searchsorted(np.append(old, firm)[order], np.arange(len(row_at))),
        made, np.append(low, np.full(len(firm), -FAR))[order], np.append(high, roof)[order],
    )  # fmt: skip


def _counting(sizes: Ints) -> Ints:
    """0, 1, ... for each size, one after another."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _by_column(at: Ints, row_at: Ints, lines: Starts) -> Starts:
    """Own rows by column: starts over all columns, local rows, coefficients."""
    line = np.repeat(np.arange(len(lines[0]) - 1), np.diff(lines[0]))
    firm = np.searchsorted(row_at, line, side="right") - 1
    column = at[firm] + lines[1]
    order = np.argsort(column, kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(column, minlength=at[-1])))
    return starts, (line - row_at[firm])[order], lines[2][order]


def _kinds(model: Model) -> Ints:
    kind = np.full(len(model.gain), OTHER)
    for name, number in (("participations", PLACE), ("journeys", JOURNEY), ("claims", CLAIM), ("cuts", CUT)):
        kind[model.blocks[name]] = number
    return kind


def _told_apart(model: Model, rows: _Rows) -> Ints:
    """Kinds of all columns, private ones by what they are there for."""
    binary, private = model.upper - model.lower <= 1, rows.kind == OTHER
    kind = np.where(private & binary, CHOICE, np.where(private & (model.gain != 0), PAID, rows.kind))
    kind[private & binary & (model.gain != 0)] = DEAR
    kind[rows.switches() & private] = SWITCH
    return kind


class _Rows:
    """What can be read off the shapes of own rows; indices of rows are places in the list of own rows."""

    def __init__(self, own: csr_array, upper: Ints, low: Ints, high: Ints, kind: Ints) -> None:
        self.own, self.upper, self.kind = own, upper, kind
        self.n = own.shape[1]
        self.entry_row = np.repeat(np.arange(own.shape[0]), np.diff(own.indptr))
        binary = (low >= 0) & (high <= 1)
        plain = (np.abs(own.data) == 1) & binary[own.indices]
        self.plain = self._all(plain)
        self.positive = own.data > 0

    def _all(self, entries: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.asarray(np.bincount(self.entry_row[~entries], minlength=self.own.shape[0]) == 0)

    def _count(self, entries: NDArray[np.bool_]) -> Ints:
        return np.bincount(self.entry_row[entries], minlength=self.own.shape[0])

    def _packs(self, kind: int) -> Ints:
        """For each column the first row that allows one of several of this kind, or -1."""
        found = np.full(self.n, -1)
        rows = self.plain & (self.upper == 1) & self._all(self.positive & (self.kind[self.own.indices] == kind))
        at = np.flatnonzero(rows[self.entry_row])[::-1]
        found[self.own.indices[at]] = self.entry_row[at]
        return found

    def cliques(self) -> Ints:
        """A number for each place, the same for those of which only one can be had; -1 for all others."""
        pack = self._packs(PLACE)
        place = self.kind == PLACE
        alone = place & (pack < 0)
        clique = np.where(place, pack, -1)
        clique[alone] = self.own.shape[0] + np.flatnonzero(alone)
        return clique

    def links(self) -> Ints:
        """For each place the row that says which journeys can bring the firm there, the shortest one; -1 where there is none."""
        right = self.positive == (self.kind[self.own.indices] == PLACE)
        known = np.isin(self.kind[self.own.indices], (PLACE, JOURNEY))
        rows = self.plain & (self.upper == 0) & self._all(right & known) & (self._count(~self.positive) > 0)
        return self._first(rows, self.positive, self._count(~self.positive))

    def _first(self, rows: NDArray[np.bool_], entries: NDArray[np.bool_], length: Ints) -> Ints:
        """For each column the one of these rows with the least `length` in which it is one of the entries."""
        at = np.flatnonzero(rows[self.entry_row] & entries)
        at = at[np.lexsort((self.entry_row[at], length[self.entry_row[at]]))][::-1]
        found = np.full(self.n, -1)
        found[self.own.indices[at]] = self.entry_row[at]
        return found

    def parents(self) -> tuple[Ints, Ints]:
        """For each claim the place or journey without which it cannot be, and the group of which it is one; -1 for none."""
        single = self.plain & (self.upper == 0) & (self._count(self.positive) == 1) & (self._count(~self.positive) == 1)
        kind = self.kind[self.own.indices]
        head = np.full(self.own.shape[0], -1)
        low = ~self.positive & single[self.entry_row] & ((kind == PLACE) | (kind == JOURNEY))
        head[self.entry_row[low]] = self.own.indices[low]
        row = self._first(head >= 0, self.positive & (kind == CLAIM), np.where(head >= 0, self.kind[head], 0))
        parent = np.append(head, -1)[row]
        pack = self._packs(CLAIM)
        key = np.where(pack >= 0, pack, self.own.shape[0] + np.arange(self.n))
        group = np.full(self.n, -1)
        kids = np.flatnonzero(parent >= 0)
        _, group[kids] = np.unique(parent[kids] * (self.own.shape[0] + self.n) + key[kids], return_inverse=True)
        return parent, group

    def switches(self) -> NDArray[np.bool_]:
        """Private columns without which claims cannot be: they are tried before the claims are."""
        rows = self.plain & (self.upper == 0) & self._all(~self.positive | (self.kind[self.own.indices] == CLAIM))
        found = np.zeros(self.n, bool)
        found[self.own.indices[rows[self.entry_row] & ~self.positive]] = True
        return found


def _form(
    rows: _Rows, column: Ints, at: Ints, row_at: Ints, local: Ints, clique: Ints, parent: Ints, group: Ints, linked: Ints
) -> tuple[Form, Ints]:  # fmt: skip
    """The shapes in local numbers, and where each firm's link rows begin: see `search.Firms`."""
    firm = np.repeat(np.arange(len(at) - 1), np.diff(at))
    used, number = np.unique(linked[linked >= 0], return_inverse=True)
    link = np.full(len(clique), -1)
    link[linked >= 0] = number
    link_at = np.searchsorted(np.searchsorted(row_at, used, side="right") - 1, np.arange(len(at)))
    lines = csr_array(rows.own[used])
    back = lines.data < 0
    journeys = lines.indices[back].astype(np.int64)
    entry = np.repeat(np.arange(len(used)), np.diff(lines.indptr))[back]
    starts = np.append(0, np.cumsum(np.bincount(entry, minlength=len(used))))
    serves = _served(link, clique, entry, journeys, len(clique))
    form = Form(
        clique[column], np.where(parent[column] >= 0, local[parent[column]], -1), _renumbered(group[column], firm),
        np.where(link[column] >= 0, link[column] - link_at[firm], -1), starts, local[journeys], serves[column],
    )  # fmt: skip
    return form, link_at


def _renumbered(group: Ints, firm: Ints) -> Ints:
    """Groups numbered from 0 within each firm."""
    made = np.full(len(group), -1)
    known = np.flatnonzero(group >= 0)
    pairs = firm[known] * (group.max(initial=0) + 1) + group[known]
    unique, inverse = np.unique(pairs, return_inverse=True)
    owner = unique // (group.max(initial=0) + 1)
    start = np.searchsorted(owner, np.arange(firm.max(initial=0) + 2))
    made[known] = inverse - start[firm[known]]
    return made


def _served(link: Ints, clique: Ints, entry: Ints, journey: Ints, n: int) -> Ints:
    """How many cliques have a place that each journey can bring its firm to."""
    places = np.flatnonzero(link >= 0)
    order = np.argsort(link[places], kind="stable")
    places = places[order]
    at = np.searchsorted(link[places], np.arange(link.max(initial=-1) + 2))
    counts = np.diff(at)[entry]
    journeys = np.repeat(journey, counts)
    offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    cliques = clique[places[np.repeat(at[entry], counts) + offset]]
    pairs = np.unique(journeys * (clique.max(initial=0) + 1) + cliques)
    return np.bincount(pairs // (clique.max(initial=0) + 1), minlength=n)
