"""Random rule packs: any shape of `Subsidy`, `Limit` and the couplings, over the small programmes of `randoms`.

`packed(random, programme)` puts packs in force in a programme that has none; `packs_of(random)` only draws them. Everything in
them is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from fairplanner.domain.kinds import (
    PARTICIPATION_LINES,
    CostLine,
    FirmKind,
    Nature,
    Regime,
    Role,
    StandKind,
    Where,
)
from fairplanner.domain.money import Cost, LedgerRow
from fairplanner.domain.packs import (
    Bonus,
    Exclusion,
    FirmTest,
    GroupMinimum,
    Limit,
    MarketSpread,
    Pack,
    ShareLimit,
    Subsidy,
)
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from tests import builders as b
from tests.pose.randoms import programme_of

SECTORS, TAGS, MARKETS = ("tea", "guitars", "steel"), ("trade-grew", "brand"), ("asean", "us")
FAIRS, TERRITORIES = ("abroad", "expo"), ("CN", "HK", "SG", "US")
SHARES = tuple(Decimal(s) for s in ("0.5", "0.125", "0.3", "0.75", "1", "0"))


def a_share(random: Random) -> Decimal:
    return random.choice(SHARES)


def an_amount(random: Random) -> Decimal:
    return (
        Decimal(random.choice((0, 50_000, 333_333, 2_000_000, *(random.randint(0, 4_000_000) for _ in range(4))))) / 100
    )


def a_day(random: Random) -> date:
    return date(2025, 3, 1) + timedelta(days=random.randint(-400, 60))


def maybe(random: Random, value: Callable[[Random], Any], often: int = 3) -> Any:
    """A value once in so many times, else None."""
    return value(random) if rarely(random, often) else None


def rarely(random: Random, often: int) -> bool:
    """True once in so many times."""
    return random.randrange(often) == 0


def some(random: Random, items: tuple[Any, ...], often: int = 4) -> tuple[Any, ...]:
    """One or two of the items once in so many times, else none."""
    return tuple(sorted(random.sample(items, random.randint(1, 2)))) if rarely(random, often) else ()


def few(random: Random, value: Callable[[Random], Any], often: int = 3) -> tuple[Any, ...]:
    """One to three values once in so many times, else none."""
    return tuple(value(random) for _ in range(random.randint(1, 3))) if rarely(random, often) else ()


def firm_test(random: Random, often: int = 30) -> FirmTest:
    """A test of firms; each question once in `often` times."""
    return FirmTest(
        sme_only=rarely(random, often), kinds=some(random, tuple(FirmKind), often), sectors=some(random, SECTORS, often),
        tags=some(random, TAGS, often), not_tags=some(random, TAGS, often),
        least_export_usd={random.choice(list(FirmKind)): an_amount(random)} if rarely(random, often) else {},
        most_export_usd=maybe(random, an_amount, often), most_staff=maybe(random, lambda r: r.randint(0, 400), often),
        least_turnover=maybe(random, an_amount, often), most_turnover=maybe(random, an_amount, often),
        most_years=maybe(random, lambda r: r.randint(0, 10), often), first_timer=rarely(random, often),
    )  # fmt: skip


def subsidy(random: Random, subsidy_id: str) -> Subsidy:
    """One subsidy of any shape."""
    on_journeys = rarely(random, 4)
    lines = (CostLine.FARE, CostLine.LODGING) if on_journeys else PARTICIPATION_LINES
    turns = few(random, a_share, 4)
    return Subsidy(
        subsidy_id=subsidy_id, lines=tuple(random.sample(lines, random.randint(1, len(lines)))),
        rate=a_share(random), rate_emerging=maybe(random, a_share), turns=turns, **_whom(random), **_terms(random),
        **_caps(random),
    )  # fmt: skip


def _whom(random: Random) -> dict[str, Any]:
    roles = random.choice(((Role.EXHIBIT,), (Role.EXHIBIT, Role.BUY), (Role.EXHIBIT, Role.BUY), (Role.BUY,)))
    return {
        "valid_from": maybe(random, a_day, 24), "valid_to": maybe(random, a_day, 24), "where": random.choice((*[Where.EVERYWHERE] * 12, *Where)),
        "regimes": some(random, tuple(Regime), 24), "territories": some(random, TERRITORIES, 24), "not_territories": some(random, TERRITORIES, 24),
        "markets": some(random, MARKETS, 24), "not_markets": some(random, MARKETS, 24), "fairs": some(random, FAIRS, 24),
        "market_class": random.choice((*[""] * 20, "key", "emerging")), "roles": roles,
        "stands": some(random, (StandKind.STANDARD, StandKind.RAW), 24), "of": firm_test(random),
        "lead_days": maybe(random, lambda r: r.randint(0, 200), 24), "not_committed": rarely(random, 24),
    }  # fmt: skip


def _terms(random: Random) -> dict[str, Any]:
    menu = few(random, a_share, 6)
    bonus = [Bonus(of=firm_test(random, 3), rate=random.choice(SHARES[:-1])) for _ in range(random.randint(0, 2))]
    return {
        "bonus": tuple(bonus) if random.random() < 0.5 else (), "menu": menu,
        "turn_of": random.choice(("programme", "fair")), "order": random.choice(("event", "application", "best")),
        "most_turns": maybe(random, lambda r: r.randint(0, 3), 5), "hkmo_share": random.choice((Decimal(1), Decimal("0.5"), Decimal("0.333"))),
        "round_to": random.choice(tuple(Decimal(r) for r in ("0.01", "0.01", "1", "100", "1000"))),
        "round_at": random.choice(("fair", "fair", "line", "year")), "entitled": random.choice(("exactly", "exactly", "up-to")),
        "paid_after_days": random.choice((0, 0, 30, 120)),
    }  # fmt: skip


def _caps(random: Random) -> dict[str, Any]:
    shares, by_booths = few(random, a_share), few(random, an_amount)
    fair_m2 = maybe(random, lambda r: {r.choice(FAIRS): r.randint(0, 30)}, 6)
    return {
        "booth_shares": shares, "cap_by_booths": by_booths, "fair_m2": fair_m2 or {},
        "most_booths": maybe(random, lambda r: r.randint(1, 3), 4), "most_m2": maybe(random, lambda r: r.randint(5, 30), 4),
        "least_m2": maybe(random, lambda r: r.randint(0, 20), 10), "most_people": maybe(random, lambda r: r.randint(1, 3)),
        "cap_booth": maybe(random, an_amount), "cap_m2": maybe(random, an_amount, 5), "cap_person": maybe(random, an_amount),
        "cap_phase": maybe(random, an_amount), "least": maybe(random, an_amount, 12) or Decimal(0),
        "least_cost": maybe(random, an_amount, 12) or Decimal(0),
    }  # fmt: skip


EACH = ("phase", "edition", "fair", "market", "territory", "market-class", "year", "life", "window")


def limit(random: Random, limit_id: str, subsidies: tuple[Subsidy, ...]) -> Limit:
    """One limit of any shape over some of the subsidies; those rounded over the year only stand under the year, life or a
    window (the reader refuses anything else)."""
    over = random.sample([s.subsidy_id for s in subsidies], random.randint(1, len(subsidies)))
    yearly = any(s.round_at == "year" for s in subsidies if s.subsidy_id in over)
    each = random.sample(EACH[-3:] if yearly else EACH, random.randint(1, 2))
    of = random.choice(("money", "money", "turns"))
    return Limit(
        limit_id=limit_id, subsidies=tuple(sorted(over)), of=of, firms=firm_test(random, 12), per=random.choice(("firm", "group")),
        each=tuple(each), most=an_amount(random) if of == "money" else Decimal(random.randint(0, 3)),
        most_if_markets_differ=maybe(random, lambda r: r.randint(3, 5), 3) if of == "turns" else None,
        window_months=random.randint(1, 36) if "window" in each else None, window_of=random.choice(("event", "grant")),
    )  # fmt: skip


def couplings(random: Random) -> dict[str, Any]:
    """Shares, group minimums, spreads and exclusions over all subsidies of the pack; most packs have none."""
    share = ShareLimit(
        limit_id="share", of=firm_test(random, 2), among=random.choice(("claims", "participations")),
        each=(random.choice(("phase", "section", "year")),), most=(1, 2),
    )  # fmt: skip
    group = GroupMinimum(
        limit_id="joint", least=random.randint(1, 3), count=random.choice(("claims", "participations"))
    )
    return {
        "shares": (share,) if rarely(random, 5) else (), "groups": (group,) if rarely(random, 5) else (),
        "spreads": (MarketSpread(limit_id="spread", least=2),) if rarely(random, 6) else (),
        "exclusions": (Exclusion(limit_id="other", subsidies=("a",), others=("pk.b",)),) if rarely(random, 6) else (),
    }  # fmt: skip


def pack(random: Random, *, coupled: bool = True) -> Pack:
    """A pack `pk` of one to three subsidies `a`, `b`, `c` with up to two limits; `coupled`: the other couplings as well."""
    subsidies = tuple(subsidy(random, name) for name in "abc"[: random.randint(1, 3)])
    limits = tuple(limit(random, f"limit{n}", subsidies) for n in range(random.randint(0, 2)))
    more = couplings(random) if coupled else {}
    if len(subsidies) < 2:
        more = more | {"exclusions": ()} if more else more
    return b.pack(*subsidies, limits=limits, currency=random.choice(("CNY", "CNY", "USD")), **more)


def costs(random: Random, programme: Programme) -> tuple[Cost, ...]:
    """Rows of `costs`, no two for the same line, firm and phase."""
    phases, firms = ["", *(q.phase_id for q in programme.phases)], ["", *programme.firm]
    keys = sorted(product(FAIRS, phases, firms, ("fitout", "freight", "fees")))
    return tuple(
        b.cost(line, 0, fair, phase_id=phase, firm_id=firm).model_copy(
            update={"amount": an_amount(random) / 4, "per": random.choice(("firm", "booth", "person")), "currency": random.choice(("CNY", "USD"))}
        )
        for fair, phase, firm, line in sorted(random.sample(keys, random.randint(0, 8)))
    )  # fmt: skip


def ledger(random: Random, programme: Programme, subsidies: tuple[str, ...]) -> tuple[LedgerRow, ...]:
    """Past participations of some firms, some of them paid."""
    keys = {
        (random.choice(sorted(programme.firm)), random.choice(FAIRS), a_day(random), random.choice(("", *subsidies)))
        for _ in range(random.randint(0, 6))
    }
    return tuple(
        b.ledger_row(firm, fair, on, subsidy_id=paid).model_copy(
            update={"amount": an_amount(random) if paid else Decimal(0), "edition": random.choice(("", "1"))}
        )
        for firm, fair, on, paid in sorted(keys)
    )


def known(random: Random, programme: Programme) -> tuple[Any, ...]:
    """The firms of a programme with the facts that packs ask for, known or not."""
    return tuple(
        f.model_copy(update={
            "kind": random.choice(list(FirmKind)), "tags": some(random, TAGS, 2), "group": random.choice(("", "", "g1")),
            "staff": maybe(random, lambda r: r.randint(0, 400), 2), "turnover": maybe(random, an_amount, 2),
            "founded": random.choice((None, date(2020, 2, 29), date(random.randint(2012, 2025), 3, 10))),
        })
        for f in programme.firms
    )  # fmt: skip


def committed(random: Random, programme: Programme) -> tuple[Any, ...]:
    """Its applications, some of firms that had signed on some day."""
    return tuple(a.model_copy(update={"committed": maybe(random, a_day)}) for a in programme.applications)


def packed(random: Random, programme: Programme, *, coupled: bool = True) -> Programme:
    """The programme with a pack in force beside its plain subsidies, and with the costs, past and facts the pack asks about."""
    made = pack(random, coupled=coupled)
    funds = tuple(
        f.model_copy(update=_paying(random)) if f.nature is Nature.TRADE_DEVELOPMENT else f for f in programme.funds
    )
    choice = b.pack_choice(zone=random.choice((*[""] * 9, "east")))
    changed = {
        "settings": programme.settings.model_copy(update={"packs": (choice,)}), "packs": (made,), "funds": funds,
        "costs": costs(random, programme), "firms": known(random, programme), "applications": committed(random, programme),
        "ledger": ledger(random, programme, tuple(f"pk.{s.subsidy_id}" for s in made.subsidies)),
    }  # fmt: skip
    return Programme(**{name: getattr(programme, name) for name in Programme.model_fields} | changed)


def _paying(random: Random) -> dict[str, Any]:
    lines = tuple(CostLine) if not rarely(random, 10) else (CostLine.STAND, CostLine.FARE)
    return {
        "pays": lines,
        "certainty": random.choice((1.0, 1.0, 0.8)),
        "period_to": date(2025, random.choice((12, 12, 12, 4)), 30),
    }


def packed_programme(seed: int) -> Programme:
    """A small random programme with a random pack in force; the same number gives the same."""
    random = Random(seed)  # noqa: S311  (not a secret)
    return packed(random, programme_of(random))


@cache
def posed(seed: int) -> tuple[Programme, Problem]:
    """The programme of a number and its problem, posed once for all properties."""
    programme = packed_programme(seed)
    return programme, pose(programme)


def drawn(few: int, many: int) -> pytest.MarkDecorator:
    """A property of each of so many programmes, and of more with `-m slow`."""
    marks = {n: () if n < few else pytest.mark.slow for n in range(many)}
    return pytest.mark.parametrize("seed", [pytest.param(n, marks=m) for n, m in marks.items()])
