"""Worked examples of rule packs (`tests/golden/packs/*.toml`): what one says, the programme it makes, what is reckoned of it.

A file names a pack and the country or region the planner is in; money is in the pack's own currency. A case has firms (one
called `a` where none is told), fairs, stands and journeys, and what is expected of each claim: entitled, paid (where it
differs), the caps of the claim and the limits over several claims that bit; or the reason why there is none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from fairplanner.domain import money as m
from fairplanner.domain import reference as r
from fairplanner.domain.kinds import CostLine, FirmKind, Nature, Role, StandKind
from fairplanner.domain.packs import Pack
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_packs
from tests import builders as b

GOLDEN = Path(__file__).parent.parent / "golden" / "packs"
OPEN_DAYS = 4
ASKED_BEFORE = timedelta(days=300)
MARKETS = {
    "europe": ("key", "AT DE FR IT"), "n-america": ("key", "US"), "asean": ("emerging", "SG VN"), "c-asia": ("emerging", "KZ"),
    "africa": ("emerging", "EG"), "s-america": ("emerging", "BR"), "mideast": ("emerging", "AE"), "jp-kr": ("", "JP KR"),
    "ru": ("", "RU"), "tw-hk-mo": ("", "HK MO"), "china": ("", "CN"), "britain": ("", "GB"), "india": ("", "IN"),
}  # fmt: skip
"""Class and countries or regions of the markets of the examples; the names are those of the shipped table."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FirmSaid(_Said):
    id: str = "a"
    tags: tuple[str, ...] = ()
    staff: int | None = None
    turnover: Decimal | None = None
    founded: date | None = None
    kind: FirmKind = FirmKind.PRODUCER
    export: Decimal | None = None
    sme: bool = True
    group: str = ""


class PastSaid(_Said):
    firm: str = "a"
    fair: str
    on: date
    subsidy: str = ""
    amount: Decimal = Decimal(0)


class FairSaid(_Said):
    """`end`: last fair day; it opens three days before. `others`: further firms there that claim nothing. `markets`: those it
    opens, where they are not those of the place."""

    id: str
    end: date
    territory: str
    markets: tuple[str, ...] = ()
    others: int = 0

    @property
    def phase_id(self) -> str:
        return f"{self.id}-1-1"

    @property
    def start(self) -> date:
        return self.end - timedelta(days=OPEN_DAYS - 1)


class StandSaid(_Said):
    """`price`: of one booth; `without`: subsidies of the pack that are not claimed; `level`: the payer's choice from a menu."""

    firm: str = "a"
    fair: str
    section: str = ""
    booths: int
    price: Decimal
    fitout: Decimal = Decimal(0)
    freight: Decimal = Decimal(0)
    fees: Decimal = Decimal(0)
    people: int = 2
    stand: StandKind = StandKind.STANDARD
    role: Role = Role.EXHIBIT
    received: date | None = None
    committed: date | None = None
    without: tuple[str, ...] = ()
    level: int = 0

    @property
    def other_cost(self) -> tuple[tuple[str, Decimal], ...]:
        lines = (("fitout", self.fitout), ("freight", self.freight), ("fees", self.fees))
        return tuple((line, amount) for line, amount in lines if amount)


class JourneySaid(_Said):
    """`fare` and `lodging`: of all its people and all its fairs."""

    firm: str = "a"
    fairs: tuple[str, ...]
    people: int
    fare: Decimal
    lodging: Decimal = Decimal(0)


class Expected(_Said):
    """`fair`: `year` where a grant is rounded once a year; `paid`: as entitled where it is not told."""

    firm: str = "a"
    fair: str
    subsidy: str
    entitled: Decimal | None = None
    paid: Decimal | None = None
    turn: int = 0
    level: int = 0
    caps: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    refused: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.firm, self.fair, self.subsidy


class Case(_Said):
    """`adds`: sample subsidies that a user adds to the pack; `changes`: what one fills in; `extra`: whole sample packs beside it;
    `scheme`: that of the fund, for packs that list what its money may be used for; `breaks`: rules that all these claims
    together break, and then `best`: the most that may be paid."""

    pack: str
    home: str
    name: str
    why: str
    firms: tuple[FirmSaid, ...] = (FirmSaid(),)
    ledger: tuple[PastSaid, ...] = ()
    fairs: tuple[FairSaid, ...]
    stands: tuple[StandSaid, ...]
    journeys: tuple[JourneySaid, ...] = ()
    adds: tuple[dict[str, Any], ...] = ()
    changes: dict[str, dict[str, Any]] = {}
    extra: tuple[dict[str, Any], ...] = ()
    scheme: str = ""
    best: Decimal | None = None
    expect: tuple[Expected, ...]
    breaks: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return min(fair.end.year for fair in self.fairs)

    def full_id(self, subsidy: str) -> str:
        return subsidy if "." in subsidy or not subsidy else f"{self.pack}.{subsidy}"


@cache
def shipped_packs() -> dict[str, Pack]:
    return read_packs()


