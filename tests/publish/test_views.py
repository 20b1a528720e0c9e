from decimal import Decimal

from fairplanner.domain.plan import Claim
from fairplanner.publish.views import Flow, firms_of, flows, parties, spent, touches
from tests import builders as b
from tests.publish import plans


def test_each_delegation_holds_its_own_people_and_their_journeys() -> None:
    abroad, home = parties(plans.plan())
    assert [p.firm_id for p in abroad.participations] == ["f1", "f2"]
    assert [j.phases for j in abroad.journeys] == [("abroad-1-1",), ("abroad-1-1",)]
    assert len(abroad.claims) == 2
    assert (firms_of(home.participations), home.booths, home.claims) == (2, 3, ())


def test_a_place_of_another_sponsor_at_the_same_phase_is_not_counted() -> None:
    mine, theirs = plans.at_home(), plans.at_home(delegation_id="west/expo-1-1", sponsor="west")
    plan = plans.plan(
        delegations=(mine, theirs),
        participations=(plans.place("f1"), plans.place("f3", sponsor="west")),
        journeys=(),
        claims=(),
    )
    assert [[p.firm_id for p in x.participations] for x in parties(plan)] == [["f1"], ["f3"]]


def test_money_leaves_funds_when_parties_depart_and_fairs_end() -> None:
    rows = flows(plans.programme(), plans.plan())
    assert Flow("trade", "east", "2025Q1", "stand", Decimal("6666.66")) in rows
    assert {r.line for r in rows if r.fund_id == "travel"} == {"fare", "incidentals", "lodging", "meals"}
    assert spent(rows) == {"trade": Decimal("6666.66"), "travel": plans.abroad().total}


def test_a_target_is_touched_by_those_it_can_count() -> None:
    programme = plans.programme()
    abroad, home = parties(plans.plan())
    assert touches(programme, b.target(zone_id="west"), home)
    assert not touches(programme, b.target(zone_id="west"), abroad)
    assert not touches(programme, b.target(abroad_only=True), home)
    assert not touches(programme, b.target(fair_id="expo"), abroad)
    assert touches(programme, b.target(market_class="emerging"), abroad)
    assert not touches(programme, b.target(counts="promotion-trips"), abroad)


def test_booths_are_no_target_of_those_who_only_buy() -> None:
    (buyers,), (both,) = parties(plans.buyers_only()), parties(plans.mixed())
    target = b.target(counts="booths")
    assert not touches(plans.programme(), target, buyers)
    assert touches(plans.programme(), target, both)


def test_a_claim_on_a_journey_belongs_to_the_delegation_at_whose_fair_it_is_made() -> None:
    fares = Claim(
        claim_id="f1:abroad/abroad-1-1$fare", subsidy_id="half", participation_id="", journey_id="f1/abroad-1-1", firm_id="f1",
        phase_id="abroad-1-1", fund_id="trade", entitled=Decimal(100), amount=Decimal(100),
    )  # fmt: skip
    abroad, home = parties(plans.plan(claims=(fares,)))
    assert (abroad.claims, home.claims) == ((fares,), ())
