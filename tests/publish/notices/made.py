"""A first publication and a second one in which something of everything changed, for notices and what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import Feed, FeedKey, Revision
from fairplanner.publish.calendars.feeds import FeedChange, feeds_of
from fairplanner.publish.notices.outbox import outbox
from tests.publish import plans

FIRST = datetime(2024, 11, 2, 8, tzinfo=UTC)
SECOND = datetime(2024, 12, 2, 20, tzinfo=UTC)
HOST = "plan.example"
BY = timedelta(days=21)


class Published(NamedTuple):
    """A revision, what it was made from, and what it changed."""

    programme: Programme
    plan: Plan
    revision: Revision
    changes: tuple[FeedChange, ...]
    standing: dict[FeedKey, Feed]


def stamped(plan: Plan, at: datetime, why: str = "") -> Revision:
    seal = f"{plan.revision:064x}"
    return Revision("test", plan.revision, "d" * 64, "", seal, at, "planning-office", why, b"", b"")


def published(
    programme: Programme, plan: Plan, before: Mapping[FeedKey, Feed], at: datetime, why: str = ""
) -> Published:
    made = feeds_of(programme, plan, before, at, HOST, ("zh", "en"))
    standing = {**before, **{feed.key: feed for feed in made.changed}}
    return Published(programme, plan, stamped(plan, at, why), made.changes, standing)


def first() -> Published:
    """The plan of `plans` as it was first published."""
    return published(plans.programme(), plans.plan(), {}, FIRST)


def second(why: str = "主办方改期 <organiser moved>") -> Published:
    """The fair abroad moves three weeks and is no longer certain, f3 takes another booth, f2 goes nowhere any more."""
    programme, plan = plans.programme(), plans.plan(revision=2)
    phases = tuple(
        q.model_copy(update={"start": q.start + BY, "end": q.end + BY, "status": Status.PROVISIONAL, "venue_zh": "新馆", "venue_en": "New Hall"})
        if q.phase_id == "abroad-1-1" and q.start and q.end else q
        for q in programme.phases
    )  # fmt: skip
    journeys = tuple(
        j.model_copy(update={"depart": j.depart + BY, "return_": j.return_ + BY}) if "abroad-1-1" in j.phases else j
        for j in plan.journeys
    )
    places = tuple(p.model_copy(update={"booths": 4}) if p.firm_id == "f3" else p for p in plan.participations)
    stays = {
        "participations": tuple(p for p in places if p.firm_id != "f2"),
        "journeys": tuple(j for j in journeys if j.firm_id != "f2"),
    }
    return published(plans.programme(phases=phases), plan.model_copy(update=stays), first().standing, SECOND, why)


def written(made: Published, folder: Path) -> Path:
    """The outbox of a revision as files; returns its folder."""
    for publication in outbox(made.programme, made.revision, made.changes):
        path = folder / publication.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(publication.content)
    return folder / f"rev-{made.revision.number:04d}"
