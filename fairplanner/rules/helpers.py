"""Nine helpers that make labelled sparse rows, and the two that keys of groups need.

Entries of a block are (row numbers, column numbers, coefficients): what a vectorised group-by or merge gives. Entries that
meet in one cell are added. `sizes` says how many columns each block has (`widths`).

Convention: a row that only ties an auxiliary column to the decisions carries that column's own label (one of the labels of
the rule's `Columns`). Such a row can always be kept by choosing the column; it never appears among violations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from fairplanner.rules.contract import NO_LIMIT, Block, Rows
from fairplanner.rules.names import Joined, Names
from fairplanner.rules.tables import DECIDED, Problem

Ints: TypeAlias = NDArray[np.int64]
Entries: TypeAlias = Mapping[Block, Sequence[tuple[Any, Any, Any]]]
Steps: TypeAlias = Sequence[tuple[int, int]]


def widths(problem: Problem, own: Mapping[Block, int] | None = None) -> dict[Block, int]:
    """Number of columns of every block: the decided tables and a rule's own blocks."""
    sizes: dict[Block, int] = {name: len(problem.table(name)) for name in DECIDED}
    return sizes | dict(own or {})


def groups(frame: pd.DataFrame, keys: list[str]) -> tuple[Ints, pd.DataFrame]:
    """Number of each row's group (groups sorted by `keys`), and one row of keys a group."""
    if frame.empty:
        return np.zeros(0, np.int64), frame[keys].reset_index(drop=True)
    codes: Ints = frame.groupby(keys, sort=True, dropna=False).ngroup().to_numpy().astype(np.int64)
    _, first = np.unique(codes, return_index=True)
    return codes, frame[keys].iloc[first].reset_index(drop=True)


def labels_of(frame: pd.DataFrame, keys: list[str], first: str = "", last: str = "") -> Names:
    """The label of each row: `contract.label` of its keys (ids or whole numbers), a word before and after them if given.

    Nothing is joined until somebody reads it.
    """
    told = [_part(frame[key]) for key in keys]
    return Joined(len(frame), [*([first] if first else []), *told, *([last] if last else [])])


def _part(column: pd.Series) -> NDArray[Any]:
    """A copy of a column: a view would hold on to all the columns that its frame keeps together."""
    whole = pd.api.types.is_integer_dtype(column.dtype)
    return column.to_numpy(np.int32 if whole and _is_small(column) else None if whole else object, copy=True)


def _is_small(column: pd.Series) -> bool:
    return column.empty or (column.min() >= np.iinfo(np.int32).min and column.max() <= np.iinfo(np.int32).max)


def _terms(n: int, entries: Entries, sizes: Mapping[Block, int]) -> dict[Block, csr_array]:
    terms: dict[Block, csr_array] = {}
    for block, pieces in entries.items():
        kind = np.int32 if max(n, sizes[block]) < np.iinfo(np.int32).max else np.int64
        at = [np.asarray(rows).astype(kind, copy=False) for rows, _, _ in pieces]
        to = [np.asarray(cols).astype(kind, copy=False) for _, cols, _ in pieces]
        by = [
            np.broadcast_to(np.asarray(coef, np.int64), len(rows))
            for rows, (_, _, coef) in zip(at, pieces, strict=True)
        ]
        data, row, col = _one(by), _one(at), _one(to)
        terms[block] = csr_array(coo_array((data, (row, col)), shape=(n, sizes[block]), dtype=np.int64))
    return terms


