"""Two kinds of things crossed, such as markets and months: a number and a dot as large as it in each cell, empty cells quiet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from fairplanner.publish.design import svg
from fairplanner.publish.design.canvas import Canvas
from fairplanner.publish.design.measure import text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import MatrixWords

__all__ = ["matrix"]


def whole(value: float) -> str:
    """A number without decimals, thousands separated."""
    return f"{value:,.0f}"


@dataclass(frozen=True)
class _Grid:
    """What is drawn in one block: columns from `start` to `end`, x of the first cell, width and height of a cell."""

    start: int
    end: int
    left: float
    cell: float
    high: float
    most: float


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[float]],
    *,
    design: Design,
    words: MatrixWords,
    width: float = 720,
    say: Callable[[float], str] = whole,
    title: str = "",
) -> str:
    """SVG of `cells[row][column]` (0: nothing there) with totals of rows and columns; columns that have no room go into a block below.

    Raises ValueError where the cells are not of that shape.
    """
    if len(cells) != len(rows) or any(len(line) != len(columns) for line in cells):
        raise ValueError(f"{len(rows)} x {len(columns)} names, but cells of another shape")
    canvas = Canvas(design, width, (tuple(rows), tuple(columns), tuple(map(tuple, cells))))
    if not rows or not columns:
        canvas.text(width / 2, canvas.text_size * 1.8, words.nothing, canvas.text_size, "faint", "middle")
        return canvas.svg(canvas.text_size * 3, title or words.title, words.nothing)
    y = 0.0
    for grid in _blocks(canvas, rows, columns, cells, words, say):
        y = _block(canvas, grid, rows, columns, cells, words, say, y) + canvas.space("usual")
    return canvas.svg(y - canvas.space("usual") + 1, title or words.title, _told(rows, columns, cells, words, say))


def _blocks(canvas: Canvas, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[float]], words: MatrixWords, say: Callable[[float], str]) -> list[_Grid]:  # fmt: skip
    size = canvas.text_size
    names = max(text_width(name, size) for name in (*rows, words.total))
    left = min(names, canvas.width * 0.3) + canvas.space("usual")
    total = sum(map(sum, cells))
    written = [say(v) for line in cells for v in line] + [say(sum(column)) for column in zip(*cells, strict=True)]
    needs = max(
        *(text_width(t, size, bold=True) for t in written),
        *(text_width(c, canvas.small_size) for c in columns),
        size * 1.6,
    )
    last = max(text_width(say(total), size, bold=True), text_width(words.total, canvas.small_size, bold=True))
    room = canvas.width - left
    least = max(needs, last) + 3
    fits = max(1, int(room // least) - 1)
    count = ceil(len(columns) / fits)
    ends = [len(columns) * n // count for n in range(count + 1)]
    across = max(b - a for a, b in pairwise(ends)) + 1
    cell = min(room / across, size * 5)
    most = max((max(line) for line in cells), default=0.0)
    return [_Grid(a, b, left, cell, size * 2.0, most) for a, b in pairwise(ends)]


def _block(
    canvas: Canvas, grid: _Grid, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[float]],
    words: MatrixWords, say: Callable[[float], str], y: float,
) -> float:  # fmt: skip
    size, is_last = canvas.text_size, grid.end == len(columns)
    centres = [grid.left + grid.cell * (n + 0.5) for n in range(grid.end - grid.start + 1)]
    for x, name in zip(centres, columns[grid.start : grid.end], strict=False):
        canvas.text(x, y + canvas.small_size * 1.1, name, canvas.small_size, "faint", "middle")
    if is_last:
        canvas.text(
            centres[-1], y + canvas.small_size * 1.1, words.total, canvas.small_size, "ink", "middle", bold=True
        )
    y += canvas.small_size * 1.7
    right = centres[-1] + grid.cell / 2 if is_last else centres[-1] - grid.cell / 2
    for label, line in zip(rows, cells, strict=True):
        canvas.line(0, y, right, y)
        _name(canvas, label, y, grid)
        for x, value in zip(centres, line[grid.start : grid.end], strict=False):
            _cell(canvas, x, y, value, grid, say)
        if is_last:
            canvas.text(centres[-1], y + grid.high / 2 + size * 0.36, say(sum(line)), size, "ink", "middle", bold=True)
        y += grid.high
    canvas.line(0, y, right, y, "ink", 0.9)
    _totals(canvas, grid, cells, words, say, y, centres, is_last)
    return y + grid.high


def _name(canvas: Canvas, label: str, y: float, grid: _Grid, bold: bool = False) -> None:
    size = canvas.text_size
    lines = wrapped(label, size * 0.9, grid.left - canvas.space("small"))
    if len(lines) == 2:
        for n, line in enumerate(lines):
            canvas.text(0, y + size * (0.92 + 0.95 * n), line, size * 0.8)
    elif lines:
        canvas.text(0, y + grid.high / 2 + size * 0.36, svg.shortened(label, size, grid.left - canvas.space("small"), bold=bold), size, bold=bold)  # fmt: skip


def _cell(canvas: Canvas, x: float, y: float, value: float, grid: _Grid, say: Callable[[float], str]) -> None:
    middle = y + grid.high / 2
    if value <= 0:
        return
    radius = (min(grid.high, grid.cell) / 2 - 0.6) * sqrt(value / grid.most)
    n, accent = svg.number, canvas.design.light["accent"]
    canvas.parts.append(
        f'<circle cx="{n(x)}" cy="{n(middle)}" r="{n(radius)}" class="accent" fill="{accent}" fill-opacity="0.22"/>'
    )
    canvas.text(x, middle + canvas.text_size * 0.36, say(value), canvas.text_size, "ink", "middle")


def _totals(
    canvas: Canvas, grid: _Grid, cells: Sequence[Sequence[float]], words: MatrixWords, say: Callable[[float], str],
    y: float, centres: Sequence[float], is_last: bool,
) -> None:  # fmt: skip
    size, base = canvas.text_size, y + grid.high / 2 + canvas.text_size * 0.36
    _name(canvas, words.total, y, grid, bold=True)
    for n in range(grid.start, grid.end):
        total = sum(line[n] for line in cells)
        if total > 0:
            canvas.text(centres[n - grid.start], base, say(total), size, "ink", "middle", bold=True)
    if is_last:
        canvas.text(centres[-1], base, say(sum(map(sum, cells))), size, "ink", "middle", bold=True)


def _told(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[float]], words: MatrixWords, say: Callable[[float], str]) -> str:  # fmt: skip
    sums = [sum(line) for line in cells]
    across = [sum(column) for column in zip(*cells, strict=True)]
    r, c = max(((r, c) for r in range(len(rows)) for c in range(len(columns))), key=lambda rc: cells[rc[0]][rc[1]])
    best_r, best_c = sums.index(max(sums)), across.index(max(across))
    return words.text.format(
        rows=len(rows), columns=len(columns), total=say(sum(sums)), row=rows[r], column=columns[c], most=say(cells[r][c]),
        best_row=rows[best_r], best_row_sum=say(sums[best_r]), best_column=columns[best_c],
        best_column_sum=say(across[best_c]), empty=sum(v <= 0 for line in cells for v in line),
    )  # fmt: skip
