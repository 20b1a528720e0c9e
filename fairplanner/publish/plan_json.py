"""plan.json and programme.json: what was decided, and what it was decided from; the same plan gives the same bytes."""

from __future__ import annotations

import json

from pydantic import BaseModel

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme


def plan_json(plan: Plan) -> bytes:
    """A plan as UTF-8 JSON: keys sorted, two spaces, LF; money as text with two decimals, dates as ISO 8601."""
    return _json(plan)


def snapshot_json(programme: Programme) -> bytes:
    """The programme that a plan was made from, in the same form."""
    return _json(programme)


def _json(model: BaseModel) -> bytes:
    text = json.dumps(model.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()
