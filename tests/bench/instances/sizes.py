"""Sizes and levels, and the figures that depend on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["base", "rules", "packs"]
LEVELS: tuple[Level, ...] = ("base", "rules", "packs")


@dataclass(frozen=True)
class Size:
    """`organisers`: zones that send; `regions`: zones above them, which do not; `sectors`: how many of the real ones."""

    firms: int
    phases: int
    organisers: int
    regions: int
    sectors: int


SIZES: dict[str, Size] = {
    "XS": Size(150, 30, 6, 2, 6),
    "S": Size(1_000, 120, 15, 3, 10),
    "M": Size(5_000, 200, 30, 4, 14),
    "L": Size(20_000, 400, 60, 6, 18),
    "XL": Size(47_700, 1_259, 70, 8, 24),
}
"""Firms × phases of issue C; XL is the nation's year of 2025: 47,700 firms at 1,259 fairs by 70 organisers."""
