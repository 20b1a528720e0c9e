"""Which pools of posts a delegation needs; a pool is `zone:skill`, its posts serve the zone and all below."""

from __future__ import annotations

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered

LEADER = "leader"


def skills_needed(programme: Programme, delegation: Delegation) -> tuple[str, ...]:
    """`leader` where the profile of a stop asks for one, and `interpreter:…` for each language such stops need; none at home."""
    if delegation.regime is Regime.HOME:
        return ()
    led = [s.phase_id for s in delegation.stops if programme.profile(s.phase_id).needs_leader]
    territories = [programme.territory.get(programme.territory_of(q)) for q in led]
    languages = dict.fromkeys(t.interpreter for t in territories if t is not None and t.interpreter)
    return (*((LEADER,) if led else ()), *(f"interpreter:{language}" for language in languages))


@remembered
def pool(programme: Programme, zone_id: str, skill: str) -> str:
    """The pool that serves a zone: that of the nearest zone upwards with a post of the skill; '' if there is none."""
    having = {post.zone_id for post in programme.posts if post.skill == skill}
    return next((f"{zone}:{skill}" for zone in programme.zones_above(zone_id) if zone in having), "")


@remembered
def size(programme: Programme, name: str) -> int:
    """Posts in a pool."""
    return sum(f"{post.zone_id}:{post.skill}" == name for post in programme.posts)
