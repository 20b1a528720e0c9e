"""Whom a plan disturbs, counted."""

from __future__ import annotations

from fairplanner.domain.kinds import Status
from fairplanner.rules.reckon.disturbance import disturbed, rerouted, tally
from tests import builders as b
from tests.rules.plans import place, plan, standing_body


def test_people_are_counted_by_what_concerns_them() -> None:
    rows = (
        b.settled("f1", people=2), b.settled("f1", "expo-1-2", people=3), b.settled("f2", people=4),
        b.settled("f2", "abroad-1-1", people=5), b.settled("f3", people=6, subsidies=("half",)),
    )  # fmt: skip
    phases = tuple(
        q.model_copy(update={"status": Status.CANCELLED}) if q.fair_id == "abroad" else q
        for q in b.a_programme().phases
    )
    asked = tuple(
        b.application(f, q, booths=2) for f in ("f1", "f2", "f3") for q in ("expo-1-1", "expo-1-2", "abroad-1-1")
    )
    programme = b.a_programme(settled=rows, phases=phases, applications=asked)
    made = plan(
        programme, standing_body(), place("f1", booths=2), place("f2"), place("f3"), place("f3", "expo-1-2", people=7)
    )
    found = tally(b.a_programme(**{n: getattr(programme, n) for n in type(programme).model_fields}), made)
    assert dict(found.concerned) == {"cancelled": 5}
    assert (found.people, found.others, found.lost, found.changed, found.unclaimed, found.new) == (20, 15, 3, 2, 6, 7)


def test_who_asks_for_something_else_or_keeps_all_is_not_disturbed() -> None:
    programme = b.a_programme(settled=(b.settled("f1"), b.settled("f2", stand="raw")))
    assert disturbed(programme, plan(programme, place("f1"))) == ()


def test_a_party_on_other_days_is_rerouted() -> None:
    programme = b.a_programme(settled_trips=(b.settled_trip(),))
    assert rerouted(programme, plan(programme)) == programme.settled_trips
    assert tally(programme, plan(programme)).parties == 1
