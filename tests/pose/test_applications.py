from __future__ import annotations

from datetime import date

import pytest

from fairplanner.domain.kinds import ApplicationState, Confidence, Role, Status, Wish
from fairplanner.domain.reference import Milestone
from fairplanner.pose import pose
from tests import builders as b

ONE = "f1/expo-1-1/-"


def reasons(**changes: object) -> dict[str, tuple[str, dict[str, str]]]:
    problem = pose(b.a_programme(**changes))
    told = {dict(e.facts)["application"]: e for e in problem.excluded if e.kind == "application"}
    return {application: (e.rule, dict(e.facts)) for application, e in told.items()}


def phase(**changes: object) -> dict[str, object]:
    return {"phases": (b.phase("expo", 1, **changes),), "applications": (b.application(),)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": None}, "undated"),
        ({"status": Status.CANCELLED}, "cancelled"),
        ({"start": date(2026, 4, 15), "end": date(2026, 4, 19)}, "window"),
        ({"place_id": ""}, "place"),
    ],
)
def test_a_phase_that_nobody_can_travel_to_excludes_its_applications(change: dict[str, object], reason: str) -> None:
    rule, facts = reasons(**phase(**change))[ONE]
    assert (rule, facts["reason"]) == ("travel-dates", reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"wish": Wish.REFUSES}, "refuses"),
        ({"state": ApplicationState.WITHDRAWN}, "withdrawn"),
        ({"role": Role.BUY}, "role"),
        ({"booths": 1, "least_booths": 2}, "booths"),
        ({"booths": 0, "least_booths": 0}, "booths"),
    ],
)
def test_what_was_not_asked_for_is_never_proposed(change: dict[str, object], reason: str) -> None:
    rule, facts = reasons(applications=(b.application(**change),))[ONE]
    assert (rule, facts["reason"]) == ("asked-for", reason)


def test_a_firm_whose_home_city_is_not_known_cannot_travel() -> None:
    zones = (b.zone("east", "prov", place_id=""), b.zone("prov", place_id=""), b.zone("west", "prov"))
    assert reasons(zones=zones, applications=(b.application(),))[ONE][1]["reason"] == "home"


@pytest.mark.parametrize(("received", "late"), [(date(2024, 10, 1), False), (date(2024, 10, 2), True), (None, True)])
def test_the_last_day_to_apply_is_still_in_time(received: date | None, late: bool) -> None:
    told = reasons(choices=(b.choice(closes=date(2024, 10, 1)),), applications=(b.application(received=received),))
    assert (told.get(ONE, ("",))[0] == "deadline") is late


def test_an_application_still_to_come_is_in_time_until_the_last_day_has_passed() -> None:
    assert ONE not in reasons(
        choices=(b.choice(closes=date(2024, 11, 1)),), applications=(b.application(received=None),)
    )


def test_an_admitted_application_is_never_late() -> None:
    admitted = b.application(state=ApplicationState.ADMITTED)
    assert ONE not in reasons(choices=(b.choice(closes=date(2024, 9, 1)),), applications=(admitted,))


def test_the_earliest_closing_milestone_counts_before_the_offices_own_date() -> None:
    said = {"what_zh": "截止", "what_en": "closes", "source": "tests", "confidence": Confidence.SAMPLE}
    closing = Milestone(milestone_id="m1", due=date(2024, 9, 15), phase_id="expo-1-1", closes=True, **said)
    other = Milestone(milestone_id="m2", due=date(2024, 9, 1), phase_id="expo-1-1", closes=False, **said)
    told = reasons(
        choices=(b.choice(closes=date(2024, 12, 1)),), milestones=(closing, other), applications=(b.application(),)
    )
    assert told[ONE] == ("deadline", {"application": ONE, "closes": "2024-09-15", "received": "2024-10-01"})


def test_undated_phases_of_the_window_are_listed() -> None:
    problem = pose(
        b.a_programme(phases=(b.phase("expo", 1), b.phase("expo", 2, start=None, end=None)), applications=())
    )
    assert [(e.kind, e.rule, e.phase_id, e.facts) for e in problem.excluded] == [
        ("phase", "travel-dates", "expo-1-2", (("reason", "undated"),))
    ]


def test_a_programme_without_applications_is_posed_empty() -> None:
    problem = pose(b.a_programme(applications=()))
    assert [len(problem.table(name)) for name in ("delegations", "journeys", "participations", "claims")] == [
        0,
        0,
        0,
        0,
    ]
