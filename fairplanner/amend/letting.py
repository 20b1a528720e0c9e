"""A firm comes in by name where no published order says who is next; and whether an alternate could come at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairplanner.amend.completing import complete
from fairplanner.amend.draft import Draft, finished
from fairplanner.amend.empty import refilled
from fairplanner.amend.find import firm_of, phase_of, refuse, rules_in_words, still_open
from fairplanner.amend.promoting import Placed, admitted, place, promote
from fairplanner.amend.withdrawing import withdraw
from fairplanner.domain.amending import Act, Amended, Amendment, Passed
from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Plan
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.rules.reckon.applications import open_stands

TRIED = 3
"""Firms in whose place an alternate is tried, the last in the order first."""


def let_in(programme: Programme, plan: Plan, phase_id: str, firm: str, act: Act, section: str = "") -> Amended:
    """The plan with a firm that applied at a fair whose places do not go in a published order.

    Raises UserError where they do, where the firm did not apply or has its place already, or where rules stand in its way.
    """
    phase_id, firm_id = phase_of(programme, phase_id), firm_of(programme, firm, "--firm")
    still_open(programme, (phase_id,), act.on)
    if programme.policy(phase_id) is not Policy.OPTIMISE:
        raise refuse("--firm", "amend-in-order", phase_id)
    asked = [a for a in asking(programme, plan, firm_id, phase_id) if section in ("", a.section_id)]
    if not asked:
        raise refuse("--firm", "amend-not-asking", firm_id, phase=phase_id)
    draft, in_way = Draft(programme, plan), set[str]()
    for a in asked:
        tried = place(draft, a, frozenset())
        if isinstance(tried, Placed):
            return _finished(draft, tried, act, phase_id, firm_id)
        in_way |= set(tried)
    raise refuse("--firm", "amend-cannot-come", firm_id, phase=phase_id, **rules_in_words("rules", sorted(in_way)))


def _finished(draft: Draft, placed: Placed, act: Act, phase_id: str, firm_id: str) -> Amended:
    made = refilled(admitted(placed.draft, [placed.place]), placed.place)
    after = finished(draft, made, act)
    return Amended(draft, after, complete(draft, after, Amendment(act, (phase_id,), came=(placed.place,)), firm_id))


def asking(programme: Programme, plan: Plan, firm_id: str, phase_id: str) -> list[Application]:
    """Open applications of a firm at a phase that have no place, in order of id."""
    given = {p.application_id for p in plan.participations}
    rows = programme.by_firm.asked.get((firm_id, phase_id), ())
    found = [a for a in rows if a.application_id not in given and open_stands(programme, a)]
    return sorted(found, key=lambda a: a.application_id)


@dataclass(frozen=True)
class Coming:
    """One who would come, tried with the very commands: its application, the firm in whose place ('' where one is free now), and who
    was passed over before it."""

    application_id: str
    leaver: str = ""
    passed: tuple[Passed, ...] = ()


def coming_in_order(
    programme: Programme, plan: Plan, found: tuple[str, str, str], leavers: Sequence[str], act: Act, most: int = 1
) -> tuple[Coming, ...]:
    """Who would come in the published order, one after the other: `found` is a list by phase, section and zone; where no place is
    free the first of `leavers` (firms) who can withdraws. Ends where nobody else can come."""
    made: list[Coming] = []
    draft, left = Draft(programme, plan), list(leavers)
    while len(made) < most:
        step = _next(draft, found, left, act)
        if step is None:
            break
        draft, one = step
        left = [x for x in left if x != one.leaver]
        made.append(one)
    return tuple(made)


def _next(draft: Draft, found: tuple[str, str, str], leavers: Sequence[str], act: Act) -> tuple[Draft, Coming] | None:
    phase_id, section, zone = found
    for leaver in ("", *leavers[:TRIED]):
        try:
            after = Draft(*withdraw(*draft, leaver, phase_id, act).after) if leaver else draft
            amended = promote(*after, phase_id, act, section or "-", zone)
        except UserError:
            continue
        came = amended.amendment.came[0].application_id
        return Draft(*amended.after), Coming(came, leaver, amended.amendment.passed)
    return None


def coming_by_name(
    programme: Programme, plan: Plan, application_id: str, leavers: Sequence[str], act: Act
) -> Coming | tuple[str, ...]:
    """Whether one can come where no order is published: now, or in place of one of these firms; else the rules in its way."""
    a = programme.application[application_id]
    rules: tuple[str, ...] = ()
    for leaver in ("", *leavers[:TRIED]):
        try:
            draft = Draft(programme, plan)
            after = Draft(*withdraw(*draft, leaver, a.phase_id, act).after) if leaver else draft
        except UserError:
            continue
        tried = place(after, a, frozenset())
        if isinstance(tried, Placed):
            return Coming(application_id, leaver)
        rules = tried
    return rules
