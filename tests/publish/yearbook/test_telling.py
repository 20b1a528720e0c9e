from datetime import date
from decimal import Decimal

from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.telling import Telling, shares, wans
from tests import builders as b
from tests.publish import plans, stress


def telling(lang: str = "zh", last_year: bool = False) -> Telling:
    other = (plans.programme(), plans.plan()) if last_year else None
    return Telling(Press(plans.programme(), plans.plan(), lang, last_year=other))


def test_a_figure_is_told_against_last_years_or_as_not_given() -> None:
    told = telling()
    assert told.against(14, 20) == "上年 20，减 6"
    assert told.against(1234, 1234) == "上年 1,234，持平"
    assert told.against(3, 0) == "上年 0，增 3"
    assert told.against(3, None) == "上年数：未提供"
    assert telling("en").against(3, None) == "Last year: not given"


def test_the_change_of_an_amount_is_that_of_the_printed_figures() -> None:
    told = telling()
    assert told.amount_against(Decimal("12350"), Decimal("12340"), bare=True) == "上年 1.23，增 0.01"
    assert told.amount_against(Decimal("12340"), Decimal("12341"), bare=True) == "上年 1.23，持平"
    assert told.amount_against(Decimal("20000"), Decimal("10000")) == "上年 1.00 万元，增 1.00 万元"


def test_shares_and_amounts_add_up() -> None:
    assert shares([1, 1, 1]) == ["34%", "33%", "33%"]
    assert shares([0, 0]) == ["", ""]
    amounts = [Decimal("333333.33")] * 3
    assert sum(Decimal(x) for x in wans(amounts)) == Decimal("100.00")


def test_where_last_years_figures_are_from_is_said() -> None:
    assert "没有上年计划" in telling().basis
    assert "第1稿" in telling(last_year=True).basis


def test_a_ledger_which_may_lack_a_part_of_the_year_is_not_compared_with() -> None:
    rows = (b.ledger_row(on=date(2024, 4, 19)),)
    told = Telling(Press(plans.programme(ledger=rows), plans.plan(), "zh"))
    assert told.against(14, 1) == "上年台账记有 1"
    assert "不与本年比增减" in told.basis
    assert "增" not in told.amount_against(Decimal("20000"), Decimal("10000"))


def test_a_plan_that_is_not_of_the_year_before_is_said_to_be_older() -> None:
    older = b.settings(window_from=date(2023, 1, 1), window_to=date(2023, 12, 31))
    press = Press(plans.programme(), plans.plan(), "zh", last_year=(plans.programme(settings=older), plans.plan()))
    assert "相隔 2 年" in Telling(press).basis


def test_months_of_a_window_over_two_years_name_the_year_where_it_begins() -> None:
    programme, plan = stress.stress()
    labels = list(Telling(Press(programme, plan, "zh")).month_labels())
    assert len(labels) == 17
    assert (labels[0], labels[1], labels[12]) == ("1月\n2025", "2月", "1月\n2026")
