"""Points as whole thousandths, and what money is worth in them."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.rules.reckon.money import to_fen

FEN_PER_1000 = 100_000


def milli(points: float) -> int:
    """Thousandths of a point, as a whole number."""
    return round(points * 1000)


def worth(amount: Decimal, points_per_1000: float) -> int:
    """What an amount (programme currency) is worth where 1,000 of it are worth so many points; thousandths, rounded down."""
    return to_fen(amount) * milli(points_per_1000) // FEN_PER_1000
