"""plan.prices.json.gz beside a plan, as an earlier run wrote it: a help that planning can do without."""

from __future__ import annotations

import gzip
import json
import zlib
from math import isfinite
from pathlib import Path
from typing import Any

from fairplanner.domain.prices import PRICES_VERSION, Prices, RowPrice

MOST_BYTES = 1_000_000_000
"""Of the file unpacked; a nation's year is a fiftieth of it."""


def read_prices(path: Path) -> Prices | None:
    """The prices of a file; None where it cannot be read, is cut short or damaged, or is of another version."""
    try:
        with gzip.open(path) as file:
            content = file.read(MOST_BYTES + 1)
        given = json.loads(content) if len(content) <= MOST_BYTES else None
        return _prices(given)
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # whatever stands in a damaged file, the plan is made all the same
        return None


def _prices(given: Any) -> Prices:
    if given["version"] != PRICES_VERSION:
        raise ValueError("another version")
    rows = (_row(rule, *row) for rule, rows in given["rules"].items() for row in rows)
    return Prices(tuple(rows))


def _row(rule: str, label: Any, number: Any, value: Any) -> RowPrice:
    if not (isinstance(label, str) and type(number) is int and isinstance(value, float) and isfinite(value)):
        raise ValueError("no price of a row")
    return RowPrice(rule, label, number, value)
