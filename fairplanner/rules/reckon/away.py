"""When posts and officials cannot leave (blackouts), and which permits freeze which parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from fairplanner.domain.duties import Approval, Blackout
from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Delegation
from fairplanner.domain.programme import Programme

EXHIBITION = "exhibition"


def overlap(first: date, last: date, blackout: Blackout) -> int:
    """Days of a span (both ends included) that fall into a blackout."""
    return max(0, (min(last, blackout.last) - max(first, blackout.first)).days + 1)


def closed_to_party(programme: Programme, sponsor: str, first: date, last: date) -> tuple[int, Blackout | None]:
    """Most days on which a party of the sponsor may not be out, and the binding blackout of everybody that says so."""
    rows = [x for x in programme.blackouts if x.binding and not x.post_id and programme.is_within(sponsor, x.zone_id)]
    days = [(overlap(first, last, x), x.blackout_id, x) for x in rows]
    most = max(days, default=(0, "", None), key=lambda d: (d[0], d[1]))
    return (most[0], most[2]) if most[0] else (0, None)


def is_free(programme: Programme, post_id: str, first: date, last: date) -> bool:
    """Whether a post may be out on all these days."""
    own = (x for x in programme.blackouts if x.binding and x.post_id == post_id)
    return not any(overlap(first, last, x) for x in own)


def shut_posts(programme: Programme) -> frozenset[str]:
    """Posts with a binding blackout of their own."""
    return frozenset(x.post_id for x in programme.blackouts if x.binding and x.post_id)


def fits(approval: Approval, route: Sequence[str], depart: date, back: date, officials: int) -> bool:
    """Whether a party is the one that was approved: the same route, no more people, within the approved days."""
    if approval.valid_to is not None and depart > approval.valid_to:
        return False
    return (
        tuple(route) == approval.phases
        and officials <= approval.people
        and approval.depart <= depart
        and back <= approval.back
    )


def permits(programme: Programme) -> Iterator[Approval]:
    """Permits of official parties (任务批件, 任务通知书+任务确认件) for phases of the catalogue, in order of id; without those whose
    fairs are all cancelled, which have fallen away."""
    rows = sorted(programme.approvals, key=lambda a: a.approval_id)
    known = (a for a in rows if a.kind != EXHIBITION and set(a.phases) <= set(programme.phase))
    yield from (a for a in known if not has_fallen_away(programme, a))


def has_fallen_away(programme: Programme, approval: Approval) -> bool:
    """Whether every fair that a permit is for is cancelled."""
    off = [q in programme.phase and programme.phase[q].status is Status.CANCELLED for q in approval.phases]
    return bool(off) and all(off)


def concerns(approval: Approval, delegation: Delegation) -> bool:
    """Whether a delegation is one that the permit speaks of: its zone's, with officials, at one of its phases."""
    stops = {s.phase_id for s in delegation.stops}
    return delegation.sponsor == approval.zone_id and bool(delegation.officials) and bool(stops & set(approval.phases))
