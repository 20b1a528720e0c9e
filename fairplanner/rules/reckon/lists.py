"""Lists of places (安排名单) per phase, section and quota zone: who is placed, who waits in which turn, and the last score placed.

Before a plan they show what the booth-base procedure gives, or, where none runs, what the order gives while there are booths;
after it, what the plan gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fairplanner.domain.kinds import Policy, Role, StandKind
from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Application, Quota
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.applications import M2_PER_BOOTH, allotment_pools, open_stands
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.places import barred_firms, is_below, open_booths, pinned_firms
from fairplanner.rules.reckon.score import order_key, quota_zone, score

OWN_REASONS = frozenset(f"unplaced-{x}" for x in ("decision", "delegation", "teams", "phases", "money")) | {"hosting"}
"""Exclusions that lie with the firm or its zone: it does not wait for a place."""

OUTSIDE = ("decision", "kept")
"""Steps that give a place outside the order."""


def _by(why: tuple[tuple[str, int], ...]) -> str:
    return why[0][0] if why else ""


class State(StrEnum):
    """What a list says of an application."""

    PLACED = "placed"
    WAITING = "waiting"
    OUT = "out"


@dataclass(frozen=True)
class Line:
    """One application: `rank` 1 is first in the written order; `turn` 1 gets the next place that falls free; `why`: steps of
    the procedure, or `order`, `decision`, `kept` or `waits`, with their booths; `reason`: rule that keeps one out that does not wait."""

    application: Application
    rank: int
    score: float
    state: State
    booths: int = 0
    turn: int = 0
    why: tuple[tuple[str, int], ...] = ()
    reason: str = ""
    below: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether a decision gives the place, outside the order."""
        return _by(self.why) == "decision"

    @property
    def is_outside(self) -> bool:
        """Whether the place goes by a decision, or is kept, whatever the order says."""
        return _by(self.why) in OUTSIDE


@dataclass(frozen=True)
class PlacesList:
    """One list, lines in the written order; `available`: booths handed down for it, None where no quota says."""

    phase_id: str
    section_id: str
    zone_id: str
    policy: Policy
    available: int | None
    lines: tuple[Line, ...]

    def of(self, state: State) -> tuple[Line, ...]:
        """Lines in one state, in order."""
        return tuple(x for x in self.lines if x.state is state)

    @property
    def booths(self) -> int:
        """Booths given on the list."""
        return sum(x.booths for x in self.lines)

    @property
    def cutoff(self) -> float | None:
        """The lowest score that got a place in the order (最低分); None where nobody did or places do not go by score."""
        scores = [x.score for x in self.of(State.PLACED) if not x.is_outside]
        return min(scores) if scores and self.policy is Policy.RANK else None


Given = dict[str, tuple[int, tuple[tuple[str, int], ...]]]
"""Booths of each application that has a place, and why."""


def places_lists(programme: Programme, plan: Plan | None = None) -> tuple[PlacesList, ...]:
    """Every list of a fair whose places go in a published order, by date of the phase, section and zone."""
    asked: dict[tuple[str, str, str], list[Application]] = defaultdict(list)
    for a in programme.applications:
        if a.role is Role.EXHIBIT and programme.policy(a.phase_id) is not Policy.OPTIMISE and open_stands(programme, a):
            asked[a.phase_id, a.section_id, quota_zone(programme, a)].append(a)
    everyone = [a for own in asked.values() for a in own]
    given = _by_plan(programme, plan) if plan else _before(programme, everyone)
    reasons = {dict(x.facts).get("application", ""): x.rule for x in plan.excluded} if plan else {}
    barred = barred_firms(programme)
    reasons |= {a.application_id: "unplaced-decision" for a in everyone if (a.firm_id, a.phase_id) in barred}
    first = {q.phase_id: (q.start is None, q.start) for q in programme.phases}
    keys = sorted(asked, key=lambda key: (*first[key[0]], *key))
    return tuple(_list(programme, key, asked[key], given, reasons) for key in keys)


def _list(
    programme: Programme, key: tuple[str, str, str], own: list[Application], given: Given, reasons: dict[str, str]
) -> PlacesList:
    phase_id, section_id, zone_id = key
    lines, turn, pools = [], 0, _steps(programme)
    for rank, a in enumerate(sorted(own, key=lambda a: order_key(programme, a)), 1):
        booths, why = given.get(a.application_id, (0, pools.get(a.application_id, ())))
        reason = reasons.get(a.application_id, "")
        out = not booths and reason in OWN_REASONS
        state = State.PLACED if booths else State.OUT if out else State.WAITING
        turn += state is State.WAITING
        if state is State.WAITING and (not why or any(n for _, n in why)):
            why = (("waits", 0),)
        lines.append(
            Line(a, rank, score(programme, a), state, booths, turn if state is State.WAITING else 0, why, reason if out else "",
                 is_below(programme, a.firm_id, phase_id))
        )  # fmt: skip
    quota = _quota(programme, phase_id, section_id, zone_id)
    available = quota.booths if quota else None
    return PlacesList(phase_id, section_id, zone_id, programme.policy(phase_id), available, tuple(lines))


