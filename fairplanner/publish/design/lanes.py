"""Where the bars of one row go: greedy lanes, so that no bar and no label covers another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fairplanner.publish.design.measure import shortened, text_width

LEAST = 3.0
"""Units a bar is wide at least: a day of a long year would else be a hair."""
LEAST_TEXT = 5.0
"""Ems of text that still tell something."""
MARK = "!"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """One trip, first and last day both in it. `text` stands by it, `title` is told to a pointer; `tone` is the index of a series."""

    first: date
    last: date
    text: str
    tone: int = 0
    is_projected: bool = False
    is_clash: bool = False
    title: str = ""
    link: str = ""


@dataclass(frozen=True)
class Placed:
    """A bar from `left` to `right` in a lane; its text at `text_x` ('' if there is no room), the clash mark at `mark_x`."""

    bar: Bar
    lane: int
    left: float
    right: float
    text: str
    text_x: float
    anchor: str
    is_inside: bool
    mark_x: float


@dataclass(frozen=True)
class Field:
    """The room of a row: from `left` to `right`, x of a day, size of text, room between two things, longest label in units."""

    left: float
    right: float
    x: Callable[[date], float]
    size: float
    gap: float
    longest: float


def placed(bars: Sequence[Bar], field: Field, most_lanes: int = 6) -> tuple[tuple[Placed, ...], int]:
    """Every bar in the first lane where it has room with its text, and how many lanes that takes.

    Beyond `most_lanes` no lane is opened for the sake of a text; for a bar always.
    """
    lanes: list[list[tuple[float, float]]] = []
    found: list[Placed] = []
    for bar in sorted(bars, key=lambda b: (b.first, b.last, b.text, b.title)):
        choice, low, high = _choose(bar, field, lanes, most_lanes)
        while len(lanes) <= choice.lane:
            lanes.append([])
        lanes[choice.lane].append((low, high))
        found.append(choice)
    return tuple(_shorter(item, field, lanes) for item in found), len(lanes)


def _shorter(item: Placed, field: Field, lanes: list[list[tuple[float, float]]]) -> Placed:
    """A bar left without its text gets as much of it as has room before what follows in its lane."""
    if item.text or not item.bar.text:
        return item
    right = _mark_ends(item.bar, field, item.left, item.right)[1]
    start = right + field.gap / 2
    end = min((low - field.gap for low, _ in lanes[item.lane] if low > right), default=field.right)
    text = shortened(item.bar.text, field.size, end - start)
    if text_width(text, field.size) < LEAST_TEXT * field.size:
        return item
    lanes[item.lane].append((start, start + text_width(text, field.size)))
    return replace(item, text=text, text_x=start, anchor="start")


def _choose(
    bar: Bar, field: Field, lanes: list[list[tuple[float, float]]], most_lanes: int
) -> tuple[Placed, float, float]:
    options = list(_options(bar, field))
    for lane in range(min(len(lanes) + 1, most_lanes)):
        for text, text_x, anchor, low, high in options[:-1]:
            if lane == len(lanes) or _is_free(lanes[lane], low, high, field.gap):
                return _place(bar, field, lane, text, text_x, anchor), low, high
    text, text_x, anchor, low, high = options[-1]
    lane = next((n for n, taken in enumerate(lanes) if _is_free(taken, low, high, field.gap)), len(lanes))
    return _place(bar, field, lane, text, text_x, anchor), low, high


def _is_free(taken: list[tuple[float, float]], low: float, high: float, gap: float) -> bool:
    return all(high + gap <= a or b + gap <= low for a, b in taken)


def _options(bar: Bar, field: Field) -> Iterator[tuple[str, float, str, float, float]]:
    """Text, its x, its anchor and what is taken from where to where: inside, right, left, and last without text."""
    left, right = _ends(bar, field)
    mark_left, mark_right = _mark_ends(bar, field, left, right)
    wide = text_width(bar.text, field.size)
    if bar.text and wide + field.gap <= right - left:
        yield bar.text, (left + right) / 2, "middle", mark_left, mark_right
    text = shortened(bar.text, field.size, field.longest)
    wide = text_width(text, field.size)
    if text and mark_right + field.gap / 2 + wide <= field.right:
        yield text, mark_right + field.gap / 2, "start", mark_left, mark_right + field.gap / 2 + wide
    if text and mark_left - field.gap / 2 - wide >= field.left:
        yield text, mark_left - field.gap / 2, "end", mark_left - field.gap / 2 - wide, mark_right
    yield "", 0, "", mark_left, mark_right


def _ends(bar: Bar, field: Field) -> tuple[float, float]:
    left, right = field.x(bar.first), field.x(bar.last + DAY)
    if right - left < LEAST:
        left = min(left, field.right - LEAST)
        right = left + LEAST
    return left, right


def _mark_ends(bar: Bar, field: Field, left: float, right: float) -> tuple[float, float]:
    if not bar.is_clash:
        return left, right
    wide = text_width(MARK, field.size, bold=True) + field.gap / 4
    return (left, right + wide) if right + wide <= field.right else (left - wide, right)


def _place(bar: Bar, field: Field, lane: int, text: str, text_x: float, anchor: str) -> Placed:
    left, right = _ends(bar, field)
    mark_left, mark_right = _mark_ends(bar, field, left, right)
    mark_x = (mark_left + left) / 2 if mark_left < left else (right + mark_right) / 2
    return Placed(bar, lane, left, right, text, text_x, anchor, anchor == "middle", mark_x)
