"""Budget against actual, outcome, claims."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.publish.archive.material import BLANK
from tests.publish.archive.made import a_record, ledger_row, rows


def test_nothing_actual_is_invented() -> None:
    record = a_record("abroad")
    assert all(row[4:] == (BLANK, BLANK) for row in rows(record, "budget"))
    assert all(row[2:] == (BLANK,) * 9 for row in rows(record, "outcome"))
    assert {"没有登记（或没有登记齐）实际支出", "2 家次没有登记实际参展情况和成效"} <= set(record.missing)


def test_planned_figures_are_the_plans() -> None:
    budget = rows(a_record("abroad"), "budget")
    assert sum(row[3] for row in budget) == Decimal("9999.00") + Decimal(1200) + Decimal(10800) + Decimal(
        "1500.33"
    ) + 2 * Decimal("3333.33")


def test_what_somebody_entered_stands_beside_the_plan() -> None:
    record = a_record("abroad", ledger=(ledger_row(new_buyers=3, again=True, empty=0),))
    subsidies = [row for row in rows(record, "budget") if row[4] != BLANK]
    assert [row[3:] for row in subsidies] == [(Decimal("6666.66"), Decimal("3000.00"), BLANK)], (
        "the other firm is still to be paid"
    )
    first = next(row for row in rows(record, "outcome") if row[0] == "示例企业f1")
    assert first[1:] == (1, 1, 0, BLANK, BLANK, BLANK, 3, BLANK, BLANK, "是")
    claim = next(row for row in rows(record, "claims") if row[0] == "示例企业f1")
    assert claim[4] == Decimal("3000.00")
    assert claim[-1] == BLANK


def test_evidence_is_never_taken_for_received() -> None:
    assert "申报凭证没有核对，纸质或扫描件须另行归档" in a_record("abroad").missing


def test_what_is_left_is_told_once_every_claim_is_paid() -> None:
    paid = (ledger_row(), ledger_row(firm_id="f2", amount=Decimal(0), note="不予补贴"))
    subsidies = [row for row in rows(a_record("abroad", ledger=paid), "budget") if row[4] != BLANK]
    assert [row[3:] for row in subsidies] == [(Decimal("6666.66"), Decimal("3000.00"), Decimal("3666.66"))]
