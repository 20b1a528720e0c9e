"""Another post leads or interprets (更换带队岗位): posts only, no names; one that cannot is told with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from fairplanner.amend.completing import complete
from fairplanner.amend.draft import Draft, finished
from fairplanner.amend.find import delegation_of, post_of, refuse, still_open
from fairplanner.domain.amending import Act, Amended, Amendment
from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.planning import Post
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.rules.reckon.away import overlap
from fairplanner.rules.reckon.staff import pool


def post(programme: Programme, plan: Plan, delegation: str, old: str, new: str, act: Act) -> Amended:
    """The plan with a post of a delegation replaced by another, each given by its id or its title.

    Raises UserError for a delegation or post that is not known or not named there, and where the new post has not the skill,
    serves another zone, is out with another delegation or may not leave on those days; Broken where another rule is broken.
    """
    d = delegation_of(plan, delegation)
    if d is None:
        led = _listed(x.delegation_id for x in plan.delegations if x.posts)
        raise refuse("DELEGATION", "amend-delegation-unknown", delegation, has=led)
    old_id = post_of(programme, old, d.posts)
    if old_id is None:
        raise refuse("--post", "amend-post-not-there", old, has=_listed(d.posts))
    skill = programme.post[old_id].skill if old_id in programme.post else ""
    alike = [p.post_id for p in programme.posts if p.skill == skill]
    new_id = post_of(programme, new, alike) or post_of(programme, new, programme.post)
    if new_id is None:
        raise refuse("--with", "amend-post-unknown", new, has=_listed(alike))
    if new_id in d.posts:
        raise refuse("--with", "amend-post-there", new_id)
    phases = tuple(s.phase_id for s in d.stops)
    still_open(programme, phases, act.on)
    if reason := _unfit(programme, plan, d, old_id, programme.post[new_id]):
        raise reason
    named = d.model_copy(update={"posts": tuple(new_id if x == old_id else x for x in d.posts)})
    before = Draft(programme, plan)
    made = plan.model_copy(update={"delegations": tuple(named if x is d else x for x in plan.delegations)})
    after = finished(before, Draft(programme, made), act)
    amendment = Amendment(act, phases, posts=((d.delegation_id, old_id, new_id),))
    return Amended(before, after, complete(before, after, amendment))


def _unfit(programme: Programme, plan: Plan, d: Delegation, old_id: str, new: Post) -> UserError | None:
    """Why a post cannot go in the place of another; None where nothing stands in the way."""
    was = programme.post.get(old_id)
    days = {"first": d.depart.isoformat(), "last": d.return_.isoformat()}
    if was is not None and new.skill != was.skill:
        return refuse("--with", "amend-post-skill", new.post_id, wanted=was.skill, skill=new.skill, old=old_id)
    if was is not None and pool(programme, d.sponsor, was.skill) != f"{new.zone_id}:{new.skill}":
        own = pool(programme, d.sponsor, was.skill).partition(":")[0] or d.sponsor
        return refuse("--with", "amend-post-zone", new.post_id, zone=new.zone_id, serves=own)
    for x in plan.delegations:
        if x is not d and new.post_id in x.posts and x.depart <= d.return_ and d.depart <= x.return_:
            out = {"out": x.depart.isoformat(), "back": x.return_.isoformat()}
            return refuse("--with", "amend-post-busy", new.post_id, delegation=x.delegation_id, **days, **out)
    for row in programme.blackouts:
        if row.binding and row.post_id == new.post_id and overlap(d.depart, d.return_, row):
            shut = {"out": row.first.isoformat(), "back": row.last.isoformat(), "reason": row.reason}
            return refuse("--with", "amend-post-shut", new.post_id, **days, **shut)
    return None


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "-"
