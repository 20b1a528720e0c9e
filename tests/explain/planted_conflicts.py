"""Programmes without any plan, with the limits and decisions that cannot all be kept. A table to be read from the bottom.

Every programme begins as `loose` (tests.explain.planted): nothing is limited but what a case plants, so the smallest set that
collides is the planted one and no other. Of each member stands the least amount by which it alone must give way so that all
the rest can be kept, in its rule's unit; None where giving way by an amount means nothing or does not help.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.programme import Programme
from tests import builders as b
from tests.explain.independent import Name, but
from tests.explain.planted import ABROAD, EXPO, EXPO2, RIVAL, asked, loose, of_firms, settings, with_rival

Members = dict[Name, int | None]


@dataclass(frozen=True)
class Collision:
    """`conflicts`: each smallest set, independent of the others. `because`: for a decision about what was never offered, the
    rules by which posing left it out."""

    name: str
    made: Callable[[], Programme]
    conflicts: tuple[Members, ...]
    because: tuple[str, ...] = ()

    @property
    def members(self) -> set[Name]:
        return {name for conflict in self.conflicts for name in conflict}


def must(n: int = 1, who: str = "f1", phase_id: str = EXPO, kind: str = "must-go") -> Any:
    """Decision d1, d2, ... about a firm (f1) or a zone (prov)."""
    return b.decision(f"d{n}", kind, phase_id, **{"firm_id" if who.startswith("f") else "zone_id": who})


def floor(at_least: int, target_id: str = "t1", **changes: Any) -> Any:
    return b.target(target_id, at_least, floor=True, **changes)


def booths(n: int | None, phase_id: str = EXPO, **changes: Any) -> Any:
    return b.quota(phase_id, n, **changes)


def merged(*made: Programme) -> Programme:
    """What several cases add to `loose`, together: their rows of the tables that say limits and decisions."""
    tables = (
        "quotas",
        "targets",
        "decisions",
        "approvals",
        "funds",
        "applications",
        "firms",
        "posts",
        "phases",
        "fairs",
        "prices",
    )
    base, tables_of = loose(), {}
    for table in tables:
        own = getattr(base, table)
        changes = {_key(row): row for p in made for row in getattr(p, table) if row not in own}
        removed = {_key(row) for p in made for row in own if _key(row) not in {_key(r) for r in getattr(p, table)}}
        rows = {_key(row): row for row in own if _key(row) not in removed} | changes
        tables_of[table] = tuple(rows[key] for key in sorted(rows))
    return but(made[0], **tables_of)


def _key(row: Any) -> str:
    names = (
        "target_id",
        "decision_id",
        "approval_id",
        "fund_id",
        "application_id",
        "firm_id",
        "post_id",
        "phase_id",
        "fair_id",
    )
    own = next(str(getattr(row, name)) for name in names if getattr(row, name, None))
    return f"{own}/{getattr(row, 'zone_id', '')}/{getattr(row, 'section_id', '')}/{getattr(row, 'stand', '')}"


# pins against limits


def two_pins_one_booth() -> Programme:
    return loose(quotas=(booths(1),), decisions=(must(1, "f1"), must(2, "f2")))


def two_pins_one_in_reserve() -> Programme:
    return loose(quotas=(booths(5, reserve=1),), decisions=(must(1, "f1"), must(2, "f2")))


def pins_on_the_same_days() -> Programme:
    return with_rival(decisions=(must(1, "f3"), must(2, "f3", RIVAL)))


def pin_against_pin() -> Programme:
    return loose(decisions=(must(1, "f1"), must(2, "f1", kind="must-not")))


def firm_pinned_zone_kept_away() -> Programme:
    return loose(decisions=(must(1, "f1"), must(2, "prov", kind="must-not")))


def pins_beyond_most_phases() -> Programme:
    return loose(firms=of_firms(f1={"max_phases": 1}), decisions=(must(1, "f1"), must(2, "f1", ABROAD)))


def pins_beyond_own_money() -> Programme:
    """40,000 pay either fair, not both."""
    return loose(firms=of_firms(f1={"own_money": Decimal(40_000)}), decisions=(must(1, "f1"), must(2, "f1", ABROAD)))


def pin_beyond_own_money() -> Programme:
    """15,000 pay the stand but not the journey as well."""
    return loose(firms=of_firms(f1={"own_money": Decimal(15_000)}), decisions=(must(1, "f1"),))


def pins_beyond_delegation() -> Programme:
    return loose(
        choices=(b.choice("abroad", most_firms=1), b.choice("expo", policy="optimise")),
        decisions=(must(1, "f1", ABROAD), must(2, "f2", ABROAD)),
    )


def pins_beyond_permit() -> Programme:
    return loose(
        approvals=(b.approval((ABROAD,), kind="exhibition", people=3),),
        decisions=(must(1, "f1", ABROAD), must(2, "f2", ABROAD)),
    )


def pins_beyond_space() -> Programme:
    raw = {"f1": {"stand": "raw"}, "f2": {"stand": "raw"}}
    return loose(
        quotas=(booths(None, area_m2=9),), applications=asked(**raw), prices=(*loose().prices, b.price(stand="raw")),
        decisions=(must(1, "f1"), must(2, "f2")),
    )  # fmt: skip


# what was never offered


def pin_on_a_late_firm() -> Programme:
    return loose(
        choices=(b.choice("abroad"), b.choice("expo", policy="optimise", closes=date(2024, 9, 20))),
        decisions=(must(1, "f1"),),
    )


def pin_without_application() -> Programme:
    """A decision about a firm that has not applied: there is nothing else to give up."""
    return loose(applications=asked()[3:], decisions=(must(1, "f1"),))


def pin_on_an_undated_phase() -> Programme:
    base = loose()
    undated = b.phase("expo", 1, start=None, end=None, status="unknown")
    return but(
        base, phases=tuple(undated if q.phase_id == EXPO else q for q in base.phases), decisions=(must(1, "f1"),)
    )


def zone_pinned_without_firms_enough() -> Programme:
    """A delegation needs four firms; three apply."""
    return loose(
        choices=(b.choice("abroad", least_firms=4), b.choice("expo", policy="optimise")),
        decisions=(must(1, "prov", ABROAD),),
    )


def zone_pinned_without_booths_enough() -> Programme:
    """A delegation needs three firms; three apply, and there are two booths."""
    return loose(
        choices=(b.choice("abroad", least_firms=3), b.choice("expo", policy="optimise")),
        quotas=(booths(2, ABROAD),), decisions=(must(1, "prov", ABROAD),),
    )  # fmt: skip


# delegations, their money, people and days


def led(**tables: Any) -> Programme:
    """Two fairs abroad on the same days; parties with a leader, and one who can lead."""
    base = loose()
    free: dict[str, Any] = {
        "settings": settings({"needs_leader": True}),
        "fairs": (*base.fairs, b.fair("second", markets=("asean",))),
        "phases": (*base.phases, b.phase("second", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion")),
        "applications": (*base.applications, *(b.application(f, "second-1-1") for f in ("f1", "f2", "f3"))),
        "prices": (*base.prices, b.price("second", 20_000)),
        "choices": (*base.choices, b.choice("second")),
    }
    return loose(**(free | tables))


def two_parties_one_leader() -> Programme:
    return led(decisions=(must(1, "prov", ABROAD), must(2, "prov", "second-1-1")))


def floor_beyond_leaders() -> Programme:
    """Two official parties wanted abroad on the same days."""
    return led(targets=(floor(2, counts="delegations", abroad_only=True),))


def pin_beyond_fund() -> Programme:
    """The party costs 13,134."""
    return loose(
        settings=settings({"officials": 2}), funds=(b.fund(amount=12_000),), decisions=(must(1, "prov", ABROAD),)
    )


def floor_beyond_fund() -> Programme:
    return loose(
        settings=settings({"officials": 2}), funds=(b.fund(amount=12_000),),
        targets=(floor(1, counts="delegations", abroad_only=True),),
    )  # fmt: skip


def floor_before_the_money() -> Programme:
    return loose(
        settings=settings({"officials": 2}), funds=(b.fund(amount=100_000),),
        instalments=(b.instalment(date(2025, 1, 5), 12_000), b.instalment(date(2025, 6, 5), 88_000)),
        targets=(floor(1, counts="delegations", abroad_only=True),),
    )  # fmt: skip


def pin_on_closed_days() -> Programme:
    closed = b.d.Blackout(
        blackout_id="congress",
        first=date(2025, 3, 19),
        last=date(2025, 3, 19),
        zone_id="prov",
        reason="示例",
        **b.SAMPLE,
    )
    return loose(
        settings=settings({"officials": 2, "min_presence_days": 3}),
        blackouts=(closed,),
        decisions=(must(1, "prov", ABROAD),),
    )


def permit_against_decision() -> Programme:
    """The task permit says that the party goes, a decision that it does not."""
    return loose(
        settings=settings({"officials": 2}), approvals=(b.approval((ABROAD,)),),
        decisions=(must(1, "prov", ABROAD, "must-not"),),
    )  # fmt: skip


def firms_minimum_against_decisions() -> Programme:
    """A delegation needs two firms, three apply, two of these are kept away, and the zone must go."""
    return loose(
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise")),
        decisions=(must(1, "prov", ABROAD), must(2, "f1", ABROAD, "must-not"), must(3, "f2", ABROAD, "must-not")),
    )


# floors


def floor_beyond_quota() -> Programme:
    return loose(quotas=(booths(2),), targets=(floor(3, counts="participations", fair_id="expo"),), applications=tuple(a for a in loose().applications if a.phase_id == EXPO))  # fmt: skip


def floor_beyond_booths_of_a_section() -> Programme:
    """Booths counted, section by section."""
    sections = (b.section("expo-ore", sectors=()), b.section())
    wants = (
        b.application("f1", EXPO, section_id="expo-tea", booths=3),
        b.application("f2", EXPO, section_id="expo-ore"),
    )
    return loose(
        sections=sections,
        applications=wants,
        quotas=(booths(2, section_id="expo-tea"),),
        targets=(floor(4, counts="booths"),),
    )


def floor_beyond_delegation() -> Programme:
    return loose(
        choices=(b.choice("abroad", most_firms=2), b.choice("expo", policy="optimise")),
        targets=(floor(3, counts="firms", abroad_only=True),),
    )


def floor_against_decisions() -> Programme:
    """Two of three firms wanted abroad, two kept away."""
    return loose(
        targets=(floor(2, counts="firms", abroad_only=True),),
        decisions=(must(1, "f1", ABROAD, "must-not"), must(2, "f2", ABROAD, "must-not")),
    )


def floor_against_order() -> Programme:
    """Three booths in published order: the first takes two, the second wants both that are left of it, and a floor wants the
    third's zone there."""
    wants = {
        "f1": {"booths": 2, "least_booths": 2, "score": 90},
        "f2": {"booths": 2, "least_booths": 2, "score": 80},
        "f3": {"score": 70},
    }
    return loose(
        quotas=(booths(3),), applications=tuple(a for a in asked(**wants) if a.phase_id == EXPO),
        choices=(b.choice("abroad"), b.choice("expo", policy="rank")),
        targets=(floor(1, counts="participations", zone_id="west"),),
    )  # fmt: skip


