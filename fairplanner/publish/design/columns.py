"""Amounts against their limits: one stacked bar for each item, amounts printed, what is over the limit marked by shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairplanner.publish.design import svg
from fairplanner.publish.design.canvas import SWATCH, SWATCH_HIGH, Canvas
from fairplanner.publish.design.measure import text_width, wrapped
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import ColumnsWords

__all__ = ["Stack", "columns"]

OVER = "▲"
HAIR = 1e-9


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
        return self.limit is not None and self.sum > self.limit + HAIR * max(1.0, self.limit)


def columns(
    rows: Sequence[Stack],
    *,
    design: Design,
    words: ColumnsWords,
    width: float = 720,
    say: Callable[[float], str] | None = None,
    title: str = "",
) -> str:
    """SVG of stacked bars, all to one scale; `say` writes the amount of a part into it where it has room."""
    canvas = Canvas(design, width, tuple(rows))
    y = canvas.legend(_legend(canvas, rows, words), 0.0) + canvas.space("hair")
    most = max([*(r.sum for r in rows), *(r.limit or 0.0 for r in rows)], default=0.0)
    left, right = _sides(canvas, rows)
    for row in rows:
        y = _row(canvas, row, y, left, right, most, words, say)
    if not rows:
        canvas.text(width / 2, y + canvas.text_size * 1.8, words.nothing, canvas.text_size, "faint", "middle")
        y += canvas.text_size * 3
    return canvas.svg(y, title or words.title, _told(rows, words))


def _sides(canvas: Canvas, rows: Sequence[Stack]) -> tuple[float, float]:
    """Where the bars begin and end: between the names and what is printed, or over the whole width of a phone."""
    if canvas.is_narrow:
        return 0.0, canvas.width - 1
    gap, size = canvas.space("usual"), canvas.text_size
    names = max((text_width(row.label, size) for row in rows), default=0.0)
    shown = max((text_width(_shown(row), size, bold=True) for row in rows), default=0.0)
    return min(names, canvas.width * 0.3) + gap, canvas.width - min(shown, canvas.width * 0.35) - gap


def _shown(row: Stack) -> str:
    return f"{OVER} {row.shown}" if row.is_over else row.shown


def _row(
    canvas: Canvas, row: Stack, y: float, left: float, right: float, most: float, words: ColumnsWords,
    say: Callable[[float], str] | None,
) -> float:  # fmt: skip
    size, high = canvas.text_size, canvas.text_size * 1.3
    narrow, gap = canvas.is_narrow, canvas.space("usual")
    shown = svg.shortened(
        _shown(row), size, canvas.width * 0.5 if narrow else canvas.width - right - gap + 0.01, bold=True
    )
    told = text_width(shown, size, bold=True)
    lines = wrapped(row.label, size, canvas.width - told - gap if narrow else left - gap)
    for n, line in enumerate(lines):
        canvas.text(0, y + size * (1.1 + 1.25 * n), line, size)
    canvas.text(canvas.width, y + size * 1.1, shown, size, "warn" if row.is_over else "ink", "end", bold=True)
    named = size * 1.25 * max(len(lines), 1)
    top = y + (named + canvas.space("hair") if narrow else 0)
    scale = (right - left) / most if most > 0 else 0.0
    canvas.line(left, top, left, top + high, "faint", 0.9)
    _parts(canvas, row, top, high, left, scale, words, say)
    _limit(canvas, row, top, high, left, scale)
    return max(top + high, y + named) + gap


def _parts(
    canvas: Canvas, row: Stack, y: float, high: float, x: float, scale: float, words: ColumnsWords,
    say: Callable[[float], str] | None,
) -> None:  # fmt: skip
    size = canvas.small_size
    for name, amount, tone in row.parts:
        wide = amount * scale
        if wide <= 0:
            continue
        written = say(amount) if say else ""
        title = words.part.format(name=name, amount=written) if written else name
        canvas.parts.append(svg.rect(x, y, wide, high, canvas.fill(tone), title=title))
        needs = text_width(written, size) + 6
        if written and needs <= wide:
            plate = canvas.design.series[tone % len(canvas.design.series)].colour
            canvas.parts.append(svg.rect(x + (wide - needs) / 2, y + 1.5, needs, high - 3, plate, kind=f"series-{tone % len(canvas.design.series) + 1}"))  # fmt: skip
            canvas.upon(x + wide / 2, y + high / 2 + size * 0.36, written, size, tone, "middle")
        x += wide


def _limit(canvas: Canvas, row: Stack, y: float, high: float, left: float, scale: float) -> None:
    if row.limit is None:
        return
    x = left + row.limit * scale
    if row.is_over:
        warn = canvas.design.light["warn"]
        n = svg.number
        canvas.parts.append(
            f'<rect x="{n(x)}" y="{n(y)}" width="{n((row.sum - row.limit) * scale)}" height="{n(high)}" fill="none" '
            f'class="s-warn" stroke="{warn}" stroke-width="1.8"/>'
        )
    canvas.line(x, y - 3, x, y + high + 3, "ink", 1.4)


def _legend(canvas: Canvas, rows: Sequence[Stack], words: ColumnsWords) -> list[tuple[str, str]]:
    named = dict.fromkeys((name, tone) for row in rows for name, amount, tone in row.parts if amount > 0)
    items = [(canvas.swatch(tone), name) for name, tone in named]
    ink, warn = canvas.design.light["ink"], canvas.design.light["warn"]
    if any(row.limit is not None for row in rows):
        items.append((svg.line(SWATCH / 2, -1, SWATCH / 2, SWATCH_HIGH + 1, ink, kind="ink", width=1.4), words.limit))
    if any(row.is_over for row in rows):
        outline = f'<rect x="1" y="0.5" width="{SWATCH - 2}" height="{SWATCH_HIGH - 1}" fill="none" class="s-warn" stroke="{warn}" stroke-width="1.8"/>'
        items.append((outline, words.over))
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
