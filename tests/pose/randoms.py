"""Small random programmes for the properties of posing; everything in them is invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as st

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import ApplicationState, CostLine, Nature, Policy, Role, StandKind, Where, Wish
from fairplanner.domain.programme import Programme
from tests import builders as b

PLACES = {"hills": "CN", "harbour": "CN", "lion": "SG", "bay": "US", "peak": "HK"}
SECTORS = ("tea", "guitars", "steel")
NEW_YEAR = date(2025, 1, 1)


def a_day(random: Random) -> date:
    return date(2025, 3, 1) + timedelta(days=random.randint(0, 50))


def an_amount(random: Random) -> Decimal:
    return Decimal(random.choice((0, *(random.randint(0, 4_000_000) for _ in range(9))))) / 100


def maybe(random: Random, value: Callable[[Random], Any], often: int = 2) -> Any:
    """A value once in so many times, else None."""
    return value(random) if random.randrange(often) == 0 else None


def phases(random: Random) -> tuple[r.Phase, ...]:
    made = []
    for n in range(1, random.randint(2, 5) + 1):
        start = a_day(random)
        made.append(
            b.phase(
                random.choice(("abroad", "expo")), n, start=start, end=start + timedelta(days=random.randint(0, 5)),
                place_id=random.choice(sorted(PLACES)), move_in_days=random.choice((None, 0, 1)),
            )
        )  # fmt: skip
    return (*made, b.phase("expo", 9, start=None, end=None))


def firms(random: Random) -> tuple[object, ...]:
    return tuple(
        b.firm(
            f"f{n}", random.choice(("east", "west", "prov")), record=random.random(),
            sectors=tuple(random.sample(SECTORS, random.randint(0, 3))), markets=random.choice(((), ("asean",), ("us",))),
            own_money=maybe(random, an_amount, 3), export_usd=maybe(random, an_amount), sme=random.random() < 0.5,
        )
        for n in range(1, 5)
    )  # fmt: skip


def application(random: Random, firm: str, phase: r.Phase) -> object:
    booths = random.choice((1, 2, 3, 1, 2, 3, 1, 0))
    return b.application(
        firm, phase.phase_id, section_id="expo-tea" if phase.fair_id == "expo" and random.random() < 0.5 else "",
        role=random.choice((*[Role.EXHIBIT] * 3, Role.BUY)), booths=booths, least_booths=random.choice((0, 1, 1, 2)),
        stand=random.choice((*[StandKind.STANDARD] * 3, *[StandKind.RAW] * 2, StandKind.NONE)), people=random.randint(1, 5),
        preference=random.randint(1, 5), received=maybe(random, lambda r: a_day(r) - timedelta(days=150)),
        score=maybe(random, lambda r: 100 * r.random()), recommended_by=random.choice(("", "", "prov", "east")),
        wish=random.choice((*[Wish.WANTS] * 4, Wish.WOULD_ACCEPT, Wish.REFUSES)),
        state=random.choice((*[ApplicationState.APPLIED] * 3, ApplicationState.ADMITTED, ApplicationState.WITHDRAWN)),
    )  # fmt: skip


def choices(random: Random) -> tuple[object, ...]:
    return tuple(
        b.choice(
            fair, policy=random.choice((None, *Policy)), weight=random.random(),
            closes=maybe(random, lambda r: a_day(r) - timedelta(days=120), 3), least_firms=random.choice((0, 1, 1, 2, None)),
            officials=random.choice((None, *range(5))),
        )
        for fair in ("abroad", "expo")
    )  # fmt: skip


def money(random: Random) -> dict[str, object]:
    lines = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
    return {
        "funds": (b.fund("trade", Nature.TRADE_DEVELOPMENT, pays=(CostLine.STAND,)), b.fund(pays=lines[: random.randint(2, 4)])),
        "subsidies": tuple(
            b.subsidy(
                subsidy_id=f"s{n}", rate=random.random(), rate_emerging=maybe(random, Random.random),
                cap_booth=maybe(random, an_amount), cap_phase=maybe(random, an_amount), sme_only=random.random() < 0.5,
                where=random.choice(list(Where)),
            )
            for n in range(2)
        ),
        "prices": (b.price("abroad", 20_000), b.price(per_booth=9_999, currency="USD"), b.price(stand=StandKind.RAW)),
        "rates": (b.m.Rate(currency="USD", rate=Decimal("7.1234"), on=NEW_YEAR, **b.SAMPLE),),
        "stays": (b.stay(peak_months=(4,), peak_lodging=Decimal(633)), b.stay("lion", 901, currency="USD"), b.stay("peak", 300)),
        "fares": (b.m.Fare(from_place="hills", to_place="lion", hours=7.5, return_fare=an_amount(random), **b.SAMPLE),),
        "quotas": (b.quota("expo-1-1", random.randint(0, 3)), b.quota("abroad-1-1", 2, "east", area_m2=random.randint(0, 30))),
    }  # fmt: skip


def programme_of(random: Random) -> Programme:
    """A programme of four firms and up to six phases at home and abroad."""
    dated = phases(random)
    pairs = sorted(product(("f1", "f2", "f3", "f4"), range(len(dated))))
    some = random.sample(pairs, random.randint(3, min(14, len(pairs))))
    return b.a_programme(
        settings=b.settings(invite=random.random() < 0.5, as_of=a_day(random) - timedelta(days=130)),
        fairs=(b.fair("abroad", roles=("exhibit", "buy"), sectors=("steel",)), b.fair("expo", roles=random.choice((("exhibit",), ("exhibit", "buy"))))),
        phases=dated,
        sections=(b.section(), b.section("expo-guitars", phase=2, sectors=("guitars",))),
        territories=tuple(
            r.Territory(territory_id=t, name_zh=t, name_en=t, markets={"SG": ("asean",), "US": ("us",)}.get(t, ()), interpreter="en" if t == "US" else "", **b.SAMPLE)
            for t in sorted(set(PLACES.values()))
        ),
        places=(b.place("harbour", 23.1, 113.3), b.place("hills", 26.6, 106.7), b.place("lion", 1.3, 103.8, "SG", "Asia/Singapore"),
                b.place("bay", 33.8, -117.9, "US", "America/Los_Angeles"), b.place("peak", 22.3, 114.2, "HK", "Asia/Hong_Kong")),
        sectors=tuple(r.Sector(sector_id=s, name_zh=s, name_en=s, **b.SAMPLE) for s in SECTORS),
        markets=tuple(r.Market(market_id=m, name_zh=m, name_en=m, market_class=c, **b.SAMPLE) for m, c in (("asean", "emerging"), ("us", "key"))),
        zones=(b.zone("east", "prov", place_id=random.choice(("hills", "harbour", ""))), b.zone("prov"), b.zone("west", "prov", sends=False)),
        firms=firms(random),
        applications=tuple(application(random, firm, dated[at]) for firm, at in sorted(some)),
        posts=(b.post(), b.post("east-en", "east", "interpreter:en")),
        choices=choices(random),
        **money(random),
    )  # fmt: skip


def programmes() -> st.SearchStrategy[Programme]:
    """Numbers as programmes: drawn evenly, so that few come out empty."""
    return st.integers(0, 2**32).map(lambda seed: programme_of(Random(seed)))  # noqa: S311  (not a secret)