def floor_against_floor() -> Programme:
    """Both zones want two booths at least, and there are three."""
    wants = {f: {"booths": 2} for f in ("f1", "f3")}
    return loose(
        quotas=(booths(3),), applications=tuple(a for a in asked(**wants) if a.phase_id == EXPO and a.firm_id != "f2"),
        targets=(floor(2, counts="booths", zone_id="east"), floor(2, "t2", counts="booths", zone_id="west")),
    )  # fmt: skip


# places that are kept


def kept_against_permit() -> Programme:
    """Paid for, and the permit has been taken back."""
    apps = tuple(
        a if (a.firm_id, a.phase_id) != ("f1", ABROAD) else b.application("f1", ABROAD, state="paid")
        for a in loose().applications
    )
    return loose(applications=apps, approvals=(b.approval((ABROAD,), kind="exhibition", people=0),))


def kept_against_kept() -> Programme:
    """Paid for two fairs before one of them was moved onto the days of the other."""
    base = with_rival()
    paid = (b.application("f3", EXPO, state="paid"), b.application("f3", RIVAL, state="paid"))
    return but(base, applications=(*(a for a in base.applications if a.firm_id != "f3"), *paid))


def kept_against_quota() -> Programme:
    """Paid for two booths before the quota was cut to one."""
    return loose(quotas=(booths(1),), applications=asked(f1={"state": "paid"}, f2={"state": "paid"}))


