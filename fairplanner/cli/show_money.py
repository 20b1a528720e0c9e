"""`fairplanner show PLAN --money`: who spends what, which fund pays what back, which cap bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fairplanner.words import Words

if TYPE_CHECKING:
    from decimal import Decimal

    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.money.money_view import ClaimSeen, FundSeen, MoneyView, Visited
    from fairplanner.publish.money.money_words import MoneyWords
    from fairplanner.publish.money.unclaimed import Unclaimed


def lines(w: Words, programme: Programme, plan: Plan, firm_id: str = "") -> Iterator[str]:
    """Firms fair by fair, then funds, awards and shares of zones; of one firm only its fairs."""
    from fairplanner.publish.dress import Dress
    from fairplanner.publish.money.money_view import MoneyView
    from fairplanner.publish.money.money_words import MoneyWords
    from fairplanner.publish.money.unclaimed import Unpaid
    from fairplanner.publish.naming import Naming
    from fairplanner.publish.wording.why_words import WhyWords

    view = MoneyView(programme, plan)
    say = MoneyWords(Naming(programme, w.lang), Dress(w, programme.settings.currency))
    visits = view.of_firm(firm_id) if firm_id else view.visits
    if not visits:
        yield w("money.none")
        return
    yield w("money.unit", unit=say.dress.unit)
    yield w("money.by-value")
    unpaid, why = Unpaid(programme, plan), WhyWords(say)
    for one in dict.fromkeys(v.firm_id for v in visits):
        yield ""
        own = view.of_firm(one)
        yield from _firm(say, one, own, {v.phase_id: why.lines(unpaid.of(one, v.phase_id)) for v in own})
    yield ""
    if not firm_id:
        yield w("money.all")
        yield "  " + _sum(say, visits)
    yield w("money.caveat")
    if not firm_id:
        yield from _rest(say, view)


def _firm(
    say: MoneyWords, firm_id: str, visits: Sequence[Visited], why: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    yield say.w("money.firm", firm=say.naming.firm(firm_id))
    for visit in visits:
        phase = say.programme.phase[visit.phase_id]
        yield "  " + say.w("money.phase", phase=say.naming.phase(visit.phase_id), days=say.dress.phase_days(phase))
        yield from ("    " + line for line in (*_visit(say, visit), *why[visit.phase_id]))
    yield "  " + _sum(say, visits)


def _visit(say: MoneyWords, visit: Visited) -> Iterator[str]:
    w, amount = say.w, say.dress.amount
    costs = [
        w("money.line", line=w(f"enums.CostLine.{line}"), amount=amount(cost))
        for line, cost in visit.costs.items()
        if cost
    ]
    yield w("money.costs", total=amount(visit.cost), lines=say.naming.listed(costs) or w("paper.none"))
    for seen in visit.claims:
        yield from _claim(say, seen)
    if visit.claims:
        yield w("money.net", paid=amount(visit.paid), net=amount(visit.net))
    else:
        yield w("money.no-claim", net=amount(visit.net))


def _claim(say: MoneyWords, seen: ClaimSeen) -> Iterator[str]:
    c, amount = seen.claim, say.dress.amount
    facts = {"subsidy": say.claimed(seen), "fund": say.fund(c.fund_id)}
    yield say.w("money.claim", entitled=amount(c.entitled), paid=amount(c.amount), **facts)
    said = [say.trace(seen)]
    if c.cut:
        said.append(say.w("money.cut", amount=amount(c.cut), by=say.limits(seen)))
    yield from ("  " + line for line in (*said, *say.marks(seen)) if line)


def _sum(say: MoneyWords, visits: Sequence[Visited]) -> str:
    sums = {name: say.dress.amount(value) for name, value in sums_of(visits).items()}
    return say.w("money.sum", **sums)


def sums_of(visits: Sequence[Visited]) -> dict[str, Decimal]:
    """What visits come to."""
    from fairplanner.publish.money.money_view import total

    names = ("cost", "entitled", "cut", "paid", "net")
    return {name: total(getattr(v, name) for v in visits) for name in names}


def _rest(say: MoneyWords, view: MoneyView) -> Iterator[str]:
    w, amount = say.w, say.dress.amount
    yield ""
    yield w("money.funds")
    for seen in view.funds:
        yield from ("  " + line for line in _fund(say, seen))
    if view.awards:
        yield ""
        yield w("money.awards")
    targets = {t.target_id: t for t in view.programme.targets}
    for stake in view.awards:
        award = stake.award
        facts = {
            "award": w.name(award),
            "zone": say.naming.zone(award.zone_id),
            "target": w.name(targets[award.target_id]),
        }
        sums = {"advance": amount(stake.advance), "rest": amount(stake.rest)}
        yield "  " + w("money.award", state=say.award(stake), **facts, **sums)
    if view.portions:
        yield ""
        yield w("money.portions")
    for p in view.portions:
        zone = say.naming.zone(p.zone_id)
        yield "  " + w("money.portion", zone=zone, entitled=p.entitled, given=p.given, short=p.short)


def _fund(say: MoneyWords, seen: FundSeen) -> Iterator[str]:
    w, amount, fund = say.w, say.dress.amount, seen.fund
    sums = {"spendable": amount(seen.spendable), "planned": amount(seen.planned), "left": amount(seen.left)}
    yield w("money.fund", fund=w.name(fund), amount=amount(seen.whole), **sums)
    notes = say.fund_notes(fund)
    if notes:
        yield "  " + w("money.joint").join(notes)
    for q in seen.quarters:
        parts = {name: amount(getattr(q, name)) for name in ("carried", "came_in", "planned", "left")}
        yield "  " + w("money.quarter", quarter=q.quarter, **parts)


def facts(programme: Programme, plan: Plan, firm_id: str = "") -> dict[str, Any]:
    """The same for a machine: amounts as decimal strings in programme currency."""
    from fairplanner.publish.money.money_view import MoneyView
    from fairplanner.publish.money.unclaimed import Unpaid

    view, unpaid = MoneyView(programme, plan), Unpaid(programme, plan)
    visits = view.of_firm(firm_id) if firm_id else view.visits
    made: dict[str, Any] = {
        "currency": programme.settings.currency,
        "claims_admitted_by": "value",
        "equal_cases_alike": False,
        "visits": [_visit_facts(v, unpaid.of(v.firm_id, v.phase_id)) for v in visits],
        "total": {name: str(value) for name, value in sums_of(visits).items()},
    }
    if firm_id:
        return made
    return made | {
        "funds": [_fund_facts(f) for f in view.funds],
        "quarters": {q: str(amount) for q, amount in view.by_quarter},
        "awards": [
            {"award": x.award.award_id, "advance": str(x.advance), "rest": str(x.rest), "met": x.met, "reachable": x.reachable}
            for x in view.awards
        ],
        "portions": [
            {"zone": p.zone_id, "entitled": p.entitled, "given": p.given, "short": p.short} for p in view.portions
        ],
    }  # fmt: skip


def _visit_facts(v: Visited, unclaimed: Sequence[Unclaimed]) -> dict[str, Any]:
    return {
        "firm": v.firm_id, "phase": v.phase_id, "costs": {line.value: str(amount) for line, amount in v.costs.items()},
        "cost": str(v.cost), "entitled": str(v.entitled), "paid": str(v.paid), "net": str(v.net),
        "claims": [_claim_facts(c) for c in v.claims],
        "unclaimed": [
            {"subsidy": x.subsidy_id, "why": x.key, "could": None if x.could is None else str(x.could), "facts": dict(x.facts)}
            for x in unclaimed
        ],
    }  # fmt: skip


def _claim_facts(seen: ClaimSeen) -> dict[str, Any]:
    c = seen.claim
    return {
        "claim": c.claim_id, "subsidy": c.subsidy_id, "fund": c.fund_id, "turn": c.turn, "level": c.level,
        "section": seen.section_id,
        "entitled": str(c.entitled), "paid": str(c.amount), "rate": str(seen.rate), "up_to": seen.up_to,
        "trace": [[step, str(amount)] for step, amount in seen.trace], "cut_by": list(seen.by),
    }  # fmt: skip


def _fund_facts(f: FundSeen) -> dict[str, Any]:
    quarters = [
        {"quarter": q.quarter, "carried": str(q.carried), "came_in": str(q.came_in), "planned": str(q.planned), "left": str(q.left)}
        for q in f.quarters
    ]  # fmt: skip
    rate = {"rate": str(f.rate.rate), "on": f.rate.on.isoformat()} if f.rate else None
    return {
        "fund": f.fund.fund_id, "amount": str(f.fund.amount), "currency": f.fund.currency, "rate": rate, "reserve": f.fund.reserve,
        "spendable": str(f.spendable), "planned": str(f.planned), "left": str(f.left), "quarters": quarters,
    }  # fmt: skip
