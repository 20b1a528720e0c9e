"""What a plan does not break and its reader should know."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairplanner.domain.duties import Activity
from fairplanner.domain.packs import Cite, Pack, PackChoice, TravelRules
from fairplanner.domain.plan import Plan
from fairplanner.rules.remarks import empty_half_days, half_days, of_programme, remarks
from tests import builders as b
from tests.rules.plans import delegation
from tests.rules.test_blackouts import blackout

TRAVEL = Pack(
    pack_id="travel", name_zh="出访", name_en="travel", jurisdiction_zh="示例", jurisdiction_en="sample", source="s",
    sources={"s": Cite(title="sample", confidence="sample", reading="first-hand")},
    travel=TravelRules(official_share=(2, 3), most_tariff_days=14),
)  # fmt: skip


def a_plan(*delegations: Any) -> Plan:
    base = {
        "programme_id": "test",
        "programme_digest": "",
        "revision": 1,
        "as_of": date(2024, 11, 1),
        "status": "feasible",
    }
    return Plan(**base, value=0, bound=0, gap=0.0, engine="given", reproducible=True, delegations=delegations)


def with_travel(**tables: Any) -> Any:
    return b.a_programme(settings=b.settings(packs=(PackChoice(id="travel"),)), packs=(TRAVEL,), **tables)


def activity(day: date, half: str) -> Activity:
    return Activity(phase_id="abroad-1-1", zone_id="prov", on=day, half=half, what_zh="会见", **b.SAMPLE)


def test_half_days_run_from_the_day_after_arrival_to_the_day_of_leaving() -> None:
    assert [day.day for day, _ in half_days(delegation())] == [18, 18, 19, 19, 20, 20]


def test_less_than_two_thirds_of_official_half_days_is_remarked_and_the_empty_ones_are_named() -> None:
    rows = tuple(activity(date(2025, 3, d), h) for d, h in ((18, "morning"), (18, "afternoon"), (19, "morning")))
    (found,) = remarks(with_travel(activities=rows), a_plan(delegation()))
    assert dict(found.facts) | {} == {
        "who": "prov:abroad-1-1", "halves": "6", "filled": "3", "least": "4",
        "empty": "2025-03-19/afternoon;2025-03-20/morning;2025-03-20/afternoon",
    }  # fmt: skip
    enough = (*rows, activity(date(2025, 3, 20), "morning"))
    assert remarks(with_travel(activities=enough), a_plan(delegation())) == ()
    assert len(empty_half_days(with_travel(activities=enough), delegation())) == 2


def test_two_parties_of_one_office_to_one_country_within_the_stated_days_look_split() -> None:
    other = delegation(delegation_id="prov:again", depart=date(2025, 4, 10), return_=date(2025, 4, 14))
    (found,) = remarks(b.a_programme(), a_plan(delegation(), other))
    assert (found.what, dict(found.facts)["days"]) == ("split", "20")
    far = delegation(delegation_id="prov:again", depart=date(2025, 4, 21), return_=date(2025, 4, 25))
    assert remarks(b.a_programme(), a_plan(delegation(), far)) == ()
    assert remarks(b.a_programme(), a_plan(delegation(), delegation("west", depart=date(2025, 4, 10)))) == ()


def test_blackouts_that_do_not_bind_are_shown() -> None:
    row = blackout(date(2025, 3, 20), date(2025, 3, 25), binding=False, reason="斋月")
    (found,) = remarks(b.a_programme(blackouts=(row,)), a_plan(delegation()))
    assert found.what == "blackout"


def test_a_permit_that_a_plan_leaves_is_named_with_what_must_be_asked_again() -> None:
    duties = (b.duty("task", -45, who="officials", anchor="departs"),)
    programme = b.a_programme(approvals=(b.approval(people=2),), duties=duties)
    (found,) = remarks(programme, a_plan(delegation()))
    assert dict(found.facts) == {"number": "示例1号", "days": "45", "duties": "task"}


def test_a_chosen_pack_that_no_fair_of_the_year_falls_under_is_told() -> None:
    for last, told in ((date(2024, 12, 31), ["expired"]), (date(2025, 3, 20), [])):
        programme = b.a_programme(settings=b.settings(packs=(b.pack_choice(),)), packs=(b.pack(valid_to=last),))
        assert [x.what for x in of_programme(programme)] == told
        assert [x.what for x in remarks(programme, a_plan())] == told


def test_a_ledger_row_under_a_subsidy_that_is_not_in_force_is_told() -> None:
    ledger = (b.ledger_row("f1", subsidy_id="half"), b.ledger_row("f2", subsidy_id="hlf"))
    (found,) = of_programme(b.a_programme(ledger=ledger))
    assert dict(found.facts) == {"subsidy": "hlf", "rows": "1"}