# several at once


def two_quotas() -> Programme:
    """At either phase of the fair one booth and two pins."""
    return loose(
        quotas=(booths(1), booths(1, EXPO2)),
        decisions=(must(1, "f1"), must(2, "f2"), must(3, "f1", EXPO2), must(4, "f2", EXPO2)),
    )


def quota_and_fund() -> Programme:
    return merged(floor_beyond_fund(), two_pins_one_booth())


def pins_and_leaders() -> Programme:
    """One leader for two parties; a firm that must go and must not; both at different fairs."""
    return led(
        decisions=(
            must(1, "prov", ABROAD),
            must(2, "prov", "second-1-1"),
            must(3, "f1"),
            must(4, "f1", kind="must-not"),
        )
    )


def quota_fund_and_money() -> Programme:
    """Three that have nothing to do with one another: a quota, a fund, a firm's own money."""
    return but(
        merged(floor_beyond_fund(), two_pins_one_booth()),
        firms=of_firms(f3={"own_money": Decimal(15_000)}),
        decisions=(must(1, "f1"), must(2, "f2"), must(3, "f3", EXPO2)),
    )


QUOTA, TEAMS = ("booth-quota", f"{EXPO} · * · prov · booths"), ("firm-teams", "f3")
D1, D2, D3, D4, T1, T2 = *((("decisions", f"d{n}")) for n in (1, 2, 3, 4)), ("targets", "t1"), ("targets", "t2")
PINS: Members = {D1: 1, D2: 1}

