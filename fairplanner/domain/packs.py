"""Rule packs (规则包): dated, cited parameters of one jurisdiction, read from a TOML file; nothing here is code.

A part says with `source` (a key of the pack's `sources`) where its numbers are from; `cites` names another source for
single numbers. Money is in the pack's currency until `Programme` converts it at the programme's dated rates.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import PARTICIPATION_LINES, Confidence, CostLine, FirmKind, Regime, Role, StandKind, Where

Share = Decimal
Each = Literal["phase", "edition", "fair", "market", "territory", "market-class", "year", "life", "window"]


class Cite(Row):
    """A source: its title, address, how sure it is, and whether it was read in the original."""

    title: str
    address: str = ""
    confidence: Confidence
    reading: Literal["first-hand", "second-hand"] = Field(description="second-hand: read in a copy or a digest")
    read_on: date | None = None
    stale_zh: str = Field(default="", description="why the number may be out of date")
    stale_en: str = ""


class Part(Row):
    """A part of a pack: every number in it is from `source`, or from the source that `cites` names for that field."""

    name_zh: str = ""
    name_en: str = ""
    source: str = ""
    cites: dict[str, str] = Field(default_factory=dict)
    note_zh: str = ""
    note_en: str = ""


class FirmTest(Row):
    """Which firms are meant; a fact that is not known does not pass (unknown stays unknown)."""

    sme_only: bool = False
    kinds: tuple[FirmKind, ...] = ()
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = Field(default=(), description="has at least one of these")
    not_tags: tuple[str, ...] = Field(default=(), description="has none of these")
    least_export_usd: dict[FirmKind, Decimal] = Field(default_factory=dict)
    most_export_usd: Decimal | None = None
    most_staff: int | None = None
    least_turnover: Decimal | None = None
    most_turnover: Decimal | None = None
    most_years: int | None = Field(default=None, description="years since it was founded, on the first fair day")
    first_timer: bool = Field(default=False, description="no row of this fair in the ledger")


class Bonus(Row):
    """Points of rate added for firms that pass."""

    of: FirmTest
    rate: Decimal = Field(gt=0, le=1)


class Subsidy(Part):
    """One thing a pack pays: to which firms at which fairs, which lines, at what rate, within what caps of one claim.

    Caps and counts over several claims are `Limit`s. `fund_id` and `pack_id` are filled by the programme.
    """

    subsidy_id: str
    fund_id: str = ""
    pack_id: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    zone_id: str = Field(default="", description="firms of this zone and all below; blank: those the fund serves")
    # which fairs and which firms
    where: Where = Where.EVERYWHERE
    regimes: tuple[Regime, ...] = Field(default=(), description="narrower than `where`; empty: all")
    territories: tuple[str, ...] = ()
    not_territories: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    not_markets: tuple[str, ...] = ()
    market_class: Literal["", "key", "emerging"] = ""
    fairs: tuple[str, ...] = Field(default=(), description="the approved list; empty: every fair")
    roles: tuple[Role, ...] = (Role.EXHIBIT,)
    stands: tuple[StandKind, ...] = ()
    of: FirmTest = FirmTest()
    lead_days: int | None = Field(default=None, description="application received so many days before opening")
    not_committed: bool = Field(default=False, description="nothing signed before the application was received")
    # how much
    lines: tuple[CostLine, ...] = (CostLine.STAND,)
    rate: Share = Field(default=Decimal(0), ge=0, le=1)
    rate_emerging: Share | None = Field(default=None, ge=0, le=1)
    bonus: tuple[Bonus, ...] = ()
    turns: tuple[Share, ...] = Field(
        default=(), description="rate by ordinal of the supported participation; last repeats"
    )
    turn_of: Literal["programme", "fair"] = "programme"
    order: Literal["event", "application", "best"] = "event"
    most_turns: int | None = Field(default=None, description="no claim after so many turns (ledger included)")
    menu: tuple[Share, ...] = Field(
        default=(), description="rates the payer chooses from, equal inside one stand package"
    )
    booth_shares: tuple[Share, ...] = Field(
        default=(), description="share of the rate for the 1st, 2nd, ... booth; last repeats"
    )
    most_booths: int | None = None
    most_m2: int | None = None
    fair_m2: dict[str, int] = Field(default_factory=dict, description="most m² by fair, as an annex sets them")
    least_m2: int | None = None
    most_people: int | None = None
    cap_booth: Decimal | None = Field(default=None, description="of each 9 m²")
    cap_by_booths: tuple[Decimal, ...] = Field(
        default=(), description="cap of 1 booth, added for the 2nd, ...; last repeats"
    )
    cap_m2: Decimal | None = Field(default=None, description="of each eligible m²")
    cap_person: Decimal | None = None
    cap_phase: Decimal | None = Field(default=None, description="of one participation")
    hkmo_share: Share = Field(
        default=Decimal(1), description="share of the rate and of every cap in Hong Kong and Macao"
    )
    least_cost: Decimal = Field(default=Decimal(0), description="nothing where its lines cost less than this")
    least: Decimal = Field(default=Decimal(0), description="nothing below this")
    round_to: Decimal = Field(
        default=Decimal("0.01"), gt=0, description="rounded down to a multiple; 0.01: half up to the cent"
    )
    round_at: Literal["line", "fair", "year"] = "fair"
    entitled: Literal["exactly", "up-to"] = "exactly"
    # when
    paid_after_days: int = Field(default=0, ge=0, description="days from the last fair day to payment")
    claim_within_days: int | None = Field(default=None, description="days from the last fair day to claim")

    @model_validator(mode="after")
    def _lines_of_one_owner(self) -> Subsidy:
        own = {line in PARTICIPATION_LINES for line in self.lines}
        if len(own) != 1:
            raise ValueError("the lines of one subsidy belong to a participation or to a journey, not to both")
        return self

    @property
    def on_journeys(self) -> bool:
        """Whether it pays lines of a journey (fare, lodging) and not of a participation."""
        return self.lines[0] not in PARTICIPATION_LINES


class Limit(Part):
    """A cap on money or on supported turns over several claims of one firm, or of connected firms counted as one."""

    limit_id: str
    subsidies: tuple[str, ...] = Field(default=(), description="ids in the same pack; empty: all of them")
    of: Literal["money", "turns"] = "money"
    firms: FirmTest = FirmTest()
    per: Literal["firm", "group"] = "firm"
    each: tuple[Each, ...] = ("year",)
    most: Decimal
    most_if_markets_differ: int | None = Field(default=None, description="turns allowed if no two open the same market")
    window_months: int | None = None
    window_of: Literal["event", "grant"] = "event"


class ShareLimit(Part):
    """Firms of a class are at least or at most a share of all supported firms (or of all that take part)."""

    limit_id: str
    subsidies: tuple[str, ...] = ()
    of: FirmTest
    among: Literal["claims", "participations"] = "claims"
    each: tuple[Literal["phase", "section", "year"], ...] = ("phase",)
    least: tuple[int, int] | None = Field(default=None, description="numerator, denominator")
    most: tuple[int, int] | None = None


class GroupMinimum(Part):
    """No claim unless the joint stand has so many firms; the group may still go."""

    limit_id: str
    subsidies: tuple[str, ...] = ()
    least: int = Field(ge=1)
    count: Literal["claims", "participations"] = "participations"
    each: tuple[Literal["phase", "sponsor"], ...] = ("phase",)


class MarketSpread(Part):
    """A firm that claims at all claims in at least so many markets within the year (ledger of the year included)."""

    limit_id: str
    subsidies: tuple[str, ...] = ()
    least: int = Field(ge=2)


class Exclusion(Part):
    """No claim where the firm claims under another subsidy at the same phase; `others` are full ids `pack.subsidy`."""

    limit_id: str
    subsidies: tuple[str, ...] = ()
    others: tuple[str, ...]


class TravelRules(Part):
    """What binds an official party: days, people, lodging and allowances."""

    regimes: tuple[Regime, ...] = (Regime.ABROAD,)
    day_limits: tuple[int, ...] = ()
    far_days: int = Field(default=0, description="days more for far markets with bad connections")
    far_markets: tuple[str, ...] = ()
    most_officials: int | None = None
    lodging_by: Literal["nights", "days"] = "nights"
    car_share: Share = Field(default=Decimal(1), description="share of incidentals paid where transport is provided")
    most_tariff_days: int | None = None
    official_share: tuple[int, int] | None = Field(
        default=None, description="least share of half-days with official business"
    )
    notice_working_days: int | None = None
    leader_months: int | None = None


class QuotaRules(Part):
    """How places of a fair are handed out inside a trading group."""

    fairs: tuple[str, ...] = ()
    least_export_usd: dict[FirmKind, Decimal] = Field(default_factory=dict)
    most_booths: int | None = Field(default=None, description="of one firm in one section")
    most_below: tuple[int, int] | None = Field(
        default=None, description="share of firms below the threshold in a section"
    )
    brand_floor: int | None = None
    brand_floor_of: dict[str, int] = Field(default_factory=dict, description="floor by section id")
    booth_formula: bool = Field(
        default=False, description="booths handed out by the booth-base procedure before the solve"
    )


class MembershipRules(Part):
    """A yearly list of zones with money by tier, part in advance and the rest if the year's targets are met."""

    scheme: str
    advance: Share = Decimal(1)
    tiers: tuple[int, int] | None = None
    uses_zh: tuple[str, ...] = ()
    uses_en: tuple[str, ...] = ()
    pays: tuple[CostLine, ...] = Field(default=(), description="cost lines of a fair that the uses name; empty: none")
    quote: str = ""


