"""Facts of an answer: what a place gains and costs, what stood in the way by label, who has the places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base, base_of
from fairplanner.explain.reasons.why import why, why_delegation, why_zone
from fairplanner.pose import pose
from fairplanner.rules.reckon.value import gain
from fairplanner.solver import solve
from tests import builders as b
from tests.explain import planted


def based(programme: Programme) -> Base:
    return base_of(programme, solve(pose(programme), gap=0).plan)


@pytest.fixture(scope="module")
def in_order() -> Base:
    """Two booths in a published order for three firms."""
    return based(planted.two_booths_in_order())


def test_a_place_tells_its_score_its_cost_and_its_order(in_order: Base) -> None:
    answer = why(in_order, "f1", "expo-1-1")
    (asked,) = answer.asked
    place = next(p for p in in_order.plan.participations if p.application_id == "f1/expo-1-1/-")
    assert answer.is_in
    assert asked.is_placed
    assert asked.score == 90
    assert dict(asked.parts) == {"given": 90}
    assert asked.costs[0].line == "stand"
    assert asked.costs[0].amount == place.stand_cost
    assert asked.order is not None
    assert (asked.order.rank, asked.order.among, asked.order.places) == (1, 3, 2)
    assert asked.obstacles == ()
    assert asked.seats == ()


def test_who_is_beaten_in_an_order_is_told_the_limit_by_label_and_who_has_the_places(in_order: Base) -> None:
    answer = why(in_order, "f3", "expo-1-1")
    (asked,) = answer.asked
    assert not answer.is_in
    assert asked.reasons[0].rule == "unplaced-rank"
    assert [(o.by.rule, o.by.label, o.by.amount) for o in asked.obstacles] == [
        ("booth-quota", "expo-1-1 · * · prov · booths", 1)
    ]
    assert [x.firm_id for x in asked.seats] == ["f1", "f2"]
    (theirs,) = why(in_order, "f2", "expo-1-1").asked
    assert (
        asked.seats[1].value == theirs.points - theirs.spent
    )  # what the answer to the other firm says, journey and all


def test_the_smallest_place_that_it_could_have_had_is_costed(in_order: Base) -> None:
    (asked,) = why(in_order, "f3", "expo-1-1").asked
    assert {c.line: c.amount for c in asked.costs}["stand"] == Decimal(10_000)
    assert {c.line for c in asked.costs} == {"stand", "fare", "lodging"}
    assert asked.points == 70_000
    assert asked.spent > 0


def test_a_firm_that_did_not_apply_has_nothing_to_tell(in_order: Base) -> None:
    programme = b.a_programme(applications=(b.application("f1", "expo-1-1"),))
    answer = why(based(programme), "f2", "expo-1-1")
    assert answer.asked == ()
    assert not answer.is_in


def test_an_unknown_firm_is_an_error(in_order: Base) -> None:
    with pytest.raises(KeyError):
        why(in_order, "nobody", "expo-1-1")


def test_each_application_at_a_phase_is_answered() -> None:
    two = (b.application("f1", "expo-1-1", section_id="expo-tea"), b.application("f1", "expo-1-1"))
    base = based(b.a_programme(sections=(b.section(),), applications=two))
    assert [a.section_id for a in why(base, "f1", "expo-1-1").asked] == ["", "expo-tea"]


def test_a_zone_tells_who_of_its_firms_goes_and_with_whom(in_order: Base) -> None:
    answer = why_zone(in_order, "east", "expo-1-1")
    assert not answer.is_in
    assert [x.firm_id for x in answer.placed] == ["f1", "f2"]
    assert answer.carried_by == ("prov",)
    west = why_zone(in_order, "west", "expo-1-1")
    assert west.placed == ()
    assert [e.firm_id for e in west.unplaced] == ["f3"]
    assert why_zone(in_order, "prov", "expo-1-1").is_in


def test_a_delegation_tells_what_it_brings_and_takes(in_order: Base) -> None:
    found = next(d for d in in_order.plan.delegations if d.stops[0].phase_id == "abroad-1-1")
    answer = why_delegation(in_order, found.party_id)
    assert answer.party.delegation_id == found.delegation_id
    assert answer.party.spent == -gain(in_order.programme, found)
    assert {x.firm_id for x in answer.party.firms} == {"f1", "f2", "f3"}


def test_decisions_about_it_are_named() -> None:
    base = based(planted.loose(decisions=(b.decision(firm_id="f1"),)))
    assert why(base, "f1", "expo-1-1").decisions == ("d1",)
    assert why_zone(base, "prov", "expo-1-1").decisions == ("d1",)
