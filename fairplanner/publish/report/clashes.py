"""What lies on the same days in a plan: firms, posts and sponsors in two places at once, days to avoid, dates that may move.

Reckoned from the finished plan alone. What a rule forbids is `binding`; the rest a planner should know and may accept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Delegation, Journey, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.away import overlap

MOVABLE = (Status.PROVISIONAL, Status.PROJECTED)


class ClashKind(StrEnum):
    """What clashes."""

    FIRM = "firm"
    POST = "post"
    SPONSOR = "sponsor"
    BLACKOUT = "blackout"
    MOVABLE = "movable"


@dataclass(frozen=True, order=True)
class Clash:
    """One clash on the days `first` to `last` (both included).

    `subject`: id of the firm, post, sponsor zone, blackout or phase; `delegations`: ids of those concerned, sorted. `count`: how
    many are out at once where at most `most` may be (firms), else 0.
    """

    first: date
    last: date
    kind: ClashKind
    subject: str
    delegations: tuple[str, ...]
    is_binding: bool
    count: int = 0
    most: int = 0


def clashes(programme: Programme, plan: Plan) -> tuple[Clash, ...]:
    """Every clash of a plan, by its first day."""
    found = (
        *_firms(programme, plan),
        *_posts(plan.delegations),
        *_sponsors(programme, plan.delegations),
        *_blackouts(programme, plan.delegations),
        *_movable(programme, plan.delegations),
    )
    return tuple(sorted(found))


def _firms(programme: Programme, plan: Plan) -> Iterator[Clash]:
    """Firms with more journeys out on a day than they have teams; the days of leaving and of coming home both count."""
    own: defaultdict[str, list[Journey]] = defaultdict(list)
    for journey in plan.journeys:
        own[journey.firm_id].append(journey)
    crowded = {f: js for f, js in sorted(own.items()) if len(js) > programme.firm[f].teams}
    if not crowded:
        return
    gone = _gone_with(plan)
    for firm_id, journeys in crowded.items():
        teams = programme.firm[firm_id].teams
        for out in _together(journeys):
            if len(out) > teams:
                went = {d for j in out for q in j.phases for d in gone.get((firm_id, q), ())}
                yield Clash(
                    *_shared((j.depart, j.return_) for j in out), ClashKind.FIRM, firm_id, tuple(sorted(went)), True,
                    len(out), teams,
                )  # fmt: skip


def _together(journeys: Sequence[Journey]) -> list[tuple[Journey, ...]]:
    """The largest sets of journeys that are out on one day, each once."""
    sets = {
        tuple(sorted((k for k in journeys if k.depart <= j.depart <= k.return_), key=lambda k: k.journey_id))
        for j in journeys
    }
    return sorted(
        (s for s in sets if not any(set(s) < set(other) for other in sets)), key=lambda s: [k.journey_id for k in s]
    )


def _shared(spans: Iterable[tuple[date, date]]) -> tuple[date, date]:
    """The days that all spans have in common."""
    leaving, back = zip(*spans, strict=True)
    return max(leaving), min(back)


def _gone_with(plan: Plan) -> dict[tuple[str, str], set[str]]:
    """Delegations with which a firm is at a phase."""
    at: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for d in plan.delegations:
        for stop in d.stops:
            at[d.sponsor, stop.phase_id].add(d.delegation_id)
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for p in plan.participations:
        found[p.firm_id, p.phase_id] |= at.get((p.sponsor, p.phase_id), set())
    return found


def _pairs(delegations: Iterable[Delegation]) -> Iterator[tuple[Delegation, Delegation]]:
    """Pairs that are out on a common day, in order of leaving."""
    in_order = sorted(delegations, key=lambda d: (d.depart, d.return_, d.delegation_id))
    for i, a in enumerate(in_order):
        for b in in_order[i + 1 :]:
            if b.depart > a.return_:
                break
            yield a, b


def _posts(delegations: Sequence[Delegation]) -> Iterator[Clash]:
    """One post named for two delegations that are out on a common day."""
    for a, b in _pairs(d for d in delegations if d.posts):
        for post in sorted({*a.posts} & {*b.posts}):
            yield _of_two(a, b, ClashKind.POST, post, binding=True)


def _sponsors(programme: Programme, delegations: Sequence[Delegation]) -> Iterator[Clash]:
    """One sponsor with two delegations in different cities on a common day: allowed, and felt by the office."""
    own: defaultdict[str, list[Delegation]] = defaultdict(list)
    for d in delegations:
        own[d.sponsor].append(d)
    for sponsor in sorted(own):
        for a, b in _pairs(own[sponsor]):
            if _cities(programme, a).isdisjoint(_cities(programme, b)):
                yield _of_two(a, b, ClashKind.SPONSOR, sponsor, binding=False)


def _cities(programme: Programme, d: Delegation) -> set[str]:
    return {programme.phase[s.phase_id].place_id for s in d.stops}


def _of_two(a: Delegation, b: Delegation, kind: ClashKind, subject: str, *, binding: bool) -> Clash:
    ids = tuple(sorted((a.delegation_id, b.delegation_id)))
    return Clash(*_shared((d.depart, d.return_) for d in (a, b)), kind, subject, ids, binding)


def _blackouts(programme: Programme, delegations: Sequence[Delegation]) -> Iterator[Clash]:
    """Officials, or a named post, out on days on which they may not leave, or had better not."""
    for d in delegations:
        for x in programme.blackouts:
            concerned = x.post_id in d.posts if x.post_id else bool(d.officials or d.posts)
            if concerned and programme.is_within(d.sponsor, x.zone_id) and overlap(d.depart, d.return_, x):
                days = _shared(((d.depart, d.return_), (x.first, x.last)))
                yield Clash(*days, ClashKind.BLACKOUT, x.blackout_id, (d.delegation_id,), x.binding)


def _movable(programme: Programme, delegations: Sequence[Delegation]) -> Iterator[Clash]:
    """Stops at fairs whose dates are not announced: everything booked for them may have to move."""
    for d in delegations:
        for stop in d.stops:
            phase = programme.phase[stop.phase_id]
            if phase.status in MOVABLE:
                days = phase.start or stop.arrive, phase.end or stop.leave
                yield Clash(*days, ClashKind.MOVABLE, stop.phase_id, (d.delegation_id,), False)
