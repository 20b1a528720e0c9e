"""The closed lists of words that tables use; each value is what stands in a cell."""

from __future__ import annotations

from enum import StrEnum


class Confidence(StrEnum):
    """How sure a fact is: quoted from a source document, read in a named source, background, projected, and so on."""

    SEED = "seed"
    SOURCED = "sourced"
    BACKGROUND = "background"
    PROJECTED = "projected"
    UNKNOWN = "unknown"
    USER = "user"
    SAMPLE = "sample"


class Status(StrEnum):
    """How firm the dates of a phase are; `projected` is printed （暂定，据往届推算）, `unknown` 待定."""

    HELD = "held"
    ANNOUNCED = "announced"
    PROVISIONAL = "provisional"
    PROJECTED = "projected"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"

    @property
    def is_firm(self) -> bool:
        """Whether calendars may show the dates as confirmed."""
        return self in (Status.HELD, Status.ANNOUNCED)


class Role(StrEnum):
    """What a firm does at a phase; only `exhibit` occupies move-in and move-out days."""

    EXHIBIT = "exhibit"
    BUY = "buy"
    VISIT = "visit"
    NEGOTIATE = "negotiate"


class StandKind(StrEnum):
    """Kinds of stand: a standard booth of 9 m² (标准展位), raw space (光地), a brand booth (品牌展位), or none."""

    STANDARD = "standard"
    RAW = "raw"
    BRAND = "brand"
    NONE = "none"


class Wish(StrEnum):
    """What a firm says of a phase; one that refuses is never proposed."""

    WANTS = "wants"
    WOULD_ACCEPT = "would-accept"
    REFUSES = "refuses"


class ApplicationState(StrEnum):
    """How far an application, and then the participation that comes of it, has come."""

    WISH = "wish"
    APPLIED = "applied"
    FIRST_REVIEW = "first-review"
    ADMITTED = "admitted"
    RESERVE = "reserve"
    NOT_ADMITTED = "not-admitted"
    ON_NOTICE = "on-notice"
    PAID = "paid"
    APPROVED = "approved"
    GONE = "gone"
    REVIEWED = "reviewed"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"

    @property
    def is_committed(self) -> bool:
        """Whether the firm is bound (已缴费确认 and everything after it): a new plan keeps its place."""
        return self in (_S.PAID, _S.APPROVED, _S.GONE, _S.REVIEWED, _S.CLAIMED)

    @property
    def is_out(self) -> bool:
        """Whether nothing comes of it any more: not admitted (未入围) or withdrawn (退展)."""
        return self in (_S.NOT_ADMITTED, _S.WITHDRAWN)

    @property
    def is_accepted(self) -> bool:
        """Whether the organiser's review has taken it up: it came in time, whenever it came."""
        return self.is_committed or self in (_S.ADMITTED, _S.RESERVE, _S.ON_NOTICE)


_S = ApplicationState


class Policy(StrEnum):
    """How places at a fair are given."""

    OPTIMISE = "optimise"
    RANK = "rank"
    FIRST_CONFIRMED = "first-confirmed"
    LOTTERY = "lottery"


class DecisionKind(StrEnum):
    """What people have decided by hand."""

    MUST_GO = "must-go"
    MUST_NOT = "must-not"
    KEEP = "keep"


class Nature(StrEnum):
    """The nature of a fund; money never moves between natures."""

    OFFICIAL_TRAVEL = "official-travel"
    TRADE_DEVELOPMENT = "trade-development"
    PUBLIC_STAND = "public-stand"


class CostLine(StrEnum):
    """Lines of cost: the first four are those of a participation, the others those of a journey or a party."""

    STAND = "stand"
    FITOUT = "fitout"
    FREIGHT = "freight"
    FEES = "fees"
    FARE = "fare"
    LODGING = "lodging"
    MEALS = "meals"
    INCIDENTALS = "incidentals"


PARTICIPATION_LINES = (CostLine.STAND, CostLine.FITOUT, CostLine.FREIGHT, CostLine.FEES)
"""Lines that a participation costs; the others belong to a journey."""


class Regime(StrEnum):
    """Whose rules a journey follows: at home, Hong Kong and Macao, abroad."""

    HOME = "home"
    HKMO = "hkmo"
    ABROAD = "abroad"


class Where(StrEnum):
    """Which fairs a subsidy is for; Hong Kong and Macao count as abroad here (境外)."""

    ABROAD = "abroad"
    HOME = "home"
    EVERYWHERE = "everywhere"

    def covers(self, regime: Regime) -> bool:
        """Whether a fair under the regime is meant."""
        return self is Where.EVERYWHERE or (self is Where.HOME) == (regime is Regime.HOME)


class Counts(StrEnum):
    """What a target counts."""

    PARTICIPATIONS = "participations"
    FIRMS = "firms"
    BOOTHS = "booths"
    FAIRS = "fairs"
    DELEGATIONS = "delegations"
    PROMOTION_TRIPS = "promotion-trips"


class FirmKind(StrEnum):
    """Whether a firm makes what it exports; Canton Fair thresholds differ."""

    PRODUCER = "producer"
    TRADER = "trader"


class Relation(StrEnum):
    """What the other firm is to a firm that it is connected with."""

    PARENT = "parent"
    SUBSIDIARY = "subsidiary"
    JOINT = "joint"
    SAME_CONTROLLER = "same-controller"
