"""programme.toml: the window, the profile and the weights of a programme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import Field, model_validator

from fairplanner.domain.columns import Row
from fairplanner.domain.kinds import Policy, Regime
from fairplanner.domain.packs import PackChoice

LONGEST_WINDOW_MONTHS = 17
OF_TRAVEL_PACKS = ("day_limits", "most_officials")
"""Settings of a profile that a chosen travel pack says instead, unless programme.toml sets them itself."""


class Profile(Row):
    """Defaults of one regime (`profile` of DESIGN section 1); a fair's row in `choices` overrides them."""

    policy: Policy = Policy.OPTIMISE
    move_in_days: int = Field(default=0, ge=0, description="set-up days before opening")
    move_out_days: int = Field(default=0, ge=0, description="strike days after closing")
    least_firms: int = Field(default=0, ge=0, description="fewest firms of a delegation")
    officials: int = Field(default=0, ge=0, description="people in the official party")
    needs_leader: bool = Field(default=False, description="whether a delegation needs a leader from staff")
    day_limits: tuple[int, ...] = Field(
        default=(), description="most days away for 1, 2, 3 countries or regions; empty: none"
    )
    most_officials: int | None = Field(default=None, description="most people in an official party; none: no limit")
    min_presence_days: int = Field(default=1, ge=1, description="fewest fair days an official party is present")
    most_gap_days: int = Field(default=3, ge=0, description="longest wait between two phases of one journey")
    people_per_booth: int | None = Field(default=2, description="most people a standard booth")
    over_packs: tuple[str, ...] = Field(
        default=(), description="settings that outrank a chosen travel pack: those that programme.toml sets itself"
    )


# Defaults of planner.md section 42 (`cn-home`, `cn-abroad`, `cn-hkmo`); day limits 5/8/10 and six people are rows O-DAYS-1..3
# and O-GROUP of the domain dossier (sourced); two people a booth is R-STAND (sourced, practice).
PROFILES: dict[Regime, Profile] = {
    Regime.HOME: Profile(policy=Policy.RANK, move_in_days=3, move_out_days=1, most_gap_days=9),
    Regime.HKMO: Profile(
        policy=Policy.FIRST_CONFIRMED, move_in_days=2, move_out_days=1, least_firms=5, officials=3,
        needs_leader=True, day_limits=(5, 8, 10), most_officials=6, min_presence_days=2,
    ),
    Regime.ABROAD: Profile(
        policy=Policy.FIRST_CONFIRMED, move_in_days=2, move_out_days=1, least_firms=5, officials=3,
        needs_leader=True, day_limits=(5, 8, 10), most_officials=6, min_presence_days=2,
    ),
}  # fmt: skip


def _over_packs(given: dict[str, Any]) -> dict[str, Any]:
    """What programme.toml says of a regime, with the names of what outranks packs; a snapshot names them already."""
    return {"over_packs": tuple(name for name in OF_TRAVEL_PACKS if name in given)} | given


class ScoreWeights(Row):
    """Parts of a participation's score; they sum to 100."""

    sector: float = Field(default=30, ge=0, description="firm's sectors against the section's or the fair's")
    market: float = Field(
        default=20, ge=0, description="fair's markets against the firm's aims; emerging markets count more"
    )
    fair: float = Field(default=20, ge=0, description="weight of the fair in `choices`")
    record: float = Field(default=20, ge=0, description="how the firm did at past fairs")
    preference: float = Field(default=10, ge=0, description="order of the firm's own preference")

    @model_validator(mode="after")
    def _sum_to_100(self) -> Self:
        total = self.sector + self.market + self.fair + self.record + self.preference
        if abs(total - 100) > 1e-9:
            raise ValueError(f"score weights sum to {total:g}, not 100")
        return self


class ValueWeights(Row):
    """What the plan maximises, in points (a participation scores up to 100)."""

    further_booth: float = Field(
        default=0.15, ge=0, le=1, description="share of the score that each booth after the first adds"
    )
    cost_per_1000: float = Field(
        default=0.2, ge=0, description="points that 1,000 of programme currency cost, whoever pays"
    )
    delegation: float = Field(default=2, ge=0, description="points that one more delegation costs to look after")
    step_up: float = Field(
        default=0.5, ge=0, description="points lost for each level above its own zone that a firm goes with"
    )
    claim_per_1000: float = Field(default=0.1, ge=0, description="points that 1,000 paid back to firms are worth")
    disturbance: float = Field(
        default=2, ge=0,
        description="points that each person costs who loses a place of the earlier plan (`plan --from`); half where the "
        "place stays and its booths, stand or delegation change",
    )  # fmt: skip


