"""Two plans side by side: sums, funds, targets, who gains and who loses, and how far that is proven."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.errors import CatalogueError, NoPlan
from fairplanner.explain.again import Base, base_of
from fairplanner.explain.assuming import parsed_all
from fairplanner.explain.changes.whatif import WhatIf, planned_of, side, whatif
from fairplanner.pose import pose
from fairplanner.rules.reckon.value import plan_value
from fairplanner.solver import solve
from tests.builders import a_programme


@pytest.fixture(scope="module")
def base() -> Base:
    programme = a_programme()
    return base_of(programme, solve(pose(programme), seconds=10).plan)


def made(base: Base, *texts: str) -> WhatIf:
    return whatif(base, parsed_all(base.programme, texts), seconds=10)


def test_nothing_differs_where_nothing_matters(base: Base) -> None:
    found = made(base, "firms/f1.note=x")
    assert found.found.is_none
    assert found.firms == found.funds == found.targets == found.zones == ()
    assert (found.least, found.most) == (0, 0)
    assert not found.is_sure


def test_sums_are_those_of_the_plans(base: Base) -> None:
    found = made(base, "drop:expo-1-1")
    for told, programme, plan in (
        (found.before, base.programme, base.plan), (found.after, found.programme, found.solved.plan),
    ):  # fmt: skip
        assert told == side(programme, plan)
        assert told.value == plan.value == plan_value(programme, plan)
        assert told.places == len(plan.participations)
        assert told.back == sum((c.amount for c in plan.claims), Decimal(0))
    assert found.before.places > found.after.places


def test_what_firms_gain_and_lose_adds_up_to_places_and_money(base: Base) -> None:
    found = made(base, "drop:expo-1-1", "subsidies/half.rate=0.2")
    gained = sum(len(x.gains) - len(x.loses) for x in found.firms)
    assert gained == found.after.places - found.before.places
    for name in ("cost", "back"):
        moved = sum((getattr(x, name)[1] - getattr(x, name)[0] for x in found.firms), Decimal(0))
        assert moved == getattr(found.after, name) - getattr(found.before, name)
    assert sum(z.places[1] - z.places[0] for z in found.zones) == gained
    points = sum(x.points[1] - x.points[0] for x in found.firms)
    assert points == sum(z.points[1] - z.points[0] for z in found.zones)


def test_only_what_differs_is_named_the_most_concerned_first(base: Base) -> None:
    found = made(base, "must-not:f1@expo-1-1")
    first = found.firms[0]
    assert first.loses == ("expo-1-1",)
    assert not first.is_better
    sizes = [abs(x.points[1] - x.points[0]) for x in found.firms]
    assert sizes == sorted(sizes, reverse=True)


def test_booths_that_differ_are_told_where_the_place_stays(base: Base) -> None:
    found = made(base, "applications/f1/expo-1-2/-.booths=2")
    [pair] = [x for x in found.firms if x.firm_id == "f1"]
    assert pair.booths == (("expo-1-2", 1, 2),)


def test_funds_are_told_with_what_they_hold_and_what_leaves_them(base: Base) -> None:
    found = made(base, "funds/trade.amount=1000")
    [pair] = found.funds
    assert pair.holds == (Decimal(200_000), Decimal(1000))
    assert pair.planned == (planned_of(base.plan)["trade"], planned_of(found.solved.plan)["trade"])
    assert pair.planned[1] <= 1000


def test_a_target_that_is_no_longer_reached_is_told(base: Base) -> None:
    found = made(base, "targets/t1.at_least=20")
    [pair] = found.targets
    assert pair.wanted == (2, 20)
    assert found.after.short > 0
    assert found.after.value < found.before.value
    assert found.is_sure


def test_a_fund_that_is_new_holds_nothing_before(base: Base) -> None:
    text = (
        'funds/more=+{"fund_id": "more", "name_zh": "新", "nature": "public-stand", "zone_id": "prov", "amount": "5", '
        '"period_from": "2025-01-01", "period_to": "2025-12-31", "pays": "stand", "source": "x", "confidence": "user"}'
    )
    [pair] = made(base, text).funds
    assert pair.holds == (None, Decimal(5))


def test_how_far_the_difference_is_proven(base: Base) -> None:
    found = made(base, "drop:abroad-1-1")
    assert found.least is not None
    assert found.most is not None
    assert found.least <= found.after.value - found.before.value <= found.most < 0
    assert found.is_sure


def test_of_a_plan_changed_by_hand_nothing_is_proven(base: Base) -> None:
    amended = base.plan.model_copy(update={"status": "amended", "bound": None, "gap": None})
    found = made(Base(base.programme, base.problem, amended), "drop:expo-1-1")
    assert (found.least, found.most, found.is_sure) == (None, None, False)


def test_what_cannot_be_is_refused(base: Base) -> None:
    with pytest.raises(NoPlan):
        made(base, "must-go:f1@expo-1-1", "must-not:f1@expo-1-1")
    with pytest.raises(CatalogueError):
        made(base, "funds/nowhere.amount=1")


def test_answers_do_not_hang_on_the_order_of_rows(base: Base) -> None:
    tables = {n: tuple(reversed(getattr(base.programme, n))) for n in ("firms", "applications", "funds", "phases")}
    turned: Programme = base.programme.model_copy(update=tables)
    found = made(Base(turned, pose(turned), base.plan), "drop:expo-1-1")
    assert found.solved.plan.model_copy(update={"programme_digest": ""}) == made(base, "drop:expo-1-1").solved.plan
