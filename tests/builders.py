"""Builders: the smallest programme that makes sense, to be changed in the one point a test is about.

`a_programme()` holds one province with two zones below it, one fair at home with two phases, one fair abroad, three firms
that all apply, one leader and one fund of each nature. Every fact in it is invented for tests.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain import duties as d
from fairplanner.domain import giving as g
from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Confidence, CostLine, Nature, StandKind, Status
from fairplanner.domain.packs import Cite, Limit, Pack, PackChoice, QuotaRules, Subsidy
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Settings
from fairplanner.domain.settled import Settled, SettledTrip

SAMPLE: dict[str, Any] = {"source": "tests", "confidence": Confidence.SAMPLE}


def settings(**changes: Any) -> Settings:
    base: dict[str, Any] = {
        "id": "test", "name_zh": "测试", "name_en": "Test", "root": "prov",
        "window_from": date(2025, 1, 1), "window_to": date(2025, 12, 31), "as_of": date(2024, 11, 1),
        "sample": True,
    }  # fmt: skip
    return Settings(**(base | changes))


def fair(fair_id: str = "expo", **changes: Any) -> r.Fair:
    return r.Fair(
        **(
            {"fair_id": fair_id, "name_zh": f"{fair_id}展", "name_en": f"{fair_id} fair", "kind": "trade fair"}
            | SAMPLE
            | changes
        )
    )


def phase(fair_id: str = "expo", number: int = 1, **changes: Any) -> r.Phase:
    base = {
        "phase_id": f"{fair_id}-1-{number}", "fair_id": fair_id, "edition": "1", "phase": number, "year": 2025,
        "start": date(2025, 4, 15), "end": date(2025, 4, 19), "place_id": "harbour", "status": Status.HELD,
    }  # fmt: skip
    return r.Phase(**(base | SAMPLE | changes))


def section(section_id: str = "expo-tea", **changes: Any) -> r.Section:
    base = {
        "section_id": section_id,
        "fair_id": "expo",
        "phase": 1,
        "name_zh": "茶",
        "name_en": "Tea",
        "sectors": ("tea",),
    }
    return r.Section(**(base | SAMPLE | changes))


def place(
    place_id: str, lat: float, lon: float, territory_id: str = "CN", tz: str = "Asia/Shanghai", **changes: Any
) -> r.Place:
    base = {
        "place_id": place_id,
        "name_zh": place_id,
        "name_en": place_id,
        "territory_id": territory_id,
        "lat": lat,
        "lon": lon,
        "tz": tz,
    }
    return r.Place(**(base | SAMPLE | changes))


def zone(zone_id: str, parent: str = "", **changes: Any) -> p.Zone:
    base = {
        "zone_id": zone_id,
        "name_zh": f"{zone_id}区",
        "name_en": zone_id,
        "kind": "zone",
        "parent": parent,
        "place_id": "hills",
    }
    return p.Zone(**(base | SAMPLE | changes))


def firm(firm_id: str = "f1", zone_id: str = "east", **changes: Any) -> p.Firm:
    base = {
        "firm_id": firm_id,
        "name_zh": f"示例企业{firm_id}",
        "name_en": f"Sample {firm_id}",
        "zone_id": zone_id,
        "sectors": ("tea",),
        "markets": ("asean",),
    }
    return p.Firm(**(base | SAMPLE | changes))


def application(firm_id: str = "f1", phase_id: str = "expo-1-1", **changes: Any) -> p.Application:
    return p.Application(
        **({"firm_id": firm_id, "phase_id": phase_id, "received": date(2024, 10, 1)} | SAMPLE | changes)
    )


def post(post_id: str = "lead-1", zone_id: str = "prov", skill: str = "leader", **changes: Any) -> p.Post:
    return p.Post(**({"post_id": post_id, "title_zh": post_id, "zone_id": zone_id, "skill": skill} | SAMPLE | changes))


def fund(
    fund_id: str = "travel", nature: Nature = Nature.OFFICIAL_TRAVEL, amount: int = 200_000, **changes: Any
) -> m.Fund:
    base = {
        "fund_id": fund_id, "name_zh": fund_id, "nature": nature, "zone_id": "prov", "amount": Decimal(amount),
        "period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31),
        "pays": (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS),
    }  # fmt: skip
    return m.Fund(**(base | SAMPLE | changes))


def subsidy(**changes: Any) -> m.PlainSubsidy:
    base = {
        "subsidy_id": "half",
        "name_zh": "展位补贴",
        "fund_id": "trade",
        "rate": 0.5,
        "where": "abroad",
        "cap_year": Decimal(50_000),
    }
    return m.PlainSubsidy(**(base | SAMPLE | changes))


def pack_subsidy(subsidy_id: str = "stand", **changes: Any) -> Subsidy:
    """A part of a pack; half of the stand unless told otherwise."""
    return Subsidy(**({"subsidy_id": subsidy_id, "rate": Decimal("0.5")} | changes))


def limit(most: int, limit_id: str = "year", **changes: Any) -> Limit:
    return Limit(**({"limit_id": limit_id, "most": Decimal(most)} | changes))


def pack(*subsidies: Subsidy, pack_id: str = "pk", **changes: Any) -> Pack:
    """A pack with one sample source; `settings(packs=(pack_choice(),))` puts it in force."""
    base = {
        "pack_id": pack_id, "name_zh": "示例规则包", "name_en": "Sample pack", "jurisdiction_zh": "示例",
        "jurisdiction_en": "Sample", "source": "s", "subsidies": subsidies or (pack_subsidy(),),
        "sources": {"s": Cite(title="tests", confidence=Confidence.SAMPLE, reading="first-hand")},
    }  # fmt: skip
    return Pack(**(base | changes))


def pack_choice(pack_id: str = "pk", fund: str = "trade", **changes: Any) -> PackChoice:
    return PackChoice(**({"id": pack_id, "fund": fund} | changes))


def packed(*packs: Pack, pays: tuple[CostLine, ...] = tuple(CostLine), **tables: Any) -> Programme:
    """`a_programme` with these packs in force, every one paid by the fund `trade` (all lines, 2020 to 2030), no other subsidy."""
    paying = fund(
        "trade", Nature.TRADE_DEVELOPMENT, 10_000_000, pays=pays,
        period_from=date(2020, 1, 1), period_to=date(2030, 12, 31),
    )  # fmt: skip
    chosen = {"packs": tuple(pack_choice(x.pack_id) for x in packs)}
    base = {"settings": settings(**chosen), "packs": packs, "funds": (paying, fund()), "subsidies": ()}
    return a_programme(**(base | tables))


def ledger_row(
    firm_id: str = "f1", fair_id: str = "abroad", on: date = date(2024, 3, 20), amount: int = 0, **changes: Any
) -> m.LedgerRow:
    base = {"firm_id": firm_id, "fair_id": fair_id, "on": on, "amount": Decimal(amount)}
    return m.LedgerRow(**(base | SAMPLE | changes))


def cost(line: str = "freight", amount: int = 1000, fair_id: str = "abroad", **changes: Any) -> m.Cost:
    return m.Cost(**({"fair_id": fair_id, "line": line, "amount": Decimal(amount)} | SAMPLE | changes))


def quota(phase_id: str = "expo-1-1", booths: int | None = 3, zone_id: str = "prov", **changes: Any) -> p.Quota:
    return p.Quota(**({"phase_id": phase_id, "zone_id": zone_id, "booths": booths} | SAMPLE | changes))


def price(
    fair_id: str = "expo", per_booth: int = 10_000, stand: StandKind = StandKind.STANDARD, **changes: Any
) -> m.Price:
    return m.Price(**({"fair_id": fair_id, "stand": stand, "per_booth": Decimal(per_booth)} | SAMPLE | changes))


def stay(place_id: str = "harbour", lodging: int = 400, **changes: Any) -> m.Stay:
    return m.Stay(
        **(
            {"place_id": place_id, "lodging": Decimal(lodging), "meals": Decimal(100), "incidentals": Decimal(80)}
            | SAMPLE
            | changes
        )
    )


def choice(fair_id: str = "expo", **changes: Any) -> p.Choice:
    return p.Choice(**({"fair_id": fair_id} | SAMPLE | changes))


def target(target_id: str = "t1", at_least: int = 2, **changes: Any) -> p.Target:
    base = {
        "target_id": target_id,
        "name_zh": target_id,
        "zone_id": "prov",
        "counts": "participations",
        "at_least": at_least,
    }
    return p.Target(**(base | SAMPLE | changes))


def decision(decision_id: str = "d1", kind: str = "must-go", phase_id: str = "expo-1-1", **changes: Any) -> p.Decision:
    base = {
        "decision_id": decision_id,
        "kind": kind,
        "phase_id": phase_id,
        "by": "处长",
        "on": date(2024, 10, 20),
        "reason": "重点",
        "basis": "纪要1号",
    }
    return p.Decision(**(base | SAMPLE | changes))


def a_programme(**tables: Any) -> Programme:
    """The smallest programme that makes sense; each keyword replaces a whole table (or `settings`)."""
    base: dict[str, Any] = {
        "settings": settings(),
        "fairs": (fair("abroad", markets=("asean",)), fair("expo")),
        "phases": (
            phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"),
            phase("expo", 1),
            phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
        ),
        "territories": (
            r.Territory(territory_id="CN", name_zh="中国", name_en="China", **SAMPLE),
            r.Territory(territory_id="SG", name_zh="新加坡", name_en="Singapore", markets=("asean",), **SAMPLE),
        ),
        "places": (place("harbour", 23.1, 113.3), place("hills", 26.6, 106.7), place("lion", 1.3, 103.8, "SG", "Asia/Singapore")),
        "sectors": (r.Sector(sector_id="tea", name_zh="茶叶", name_en="tea", **SAMPLE),),
        "markets": (r.Market(market_id="asean", name_zh="东盟", name_en="ASEAN", market_class="emerging", territories=("SG",), **SAMPLE),),
        "zones": (zone("east", "prov"), zone("prov"), zone("west", "prov")),
        "firms": (firm("f1"), firm("f2"), firm("f3", "west")),
        "applications": tuple(application(f, q) for f in ("f1", "f2", "f3") for q in ("abroad-1-1", "expo-1-1", "expo-1-2")),
        "posts": (post(),),
        "funds": (fund("trade", Nature.TRADE_DEVELOPMENT, pays=(CostLine.STAND,)), fund()),
        "subsidies": (subsidy(),),
        "quotas": (quota(),),
        "prices": (price("abroad", 20_000), price()),
        "stays": (stay(), stay("lion", 900)),
        "choices": (choice("abroad", least_firms=2),),
        "targets": (target(),),
    }  # fmt: skip
    return Programme(**(base | tables))


def duty(duty_id: str = "visa", days: int = -30, **changes: Any) -> d.Duty:
    base = {
        "duty_id": duty_id,
        "name_zh": f"{duty_id}事项",
        "name_en": duty_id,
        "who": "firms",
        "anchor": "opens",
        "days": days,
    }
    return d.Duty(**(base | SAMPLE | changes))


def holiday(on: date, work: bool = False, **changes: Any) -> d.Holiday:
    return d.Holiday(**({"on": on, "work": work} | SAMPLE | changes))


def local_fact(fact_id: str = "sg-plug", topic: str = "plug", **changes: Any) -> r.LocalFact:
    return r.LocalFact(
        **({"fact_id": fact_id, "topic": topic, "text_zh": f"示例{fact_id}", "text_en": f"Sample {fact_id}"} | SAMPLE | changes)
    )  # fmt: skip


def approval(phases: tuple[str, ...] = ("abroad-1-1",), **changes: Any) -> d.Approval:
    base = {
        "approval_id": "a1", "kind": "task", "number": "示例1号", "on": date(2024, 10, 1), "zone_id": "prov", "phases": phases,
        "people": 3, "depart": date(2025, 3, 17), "back": date(2025, 3, 21),
    }  # fmt: skip
    return d.Approval(**(base | SAMPLE | changes))


def instalment(on: date, amount: int, fund_id: str = "travel", **changes: Any) -> m.Instalment:
    return m.Instalment(**({"fund_id": fund_id, "on": on, "amount": Decimal(amount)} | SAMPLE | changes))


def award(target_id: str = "t1", amount: int = 100_000, **changes: Any) -> m.Award:
    base = {
        "award_id": "award-1",
        "name_zh": "奖励",
        "zone_id": "prov",
        "amount": Decimal(amount),
        "target_id": target_id,
    }
    return m.Award(**(base | SAMPLE | changes))


def score_item(item: str = "exports", full_marks: float = 100, points: float = 80, **changes: Any) -> g.ScoreItem:
    base = {"firm_id": "f1", "phase_id": "expo-1-1", "item": item, "full_marks": full_marks, "points": points}
    return g.ScoreItem(**(base | SAMPLE | changes))


def draw(phase_id: str = "expo-1-1", number: str = "2024131", **changes: Any) -> g.Draw:
    base = {"phase_id": phase_id, "number": number, "on": date(2024, 10, 25), "witness": "示例公证处"}
    return g.Draw(**(base | SAMPLE | changes))


def notice(first: date, last: date, phase_id: str = "expo-1-1", **changes: Any) -> g.Notice:
    base = {"notice_id": "n1", "phase_id": phase_id, "first": first, "last": last}
    return g.Notice(**(base | SAMPLE | changes))


def handing_out(**rules: Any) -> Pack:
    """A pack that says how places are handed out, by the booth-base procedure unless told otherwise, and pays nothing."""
    return pack(pack_id="places", quota=QuotaRules(**({"booth_formula": True} | rules))).model_copy(
        update={"subsidies": ()}
    )


def settled(firm_id: str = "f1", phase_id: str = "expo-1-1", **changes: Any) -> Settled:
    """A place of an earlier plan: one standard booth with the province, two people, at the fair's days of `a_programme`."""
    return Settled(**({"firm_id": firm_id, "phase_id": phase_id, "sponsor": "prov"} | changes))


def settled_trip(delegation_id: str = "prov:abroad-1-1@0317-0320", **changes: Any) -> SettledTrip:
    return SettledTrip(
        **({"delegation_id": delegation_id, "sponsor": "prov", "phases": ("abroad-1-1",), "people": 4} | changes)
    )
