"""Who stands in which published order."""

from __future__ import annotations

from typing import Any

from fairplanner.domain.kinds import Role
from fairplanner.rules.reckon.orders import orders
from tests import builders as b


def firms_in(**tables: Any) -> dict[tuple[str, str, str], list[str]]:
    return {name: [a.firm_id for a in queue] for name, queue in orders(b.a_programme(**tables)).items()}


def test_the_best_placed_of_each_phase_section_and_quota_zone_comes_first() -> None:
    asked = tuple(b.application(f, score=score) for f, score in {"f1": 70.0, "f2": 90.0, "f3": 80.0}.items())
    assert firms_in(applications=asked, quotas=()) == {("expo-1-1", "", "prov"): ["f2", "f3", "f1"]}
    quotas = (b.quota(zone_id="east"), b.quota())
    apart = {("expo-1-1", "", "east"): ["f2", "f1"], ("expo-1-1", "", "prov"): ["f3"]}
    assert firms_in(applications=asked, quotas=quotas) == apart


def test_visitors_and_applications_that_nothing_can_come_of_are_in_no_order() -> None:
    asked = (b.application("f1", role=Role.VISIT), b.application("f2", wish="refuses"), b.application("f3"))
    assert firms_in(applications=asked, quotas=()) == {("expo-1-1", "", "prov"): ["f3"]}


def test_where_places_are_optimised_there_is_no_order() -> None:
    assert firms_in(choices=(b.choice("expo", policy="optimise"), b.choice("abroad", policy="optimise"))) == {}
