"""What was decided: a plan as it is stored and read (plan.json), what it breaks, and what changed between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fairplanner.domain.kinds import Regime, Role, StandKind

SCHEMA_VERSION = 2
"""1: claims without what the subsidy gives on each alone (`entitled`)."""
DAYS = re.compile(r"@\d{4}-\d{4}(?=\+|$)")
"""The days of a stop in a delegation's id."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stop(_Part):
    """A phase on a trip; `arrive` and `leave` are local dates of the staff, who may stay for part of it."""

    phase_id: str
    arrive: date
    leave: date


class Delegation(_Part):
    """One sponsor zone on one trip. At home a standing body (no staff); abroad staff and officials travel.

    `depart` and `return_` are border dates of the home country; `cost` is public money, by line.
    """

    delegation_id: str
    sponsor: str
    regime: Regime
    stops: tuple[Stop, ...]
    home: str
    depart: date
    return_: date
    officials: int = 0
    posts: tuple[str, ...] = ()
    fund_id: str = ""
    cost: tuple[tuple[str, Decimal], ...] = ()

    @property
    def party_id(self) -> str:
        """Its id without the days of its stops: the party remains whom calendars and notices are for when its fair moves, and
        nothing that bears its name tells when officials travel. A plan has it once (rule one-visit)."""
        return DAYS.sub("", self.delegation_id)

    @property
    def total(self) -> Decimal:
        """Public cost, all lines."""
        return sum((amount for _, amount in self.cost), Decimal(0))


class Participation(_Part):
    """One firm at one phase inside one delegation, for one application (or invitation)."""

    participation_id: str
    application_id: str
    firm_id: str
    phase_id: str
    section_id: str
    sponsor: str
    role: Role
    stand: StandKind
    booths: int
    people: int
    value: int
    score: float
    parts: tuple[tuple[str, float], ...] = ()
    rank: int = 0
    stand_cost: Decimal = Decimal(0)
    other_cost: tuple[tuple[str, Decimal], ...] = ()
    invited: bool = False

    @property
    def area_m2(self) -> int:
        """A standard booth is 9 m²."""
        return 9 * self.booths

    @property
    def cost(self) -> Decimal:
        """What it costs the firm, all lines: the stand and what `other_cost` lists (fit-out, freight, fees)."""
        return self.stand_cost + sum((amount for _, amount in self.other_cost), Decimal(0))


class Journey(_Part):
    """One firm from home to home: the one to three phases it attends in between, and what that costs it."""

    journey_id: str
    firm_id: str
    phases: tuple[str, ...]
    depart: date
    return_: date
    people: int
    fare: Decimal
    lodging: Decimal
    saved: Decimal = Decimal(0)


class Claim(_Part):
    """What a firm is to be paid back under one subsidy, for one participation or for one phase of a journey.

    `entitled` is what the subsidy gives on this claim alone; `amount` is what is paid after the limits over several claims
    (or the payer) have taken their part. `turn`: ordinal of the supported participation, the ledger's included, where the
    rate hangs on it; `level`: the payer's choice from the subsidy's menu, from 1; 0 where there is none.
    """

    claim_id: str
    subsidy_id: str
    participation_id: str
    journey_id: str = ""
    firm_id: str
    phase_id: str
    fund_id: str
    turn: int = 0
    level: int = 0
    entitled: Decimal
    amount: Decimal

    @property
    def cut(self) -> Decimal:
        """What is not paid of what the subsidy gives (核减)."""
        return self.entitled - self.amount


class Reached(_Part):
    """How far a target is reached by the plan, what was done outside it included."""

    target_id: str
    reached: int
    wanted: int

    @property
    def short(self) -> int:
        """What is missing."""
        return max(0, self.wanted - self.reached)


class Excluded(_Part):
    """Something that could not be planned, with the rule that stood in the way and the facts for the sentence."""

    kind: Literal["phase", "application", "participation", "trip", "delegation", "journey", "claim"]
    rule: str
    firm_id: str = ""
    zone_id: str = ""
    phase_id: str = ""
    count: int = 1
    facts: tuple[tuple[str, str], ...] = ()


class Plan(_Part):
    """A finished plan; `value` and `bound` are points × 1,000 (whole numbers), `gap` = (bound − value) / |value|.

    An `amended` plan was changed by hand after it was solved (a firm withdrew, the next on the list came in): it passes every
    rule, but how much better another one could be nobody has proven: `bound` and `gap` are None.
    """

    schema_version: int = SCHEMA_VERSION
    programme_id: str
    programme_digest: str
    revision: int
    as_of: date
    status: Literal["optimal", "feasible", "amended"]
    value: int
    bound: int | None
    gap: float | None
    engine: str
    reproducible: bool
    delegations: tuple[Delegation, ...] = ()
    participations: tuple[Participation, ...] = ()
    journeys: tuple[Journey, ...] = ()
    claims: tuple[Claim, ...] = ()
    targets: tuple[Reached, ...] = ()
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True, order=True)
class Violation:
    """What a plan breaks: rule key, label (the same as the row's), amount over or short, and facts for the sentence."""

    rule: str
    label: str
    amount: int
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, order=True)
class Change:
    """One difference between two plans: `what` is added, removed or moved; `before` and `after` are facts."""

    what: str
    kind: str
    subject: str
    before: str = ""
    after: str = ""