def _one(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """All parts one after another; one alone is not copied."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _full(n: int, value: Any) -> Ints:
    return np.broadcast_to(np.asarray(value, np.int64), n).copy()


def at_most(labels: Sequence[str], entries: Entries, upper: Any, sizes: Mapping[Block, int]) -> Rows:
    """Sum of the entries of each row is at most `upper` (one number, or one a row)."""
    n = len(labels)
    return Rows(labels, _terms(n, entries, sizes), _full(n, -NO_LIMIT), _full(n, upper))


def at_least(labels: Sequence[str], entries: Entries, lower: Any, sizes: Mapping[Block, int]) -> Rows:
    """Sum of the entries of each row is at least `lower`."""
    n = len(labels)
    return Rows(labels, _terms(n, entries, sizes), _full(n, lower), _full(n, NO_LIMIT))


def exactly(labels: Sequence[str], entries: Entries, value: Any, sizes: Mapping[Block, int]) -> Rows:
    """Sum of the entries of each row is `value`."""
    n = len(labels)
    return Rows(labels, _terms(n, entries, sizes), _full(n, value), _full(n, value))


def implies(labels: Sequence[str], left: Entries, right: Entries, sizes: Mapping[Block, int]) -> Rows:
    """Sum of `left` is at most the sum of `right`: what is on the left needs what is on the right."""
    merged: dict[Block, list[tuple[Any, Any, Any]]] = {block: list(pieces) for block, pieces in left.items()}
    for block, pieces in right.items():
        merged.setdefault(block, []).extend((rows, cols, -np.asarray(coef, np.int64)) for rows, cols, coef in pieces)
    return at_most(labels, merged, 0, sizes)


def exclusive(labels: Sequence[str], entries: Entries, sizes: Mapping[Block, int]) -> Rows:
    """At most one of each row's entries."""
    return at_most(labels, entries, 1, sizes)


def cumulative(spans: pd.DataFrame, block: Block, sizes: Mapping[Block, int]) -> Rows:
    """At no time are more than `capacity` of a group's spans out; both ends of a span count.

    `spans`: columns `column` (in `block`), `label` (of the group), `start`, `end` (days), `capacity` (of the group).
    One row a maximal clique: spans are intervals, so these rows describe their hull exactly (consecutive ones).
    """
    if spans.empty:
        return at_most([], {block: [([], [], 1)]}, 0, sizes)
    whose, _ = groups(spans, ["label"])
    start, end, column = (spans[name].to_numpy(np.int64) for name in ("start", "end", "column"))
    first = int(start.min())
    days = int(max(end.max(), start.max())) - first + 2
    begins = whose * days + start - first
    # every day on which a span of the group begins is a clique: those of one group stand together, in order of days
    clique, at = np.unique(begins, return_index=True)
    low = np.searchsorted(clique, begins)
    count = np.maximum(np.searchsorted(clique, whose * days + end - first, side="right") - low, 0)
    span = np.repeat(np.arange(len(spans)), count)
    out = np.arange(len(span)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
    # a span leaves with the last clique it is in; a clique that nothing leaves is part of the next
    inner = np.zeros(len(clique), bool)
    inner[(low + count - 1)[count > 0]] = True
    capacity = spans["capacity"].to_numpy(np.int64)[at]
    full = np.bincount(out, minlength=len(clique)) > capacity
    kept = inner & full
    rows = (np.cumsum(kept) - 1)[out]
    met = kept[out]
    entries: Entries = {block: [(rows[met], column[span[met]], 1)]}
    return at_most(labels_of(spans.iloc[at[kept]], ["label"]), entries, capacity[kept], sizes)


def share(
    labels: Sequence[str], part: Entries, whole: Entries, least: tuple[int, int], sizes: Mapping[Block, int]
) -> Rows:
    """`part` is at least `least` = (numerator, denominator) of `whole`, in whole numbers."""
    numerator, denominator = least
    scaled = {
        block: [(r, c, np.asarray(v, np.int64) * denominator) for r, c, v in pieces] for block, pieces in part.items()
    }
    wanted = {
        block: [(r, c, np.asarray(v, np.int64) * numerator) for r, c, v in pieces] for block, pieces in whole.items()
    }
    return implies(labels, wanted, scaled, sizes)


def ladder(labels: Sequence[str], entries: Entries, lower: Any, steps: Steps, sizes: Mapping[Block, int]) -> Rows:
    """The sum should be at least `lower`; each unit missing costs the price of its step, prices rising."""
    return replace(at_least(labels, entries, lower, sizes), steps=tuple(steps))


def when(rows: Rows, block: Block, columns: Any) -> Rows:
    """The rows bind only where the column given for each of them is 1."""
    return replace(rows, when=(block, np.asarray(columns, np.int64)))
