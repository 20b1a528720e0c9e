"""What is to be decided (需审定事项): at most five points, each from facts of the programme and the plan, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import DecisionKind
from fairplanner.publish.yearbook.figures import has_permit, is_official
from fairplanner.publish.yearbook.risks import named, nearly_used, undated_wanted
from fairplanner.publish.yearbook.telling import Telling
from fairplanner.rules.reckon.duties import Due

MOST = 5
TARGETS_NAMED = 3
GIVES = (DecisionKind.MUST_GO, DecisionKind.KEEP)


@dataclass(frozen=True)
class Point:
    """One thing to decide: `due` is the day by which it must be, `money` what it is about, in programme currency."""

    text: str
    due: date | None = None
    money: Decimal | None = None


def points(told: Telling) -> tuple[Point, ...]:
    """At most five: what has a day first, then what is about most money, then the others in the order of this file."""
    found = [point for make in KINDS if (point := make(told))]
    found.sort(key=lambda x: (x.due is None, x.due or date.max, -(x.money or Decimal(0))))
    return tuple(found[:MOST])


def _permits(told: Telling) -> Point | None:
    """Official parties without a permit on file, with what is due for them next."""
    press, programme = told.press, told.press.programme
    lacking = {d.delegation_id: d for d in press.plan.delegations if is_official(d) and not has_permit(programme, d)}
    if not lacking:
        return None
    money = sum((d.total for d in lacking.values()), Decimal(0))
    due = [x for x in told.dues if x.occasion.delegation_id in lacking and _is_request(x)]
    if not due:
        return Point(press.w("yearbook.point.permits", count=len(lacking)), money=money)
    first = min(due, key=lambda x: (x.due, x.key))
    facts = {"what": press.w.name(first.duty), "fair": named(told, list(first.occasion.phases)), "count": len(lacking)}
    key = "permits_late" if first.is_overdue else "permits_due"
    return Point(press.w(f"yearbook.point.{key}", **facts), first.due, money)


def _is_request(due: Due) -> bool:
    """Whether it is something to ask leave for before people go."""
    return due.duty.who in ("office", "officials") and due.duty.door == "people"


def _too_many(told: Telling) -> Point | None:
    """More official parties than approved."""
    most, parties = told.press.programme.settings.approved_parties, told.now.parties or 0
    if most is None or parties <= most:
        return None
    text = told.press.w("yearbook.point.too_many", parties=parties, approved=most, over=parties - most)
    return Point(text, money=sum((d.total for d in told.press.plan.delegations if is_official(d)), Decimal(0)))


def _funds(told: Telling) -> Point | None:
    """The fund of which most is used, and how many others are nearly used."""
    full = nearly_used(told)
    if not full:
        return None
    seen = {x.fund.fund_id: x for x in told.press.money.funds}
    largest = max(full, key=lambda x: (seen[x[0]].planned, x[0]))[0]
    fund = seen[largest]
    facts = {
        "planned": told.sum(fund.planned),
        "have": told.sum(fund.spendable),
        "left": told.sum(fund.left),
        "more": len(full) - 1,
    }
    key = "funds" if len(full) > 1 else "fund"
    return Point(told.press.w(f"yearbook.point.{key}", fund=told.press.w.name(fund.fund), **facts), money=fund.planned)


def _undated(told: Telling) -> Point | None:
    """Fairs without dates that firms have asked for."""
    wanted = undated_wanted(told)
    if not wanted:
        return None
    facts = {"count": len(wanted), "names": named(told, list(wanted)), "applications": sum(wanted.values())}
    return Point(told.press.w("yearbook.point.undated", **facts))


def _targets(told: Telling) -> Point | None:
    """Targets that the plan does not reach, those that are binding and the furthest first."""
    rows = {t.target_id: t for t in told.press.programme.targets}
    short = [x for x in told.press.plan.targets if x.short and x.target_id in rows]
    if not short:
        return None
    short.sort(key=lambda x: (not rows[x.target_id].floor, -x.short / max(1, x.wanted), x.target_id))
    w = told.press.w
    said = [
        w("yearbook.point.target", target=told.brief(w.name(rows[x.target_id])), reached=x.reached, wanted=x.wanted)
        for x in short[:TARGETS_NAMED]
    ]
    key = "targets_more" if len(short) > TARGETS_NAMED else "targets"
    return Point(w(f"yearbook.point.{key}", targets=w("yearbook.joint").join(said), count=len(short)))


def _too_small(told: Telling) -> Point | None:
    """Zones that have too few firms to go to a fair by themselves, with the firms that go with nobody else either."""
    small = [x for x in told.press.plan.excluded if x.kind == "delegation" and x.rule == "delegation-size"]
    left = {(x.zone_id, x.phase_id): found for x in small if (found := _left_behind(told, x.zone_id, x.phase_id))}
    if not left:
        return None
    phases = sorted({q for _, q in left if q in told.press.programme.phase})
    zones = len({zone for zone, _ in left})
    firms = len(set().union(*left.values()))
    return Point(told.press.w("yearbook.point.too_small", zones=zones, names=named(told, phases), firms=firms))


def _left_behind(told: Telling, zone_id: str, phase_id: str) -> set[str]:
    """Firms of a zone that asked for a phase and have no place there."""
    programme = told.press.programme
    gone = {p.firm_id for p in told.press.plan.participations if p.phase_id == phase_id}
    asked = {a.firm_id for a in programme.applications if a.phase_id == phase_id and not a.state.is_out}
    return {f for f in asked - gone if programme.is_within(programme.firm[f].zone_id, zone_id)}


def _by_hand(told: Telling) -> Point | None:
    """Decisions made by people, with the booths given by them."""
    decisions = told.press.programme.decisions
    if not decisions:
        return None
    given = {(d.firm_id, d.phase_id) for d in decisions if d.firm_id and d.kind in GIVES}
    booths = sum(p.booths for p in told.press.plan.participations if (p.firm_id, p.phase_id) in given)
    return Point(told.press.w("yearbook.point.by_hand", count=len(decisions), booths=booths))


KINDS: tuple[Callable[[Telling], Point | None], ...] = (
    _permits, _too_many, _funds, _undated, _targets, _too_small, _by_hand,
)  # fmt: skip
