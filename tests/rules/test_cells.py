"""Cells of claims, laid out in the order of payment."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.pose.posing import pose
from fairplanner.rules.cells import cells_of, claims_in_cells, paid_up_to, under_limits
from tests import builders as b


def test_cells_are_in_order_of_day_phase_firm_and_subsidy() -> None:
    problem = pose(b.packed(b.pack(b.pack_subsidy("a"), b.pack_subsidy("b", round_at="year"))))
    cells = cells_of(problem)
    found = list(zip(cells["phase"], cells["firm"], cells["subsidy"], strict=True))
    phases = ("abroad-1-1", "expo-1-1", "expo-1-2")
    assert found == [(q, f, "pk.a") for q in phases for f in ("f1", "f2", "f3")] + [
        ("", f, "pk.b") for f in ("f1", "f2", "f3")
    ]
    assert cells["cell"].tolist() == list(range(12))


def test_the_reach_of_a_cell_counts_one_place_an_application() -> None:
    asked = tuple(b.application("f1", booths=2, section_id=s) for s in ("expo-tea", "expo-ore"))
    sections = (b.section("expo-ore", sectors=()), b.section())
    problem = pose(b.packed(b.pack(), applications=asked, sections=sections, quotas=()))
    (cell,) = cells_of(problem).to_dict("records")
    assert cell["reach"] == 2 * 2 * 500_000
    assert len(claims_in_cells(problem)) == 2 * 2 * 2


def test_limits_are_laid_over_cells_only_where_they_can_bind() -> None:
    limits = (b.limit(20_000), b.limit(8_000, "phase", each=("phase",)))
    problem = pose(b.packed(b.pack(limits=limits)))
    under = under_limits(problem)
    assert set(under["key"]) == {f"pk.phase · {f} · abroad-1-1" for f in ("f1", "f2", "f3")}
    assert under["capacity"].tolist() == [800_000] * 3


def test_the_past_of_a_firm_is_taken_off_and_no_others() -> None:
    past = (b.ledger_row("f2", on=b.date(2025, 1, 10), amount=3_000, subsidy_id="pk.stand"),)
    problem = pose(b.packed(b.pack(limits=(b.limit(12_000),)), ledger=past))
    under = under_limits(problem).drop_duplicates("key")
    assert dict(zip(under["key"], under["capacity"], strict=True)) == {
        "pk.year · f1 · 2025": 1_200_000, "pk.year · f2 · 2025": 900_000, "pk.year · f3 · 2025": 1_200_000,
    }  # fmt: skip


def test_what_is_paid_up_to_a_cell_is_that_of_its_group_so_far() -> None:
    problem = pose(b.packed(b.pack(limits=(b.limit(12_000),))))
    claims, under = claims_in_cells(problem), under_limits(problem)
    second = under[(under["group"] == 0)].iloc[[1]].assign(row=0)
    taken, cut = paid_up_to(second, under, claims)
    assert set(problem.claims["phase"].iloc[taken["column"]]) == {"abroad-1-1", "expo-1-1"}
    assert problem.cuts["phase"].iloc[cut["column"]].tolist() == ["expo-1-1"]
    assert Decimal(int(taken["amount"].max())) == 1_000_000
