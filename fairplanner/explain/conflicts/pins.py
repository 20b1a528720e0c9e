"""What decisions and kept places ask for, and those that cannot be whatever else is planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Decision
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.away import permits
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.places import barred_firms, is_void
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import hosted


@dataclass(frozen=True)
class Precheck:
    """One finding: `kind` names its sentence, `facts` fill it (ids, whole numbers, money in fen, ISO dates).

    members: the limits and decisions that cannot all be kept; reasons: why what is decided about could not be posed;
    `is_fatal`: no plan can be, else it is worth a look.
    """

    kind: str
    members: tuple[Blame, ...]
    facts: tuple[tuple[str, str], ...] = ()
    is_fatal: bool = True
    reasons: tuple[Excluded, ...] = ()


@dataclass(frozen=True, order=True)
class Pin:
    """Somebody has a place at a phase: a firm, or a zone's delegation; `by`: the label that says so."""

    by: Blame
    who: str
    phase_id: str
    is_firm: bool


def told(**facts: object) -> tuple[tuple[str, str], ...]:
    """Facts as they are kept."""
    return tuple(sorted((name, str(value)) for name, value in facts.items()))


def standing(programme: Programme) -> list[Decision]:
    """Decisions that have not fallen away with their fair, in order of id."""
    return sorted((d for d in programme.decisions if not is_void(programme, d)), key=lambda d: d.decision_id)


def by_decision(decision: Decision) -> Blame:
    """The label of a decision."""
    return Blame("decisions", label(decision.decision_id))


@once
def pins_of(problem: Problem) -> tuple[Pin, ...]:
    """Every must-go and keep decision, and every place that is kept, in order."""
    programme = problem.programme
    decided = [d for d in standing(programme) if d.kind is not DecisionKind.MUST_NOT]
    made = [Pin(by_decision(d), d.firm_id or d.zone_id, d.phase_id, bool(d.firm_id)) for d in decided]
    for name in sorted(held(programme)):
        a = programme.application[name]
        made.append(Pin(Blame("kept", label(name)), a.firm_id, a.phase_id, is_firm=True))
    return tuple(made)


@once
def sponsors_of(problem: Problem) -> dict[tuple[str, str], frozenset[str]]:
    """Zones with whose delegation a firm could have its place at a phase."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    places = problem.participations[["firm", "phase", "sponsor"]].drop_duplicates()
    for firm, phase, sponsor in places.itertuples(index=False, name=None):
        found[firm, phase].add(sponsor)
    return {key: frozenset(zones) for key, zones in found.items()}


def opposite(problem: Problem) -> Iterator[Precheck]:
    """One decision says go, another says do not go."""
    decided = standing(problem.programme)
    away = {(d.firm_id or d.zone_id, d.phase_id): d for d in decided if d.kind is DecisionKind.MUST_NOT}
    for d in decided:
        who = d.firm_id or d.zone_id
        other = away.get((who, d.phase_id))
        if other is not None and d.kind is not DecisionKind.MUST_NOT:
            members = tuple(sorted((by_decision(d), by_decision(other))))
            facts = told(go=d.decision_id, stay=other.decision_id, who=who, phase=d.phase_id)
            yield Precheck("opposite", members, facts)


def permitted(problem: Problem) -> Iterator[Precheck]:
    """A permit says that a zone's party goes, a decision keeps the zone away from one of its fairs."""
    away = [d for d in standing(problem.programme) if d.kind is DecisionKind.MUST_NOT and d.zone_id]
    for a in permits(problem.programme):
        for d in away:
            if d.zone_id == a.zone_id and d.phase_id in a.phases:
                members = tuple(sorted((Blame("approvals", label(a.approval_id)), by_decision(d))))
                facts = told(number=a.number, stay=d.decision_id, zone=a.zone_id, phase=d.phase_id)
                yield Precheck("permit-kept-away", members, facts)


def barred(problem: Problem) -> Iterator[Precheck]:
    """Whoever must go, while decisions keep every zone away that could take it."""
    away = {d.zone_id: d for d in standing(problem.programme) if d.kind is DecisionKind.MUST_NOT and d.zone_id}
    no_way, zones = barred_firms(problem.programme), sponsors_of(problem)
    for pin in pins_of(problem):
        takers = zones.get((pin.who, pin.phase_id), frozenset()) if pin.is_firm else frozenset()
        if takers and all((zone, pin.phase_id) in no_way for zone in takers):
            bans = [
                d for d in standing(problem.programme) if (d.phase_id, d.kind) == (pin.phase_id, DecisionKind.MUST_NOT)
            ]
            named = [by_decision(d) for d in bans if d.zone_id in takers and d.zone_id in away]
            facts = told(who=pin.who, phase=pin.phase_id, zones=";".join(sorted(takers)))
            yield Precheck("barred", (*sorted((pin.by, *named)),), facts)


def impossible(problem: Problem) -> Iterator[Precheck]:
    """Whoever must go, where not one place or delegation could be posed; with the reasons."""
    stops = hosted(problem)[["sponsor", "phase"]].drop_duplicates()
    sent = set(stops.itertuples(index=False, name=None))
    for pin in pins_of(problem):
        there = (pin.who, pin.phase_id) in (sponsors_of(problem) if pin.is_firm else sent)
        if not there:
            reasons = tuple(e for e in problem.excluded if _speaks_of(problem.programme, e, pin))
            kind = "impossible-firm" if pin.is_firm else "impossible-zone"
            yield Precheck(kind, (pin.by,), told(who=pin.who, phase=pin.phase_id), reasons=reasons)


def _speaks_of(programme: Programme, excluded: Excluded, pin: Pin) -> bool:
    """Whether an exclusion is about this phase, and about this firm or zone, or about everybody."""
    if (
        excluded.phase_id != pin.phase_id
        or excluded.kind == "claim"
        or excluded.rule in ("price-unknown", "lodging-unknown")
    ):
        return False
    if excluded.firm_id:
        return pin.is_firm and excluded.firm_id == pin.who
    zone_id = programme.firm[pin.who].zone_id if pin.is_firm and pin.who in programme.firm else pin.who
    return not excluded.zone_id or excluded.zone_id in programme.zones_above(zone_id)
