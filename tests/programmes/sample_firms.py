"""Sample firms: the same number in every zone, with the same formula for their size, so that no real zone stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from fairplanner.domain.kinds import FirmKind
from fairplanner.domain.planning import Firm
from tests.programmes.sample_table import SAMPLE

SECTORS = {
    "apparel-textile": ("服装纺织", "garments and textiles"),
    "baijiu": ("白酒", "baijiu"),
    "building-mat": ("建材", "building materials"),
    "elec-info": ("电子信息", "electronics and IT"),
    "equipment": ("装备制造", "equipment"),
    "garment": ("服装", "garments"),
    "guitar": ("吉他", "guitars"),
    "hi-tech": ("高新技术产品", "high-tech products"),
    "home-appl": ("家用电器", "household appliances"),
    "li-battery": ("锂电池", "lithium batteries"),
    "li-battery-material": ("锂离子动力电池材料", "battery materials"),
    "light-ind": ("轻工", "light industry"),
    "lighter": ("打火机", "lighters"),
    "machinery": ("机械", "machinery"),
    "mech-elec": ("机电", "machinery and electronics"),
    "nev": ("新能源汽车", "new-energy vehicles"),
    "new-materials": ("新材料", "new materials"),
    "phosphate": ("磷化产品", "phosphorus chemicals"),
    "sauce-baijiu": ("酱酒", "sauce-aroma baijiu"),
    "stone": ("石材", "stone"),
    "tea": ("茶叶", "tea"),
    "textile": ("纺织", "textiles"),
    "tyres": ("轮胎", "tyres"),
    "xborder-ecom": ("跨境电商", "cross-border e-commerce"),
}

AIMS = (
    ("asean", "europe"),
    ("n-america", "europe"),
    ("asean", "mideast"),
    ("c-asia", "africa"),
    ("s-america", "asean"),
)


@dataclass(frozen=True)
class Made:
    """A sample firm, its number, its place within its zone (0 the smallest), its sector, and the number of its zone."""

    row: Firm
    number: int
    place: int
    sector: str
    zone: int


def firm(number: int, place: int, zone: tuple[int, str], sector: str, rng: Random) -> Made:
    """One sample firm; size grows with its place in the zone, plus a small seeded difference that breaks ties."""
    zh, en = SECTORS[sector]
    row = Firm(
        firm_id=f"SAMPLE-{number:03d}",
        name_zh=f"示例企业{number:03d}（{zh}）",
        name_en=f"Sample firm {number:03d} ({en})",
        zone_id=zone[1],
        kind=FirmKind.TRADER if place % 4 == 1 or sector == "xborder-ecom" else FirmKind.PRODUCER,
        sectors=(sector,),
        markets=AIMS[1] if sector == "guitar" else AIMS[number % len(AIMS)],
        export_usd=Decimal(400_000 + 600_000 * place + 1_000 * int(rng.random() * 200)),
        record=round(0.3 + 0.07 * (place % 8) + 0.1 * rng.random(), 3),
        teams=2 if place % 8 == 7 or number % 11 == 0 else 1,
        max_phases=3 if number % 9 == 4 else None,
        own_money=Decimal(60_000 if number % 2 else 150_000) if number % 7 == 3 else None,
        sme=place % 8 != 7,
        **SAMPLE,
    )
    return Made(row, number, place, sector, zone[0])


def firms(zones: Sequence[tuple[str, Sequence[str]]], per_zone: int, rng: Random) -> list[Made]:
    """`per_zone` firms in each zone, taking the zone's sectors in turn."""
    made: list[Made] = []
    for z, (zone_id, sectors) in enumerate(zones):
        made += [firm(len(made) + 1 + k, k, (z, zone_id), sectors[k % len(sectors)], rng) for k in range(per_zone)]
    return made
