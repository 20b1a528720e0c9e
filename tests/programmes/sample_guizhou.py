"""guizhou-2025 and guizhou-2027: the design of both sample years. Fairs and zones are real, everything asked and paid is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import Confidence, Counts, DecisionKind, Policy, Role, StandKind, Status
from fairplanner.domain.money import Fare, Price
from fairplanner.domain.planning import Choice, Decision, Post, Target
from fairplanner.domain.reference import Phase
from tests.programmes import sample_money as money
from tests.programmes.sample_asks import Ask, Canton, Inbox, applications
from tests.programmes.sample_firms import firms
from tests.programmes.sample_table import SAMPLE
from tests.programmes.sample_zones import NEAR, PARENTS, PREFECTURES, SECTIONS, TECH, zone_goods


@dataclass(frozen=True)
class Year:
    """What differs between the two years."""

    year: int
    seed: int
    per_zone: int
    as_of: date
    canton: tuple[int, int]
    asks: tuple[Ask, ...]
    closes: Mapping[str, date]
    undated: Mapping[str, str]
    wanted: tuple[int, int, int, int, int]


def undated(year: int, fairs: Mapping[str, str]) -> list[Phase]:
    """Editions of the year for which no date was found; they are listed as 待定 and cannot be planned."""
    return [
        Phase(
            phase_id=f"{fair}-{edition}", fair_id=fair, edition=edition, year=year, status=Status.UNKNOWN,
            note="looked for, not found 已查未见", source="looked for, not found", confidence=Confidence.UNKNOWN,
        )
        for fair, edition in fairs.items()
    ]  # fmt: skip


def posts() -> list[Post]:
    """Posts that lead and interpret; no names."""
    rows = [
        Post(
            post_id="gz-lead-1",
            title_zh="省级带队岗位一（示例）",
            title_en="Provincial leader 1 (sample)",
            zone_id="gz",
            skill="leader",
            **SAMPLE,
        ),
        Post(
            post_id="gz-lead-2",
            title_zh="省级带队岗位二（示例）",
            title_en="Provincial leader 2 (sample)",
            zone_id="gz",
            skill="leader",
            **SAMPLE,
        ),
        Post(
            post_id="gz-en-1",
            title_zh="省级英语翻译岗位（示例）",
            title_en="English interpreter (sample)",
            zone_id="gz",
            skill="interpreter:en",
            **SAMPLE,
        ),
        Post(
            post_id="gz-ru-1",
            title_zh="省级俄语翻译岗位（示例）",
            title_en="Russian interpreter (sample)",
            zone_id="gz",
            skill="interpreter:ru",
            **SAMPLE,
        ),
    ]
    for zone_id, (zh, en) in PREFECTURES.items():
        rows.append(
            Post(
                post_id=f"{zone_id}-lead",
                title_zh=f"{zh}带队岗位（示例）",
                title_en=f"{en} leader (sample)",
                zone_id=zone_id,
                skill="leader",
                **SAMPLE,
            )
        )
    return rows


# fair: (standard, raw) a booth of 9 m², currency, note
PRICES = {
    "canton": (20_000, 18_000, "CNY", "示例价；仅查到 2009 年 3 万元 sample; the only price found is 30,000 of 2009"),
    "cabis": (9_000, 7_000, "CNY", "示例价 sample price"),
    "chtf": (15_000, 12_000, "CNY", "示例价 sample price"),
    "ciftis": (12_000, 10_000, "CNY", "示例价 sample price"),
    "cismef": (8_000, 6_500, "CNY", "示例价 sample price"),
    "namm": (3_100, 3_100, "USD", "示例价；约 2016 年每平方英尺 31 美元 sample; about 31 USD/sq ft c. 2016"),
    "cccme-sg": (22_000, 20_000, "CNY", "示例价 sample price"),
}


def prices() -> list[Price]:
    """Sample prices."""
    rows = []
    for fair_id, (standard, raw, currency, note) in PRICES.items():
        kinds = {StandKind.STANDARD: standard, StandKind.RAW: raw} | (
            {StandKind.BRAND: standard} if fair_id == "canton" else {}
        )
        rows += [
            Price(fair_id=fair_id, stand=k, per_booth=Decimal(v), currency=currency, **(SAMPLE | {"note": note}))
            for k, v in kinds.items()
        ]
    return rows


# fair: weight, policy, support in Chinese and English, scale
SUPPORT: dict[str, tuple[float, Policy | None, str, str, str]] = {
    "canton": (
        0.9,
        None,
        "展位费补助，按展区评分排序",
        "Stand support; places by score within a section",
        "每届约 170 个标摊 / about 170 booths an edition",
    ),
    "cabis": (0.8, Policy.RANK, "展位费补助，面向东盟", "Stand support; ASEAN", "约 55 个标摊 / about 55 booths"),
    "namm": (0.9, None, "展位费、交通费补助", "Stands and fares", "5 家企业以上成团 / 5 firms or more"),
    "cccme-sg": (0.7, None, "日期公布后安排", "To be arranged once dated", ""),
    "chtf": (0.6, None, "展位费补助", "Stand support", "约 40 个标摊 / about 40 booths"),
    "ciftis": (0.5, None, "展位费补助", "Stand support", "约 20 个标摊 / about 20 booths"),
    "ciie": (
        0.7,
        Policy.OPTIMISE,
        "组织采购商到会",
        "Buyers through the trading group",
        "约 40 家企业 / about 40 firms",
    ),
    "cismef": (0.6, None, "展位费补助", "Stand support", "约 25 个标摊 / about 25 booths"),
    "eu-china": (0.6, Policy.OPTIMISE, "组织企业洽谈", "Matchmaking", "约 25 家企业 / about 25 firms"),
    "gz-hk": (0.8, None, "日期公布后安排", "To be arranged once dated", ""),
    "sdavos": (0.3, Policy.OPTIMISE, "凭邀请参加", "By invitation", "约 8 家企业 / about 8 firms"),
}


def choices(year: Year) -> list[Choice]:
    """The office's line for each fair, and for each phase that closes on a date of its own."""
    rows = []
    for fair_id, (weight, policy, zh, en, scale) in SUPPORT.items():
        line = {
            "weight": weight,
            "policy": policy,
            "support_zh": f"{zh}（示例）",
            "support_en": f"{en} (sample)",
            "scale_zh": scale.partition(" / ")[0],
            "scale_en": scale.partition(" / ")[2],
        }
        officials = {"officials": 2, "least_firms": 5} if fair_id in ("namm", "cccme-sg", "gz-hk") else {}
        rows.append(Choice(fair_id=fair_id, **line, **officials, **SAMPLE))
        for phase_id, closes in sorted(year.closes.items()):
            if phase_id.rsplit("-", 2 if fair_id == "canton" else 1)[0] == fair_id:
                rows.append(Choice(fair_id=fair_id, phase_id=phase_id, closes=closes, **line, **officials, **SAMPLE))
    return rows


