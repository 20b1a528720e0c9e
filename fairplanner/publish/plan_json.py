"""plan.json, programme.json and the prices: what was decided, from what, and what proves it; the same gives the same bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, TypeAdapter

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import PRICES_VERSION, Prices
from fairplanner.domain.programme import Programme
from fairplanner.domain.uncollected import uncollected

ANYTHING = TypeAdapter[Any](Any)
AT_ONCE = 5_000
"""Rows written at once."""
SMALL, LARGE = 1e-4, 1e15
"""Between these no number is written with an exponent."""


def plan_json(plan: Plan) -> bytes:
    """A plan as UTF-8 JSON: keys sorted, two spaces, LF; money as text with two decimals, dates as ISO 8601."""
    return _json(plan)


def snapshot_json(programme: Programme) -> bytes:
    """The programme that a plan was made from, in the same form; what was done by hand stands in it only where something was."""
    return _json(programme, () if programme.by_hand else ("by_hand",))


def prices_gz(prices: Prices) -> bytes:
    """Prices as packed JSON: by rule, one [label, number, value] a row, in the order of the model; no clock in it."""
    rules: dict[str, list[tuple[str, int, float]]] = {}
    for row in prices.rows:
        rules.setdefault(row.rule, []).append((row.label, row.number, row.value))
    told = {"version": PRICES_VERSION, "rules": rules}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


@uncollected()
def _json(model: BaseModel, without: Collection[str] = ()) -> bytes:
    """Field by field, and rows some at a time: a nation's plan is hundreds of megabytes of text."""
    names = sorted(name for name in type(model).model_fields if name not in without)
    fields = (_field(name, getattr(model, name)) for name in names)
    return b"{\n" + b",\n".join(fields) + b"\n}\n"


def _field(name: str, value: Any) -> bytes:
    """The lines of one field, as in an object that has no other; many rows are written some at a time."""
    if not (isinstance(value, tuple) and len(value) > AT_ONCE):
        return _text({name: value})[2:-2]
    parts = (value[n : n + AT_ONCE] for n in range(0, len(value), AT_ONCE))
    head, foot = f'{{\n  "{name}": [\n'.encode(), b"\n  ]\n}"
    rows = b",\n".join(_text({name: part})[len(head) : -len(foot)] for part in parts)
    return head[2:] + rows + foot[:-2]


def _text(value: dict[str, Any]) -> bytes:
    """JSON as the standard library writes it; by pydantic's compiled writer, which is ten times as fast, wherever both agree."""
    plain = _Sorted()
    made = plain(ANYTHING.dump_python(value, mode="json"))
    if plain.agree:
        return ANYTHING.dump_json(made, indent=2)
    return json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False).encode()


class _Sorted:
    """Plain values with the keys of every object sorted; `agree`: no number among them that two writers write in two ways."""

    def __init__(self) -> None:
        self.agree = True

    def __call__(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return [self(one) for one in value]
        if isinstance(value, float) and value and not SMALL <= abs(value) < LARGE:
            self.agree = False
        return value
