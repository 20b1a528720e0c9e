"""The next on the published reserve order gets a free place (候补递补): never the best for the plan, always the next in turn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from fairplanner.amend.completing import complete
from fairplanner.amend.draft import Draft, finished, settled, with_parts, with_tables, without_reasons
from fairplanner.amend.empty import refilled
from fairplanner.amend.find import in_words, is_called, phase_of, refuse, still_open
from fairplanner.amend.passing import passed_over
from fairplanner.amend.year import of_firm, open_subsidies, reclaimed, ways_to
from fairplanner.domain.amending import Act, Amended, Amendment, Passed
from fairplanner.domain.kinds import ApplicationState, Policy, Role, StandKind
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules import check
from fairplanner.rules.reckon.applications import people, sponsors, stands
from fairplanner.rules.reckon.lists import PlacesList, State, places_lists
from fairplanner.rules.reckon.money import other_costs, stand_cost
from fairplanner.rules.reckon.orders import order_of, orders
from fairplanner.rules.reckon.score import score, score_parts
from fairplanner.rules.reckon.value import participation_value
from fairplanner.words import Words

Breaks = frozenset[tuple[str, str]]
"""Rule and label of each violation."""


class Placed(NamedTuple):
    """A draft with one more place, and who was passed over for it."""

    draft: Draft
    place: Participation
    passed: tuple[Passed, ...]


def promote(programme: Programme, plan: Plan, phase_id: str, act: Act, section: str = "", zone: str = "") -> Amended:
    """The plan with the next on the reserve list of a phase (and section, and quota zone) in the place that is free.

    Who cannot take it is passed over, with the rules that stand in the way. Raises UserError where no place goes in a
    published order there, several lists are meant, nobody waits, or nobody who waits can take a place.
    """
    phase_id = phase_of(programme, phase_id)
    still_open(programme, (phase_id,), act.on)
    draft = Draft(programme, plan)
    found = list_of(draft, phase_id, section, zone)
    placed, passed = next_in(draft, found, frozenset())
    if placed is None:
        raise nobody(programme, found, passed)
    made = refilled(admitted(placed.draft, [placed.place]), placed.place)
    after = finished(draft, made, act)
    amendment = Amendment(act, (phase_id,), came=(placed.place,), passed=placed.passed)
    return Amended(draft, after, complete(draft, after, amendment, placed.place.firm_id))


def list_of(draft: Draft, phase_id: str, section: str = "", zone: str = "") -> PlacesList:
    """The one reserve list that is meant; raises UserError where there is none, or more than one with somebody waiting."""
    if draft.programme.policy(phase_id) is Policy.OPTIMISE:
        raise refuse("PHASE", "amend-no-order", phase_id)
    lists = [x for x in places_lists(*draft) if x.phase_id == phase_id and _is_meant(draft.programme, x, section, zone)]
    waiting = [x for x in lists if x.of(State.WAITING)]
    if not lists:
        raise refuse("PHASE", "amend-no-list", phase_id, section=section or "-", zone=zone or "-")
    if not waiting:
        raise refuse("PHASE", "amend-nobody-waits", phase_id, section=section or "-", zone=zone or "-")
    if len(waiting) > 1:
        told = in_words("lists", lambda w: w("amend.stop").join(_list_in_words(draft.programme, x, w) for x in waiting))
        raise refuse("--section", "amend-several-lists", phase_id, **told)
    return waiting[0]


def _is_meant(programme: Programme, x: PlacesList, section: str, zone: str) -> bool:
    """Whether a list is of the section and the zone, each by its id or name; of any where none is said."""
    row = programme.section.get(x.section_id)
    here = not section or (is_called(row, x.section_id, section) if row else section == "-")
    return here and (not zone or is_called(programme.zone[x.zone_id], x.zone_id, zone))


def _list_in_words(programme: Programme, x: PlacesList, w: Words) -> str:
    row = programme.section.get(x.section_id)
    name = w.name(row) if row else w("giving.no_section")
    facts = {"zone": w.name(programme.zone[x.zone_id]), "section_id": x.section_id or "-", "zone_id": x.zone_id}
    return w("amend.list_of", section=name, waiting=len(x.of(State.WAITING)), **facts)


def nobody(programme: Programme, found: PlacesList, passed: Sequence[Passed]) -> Exception:
    """The error where nobody who waits can take a place: all booths are given, or each has something in the way."""
    full = found.available is not None and found.booths >= found.available
    facts = {"given": found.booths, "available": "-" if found.available is None else found.available}
    where = {"section": found.section_id or "-", "zone": found.zone_id}
    told = in_words("told", lambda w: w("amend.stop").join(_told(programme, x, w) for x in passed))
    return refuse("PHASE", "amend-full" if full else "amend-nobody-can", found.phase_id, **told, **facts, **where)


def _told(programme: Programme, x: Passed, w: Words) -> str:
    firm = w.name(programme.firm[programme.application[x.application_id].firm_id])
    if not x.turn:
        key = f"amend.left.{x.rules[0].removeprefix('unplaced-')}"
        return w("amend.passed_out", firm=firm, why=w(key if key in w else "amend.left.other"))
    return x.in_words(firm, w)


def next_in(draft: Draft, found: PlacesList, known: Breaks, only: str = "") -> tuple[Placed | None, tuple[Passed, ...]]:
    """The first on the reserve list whose place breaks nothing but what is broken already (`known`), and who was passed over.

    `only`: stops where somebody but this firm could take the place.
    """
    passed: list[Passed] = []
    for line in (x for x in found.lines if x.state is not State.PLACED):
        if line.state is State.OUT:
            passed.append(Passed(line.application.application_id, 0, (line.reason,)))
            continue
        tried = place(draft, line.application, known)
        if isinstance(tried, Placed):
            return tried._replace(passed=tuple(passed)), tuple(passed)
        passed.append(passed_over(draft, found, line, tried))
        if only and line.application.firm_id == only:
            break
    return None, tuple(passed)


def breaks(draft: Draft) -> Breaks:
    """What a draft breaks once it is settled."""
    return frozenset((v.rule, v.label) for v in check(*settled(draft)))


def place(draft: Draft, application: Application, known: Breaks) -> Placed | tuple[str, ...]:
    """The draft with a place for an application, as many booths as can be given, with the nearest zone that goes there; else
    the rules that stand in the way of the least that it accepts."""
    hosts = {(d.sponsor, s.phase_id) for d in draft.plan.delegations for s in d.stops}
    zone_id = draft.programme.firm[application.firm_id].zone_id
    able = [
        z for z in sponsors(draft.programme, zone_id, application.recommended_by) if (z, application.phase_id) in hosts
    ]
    numbers = stands(draft.programme, application)
    if not able or not numbers:
        return ("hosting",) if not able else ("allotment",)
    best: list[str] | None = None
    for booths in reversed(numbers):
        for sponsor in able:
            for tried, p in _tries(draft, application, sponsor, booths):
                new = sorted({rule for rule, label in breaks(tried) - known})
                if not new:
                    return Placed(_with_claims(tried, p, known), p, ())
                best = new if best is None or len(new) <= len(best) else best
    return tuple(best or ("firm-teams",))


def _tries(draft: Draft, a: Application, sponsor: str, booths: int) -> Iterator[tuple[Draft, Participation]]:
    """The draft with the place, in each way in which the firm can come there."""
    programme, plan = draft
    p = participation(programme, a, sponsor, booths)
    own = [*of_firm(plan, a.firm_id), p]
    others = [j for j in plan.journeys if j.firm_id != a.firm_id]
    mine = [j for j in plan.journeys if j.firm_id == a.firm_id]
    left_out = without_reasons(plan, [a.application_id])
    for journeys in ways_to(programme, a.firm_id, a.phase_id, own, mine):
        made = with_parts(
            plan, participations=[*plan.participations, p], journeys=[*others, *journeys], excluded=left_out
        )
        yield reclaimed(Draft(programme, made), a.firm_id), p


def participation(programme: Programme, a: Application, sponsor: str, booths: int) -> Participation:
    """The place as rules `plan-value` and `asked-for` reckon it."""
    points, team = score(programme, a), people(programme, a, booths)
    stand = a.stand if a.role is Role.EXHIBIT else StandKind.NONE
    queue = orders(programme).get(order_of(programme, a), [])
    ids = [x.application_id for x in queue]
    return Participation(
        participation_id=f"{a.application_id}@{sponsor}#{booths}", application_id=a.application_id, firm_id=a.firm_id,
        phase_id=a.phase_id, section_id=a.section_id, sponsor=sponsor, role=a.role, stand=stand, booths=booths, people=team,
        value=participation_value(programme, points, booths), score=points, parts=tuple(score_parts(programme, a).items()),
        rank=1 + ids.index(a.application_id) if a.application_id in ids else 0,
        stand_cost=stand_cost(programme, a.phase_id, stand, booths),
        other_cost=tuple((x.value, amount) for x, amount in other_costs(programme, a.firm_id, a.phase_id, booths, team).items() if amount),
    )  # fmt: skip


def _with_claims(draft: Draft, p: Participation, known: Breaks) -> Draft:
    """The draft with each subsidy that means the place and breaks no rule, in order of id."""
    for subsidy_id in open_subsidies(draft.programme, p):
        tried = reclaimed(draft, p.firm_id, [(subsidy_id, p)])
        if breaks(tried) <= known:
            draft = tried
    return draft


def admitted(draft: Draft, came: Collection[Participation]) -> Draft:
    """The draft in which the applications of those who came are marked as admitted."""
    ids = {p.application_id for p in came}
    rows = tuple(
        a.model_copy(update={"state": ApplicationState.ADMITTED}) if a.application_id in ids else a
        for a in draft.programme.applications
    )
    return Draft(with_tables(draft.programme, applications=rows), draft.plan)


def fill(draft: Draft, left: Sequence[Participation]) -> tuple[Draft, tuple[Participation, ...], tuple[Passed, ...]]:
    """The draft with the places that were left given down their reserve lists, as many booths as were left in each section,
    as far as anybody can take them; then those who came and those who were passed over."""
    came: list[Participation] = []
    passed: dict[str, Passed] = {}
    for phase_id, section_id in dict.fromkeys((p.phase_id, p.section_id) for p in left if p.booths):
        free = sum(p.booths for p in left if (p.phase_id, p.section_id) == (phase_id, section_id))
        while free > 0:
            placed = _next_of(draft, phase_id, section_id, free, passed)
            if placed is None:
                break
            draft, free = admitted(placed.draft, [placed.place]), free - placed.place.booths
            came.append(placed.place)
    return (
        draft,
        tuple(came),
        tuple(x for x in passed.values() if x.application_id not in {p.application_id for p in came}),
    )


def _next_of(draft: Draft, phase_id: str, section_id: str, free: int, passed: dict[str, Passed]) -> Placed | None:
    known = breaks(draft)
    for found in places_lists(*settled(draft)):
        if (found.phase_id, found.section_id) == (phase_id, section_id):
            placed, over = next_in(draft, found, known)
            passed |= {x.application_id: x for x in over}
            if placed is not None and placed.place.booths <= free:
                return placed
    return None
