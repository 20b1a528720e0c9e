"""Small programmes in which every rule has something to say, drawn evenly from a number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as st

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine, Counts, Policy, Role, StandKind, Wish
from fairplanner.domain.programme import Programme
from tests import builders as b

PHASES = ("abroad-1-1", "abroad-1-2", "expo-1-1", "expo-1-2")
FIRMS = {"f1": "east", "f2": "east", "f3": "west", "f4": "west"}
DATES = (date(2024, 9, 1), date(2024, 10, 1), date(2024, 10, 15))


def some(random: Random, options: Any, least: int, most: int) -> list[Any]:
    every = sorted(options)
    return sorted(random.sample(every, random.randint(least, min(most, len(every)))))


def applications(random: Random) -> tuple[Any, ...]:
    made = []
    for firm_id, phase_id in some(random, product(FIRMS, PHASES), 4, 9):
        sections = (
            [""] if phase_id.startswith("abroad") else random.choice([["expo-tea"], ["expo-tea", "expo-ore"], [""]])
        )
        made += [
            b.application(
                firm_id, phase_id, section_id=section_id, booths=random.randint(1, 2), received=random.choice(DATES),
                role=random.choice([Role.EXHIBIT, Role.EXHIBIT, Role.EXHIBIT, Role.NEGOTIATE]),
                stand=random.choice([StandKind.STANDARD, StandKind.STANDARD, StandKind.RAW]),
                wish=random.choice([Wish.WANTS, Wish.WANTS, Wish.WANTS, Wish.REFUSES]),
                recommended_by=random.choice(["", "", "", "prov"]), score=random.choice([None, 40.0, 80.0]),
            )
            for section_id in sections
        ]  # fmt: skip
    return tuple(made)


def firms(random: Random) -> tuple[Any, ...]:
    money = [None, None, Decimal(12_000), Decimal(25_000), Decimal(60_000)]
    return tuple(
        b.firm(
            f,
            zone,
            teams=random.randint(1, 2),
            max_phases=random.choice([None, 0, 1, 1]),
            own_money=random.choice(money),
        )
        for f, zone in FIRMS.items()
    )


def quotas(random: Random) -> tuple[Any, ...]:
    keys = some(random, product(PHASES[2:], ["", "expo-tea"], ["prov", "west"]), 1, 3)
    few = [None, 0, 1, 2, 3]
    return tuple(
        b.quota(
            q, random.choice(few), zone, section_id=s, area_m2=random.choice([None, 9, 20]), firms=random.choice(few)
        )
        for q, s, zone in keys
    )


def targets(random: Random) -> tuple[Any, ...]:
    made = [
        b.target(
            f"t{i}", random.randint(1, 3), counts=count, zone_id=random.choice(["prov", "west"]), floor=random.random() < 0.7,
            abroad_only=random.random() < 0.3, already=random.randint(0, 1), market_class=random.choice(["", "", "emerging"]),
        )
        for i, count in enumerate(some(random, Counts, 1, 4))
    ]  # fmt: skip
    return (b.target("both", 2, counts=Counts.FAIRS, floor=True), *made)


def decisions(random: Random) -> tuple[Any, ...]:
    who = ({"firm_id": "f1"}, {"firm_id": "f3"}, {"zone_id": "west"})
    kinds = ("must-go", "must-not", "keep")
    return tuple(
        b.decision(f"d{i}", random.choice(kinds), random.choice(PHASES), **random.choice(who))
        for i in range(random.randint(0, 3))
    )


def any_programme(seed: int) -> Programme:
    """The programme of a number."""
    random, base = Random(seed), b.a_programme()  # noqa: S311 - drawn evenly, no secret
    least = random.randint(0, 2)
    singapore = r.Territory(**(base.territory["SG"].model_dump() | {"interpreter": random.choice(["", "en"])}))
    return b.a_programme(
        settings=b.settings(invite=random.random() < 0.3),
        fairs=(b.fair("abroad", markets=("asean",), promotes=True), b.fair("expo", roles=("exhibit", "negotiate"))),
        phases=(
            b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"),
            b.phase("abroad", 2, start=date(2025, 3, 21), end=date(2025, 3, 23), place_id="lion", move_in_days=0),
            b.phase("expo", 1),
            b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
        ),
        territories=(base.territory["CN"], singapore),
        sections=(b.section("expo-ore", sectors=()), b.section()),
        firms=firms(random),
        applications=applications(random),
        posts=(b.post(), *random.choice([(), (b.post("lead-2", "west"),)]), b.post("talk-1", skill="interpreter:en")),
        funds=(
            b.fund("trade", "trade-development", random.choice([8_000, 100_000]), pays=("stand",)),
            b.fund(amount=random.choice([30_000, 200_000])),
        ),
        subsidies=(b.subsidy(cap_year=random.choice([None, Decimal(12_000), Decimal(25_000)]), where=random.choice(["abroad", "everywhere"])),),
        quotas=quotas(random),
        prices=(b.price("abroad", 20_000), b.price(), b.price(stand=StandKind.RAW)),
        choices=(
            b.choice("abroad", least_firms=least, most_firms=random.choice([None, max(least, 1), 2]), officials=2),
            b.choice("expo", policy=random.choice(list(Policy))),
        ),
        targets=targets(random),
        decisions=decisions(random),
    )  # fmt: skip


def a_ranked_programme(seed: int) -> Programme:
    """A programme in which little but the order of applicants can be broken: one quota zone, no sections, no targets."""
    random, base = Random(seed), b.a_programme()  # noqa: S311 - drawn evenly, no secret
    money = [None, None, Decimal(25_000), Decimal(45_000)]
    kept_away = some(random, product(FIRMS, PHASES), 2, 3)
    return b.a_programme(
        phases=(*base.phases, b.phase("abroad", 2, start=date(2025, 4, 16), end=date(2025, 4, 18), place_id="lion")),
        firms=tuple(
            b.firm(
                f,
                zone,
                teams=random.choice([1, 1, 2]),
                max_phases=random.choice([None, None, 1]),
                own_money=random.choice(money),
            )
            for f, zone in FIRMS.items()
        ),
        applications=tuple(
            b.application(f, q, booths=1, score=random.choice([30.0, 60.0, 90.0]))
            for f, q in some(random, product(FIRMS, PHASES), 8, 13)
        ),
        posts=(b.post(), b.post("lead-2"), b.post("lead-3", "west")),
        choices=(
            b.choice("abroad", least_firms=1, officials=0, policy=Policy.RANK),
            b.choice("expo", policy=Policy.RANK),
        ),
        subsidies=(b.subsidy(where="everywhere"),),
        quotas=(),
        targets=(),
        decisions=tuple(b.decision(f"d{i}", "must-not", q, firm_id=f) for i, (f, q) in enumerate(kept_away)),
    )


def a_programme_of_many_booths(seed: int) -> Programme:
    """A programme in which applicants ask for one to four booths in one published order at home, a few by decision."""
    random = Random(seed)  # noqa: S311 - drawn evenly, no secret
    asked = {f: sorted(random.sample((1, 2, 3, 4), 2)) for f in FIRMS}
    return b.a_programme(
        firms=tuple(b.firm(f, zone, own_money=random.choice([None, None, None, Decimal(35_000)])) for f, zone in FIRMS.items()),
        applications=tuple(
            b.application(
                f, least_booths=least, booths=most, score=random.choice([30.0, 60.0, 90.0]),
                stand=random.choice([StandKind.STANDARD] * 4 + [StandKind.RAW]),
            )
            for f, (least, most) in asked.items()
        ),
        prices=(b.price(), b.price(stand=StandKind.RAW)),
        choices=(b.choice("expo", policy=random.choice([Policy.RANK, Policy.RANK, Policy.FIRST_CONFIRMED])),),
        quotas=random.choice([(), (b.quota(booths=3),), (b.quota(booths=7),)]),
        targets=(),
        decisions=tuple(
            b.decision("d1", random.choice(["must-go", "keep"]), "expo-1-1", firm_id=f) for f in some(random, FIRMS, 0, 1)
        ),
    )  # fmt: skip


def a_pack(random: Random) -> Any:
    """A pack of four subsidies: by turns, of several lines (the payer may decide), on journeys, and rounded over the year;
    with limits of every kind over them, tight enough to bind."""
    turns = random.choice([(), ("0.7", "0.5", "0.3"), ("0.5", "0.4"), ("0.3", "0.5", "0.6")])
    subsidies = (
        b.pack_subsidy(
            "turned", turns=turns, turn_of=random.choice(["programme", "programme", "fair"]), rate="0.5",
            order=random.choice(["event", "event", "application", "best"]), most_turns=random.choice([None, None, None, 2]),
        ),
        b.pack_subsidy(
            "wide", lines=("stand", "freight"), rate=random.choice(["0.4", "0.6", "0.7"]), cap_phase=random.choice([None, 7_000, 9_000]),
            entitled=random.choice(["exactly", "exactly", "up-to"]), least=random.choice([0, 0, 4_000]),
        ),
        b.pack_subsidy(
            "trip", lines=("fare", "lodging"), rate=random.choice(["0.5", "1"]), cap_person=random.choice([None, 3_000]),
            roles=("exhibit",), lead_days=random.choice([None, None, 190]),
        ),
        b.pack_subsidy(
            "yearly", rate=random.choice(["0.2", "0.33"]), round_at="year", round_to=random.choice(["100", "1000", "0.01"]),
            least=random.choice([0, 0, 2_500, 6_000]), entitled=random.choice(["exactly", "exactly", "up-to"]),
        ),
    )  # fmt: skip
    made = [
        b.limit(random.choice([6_000, 9_500, 14_000, 30_000]), f"limit{n}", subsidies=tuple(subs), each=each, per=random.choice(["firm", "group"]),
                window_months=12 if each == ("window",) else None, window_of=random.choice(["event", "grant"]), firms={"sme_only": random.random() < 0.2})
        for n, (subs, each) in enumerate(
            (some(random, names, 1, 3), random.choice(kinds))
            for names, kinds in (
                (("trip", "turned", "wide"), [("fair",), ("market",), ("edition",), ("territory", "year"), ("phase",)]),
                (("trip", "turned", "wide", "yearly"), [("year",), ("life",), ("window",)]),
                (("turned", "wide", "yearly"), [("year",), ("life",), ("window",)]),
            )
        )
    ]  # fmt: skip
    later = tuple(
        s.model_copy(update={"paid_after_days": random.choice([0, 0, 30])}) for s in some_of(random, subsidies)
    )
    return b.pack(*later, limits=tuple(made))


def some_of(random: Random, subsidies: tuple[Any, ...]) -> tuple[Any, ...]:
    """All subsidies; those left out pay nothing."""
    out = set(random.sample(range(len(subsidies)), random.randint(0, 2)))
    return tuple(s.model_copy(update={"fairs": ("none",)}) if n in out else s for n, s in enumerate(subsidies))


def past(random: Random) -> tuple[Any, ...]:
    keys = some(
        random, product(FIRMS, ("abroad", "expo"), (date(2024, 3, 30), date(2024, 4, 16), date(2025, 4, 21))), 0, 5
    )
    return tuple(
        b.ledger_row(
            f,
            fair_id,
            day,
            random.choice([2_000, 5_500]),
            subsidy_id=random.choice(["pk.turned", "pk.wide", "pk.yearly"]),
        )
        for f, fair_id, day in keys
    )


def a_programme_of_grants(seed: int) -> Programme:
    """A programme in which little but what is paid back can be broken: a random pack, past payments, firms of one group."""
    random, base = Random(seed), b.a_programme()  # noqa: S311 - drawn evenly, no secret
    money = [None, None, Decimal(15_000), Decimal(40_000)]
    return b.packed(
        a_pack(random),
        fairs=(b.fair("abroad", markets=("asean",)), b.fair("expo", roles=("exhibit", "negotiate"))),
        phases=(
            *base.phases,
            b.phase("abroad", 2, start=date(2025, 6, 16), end=date(2025, 6, 18), place_id="lion"),
        ),
        firms=tuple(
            b.firm(f, zone, teams=2, own_money=random.choice(money), group=random.choice(["", "g1"]), sme=random.random() < 0.8)
            for f, zone in FIRMS.items()
        ),
        applications=tuple(
            b.application(
                f, q, booths=random.randint(1, 2), received=random.choice(DATES), section_id=s, score=random.choice([40.0, 80.0]),
                role=random.choice([Role.EXHIBIT] * 4 + [Role.NEGOTIATE]),
            )
            for f, q in some(random, product(list(FIRMS)[:3], ("abroad-1-1", "abroad-1-2", "expo-1-1", "expo-1-2")), 6, 10)
            for s in (random.choice([("",), ("",), ("expo-tea", "expo-ore")]) if q == "expo-1-1" else ("",))
        ),
        sections=(b.section("expo-ore", sectors=()), b.section()),
        funds=(
            b.fund(
                "trade", "trade-development", random.choice([25_000, 1_000_000]), pays=tuple(CostLine), certainty=random.choice([1.0, 0.8]),
                period_from=date(2020, 1, 1), period_to=date(2030, 12, 31),
            ),
            b.fund(),
        ),
        costs=(b.cost("freight", 3_000), b.cost("fees", 500, "expo", per="person")),
        choices=(b.choice("abroad", least_firms=1, officials=0), b.choice("expo")),
        ledger=past(random), targets=(), quotas=(),
    )  # fmt: skip


SEEDS = st.integers(0, 2**31)


def programmes() -> st.SearchStrategy[Programme]:
    """Programmes for hypothesis."""
    makers = (any_programme, a_ranked_programme, a_programme_of_many_booths, a_programme_of_grants)
    return st.one_of(*(SEEDS.map(maker) for maker in makers))
