from datetime import date

from fairplanner.domain.kinds import Status
from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.risks import nearly_used, undated_wanted, year_risks
from fairplanner.publish.yearbook.telling import Telling
from tests import builders as b
from tests.publish import plans


def told(lang: str = "zh", plan: object = None, **tables: object) -> Telling:
    return Telling(Press(plans.programme(**tables), plan or plans.plan(), lang))  # type: ignore[arg-type]


def test_dates_visas_and_money_are_always_spoken_of() -> None:
    said = year_risks(told())
    assert [x.split("：")[0] for x in said[:3]] == ["暂定日期", "签证", "资金缺口"]


def test_fairs_whose_dates_are_not_announced_are_counted_and_named() -> None:
    programme = plans.programme()
    phases = tuple(
        q.model_copy(update={"status": Status.PROJECTED}) if q.phase_id == "expo-1-1" else q for q in programme.phases
    )
    said = year_risks(told(phases=phases))[0]
    assert "2 场中有 1 场日期未公布" in said
    assert told().press.naming.phase("expo-1-1") in said


def test_a_visa_that_should_have_been_booked_is_said_to_be_late() -> None:
    late = year_risks(told(duties=(b.duty("visa", -200, door="visa"),)))[1]
    ahead = year_risks(told(duties=(b.duty("visa", -30, door="visa"),)))[1]
    assert "已过，须核实是否已办" in late
    assert "最近一项" in ahead


def test_an_undated_fair_that_firms_ask_for_is_a_risk_and_one_nobody_asks_for_is_not() -> None:
    undated = b.phase("later", 1, phase_id="later-9-1", start=None, end=None, status=Status.UNKNOWN)
    fairs = (*plans.programme().fairs, b.fair("later"))
    phases = (*plans.programme().phases, undated)
    asked = told(
        fairs=fairs, phases=phases, applications=(b.application("f1", "later-9-1"), b.application("f2", "later-9-1"))
    )
    assert undated_wanted(asked) == {"later-9-1": 2}
    assert "2 份报名" in year_risks(asked)[3]
    assert undated_wanted(told(fairs=fairs, phases=phases, applications=())) == {}


def test_a_fund_is_nearly_used_from_nine_tenths_on() -> None:
    trade = next(f for f in plans.programme().funds if f.fund_id == "trade")
    others = tuple(f for f in plans.programme().funds if f.fund_id != "trade")
    full = told(funds=(*others, trade.model_copy(update={"amount": 7000})))
    roomy = told(funds=(*others, trade.model_copy(update={"amount": 10_000})))
    assert [f for f, _ in nearly_used(full)] == ["trade"]
    assert nearly_used(roomy) == []
    assert full.press.plan.as_of < date(2025, 1, 1)
