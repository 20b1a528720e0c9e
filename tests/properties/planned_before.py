"""Programmes that were planned before: some applications committed, some places settled, some fairs begun or moved."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Any

from fairplanner.domain.kinds import ApplicationState, Role, StandKind
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.settled import Settled, SettledTrip
from tests.properties.programmes import (
    a_programme_of_grants,
    a_programme_of_many_booths,
    a_ranked_programme,
    any_programme,
)

MAKERS = (any_programme, any_programme, a_ranked_programme, a_programme_of_many_booths, a_programme_of_grants)
BEFORE, BETWEEN = date(2024, 11, 1), date(2025, 3, 20)
"""The programme's date: before every fair, and when those abroad have begun."""

TRIPS = ("prov:abroad-1-1@0317-0320", "prov:abroad-1-1@0317-0319", "west:abroad-1-1@0317-0320")
"""Ids of delegations of the fair abroad, on its days of today or others."""


def a_programme_planned_before(seed: int) -> Programme:
    """A programme of the other makers with an earlier plan; not one that was ever solved, so that anything may collide."""
    random = Random(seed)  # noqa: S311 - drawn evenly, no secret
    made = random.choice(MAKERS)(seed)
    asked = tuple(_further(random, a) for a in made.applications)
    settled = tuple(_settled(random, made, a) for a in asked if random.random() < 0.6) + _guests(random, made)
    today = made.settings.model_copy(update={"as_of": random.choice((BEFORE, BEFORE, BETWEEN))})
    trips = tuple(_trip(random, name) for name in sorted(TRIPS) if random.random() < 0.5)
    changes: dict[str, Any] = {"settings": today, "applications": asked, "settled": settled, "settled_trips": trips}
    return Programme(**({name: getattr(made, name) for name in Programme.model_fields} | changes))


def _further(random: Random, a: Application) -> Application:
    """Some are committed, some out, most where they were."""
    return a.model_copy(update={"state": random.choice([a.state] * 6 + list(ApplicationState))})


def _guests(random: Random, programme: Programme) -> tuple[Settled, ...]:
    """A firm that was invited where it had not applied, at most."""
    asked = {(a.firm_id, a.phase_id) for a in programme.applications}
    free = [pair for pair in product(sorted(programme.firm), sorted(programme.phase)) if pair not in asked]
    chosen = random.sample(free, min(len(free), random.randint(0, 1)))
    return tuple(Settled(firm_id=f, phase_id=q, sponsor="prov", booths=1, people=2, invited=True) for f, q in chosen)


def _trip(random: Random, name: str) -> SettledTrip:
    return SettledTrip(
        delegation_id=name, sponsor=name.partition(":")[0], phases=("abroad-1-1",), people=random.randint(0, 4)
    )


def _settled(random: Random, programme: Programme, a: Application) -> Settled:
    """What an earlier plan may have given: mostly what is asked for still, at the fair's days of today or others."""
    phase, off = programme.phase[a.phase_id], timedelta(days=random.choice((0, 0, 0, 21)))
    known = phase.start is not None and phase.end is not None and random.random() < 0.9
    exhibits = a.role is Role.EXHIBIT
    return Settled(
        firm_id=a.firm_id, phase_id=a.phase_id, section_id=a.section_id, role=a.role,
        sponsor=random.choice(("prov", "prov", "east", "west")), stand=a.stand if exhibits else StandKind.NONE,
        booths=random.randint(max(1, a.least_booths), a.booths + 1) if exhibits else 0, people=random.randint(0, 3),
        first=phase.start + off if known and phase.start else None, last=phase.end + off if known and phase.end else None,
        subsidies=tuple(s for s in sorted([*programme.subsidy, "gone"]) if random.random() < 0.5),
    )  # fmt: skip
