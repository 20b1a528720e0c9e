"""Alternates (候补): who would come next in each delegation, by the published order or, where none is published, by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Delegation, Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import open_stands, sponsors
from fairplanner.rules.reckon.lists import OWN_REASONS, PlacesList, State, places_lists
from fairplanner.rules.reckon.places import barred_firms
from fairplanner.rules.reckon.score import score
from fairplanner.rules.reckon.value import participation_value


@dataclass(frozen=True)
class Alternate:
    """One who would come: an application with its turn on its list (1 is next; by value where nothing is published).

    `section_id` and `zone_id` name the list; `value`: thousandths of a point that all booths it wants are worth; `booths`: the
    fewest it accepts and the most it can be given. `leavers`: participations in whose place it could come, the last first.
    """

    application_id: str
    firm_id: str
    phase_id: str
    section_id: str
    zone_id: str
    is_ordered: bool
    turn: int
    score: float
    value: int
    booths: tuple[int, int]
    leavers: tuple[Participation, ...] = ()


@dataclass(frozen=True)
class Reserve:
    """The alternates of one delegation at one phase, list by list, each in turn; `places`: how many firms it has there."""

    delegation_id: str
    phase_id: str
    places: int
    alternates: tuple[Alternate, ...]


def reserves(programme: Programme, plan: Plan, *, only: Collection[str] = (), most: int = 3) -> tuple[Reserve, ...]:
    """The first `most` alternates of every list of every delegation (or of `only` these, by id) at each phase, in the plan's order.

    An alternate belongs to the nearest zone that sends a delegation there. Left out is who is out for a reason of its own.
    """
    hosts = {(d.sponsor, s.phase_id): d.delegation_id for d in plan.delegations for s in d.stops}
    found: dict[tuple[str, str], list[Alternate]] = defaultdict(list)
    for own in (*_ordered(programme, plan, hosts), *_by_value(programme, plan, hosts)):
        for host, alternates in _by_host(programme, own, hosts).items():
            found[host] += alternates[:most]
    return tuple(
        Reserve(
            d.delegation_id, s.phase_id, len(_there(plan, d, s.phase_id)), tuple(found[d.delegation_id, s.phase_id])
        )
        for d in plan.delegations
        if not only or d.delegation_id in only or d.party_id in only
        for s in d.stops
    )


def _there(plan: Plan, d: Delegation, phase_id: str) -> list[Participation]:
    return [p for p in plan.participations if (p.sponsor, p.phase_id) == (d.sponsor, phase_id)]


def _by_host(
    programme: Programme, own: list[Alternate], hosts: dict[tuple[str, str], str]
) -> dict[tuple[str, str], list[Alternate]]:
    """Alternates of a list by the delegation and phase that they would come with, in turn."""
    made: dict[tuple[str, str], list[Alternate]] = defaultdict(list)
    for x in own:
        a = programme.application[x.application_id]
        zones = sponsors(programme, programme.firm[a.firm_id].zone_id, a.recommended_by)
        host = next((hosts[z, a.phase_id] for z in zones if (z, a.phase_id) in hosts), None)
        if host is not None:
            made[host, a.phase_id].append(x)
    return made


def _ordered(programme: Programme, plan: Plan, hosts: dict[tuple[str, str], str]) -> Iterator[list[Alternate]]:
    """Of each published list where somebody waits: those who do, in turn."""
    phases = {q for _, q in hosts}
    placed = {p.application_id: p for p in plan.participations}
    for found in places_lists(programme, plan):
        if found.phase_id in phases:
            yield [
                _alternate(programme, x.application, found.zone_id, x.turn, _last(found, placed), is_ordered=True)
                for x in found.of(State.WAITING)
            ]


def _last(found: PlacesList, placed: dict[str, Participation]) -> tuple[Participation, ...]:
    """Who has a place on the list by the order, the last first; who has it by decision only after those."""
    lines = sorted(found.of(State.PLACED), key=lambda x: (x.is_outside, -x.rank))
    return tuple(placed[x.application.application_id] for x in lines)


def _by_value(programme: Programme, plan: Plan, hosts: dict[tuple[str, str], str]) -> Iterator[list[Alternate]]:
    """Of each phase without a published order: who applied and has no place, the most valuable first."""
    given = {(p.firm_id, p.phase_id) for p in plan.participations}
    reasons = {dict(x.facts).get("application", ""): x.rule for x in plan.excluded if x.kind != "claim"}
    barred, phases = barred_firms(programme), {q for _, q in hosts}
    waiting: dict[str, list[Application]] = defaultdict(list)
    for a in programme.applications:
        there = a.firm_id, a.phase_id
        is_open = a.phase_id in phases and there not in given and there not in barred
        if (
            is_open
            and programme.policy(a.phase_id) is Policy.OPTIMISE
            and reasons.get(a.application_id) not in OWN_REASONS
        ):
            waiting[a.phase_id].append(a)
    for phase_id in sorted(waiting):
        own = [
            x for a in waiting[phase_id] if (x := _alternate(programme, a, "", 0, (), is_ordered=False)).booths[1] >= 0
        ]
        leavers = sorted(
            (p for p in plan.participations if p.phase_id == phase_id), key=lambda p: (p.value, p.participation_id)
        )
        own.sort(key=lambda x: (-x.value, x.application_id))
        yield [_turned(x, n, tuple(leavers)) for n, x in enumerate(own, 1)]


def _turned(x: Alternate, turn: int, leavers: tuple[Participation, ...]) -> Alternate:
    return replace(x, turn=turn, leavers=leavers)


def _alternate(
    programme: Programme,
    a: Application,
    zone_id: str,
    turn: int,
    leavers: tuple[Participation, ...],
    *,
    is_ordered: bool,
) -> Alternate:
    numbers, points = open_stands(programme, a) or (-1,), score(programme, a)
    return Alternate(
        a.application_id, a.firm_id, a.phase_id, a.section_id, zone_id, is_ordered, turn, points,
        participation_value(programme, points, numbers[-1]), (numbers[0], numbers[-1]), leavers,
    )  # fmt: skip
