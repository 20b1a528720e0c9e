"""Two kinds of things crossed, such as markets and months: a number and a dot as large as it in each cell, empty cells quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from fairplanner.publish.design import svg
from fairplanner.publish.design.canvas import Canvas
from fairplanner.publish.design.measure import shortened, text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import MatrixWords

__all__ = ["matrix"]

WIDEST_NAME = 0.3
GAP = 3.0
"""Units between a dot and its number."""
LEAST_DOT = 5.0
"""Units of the largest dot's radius at least: a smaller one shows no differences."""


def whole(value: float) -> str:
    """A number without decimals, thousands separated."""
    return f"{value:,.0f}"


@dataclass(frozen=True)
class _Table:
    """What is crossed, in words; `cells[row][column]`."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[float]]
    words: MatrixWords
    say: Callable[[float], str]

    @property
    def row_sums(self) -> list[float]:
        return [sum(line) for line in self.cells]

    @property
    def column_sums(self) -> list[float]:
        return [sum(line[n] for line in self.cells) for n in range(len(self.columns))]

    @property
    def most(self) -> float:
        return max((max(line, default=0.0) for line in self.cells), default=0.0)

    @property
    def row_words(self) -> list[str]:
        return [self.say(value) if value > 0 else "" for line in self.cells for value in line]


@dataclass(frozen=True)
class _Grid:
    """Where a block of columns is drawn: names up to `left`, cells of one width and height, numbers of at most `number` units."""

    left: float
    cell: float
    high: float
    number: float
    dot: float

    def edge(self, n: int) -> float:
        """Where the numbers of the n-th column end."""
        pair = 2 * self.dot + GAP + self.number
        return self.left + self.cell * (n + 0.5) + pair / 2

    def middle(self, n: int) -> float:
        """The middle of its dots."""
        return self.edge(n) - self.number - GAP - self.dot


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
    table = _Table(rows, columns, cells, words, say)
    if not rows or not columns:
        return canvas.svg(canvas.nothing(words.nothing, 0.0), title or words.title, words.nothing)
    grid, across = _grid(canvas, table)
    y = 0.0
    for start in range(0, len(columns), across):
        y = _block(canvas, table, grid, range(start, min(start + across, len(columns))), y) + canvas.space("wide")
    return canvas.svg(y - canvas.space("wide") + 1, title or words.title, _told(table))


def _grid(canvas: Canvas, table: _Table) -> tuple[_Grid, int]:
    """The grid, and how many columns stand side by side; the column of totals always has room after the last ones."""
    size, small, say = canvas.text_size, canvas.small_size, table.say
    names = max(text_width(name, size, bold=True) for name in (*table.rows, table.words.total))
    left = min(names, canvas.width * WIDEST_NAME) + canvas.space("small")
    number = max((text_width(written, size) for written in table.row_words), default=0.0)
    sums = [*table.row_sums, *table.column_sums, sum(table.row_sums)]
    heads = [text_width(name, small) for name in table.columns] + [text_width(table.words.total, small, bold=True)]
    widest = max(number, *heads, *(text_width(say(value), size, bold=True) for value in sums))
    least = max(number + GAP + 2 * LEAST_DOT, widest) + 4
    fits = max(1, int((canvas.width - left) // least) - 1)
    blocks = ceil(len(table.columns) / fits)
    across = ceil(len(table.columns) / blocks)
    cell = min((canvas.width - left) / (across + 1), size * 5.5)
    high = size * 1.9
    dot = max(1.0, min(size * 0.7, (cell - number - GAP - 4) / 2))
    return _Grid(left, cell, high, max(number, widest - GAP - 2 * dot), dot), across


def _block(canvas: Canvas, table: _Table, grid: _Grid, shown: range, y: float) -> float:
    size, small, is_last = canvas.text_size, canvas.small_size, shown.stop == len(table.columns)
    for n, column in enumerate(shown):
        canvas.text(
            grid.left + grid.cell * (n + 0.5), y + small * 1.05, table.columns[column], small, "faint", "middle"
        )
    if is_last:
        canvas.text(grid.edge(len(shown)), y + small * 1.05, table.words.total, small, "ink", "end", bold=True)
    y += small * 1.6
    right = grid.left + grid.cell * (len(shown) + is_last)
    for label, line in zip(table.rows, table.cells, strict=True):
        canvas.line(0, y, right, y)
        _name(canvas, label, y, grid)
        for n, column in enumerate(shown):
            _cell(canvas, table, grid, n, y, line[column])
        if is_last:
            _sum(canvas, grid, len(shown), y, table.say(sum(line)))
        y += grid.high
    canvas.line(0, y, right, y, "ink", 0.9)
    canvas.text(
        0, y + grid.high / 2 + size * 0.36, shortened(table.words.total, size, grid.left, bold=True), size, bold=True
    )
    for n, text in _sums(table, shown, is_last):
        _sum(canvas, grid, n, y, text)
    return y + grid.high


def _name(canvas: Canvas, label: str, y: float, grid: _Grid) -> None:
    size, room = canvas.text_size, grid.left - canvas.space("small")
    if text_width(label, size) <= room:
        canvas.text(0, y + grid.high / 2 + size * 0.36, label, size)
        return
    small = size * 0.78
    lines = wrapped(label, small, room)
    for n, line in enumerate(lines):
        canvas.text(0, y + grid.high / 2 + small * (0.36 + 1.15 * (n - (len(lines) - 1) / 2)), line, small)


def _cell(canvas: Canvas, table: _Table, grid: _Grid, n: int, y: float, value: float) -> None:
    if value <= 0:
        return
    middle, number = y + grid.high / 2, svg.number
    canvas.parts.append(
        f'<circle cx="{number(grid.middle(n))}" cy="{number(middle)}" r="{number(grid.dot * sqrt(value / table.most))}" '
        f'class="accent" fill="{canvas.design.light["accent"]}"/>'
    )
    canvas.text(grid.edge(n), middle + canvas.text_size * 0.36, table.say(value), canvas.text_size, "ink", "end")


def _sums(table: _Table, shown: range, is_last: bool) -> Iterator[tuple[int, str]]:
    """Totals of the columns that have one, and of everything."""
    for n, column in enumerate(shown):
        if table.column_sums[column] > 0:
            yield n, table.say(table.column_sums[column])
    if is_last:
        yield len(shown), table.say(sum(table.row_sums))


def _sum(canvas: Canvas, grid: _Grid, n: int, y: float, text: str) -> None:
    canvas.text(
        grid.edge(n), y + grid.high / 2 + canvas.text_size * 0.36, text, canvas.text_size, "ink", "end", bold=True
    )


def _told(table: _Table) -> str:
    say, sums, across = table.say, table.row_sums, table.column_sums
    places = [(r, c) for r in range(len(table.rows)) for c in range(len(table.columns))]
    r, c = max(places, key=lambda rc: table.cells[rc[0]][rc[1]])
    best_r, best_c = sums.index(max(sums)), across.index(max(across))
    return table.words.text.format(
        rows=len(table.rows), columns=len(table.columns), total=say(sum(sums)),
        row=table.rows[r], column=table.columns[c], most=say(table.cells[r][c]),
        best_row=table.rows[best_r], best_row_sum=say(sums[best_r]),
        best_column=table.columns[best_c], best_column_sum=say(across[best_c]),
        empty=sum(value <= 0 for line in table.cells for value in line),
    )  # fmt: skip
