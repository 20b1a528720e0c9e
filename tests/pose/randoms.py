"""Small random programmes for the properties of posing; everything in them is invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import ApplicationState, CostLine, Nature, Policy, Role, StandKind, Where, Wish
from fairplanner.domain.programme import Programme
from tests import builders as b

PLACES = {"hills": "CN", "harbour": "CN", "lion": "SG", "bay": "US", "peak": "HK"}
SECTORS = ("tea", "guitars", "steel")
NEW_YEAR = date(2025, 1, 1)

a_day = st.integers(0, 50).map(lambda n: date(2025, 3, 1) + timedelta(days=n))
an_amount = st.integers(0, 4_000_000).map(lambda n: Decimal(n) / 100)


@st.composite
def phases(draw: st.DrawFn) -> tuple[r.Phase, ...]:
    made = []
    for n in range(1, draw(st.integers(2, 5)) + 1):
        start = draw(a_day)
        made.append(
            b.phase(
                draw(st.sampled_from(("abroad", "expo"))), n, start=start, end=start + timedelta(days=draw(st.integers(0, 5))),
                place_id=draw(st.sampled_from(sorted(PLACES))), move_in_days=draw(st.sampled_from((None, 0, 1))),
            )
        )  # fmt: skip
    return (*made, b.phase("expo", 9, start=None, end=None))


def firms(draw: st.DrawFn) -> tuple[object, ...]:
    return tuple(
        b.firm(
            f"f{n}", draw(st.sampled_from(("east", "west", "prov"))), record=draw(st.floats(0, 1)),
            sectors=tuple(draw(st.sets(st.sampled_from(SECTORS)))), markets=draw(st.sampled_from(((), ("asean",), ("us",)))),
            own_money=draw(st.none() | an_amount), export_usd=draw(st.none() | an_amount), sme=draw(st.booleans()),
        )
        for n in range(1, 5)
    )  # fmt: skip


def application(draw: st.DrawFn, firm: str, phase: r.Phase) -> object:
    booths = draw(st.integers(0, 3))
    return b.application(
        firm, phase.phase_id, section_id="expo-tea" if phase.fair_id == "expo" and draw(st.booleans()) else "",
        role=draw(st.sampled_from((Role.EXHIBIT, Role.EXHIBIT, Role.BUY))), booths=booths, least_booths=draw(st.integers(0, 2)),
        stand=draw(st.sampled_from((StandKind.STANDARD, StandKind.RAW, StandKind.NONE))), people=draw(st.integers(1, 5)),
        preference=draw(st.integers(1, 5)), received=draw(st.none() | a_day.map(lambda d: d - timedelta(days=150))),
        score=draw(st.none() | st.floats(0, 100)), recommended_by=draw(st.sampled_from(("", "", "prov", "east"))),
        wish=draw(st.sampled_from((Wish.WANTS, Wish.WOULD_ACCEPT, Wish.REFUSES))),
        state=draw(st.sampled_from((ApplicationState.APPLIED, ApplicationState.ADMITTED, ApplicationState.WITHDRAWN))),
    )  # fmt: skip


def choices(draw: st.DrawFn) -> tuple[object, ...]:
    return tuple(
        b.choice(
            fair, policy=draw(st.none() | st.sampled_from(list(Policy))), weight=draw(st.floats(0, 1)),
            closes=draw(st.none() | a_day.map(lambda d: d - timedelta(days=120))), least_firms=draw(st.none() | st.integers(0, 2)),
            officials=draw(st.none() | st.integers(0, 4)),
        )
        for fair in ("abroad", "expo")
    )  # fmt: skip


def money(draw: st.DrawFn) -> dict[str, object]:
    lines = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
    return {
        "funds": (b.fund("trade", Nature.TRADE_DEVELOPMENT, pays=(CostLine.STAND,)), b.fund(pays=lines[: draw(st.integers(2, 4))])),
        "subsidies": tuple(
            b.subsidy(
                subsidy_id=f"s{n}", rate=draw(st.floats(0, 1)), rate_emerging=draw(st.none() | st.floats(0, 1)),
                cap_booth=draw(st.none() | an_amount), cap_phase=draw(st.none() | an_amount), sme_only=draw(st.booleans()),
                where=draw(st.sampled_from(list(Where))),
            )
            for n in range(2)
        ),
        "prices": (b.price("abroad", 20_000), b.price(per_booth=9_999, currency="USD"), b.price(stand=StandKind.RAW)),
        "rates": (b.p.Rate(currency="USD", rate=Decimal("7.1234"), on=NEW_YEAR, **b.SAMPLE),),
        "stays": (b.stay(peak_months=(4,), peak_lodging=Decimal(633)), b.stay("lion", 901, currency="USD"), b.stay("peak", 300)),
        "fares": (b.p.Fare(from_place="hills", to_place="lion", hours=7.5, return_fare=draw(an_amount), **b.SAMPLE),),
        "quotas": (b.quota("expo-1-1", draw(st.integers(0, 3))), b.quota("abroad-1-1", 2, "east", area_m2=draw(st.integers(0, 30)))),
    }  # fmt: skip


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """A programme of four firms and up to six phases at home and abroad."""
    dated = draw(phases())
    some = draw(
        st.sets(st.tuples(st.sampled_from(("f1", "f2", "f3", "f4")), st.sampled_from(range(len(dated)))), max_size=14)
    )
    return b.a_programme(
        settings=b.settings(invite=draw(st.booleans()), as_of=draw(a_day) - timedelta(days=130)),
        fairs=(b.fair("abroad", roles=("exhibit", "buy"), sectors=("steel",)), b.fair("expo", roles=draw(st.sampled_from((("exhibit",), ("exhibit", "buy")))))),
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
        zones=(b.zone("east", "prov", place_id=draw(st.sampled_from(("hills", "harbour", "")))), b.zone("prov"), b.zone("west", "prov", sends=False)),
        firms=firms(draw),
        applications=tuple(application(draw, firm, dated[at]) for firm, at in sorted(some)),
        posts=(b.post(), b.post("east-en", "east", "interpreter:en")),
        choices=choices(draw),
        **money(draw),
    )  # fmt: skip
