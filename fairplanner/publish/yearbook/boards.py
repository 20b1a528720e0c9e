"""What a wall chart is made of: fairs, deadlines and shaded days as they come, and as they hang on the board in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """A fair: days, words, numbers of the zones that send, how it is drawn, officials' days where they travel, places for its weight."""

    key: str
    first: date
    last: date
    name: str
    detail: str
    size: str
    marks: tuple[str, ...]
    tone: str
    is_projected: bool
    away_from: date | None = None
    away_to: date | None = None
    places: int = 0


@dataclass(frozen=True)
class Flag:
    """A day on which `count` things are due."""

    on: date
    day: str
    text: str
    count: int


@dataclass(frozen=True)
class Band:
    """Days that are shaded: `holiday` or `blackout`."""

    first: date
    last: date
    kind: str
    text: str


@dataclass(frozen=True)
class Placed:
    """A fair on the board: bar from `x` on, text of `lines` and zone marks at `text_x`, officials' line where there is one."""

    key: str
    x: float
    y: float
    wide: float
    high: float
    tone: str
    is_projected: bool
    text_x: float
    text_wide: float
    align: str
    lines: tuple[str, ...]
    details: tuple[str, ...]
    marks: tuple[str, ...]
    away_x: float = 0.0
    away_wide: float = 0.0


@dataclass(frozen=True)
class Shade:
    """A shaded band over the lanes."""

    x: float
    wide: float
    kind: str
    text: str


@dataclass(frozen=True)
class Pin:
    """A deadline: its day at `x`; text from `text_x` in a lane, '' where there was no room."""

    x: float
    text_x: float
    lane: int
    text: str


@dataclass(frozen=True)
class Board:
    """Everything placed. `groups`: name, top and height; `left_out` fairs and `unnamed` deadlines had no room."""

    wide: float
    high: float
    left: float
    type: float
    months: tuple[tuple[float, float], ...]
    groups: tuple[tuple[str, float, float], ...]
    items: tuple[Placed, ...]
    shades: tuple[Shade, ...]
    pins: tuple[Pin, ...]
    pins_title: str
    pins_y: float
    pin_high: float
    left_out: int = 0
    unnamed: int = 0
