"""How many firms a delegation has."""

from __future__ import annotations

from fairplanner.rules.delegation_size import DelegationSize
from tests import builders as b
from tests.rules.plans import broken, delegation, place, standing_body

RULE = DelegationSize()


def firms(*names: str) -> list[object]:
    return [place(name, "abroad-1-1") for name in names]


def test_enough_firms_are_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(), *firms("f1", "f2")) == []


def test_too_few_firms_are_broken_by_what_is_missing() -> None:
    assert broken(RULE, b.a_programme(), delegation()) == [("prov · abroad-1-1", 2)]


def test_a_firm_in_two_sections_counts_once() -> None:
    twice = (place("f1", "abroad-1-1", section_id="a"), place("f1", "abroad-1-1", section_id="b"))
    assert broken(RULE, b.a_programme(), delegation(), *twice) == [("prov · abroad-1-1", 1)]


def test_too_many_firms_are_broken_by_what_is_over() -> None:
    programme = b.a_programme(choices=(b.choice("abroad", least_firms=0, most_firms=2),))
    assert broken(RULE, programme, delegation(), *firms("f1", "f2", "f3")) == [("prov · abroad-1-1", 1)]


def test_a_standing_body_at_home_needs_no_firms() -> None:
    assert broken(RULE, b.a_programme(), standing_body()) == []
