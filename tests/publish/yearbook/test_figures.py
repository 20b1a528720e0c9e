from decimal import Decimal

from fairplanner.domain.kinds import Nature, Regime
from fairplanner.publish.yearbook.figures import Basis, figures, has_permit, is_official, prefecture
from tests import builders as b
from tests.publish import plans, stress


def test_totals_are_the_sums_of_the_plans_own_rows() -> None:
    programme, plan = stress.stress()
    year = figures(programme, plan)
    assert year.basis is Basis.PLAN
    assert year.total.phases == len({s.phase_id for d in plan.delegations for s in d.stops})
    assert (year.total.places, year.total.firms) == (
        len(plan.participations),
        len({p.firm_id for p in plan.participations}),
    )
    assert year.total.booths == sum(p.booths for p in plan.participations)
    assert year.total.public == sum(d.total for d in plan.delegations) + sum(c.amount for c in plan.claims)
    own = sum(p.cost for p in plan.participations) + sum(j.fare + j.lodging for j in plan.journeys)
    assert year.total.own == own
    assert year.returned == sum(c.amount for c in plan.claims)


def test_months_zones_and_classes_each_add_up_to_the_year() -> None:
    programme, plan = stress.stress()
    year = figures(programme, plan)
    for table in (year.by_month, year.by_class):
        assert sum(t.places for t in table.values()) == year.total.places
        assert sum(t.booths for t in table.values()) == year.total.booths
        assert sum(t.phases for t in table.values()) == year.total.phases
    zones = year.by_zone.values()
    assert sum(t.firms for t in zones) == year.total.firms
    assert sum((t.public or Decimal(0) for t in zones), Decimal(0)) == year.total.public
    assert sum((t.own or Decimal(0) for t in zones), Decimal(0)) == year.total.own
    assert sum((year.by_nature or {}).values()) == year.total.public


def test_a_fair_counts_in_the_month_it_opens() -> None:
    year = figures(plans.programme(), plans.plan())
    assert list(year.by_month) == [(2025, 3), (2025, 4)]
    assert year.by_month[2025, 4].places == 2


def test_money_stands_under_the_nature_of_its_fund() -> None:
    year = figures(plans.programme(), plans.plan())
    assert year.by_nature == {
        Nature.OFFICIAL_TRAVEL: plans.abroad().total,
        Nature.TRADE_DEVELOPMENT: Decimal("6666.66"),
    }


def test_a_party_of_officials_that_crosses_the_border_counts_and_its_permit_is_found_by_zone_and_route() -> None:
    with_permit = plans.programme(approvals=(b.approval(),))
    year = figures(with_permit, plans.plan())
    assert (year.parties, year.officials, year.on_file) == (1, 3, 1)
    assert figures(plans.programme(), plans.plan()).on_file == 0
    assert not is_official(plans.at_home())
    assert not is_official(plans.abroad(regime=Regime.HOME))
    assert not has_permit(plans.programme(approvals=(b.approval(kind="exhibition"),)), plans.abroad())
    assert not has_permit(plans.programme(approvals=(b.approval(("abroad-1-1", "expo-1-1")),)), plans.abroad())


def test_a_zone_is_counted_with_the_one_right_below_the_planning_zone() -> None:
    programme = plans.programme(zones=(b.zone("prov"), b.zone("west", "prov"), b.zone("deep", "west"), b.zone("else")))
    assert [prefecture(programme, z) for z in ("deep", "west", "prov", "else")] == ["west", "west", "prov", "else"]


def test_an_empty_plan_has_noughts_and_not_unknowns() -> None:
    empty = plans.plan(delegations=(), participations=(), journeys=(), claims=())
    year = figures(plans.programme(), empty)
    assert (year.total.phases, year.total.places, year.total.public, year.parties) == (0, 0, Decimal(0), 0)
