"""An earlier plan as rows of the table `settled`."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.settled import Settled, SettledTrip

DAY = timedelta(days=1)
Days = tuple[date | None, date | None]


def settled_of(plan: Plan, snapshot: Programme | None = None) -> tuple[Settled, ...]:
    """Every place of a plan with the subsidies claimed for it, sorted by firm, phase and section.

    Fair days are those of the programme that the plan was made from; without it, as far as the plan's own delegations
    tell them: a standing body at home is there while the fair is, an official party from the day before it opens.
    """
    claimed = _claimed(plan)
    days = _told(plan) if snapshot is None else {q.phase_id: (q.start, q.end) for q in snapshot.phases}
    rows = (
        Settled(
            firm_id=p.firm_id, phase_id=p.phase_id, section_id=p.section_id, sponsor=p.sponsor, role=p.role, stand=p.stand,
            booths=p.booths, people=p.people, first=first, last=last, invited=p.invited,
            subsidies=tuple(sorted(claimed[p.application_id])),
        )
        for p in plan.participations
        for first, last in (days.get(p.phase_id, (None, None)),)
    )  # fmt: skip
    # were a place there twice, the plan was broken; the table has one row for it
    return tuple(sorted({row.application_id: row for row in rows}.values(), key=_key))


def trips_of(plan: Plan) -> tuple[SettledTrip, ...]:
    """Every delegation of a plan in which somebody travels, sorted by id."""
    rows = (
        SettledTrip(
            delegation_id=d.delegation_id, sponsor=d.sponsor, phases=tuple(s.phase_id for s in d.stops),
            people=d.officials + len(d.posts), posts=d.posts,
        )
        for d in plan.delegations
        if d.officials or d.posts
    )  # fmt: skip
    return tuple(sorted({row.delegation_id: row for row in rows}.values(), key=lambda row: row.delegation_id))


def with_settled(programme: Programme, plan: Plan, snapshot: Programme | None = None) -> Programme:
    """The programme planned again from a plan, in place of any it was planned from before; `snapshot` as for `settled_of`."""
    return programme.model_copy(update={"settled": settled_of(plan, snapshot), "settled_trips": trips_of(plan)})


def _key(row: Settled) -> tuple[str, str, str]:
    return row.firm_id, row.phase_id, row.section_id


def _claimed(plan: Plan) -> dict[str, set[str]]:
    """Subsidies claimed for each application; one on a journey stands with the firm's first application for that phase."""
    places = {p.participation_id: p.application_id for p in plan.participations}
    there = {(p.firm_id, p.phase_id): p.application_id for p in reversed(plan.participations)}
    found: dict[str, set[str]] = defaultdict(set)
    for c in plan.claims:
        found[places.get(c.participation_id) or there.get((c.firm_id, c.phase_id), "")].add(c.subsidy_id)
    return found


def _told(plan: Plan) -> dict[str, Days]:
    stops = sorted(
        ((d.regime, s) for d in plan.delegations for s in d.stops), key=lambda x: (x[1].phase_id, x[1].arrive)
    )
    home = {s.phase_id: (s.arrive, s.leave) for regime, s in stops if regime is Regime.HOME}
    away: dict[str, Days] = {s.phase_id: (s.arrive + DAY, None) for _, s in stops}
    return away | home
