"""Alternates tried with the very commands that let them in: nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from fairplanner.errors import UserError

if TYPE_CHECKING:
    from fairplanner.amend import Coming
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.mishaps.alternates import Alternate, Reserve

List = tuple[str, str, str, str]
"""Phase, section and zone of a published list; where nothing is published: phase, section, '' and the application."""
Tried = Mapping[List, "Coming | tuple[str, ...]"]
"""Who would come, or the rules that stand in the way (none: nobody who waits could)."""

MOST_TRIED = 120
"""Lists that are tried without being asked for one by one: each takes a second on a programme of a province."""


def are_too_many(found: Sequence[Reserve]) -> bool:
    """Whether to try them all would take too long."""
    return len({key_of(x) for one in found for x in one.alternates}) > MOST_TRIED


def key_of(x: Alternate) -> List:
    """The list that an alternate is tried for."""
    return x.phase_id, x.section_id, x.zone_id, "" if x.is_ordered else x.application_id


def delegations_of(plan: Plan, asked: Sequence[str]) -> tuple[str, ...]:
    """Ids of the delegations that are meant, with or without their days; raises UserError with those that are near."""
    from difflib import get_close_matches

    from fairplanner.errors import Problem

    known = {d.delegation_id: d.delegation_id for d in plan.delegations} | {
        d.party_id: d.delegation_id for d in plan.delegations
    }
    problems = []
    for text in asked:
        if text not in known:
            near = get_close_matches(text, sorted(known), 1, 0.5)
            what, facts = ("risk-no-delegation-near", (("near", near[0]),)) if near else ("risk-no-delegation", ())
            problems.append(Problem("--delegation", 0, "", what, text, facts))
    if problems:
        raise UserError(problems)
    return tuple(known[text] for text in asked)


def tried(programme: Programme, plan: Plan, found: Sequence[Reserve], tell: Callable[[str], None]) -> Tried:
    """Each list of these delegations once: who comes when a place falls free."""
    from fairplanner.amend import coming_by_name, coming_in_order
    from fairplanner.domain.amending import Act

    wanted = {key_of(x): x for one in found for x in reversed(one.alternates)}
    made: dict[List, Coming | tuple[str, ...]] = {}
    act = Act("withdraw", programme.settings.as_of, "-")
    for n, (key, x) in enumerate(sorted(wanted.items()), 1):
        leavers = [p.firm_id for p in x.leavers]
        if x.is_ordered:
            coming = coming_in_order(programme, plan, key[:3], leavers, act)
            made[key] = coming[0] if coming else ()
        else:
            made[key] = coming_by_name(programme, plan, x.application_id, leavers, act)
        tell(f"{n}/{len(wanted)}")
    return made
