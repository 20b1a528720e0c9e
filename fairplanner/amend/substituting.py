"""Somebody else goes instead: another firm, another number of people; never a name."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.amend.completing import complete
from fairplanner.amend.draft import Draft, finished, with_parts, with_tables
from fairplanner.amend.empty import emptied
from fairplanner.amend.find import (
    firm_of,
    nowhere,
    phases_of,
    places_of,
    refuse,
    rules_in_words,
    still_open,
)
from fairplanner.amend.promoting import Placed, admitted, breaks, next_in, place
from fairplanner.amend.withdrawing import decision, left
from fairplanner.amend.year import of_firm, reclaimed, shortened
from fairplanner.domain.amending import Act, Amended, Amendment, Passed
from fairplanner.domain.kinds import CostLine, DecisionKind, Role
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.rules.reckon.applications import is_open
from fairplanner.rules.reckon.lists import State, places_lists
from fairplanner.rules.reckon.money import other_costs


def by_firm(programme: Programme, plan: Plan, firm: str, where: str, other: str, act: Act) -> Amended:
    """The plan with another firm in the place of one that leaves: the next on the reserve list, or, where a post answers for
    it with a document, any that asked; then a decision that it goes is recorded.

    Raises UserError for what is not known, for a firm that did not ask for the phase or already goes, and where another is
    next; Broken where the new plan breaks a rule.
    """
    firm_id, other_id, phases = (
        firm_of(programme, firm),
        firm_of(programme, other, "--by-firm"),
        phases_of(programme, where),
    )
    gone = places_of(plan, firm_id, phases)
    if not gone:
        raise nowhere(plan, firm_id, where)
    open_ = still_open(programme, sorted({p.phase_id for p in gone}), act.on)
    gone = tuple(p for p in gone if p.phase_id in open_)
    before = Draft(programme, plan)
    draft = left(before, firm_id, open_, act)
    came: list[Participation] = []
    passed: list[Passed] = []
    for application in _asked(draft, other_id, gone, decided=act.is_decided):
        placed = _decided(draft, application, act) if act.is_decided else _in_turn(draft, application)
        draft, passed = admitted(placed.draft, [placed.place]), [*passed, *placed.passed]
        came.append(placed.place)
    after = finished(before, emptied(draft, gone, came, act), act)
    amendment = Amendment(act, open_, out=gone, came=tuple(came), passed=tuple(passed))
    return Amended(before, after, complete(before, after, amendment, firm_id, other_id))


def _asked(draft: Draft, firm_id: str, gone: Sequence[Participation], *, decided: bool) -> list[Application]:
    """The other firm's applications for the places that were left (same phase, section and role): those that wait on a reserve
    list, or with a decision all of them; UserError where there are none."""
    wanted = {(p.phase_id, p.section_id, p.role) for p in gone}
    own = [a for a in draft.programme.applications if a.firm_id == firm_id]
    fits = [a for a in own if (a.phase_id, a.section_id, a.role) in wanted]
    where = {"phase": gone[0].phase_id, "section": ", ".join(sorted({p.section_id or "-" for p in gone}))}
    if not fits:
        raise refuse("--by-firm", "amend-not-asked", firm_id, **where)
    if decided:
        there = {p.application_id for p in draft.plan.participations}
        free = [a for a in fits if a.application_id not in there]
    else:
        waiting = {x.application.application_id for found in places_lists(*draft) for x in found.of(State.WAITING)}
        free = [a for a in fits if a.application_id in waiting]
    if not free:
        raise refuse("--by-firm", "amend-not-waiting", firm_id, **where)
    return free


def _in_turn(draft: Draft, application: Application) -> Placed:
    """The place if the application is the next on its list that can take it; UserError with who is next where it is not."""
    known, other = breaks(draft), application.firm_id
    for found in places_lists(*draft):
        if any(x.application.application_id == application.application_id for x in found.of(State.WAITING)):
            placed, passed = next_in(draft, found, known, only=other)
            if placed is not None and placed.place.application_id == application.application_id:
                return placed
            if placed is not None:
                raise refuse(
                    "--by-firm", "amend-not-next", other, next=placed.place.firm_id, phase=application.phase_id
                )
            raise _cannot(application, passed[-1].rules)
    raise refuse(
        "--by-firm", "amend-not-waiting", other, phase=application.phase_id, section=application.section_id or "-"
    )


def _cannot(application: Application, rules: Sequence[str]) -> UserError:
    """The error of a firm in whose way rules stand."""
    told = rules_in_words("rules", rules)
    return refuse("--by-firm", "amend-cannot", application.firm_id, phase=application.phase_id, **told)


def _decided(draft: Draft, application: Application, act: Act) -> Placed:
    """The place by a decision of people, outside the order; UserError where even so a rule stands in the way."""
    row = decision(draft.programme, DecisionKind.MUST_GO, application.firm_id, application.phase_id, act)
    kept = [d for d in draft.programme.decisions if d.decision_id != row.decision_id]
    rows = tuple(sorted([*kept, row], key=lambda d: d.decision_id))
    draft = Draft(with_tables(draft.programme, decisions=rows), draft.plan)
    application = draft.programme.application[application.application_id]
    if not is_open(draft.programme, application):
        raise _cannot(application, ("asked-for",))
    tried = place(draft, application, breaks(draft))
    if isinstance(tried, Placed):
        return tried
    raise _cannot(application, tried)


def people(
    programme: Programme, plan: Plan, firm: str, where: str, number: int, act: Act, section: str = ""
) -> Amended:
    """The plan with another number of people of a firm at a phase: its costs, journeys and claims follow.

    Raises UserError where the firm has no place there or several (name the section), goes with so many already, or has too
    few booths for them; Broken where a rule is broken (its own money, people on the permit).
    """
    firm_id, phases = firm_of(programme, firm), phases_of(programme, where)
    places = [p for p in places_of(plan, firm_id, phases) if section in ("", p.section_id)]
    if not places:
        raise nowhere(plan, firm_id, where)
    still_open(programme, [p.phase_id for p in places], act.on)
    if len(places) > 1:
        told = ", ".join(f"{p.phase_id} {p.section_id or '-'}" for p in places)
        raise refuse("--section", "amend-several-places", firm_id, places=told)
    old = places[0]
    per_booth = programme.profile(old.phase_id).people_per_booth
    if old.role is Role.EXHIBIT and per_booth is not None and number > per_booth * old.booths:
        raise refuse("--people", "amend-people-many", str(number), most=per_booth * old.booths, booths=old.booths)
    if number == old.people:
        raise refuse("--people", "amend-people-same", str(number), firm=firm_id)
    before, new = Draft(programme, plan), _of_people(programme, old, number)
    after = finished(before, _with_people(before, old, new), act)
    amendment = Amendment(act, (old.phase_id,), differ=((old, new),))
    return Amended(before, after, complete(before, after, amendment, firm_id))


def _of_people(programme: Programme, old: Participation, number: int) -> Participation:
    costs = other_costs(programme, old.firm_id, old.phase_id, old.booths, number)
    other = tuple((CostLine(line).value, amount) for line, amount in costs.items() if amount)
    return old.model_copy(update={"people": number, "other_cost": other})


def _with_people(draft: Draft, old: Participation, new: Participation) -> Draft:
    programme, plan = draft
    rows = tuple(
        a.model_copy(update={"people": new.people}) if a.application_id == new.application_id else a
        for a in programme.applications
    )
    programme = with_tables(programme, applications=rows)
    plan = with_parts(plan, participations=[new if p is old else p for p in plan.participations])
    own = [j for j in plan.journeys if j.firm_id == new.firm_id]
    others = [j for j in plan.journeys if j.firm_id != new.firm_id]
    cut = shortened(programme, new.firm_id, of_firm(plan, new.firm_id), own)
    return reclaimed(Draft(programme, with_parts(plan, journeys=[*others, *cut])), new.firm_id)
