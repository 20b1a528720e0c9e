"""A plan while it is being changed by hand: tables and parts replaced, then made true again and judged by every rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from fairplanner.domain.amending import Act
from fairplanner.domain.plan import Claim, Excluded, Journey, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.domain.taking_over import with_hand
from fairplanner.errors import Problem, UserError
from fairplanner.rules import check
from fairplanner.rules.reckon.targets import reached
from fairplanner.rules.reckon.value import plan_value

ENGINE = "amended"
KINDS = ("phase", "application", "participation", "trip", "delegation", "journey", "claim")
"""The written order of what is left out."""


class Draft(NamedTuple):
    """A programme and a plan of it."""

    programme: Programme
    plan: Plan


class Broken(UserError):
    """The changed plan breaks rules and is not given out; `draft` is what was tried, `violations` what it breaks."""

    def __init__(self, draft: Draft, violations: tuple[Violation, ...]) -> None:
        self.draft, self.violations = draft, violations
        super().__init__([Problem("plan.json", 0, v.rule, "amend-breaks", v.label) for v in violations])


def with_tables(programme: Programme, **tables: Any) -> Programme:
    """The programme with some of its tables (or its settings) replaced; what was looked up in the old one is not kept."""
    own = {name: getattr(programme, name) for name in Programme.model_fields}
    return Programme(**(own | tables))


def with_parts(
    plan: Plan,
    *,
    participations: Iterable[Participation] | None = None,
    journeys: Iterable[Journey] | None = None,
    claims: Iterable[Claim] | None = None,
    **more: Any,
) -> Plan:
    """The plan with some of its parts replaced, each in order of id."""
    if participations is not None:
        more["participations"] = tuple(sorted(participations, key=lambda p: p.participation_id))
    if journeys is not None:
        more["journeys"] = tuple(sorted(journeys, key=lambda j: j.journey_id))
    if claims is not None:
        more["claims"] = tuple(sorted(claims, key=lambda c: c.claim_id))
    return plan.model_copy(update=more)


def without_reasons(plan: Plan, application_ids: Iterable[str]) -> tuple[Excluded, ...]:
    """What the plan leaves out, but for these applications."""
    known = set(application_ids)
    return tuple(
        x for x in plan.excluded if x.kind != "application" or dict(x.facts).get("application", "") not in known
    )


def in_order(rows: Iterable[Excluded]) -> tuple[Excluded, ...]:
    """What is left out, in its written order: kind, rule, phase, zone, firm, facts."""
    return tuple(sorted(rows, key=lambda e: (KINDS.index(e.kind), e.rule, e.phase_id, e.zone_id, e.firm_id, e.facts)))


def settled(draft: Draft) -> Draft:
    """The draft with targets and value reckoned anew and marked as changed by hand: nothing is proven of it any more."""
    programme, plan = draft
    targets = reached(programme, plan.delegations, plan.participations)
    plan = plan.model_copy(
        update={"targets": targets, "status": "amended", "engine": ENGINE, "bound": None, "gap": None}
    )
    return Draft(programme, plan.model_copy(update={"value": plan_value(programme, plan)}))


def judged(draft: Draft) -> Draft:
    """The settled draft; raises Broken where it does not pass every rule."""
    made = settled(draft)
    violations = check(*made)
    if violations:
        raise Broken(made, violations)
    return made


def finished(before: Draft, made: Draft, act: Act) -> Draft:
    """What was made of the draft before, as the next one: judged, with its number, and with what was done by hand to the tables
    written in its programme. Raises Broken."""
    programme, plan = revised(judged(made), before.plan.revision + 1)
    told = with_hand(
        before.programme, programme, verb=act.verb, on=act.on, reason=act.reason, by=act.by, basis=act.basis
    )
    return Draft(told, plan)


def revised(draft: Draft, revision: int) -> Draft:
    """The draft as the next one: programme and plan carry its number."""
    settings = draft.programme.settings.model_copy(update={"revision": revision})
    return Draft(with_tables(draft.programme, settings=settings), draft.plan.model_copy(update={"revision": revision}))