def cases() -> Iterator[Case]:
    """Every worked example, in order of files."""
    for path in sorted(GOLDEN.glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for said in file["case"]:
            yield Case(pack=file["pack"], home=file["home"], **said)


def packs_of(case: Case) -> tuple[Pack, ...]:
    """The pack, with what a user of it adds or fills in, and the packs beside it."""
    shipped = shipped_packs()[case.pack]
    changed = [s.model_copy(update=case.changes.get(s.subsidy_id, {})) for s in shipped.subsidies]
    own = shipped.model_copy(update={"subsidies": (*changed, *(b.pack_subsidy(**said) for said in case.adds))})
    beside = (b.pack(*(b.pack_subsidy(**s) for s in e["subsidies"]), **_but(e, "subsidies")) for e in case.extra)
    return (own, *beside)


def _but(said: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def programme_of(case: Case) -> Programme:
    """The example as a programme: the pack in force, a fund for it, and the firms' applications, prices and costs."""
    packs, currency = packs_of(case), shipped_packs()[case.pack].currency
    fund = b.fund(
        "trade", Nature.TRADE_DEVELOPMENT, 1_000_000_000, pays=tuple(CostLine), currency=currency, scheme=case.scheme,
        period_from=date(1990, 1, 1), period_to=date(2100, 12, 31),
    )  # fmt: skip
    settings = b.settings(
        window_from=date(case.year, 1, 1), window_to=date(case.year, 12, 31), as_of=date(case.year - 1, 11, 1),
        packs=tuple(b.pack_choice(x.pack_id) for x in packs), generic=True, currency=currency,
        value={"cost_per_1000": 0},
    )  # fmt: skip
    return b.a_programme(
        settings=settings, packs=packs, funds=(fund,), subsidies=(), memberships=_members(case), posts=(), quotas=(),
        choices=(), targets=(), stays=(), rates=(), **_ground(case), **_asked(case, currency),
    )  # fmt: skip


def _members(case: Case) -> tuple[Any, ...]:
    said = {"zone_id": "prov", "scheme": case.scheme, "year": case.year, "member": True}
    return (r.Membership(**said, **b.SAMPLE),) if case.scheme else ()


def _ground(case: Case) -> dict[str, Any]:
    opened = {row.fair: () for row in case.ledger} | {fair.id: fair.markets for fair in case.fairs}
    codes = sorted({case.home, *(fair.territory for fair in case.fairs)})
    markets = {code: tuple(k for k, (_, held) in MARKETS.items() if code in held.split()) for code in codes}
    return {
        "territories": tuple(
            r.Territory(territory_id=c, name_zh=c, name_en=c, markets=markets[c], **b.SAMPLE) for c in codes
        ),
        "markets": tuple(
            r.Market(market_id=k, name_zh=k, name_en=k, market_class=kind, territories=tuple(held.split()), **b.SAMPLE)
            for k, (kind, held) in MARKETS.items()
        ),
        "places": (
            b.place("hills", 26.6, 106.7, case.home),
            *(b.place(f"at-{f.id}", 23.1, 113.3, f.territory) for f in case.fairs),
        ),
        "fairs": tuple(
            b.fair(f, markets=opens) for f, opens in sorted(opened.items())
        ),
        "phases": tuple(
            b.phase(f.id, start=f.start, end=f.end, year=f.end.year, place_id=f"at-{f.id}") for f in case.fairs
        ),
        "sections": tuple(
            b.section(s, fair_id=f) for f, s in sorted({(x.fair, x.section) for x in case.stands if x.section})
        ),
        "zones": (b.zone("prov"),),
        "fares": tuple(
            m.Fare(from_place="hills", to_place=f"at-{f.id}", hours=2, return_fare=_fare(case, f.id), **b.SAMPLE)
            for f in case.fairs
        ),
    }  # fmt: skip


def _fare(case: Case, fair: str) -> Decimal:
    """What one person pays to one fair and back; 0 where no journey goes there alone."""
    return next((j.fare / j.people for j in case.journeys if j.fairs == (fair,)), Decimal(0))


def others_at(fair: FairSaid) -> tuple[str, ...]:
    """Ids of the further firms at a fair."""
    return tuple(f"other-{n:02}" for n in range(fair.others))


def _asked(case: Case, currency: str) -> dict[str, Any]:
    phase, more = {f.id: f for f in case.fairs}, sorted({o for f in case.fairs for o in others_at(f)})
    prices = {(s.fair, s.stand): s.price for s in case.stands}
    return {
        "firms": (*(_firm(f) for f in case.firms), *(b.firm(o, "prov", teams=9) for o in more)),
        "ledger": tuple(
            b.ledger_row(past.firm, past.fair, past.on, subsidy_id=case.full_id(past.subsidy)).model_copy(
                update={"amount": past.amount}
            )
            for past in case.ledger
        ),
        "applications": tuple(_application(s, phase[s.fair]) for s in case.stands)
        + tuple(b.application(o, f.phase_id, score=50.0) for f in case.fairs for o in others_at(f)),
        "prices": tuple(
            b.price(fair, stand=kind, currency=currency).model_copy(update={"per_booth": amount})
            for (fair, kind), amount in prices.items()
        ),
        "costs": tuple(
            b.cost(line, 0, s.fair, firm_id=s.firm, currency=currency).model_copy(update={"amount": amount})
            for s in case.stands
            for line, amount in s.other_cost
        ),
    }  # fmt: skip


def _firm(said: FirmSaid) -> Any:
    return b.firm(
        said.id, "prov", tags=said.tags, staff=said.staff, turnover=said.turnover, founded=said.founded, kind=said.kind,
        export_usd=said.export, sme=said.sme, group=said.group, teams=9,
    )  # fmt: skip


def _application(said: StandSaid, fair: FairSaid) -> Any:
    return b.application(
        said.firm, fair.phase_id, section_id=said.section, role=said.role, stand=said.stand, booths=said.booths,
        least_booths=said.booths, people=said.people, received=said.received or fair.start - ASKED_BEFORE,
        committed=said.committed, score=50.0,
    )  # fmt: skip
