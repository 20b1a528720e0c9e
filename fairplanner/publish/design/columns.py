"""Amounts against their limits: one stacked bar for each item, amounts printed, what is over the limit marked by shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from fairplanner.publish.design import svg
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.measure import shortened, text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import ColumnsWords

__all__ = ["Stack", "columns"]

OVER = "▲"
ROUNDING = 1e-9
"""Of the limit: less than this above it is the arithmetic, not the plan."""
NOTHING = 1e-9
"""Amounts below this have no bar: no money is as small."""
WIDEST_NAME, WIDEST_AMOUNT = 0.3, 0.35


@dataclass(frozen=True)
class Stack:
    """An item: its parts (name, amount not below 0, tone), the limit of their sum (None: it has none), and what is printed of it."""

    label: str
    parts: tuple[tuple[str, float, int], ...]
    limit: float | None = None
    shown: str = ""

    @property
    def sum(self) -> float:
        """All parts together."""
        return sum(amount for _, amount, _ in self.parts)

    @property
    def is_over(self) -> bool:
        """Whether it exceeds its limit."""
        return self.limit is not None and self.sum > self.limit + ROUNDING * max(1.0, self.limit)

    @property
    def printed(self) -> str:
        """What is printed of it, with a mark if it is over the limit."""
        return f"{OVER} {self.shown}" if self.is_over else self.shown


@dataclass(frozen=True)
class _Frame:
    """Bars from `left` to `right`, units of drawing for one unit of amount, height of a bar."""

    left: float
    right: float
    scale: float
    high: float


def columns(
    rows: Sequence[Stack],
    *,
    design: Design,
    words: ColumnsWords,
    width: float = 720,
    say: Callable[[float], str] | None = None,
    title: str = "",
) -> str:
    """SVG of stacked bars, all to one scale; `say` writes the amount of a part into it where it has room.

    Raises ValueError for an amount below 0.
    """
    if any(amount < 0 for row in rows for _, amount, _ in row.parts):
        raise ValueError("an amount below 0 has no bar")
    canvas = Canvas(design, width, tuple(rows))
    y = canvas.legend(_legend(canvas, rows, words), 0.0)
    y += canvas.space("usual") if y else 3.0
    frame = _frame(canvas, rows)
    for row in rows:
        y = _row(canvas, row, y, frame, words, say)
    if not rows:
        y = canvas.nothing(words.nothing, y)
    return canvas.svg(y, title or words.title, _told(rows, words))


def _frame(canvas: Canvas, rows: Sequence[Stack]) -> _Frame:
    """Bars between the names and what is printed, or over the whole width of a phone."""
    size, gap = canvas.text_size, canvas.space("usual")
    left, right = 1.0, canvas.width - 1
    if not canvas.is_narrow:
        names = max((text_width(row.label, size) for row in rows), default=0.0)
        shown = max((text_width(row.printed, size, bold=row.is_over) for row in rows), default=0.0)
        left = min(names, canvas.width * WIDEST_NAME) + gap
        right = canvas.width - min(shown, canvas.width * WIDEST_AMOUNT) - gap
    most = max([*(row.sum for row in rows), *(row.limit or 0.0 for row in rows)], default=0.0)
    return _Frame(left, right, (right - left) / most if most > NOTHING else 0.0, size * 1.3)


def _row(
    canvas: Canvas, row: Stack, y: float, frame: _Frame, words: ColumnsWords, say: Callable[[float], str] | None
) -> float:
    size, gap, narrow = canvas.text_size, canvas.space("usual"), canvas.is_narrow
    room = canvas.width * 0.6 if narrow else canvas.width - frame.right - gap
    shown = shortened(row.printed, size, room + 0.01, bold=row.is_over)
    told = text_width(shown, size, bold=row.is_over)
    lines = wrapped(row.label, size, canvas.width - told - gap if narrow else frame.left - gap + 0.01)
    named = size * 1.2 * max(len(lines), 1)
    high = named + size * 0.35 + frame.high if narrow else max(frame.high, named)
    base = y + size * 0.98 if narrow else y + high / 2 + size * 0.36
    for n, line in enumerate(lines):
        canvas.text(0, base + size * 1.2 * (n if narrow else n - (len(lines) - 1) / 2), line, size)
    canvas.text(canvas.width, base, shown, size, "warn" if row.is_over else "ink", "end", bold=row.is_over)
    top = y + high - frame.high if narrow else y + (high - frame.high) / 2
    _parts(canvas, row, top, frame, words, say)
    _limit(canvas, row, top, frame)
    canvas.line(frame.left, top - 1.5, frame.left, top + frame.high + 1.5, "faint", 0.8)
    return y + high + gap


def _parts(
    canvas: Canvas, row: Stack, y: float, frame: _Frame, words: ColumnsWords, say: Callable[[float], str] | None
) -> None:
    x, size = frame.left, canvas.small_size
    for name, amount, tone in row.parts:
        wide = amount * frame.scale
        if wide <= 0:
            continue
        written = say(amount) if say else ""
        told = words.part.format(name=name, amount=written) if written else name
        canvas.parts.append(f"<g><title>{escape(told)}</title>{canvas.filled(x, y, wide, frame.high, tone)}</g>")
        if x > frame.left:
            canvas.line(x, y, x, y + frame.high, "ground", 1.0)
        needs = text_width(written, size) + 4
        if written and needs <= wide - 2 and not _is_crossed(row, frame, x + wide / 2, needs):
            canvas.plate(x + (wide - needs) / 2, y + 2, needs, frame.high - 4, tone)
            canvas.upon(x + wide / 2, y + frame.high / 2 + size * 0.36, written, size, tone, "middle")
        x += wide


def _is_crossed(row: Stack, frame: _Frame, middle: float, wide: float) -> bool:
    """Whether the line of the limit would run through a text there."""
    return row.limit is not None and abs(frame.left + row.limit * frame.scale - middle) < wide / 2 + 1


def _limit(canvas: Canvas, row: Stack, y: float, frame: _Frame) -> None:
    if row.limit is None:
        return
    x = frame.left + row.limit * frame.scale
    if row.is_over:
        canvas.parts.append(_outline(canvas, x, y, (row.sum - row.limit) * frame.scale, frame.high))
    canvas.line(x, y - 3, x, y + frame.high + 3, "ink", 1.6)


def _outline(canvas: Canvas, x: float, y: float, wide: float, high: float) -> str:
    n = svg.number
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{n(high)}" fill="none" class="s-warn" '
        f'stroke="{canvas.design.light["warn"]}" stroke-width="2"/>'
    )


def _legend(canvas: Canvas, rows: Sequence[Stack], words: ColumnsWords) -> list[tuple[str, str]]:
    named = dict.fromkeys((name, tone) for row in rows for name, amount, tone in row.parts if amount > 0)
    items = [(canvas.swatch(tone), name) for name, tone in named]
    if any(row.limit is not None for row in rows):
        ink, middle = canvas.design.light["ink"], SWATCH / 2
        items.append((svg.line(middle, -1.5, middle, SWATCH_HIGH + 1.5, ink, kind="ink", width=1.6), words.limit))
    if any(row.is_over for row in rows):
        items.append((_outline(canvas, 1, 0, SWATCH - 2, SWATCH_HIGH), words.over))
    return items


def _told(rows: Sequence[Stack], words: ColumnsWords) -> str:
    if not rows:
        return words.nothing
    largest = max(rows, key=lambda row: row.sum)
    over = [row.label for row in rows if row.is_over]
    limited = any(row.limit is not None for row in rows)
    limits = (
        words.beyond.format(labels=words.joint.join(over)) if over else words.within if limited else words.unlimited
    )
    names = dict.fromkeys(name for row in rows for name, amount, _ in row.parts if amount > 0)
    return words.text.format(
        rows=len(rows), series=words.joint.join(names), label=largest.label, shown=largest.shown, limits=limits
    )