def targets(year: Year) -> list[Target]:
    """K01 of the 2023 notice as a counter, and sample targets."""
    quote = "K01 «赴外招商15次以上»，只计进度 a counter, not a floor；已完成数为示例 what is already done is a sample"
    firms, booths, fairs, emerging, abroad = year.wanted
    wanted = (
        ("firms", "参展企业数", "Firms that take part", Counts.FIRMS, firms, "", False),
        ("booths", "展位数", "Booths", Counts.BOOTHS, booths, "", False),
        ("fairs", "参加展会数", "Fairs", Counts.FAIRS, fairs, "", False),
        (
            "emerging",
            "新兴市场参展次数",
            "Participations, emerging markets",
            Counts.PARTICIPATIONS,
            emerging,
            "emerging",
            False,
        ),
        ("abroad", "境外参展次数", "Participations abroad", Counts.PARTICIPATIONS, abroad, "", True),
    )
    rows = [
        Target(target_id=f"S-{key}", name_zh=f"{zh}（示例）", name_en=f"{en} (sample)", zone_id="gz", counts=counts, at_least=least,
               market_class=market, abroad_only=abroad, points=10, **SAMPLE)
        for key, zh, en, counts, least, market, abroad in wanted
    ]  # fmt: skip
    k01 = Target(
        target_id="K01", name_zh="赴外招商", name_en="Outbound promotion trips", zone_id="gz", counts=Counts.PROMOTION_TRIPS,
        at_least=15, already=6, points=5, **(SAMPLE | {"note": quote}),
    )  # fmt: skip
    return [*rows, k01]


def decision(number: int, kind: DecisionKind, firm_id: str, phase_id: str, on: date, reason: str) -> Decision:
    return Decision(
        decision_id=f"D-{number}", kind=kind, firm_id=firm_id, phase_id=phase_id, by="处室负责人（示例）", on=on,
        reason=f"{reason}（示例）", basis=f"示例会议纪要第{number}号", **SAMPLE,
    )  # fmt: skip


def fares() -> list[Fare]:
    """Sample fares that override the estimate on the pairs people travel most."""
    pairs = (
        ("guiyang", "guangzhou", 5.0, 640),
        ("guiyang", "anaheim", 24.0, 11_500),
        ("zunyi", "anaheim", 26.0, 11_900),
        ("guiyang", "nanning", 5.5, 620),
    )
    return [Fare(from_place=a, to_place=b, hours=h, return_fare=Decimal(f), **SAMPLE) for a, b, h, f in pairs]


AMOUNTS = {"travel": 300_000, "abroad": 150_000, "home": 1_000_000, "travel-below": 100_000, "trade-below": 60_000}


