"""Where everything on the wall chart goes, in millimetres: the largest type at which all fairs have room, no label on another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from fairplanner.domain.kinds import Regime
from fairplanner.publish.design.measure import shortened, text_width, wrapped
from fairplanner.publish.yearbook.boards import Band, Board, Flag, Item, Pin, Placed, Shade

DAY = timedelta(days=1)
MM = 25.4 / 72
"""Millimetres of a point."""
WIDE, HIGH = 392.0, 214.0
"""The board on A3 landscape: lanes and deadlines, below title and months, above the legend."""
LEFT = 17.0
"""Names of groups stand to the left of the lanes."""
SIZES = (19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
"""Points. Letters read from two metres are some four millimetres high (a five-hundredth of the distance): 12 points and more;
smaller ones only before fairs would be left out."""
DETAIL = 0.78
"""Size of what stands under a name, against it."""
LINE = 1.28
ELLIPSIS = "…"
LONGEST = 96.0
LEAST_BAR = 2.6
GAP, BESIDE = 3.5, 1.5
FEWEST_FLAG_LANES, MOST_FLAG_LANES = 3, 8
FLAG_SIZE = 10.5
FLAG_ROOM, LEAST_FLAG = 104.0, 60.0
"""Room of the words of a deadline: at most, and at least where the year ends."""


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day begins; days outside stand at the edge."""
        inside = min(max(day, self.first), self.last + DAY)
        return LEFT + (WIDE - LEFT) * (inside - self.first).days / ((self.last - self.first).days + 1)


def board(
    first: date, last: date, groups: Mapping[Regime, Sequence[Item]], names: Mapping[Regime, str], flags: Sequence[Flag],
    flags_title: str, bands: Sequence[Band], high: float = HIGH,
) -> Board:  # fmt: skip
    """Places groups one under the other and the deadlines below them on a board so high, at the largest size that fits."""
    axis, pin_high = _Axis(first, last), (FLAG_SIZE * LINE + 1) * MM
    best: tuple[float, int] | None = None
    # deadlines take more lanes as long as fairs lose nothing by it
    for lanes in range(FEWEST_FLAG_LANES, MOST_FLAG_LANES + 1):
        tried_pins, tried_unnamed = _pins(flags, axis, lanes)
        used = max((p.lane + 1 for p in tried_pins if p.text), default=0)
        tried_y = high - 6.5 - used * pin_high
        tried = _fitted(groups, axis, tried_y - 5)
        if best is not None and (tried[2], -tried[3]) < best:
            break
        best = tried[2], -tried[3]
        (placed, sizes, size, left_out), pins, unnamed, pins_y = tried, tried_pins, tried_unnamed, tried_y
    spare = max(0.0, pins_y - 5 - sum(sizes.values())) / max(1, len(sizes))
    tops, y = [], 0.0
    for g, needs in sizes.items():
        tops.append((g, y, needs + spare))
        y += needs + spare
    top_of = {g: top + spare / 2 for g, top, _ in tops}
    return Board(
        WIDE, high, LEFT, size, _months(axis), tuple((names[g], _r(top), _r(tall)) for g, top, tall in tops),
        tuple(replace(x, y=_r(x.y + top_of[g])) for g, x in placed), tuple(_shade(b, axis) for b in bands), pins, flags_title,
        _r(pins_y), _r(pin_high), left_out, unnamed,
    )  # fmt: skip


_Fit = tuple[list[tuple[Regime, Placed]], dict[Regime, float], float, int]
"""Fairs placed, height of each group, size of type, and how many fairs were left out."""


def _fitted(groups: Mapping[Regime, Sequence[Item]], axis: _Axis, room: float) -> _Fit:
    """Items placed at the largest size; where even the smallest is too large, those with fewest places are left out."""
    for size in SIZES:
        if made := _at(groups, axis, size, room):
            return made
    # as few as can be are left out: by halves, for many fairs would take long one by one
    by_weight = sorted((x for items in groups.values() for x in items), key=_weight)
    low, high = 1, len(by_weight)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _at(_without(groups, by_weight[:middle]), axis, SIZES[-1], room) else (middle + 1, high)  # fmt: skip
    found, heights, size, _ = _at(_without(groups, by_weight[:low]), axis, SIZES[-1], room) or ([], {}, SIZES[-1], 0)
    return found, heights, size, low


