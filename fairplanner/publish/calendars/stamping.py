"""A plan as the next revision: its number, what it is told apart by, and the seal that ties it to the one before."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Revision
from fairplanner.domain.sealing import sealed
from fairplanner.publish.calendars.showing import RENDERING
from fairplanner.publish.plan_json import plan_json, snapshot_json

UNTOLD = {
    "revision": 1, "programme_digest": "", "value": 0, "bound": None, "gap": None, "engine": "", "status": "feasible",
}  # fmt: skip
"""What a plan says of itself and not of anybody: left out where two are compared."""


def digest_of(programme: Programme, plan: Plan) -> str:
    """SHA-256 (hexadecimal) of what was decided and what it rests on, whatever number it bears and however it was found.

    Planned again from itself a plan decides the same: which plan it began from, and how it was proven, make no revision.
    """
    settings = programme.settings.model_copy(update={"revision": 1})
    rests = programme.model_copy(update={"settings": settings, "settled": (), "settled_trips": (), "by_hand": ()})
    parts = (snapshot_json(rests), plan_json(plan.model_copy(update=UNTOLD)), str(RENDERING).encode())
    return sha256(b"\n".join(sha256(part).digest() for part in parts)).hexdigest()


def next_number(head: Revision | None) -> int:
    """The number after the last one published; 1 for the first."""
    return 1 if head is None else head.number + 1


def revision_of(programme: Programme, plan: Plan, head: Revision | None, at: datetime, by: str, why: str) -> Revision:
    """The revision that publishes a plan over `head` at `at` (UTC, whole seconds): the plan must bear its number already.

    Raises ValueError where it bears another.
    """
    if plan.revision != next_number(head):
        raise ValueError(f"revision {plan.revision} does not follow {head.number if head else 0}")
    digest, parent = digest_of(programme, plan), head.seal if head else ""
    made = plan_json(plan), snapshot_json(programme)
    return sealed(Revision(programme.settings.id, plan.revision, digest, parent, "", at, by, why, *made))