def tables(year: Year, decisions: Sequence[Decision]) -> dict[str, Sequence[Row]]:
    """Every table of the year."""
    rng = Random(year.seed)  # noqa: S311 - sample data, not a secret
    made = firms(zone_goods(), year.per_zone, rng)
    inbox = Inbox(date(year.as_of.year, 9, 1), year.as_of, year.closes)
    spring, autumn = year.canton
    asked = applications(made, (Canton(spring, 7, SECTIONS), Canton(autumn, 6, SECTIONS)), year.asks, inbox, rng)
    by = {z: PARENTS.get(z, z) for z, _ in zone_goods()}
    quotas = money.quotas(money.asked(asked, made, by), "gz", 0.5, handed=("canton-3-16", "canton-3-12"))
    return {
        "phases": undated(year.year, year.undated),
        "firms": [m.row for m in made],
        "applications": asked,
        "posts": posts(),
        "funds": money.funds("gz", PREFECTURES, year.year, AMOUNTS),
        "subsidies": money.subsidies(PREFECTURES),
        "quotas": [q for q in quotas if q.phase_id.split("-")[0] in ("canton", "cabis", "chtf", "cismef", "ciftis")],
        "prices": prices(),
        "fares": fares(),
        "rates": money.rates(year.as_of),
        "choices": choices(year),
        "targets": targets(year),
        "decisions": decisions,
    }


GUIZHOU_2025 = Year(
    year=2025, seed=2025, per_zone=8, as_of=date(2024, 11, 20), canton=(137, 138),
    asks=(
        Ask("namm-2025", sectors=("guitar",), first=True, by="gz"),
        Ask("cabis-22", sectors=NEAR, every=2, raw=True, by="gz"),
        Ask("cismef-20", every=6, shift=1, raw=True, by="gz"),
        Ask("chtf-27", sectors=TECH, every=2, raw=True, by="gz"),
        Ask("ciftis-2025", every=9, shift=2, by="gz"),
        Ask("ciie-8", Role.BUY, every=5, shift=3, by="gz"),
        Ask("eu-china-18", Role.NEGOTIATE, every=8, shift=4, by="gz"),
        Ask("sdavos-16", Role.VISIT, every=25, shift=5, by="gz"),
        Ask("gz-hk-2023-2025-2026", Role.NEGOTIATE, every=12, shift=6, by="gz"),
        Ask("cccme-sg-2025", sectors=("mech-elec", "equipment"), every=3, by="gz"),
    ),
    closes={
        "canton-137-1": date(2024, 11, 15), "canton-137-2": date(2024, 11, 15), "canton-137-3": date(2024, 11, 15),
        "canton-138-1": date(2025, 5, 30), "canton-138-2": date(2025, 5, 30), "canton-138-3": date(2025, 5, 30),
        "namm-2025": date(2024, 11, 14), "cabis-22": date(2025, 6, 30), "chtf-27": date(2025, 8, 31), "cismef-20": date(2025, 4, 30),
        "ciftis-2025": date(2025, 6, 30), "ciie-8": date(2025, 9, 30), "eu-china-18": date(2025, 10, 15), "sdavos-16": date(2025, 5, 15),
    },
    undated={"tuole": "2025", "zhengan-guitar": "2025"},
    wanted=(150, 450, 10, 30, 12),
)  # fmt: skip

GUIZHOU_2027 = Year(
    year=2027, seed=2027, per_zone=7, as_of=date(2026, 11, 22), canton=(141, 142),
    asks=(
        Ask("ciie-10", Role.BUY, every=3, shift=2, by="gz"),
        Ask("namm-2027", sectors=("guitar",), first=True, by="gz"),
        Ask("ciftis-2027", every=8, shift=1, by="gz"),
        Ask("cabis-24", sectors=NEAR, every=3, by="gz"),
        Ask("chtf-29", sectors=TECH, every=4, by="gz"),
        Ask("gz-hk-2027", Role.NEGOTIATE, every=12, shift=6, by="gz"),
    ),
    closes={
        "canton-141-1": date(2026, 11, 20), "canton-141-2": date(2026, 11, 20), "canton-141-3": date(2026, 11, 20),
        "canton-142-1": date(2027, 5, 30), "canton-142-2": date(2027, 5, 30), "canton-142-3": date(2027, 5, 30),
        "ciie-10": date(2027, 9, 30),
    },
    undated={
        "chtf": "29", "cismef": "22", "cccme-sg": "2027", "gz-hk": "2027", "tuole": "2027", "zhengan-guitar": "2027",
        "eu-china": "2027", "harbin": "2027", "sdavos": "18", "cabis": "24",
    },
    wanted=(130, 240, 4, 10, 8),
)  # fmt: skip
