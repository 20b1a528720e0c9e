"""Sample money: funds, subsidies and quotas by equal formulas; nights and meals are those of the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from fairplanner.domain.kinds import ApplicationState, CostLine, Nature, Role, StandKind, Where, Wish
from fairplanner.domain.money import Fund, PlainSubsidy, Rate
from fairplanner.domain.planning import Application, Quota
from tests.programmes.sample_firms import Made
from tests.programmes.sample_table import SAMPLE


def rates(on: date) -> list[Rate]:
    """Round sample rates; not the rates of any bank."""
    return [Rate(currency=c, rate=Decimal(r), on=on, **SAMPLE) for c, r in (("HKD", "0.92"), ("USD", "7.20"))]


TRAVEL = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)


def fund(fund_id: str, names: tuple[str, str], zone_id: str, amount: int, year: int, nature: Nature) -> Fund:
    """A sample fund of one year; travel money pays journeys, trade money pays stands and fares."""
    pays = TRAVEL if nature is Nature.OFFICIAL_TRAVEL else (CostLine.STAND, CostLine.FARE)
    return Fund(
        fund_id=fund_id, name_zh=f"{names[0]}（示例）", name_en=f"{names[1]} (sample)", nature=nature, zone_id=zone_id,
        amount=Decimal(amount), period_from=date(year, 1, 1), period_to=date(year, 12, 31), pays=pays, **SAMPLE,
    )  # fmt: skip


def funds(root: str, below: Mapping[str, tuple[str, str]], year: int, amounts: Mapping[str, int]) -> list[Fund]:
    """Travel and trade money of the root, and the same sum of travel and trade money for each zone right below."""
    rows = [
        fund(
            "travel",
            ("省级因公出国（境）经费", "Provincial official travel"),
            root,
            amounts["travel"],
            year,
            Nature.OFFICIAL_TRAVEL,
        ),
        fund(
            "abroad",
            ("省级境外参展补助资金", "Provincial support for fairs abroad"),
            root,
            amounts["abroad"],
            year,
            Nature.TRADE_DEVELOPMENT,
        ),
        fund(
            "home",
            ("省级境内参展补助资金", "Provincial support for fairs at home"),
            root,
            amounts["home"],
            year,
            Nature.TRADE_DEVELOPMENT,
        ),
    ]
    for zone_id, (zh, en) in below.items():
        rows.append(
            fund(
                f"travel-{zone_id}",
                (f"{zh}因公经费", f"{en} official travel"),
                zone_id,
                amounts["travel-below"],
                year,
                Nature.OFFICIAL_TRAVEL,
            )
        )
        rows.append(
            fund(
                f"trade-{zone_id}",
                (f"{zh}外贸资金", f"{en} trade money"),
                zone_id,
                amounts["trade-below"],
                year,
                Nature.TRADE_DEVELOPMENT,
            )
        )
    return rows


def subsidy(subsidy_id: str, names: tuple[str, str], fund_id: str, rate: float, **more: Any) -> PlainSubsidy:
    return PlainSubsidy(
        subsidy_id=subsidy_id,
        name_zh=f"{names[0]}（示例）",
        name_en=f"{names[1]} (sample)",
        fund_id=fund_id,
        rate=rate,
        **more,
        **SAMPLE,
    )


def subsidies(below: Mapping[str, tuple[str, str]]) -> list[PlainSubsidy]:
    """50 % of a stand abroad, 70 % in emerging markets; a smaller share at home."""
    rows = [
        subsidy("stand-abroad", ("境外展位费补助", "Stands abroad"), "abroad", 0.5, rate_emerging=0.7, where=Where.ABROAD,
                cap_booth=Decimal(15_000), cap_phase=Decimal(30_000), cap_year=Decimal(100_000)),
        subsidy("stand-home", ("境内展位费补助", "Stands at home"), "home", 0.4, rate_emerging=0.5,
                cap_booth=Decimal(6_000), cap_phase=Decimal(12_000), cap_year=Decimal(30_000), where=Where.HOME),
    ]  # fmt: skip
    for zone_id, (zh, en) in below.items():
        rows.append(subsidy(f"extra-{zone_id}", (f"{zh}境外参展追加补助", f"{en} extra for fairs abroad"), f"trade-{zone_id}", 0.2, where=Where.ABROAD,
                            cap_booth=Decimal(5_000), cap_year=Decimal(20_000)))  # fmt: skip
    return rows


Demand = Counter[tuple[str, str, str]]


def asked(applications: Sequence[Application], firms: Sequence[Made], by: Mapping[str, str]) -> tuple[Demand, Demand]:
    """Booths asked for by phase, section and group of zones, refusals and withdrawals left out: booths, raw space."""
    zone = {made.row.firm_id: by[made.row.zone_id] for made in firms}
    booths, raw = Demand(), Demand()
    for a in applications:
        if a.role is Role.EXHIBIT and a.wish is not Wish.REFUSES and a.state is not ApplicationState.WITHDRAWN:
            sums = raw if a.stand is StandKind.RAW else booths
            sums[a.phase_id, a.section_id, zone[a.firm_id]] += a.booths
    return booths, raw


def quotas(demand: tuple[Demand, Demand], root: str, share: float, handed: Sequence[str] = ()) -> list[Quota]:
    """A share of what is asked, at least 2 booths, per phase and section; the sections `handed` go down to every zone below.

    The zone that plans holds the sum of what it hands down.
    """
    booths, raw = demand
    total: Counter[tuple[str, str]] = Counter()
    rows: list[Quota] = []
    for (phase_id, section_id, zone_id), asked_for in sorted(booths.items()):
        if section_id not in handed:
            total[phase_id, section_id] += asked_for
        elif zone_id != root:
            given = max(2, ceil(share * asked_for))
            rows.append(Quota(phase_id=phase_id, section_id=section_id, zone_id=zone_id, booths=given, **SAMPLE))
            total[phase_id, section_id] += given
    space: Counter[tuple[str, str]] = Counter()
    for (phase_id, section_id, _), asked_for in raw.items():
        space[phase_id, section_id] += asked_for
    for (phase_id, section_id), asked_for in sorted(total.items()):
        given = asked_for if section_id in handed else max(2, ceil(share * asked_for))
        area = 9 * ceil(share * space[phase_id, section_id]) or None
        rows.append(Quota(phase_id=phase_id, section_id=section_id, zone_id=root, booths=given, area_m2=area, **SAMPLE))
    return rows
