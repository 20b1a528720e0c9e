"""The booth-base procedure run over a programme: which applications it is about, and what it gives them.

It runs for fairs whose places go by rank and whose chosen pack says so (`booth_formula`), over standard and brand booths,
once for each row of `quotas` that hands booths down; places given by decision are no part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.kinds import Policy, Role, StandKind
from fairplanner.domain.packs import QuotaRules
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.planning import Application, Quota
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.booth_base import Applicant, Handed, Terms, hand_out
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.places import barred_firms, is_below, open_booths, pinned_firms, quota_rules
from fairplanner.rules.reckon.score import order_key, quota_zone, score

Stands = Callable[[Programme, Application], tuple[int, ...]]
"""Numbers of booths an application could be given if there were no allotments; none where nothing can come of it."""
BOOTHS = (StandKind.STANDARD, StandKind.BRAND)


@dataclass(frozen=True)
class Pool:
    """Booths of one quota row and those who ask for them, in the written order; `handed`: what the procedure gives."""

    quota: Quota
    applications: tuple[Application, ...]
    applicants: tuple[Applicant, ...]
    terms: Terms
    handed: Handed


@dataclass(frozen=True)
class Pools:
    """Every pool of a programme, and the booths allotted to each application that is in one."""

    pools: tuple[Pool, ...]
    booths: dict[str, int]


@remembered
def pools(programme: Programme, stands: Stands) -> Pools:
    """The procedure's outcome."""
    if not any(pack.quota and pack.quota.booth_formula for pack in programme.packs):
        return Pools((), {})
    rows = {(q.phase_id, q.section_id, q.zone_id): q for q in programme.quotas if q.booths is not None}
    apart = pinned_firms(programme) | barred_firms(programme)
    asked: dict[tuple[str, str, str], list[tuple[Application, tuple[int, ...]]]] = {}
    for a in programme.applications:
        row = _row_of(programme, a, rows)
        stays = a.application_id in held(programme)
        numbers = stands(programme, a) if row and not stays and (a.firm_id, a.phase_id) not in apart else ()
        if row and numbers:
            asked.setdefault((row.phase_id, row.section_id, row.zone_id), []).append((a, numbers))
    made = tuple(_pool(programme, rows[key], asked[key]) for key in sorted(asked))
    return Pools(made, {x.application_id: x.booths for pool in made for x in pool.handed.allotments})


def _row_of(programme: Programme, a: Application, rows: dict[tuple[str, str, str], Quota]) -> Quota | None:
    if a.role is not Role.EXHIBIT or a.stand not in BOOTHS or programme.policy(a.phase_id) is not Policy.RANK:
        return None
    rules = quota_rules(programme, a.firm_id, a.phase_id)
    if rules is None or not rules.booth_formula:
        return None
    zone = quota_zone(programme, a)
    return rows.get((a.phase_id, a.section_id, zone)) or rows.get((a.phase_id, "", zone))


def _pool(programme: Programme, quota: Quota, asked: list[tuple[Application, tuple[int, ...]]]) -> Pool:
    in_order = sorted(asked, key=lambda one: order_key(programme, one[0]))
    applicants = tuple(_applicant(programme, a, numbers) for a, numbers in in_order)
    rules = quota_rules(programme, in_order[0][0].firm_id, quota.phase_id)
    terms = _terms(quota, rules or QuotaRules(), open_booths(quota, pinned=False) - _decided(programme, quota))
    return Pool(quota, tuple(a for a, _ in in_order), applicants, terms, hand_out(applicants, terms))


def _applicant(programme: Programme, a: Application, numbers: tuple[int, ...]) -> Applicant:
    points, below = round(1000 * score(programme, a)), is_below(programme, a.firm_id, a.phase_id)
    return Applicant(a.application_id, points, numbers[0], numbers[-1], a.stand is StandKind.BRAND, below)


def _terms(quota: Quota, rules: QuotaRules, booths: int) -> Terms:
    floor = rules.brand_floor_of.get(quota.section_id, rules.brand_floor or 1)
    base = None if quota.base_score is None else round(1000 * quota.base_score)
    return Terms(max(0, booths), base, floor, rules.most_below)


def _decided(programme: Programme, quota: Quota) -> int:
    """Booths that others take from everybody's: places that are kept, and, where no reserve is stated, those given by decision
    (the fewest they accept)."""
    pinned = pinned_firms(programme)
    by_decision = () if quota.reserve else [at for at in pinned if at[1] == quota.phase_id]
    taken = [(a, max(1, a.least_booths)) for at in by_decision for a in programme.by_firm.asked.get(at, ())]
    taken += [x for x in _kept_at(programme).get(quota.phase_id, ()) if (x[0].firm_id, quota.phase_id) not in pinned]
    return sum(booths for a, booths in taken if _counts(programme, quota, a))


@remembered
def _kept_at(programme: Programme) -> dict[str, list[tuple[Application, int]]]:
    """Applications whose place is kept, with its booths, by phase."""
    found: dict[str, list[tuple[Application, int]]] = defaultdict(list)
    for name, kept in held(programme).items():
        a = programme.application[name]
        found[a.phase_id].append((a, kept.booths))
    return found


def _counts(programme: Programme, quota: Quota, a: Application) -> bool:
    here = quota.section_id in ("", a.section_id) and a.role is Role.EXHIBIT and a.stand in BOOTHS
    return here and programme.is_within(programme.firm[a.firm_id].zone_id, quota.zone_id)


def second_round(programme: Programme, plan: Plan, stands: Stands) -> tuple[tuple[Pool, Handed], ...]:
    """What the same procedure makes of the booths that a plan leaves: for each pool with any, who would get more.

    Firms that the plan gives fewer booths than they were allotted have left them and get no more. Shown, never applied.
    """
    there = {p.application_id: p.booths for p in plan.participations if p.role is Role.EXHIBIT and p.booths}
    at = rows_by(plan.participations, "phase_id")
    made = []
    for pool in pools(programme, stands).pools:
        have = {x.application_id: there.get(x.application_id, 0) for x in pool.handed.allotments}
        kept = {x.application_id for x in pool.handed.allotments if have[x.application_id] >= x.booths}
        asking = [a for a in pool.applicants if a.application_id in kept]
        served = {name: booths for name, booths in have.items() if booths and name in kept}
        left = pool.terms.booths - sum(have.values()) - _others(programme, at.get(pool.quota.phase_id, ()), pool)
        handed = hand_out(asking, _of(pool.terms, max(0, left)), have=served, number=2)
        more = tuple(x for x in handed.allotments if x.booths > have[x.application_id])
        if more:
            made.append((pool, Handed(more, handed.base, handed.step)))
    return tuple(made)


def _of(terms: Terms, booths: int) -> Terms:
    return Terms(booths, terms.base, terms.floor, terms.most_below)


def _others(programme: Programme, there: Sequence[Participation], pool: Pool) -> int:
    """Booths of the quota row that neither the pool's applicants nor decisions nor places that are kept use: invited firms."""
    own, pinned, q = {a.application_id for a in pool.applicants}, pinned_firms(programme), pool.quota
    own |= set(held(programme))
    return sum(
        p.booths
        for p in there
        if q.section_id in ("", p.section_id) and p.stand in BOOTHS
        and p.application_id not in own and (p.firm_id, p.phase_id) not in pinned
        and programme.is_within(programme.firm[p.firm_id].zone_id, q.zone_id)
    )  # fmt: skip
