"""A programme that papers break on: the longest names, one firm and sixty, three countries, one day, a New Year, nobody at all.

Every fact in it is invented for tests; the parties, in order:

| party | what is hard about it |
|---|---|
| `LONG` | one firm, three countries or regions in one trip, officials, a budget, projected dates |
| `NEW_YEAR` | abroad from December into January |
| `BIG` | sixty firms with long names, two phases, two kinds of stands, sections with long names |
| `ONE_DAY` | one firm, leaves and comes home on the day of the fair; not one deadline |
| `EMPTY` | goes, and nobody with it |
| `BUYERS` | nobody exhibits |
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Nature, Role, StandKind, Status
from fairplanner.domain.plan import Claim, Delegation, Excluded, Journey, Participation, Plan, Reached, Stop
from fairplanner.domain.programme import Programme
from tests import builders as b
from tests.publish import plans

LONG, NEW_YEAR, BIG, ONE_DAY, EMPTY, BUYERS = range(6)
BIG_FIRMS = 60

FIRM_ZH = (
    "示例（黔南布依族苗族自治州）高原特色农产品精深加工与冷链物流及跨境电子商务进出口贸易（集团）有限责任公司"
    "第{n}分公司驻粤港澳大湾区及东南亚联合营销服务中心（筹）暨研发展示与检验检测基地"
)
FIRM_EN = (
    "Sample Highland Speciality Agricultural Products Deep-Processing, Cold-Chain Logistics and Cross-Border E-Commerce "
    "Import and Export Trading (Group) Company Limited, Branch No. {n}"
)
FAIR_ZH = "示例（第二十二届）亚洲及太平洋地区高原特色食品、饮料、民族工艺品与生态康养产业国际贸易博览会暨采购商对接与产业链供应链投资合作大会（含线上展区及青年企业家专场活动）"
FAIR_EN = (
    "Sample Twenty-Second Asia-Pacific International Trade Exposition for Highland Foods, Beverages, Ethnic Handicrafts and "
    "Ecological Wellness Industries with Sourcing Forum"
)
SECTION_ZH = "食品、农产品、茶叶、酒类、中药材及乡村振兴特色产品与地理标志产品综合展示交易和品牌推广专区{k}"
SECTION_EN = (
    "Food, farm produce, tea, spirits, medicinal herbs, rural specialities and products of geographical indication {k}"
)
VENUE_ZH = "示例国际会展中心（新馆）北登录大厅及一层多功能综合展厅与室外广场"
VENUE_EN = "Sample International Convention and Exhibition Centre (New Complex), North Entrance Hall and Ground Floor Pavilions"


def stress() -> tuple[Programme, Plan]:
    """The programme and its plan; the same at every call."""
    return _programme(), _plan()


@lru_cache(maxsize=1)
def _programme() -> Programme:
    base = b.a_programme()
    return b.a_programme(
        settings=b.settings(
            id="stress", name_zh="极端情形试验（二〇二五年度暨二〇二六年第一季度）重点境内外展会参展参会统筹安排计划",
            name_en="Stress test: coordinated attendance of key fairs at home and abroad, 2025 and first quarter of 2026",
            window_from=date(2025, 1, 1), window_to=date(2026, 5, 31),
        ),
        fairs=_fairs(), phases=_phases(), sections=_sections(), territories=_territories(), places=(*base.places, *_places()),
        zones=_zones(), firms=_firms(), applications=(), quotas=(b.quota("expo-1-1", 80),), choices=_choices(),
        posts=(b.post(title_zh="招商引资和对外贸易促进处（综合协调岗）", title_en="Trade promotion office (co-ordination)"),),
        targets=tuple(
            b.target(f"t{n}", 80 + n, name_zh=f"高原特色农产品及民族工艺品企业赴境内外重点展会参展场次（第{n}项）", name_en=f"Attendance of highland food and handicraft firms at key fairs at home and abroad, no. {n}")
            for n in range(1, 6)
        ),
        funds=(
            b.fund("trade", Nature.TRADE_DEVELOPMENT, 900_000, name_zh="外经贸发展专项资金（开拓国际市场方向）示例", name_en="Trade development fund, opening markets (sample)", pays=b.fund().pays),
            b.fund("travel", amount=200_000, name_zh="因公临时出国经费（示例）", name_en="Official travel abroad (sample)"),
        ),
    )  # fmt: skip


def _fairs() -> tuple[r.Fair, ...]:
    long = {"name_zh": FAIR_ZH, "name_en": FAIR_EN, "markets": ("asean",), "sectors": ("tea",)}
    known = {"organiser": "示例展览有限公司", "website": "https://example.org/a-long-path/of-a-fair/index.html"}
    return (
        b.fair("abroad", **long, **known), b.fair("day", name_zh="一日对接会", name_en="One-day sourcing meeting"),
        b.fair("expo", name_zh="示例进出口商品交易会", name_en="Sample import and export fair"), b.fair("forum", **long),
        b.fair("winter", name_zh="跨年购物节", name_en="New Year shopping festival"),
    )  # fmt: skip


def _phases() -> tuple[r.Phase, ...]:
    venue = {"venue_zh": VENUE_ZH, "venue_en": VENUE_EN}
    return (
        b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion", status=Status.PROJECTED, **venue),
        b.phase("day", 1, start=date(2025, 6, 4), end=date(2025, 6, 4), place_id="hills"),
        b.phase("expo", 1, **venue), b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
        b.phase("forum", 1, start=date(2025, 3, 22), end=date(2025, 3, 24), place_id="straits", status=Status.PROVISIONAL, **venue),
        b.phase("forum", 2, start=date(2025, 3, 26), end=date(2025, 3, 28), place_id="delta", **venue),
        b.phase("winter", 1, start=date(2025, 12, 29), end=date(2026, 1, 2), place_id="delta"),
    )  # fmt: skip


def _sections() -> tuple[r.Section, ...]:
    return tuple(
        b.section(f"expo-{k}", name_zh=SECTION_ZH.format(k=k), name_en=SECTION_EN.format(k=k)) for k in range(1, 6)
    )


def _territories() -> tuple[r.Territory, ...]:
    names = {
        "CN": ("中国", "China"),
        "MY": ("马来西亚", "Malaysia"),
        "SG": ("新加坡", "Singapore"),
        "TH": ("泰国", "Thailand"),
    }
    spoken = {"TH": "th"}
    return tuple(
        r.Territory(territory_id=code, name_zh=zh, name_en=en, markets=() if code == "CN" else ("asean",), interpreter=spoken.get(code, ""), **b.SAMPLE)
        for code, (zh, en) in names.items()
    )  # fmt: skip


def _places() -> tuple[r.Place, ...]:
    return (
        b.place("delta", 13.8, 100.5, "TH", "Asia/Bangkok", name_zh="曼谷", name_en="Bangkok"),
        b.place("straits", 3.1, 101.7, "MY", "Asia/Kuala_Lumpur", name_zh="吉隆坡", name_en="Kuala Lumpur"),
    )


def _zones() -> tuple[Any, ...]:
    long = {
        "name_zh": "示例（黔南布依族苗族自治州）国家级高原生态特色食品产业经济技术开发区", "sectors": ("tea",),
        "name_en": "Sample national economic and technological development zone for highland foods, Qiannan",
    }  # fmt: skip
    return b.zone("east", "prov", **long), b.zone("prov", sectors=("tea",)), b.zone("west", "prov")


def _firms() -> tuple[Any, ...]:
    return tuple(
        b.firm(f"g{n:02d}", "west" if n % 3 else "east", name_zh=FIRM_ZH.format(n=n), name_en=FIRM_EN.format(n=n))
        for n in range(BIG_FIRMS)
    )


def _choices() -> tuple[Any, ...]:
    return (
        b.choice("abroad", least_firms=1, closes=date(2024, 12, 20), support_zh="开拓新兴市场示例项目", support_en="Sample project for emerging markets"),
        b.choice("expo", closes=date(2025, 1, 20)),
    )  # fmt: skip


def _abroad(delegation_id: str, stops: tuple[Stop, ...], depart: date, back: date) -> Delegation:
    return plans.abroad(
        delegation_id=delegation_id, sponsor="east", stops=stops, depart=depart, return_=back, officials=6
    )


def _delegations() -> tuple[Delegation, ...]:
    days = {"expo-1-1": (date(2025, 4, 14), date(2025, 4, 19)), "expo-1-2": (date(2025, 4, 24), date(2025, 4, 29))}
    chain = (
        Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 21)),
        Stop(phase_id="forum-1-1", arrive=date(2025, 3, 21), leave=date(2025, 3, 25)),
        Stop(phase_id="forum-1-2", arrive=date(2025, 3, 25), leave=date(2025, 3, 28)),
    )
    expo = tuple(Stop(phase_id=q, arrive=first, leave=last) for q, (first, last) in days.items())
    one, winter = date(2025, 6, 4), date(2025, 12, 28)
    return (
        _abroad("east:abroad-1-1+forum-1-1+forum-1-2", chain, date(2025, 3, 17), date(2025, 3, 29)),
        _abroad("east:winter-1-1", (Stop(phase_id="winter-1-1", arrive=winter, leave=date(2026, 1, 2)),), winter, date(2026, 1, 3)),
        plans.at_home(delegation_id="prov:expo-1-1+expo-1-2", stops=expo, return_=date(2025, 4, 30)),
        plans.at_home(delegation_id="prov:day-1-1", depart=one, return_=one, stops=(Stop(phase_id="day-1-1", arrive=one, leave=one),)),
        plans.at_home(delegation_id="west:day-1-1", sponsor="west", depart=one, return_=one, stops=(Stop(phase_id="day-1-1", arrive=one, leave=one),)),
        plans.at_home(delegation_id="west:expo-1-2", sponsor="west", depart=days["expo-1-2"][0], return_=date(2025, 4, 30), stops=expo[1:]),
    )  # fmt: skip


def _participations() -> tuple[Participation, ...]:
    chain = [
        plans.place("g00", q, "east", stand_cost=Decimal(28_000)) for q in ("abroad-1-1", "forum-1-1", "forum-1-2")
    ]
    winter = [plans.place(f"g{n:02d}", "winter-1-1", "east", stand_cost=Decimal(18_000)) for n in (0, 3, 6)]
    big = [
        plans.place(
            f"g{n:02d}", f"expo-1-{1 + n % 2}", section_id=f"expo-{1 + n % 5}", booths=1 + n % 3, score=95 - n / 2, rank=n + 1,
            stand=StandKind.RAW if n % 7 == 0 else StandKind.STANDARD,
        )
        for n in range(BIG_FIRMS)
    ]  # fmt: skip
    bought = [
        plans.a_buyer(f"g{n:02d}", "expo-1-2", sponsor="west", role=Role.NEGOTIATE if n % 2 else Role.BUY)
        for n in (1, 2, 4, 5)
    ]
    return (*chain, *winter, *big, plans.place("g09", "day-1-1"), *bought)


def _journeys() -> tuple[Journey, ...]:
    days = {1: (date(2025, 4, 11), date(2025, 4, 20)), 2: (date(2025, 4, 21), date(2025, 4, 30))}
    chain = ("abroad-1-1", "forum-1-1", "forum-1-2")
    big = [
        plans.journey(f"g{n:02d}", (f"expo-1-{1 + n % 2}",), depart=days[1 + n % 2][0], return_=days[1 + n % 2][1])
        for n in range(BIG_FIRMS)
    ]
    bought = [plans.journey(f"g{n:02d}", ("expo-1-2",), depart=days[2][0], return_=days[2][1]) for n in (2, 4)]
    return (
        plans.journey("g00", chain, depart=date(2025, 3, 15), return_=date(2025, 3, 30), saved=Decimal("6310.50")),
        *(plans.journey(f"g{n:02d}", ("winter-1-1",), depart=date(2025, 12, 26), return_=date(2026, 1, 4)) for n in (0, 3, 6)),
        *big, plans.journey("g09", ("day-1-1",), depart=date(2025, 6, 4), return_=date(2025, 6, 4), lodging=Decimal(0)), *bought,
    )  # fmt: skip


def _claims() -> tuple[Claim, ...]:
    return tuple(
        Claim(claim_id=f"{f}/{q}/half", subsidy_id="half", participation_id=f"{f}/{q}/-/east", firm_id=f, phase_id=q,
              fund_id="trade", entitled=Decimal("9333.33"), amount=Decimal("9333.33"))
        for f, q in (("g00", "abroad-1-1"), ("g00", "forum-1-1"), ("g00", "forum-1-2"), ("g00", "winter-1-1"), ("g03", "winter-1-1"))
    )  # fmt: skip


@lru_cache(maxsize=1)
def _plan() -> Plan:
    excluded = (
        Excluded(kind="application", rule="deadline-passed", firm_id="g01", phase_id="expo-1-1", count=7),
        Excluded(kind="journey", rule="lodging-unknown", phase_id="forum-1-2", facts=(("place", "delta"),)),
    )
    reached = tuple(Reached(target_id=f"t{n}", reached=70 + 5 * n, wanted=80 + n) for n in range(1, 6))
    return plans.plan(
        programme_id="stress", delegations=_delegations(), participations=_participations(), journeys=_journeys(),
        claims=_claims(), targets=reached, excluded=excluded,
    )  # fmt: skip
