"""What is known of a city: its own rows before its country's, and what holds abroad holds in no region of China."""

from __future__ import annotations

import pytest

from fairplanner.domain import reference as r
from fairplanner.domain.programme import Programme
from tests import builders as b

EVERYWHERE = b.local_fact("help", "consular")
OF_SINGAPORE = b.local_fact("sg", "plug", territory_id="SG")
OF_THE_CITY = b.local_fact("lion-2", "plug", place_id="lion"), b.local_fact("lion-1", "plug", place_id="lion")


def a_programme(*facts: r.LocalFact) -> Programme:
    base = b.a_programme()
    hk = r.Territory(territory_id="HK", name_zh="中国香港", name_en="Hong Kong, China", **b.SAMPLE)
    places = (*base.places, b.place("peak", 22.3, 114.2, "HK", "Asia/Hong_Kong"))
    return b.a_programme(territories=(*base.territories, hk), places=places, local_facts=facts)


def found(programme: Programme, place_id: str, topic: str) -> list[str]:
    return [f.fact_id for f in programme.local_facts_of(place_id, topic)]


def test_rows_of_the_city_stand_for_those_of_its_country() -> None:
    assert found(a_programme(OF_SINGAPORE, *OF_THE_CITY), "lion", "plug") == ["lion-2", "lion-1"]
    assert found(a_programme(OF_SINGAPORE), "lion", "plug") == ["sg"]
    assert found(a_programme(OF_SINGAPORE), "lion", "voltage") == []


@pytest.mark.parametrize(("place_id", "is_foreign"), [("lion", True), ("peak", False), ("harbour", False)])
def test_what_holds_in_every_foreign_country_holds_neither_at_home_nor_in_hong_kong(
    place_id: str, is_foreign: bool
) -> None:
    programme = a_programme(EVERYWHERE)
    assert programme.is_foreign(place_id) is is_foreign
    assert found(programme, place_id, "consular") == (["help"] if is_foreign else [])
