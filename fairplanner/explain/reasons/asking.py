"""Questions of the kind: what would the plan decide if this were different? Each is answered by planning again, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Plan
from fairplanner.errors import CatalogueError, NoPlan
from fairplanner.explain.again import Base, again
from fairplanner.explain.assuming import assumed
from fairplanner.explain.reasons.answers import Proof
from fairplanner.pose import pose
from fairplanner.solver import nearby

SMALL = 300
"""Places that can be given; up to so many, the whole year is planned again for every question, in well under a second."""
QUESTIONS, MANY = 40, 10_000
"""Questions to one answer; of a programme with MANY places, or more, in proportion fewer, at least LEAST."""
LEAST = 7
WHOLE_SECONDS, NEAR_SECONDS = 30, 3


@dataclass(frozen=True)
class Subject:
    """What is asked about: a firm's place at a phase, or a delegation of a zone at all of these phases."""

    phases: tuple[str, ...]
    firm_id: str = ""
    zone_id: str = ""

    def is_in(self, plan: Plan) -> bool:
        """What a plan decides of it."""
        if self.firm_id:
            return any(p.firm_id == self.firm_id and p.phase_id in self.phases for p in plan.participations)
        there = {s.phase_id for d in plan.delegations if d.sponsor == self.zone_id for s in d.stops}
        return set(self.phases) <= there


@dataclass
class Asking:
    """One subject of a base, and the plans that were made again for it; the same question is asked once.

    `questions` may be asked before `is_spent`. Small programmes are planned again as a whole, others near the subject.
    """

    base: Base
    subject: Subject
    questions: int = 0
    asked: int = 0
    _known: dict[tuple[tuple[str, ...], Proof], Plan | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = len(self.base.problem.participations)
        self.proof: Proof = "whole" if places <= SMALL else "nearby"
        self.is_in = self.subject.is_in(self.base.plan)
        self.questions = self.questions or max(LEAST, min(QUESTIONS, QUESTIONS * MANY // (4 * max(1, places))))

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is looked for."""
        return self.asked >= self.questions

    def plan(self, assumptions: Sequence[Assumption], proof: Proof | None = None) -> Plan | None:
        """The plan made again under the assumptions; None where there is none, or a value cannot be assumed."""
        proof = proof or self.proof
        key = tuple(map(str, assumptions)), proof
        if key not in self._known:
            self.asked += 1
            self._known[key] = self._made(assumptions, proof)
        return self._known[key]

    @property
    def reference(self) -> Plan:
        """What changes are held against: the base's plan if it is proven best, else the plan made again with nothing changed,
        so that what more searching finds is not told as what a change brings."""
        plan = self.base.plan
        return plan if plan.bound == plan.value else self.plan(()) or plan

    @property
    def is_close(self) -> bool:
        """Whether the plan made again with nothing changed decides otherwise: both decisions are about as good."""
        return self.subject.is_in(self.reference) != self.is_in

    def has_asked(self, assumptions: Sequence[Assumption]) -> bool:
        """Whether this was asked before."""
        return (tuple(map(str, assumptions)), self.proof) in self._known

    def turns(self, assumptions: Sequence[Assumption], proof: Proof | None = None) -> bool:
        """Whether the plan made again decides otherwise."""
        plan = self.plan(assumptions, proof)
        return plan is not None and self.subject.is_in(plan) != self.is_in

    def _made(self, assumptions: Sequence[Assumption], proof: Proof) -> Plan | None:
        base, s = self.base, self.subject
        try:
            if proof == "whole":
                return again(base, assumptions, seconds=WHOLE_SECONDS, gap=self._gap()).plan
            problem = pose(assumed(base.programme, assumptions))
            firms, zones = ((s.firm_id,), ()) if s.firm_id else ((), (s.zone_id,))
            return nearby(problem, base.plan, firms=firms, zones=zones, phases=s.phases, seconds=NEAR_SECONDS).plan
        except (NoPlan, CatalogueError):
            return None

    def _gap(self) -> float | None:
        """Small programmes are planned to the very best, so that a change is not lost in what the programme lets pass."""
        return 0.0 if self.proof == "whole" else None


def points_of(thousandths: int) -> Decimal:
    """Points of thousandths of a point."""
    return Decimal(thousandths) / 1000
