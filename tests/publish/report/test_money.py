"""Money of the report: charts and tables say the same, and add up."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from fairplanner.publish.press import Press
from fairplanner.publish.report import money
from fairplanner.publish.report.lists import Report
from fairplanner.publish.yearbook.figures import figures
from tests.publish import plans
from tests.publish.stress import stress

WAN = Decimal(10_000)


def _sum(cells: list[str]) -> Decimal:
    return sum((Decimal(x.replace(",", "")) for x in cells), Decimal(0))


def test_what_is_planned_of_every_fund_adds_up_to_all_public_money() -> None:
    programme, plan = stress()
    report = Report(Press(programme, plan, "zh"))
    public = figures(programme, plan).total.public or Decimal(0)
    rows = money.fund_list(report).lines
    assert _sum([line.cells[5] for line in rows]) == (public / WAN).quantize(Decimal("0.01"))
    for line in rows:
        assert _sum([line.cells[4]]) - _sum([line.cells[5]]) == _sum([line.cells[6]])


def test_zones_and_quarters_add_up_to_the_same_money() -> None:
    programme, plan = stress()
    press = Press(programme, plan, "zh")
    public = float(figures(programme, plan).total.public or 0)
    assert round(sum(s.sum for s in money.zone_stacks(press)), 2) == public
    assert round(sum(s.sum for s in money.quarter_stacks(press)), 2) == public
    assert round(sum(s.sum for s in money.fund_stacks(press)), 2) == public


def test_what_is_left_of_a_quarter_is_carried_into_the_next() -> None:
    lines = money.quarter_list(Report(Press(*stress(), "zh"))).lines
    assert len(lines) > 1
    for before, after in pairwise(lines):
        assert before.cells[4] == after.cells[1]


def test_a_zone_row_has_firms_places_booths_and_both_kinds_of_money() -> None:
    programme, plan = plans.programme(), plans.plan()
    year = figures(programme, plan)
    rows = money.zone_list(Report(Press(programme, plan, "zh")), year).lines
    assert _sum([line.cells[2] for line in rows]) == len(plan.participations)
    assert _sum([line.cells[3] for line in rows]) == sum(p.booths for p in plan.participations)


def test_a_target_that_is_not_met_is_marked_with_what_is_missing() -> None:
    (line,) = money.target_list(Report(Press(plans.programme(), plans.plan(), "zh"))).lines
    assert line.cells[3:6] == ("5", "4", "1")
    assert line.mark == "short"


def test_amounts_say_their_unit_in_both_languages() -> None:
    said = {lang: money.wan(Press(plans.programme(), plans.plan(), lang), Decimal("12.68")) for lang in ("zh", "en")}
    assert said == {"zh": "12.68 万元", "en": "12.68 (10,000 CNY)"}


def test_charts_and_tables_tell_the_same_amounts_and_columns_add_up() -> None:
    amounts = ("3333.33", "3333.33", "3333.34", "10005")
    claims = tuple(
        plans.plan().claims[0].model_copy(update={"claim_id": f"c{n}", "amount": Decimal(a), "entitled": Decimal(a)}) for n, a in enumerate(amounts)
    )  # fmt: skip
    press = Press(plans.programme(), plans.plan(claims=claims), "zh")
    report = Report(press)
    told = {s.label: s.shown.split(" ")[0] for s in money.zone_stacks(press)}
    table = {
        line.cells[0]: line.cells[4] for line in money.zone_list(report, figures(press.programme, press.plan)).lines
    }
    assert told == {zone: amount for zone, amount in table.items() if zone in told}
    rows = [[Decimal(x.replace(",", "")) for x in line.cells[1:]] for line in money.quarter_list(report).lines]
    assert all(carried + came - planned == left for carried, came, planned, left in rows)
    public = (sum(d.total for d in press.plan.delegations) + sum(Decimal(a) for a in amounts)) / 10_000
    assert sum(row[2] for row in rows) == round(public, 2)