def _steps(programme: Programme) -> dict[str, tuple[tuple[str, int], ...]]:
    return {x.application_id: x.why for pool in allotment_pools(programme).pools for x in pool.handed.allotments}


def _by_plan(programme: Programme, plan: Plan) -> Given:
    pinned, steps, kept = pinned_firms(programme), _steps(programme), held(programme)
    given: Given = {}
    for p in plan.participations:
        if p.role is Role.EXHIBIT and p.booths:
            of_pool = steps.get(p.application_id)
            told = of_pool if of_pool and sum(n for _, n in of_pool) == p.booths else (("order", p.booths),)
            decided = (p.firm_id, p.phase_id) in pinned
            stays = p.application_id in kept
            outside = "decision" if decided else "kept" if stays else ""
            given[p.application_id] = p.booths, ((outside, p.booths),) if outside else told
    return given


def _before(programme: Programme, everyone: list[Application]) -> Given:
    """By the procedure where it runs; by decision; else down the order of each quota row, stopping at the first who would get
    fewer booths than it accepts."""
    allotted, steps, pinned = allotment_pools(programme).booths, _steps(programme), pinned_firms(programme)
    barred, kept = barred_firms(programme), held(programme)
    given: Given = {}
    queues: dict[tuple[str, ...], list[Application]] = defaultdict(list)
    for a in everyone:
        name = a.application_id
        if (a.firm_id, a.phase_id) in barred:
            continue
        if (a.firm_id, a.phase_id) in pinned:
            given[name] = open_stands(programme, a)[-1], (("decision", open_stands(programme, a)[-1]),)
        elif name in kept:
            given[name] = kept[name].booths, (("kept", kept[name].booths),)
        elif name in allotted:
            if allotted[name]:
                given[name] = allotted[name], steps[name]
        else:
            quota = _quota(programme, a.phase_id, a.section_id, quota_zone(programme, a))
            at = (quota.section_id, quota.zone_id) if quota else (a.section_id, "")
            queues[a.phase_id, *at, "raw" if a.stand is StandKind.RAW else ""].append(a)
    for own in queues.values():
        given |= _down_the_order(programme, own, given)
    return given


def _down_the_order(programme: Programme, own: list[Application], decided: Given) -> Given:
    quota = _quota(programme, own[0].phase_id, own[0].section_id, quota_zone(programme, own[0]))
    left, firms = _capacity(programme, quota, raw=own[0].stand is StandKind.RAW, decided=decided), None
    if quota and quota.firms is not None:
        firms = quota.firms
    given: Given = {}
    for a in sorted(own, key=lambda a: order_key(programme, a)):
        numbers = open_stands(programme, a)
        fitting = [n for n in numbers if left is None or n <= left]
        if not fitting or (firms is not None and len(given) >= firms):
            break
        given[a.application_id] = fitting[-1], (("order", fitting[-1]),)
        left = None if left is None else left - fitting[-1]
    return given


def _capacity(programme: Programme, quota: Quota | None, *, raw: bool, decided: Given) -> int | None:
    if quota is None:
        return None
    if raw:
        return None if quota.area_m2 is None else quota.area_m2 // M2_PER_BOOTH
    if quota.booths is None:
        return None
    outside = ("kept",) if quota.reserve else OUTSIDE
    own = [programme.application[name] for name, (_, why) in decided.items() if _by(why) in outside]
    taken = sum(decided[a.application_id][0] for a in own if _is_under(programme, quota, a))
    return max(0, open_booths(quota, pinned=False) - taken)


def _is_under(programme: Programme, quota: Quota, a: Application) -> bool:
    here = a.phase_id == quota.phase_id and quota.section_id in ("", a.section_id) and a.stand is not StandKind.RAW
    return here and programme.is_within(programme.firm[a.firm_id].zone_id, quota.zone_id)


def _quota(programme: Programme, phase_id: str, section_id: str, zone_id: str) -> Quota | None:
    """The row that hands places down to a zone: of the section, else of all sections together."""
    rows: Iterable[Quota] = (q for q in programme.quotas if (q.phase_id, q.zone_id) == (phase_id, zone_id))
    found = {q.section_id: q for q in rows}
    return found.get(section_id) or found.get("")
