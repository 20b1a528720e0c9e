"""Exact sums of money over many rows: decimals become whole numbers over one power of ten, rounded once to whole fen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

SAFE = 2**40


def scaled(amounts: Sequence[Decimal]) -> tuple[NDArray[np.int64], int]:
    """The amounts × scale as whole numbers, with the smallest power of ten that makes them so.

    Held as Python integers where they are too large to be multiplied by people and nights within 63 bits.
    """
    decimals = max((-int(a.normalize().as_tuple().exponent) for a in amounts), default=0)
    scale = 10 ** max(0, decimals)
    whole = [int(a * scale) for a in amounts]
    kind = np.int64 if max(whole, default=0) < SAFE else object
    return np.array(whole, dtype=kind), scale


def fen(values: NDArray[np.int64], scale: int) -> NDArray[np.int64]:
    """Whole fen of values / scale, half up (values are not negative)."""
    rounded: NDArray[np.int64] = ((values * 200 + scale) // (2 * scale)).astype(np.int64)
    return rounded