class Paper(Part):
    """One paper a firm keeps from day one for its claim (申报材料)."""

    paper_id: str
    subsidies: tuple[str, ...] = ()


class Pack(Row):
    """One rule pack; numbers hold for fairs that end from `valid_from` to `valid_to` (blank: open)."""

    pack_id: str
    name_zh: str
    name_en: str
    jurisdiction_zh: str
    jurisdiction_en: str
    valid_from: date | None = None
    valid_to: date | None = None
    currency: str = "CNY"
    source: str
    note_zh: str = ""
    note_en: str = ""
    sources: dict[str, Cite]
    subsidies: tuple[Subsidy, ...] = ()
    limits: tuple[Limit, ...] = ()
    shares: tuple[ShareLimit, ...] = ()
    groups: tuple[GroupMinimum, ...] = ()
    spreads: tuple[MarketSpread, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    travel: TravelRules | None = None
    quota: QuotaRules | None = None
    membership: MembershipRules | None = None
    papers: tuple[Paper, ...] = ()

    def cite(self, part: Part, field: str = "") -> Cite:
        """Where a number of a part is from; raises KeyError where the pack does not say."""
        return self.sources[part.cites.get(field) or part.source or self.source]


class PackChoice(Row):
    """One `[[packs]]` of programme.toml: which pack, which fund pays, and for which zone."""

    id: str
    fund: str = Field(default="", description="fund that pays every subsidy of the pack")
    funds: dict[str, str] = Field(default_factory=dict, description="fund of single subsidies, by their id in the pack")
    zone: str = Field(default="", description="only firms of this zone and all below")
    still_valid: bool = Field(default=False, description="true: assume it holds after its last day; every page says so")
    lodging_by: Literal["", "nights", "days"] = Field(default="", description="overrides how the pack counts lodging")