COLLISIONS: tuple[Collision, ...] = (
    Collision("two pins and one booth", two_pins_one_booth, ({**PINS, QUOTA: 1},)),
    Collision("two pins and one booth in reserve", two_pins_one_in_reserve, ({**PINS, ("booth-quota", f"{EXPO} · * · prov · reserve"): 1},)),
    Collision("two pins on the same days", pins_on_the_same_days, ({**PINS, TEAMS: 1},)),
    Collision("must and must not", pin_against_pin, (PINS,)),
    Collision("a firm must, and nobody who could take it may", firm_pinned_zone_kept_away, (PINS,)),
    Collision("two pins and one fair a year", pins_beyond_most_phases, ({**PINS, ("most-phases", "f1"): 1},)),
    Collision("two pins beyond own money", pins_beyond_own_money, ({**PINS, ("own-money", "f1"): 1_948_200},)),
    Collision("a pin beyond own money", pin_beyond_own_money, ({D1: 1, ("own-money", "f1"): 558_800},)),
    Collision("two pins and a delegation of one", pins_beyond_delegation, ({**PINS, ("delegation-size", f"prov · {ABROAD}"): 1},)),
    Collision("two pins and a permit for three people", pins_beyond_permit, ({**PINS, ("approvals", f"a1 · {ABROAD}"): 1},)),
    Collision("two pins and nine square metres", pins_beyond_space, ({**PINS, ("booth-quota", f"{EXPO} · * · prov · area"): 9},)),
    Collision("a pin on a firm that came too late", pin_on_a_late_firm, ({D1: 1},), ("deadline",)),
    Collision("a pin on a firm that has not applied", pin_without_application, ({D1: 1},)),
    Collision("a pin on a phase without dates", pin_on_an_undated_phase, ({D1: 1},), ("travel-dates",)),
    Collision("a zone that must go has too few firms", zone_pinned_without_firms_enough, ({D1: 1, ("delegation-size", f"prov · {ABROAD}"): 1},), ("delegation-size",)),
    Collision("a zone that must go has too few booths for its firms", zone_pinned_without_booths_enough, ({D1: 1, ("delegation-size", f"prov · {ABROAD}"): 1, ("booth-quota", f"{ABROAD} · * · prov · booths"): 1},), ("delegation-size",)),
    Collision("two parties and one leader", two_parties_one_leader, ({**PINS, ("staff", "prov:leader"): 1},)),
    Collision("a floor of two parties and one leader", floor_beyond_leaders, ({T1: 1, ("staff", "prov:leader"): 1},)),
    Collision("a pin beyond the fund", pin_beyond_fund, ({D1: 1, ("fund-budget", "travel"): 113_400},)),
    Collision("a floor beyond the fund", floor_beyond_fund, ({T1: 1, ("fund-budget", "travel"): 113_400},)),
    Collision("a floor before the money comes in", floor_before_the_money, ({T1: 1, ("fund-budget", "travel · 2025Q1"): 113_400},)),
    Collision("a pin on days that are closed", pin_on_closed_days, ({D1: 1, ("blackouts", f"prov:{ABROAD}@0317-0320"): 1},)),
    Collision("a permit and a decision against it", permit_against_decision, ({D1: 1, ("approvals", "a1"): 1},)),
    Collision("a least size and firms kept away", firms_minimum_against_decisions, ({D1: 1, D2: 1, D3: 1, ("delegation-size", f"prov · {ABROAD}"): 1},)),
    Collision("a floor beyond the quota", floor_beyond_quota, ({T1: 1, QUOTA: 1},)),
    Collision("a floor of booths beyond a section's quota", floor_beyond_booths_of_a_section, ({T1: 1, ("booth-quota", f"{EXPO} · expo-tea · prov · booths"): 1},), ("booth-quota",)),
    Collision("a floor beyond the most of a delegation", floor_beyond_delegation, ({T1: 1, ("delegation-size", f"prov · {ABROAD}"): 1},)),
    Collision("a floor and decisions against it", floor_against_decisions, ({T1: 1, D1: 1, D2: 1},)),
    Collision("a floor, a quota and the published order", floor_against_order, ({T1: 1, QUOTA: 2, ("rank-respected", f"{EXPO} · * · prov"): None},)),
    Collision("two floors and a quota", floor_against_floor, ({T1: 1, T2: 1, QUOTA: 1},)),
    Collision("a place paid for and a permit taken back", kept_against_permit, ({("kept", f"f1/{ABROAD}/-"): 1, ("approvals", f"a1 · {ABROAD}"): 2},)),
    Collision("two places paid for on the same days", kept_against_kept, ({("kept", f"f3/{EXPO}/-"): 1, ("kept", f"f3/{RIVAL}/-"): 1, TEAMS: 1},)),
    Collision("two places paid for and one booth", kept_against_quota, ({("kept", f"f1/{EXPO}/-"): 1, ("kept", f"f2/{EXPO}/-"): 1, QUOTA: 1},)),
    Collision("two phases, at each two pins and one booth", two_quotas, ({**PINS, QUOTA: 1}, {D3: 1, D4: 1, ("booth-quota", f"{EXPO2} · * · prov · booths"): 1})),
    Collision("a quota and, apart from it, a fund", quota_and_fund, ({**PINS, QUOTA: 1}, {T1: 1, ("fund-budget", "travel"): 113_400})),
    Collision("leaders and, apart from them, must and must not", pins_and_leaders, ({**PINS, ("staff", "prov:leader"): 1}, {D3: 1, D4: 1})),
    Collision("a quota, a fund and a firm's own money", quota_fund_and_money, ({**PINS, QUOTA: 1}, {T1: 1, ("fund-budget", "travel"): 113_400}, {D3: 1, ("own-money", "f3"): 558_800})),
)  # fmt: skip
