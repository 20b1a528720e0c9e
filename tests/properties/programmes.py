"""Small programmes in which every rule has something to say, drawn by hypothesis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Counts, Policy, Role, StandKind, Wish
from fairplanner.domain.programme import Programme
from tests import builders as b

PHASES = ("abroad-1-1", "abroad-1-2", "expo-1-1", "expo-1-2")
FIRMS = {"f1": "east", "f2": "east", "f3": "west", "f4": "west"}
SOME_MONEY = st.none() | st.sampled_from([Decimal(12_000), Decimal(25_000), Decimal(60_000)])


@st.composite
def applications(draw: st.DrawFn) -> tuple[object, ...]:
    chosen = draw(st.sets(st.sampled_from([(f, q) for f in FIRMS for q in PHASES]), min_size=3, max_size=9))
    made = []
    for firm_id, phase_id in sorted(chosen):
        sections = [""] if phase_id.startswith("abroad") else draw(st.sampled_from([["expo-tea"], ["expo-tea", "expo-ore"], [""]]))
        for section_id in sections:
            role = draw(st.sampled_from([Role.EXHIBIT, Role.EXHIBIT, Role.EXHIBIT, Role.NEGOTIATE]))
            stand = draw(st.sampled_from([StandKind.STANDARD, StandKind.STANDARD, StandKind.RAW]))
            booths = draw(st.integers(1, 2))
            wish = draw(st.sampled_from([Wish.WANTS, Wish.WANTS, Wish.WANTS, Wish.REFUSES]))
            by = draw(st.sampled_from(["", "", "", "prov"]))
            made.append(b.application(
                firm_id, phase_id, section_id=section_id, role=role, stand=stand, booths=booths, wish=wish,
                recommended_by=by, score=draw(st.sampled_from([None, 40.0, 80.0])),
                received=draw(st.sampled_from([date(2024, 9, 1), date(2024, 10, 1), date(2024, 10, 15)])),
            ))  # fmt: skip
    return tuple(made)


@st.composite
def firms(draw: st.DrawFn) -> tuple[object, ...]:
    return tuple(
        b.firm(firm_id, zone_id, teams=draw(st.integers(1, 2)), max_phases=draw(st.sampled_from([None, 0, 1, 1])), own_money=draw(SOME_MONEY))
        for firm_id, zone_id in FIRMS.items()
    )


@st.composite
def quotas(draw: st.DrawFn) -> tuple[object, ...]:
    keys = draw(st.sets(st.tuples(st.sampled_from(PHASES[2:]), st.sampled_from(["", "expo-tea"]), st.sampled_from(["prov", "west"])), max_size=3))
    few = st.none() | st.integers(0, 3)
    return tuple(
        b.quota(q, draw(few), zone, section_id=section, area_m2=draw(st.none() | st.sampled_from([9, 20])), firms=draw(few))
        for q, section, zone in sorted(keys)
    )


@st.composite
def targets(draw: st.DrawFn) -> tuple[object, ...]:
    counts = draw(st.lists(st.sampled_from(list(Counts)), min_size=1, max_size=3, unique=True))
    fairs = b.target("both", 2, counts=Counts.FAIRS, floor=True)
    return (fairs, *(
        b.target(
            f"t{i}", draw(st.integers(1, 3)), counts=count, zone_id=draw(st.sampled_from(["prov", "west"])), floor=draw(st.sampled_from([True, True, False])),
            abroad_only=draw(st.sampled_from([False, False, True])), already=draw(st.integers(0, 1)), market_class=draw(st.sampled_from(["", "", "emerging"])),
        )
        for i, count in enumerate(counts)
    ))  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn) -> tuple[object, ...]:
    made = []
    for i in range(draw(st.integers(0, 3))):
        who = draw(st.sampled_from([{"firm_id": "f1"}, {"firm_id": "f3"}, {"zone_id": "west"}]))
        kind, phase_id = draw(st.sampled_from(["must-go", "must-not", "keep"])), draw(st.sampled_from(PHASES))
        made.append(b.decision(f"d{i}", kind, phase_id, **who))
    return tuple(made)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    base = b.a_programme()
    least = draw(st.integers(0, 2))
    language = draw(st.sampled_from(["", "en"]))
    territories = (base.territory["CN"], r.Territory(**(base.territory["SG"].model_dump() | {"interpreter": language})))
    return b.a_programme(
        fairs=(b.fair("abroad", markets=("asean",), promotes=True), b.fair("expo", roles=("exhibit", "negotiate"))),
        phases=(
            b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"),
            b.phase("abroad", 2, start=date(2025, 3, 21), end=date(2025, 3, 23), place_id="lion", move_in_days=0),
            b.phase("expo", 1),
            b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
        ),
        territories=territories,
        sections=(b.section(), b.section("expo-ore", sectors=())),
        firms=draw(firms()),
        applications=draw(applications()),
        posts=(b.post(), b.post("talk-1", skill="interpreter:en"), *draw(st.sampled_from([(), (b.post("lead-2", "west"),)]))),
        funds=(
            b.fund("trade", "trade-development", draw(st.sampled_from([8_000, 100_000])), pays=("stand",)),
            b.fund(amount=draw(st.sampled_from([30_000, 200_000]))),
        ),
        subsidies=(b.subsidy(cap_year=draw(SOME_MONEY), abroad_only=draw(st.booleans())),),
        quotas=draw(quotas()),
        prices=(b.price("abroad", 20_000), b.price(), b.price(stand=StandKind.RAW)),
        choices=(
            b.choice("abroad", least_firms=least, most_firms=draw(st.none() | st.integers(max(least, 1), 2)), officials=2),
            b.choice("expo", policy=draw(st.sampled_from([Policy.RANK, Policy.OPTIMISE, Policy.FIRST_CONFIRMED]))),
        ),
        targets=draw(targets()),
        decisions=draw(decisions()),
    )  # fmt: skip


@st.composite
def absences(draw: st.DrawFn) -> tuple[object, ...]:
    kept_away = draw(st.sets(st.tuples(st.sampled_from(sorted(FIRMS)), st.sampled_from(PHASES)), min_size=2, max_size=3))
    return tuple(b.decision(f"d{i}", "must-not", q, firm_id=f) for i, (f, q) in enumerate(sorted(kept_away)))


@st.composite
def ranked_programmes(draw: st.DrawFn) -> Programme:
    """Programmes in which little but the order of applicants can be broken: one quota zone, no sections, no targets."""
    chosen = draw(st.sets(st.sampled_from([(f, q) for f in FIRMS for q in PHASES]), min_size=7, max_size=12))
    money = st.none() | st.none() | st.sampled_from([Decimal(25_000), Decimal(45_000)])
    base = b.a_programme()
    return b.a_programme(
        phases=(*base.phases, b.phase("abroad", 2, start=date(2025, 3, 24), end=date(2025, 3, 26), place_id="lion")),
        firms=tuple(
            b.firm(f, zone, max_phases=draw(st.none() | st.none() | st.just(1)), own_money=draw(money)) for f, zone in FIRMS.items()
        ),
        applications=tuple(b.application(f, q, booths=1, score=draw(st.sampled_from([30.0, 60.0, 90.0]))) for f, q in sorted(chosen)),
        posts=(b.post(), b.post("lead-2"), b.post("lead-3", "west")),
        choices=(b.choice("abroad", least_firms=1, officials=0, policy=Policy.RANK), b.choice("expo", policy=Policy.RANK)),
        subsidies=(b.subsidy(abroad_only=False),), quotas=(), targets=(), decisions=draw(absences()),
    )  # fmt: skip
