"""Why a firm that comes late cannot be given a fair at all, in the words in which a plan says why something is not in it."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.domain.kinds import ApplicationState, Role, Status, Wish
from fairplanner.domain.plan import Excluded, Journey
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.explain.late.desk import Desk
from fairplanner.explain.reasons.answers import Cost
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.reckon.applications import most_booths, people
from fairplanner.rules.reckon.asking import closes_on, is_usable, sponsors
from fairplanner.rules.reckon.dates import journey_dates
from fairplanner.rules.reckon.duties import blocked_by
from fairplanner.rules.reckon.kept import has_begun, is_late
from fairplanner.rules.reckon.money import FEN, other_costs, stand_cost
from fairplanner.rules.reckon.places import barred_firms


def own_reason(own: Programme, a: Application) -> Excluded | None:
    """What stands in its way whatever the plan: the fair, its own wish, the day, a duty that is past; in the order in which
    `pose` asks."""
    if reason := _of_fair(own, a):
        return _told(own, a, "travel-dates", reason=reason)
    if reason := _of_wish(own, a):
        return _told(own, a, "asked-for", reason=reason)
    if has_begun(own, a.phase_id):
        return _told(own, a, "kept", reason="begun")
    if is_late(own, a):
        closes, came = closes_on(own, a.phase_id), a.received or own.settings.as_of
        return _told(own, a, "deadline", closes=closes.isoformat() if closes else "", received=came.isoformat())
    due = blocked_by(own, a.phase_id, own.firm[a.firm_id].zone_id)
    if due is not None:
        return _told(own, a, "duties", duty=due.duty.duty_id, due=due.due.isoformat())
    if not sponsors(own, own.firm[a.firm_id].zone_id, a.recommended_by):
        return _told(own, a, "hosting", because="sends")
    return None


def _of_fair(own: Programme, a: Application) -> str:
    phase = own.phase[a.phase_id]
    if phase.status is Status.CANCELLED:
        return "cancelled"
    if phase.start is None or phase.end is None:
        return "undated"
    if not is_usable(own, a.phase_id):
        return "window" if phase.place_id else "place"
    return "" if own.home(own.firm[a.firm_id].zone_id) else "home"


def _of_wish(own: Programme, a: Application) -> str:
    if a.wish is Wish.REFUSES:
        return "refuses"
    if a.state in (ApplicationState.WITHDRAWN, ApplicationState.NOT_ADMITTED):
        return a.state.value
    if a.role.value not in own.fair[own.phase[a.phase_id].fair_id].roles:
        return "role"
    return "booths" if a.role is Role.EXHIBIT and not 1 <= max(1, a.least_booths) <= a.booths else ""


def standing_in_the_way(
    desk: Desk, own: Programme, a: Application, costs: tuple[Cost, ...] | None = None, back: Decimal = Decimal(0)
) -> Excluded | None:
    """What of the plan or of the firm itself stands in its way: a decision, the firm's other journeys, phases and money; for a
    place without `costs` why no stand can be given at all."""
    barred = barred_firms(own)
    takers = sponsors(own, own.firm[a.firm_id].zone_id, a.recommended_by)
    if (a.firm_id, a.phase_id) in barred or all((s, a.phase_id) in barred for s in takers):
        d = next(
            d for d in own.decisions if d.phase_id == a.phase_id and (d.firm_id or d.zone_id) in {a.firm_id, *takers}
        )
        return _told(own, a, "unplaced-decision", by=d.by, on=d.on.isoformat(), basis=d.basis)
    if costs is None:
        return _no_stand(desk, own, a)
    out = desk.journeys.get(a.firm_id, [])
    return _teams(own, a, out) or _phases(own, a, out) or _money(desk, own, a, costs, back)


def _no_stand(desk: Desk, own: Programme, a: Application) -> Excluded:
    least = max(1, a.least_booths)
    tight = [r for r in desk.rooms(a, own.firm[a.firm_id].zone_id) if r.each and r.limit // r.each < least]
    if tight:
        return _told(own, a, "booth-quota", booths=least, limit=tight[0].limit, quota=tight[0].label)
    if (most := most_booths(own, a)) < least:
        return _told(own, a, "allotment", booths=least, allotted=most)
    cost = stand_cost(own, a.phase_id, a.stand, least)
    cost += sum(other_costs(own, a.firm_id, a.phase_id, least, people(own, a, least)).values(), Decimal(0))
    money = own.firm[a.firm_id].own_money or Decimal(0)
    return _with(_told(own, a, "own-money", booths=least, cost=cost), own=str(money))


def _teams(own: Programme, a: Application, out: list[Journey]) -> Excluded | None:
    firm = own.firm[a.firm_id]
    depart, back = journey_dates(own, own.home(firm.zone_id), [(a.phase_id, a.role)])
    met = [j for j in out if j.depart <= back and depart <= j.return_]
    most = max((sum(j.depart <= d <= j.return_ for j in met) for d in {max(j.depart, depart) for j in met}), default=0)
    if most < firm.teams:
        return None
    phases = SEPARATOR.join(dict.fromkeys(q for j in sorted(met, key=lambda j: j.depart) for q in j.phases))
    away = SEPARATOR.join((depart.isoformat(), back.isoformat()))
    return _told(own, a, "unplaced-teams", away=away, phases=phases, teams=firm.teams)


def _phases(own: Programme, a: Application, out: list[Journey]) -> Excluded | None:
    most = own.firm[a.firm_id].max_phases
    there = sum(len(j.phases) for j in out)
    return _told(own, a, "unplaced-phases", most=most) if most is not None and there >= most else None


def _money(desk: Desk, own: Programme, a: Application, costs: tuple[Cost, ...], back: Decimal) -> Excluded | None:
    money, needed = own.firm[a.firm_id].own_money, sum((c.amount for c in costs), Decimal(0))
    if money is None or needed - back <= money - desk.spent(a.firm_id):
        return None
    left = (money - desk.spent(a.firm_id)).quantize(FEN)
    return _told(own, a, "unplaced-money", left=left, needed=needed)


def _with(told: Excluded, **facts: str) -> Excluded:
    return told.model_copy(update={"facts": tuple(sorted({**dict(told.facts), **facts}.items()))})


def _told(own: Programme, a: Application, rule: str, **facts: object) -> Excluded:
    told = {"application": a.application_id} | {name: str(value) for name, value in facts.items()}
    return Excluded(
        kind="application", rule=rule, firm_id=a.firm_id, zone_id=own.firm[a.firm_id].zone_id, phase_id=a.phase_id,
        facts=tuple(sorted(told.items())),
    )  # fmt: skip
