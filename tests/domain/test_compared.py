"""Two plans side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.compared import MoneyChange, compared, summed
from fairplanner.domain.plan import Stop
from tests import builders as b
from tests.rules.plans import claim, delegation, journey, place, plan, standing_body

PROGRAMME = b.a_programme()


def made(*parts: Any) -> Any:
    return plan(PROGRAMME, *parts)


def test_a_plan_does_not_differ_from_itself() -> None:
    same = made(standing_body(), delegation(), place(), journey(), claim())
    assert compared(same, same).is_none


def test_a_delegation_on_other_days_has_moved_and_is_still_the_same() -> None:
    later = delegation(depart=date(2025, 3, 18), delegation_id="other")
    (found,) = compared(made(delegation()), made(later)).parties
    assert (found.what, found.before.delegation_id, found.after.delegation_id) == ("moved", "prov:abroad-1-1", "other")


def test_a_delegation_that_drops_a_stop_is_the_same_otherwise() -> None:
    stop = Stop(phase_id="abroad-1-2", arrive=date(2025, 3, 20), leave=date(2025, 3, 21))
    longer = delegation(delegation_id="both", stops=(*delegation().stops, stop))
    (found,) = compared(made(longer), made(delegation())).parties
    assert found.what == "changed"
    other = delegation(sponsor="west", delegation_id="west")
    assert [x.what for x in compared(made(longer), made(other)).parties] == ["cancelled", "added"]


def test_another_leader_is_a_change_of_the_delegation() -> None:
    (found,) = compared(made(delegation()), made(delegation(posts=("lead-2",)))).parties
    assert found.what == "changed"


def test_places_are_added_cancelled_changed_or_moved() -> None:
    old = made(place("f1"), place("f2"), place("f3"), journey("f3"))
    new = made(place("f2", booths=2), place("f3"), journey("f3", depart=date(2025, 4, 12)), place("f1", "expo-1-2"))
    found = {x.either.application_id: x.what for x in compared(old, new).places}
    assert found == {
        "f1/expo-1-1/-": "cancelled",
        "f1/expo-1-2/-": "added",
        "f2/expo-1-1/-": "changed",
        "f3/expo-1-1/-": "moved",
    }


def test_other_people_of_a_firm_are_a_change_of_its_place() -> None:
    old = made(place("f1", people=4), place("f2", people=1), journey("f2"))
    new = made(place("f1", people=2), place("f2", people=2), journey("f2", depart=date(2025, 4, 12)))
    assert [(x.what, x.before.people, x.after.people) for x in compared(old, new).places] == [
        ("people", 4, 2),
        ("people", 1, 2),
    ]
    assert compared(old, made(place("f1", people=4, booths=2), *new.participations[1:], *new.journeys)).counts == {
        "parties": 0,
        "places": 2,
        "firms": 0,
    }


def test_the_fund_is_named_that_pays_another_sum_to_a_firm_that_keeps_its_place() -> None:
    old = made(place("f1"), claim("f1"), place("f2"), claim("f2"), place("f3"), claim("f3"))
    new = made(
        place("f1"), claim("f1", amount=4_000), place("f2", people=7), claim("f2", amount=1), place("f3"), claim("f3")
    )
    found = compared(old, new)
    assert sorted(found.firms) == ["f1", "f2"]
    assert found.shared == {"f1": ("trade",)}
    later = compared(made(*old.participations, *old.claims, journey("f1")), made(*new.participations, *new.claims))
    assert [x.what for x in later.places] == ["moved", "people"]
    assert later.shared == {"f1": ("trade",)}


def test_money_is_told_of_firms_zones_and_funds_only_where_it_differs() -> None:
    old, new = made(place("f1"), claim("f1"), delegation()), made(place("f1"), place("f2"), claim("f1", amount=4_000))
    found = compared(old, new)
    assert found.firms == {
        "f1": MoneyChange((Decimal(10_000), Decimal(10_000)), (Decimal(10_000), Decimal(4_000))),
        "f2": MoneyChange((Decimal(0), Decimal(10_000)), (Decimal(0), Decimal(0))),
    }
    assert found.sponsors == {"prov": (Decimal(9_000), Decimal(0))}
    assert found.funds == {"trade": (Decimal(10_000), Decimal(4_000)), "travel": (Decimal(9_000), Decimal(0))}
    assert summed(found.firms, lambda firm: "east") == {
        "east": MoneyChange((Decimal(10_000), Decimal(20_000)), (Decimal(10_000), Decimal(4_000)))
    }
