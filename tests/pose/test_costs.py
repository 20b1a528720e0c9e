from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fairplanner.domain import money as m
from fairplanner.domain.money import Cost
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from tests import builders as b


def posed(*costs: Cost, **changes: object) -> Problem:
    asked = b.application("f1", "abroad-1-1", booths=2, least_booths=2, people=3)
    alone = {"applications": (asked,), "choices": (b.choice("abroad", least_firms=0),), "costs": costs}
    return pose(b.a_programme(**(alone | changes)))


@pytest.mark.parametrize(("per", "yuan"), [("firm", 1_000), ("booth", 2_000), ("person", 3_000)])
def test_other_costs_are_a_price_for_each_firm_booth_or_person(per: str, yuan: int) -> None:
    rows = posed(b.cost("freight", per=per)).participations
    assert set(rows["freight"]) == {100 * yuan}
    assert set(rows["fitout"]) == set(rows["fees"]) == {0}


def test_the_most_specific_row_counts_the_firm_before_the_phase() -> None:
    every, phase = b.cost("fees", 1), b.cost("fees", 2, phase_id="abroad-1-1")
    firm, other = b.cost("fees", 3, firm_id="f1"), b.cost("fees", 4, firm_id="f2", phase_id="abroad-1-1")
    both = b.cost("fees", 5, firm_id="f1", phase_id="abroad-1-1")
    found = [
        set(posed(*costs).participations["fees"])
        for costs in ((every,), (every, phase), (phase, firm, other), (firm, both))
    ]
    assert found == [{100}, {200}, {300}, {500}]


def test_amounts_in_other_currencies_are_converted_to_whole_fen_before_they_are_multiplied() -> None:
    rate = m.Rate(currency="USD", rate=Decimal("7.1234"), on=date(2025, 1, 1), **b.SAMPLE)
    problem = posed(b.cost("fitout", 1, per="booth", currency="USD"), rates=(rate,))
    assert set(problem.participations["fitout"]) == {1424}


def test_all_costs_take_points_and_count_against_the_firms_own_money() -> None:
    free, dear = posed().participations, posed(b.cost("fitout", 5_000)).participations
    lost = 5_000_00 * round(1000 * b.settings().value.cost_per_1000) // 100_000
    assert list(free["gain"] - dear["gain"]) == [lost] * len(free)
    poor = (b.firm("f1", own_money=Decimal(42_000)),)
    assert len(posed(subsidies=(), firms=poor).participations) > 0
    refused = posed(b.cost("fitout", 5_000), subsidies=(), firms=poor)
    assert len(refused.participations) == 0
    assert [dict(e.facts)["cost"] for e in refused.excluded if e.rule == "own-money"] == ["45000.00"]
