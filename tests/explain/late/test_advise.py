"""A late firm is told what it can have at once, and exactly; whatever it is told it can have passes every rule with all others as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.domain.programme import Programme
from fairplanner.explain.late.advise import Fit, advise
from fairplanner.explain.late.advise_exact import exactly
from fairplanner.explain.late.desk import Desk
from fairplanner.explain.late.late import LateFirm, joined_by
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import solve
from tests import builders as b

ROOM = b.quota("expo-1-1", 9), b.quota("expo-1-2", 9)


def programme(**tables: Any) -> Programme:
    base = {"quotas": ROOM, "choices": (b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise"))}
    return b.a_programme(**(base | tables))


def planned(made: Programme) -> Plan:
    return solve(pose(made), seconds=10, gap=0).plan


@cache
def plain() -> tuple[Programme, Plan]:
    made = programme()
    return made, planned(made)


def late(**changes: Any) -> LateFirm:
    wishes = {k: changes.pop(k) for k in ("booths", "least", "people") if k in changes}
    return LateFirm(b.firm("late", **changes), **wishes)


def fits(made: Programme, plan: Plan, who: LateFirm | None = None, **more: Any) -> dict[str, Fit]:
    return {f.phase_id: f for f in advise(Desk(made, plan, more.pop("prices", None)), who or late(), **more)}


def test_a_firm_is_given_what_is_open_and_the_best_first() -> None:
    made, plan = plain()
    found = advise(Desk(made, plan), late())
    assert {f.phase_id: f.state for f in found} == {"abroad-1-1": "fits", "expo-1-1": "fits", "expo-1-2": "fits"}
    assert [f.worth for f in found] == sorted((f.worth for f in found), reverse=True)
    assert all(f.sponsor and f.booths == 1 and f.costs for f in found)


def test_what_it_is_told_it_can_have_is_a_plan_that_keeps_every_rule_and_leaves_all_others_alone() -> None:
    made, plan = plain()
    who = late()
    exact = exactly(made, plan, who, advise(Desk(made, plan), who))
    assert exact is not None
    assert exact.given
    assert check(exact.programme, exact.plan) == ()
    others = [p for p in exact.plan.participations if p.firm_id != "late"]
    assert [p.participation_id for p in others] == [p.participation_id for p in plan.participations]
    assert exact.plan.delegations == plan.delegations
    assert {a.firm_id for a in exact.applications} == {"late"}
    assert exact.adds > 0


def test_what_each_costs_and_pays_back_is_what_the_plan_says() -> None:
    made, plan = plain()
    who = late()
    quick = fits(made, plan, who)
    exact = exactly(made, plan, who, list(quick.values()))
    assert exact is not None
    for given in exact.given:
        told = quick[given.participation.phase_id]
        assert {c.line: c.amount for c in given.costs if c.line == "stand"} == {
            c.line: c.amount for c in told.costs if c.line == "stand"
        }
        assert given.adds is not None


def test_a_day_after_the_last_one_is_told_with_both_days() -> None:
    made = programme(
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="optimise", closes=date(2024, 12, 1)))
    )
    plan = planned(made)
    assert fits(made, plan)["expo-1-1"].state == "fits"
    reason = fits(made, plan, on=date(2024, 12, 2))["expo-1-1"].reason
    assert reason is not None
    assert (reason.rule, dict(reason.facts)["closes"], dict(reason.facts)["received"]) == (
        "deadline",
        "2024-12-01",
        "2024-12-02",
    )


def test_a_fair_that_has_begun_is_not_offered() -> None:
    made, plan = plain()
    reason = fits(made, plan, on=date(2025, 4, 20))["expo-1-1"].reason
    assert reason is not None
    assert (reason.rule, dict(reason.facts)["reason"]) == ("kept", "begun")


def test_full_is_full_and_its_price_says_whether_planning_again_would_help() -> None:
    made = programme(quotas=(b.quota("expo-1-1", 3), b.quota("expo-1-2", 9)))
    plan = planned(made)
    prices = Prices((RowPrice("booth-quota", "expo-1-1 · * · prov · booths", 0, 500.0),))
    found = fits(made, plan, prices=prices)["expo-1-1"]
    assert (found.state, found.note, dict(found.facts)["used"]) == ("again", "full", "3")
    assert found.price == 500
    assert found.worth > found.price


def test_in_a_published_order_it_waits_behind_who_waits_and_displaces_whom_it_outranks() -> None:
    made = programme(
        quotas=(b.quota("expo-1-1", 2), b.quota("expo-1-2", 9)), choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="rank"))
    )  # fmt: skip
    plan = planned(made)
    assert fits(made, plan, late(record=1.0))["expo-1-1"].note == "order"
    assert fits(made, plan, late(record=0.0))["expo-1-1"].note == "waits"
    exact = exactly(made, plan, late(record=1.0), advise(Desk(made, plan), late(record=1.0)))
    assert exact is not None
    assert "expo-1-1" not in {g.participation.phase_id for g in exact.given}


def test_no_delegation_goes_there_in_this_plan() -> None:
    made = programme(applications=tuple(b.application(f, "expo-1-1") for f in ("f1", "f2", "f3")))
    found = fits(made, planned(made))
    assert (found["abroad-1-1"].state, found["abroad-1-1"].note) == ("again", "delegation")
    assert (found["expo-1-2"].state, found["expo-1-2"].is_new) == ("fits", True)


def test_a_standing_delegation_at_home_goes_for_one_firm_more() -> None:
    made = programme(applications=tuple(b.application(f, "expo-1-1") for f in ("f1", "f2", "f3")))
    plan = planned(made)
    exact = exactly(made, plan, late(), advise(Desk(made, plan), late()))
    assert exact is not None
    assert "expo-1-2" in {g.participation.phase_id for g in exact.given}
    assert len(exact.plan.delegations) == len(plan.delegations) + 1


def test_its_own_days_money_and_phases_stand_in_its_way() -> None:
    made = programme(
        phases=(
            b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"), b.phase("expo", 1),
            b.phase("expo", 2, start=date(2025, 4, 17), end=date(2025, 4, 21)),
        ),
        applications=(*(b.application(f, "expo-1-1") for f in ("f1", "f2", "f3")), b.application("f2", "expo-1-2")),
    )  # fmt: skip
    plan = planned(made)
    busy = fits(made, plan, LateFirm(made.firm["f1"]))
    assert busy["expo-1-1"].state == "has"
    assert busy["expo-1-2"].reason is not None
    assert busy["expo-1-2"].reason.rule == "unplaced-teams"
    poor = fits(made, plan, late(own_money=Decimal(100)))["expo-1-2"].reason
    assert poor is not None
    assert poor.rule in ("own-money", "unplaced-money")
    enough = made.firm["f1"].model_copy(update={"max_phases": 1, "teams": 5})
    few = Programme(**(dict(made) | {"firms": (enough, *made.firms[1:])}))
    told = fits(few, plan, LateFirm(enough))["expo-1-2"].reason
    assert told is not None
    assert told.rule == "unplaced-phases"


def test_only_the_phases_asked_for() -> None:
    made, plan = plain()
    assert list(fits(made, plan, phases=["expo-1-2"])) == ["expo-1-2"]


def test_whoever_has_places_keeps_them() -> None:
    made, plan = plain()
    own = {p.participation_id for p in plan.participations if p.firm_id == "f1"}
    exact = exactly(made, plan, LateFirm(made.firm["f1"]), advise(Desk(made, plan), LateFirm(made.firm["f1"])))
    assert exact is None or own <= {p.participation_id for p in exact.plan.participations}


def test_the_order_of_the_phases_changes_nothing() -> None:
    made, plan = plain()
    there = [f.phase_id for f in advise(Desk(made, plan), late(), phases=["expo-1-2", "abroad-1-1"])]
    back = [f.phase_id for f in advise(Desk(made, plan), late(), phases=["abroad-1-1", "expo-1-2"])]
    assert there == back


def test_a_firm_that_joins_is_beside_all_others() -> None:
    made, _ = plain()
    joined = joined_by(made, late(), ())
    assert set(joined.firm) == {*made.firm, "late"}
    assert joined.applications == made.applications
