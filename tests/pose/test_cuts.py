from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.packs import FirmTest, Limit, Subsidy
from fairplanner.domain.reference import Territory
from fairplanner.pose import pose
from fairplanner.rules.tables import Problem
from tests import builders as b

# Stands at 20,000 abroad and twice 10,000 at home; half is paid: 10,000 in March, 5,000 in each of two phases of April.
ALL = ("abroad-1-1", "expo-1-1", "expo-1-2")


def posed(
    *limits: Limit, subsidy: Subsidy | None = None, firms: tuple[str, ...] = ("f1",), **changes: object
) -> Problem:
    asked = tuple(b.application(f, q) for f in firms for q in ALL)
    alone = {"applications": asked, "choices": (b.choice("abroad", least_firms=0),)}
    return pose(b.packed(b.pack(subsidy or b.pack_subsidy(), limits=limits), **(alone | changes)))


def cuts(problem: Problem) -> dict[str, int]:
    """Most that can be cut in yuan, by firm and phase."""
    rows = problem.cuts
    return dict(zip(rows["firm"] + "/" + rows["phase"], rows["most"] // 100, strict=True))


def test_no_cell_can_be_cut_where_nothing_can_bind() -> None:
    assert len(posed(b.limit(20_000)).cuts) == 0
    assert len(posed().cuts) == 0


def test_only_cells_paid_after_a_limit_can_be_full_can_be_cut() -> None:
    assert cuts(posed(b.limit(17_000))) == {"f1/expo-1-2": 5_000}
    assert cuts(posed(b.limit(12_000))) == {"f1/expo-1-1": 5_000, "f1/expo-1-2": 5_000}


def test_a_limit_of_each_market_or_fair_counts_its_own_cells_only() -> None:
    assert cuts(posed(b.limit(9_000, each=("fair",)))) == {"f1/abroad-1-1": 10_000, "f1/expo-1-2": 5_000}
    assert cuts(posed(b.limit(9_000, each=("phase",)))) == {"f1/abroad-1-1": 10_000}


def test_what_was_paid_before_leaves_less() -> None:
    past = b.ledger_row(on=date(2025, 1, 20), amount=4_000, subsidy_id="pk.stand")
    assert cuts(posed(b.limit(20_000), ledger=(past,))) == {"f1/expo-1-2": 5_000}
    assert cuts(posed(b.limit(20_000), ledger=(past.model_copy(update={"on": date(2024, 12, 20)}),))) == {}


def test_connected_firms_share_a_limit() -> None:
    firms = tuple(b.firm(f, group="g") for f in ("f1", "f2"))
    shared = posed(b.limit(35_000, per="group"), firms=("f1", "f2"))
    assert cuts(shared) == {}
    asked = tuple(b.application(f, q) for f in ("f1", "f2") for q in ALL)
    programme = b.packed(
        b.pack(limits=(b.limit(35_000, per="group"),)),
        firms=firms,
        applications=asked,
        choices=(b.choice("abroad", least_firms=0),),
    )
    assert cuts(pose(programme)) == {"f2/expo-1-2": 5_000}


def test_a_limit_on_some_firms_only_binds_these() -> None:
    small = FirmTest(most_staff=50)
    assert cuts(posed(b.limit(12_000, firms=small))) == {}


def test_what_the_payer_may_cut_and_what_is_rounded_over_the_year_can_always_be_cut() -> None:
    assert cuts(posed(subsidy=b.pack_subsidy(entitled="up-to"))) == {
        "f1/abroad-1-1": 10_000, "f1/expo-1-1": 5_000, "f1/expo-1-2": 5_000,
    }  # fmt: skip
    assert cuts(posed(subsidy=b.pack_subsidy(round_at="year", round_to=Decimal(1_000)))) == {"f1/": 20_000}


def test_a_cell_can_lose_the_best_of_each_application_and_ids_name_subsidy_firm_and_phase() -> None:
    two = (b.application("f1", "expo-1-1", section_id="expo-tea", booths=2), b.application("f1", "expo-1-1"))
    subsidy = b.pack_subsidy(turns=(Decimal("0.5"), Decimal("0.2")))
    problem = posed(
        b.limit(9_000, each=("phase",)), subsidy=subsidy, applications=two, quotas=(), sections=(b.section(),)
    )
    assert cuts(problem) == {"f1/expo-1-1": 15_000}
    assert list(problem.cuts["cut"]) == ["pk.stand · f1 · expo-1-1"]
    assert list(problem.cuts["gain"]) == [0]


def test_a_fen_cut_stays_in_the_fund_in_the_quarter_of_its_claims() -> None:
    flows = posed(b.limit(12_000)).cashflows
    cut = flows[flows["table"] == "cuts"]
    assert (
        list(zip(cut["fund"], cut["line"], cut["quarter"], cut["amount"], strict=True))
        == [("trade", "stand", "2025Q2", -1)] * 2
    )


def test_two_sections_in_hong_kong_share_the_lower_cap_of_one_phase() -> None:
    base = b.a_programme()
    hong_kong = Territory(territory_id="HK", name_zh="香港", name_en="Hong Kong", **b.SAMPLE)
    programme = b.packed(
        b.pack(b.pack_subsidy(rate="0.9", cap_phase=8_000, hkmo_share="0.5")),
        phases=(b.phase("expo", 1, place_id="peak"),), quotas=(), targets=(),
        choices=(b.choice("expo", least_firms=0),),
        places=(*base.places, b.place("peak", 22.3, 114.2, "HK", "Asia/Hong_Kong")),
        territories=(*base.territories, hong_kong), sections=(b.section("expo-ore", sectors=()), b.section()),
        applications=tuple(b.application("f1", "expo-1-1", section_id=s) for s in ("expo-ore", "expo-tea")),
    )  # fmt: skip
    assert cuts(pose(programme)) == {"f1/expo-1-1": 8_000}
