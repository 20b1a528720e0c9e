"""plan.json, programme.json and the prices: what was decided, from what, and what proves it; the same gives the same bytes."""

from __future__ import annotations

import gzip
import json

from pydantic import BaseModel

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import PRICES_VERSION, Prices
from fairplanner.domain.programme import Programme


def plan_json(plan: Plan) -> bytes:
    """A plan as UTF-8 JSON: keys sorted, two spaces, LF; money as text with two decimals, dates as ISO 8601."""
    return _json(plan)


def snapshot_json(programme: Programme) -> bytes:
    """The programme that a plan was made from, in the same form."""
    return _json(programme)


def prices_gz(prices: Prices) -> bytes:
    """Prices as packed JSON: by rule, one [label, number, value] a row, in the order of the model; no clock in it."""
    rules: dict[str, list[tuple[str, int, float]]] = {}
    for row in prices.rows:
        rules.setdefault(row.rule, []).append((row.label, row.number, row.value))
    told = {"version": PRICES_VERSION, "rules": rules}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def _json(model: BaseModel) -> bytes:
    text = json.dumps(model.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()