class Fairness(Row):
    """What unevenness costs, in points; all 0: nothing. Prices rise from step to step, so the worst off are helped first."""

    zone_points: tuple[float, ...] = Field(
        default=(),
        description="points a missing place of a zone costs, from the first quarter of its shortfall to the last",
    )
    firm_points: tuple[float, ...] = Field(
        default=(), description="points a firm costs that gets no place; then one that gets no second place, ..."
    )
    keep_years: int = Field(default=0, ge=0, description="years running that make a fair one to be kept")
    keep_points: float = Field(default=0, ge=0, description="points that leaving such a fair costs")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        zone, firm = list(self.zone_points), list(self.firm_points)
        if zone != sorted(zone) or firm != sorted(firm, reverse=True) or min([0.0, *zone, *firm]) < 0:
            raise ValueError("zone_points must rise, firm_points must fall, and none may be negative")
        return self


class Travel(Row):
    """How travel time and fares are estimated where `fares` has no row; all background, unverified, yours to edit."""

    km_per_hour: float = Field(default=750, gt=0, description="door-to-door speed of a flight, km/h")
    hours_fixed: float = Field(default=4, ge=0, description="hours added to every flight")
    hours_connection: float = Field(default=3, ge=0, description="hours added beyond `direct_km`")
    direct_km: float = Field(default=2500, ge=0, description="longest distance flown without a change, km")
    rail_km: float = Field(default=450, ge=0, description="distance below which people take the train, km")
    rail_km_per_hour: float = Field(default=150, gt=0, description="door-to-door speed of a train, km/h")
    fare_fixed: Decimal = Field(
        default=Decimal(600), ge=0, description="fixed part of a return flight, programme currency"
    )
    fare_per_km: Decimal = Field(default=Decimal("0.9"), ge=0, description="return fare per km one way")
    rail_fare_per_km: Decimal = Field(default=Decimal("0.95"), ge=0, description="return rail fare per km one way")


class Settings(Row):
    """programme.toml as it is written."""

    id: str
    name_zh: str
    name_en: str
    root: str = Field(description="zone that plans")
    window_from: date
    window_to: date
    as_of: date = Field(description="the day the plan is made; nothing in a plan depends on the clock")
    revision: int = Field(default=1, ge=1, description="number of this draft of the plan")
    currency: str = "CNY"
    generic: bool = Field(default=False, description="true: no Chinese defaults; every regime uses the generic profile")
    sample: bool = Field(
        default=False, description="true: firms, applications and money are samples, and every page says so"
    )
    invite: bool = Field(default=False, description="true: also propose firms by sector match, marked as invitations")
    most_invitations: int = Field(default=3, ge=0, description="invitations proposed to one firm at the most")
    packs: tuple[PackChoice, ...] = Field(default=(), description="rule packs in force, with the funds that pay")
    split_days: int = Field(
        default=30, ge=0, description="official parties of one office to one country closer than this are remarked upon"
    )
    approved_parties: int | None = Field(
        default=None,
        ge=0,
        description="official parties that the year's approved plan allows; none: not known, printed as a blank",
    )
    show_subsidy: bool = Field(
        default=False,
        description="true: a firm's own answer shows its expected subsidies, as an estimate subject to approval",
    )
    profiles: dict[Regime, Profile] = Field(default_factory=dict)
    score: ScoreWeights = ScoreWeights()
    value: ValueWeights = ValueWeights()
    travel: Travel = Travel()
    fairness: Fairness = Fairness()
    gap: float = Field(default=0.001, ge=0, le=1, description="stop when the plan is proven this close to the best")

    @model_validator(mode="before")
    @classmethod
    def _profiles_on_their_defaults(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not isinstance(given.get("profiles"), dict):
            return given
        defaults = {} if given.get("generic") is True else {r.value: p.model_dump() for r, p in PROFILES.items()}
        own = given["profiles"].items()
        merged = {r: defaults.get(str(r), {}) | _over_packs(p) if isinstance(p, dict) else p for r, p in own}
        return given | {"profiles": merged}

    @model_validator(mode="after")
    def _window(self) -> Self:
        months = (self.window_to.year - self.window_from.year) * 12 + self.window_to.month - self.window_from.month + 1
        if self.window_to < self.window_from:
            raise ValueError("window_to is before window_from")
        if months > LONGEST_WINDOW_MONTHS:
            raise ValueError(f"the window has {months} months; the longest is {LONGEST_WINDOW_MONTHS}")
        return self

    def profile_of(self, regime: Regime) -> Profile:
        """The defaults in force for a regime."""
        if regime in self.profiles:
            return self.profiles[regime]
        return Profile() if self.generic else PROFILES[regime]
