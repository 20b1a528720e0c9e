"""What a claim rests on, what it is entitled to, and that nobody is paid more than it costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import CostLine, Role
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.claims import Claims
from tests import builders as b
from tests.rules.plans import broken, claim, journey, place

RULE = Claims()
STAND = {"phase_id": "abroad-1-1", "stand_cost": Decimal(20_000)}


def paying(*subsidies: object, **tables: object) -> Programme:
    return b.packed(b.pack(*subsidies), **tables)  # type: ignore[arg-type]


def test_half_of_a_stand_abroad_is_kept() -> None:
    assert broken(RULE, b.a_programme(), place("f1", **STAND), claim(amount=10_000)) == []


def test_a_claim_without_its_participation_is_broken_and_paid_for_nothing() -> None:
    nothing = ("f1 · abroad-1-1 · places", 1_000_000)
    assert broken(RULE, b.a_programme(), claim(amount=10_000)) == [("f1/abroad-1-1$half", 1), nothing]


def test_another_entitlement_is_broken_by_the_difference_in_fen() -> None:
    assert broken(RULE, b.a_programme(), place("f1", **STAND), claim(amount=10_001)) == [("f1/abroad-1-1$half", 100)]


def test_a_subsidy_for_fairs_abroad_pays_nothing_at_home() -> None:
    assert broken(RULE, b.a_programme(), place("f1"), claim(phase_id="expo-1-1", amount=50)) == [
        ("f1/expo-1-1$half", 5_000)
    ]


def test_the_caps_of_a_booth_and_a_phase_are_kept() -> None:
    programme = b.a_programme(subsidies=(b.subsidy(cap_booth=Decimal(3_000), cap_phase=Decimal(5_000)),))
    assert broken(RULE, programme, place("f1", **STAND), claim(amount=3_000)) == []
    assert broken(RULE, programme, place("f1", booths=2, **STAND), claim(amount=5_000)) == []


def test_one_participation_is_claimed_once_whatever_the_turn() -> None:
    programme = paying(b.pack_subsidy(turns=("0.5", "0.25"), where="abroad"))
    full = {"subsidy_id": "pk.stand"}
    twice = (claim(amount=10_000, turn=1, **full), claim(amount=5_000, turn=2, claim_id="again", **full))
    assert broken(RULE, programme, place("f1", **STAND), *twice) == [("pk.stand · f1/abroad-1-1/-@prov · *", 1)]


def test_a_later_turn_is_entitled_to_its_own_rate() -> None:
    programme = paying(b.pack_subsidy(turns=("0.5", "0.25"), where="abroad"))
    second = claim(amount=5_000, turn=2, subsidy_id="pk.stand")
    assert broken(RULE, programme, place("f1", **STAND), second) == []
    wrong = second.model_copy(update={"turn": 1})
    assert broken(RULE, programme, place("f1", **STAND), wrong) == [("f1/abroad-1-1$half", 500_000)]


def test_two_subsidies_never_pay_more_than_the_place_costs_and_cuts_count() -> None:
    programme = paying(b.pack_subsidy("one", rate="0.7"), b.pack_subsidy("two", rate="0.6"))
    one = claim(amount=14_000, claim_id="one", subsidy_id="pk.one")
    two = claim(amount=12_000, claim_id="two", subsidy_id="pk.two")
    assert broken(RULE, programme, place("f1", **STAND), one, two) == [("f1 · abroad-1-1 · places", 600_000)]
    less = two.model_copy(update={"amount": Decimal(6_000)})
    assert broken(RULE, programme, place("f1", **STAND), one, less) == []


def test_other_lines_count_among_what_the_place_costs() -> None:
    programme = paying(b.pack_subsidy(lines=(CostLine.STAND, CostLine.FREIGHT), rate="0.6"))
    with_freight = place("f1", other_cost=(("freight", Decimal(3_000)),), **STAND)
    assert broken(RULE, programme, with_freight, claim(amount=13_800, subsidy_id="pk.stand")) == []


def test_a_journey_is_paid_for_once_a_phase_and_only_where_the_firm_has_a_place() -> None:
    programme = paying(b.pack_subsidy("trip", lines=(CostLine.FARE,), rate="0.5"))
    trip = journey("f1", "expo-1-1", "expo-1-2", fare=Decimal(2_000), lodging=Decimal(0))
    on = {"subsidy_id": "pk.trip", "participation_id": "", "journey_id": trip.journey_id, "phase_id": "expo-1-1"}
    name = "f1/expo-1-1$half"
    assert broken(RULE, programme, trip, place("f1"), claim(amount=500, **on)) == []
    assert broken(RULE, programme, trip, place("f1"), claim(amount=501, **on)) == [(name, 100)]
    assert broken(RULE, programme, trip, claim(amount=500, **on)) == [(name, 1)]
    assert broken(RULE, programme, trip, place("f1", role=Role.VISIT), claim(amount=500, **on)) == [(name, 1)]


def test_all_paid_on_a_journey_stays_within_the_phases_part_of_it() -> None:
    programme = paying(*(b.pack_subsidy(x, lines=(CostLine.FARE,), rate="0.6") for x in ("one", "two")))
    trip = journey("f1", "expo-1-1", "expo-1-2", fare=Decimal(2_000), lodging=Decimal(0))
    on = {"participation_id": "", "journey_id": trip.journey_id, "phase_id": "expo-1-1", "amount": 600}
    both = (claim(claim_id=x, subsidy_id=f"pk.{x}", **on) for x in ("one", "two"))
    assert broken(RULE, programme, trip, place("f1"), *both) == [("f1 · expo-1-1 · journeys", 20_000)]


def test_an_application_that_came_too_late_pays_no_journey() -> None:
    programme = paying(
        b.pack_subsidy("trip", lines=(CostLine.FARE,), rate="0.5", lead_days=30),
        applications=(b.application("f1", received=date(2025, 4, 1)),),
    )
    assert len(pose(programme).claims) == 0
    trip = journey("f1", "expo-1-1", fare=Decimal(2_000), lodging=Decimal(0))
    late = claim(
        amount=1_000, subsidy_id="pk.trip", participation_id="", journey_id=trip.journey_id, phase_id="expo-1-1"
    )
    assert broken(RULE, programme, trip, place("f1"), late) == [("f1/expo-1-1$half", 1)]
