"""What is in a programme, and what a plan of it uses: the figures by which the generator was tuned."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from statistics import mean, median

from fairplanner.domain.kinds import Policy, Regime
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.cash import outflows
from fairplanner.rules.reckon.funds import available, quarters_of, spendable
from fairplanner.rules.reckon.grants import account
from fairplanner.rules.reckon.limits import capacity, cell_day, group_of, money_limits_of
from fairplanner.rules.reckon.staff import pool, size, skills_needed

Figures = dict[str, float]
NEARLY = Decimal("0.95")
PEAKS = (3, 4, 5, 9, 10, 11)


def describe(programme: Programme) -> Figures:
    """Counts and shares of a programme: what its firms ask for, when and where, and what rules meet them."""
    asked = Counter(a.firm_id for a in programme.applications)
    each = [asked[f.firm_id] for f in programme.firms]
    home = [q for q in programme.phases if programme.regime(q.phase_id) is Regime.HOME]
    ranked = sum(programme.policy(q.phase_id) is Policy.RANK for q in home)
    opened = [q.start.month for q in programme.phases if q.start]
    quotas = {q.phase_id for q in programme.quotas}
    return {
        "firms": len(programme.firms),
        "phases": len(programme.phases),
        "organisers": sum(z.sends for z in programme.zones),
        "applications": len(programme.applications),
        "asked a firm, mean": round(mean(each), 2),
        "asked a firm, median": median(each),
        "asked a firm, most": max(each),
        "firms that ask 1 to 6": _share(sum(n <= 6 for n in each), len(each)),
        "booths wanted, mean": round(mean(a.booths for a in programme.applications), 2),
        "phases in the peaks": _share(sum(month in PEAKS for month in opened), len(opened)),
        "phases abroad": _share(len(programme.phases) - len(home), len(programme.phases)),
        "home phases ranked": _share(ranked, len(home)),
        "phases with a quota": _share(len(quotas), len(programme.phases)),
        "asked of an own sector": _share(_of_own_sector(programme), len(programme.applications)),
        "firms of their zone's sectors": _share(_of_the_zone(programme), len(programme.firms)),
        "ledger rows": len(programme.ledger),
        "posts": len(programme.posts),
        "targets": len(programme.targets),
    }


def _share(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0


def _of_own_sector(programme: Programme) -> int:
    fair = {q.phase_id: set(programme.fair[q.fair_id].sectors) for q in programme.phases}
    own = {f.firm_id: set(f.sectors) for f in programme.firms}
    return sum(bool(own[a.firm_id] & fair[a.phase_id]) for a in programme.applications)


def _of_the_zone(programme: Programme) -> int:
    return sum(set(f.sectors) <= set(programme.zone[f.zone_id].sectors) for f in programme.firms)


def used(programme: Programme, plan: Plan) -> Figures:
    """What a plan uses of what the levels add: chains, caps, staff, funds, targets, and how much claims are of its value."""
    places = Counter(p.firm_id for p in plan.participations)
    chained = sum(len(j.phases) for j in plan.journeys if len(j.phases) > 1)
    paid = sum((c.amount for c in plan.claims), Decimal(0))
    points = float(paid) / 1000 * programme.settings.value.claim_per_1000 * 1000
    short = [r for r in plan.targets if r.short]
    return {
        "value": plan.value,
        "gap": round(plan.gap, 5),
        "places": len(plan.participations),
        "places a firm": round(len(plan.participations) / len(programme.firms), 2),
        "firms with a place": _share(len(places), len(programme.firms)),
        "firms with two or more": _share(sum(n > 1 for n in places.values()), len(programme.firms)),
        "places in chains": _share(chained, len(plan.participations)),
        "delegations abroad": sum(d.regime is not Regime.HOME for d in plan.delegations),
        "delegations with several stops": _share(
            sum(len(d.stops) > 1 for d in plan.delegations), sum(d.regime is not Regime.HOME for d in plan.delegations)
        ),
        "claims": len(plan.claims),
        "claims' share of value": round(points / plan.value, 3) if plan.value else 0.0,
        **_caps(programme, plan, len(places)),
        "staff pools full": _full_pools(programme, plan),
        **_funds(programme, plan),
        "targets short": _share(len(short), len(plan.targets)),
        "quotas full": _full_quotas(programme, plan),
    }


def _caps(programme: Programme, plan: Plan, firms: int) -> Figures:
    """Firms that have used up (to `NEARLY`) a limit over several claims: of those with a place, of those with two visits paid."""
    used: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
    full, why = set(), Counter[str]()
    told = account(programme, plan.claims)
    for cell, one in told.cells.items():
        for limit in money_limits_of(programme, cell):
            if limit.each == ("phase",) or not one.paid:
                continue
            pot = limit.limit_id, group_of(programme, limit, cell.firm_id, cell.phase_id, cell_day(programme, cell))
            used[pot] += one.paid
            if used[pot] >= NEARLY * capacity(programme, limit, cell):
                full.add(cell.firm_id)
                why[limit.limit_id.rpartition(".")[2]] += 1
    visits = Counter(firm for firm, _ in {(c.firm_id, c.phase_id) for c in plan.claims})
    several = [f for f, n in visits.items() if n > 1]
    return {
        "firms at a cap": _share(len(full), firms),
        "of firms with two visits paid": _share(len(full & set(several)), len(several)),
        "firms with two visits paid": _share(len(several), firms),
        **{f"cells that fill the cap of a {name}": n for name, n in sorted(why.items())},
        "cells rounded over the year": sum(one.cut > 0 and "rounding" in one.by for one in told.cells.values()),
    }


def _full_pools(programme: Programme, plan: Plan) -> float:
    """Share of the pools drawn upon that are out to the last post on some day."""
    drawn = defaultdict(list)
    for d in plan.delegations:
        for skill in skills_needed(programme, d):
            drawn[pool(programme, d.sponsor, skill)].append(d)
    full = sum(
        max(sum(d.depart <= x.depart <= d.return_ for d in sent) for x in sent) >= size(programme, name)
        for name, sent in drawn.items()
    )
    return _share(full, len(drawn))


def _funds(programme: Programme, plan: Plan) -> Figures:
    """Share of the funds used to more than 90 % of what they hold, in all or up to the end of some quarter."""
    drawn: dict[str, Counter[str]] = defaultdict(Counter)
    for flow in outflows(programme, plan):
        drawn[flow.fund_id][flow.quarter] += flow.amount  # type: ignore[assignment]
    tight = {"travel": 0, "claims": 0}
    for fund in programme.funds:
        by = drawn[fund.fund_id]
        uses = [(sum(by.values()), spendable(programme, fund))]
        for until in quarters_of(programme, fund):
            uses.append((sum(a for q, a in by.items() if q <= until), available(programme, fund, until)))
        kind = "travel" if fund.fund_id.startswith("travel") else "claims"
        tight[kind] += any(Decimal(a) > Decimal("0.9") * h > 0 for a, h in uses)
    many = Counter("travel" if f.fund_id.startswith("travel") else "claims" for f in programme.funds)
    return {f"funds for {kind} nearly used": _share(n, many[kind]) for kind, n in tight.items()}


def _full_quotas(programme: Programme, plan: Plan) -> float:
    """Share of the quotas of booths that are used up."""
    used_up: Counter[tuple[str, str]] = Counter()
    for p in plan.participations:
        if p.stand.value in ("standard", "brand"):
            for zone in programme.zones_above(programme.firm[p.firm_id].zone_id):
                used_up[p.phase_id, zone] += p.booths
    rows = [q for q in programme.quotas if q.booths is not None]
    return _share(sum(used_up[q.phase_id, q.zone_id] >= (q.booths or 0) for q in rows), len(rows))
