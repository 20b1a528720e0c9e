"""guangdong-2014: the three fairs that the notice of 23 May 2014 names, as they could have been planned on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import Confidence, Counts, DecisionKind, StandKind, Status, Wish
from fairplanner.domain.money import Price
from fairplanner.domain.planning import Application, Choice, Target
from fairplanner.domain.reference import Phase
from tests.programmes import sample_money as money
from tests.programmes.sample_asks import Ask, Inbox, applications
from tests.programmes.sample_firms import firms
from tests.programmes.sample_guizhou import decision
from tests.programmes.sample_table import SAMPLE

CITIES = {
    "gd-dongguan": ("东莞市", "Dongguan"),
    "gd-guangzhou": ("广州市", "Guangzhou"),
    "gd-jieyang": ("揭阳市", "Jieyang"),
    "gd-shantou": ("汕头市", "Shantou"),
    "gd-shenzhen": ("深圳市", "Shenzhen"),
    "gd-zhuhai": ("珠海市", "Zhuhai"),
}
# the industries that the circular of 2012 names for export, and high-tech products of the 2014 notice
GOODS = ("light-ind", "textile", "garment", "machinery", "home-appl", "elec-info", "hi-tech", "mech-elec")
PHASES = {
    1: ("home-appl", "elec-info", "machinery", "mech-elec", "hi-tech"),
    2: ("light-ind",),
    3: ("textile", "garment"),
}
CANTON = "中国进出口商品交易会（广交会）固定秋季档期 fixed autumn pattern"
DATES = {
    1: (date(2014, 10, 15), date(2014, 10, 19)),
    2: (date(2014, 10, 23), date(2014, 10, 27)),
    3: (date(2014, 10, 31), date(2014, 11, 4)),
}
AS_OF = date(2014, 5, 23)
CLOSES = {
    "canton-116-1": date(2014, 5, 20), "canton-116-2": date(2014, 5, 20), "canton-116-3": date(2014, 5, 20),
    "cismef-11": date(2014, 8, 31), "chtf-16": date(2014, 9, 15),
}  # fmt: skip
ASKS = (
    *(Ask(f"canton-116-{n}", sectors=sectors) for n, sectors in PHASES.items()),
    Ask("cismef-11", every=2),
    Ask("chtf-16", sectors=("hi-tech", "elec-info", "mech-elec", "machinery"), every=1, raw=True),
)


def phases() -> list[Phase]:
    """The 116th Canton Fair: the notice names the edition only, the days follow the fixed autumn pattern."""
    return [
        Phase(
            phase_id=f"canton-116-{n}", fair_id="canton", edition="116", phase=n, year=2014, start=start, end=end, place_id="guangzhou",
            status=Status.HELD, move_in_days=None if n == 1 else 2, start_confidence="background", end_confidence="background",
            note="按固定秋季档期推定，未核实 from the fixed autumn pattern, unverified; the notice names the edition only",
            source=CANTON, confidence=Confidence.BACKGROUND,
        )
        for n, (start, end) in DATES.items()
    ]  # fmt: skip


def prices() -> list[Price]:
    """Sample prices; 30,000 for a Canton booth is the price of 2009."""
    rows = (("canton", StandKind.STANDARD, 30_000), ("cismef", StandKind.STANDARD, 6_000), ("chtf", StandKind.STANDARD, 10_000),
            ("chtf", StandKind.RAW, 8_000), ("canton", StandKind.RAW, 27_000), ("cismef", StandKind.RAW, 5_000))  # fmt: skip
    return [Price(fair_id=f, stand=s, per_booth=Decimal(v), **SAMPLE) for f, s, v in rows]


def choices() -> list[Choice]:
    """One line a fair, and the closing day of each phase; places are given by the profile's default, by rank."""
    lines = {
        "canton": (0.9, "重点展会", "Key fair"),
        "cismef": (0.7, "重点展会", "Key fair"),
        "chtf": (0.8, "重点展会", "Key fair"),
    }
    rows = []
    for fair_id, (weight, zh, en) in lines.items():
        line = {"weight": weight, "support_zh": f"{zh}（示例）", "support_en": f"{en} (sample)"}
        rows.append(Choice(fair_id=fair_id, **line, **SAMPLE))
        rows += [
            Choice(fair_id=fair_id, phase_id=q, closes=d, **line, **SAMPLE)
            for q, d in CLOSES.items()
            if q.startswith(f"{fair_id}-")
        ]
    return rows


def targets() -> list[Target]:
    """Sample targets."""
    wanted = (
        ("firms", "参展企业数", "Firms", Counts.FIRMS, 100),
        ("booths", "展位数", "Booths", Counts.BOOTHS, 260),
        ("fairs", "展会数", "Fairs", Counts.FAIRS, 3),
    )
    return [
        Target(
            target_id=f"S-{k}",
            name_zh=f"{zh}（示例）",
            name_en=f"{en} (sample)",
            zone_id="gd",
            counts=c,
            at_least=n,
            points=10,
            **SAMPLE,
        )
        for k, zh, en, c, n in wanted
    ]


def tables() -> dict[str, Sequence[Row]]:
    """Every table of the year; a firm applies without a section, for the sections of 2014 are not in the catalogue."""
    rng = Random(2014)  # noqa: S311 - sample data, not a secret
    turned = [(zone, GOODS[i:] + GOODS[:i]) for i, zone in enumerate(CITIES)]
    made = firms(turned, 20, rng)
    asked: list[Application] = applications(made, (), ASKS, Inbox(date(2014, 3, 1), AS_OF, CLOSES), rng, refusals=2)
    demand = money.asked(asked, made, {zone: zone for zone in CITIES})
    amounts = {"travel": 200_000, "abroad": 200_000, "home": 900_000, "travel-below": 0, "trade-below": 0}
    other = next(a for a in asked if a.wish is Wish.WANTS)
    return {
        "phases": phases(),
        "firms": [m.row for m in made],
        "applications": asked,
        "funds": money.funds("gd", {}, 2014, amounts),
        "subsidies": money.subsidies({}),
        "quotas": money.quotas(demand, "gd", 0.5),
        "prices": prices(),
        "choices": choices(),
        "targets": targets(),
        "decisions": [
            decision(1, DecisionKind.MUST_NOT, other.firm_id, other.phase_id, date(2014, 5, 20), "企业另有安排"),
        ],
    }
