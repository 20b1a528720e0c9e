"""What a plan does not break and its reader should still know: parties that look split, empty half-days, days to avoid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from fairplanner.domain.duties import Activity
from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.away import concerns, fits, has_fallen_away, overlap, permits
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.reckon.duties import dues, occasions_of
from fairplanner.rules.reckon.places import is_void

HALVES = ("morning", "afternoon")


@dataclass(frozen=True, order=True)
class Remark:
    """One remark: `what` is a key of the language files (section `remarks`), facts fill its placeholders (ids and ISO days)."""

    what: str
    facts: tuple[tuple[str, str], ...]


def remarks(programme: Programme, plan: Plan) -> tuple[Remark, ...]:
    """Everything worth a remark, sorted."""
    found = [
        *_split(programme, plan),
        *_business(programme, plan),
        *_shown_only(programme, plan),
        *_tariff(programme, plan),
    ]
    return tuple(sorted([*found, *_reapplied(programme, plan), *of_programme(programme)]))


def of_programme(programme: Programme) -> tuple[Remark, ...]:
    """Remarks that need no plan: chosen packs of which nothing is in force on any fair day of the year, subsidies of the ledger
    that are not in force, decisions and permits to go to a fair that is cancelled."""
    ends = [q.end for q in programme.in_window() if q.end]
    found = []
    for pack in programme.packs:
        own = [s for s in programme.subsidy.values() if s.pack_id == pack.pack_id]
        spans = [(s.valid_from or date.min, s.valid_to or date.max) for s in own]
        if own and not any(first <= day <= last for first, last in spans for day in ends):
            found.append(_remark("expired", pack=pack.pack_id, last=pack.valid_to or ""))
    unknown = {row.subsidy_id for row in programme.ledger if row.subsidy_id} - set(programme.subsidy)
    found += [
        _remark("ledger", subsidy=s, rows=sum(r.subsidy_id == s for r in programme.ledger)) for s in sorted(unknown)
    ]
    found += [
        _remark("void", decision=d.decision_id, phase=d.phase_id) for d in programme.decisions if is_void(programme, d)
    ]
    found += [_remark("void-permit", number=a.number) for a in programme.approvals if has_fallen_away(programme, a)]
    return tuple(found)


def _remark(what: str, **facts: object) -> Remark:
    return Remark(what, tuple(sorted((name, str(value)) for name, value in facts.items())))


def _parties(plan: Plan) -> list[Delegation]:
    return [d for d in plan.delegations if d.officials and d.regime is not Regime.HOME]


def _split(programme: Programme, plan: Plan) -> Iterator[Remark]:
    """Two official parties of one office to one country or region within `split_days` («严禁组织“团外团”或拆分团组»)."""
    for a, b in combinations(sorted(_parties(plan), key=lambda d: (d.depart, d.delegation_id)), 2):
        both = _territories(programme, a) & _territories(programme, b)
        days = (b.depart - a.return_).days
        if a.sponsor == b.sponsor and both and days <= programme.settings.split_days:
            yield _remark("split", a=a.delegation_id, b=b.delegation_id, territory=min(both), days=max(0, days))


def _territories(programme: Programme, d: Delegation) -> set[str]:
    return {programme.territory_of(s.phase_id) for s in d.stops}


def half_days(d: Delegation) -> tuple[tuple[date, str], ...]:
    """Half-days of an official party from the day after it arrives to the day it leaves its last stop."""
    first, last = d.stops[0].arrive + timedelta(days=1), d.stops[-1].leave
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple((day, half) for day in days for half in HALVES)


def empty_half_days(programme: Programme, d: Delegation) -> tuple[tuple[date, str], ...]:
    """Half-days for which `activities` has no official business."""
    filled = business_of(programme, d)
    return tuple(half for half in half_days(d) if half not in filled)


def business_of(programme: Programme, d: Delegation) -> dict[tuple[date, str], tuple[Activity, ...]]:
    """Official business of a delegation by half-days, that of the zones above it included; one half-day may have several."""
    stops, found = {s.phase_id for s in d.stops}, defaultdict[tuple[date, str], list[Activity]](list)
    for a in sorted(programme.activities, key=lambda a: (a.on, a.half, a.phase_id, a.zone_id)):
        if a.phase_id in stops and programme.is_within(d.sponsor, a.zone_id):
            found[a.on, str(a.half)].append(a)
    return {half: tuple(own) for half, own in found.items()}


def _business(programme: Programme, plan: Plan) -> Iterator[Remark]:
    """Half-days with official business, at least the share that the travel rules in force ask for (two thirds)."""
    for d in _parties(plan):
        rules = programme.travel_rules(d.regime, d.depart)
        if rules is None or rules.official_share is None:
            continue
        part, whole = rules.official_share
        halves, empty = half_days(d), empty_half_days(programme, d)
        least = -(-len(halves) * part // whole)
        if len(halves) - len(empty) < least:
            told = ";".join(f"{day}/{half}" for day, half in empty)
            filled = len(halves) - len(empty)
            yield _remark("business", who=d.delegation_id, halves=len(halves), filled=filled, least=least, empty=told)


def _shown_only(programme: Programme, plan: Plan) -> Iterator[Remark]:
    for d in _parties(plan):
        for x in programme.blackouts:
            named = not x.post_id or x.post_id in d.posts
            if (
                not x.binding
                and named
                and programme.is_within(d.sponsor, x.zone_id)
                and overlap(d.depart, d.return_, x)
            ):
                yield _remark("blackout", who=d.delegation_id, reason=x.reason, first=x.first, last=x.last)


def _tariff(programme: Programme, plan: Plan) -> Iterator[Remark]:
    for d in _parties(plan):
        rules, days = programme.travel_rules(d.regime, d.depart), days_away(d.depart, d.return_)
        if rules is not None and rules.most_tariff_days is not None and days > rules.most_tariff_days:
            yield _remark("tariff", who=d.delegation_id, days=days, most=rules.most_tariff_days)


def _reapplied(programme: Programme, plan: Plan) -> Iterator[Remark]:
    """Permits that the plan does not keep (a plan made with `--reapply`), with the duties a new request brings."""
    for approval in permits(programme):
        mine = [d for d in plan.delegations if concerns(approval, d)]
        kept = [d for d in mine if fits(approval, [s.phase_id for s in d.stops], d.depart, d.return_, d.officials)]
        if mine and not kept:
            occasions = [o for d in mine[:1] for o in occasions_of(programme, [d])]
            asked = [
                x for o in occasions for x in dues(programme, o) if x.duty.who == "officials" and x.due < o.departs
            ]
            days = max((abs(x.duty.days) for x in asked), default=0)
            names = ";".join(x.duty.duty_id for x in asked)
            yield _remark("reapply", number=approval.number, days=days, duties=names)
