"""What an answer to `why` is made of: ids, numbers, dates and money; sentences are made of it at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Excluded
from fairplanner.errors import Blame

Proof = Literal["whole", "nearby", "none"]
"""How an answer was proven: the whole year planned again; planned again with all that is not near left as it is; not at all."""


@dataclass(frozen=True)
class Place:
    """Somebody's place: `value` is what it adds with its subsidies, less what it and its whole journey cost, thousandths of a point."""

    firm_id: str
    phase_id: str
    section_id: str
    booths: int
    rank: int
    score: float
    value: int


@dataclass(frozen=True)
class Cost:
    """One line of what a place costs the firm, programme currency."""

    line: str
    amount: Decimal


@dataclass(frozen=True)
class Order:
    """Where an application stands in its published order: `rank` of `among`; those placed, their booths, the last of them.

    `turn` 1 gets the next place that falls free, 0: does not wait. `cutoff` None where places do not go by score. `steps`: what each
    step of the procedure gave it, or why none did (`reckon.lists.Line.why`).
    `last`: the day on which the last one with a place was received, where places go by that.
    """

    policy: str
    zone_id: str
    rank: int
    among: int
    places: int
    booths: int
    available: int | None
    cutoff: float | None
    last: date | None
    turn: int
    steps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, order=True)
class Obstacle:
    """A limit that the plan would break with the place added and all else as it is; `by.amount`: by how much, in the rule's unit."""

    by: Blame


@dataclass(frozen=True)
class Asked:
    """One application of the firm at the phase and what came of it.

    `booths` given, 0: none; `wanted`, `least`: asked for. `parts`: points by part of the score. `costs` of the place given, or of
    the smallest that could be (blank where it could not be posed), with the journey's; `back`: subsidies that the plan expects.
    `points`: what the place adds by itself, `spent`: what its cost takes away, thousandths of a point. `reasons`: what stood in the way, the
    most telling first.
    `seats`: who has the places that it did not get. `obstacles`: limits that leave no room for it while all else stays.
    """

    application_id: str
    section_id: str
    role: str
    booths: int
    wanted: int
    least: int
    received: date | None
    score: float
    parts: tuple[tuple[str, float], ...]
    costs: tuple[Cost, ...]
    back: Decimal
    points: int
    spent: int
    order: Order | None
    reasons: tuple[Excluded, ...]
    seats: tuple[Place, ...]
    is_placed: bool
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class Flip:
    """A change with which the plan made again decides otherwise, shown by making it.

    `amount` in `unit` (points, booths, m2, firms, days, phases, teams, money of the programme or a fund; '' for a change that cannot be
    divided; `first+second` is a `second` on top of a `first`); `less`: nine tenths of it in whole steps, with which (`with_less`) nothing changes; None where there is no smaller step.
    `is_least` False: the year planned as a whole may turn with less. Values are the plan's, thousandths of a point: as it is, and
    once the change is made.
    """

    kind: str
    assumptions: tuple[Assumption, ...]
    amount: Decimal
    unit: str
    value_before: int
    value_after: int
    proof: Proof
    less: Decimal | None = None
    with_less: tuple[Assumption, ...] = ()
    is_least: bool = True

    @property
    def is_divisible(self) -> bool:
        """Whether less of it could have been enough, and was tried."""
        return self.less is not None


@dataclass(frozen=True)
class Vain:
    """A kind of change that does not help on its own, tried up to `amount`; `reasons`: what stands in the way then, if known.

    `is_possible` False: no plan was found in which the change is made.
    """

    kind: str
    assumptions: tuple[Assumption, ...]
    amount: Decimal
    unit: str
    proof: Proof
    reasons: tuple[Excluded, ...] = ()
    is_possible: bool = True


@dataclass(frozen=True)
class Turned:
    """The plan in which the decision is the other one, all else as the programme says: what that costs, who comes and who goes.

    `lost` thousandths of a point; None with `proof` none where no such plan was found, or none exists (`possible` False).
    """

    possible: bool
    lost: int | None
    comes: tuple[Place, ...]
    goes: tuple[Place, ...]
    proof: Proof


@dataclass(frozen=True)
class Looked:
    """What was found by planning again; nothing where only facts were asked for.

    `left`: changes not tried for want of questions; `is_close`: planned again with nothing changed, the decision is the other one.
    """

    turned: Turned | None = None
    flips: tuple[Flip, ...] = ()
    vain: tuple[Vain, ...] = ()
    left: int = 0
    is_close: bool = False


@dataclass(frozen=True)
class WhyFirm:
    """Why a firm has, or has not, a place at a phase; `journey`: the phases it goes to in one, `decisions`: ids of those about it there."""

    firm_id: str
    phase_id: str
    is_in: bool
    asked: tuple[Asked, ...]
    journey: tuple[str, ...]
    value: int
    bound: int | None
    decisions: tuple[str, ...] = ()
    looked: Looked = Looked()


@dataclass(frozen=True)
class Party:
    """A delegation: `firms` in it, its public `cost` by line and the fund that pays, days away."""

    delegation_id: str
    sponsor: str
    phases: tuple[str, ...]
    depart: date
    back: date
    officials: int
    fund_id: str
    cost: tuple[Cost, ...]
    firms: tuple[Place, ...]
    gained: int
    spent: int


@dataclass(frozen=True)
class WhyZone:
    """Why a zone has, or has not, a delegation at a phase; `placed`: its own firms' places there, `unplaced`: reasons of the others."""

    zone_id: str
    phase_id: str
    is_in: bool
    parties: tuple[Party, ...]
    placed: tuple[Place, ...]
    carried_by: tuple[str, ...]
    unplaced: tuple[Excluded, ...]
    reasons: tuple[Excluded, ...]
    least: int
    most: int | None
    could: int
    value: int
    bound: int | None
    decisions: tuple[str, ...] = ()
    looked: Looked = Looked()


@dataclass(frozen=True)
class WhyDelegation:
    """Why a delegation goes; `decisions`: ids of those that want it, or a firm of its own zone or below, to be there."""

    party: Party
    least: int
    most: int | None
    value: int
    bound: int | None
    decisions: tuple[str, ...] = ()
    looked: Looked = Looked()