def _without(groups: Mapping[Regime, Sequence[Item]], gone: Sequence[Item]) -> dict[Regime, list[Item]]:
    keys = {x.key for x in gone}
    return {g: [x for x in items if x.key not in keys] for g, items in groups.items()}


def _at(groups: Mapping[Regime, Sequence[Item]], axis: _Axis, size: float, room: float) -> _Fit | None:
    made = {g: _lanes(items, axis, size) for g, items in groups.items() if items}
    heights = {g: h for g, (_, h) in made.items()}
    if sum(heights.values()) > room:
        return None
    return [(g, x) for g, (items, _) in made.items() for x in items], heights, size, 0


def _weight(item: Item) -> tuple[bool, int, str]:
    """What is left out last: journeys that cross the border, then the fairs with most places."""
    return item.away_from is not None, item.places, item.key


def _lanes(items: Sequence[Item], axis: _Axis, size: float) -> tuple[list[Placed], float]:
    """First lane in which a fair has room; each lane as high as its highest fair. `y` is that within the group."""
    taken: list[list[tuple[float, float]]] = []
    found: list[tuple[int, Placed, float]] = []
    for item in sorted(items, key=lambda x: (x.first, x.last, x.key)):
        sides = _sides(item, axis, size)
        free = ((n, side) for n in range(len(taken)) for side in sides if _is_free(taken[n], side))
        lane, (placed, low, upper) = next(free, (len(taken), sides[0]))
        taken[lane : lane + 1] = [[*(taken[lane] if lane < len(taken) else []), (low, upper)]]
        found.append((lane, placed, placed.high))
    highs = [max(h for lane, _, h in found if lane == n) for n in range(len(taken))]
    tops = [sum(highs[:n]) + 2.2 * n + 2.5 for n in range(len(highs))]
    whole = sum(highs) + 2.2 * len(highs) + 4
    return [replace(x, y=tops[lane]) for lane, x, _ in found], whole


_Side = tuple[Placed, float, float]
"""A fair without its lane, and from where to where it reaches."""


def _is_free(spans: Sequence[tuple[float, float]], side: _Side) -> bool:
    return all(side[2] + GAP <= a or b + GAP <= side[1] for a, b in spans)


@lru_cache(maxsize=8192)
def _sides(item: Item, axis: _Axis, size: float) -> list[_Side]:
    """The fair with its words to the right and to the left of its bar, as far as either has room; at least one."""
    x = axis.x(item.first)
    end = max(axis.x(item.last + DAY), x + LEAST_BAR)
    away_x = axis.x(item.away_from) if item.away_from else x
    away_end = axis.x(item.away_to + DAY) if item.away_to else x
    lines, details, wide = _words(item, size)
    wide = min(wide, WIDE - LEFT - (end - x) - 4)
    high = (size * LINE * len(lines) + len(details) * size * DETAIL * (LINE + 0.12)) * MM
    right, left = max(end, away_end), min(x, away_x)
    made = Placed(
        item.key, _r(x), 0.0, _r(end - x), _r(high), item.tone, item.is_projected, 0.0, _r(wide), "left", lines, details,
        item.marks, _r(away_x), _r(max(0.0, away_end - away_x)) if item.away_from else 0.0,
    )  # fmt: skip
    on_right = (replace(made, text_x=_r(right + BESIDE)), left, right + BESIDE + wide)
    start = max(LEFT, left - BESIDE - wide)
    on_left = (replace(made, text_x=_r(start), align="right"), start, right)
    fits = [
        side
        for side, room in ((on_right, right + BESIDE + wide <= WIDE), (on_left, left - BESIDE - wide >= LEFT))
        if room
    ]
    return fits or [on_left]


