"""What a subsidy gives on one claim: each shape of published rules, worked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.packs import Bonus, FirmTest
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Territory
from fairplanner.rules.reckon.entitlement import Entitled, eligible_m2, entitled, most_entitled, rate_of
from tests import builders as b

D = Decimal
HK = {
    "territories": tuple(
        Territory(territory_id=t, name_zh=t, name_en=t, **b.SAMPLE) for t in ("CN", "HK")
    ),
    "places": (b.place("harbour", 23.1, 113.3), b.place("hills", 26.6, 106.7), b.place("lion", 22.3, 114.2, "HK", "Asia/Hong_Kong")),
    "markets": (),
    "fairs": (b.fair("abroad"), b.fair("expo")),
    "firms": tuple(b.firm(f, markets=()) for f in ("f1", "f2", "f3")),
}  # fmt: skip


def under(**changes: Any) -> Programme:
    return b.packed(b.pack(b.pack_subsidy(**changes)))


def claim(programme: Programme, price: int | str, booths: int = 1, phase_id: str = "expo-1-1", **more: Any) -> Entitled:
    """`price` of one booth; the other lines as named."""
    costs = {CostLine(line): D(more.pop(line)) for line in [x.value for x in CostLine] if line in more}
    given = {"firm_id": "f1", "people": 2} | more
    (subsidy,) = programme.subsidy.values()
    return entitled(
        programme,
        subsidy,
        phase_id=phase_id,
        booths=booths,
        costs={CostLine.STAND: D(price) * booths, **costs},
        **given,
    )


def test_beijing_2020_a_half_or_seven_tenths_in_emerging_markets_at_most_30000_a_booth() -> None:
    programme = under(rate="0.5", rate_emerging="0.7", cap_booth=30_000)
    assert claim(programme, 50_000, 2) == Entitled(D("50000.00"), (("base", D(100_000)), ("rate", D(50_000))))
    # 70 % of 50,000 is 35,000 a booth, cut to 30,000
    abroad = claim(programme, 50_000, 2, "abroad-1-1")
    assert abroad == Entitled(D(60_000), (("base", D(100_000)), ("rate", D(70_000)), ("cap-booth", D(60_000))))


def test_heilongjiang_2023_at_most_four_booths_of_5000() -> None:
    programme = under(rate="0.7", most_booths=4, cap_booth=5000, cap_phase=20_000)
    assert claim(programme, 10_000, 5).amount == 20_000
    assert claim(programme, 6000, 5).amount == 16_800  # 4 × 4,200
    assert eligible_m2(programme, programme.subsidy["pk.stand"], "expo-1-1", 5) == 36


def test_heilongjiang_2023_pays_the_fare_of_two_people_and_freight() -> None:
    fare = under(rate="0.7", lines=("fare",), most_people=2)
    # 9,000 for three people: two count, 6,000, of which 70 %
    assert claim(fare, 0, 0, fare=9000, people=3).amount == 4200
    assert claim(fare, 0, 0, fare=3000, people=1).amount == 2100
    freight = under(rate="0.7", lines=("freight",), cap_phase=10_000)
    assert claim(freight, 50_000, 1, freight=3000).amount == 2100
    assert claim(freight, 50_000, 1, freight=20_000).trace[-1] == ("cap-phase", D(10_000))


def test_jilin_2022_two_booths_in_full_from_the_third_half() -> None:
    programme = under(rate=1, booth_shares=(1, 1, "0.5"), cap_booth=50_000, cap_phase=150_000)
    assert claim(programme, 40_000, 4).amount == 120_000  # 40 + 40 + 20 + 20 thousand
    steps = claim(programme, 60_000, 4).trace  # 60 + 60 + 30 + 30, cut to 50 + 50 + 30 + 30, cut to 150
    assert steps == (
        ("base", D(240_000)), ("booth-shares", D(180_000)), ("rate", D(180_000)), ("cap-booth", D(160_000)),
        ("cap-phase", D(150_000)),
    )  # fmt: skip


def test_sichuan_2025_twenty_points_more_for_firms_that_grew_on_at_most_18_m2() -> None:
    bonus = (Bonus(of=FirmTest(tags=("trade-grew",)), rate=D("0.2")),)
    firms = (b.firm("f1"), b.firm("f2", tags=("trade-grew",)), b.firm("f3", "west"))
    pack = b.pack(b.pack_subsidy(rate="0.6", bonus=bonus, most_m2=18, cap_phase=100_000))
    programme = b.packed(pack, firms=firms)
    # three booths of 30,000: two count
    assert claim(programme, 30_000, 3).amount == 36_000
    assert claim(programme, 30_000, 3, firm_id="f2").amount == 48_000
    assert claim(programme, 70_000, 3, firm_id="f2").amount == 100_000


def test_a_bonus_never_pays_more_than_everything() -> None:
    sure = tuple(Bonus(of=FirmTest(), rate=D("0.3")) for _ in range(3))
    assert claim(under(rate="0.6", bonus=sure), 1000).amount == 1000


def test_a_booth_counts_in_part_where_the_area_ends_within_it() -> None:
    # 15 m² are one booth and six ninths: 30,000 + 20,000, of which a half; the cap of 12,000 a booth in the same parts
    assert claim(under(most_m2=15), 30_000, 2).amount == 25_000
    assert claim(under(most_m2=15, cap_booth=12_000), 30_000, 2).amount == 20_000


def test_jiangsu_2024_so_much_a_square_metre_up_to_the_fairs_area() -> None:
    programme = under(rate=1, cap_m2=4000, fair_m2={"expo": 20})
    # 27 m² at 45,000 a booth: 20 m² cost 100,000, at most 80,000
    assert claim(programme, 45_000, 3) == Entitled(
        D(80_000), (("base", D(135_000)), ("eligible", D(100_000)), ("rate", D(100_000)), ("cap-m2", D(80_000)))
    )
    assert claim(programme, 45_000, 3, "abroad-1-1").amount == 108_000  # no annex for it: 27 m²


def test_changzhou_2019_20000_for_the_first_booth_and_10000_for_each_further() -> None:
    programme = under(cap_by_booths=(20_000, 10_000))
    assert claim(programme, 50_000, 3).trace[-1] == ("cap-by-booths", D(40_000))
    assert claim(programme, 12_000, 2).amount == 12_000


def test_the_cap_that_binds_last_is_told_last_and_the_smallest_counts() -> None:
    programme = under(rate=1, cap_booth=5000, cap_by_booths=(6000, 3000), cap_m2=400)
    # two booths of 10,000: 10,000 by booth, 9,000 by number, 7,200 by area
    assert [step for step, _ in claim(programme, 10_000, 2).trace[2:]] == ["cap-booth", "cap-by-booths", "cap-m2"]
    assert claim(programme, 10_000, 2).amount == 7200


def test_shenzhen_2021_rounds_down_and_pays_nothing_small() -> None:
    programme = under(round_to=100, least=500)
    assert claim(programme, "12345").trace[-1] == ("rounded", D(6100))
    assert claim(programme, 900) == Entitled(
        D(0), (("base", D(900)), ("rate", D(450)), ("rounded", D(400)), ("least", D(0)))
    )
    assert claim(programme, 1000).amount == 500


def test_amounts_are_rounded_by_line_or_by_fair_as_the_pack_says() -> None:
    parts: dict[str, Any] = {"lines": ("stand", "freight"), "round_to": 100}
    assert claim(under(**parts), 3333, freight=3333).amount == 3300
    assert claim(under(**parts, round_at="line"), 3333, freight=3333).amount == 3200
    # half a fen a line goes up on its own: 16.665 + 16.665
    cents: dict[str, Any] = {"lines": ("stand", "freight")}
    assert claim(under(**cents), "33.33", freight="33.33").amount == D("33.33")
    assert claim(under(**cents, round_at="line"), "33.33", freight="33.33").amount == D("33.34")


def test_a_subsidy_rounded_over_the_year_leaves_its_claims_alone() -> None:
    programme = under(round_to=1000, least=5000, round_at="year")
    assert claim(programme, "2469.33").amount == D("1234.67")


def test_germany_the_rate_falls_with_the_turn_and_the_last_step_repeats() -> None:
    programme = under(turns=("0.6", "0.6", "0.5"), cap_phase=7500)
    assert [claim(programme, 10_000, turn=t).amount for t in (1, 2, 3, 4)] == [6000, 6000, 5000, 5000]
    assert claim(programme, 20_000, turn=3).amount == 7500


def test_germany_pays_nothing_where_its_lines_cost_less_than_500() -> None:
    programme = under(lines=("stand", "fitout"), least_cost=500)
    assert claim(programme, 499).trace[-1] == ("least-cost", D(0))
    assert claim(programme, 499, fitout=1).amount == 250
    fares = under(lines=("fare",), least_cost=500)
    assert claim(fares, 0, 0, fare=1000, phases=2).amount == 250
    assert claim(fares, 0, 0, fare=998, phases=2).amount == 0


def test_bavaria_the_payer_chooses_from_a_menu() -> None:
    programme = under(menu=("0.45", "0.3"))
    assert [claim(programme, 10_000, level=n).amount for n in (1, 2)] == [4500, 3000]
    assert claim(programme, 10_000, level=1, booths=2).amount == 9000


def test_in_hong_kong_and_macao_rate_and_caps_are_a_share() -> None:
    pack = b.pack(b.pack_subsidy(rate="0.5", cap_booth=30_000, hkmo_share="0.6"))
    programme = b.packed(pack, **HK)
    assert rate_of(programme, programme.subsidy["pk.stand"], "f1", "abroad-1-1") == D("0.30")
    assert claim(programme, 50_000, 2, "abroad-1-1").amount == 30_000
    assert claim(programme, 80_000, 2, "abroad-1-1").trace[-1] == ("cap-booth", D(36_000))
    assert claim(programme, 80_000, 2).amount == 60_000  # at home in full


@pytest.mark.parametrize(
    ("caps", "amount"),
    [
        ({"cap_by_booths": (10_000, 5000)}, 9000),
        ({"cap_m2": 1000}, 10_800),
        ({"cap_phase": 11_111}, D("6666.60")),
    ],
)
def test_every_cap_is_a_share_in_hong_kong(caps: dict[str, Any], amount: Decimal) -> None:
    programme = b.packed(b.pack(b.pack_subsidy(rate=1, hkmo_share="0.6", **caps)), **HK)
    assert claim(programme, 80_000, 2, "abroad-1-1").amount == amount


def test_india_an_airfare_has_a_cap_a_person_and_each_phase_its_share() -> None:
    programme = under(rate="0.7", lines=("fare", "lodging"), most_people=2, cap_person=9000)
    # four people, 40,000 fare and 16,000 lodging over two phases: two people and one phase are 14,000
    one = claim(programme, 0, 0, fare=40_000, lodging=16_000, people=4, phases=2)
    assert one == Entitled(D(9800), (("base", D(28_000)), ("people", D(14_000)), ("rate", D(9800))))
    dear = claim(programme, 0, 0, fare=120_000, lodging=0, people=4, phases=2)
    assert dear.trace[2:] == (("rate", D(21_000)), ("cap-person", D(18_000)))


def test_a_line_that_is_not_meant_is_not_paid() -> None:
    assert claim(under(), 1000, freight=9999).amount == 500
    assert claim(under(lines=("fees", "freight")), 1000, freight=100, fees=60).amount == 80


def test_a_stand_below_the_least_area_gets_nothing_at_all() -> None:
    programme = under(lines=("stand", "freight"), least_m2=18)
    assert claim(programme, 1000, 1, freight=500) == Entitled(
        D(0), (("base", D(1500)), ("eligible", D(0)), ("rate", D(0)))
    )
    assert claim(programme, 1000, 2, freight=500).amount == 1250


def test_a_price_that_does_not_divide_is_not_rounded_on_the_way() -> None:
    programme = under(rate="0.7", most_booths=2)
    (subsidy,) = programme.subsidy.values()
    got = entitled(
        programme, subsidy, firm_id="f1", phase_id="expo-1-1", booths=3, costs={CostLine.STAND: D(100)}, people=1
    )
    assert got.amount == D("46.67")  # 70 % of two thirds of 100


def test_the_most_over_turns_or_levels() -> None:
    at: dict[str, Any] = {
        "firm_id": "f1", "phase_id": "expo-1-1", "booths": 1, "costs": {CostLine.STAND: D(1000)}, "people": 1,
    }  # fmt: skip
    for changes, most in (({}, 500), ({"turns": ("0.2", "0.6", "0.4")}, 600), ({"menu": ("0.1", "0.3")}, 300)):
        programme = under(**changes)
        assert most_entitled(programme, programme.subsidy["pk.stand"], **at) == most


@pytest.mark.parametrize(
    ("caps", "amount"),
    [
        ({}, 10_000),
        ({"cap_booth": D(3000)}, 6000),
        ({"cap_phase": D(5000)}, 5000),
        ({"rate_emerging": 0.7}, 14_000),
    ],
)
def test_a_row_of_subsidies_is_a_share_of_the_stand_within_its_caps(caps: dict[str, Any], amount: int) -> None:
    programme = b.a_programme(subsidies=(b.subsidy(**caps),))
    assert claim(programme, 10_000, 2, "abroad-1-1").amount == amount


CAPS = ("cap_booth", "cap_m2", "cap_phase")
AMOUNTS = st.integers(0, 5_000_000).map(lambda fen: D(fen) / 100)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    rate=st.integers(0, 1000).map(lambda n: D(n) / 1000), price=AMOUNTS, booths=st.integers(1, 6),
    caps=st.dictionaries(st.sampled_from(CAPS), AMOUNTS), most_m2=st.none() | st.integers(1, 60),
)  # fmt: skip
def test_a_claim_is_at_most_its_share_and_a_higher_cap_never_gives_less(
    rate: Decimal, price: Decimal, booths: int, caps: dict[str, Decimal], most_m2: int | None
) -> None:
    made = claim(under(rate=rate, most_m2=most_m2, **caps), str(price), booths)
    assert 0 <= made.amount <= price * booths * rate + D("0.005")
    assert made.amount == made.amount.quantize(D("0.01"))
    assert made.trace[-1][1] == made.amount
    wider = {name: cap + 1 for name, cap in caps.items()}
    assert claim(under(rate=rate, most_m2=most_m2, **wider), str(price), booths).amount >= made.amount
