"""What limits are worth: by prices, and by moving them and planning again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base, again, base_of
from fairplanner.explain.changes.pricing import MONEY, Worth, checked, prices_of, worths
from fairplanner.pose import pose
from fairplanner.solver import solve
from tests.builders import a_programme, application, choice, firm, quota

NAMES = ("f1", "f2", "f3")


def based(programme: Programme) -> Base:
    return base_of(programme, solve(pose(programme), seconds=10).plan)


def wanted(booths: int) -> Programme:
    """Three firms that want one booth each where there are so many."""
    return a_programme(
        firms=tuple(firm(n, record=0.9 - i / 10) for i, n in enumerate(NAMES)), targets=(), quotas=(quota(booths=booths),),
        applications=tuple(application(n) for n in NAMES), choices=(choice("expo", policy="optimise"), choice("abroad")),
    )  # fmt: skip


def test_one_booth_more_is_worth_the_firm_that_gets_it() -> None:
    base = based(wanted(2))
    [found] = checked(base, worths(base.programme, prices_of(base)), jobs=1, seconds=10)
    assert str(found.assumption) == "quotas/expo-1-1/-/prov.booths=3"
    assert found.step == 1
    gained = again(base, (found.assumption,), seconds=10, gap=0).plan.value - base.plan.value
    assert found.again == (gained, gained, gained)
    assert gained > 0
    # where everything could be divided, a part of a delegation would do
    assert found.price == pytest.approx(gained, rel=0.05)


def test_a_limit_that_does_not_bind_has_no_price() -> None:
    base = based(wanted(4))
    assert worths(base.programme, prices_of(base)) == ()


@pytest.mark.slow
def test_a_limit_that_is_just_reached_may_have_a_price_and_planning_again_says_that_no_more_is_wanted() -> None:
    base = based(wanted(3))
    found = checked(base, worths(base.programme, prices_of(base)), jobs=1, seconds=10)
    assert [x.again for x in found] == [(0, 0, 0)] * len(found)
    assert not any(x.agrees for x in found)


def test_money_is_moved_by_ten_thousand() -> None:
    base = based(a_programme())
    prices = Prices((RowPrice("fund-budget", "travel", 0, 0.001),))
    [found] = worths(base.programme, prices)
    assert (found.step, found.assumption.value) == (MONEY, "210000")
    assert found.price == 1000


def test_rows_that_stand_in_one_cell_are_added_up() -> None:
    rows = (RowPrice("fund-budget", "travel", 0, 0.001), RowPrice("fund-budget", "travel", 1, 0.002))
    [found] = worths(a_programme(), Prices(rows))
    assert found.price == 3000


def test_what_is_asked_for_gives_way_downwards() -> None:
    base = based(a_programme(targets=()))
    prices = Prices((RowPrice("targets", "t1", 0, -20_000.0),))
    [found] = worths(a_programme(), prices)
    assert str(found.assumption) == "targets/t1.at_least=1"
    assert found.price == 20_000
    assert base.plan.value  # a plan without targets is worth something


def test_what_is_worth_next_to_nothing_is_not_told() -> None:
    assert worths(a_programme(), Prices((RowPrice("fund-budget", "travel", 0, 1e-6),))) == ()


def test_where_planning_again_says_otherwise_it_is_told_that_they_differ() -> None:
    base = based(wanted(2))
    [true] = worths(base.programme, prices_of(base))
    [found] = checked(
        base, [Worth(true.cell, true.limits, true.step, true.assumption, true.price * 3)], jobs=1, seconds=10
    )
    assert found.agrees is False


def test_only_as_many_are_planned_again_as_asked_for() -> None:
    base = based(wanted(1))
    found = worths(base.programme, prices_of(base))
    assert checked(base, found, most=0) == ()
    assert found[0].again is None
    assert found[0].agrees is None
    assert found[0].cell.unit == Decimal(1)