def _words(item: Item, size: float) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """Lines of the name, lines of days and size (one where that is no wider), and how wide they are with the zone marks."""
    lines, small = _lines(item.name, size), size * DETAIL
    named = max(text_width(t, size, bold=True) for t in lines) * MM
    marks = sum(text_width(n, small, bold=True) + 0.8 * small for n in item.marks) * MM
    both = f"{item.detail} · {item.size}"
    one = text_width(both, small) * MM + 2 + marks
    if one <= max(named, LONGEST * 0.85):
        return lines, (both,), max(named, one)
    two = max(text_width(item.detail, small) * MM, text_width(item.size, small) * MM + 2 + marks)
    return lines, (item.detail, item.size), max(named, two)


@lru_cache(maxsize=4096)
def _lines(name: str, size: float) -> tuple[str, ...]:
    """A name in as few lines as hold all of it, of much the same length: its end tells one phase from the next."""
    room, whole = LONGEST / MM, text_width(name, size, bold=True)
    if whole <= room:
        return (name,)
    for most in (2, 3):
        for part in (1.1, 1.2, 1.35, 1.5):
            lines = wrapped(name, size, min(whole / most * part, room), most)
            if lines and ELLIPSIS not in lines[-1]:
                return lines
    return wrapped(name, size, room, 3) or (shortened(name, size, room),)


def _months(axis: _Axis) -> tuple[tuple[float, float], ...]:
    """Left edge and width of every month."""
    found, day = [], axis.first
    while day <= axis.last:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((_r(axis.x(day)), _r(axis.x(min(following, axis.last + DAY)) - axis.x(day))))
        day = following
    return tuple(found)


def _shade(band: Band, axis: _Axis) -> Shade:
    x = axis.x(band.first)
    return Shade(_r(x), _r(axis.x(band.last + DAY) - x), band.kind, band.text)


def _pins(flags: Sequence[Flag], axis: _Axis, most: int) -> tuple[tuple[Pin, ...], int]:
    """A mark for every day with something due; its words in the first of a few lanes where they have room.

    The latest first: an earlier day hangs lower, so that its line passes left of the words above it. Where no lane is left that
    way, a line may run behind other words rather than a deadline stand without its own.
    """
    found: list[Pin] = []
    for flag in reversed(flags):
        x = axis.x(flag.on)
        told = shortened(f"{flag.day} {flag.text}", FLAG_SIZE, min(FLAG_ROOM, max(LEAST_FLAG, WIDE - x)) / MM)
        start = min(x, WIDE - text_width(told, FLAG_SIZE) * MM)
        tried = [Pin(_r(x), _r(start), lane, told) for lane in range(most)]
        free = [pin for pin in tried if not any(_overlap(pin, p) for p in found)]
        clear = (pin for pin in free if not any(_crosses(a, b) for p in found for a, b in ((pin, p), (p, pin))))
        found.append(next(clear, free[0] if free else Pin(_r(x), _r(x), 0, "")))
    found.reverse()
    return tuple(found), sum(flag.count for flag, pin in zip(flags, found, strict=True) if not pin.text)


def _ends(pin: Pin) -> float:
    return pin.text_x + text_width(pin.text, FLAG_SIZE) * MM


def _overlap(a: Pin, b: Pin) -> bool:
    """Whether the words of two deadlines lie on each other."""
    is_level = a.lane == b.lane and bool(a.text) and bool(b.text)
    return is_level and a.text_x < _ends(b) + GAP and b.text_x < _ends(a) + GAP


def _crosses(line: Pin, words: Pin) -> bool:
    """Whether the line from the mark of one to its words runs through the words of another."""
    is_above = words.lane < line.lane and bool(words.text) and bool(line.text)
    return is_above and words.text_x - BESIDE < line.x < _ends(words) + BESIDE


def _r(value: float) -> float:
    return round(value, 2)
