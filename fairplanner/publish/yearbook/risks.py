"""What could go wrong with a year, from the facts of programme and plan: dates, visas and money always, others where there are any."""

from __future__ import annotations

from fairplanner.publish.yearbook.figures import ZERO
from fairplanner.publish.yearbook.telling import Telling
from fairplanner.rules.reckon.money import stand_price

NEARLY = 0.9
"""A fund of which this share is planned is nearly used."""
NAMED = 2


def year_risks(told: Telling) -> tuple[str, ...]:
    """Sentences, at most six; the first three are always there and say so where nothing shows."""
    others = (_undated(told), _overdue(told), _unpriced(told))
    return (_dates(told), _visas(told), _money(told), *(x for x in others if x))


def planned_phases(told: Telling) -> list[str]:
    """Phases that the plan goes to, in date order."""
    phase = told.press.programme.phase
    found = {s.phase_id for d in told.press.plan.delegations for s in d.stops}
    return sorted(found, key=lambda q: (str(phase[q].start), q))


def named(told: Telling, phase_ids: list[str]) -> str:
    """The first few by name, the others counted."""
    press = told.press
    names = press.naming.listed([told.brief(press.naming.phase(q)) for q in phase_ids[:NAMED]])
    more = len(phase_ids) - NAMED
    return press.w("yearbook.and_more", names=names, more=more) if more > 0 else names


def undated_wanted(told: Telling) -> dict[str, int]:
    """Phases without dates that somebody has asked for, with the number of applications; the most wanted first."""
    programme = told.press.programme
    undated = {q.phase_id for q in programme.undated()}
    wanted = [a.phase_id for a in programme.applications if a.phase_id in undated and not a.state.is_out]
    counted = {q: wanted.count(q) for q in sorted(set(wanted))}
    return dict(sorted(counted.items(), key=lambda x: (-x[1], x[0])))


def nearly_used(told: Telling) -> list[tuple[str, float]]:
    """Funds of which almost everything is planned, with the share: the fullest first."""
    seen = [(x.fund.fund_id, float(x.planned / x.spendable)) for x in told.press.money.funds if x.spendable]
    return sorted(((f, share) for f, share in seen if share >= NEARLY), key=lambda x: (-x[1], x[0]))


def _dates(told: Telling) -> str:
    planned = planned_phases(told)
    unsure = [q for q in planned if not told.press.programme.phase[q].status.is_firm]
    if not unsure:
        return told.press.w("yearbook.risk.dates_none", phases=len(planned))
    return told.press.w("yearbook.risk.dates", count=len(unsure), phases=len(planned), names=named(told, unsure))


def _visas(told: Telling) -> str:
    w, press = told.press.w, told.press
    due = [x for x in told.dues if x.duty.door == "visa"]
    late, ahead = [x for x in due if x.is_overdue], [x for x in due if not x.is_overdue]
    if late:
        first = late[0]
        facts = {"what": w.name(first.duty), "fair": named(told, list(first.occasion.phases))}
        return w("yearbook.risk.visa_late", day=press.dress.day(first.due), count=len(late), **facts)
    if ahead:
        first = ahead[0]
        facts = {"what": w.name(first.duty), "fair": named(told, list(first.occasion.phases))}
        return w("yearbook.risk.visa", day=press.dress.day(first.due), count=len(due), **facts)
    return w("yearbook.risk.visa_none")


def _money(told: Telling) -> str:
    press = told.press
    cut = sum((c.cut for c in press.plan.claims), ZERO)
    full = nearly_used(told)
    key = "money" if cut else "money_full" if full else "money_none"
    return press.w(f"yearbook.risk.{key}", funds=len(full), share=press.dress.percent(NEARLY), cut=told.sum(cut))


def _undated(told: Telling) -> str:
    wanted = undated_wanted(told)
    facts = {"count": len(wanted), "names": named(told, list(wanted)), "applications": sum(wanted.values())}
    return told.press.w("yearbook.risk.undated", **facts) if wanted else ""


def _overdue(told: Telling) -> str:
    press = told.press
    late = [x for x in told.dues if x.is_overdue and x.duty.door != "visa"]
    if not late:
        return ""
    return press.w("yearbook.risk.overdue", count=len(late), first=press.w.name(late[0].duty))


def _unpriced(told: Telling) -> str:
    programme, plan = told.press.programme, told.press.plan
    asked = sorted({(p.phase_id, p.stand) for p in plan.participations if p.booths})
    unknown = sorted({q for q, stand in asked if stand_price(programme, q, stand) is None})
    return told.press.w("yearbook.risk.unpriced", count=len(unknown), names=named(told, unknown)) if unknown else ""
