"""What a ledger tells of what really was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.publish.archive.actual import Actual
from fairplanner.publish.money.ledger import added_rows
from fairplanner.words import words
from tests.publish.archive.made import a_press, ledger_row, scope


def actual(*rows: object) -> Actual:
    return Actual(a_press().programme, scope("abroad"), rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_that_a_plan_wrote_ahead_are_nothing_actual(lang: str) -> None:
    press = a_press()
    ahead = added_rows(press.programme, press.plan.model_copy(update={"revision": 7}), words(lang))
    assert len(ahead) == 4
    assert not actual(*ahead)


def test_a_row_of_the_plan_counts_once_somebody_has_filled_in_what_came_of_it_but_its_amount_only_once_it_is_no_longer_expected() -> (
    None
):
    press = a_press()
    row = next(
        r for r in added_rows(press.programme, press.plan, press.w) if r.fair_id == "abroad" and r.firm_id == "f1"
    )
    told = actual(row.model_copy(update={"new_buyers": 4}))
    assert told.of("f1", "abroad-1-1")[0].new_buyers == 4
    assert told.paid("abroad-1-1", "half") is None
    paid = actual(row.model_copy(update={"note": "", "amount": Decimal("3100.00")}))
    assert paid.paid("abroad-1-1", "half") == Decimal("3100.00")


def test_what_is_paid_adds_up_over_firms_and_the_last_word_on_a_firm_counts() -> None:
    known = actual(ledger_row(amount=Decimal(1)), ledger_row(), ledger_row(firm_id="f2", amount=Decimal(500)))
    assert known.paid("abroad-1-1", "half") == Decimal("3500.00")
    assert known.paid("abroad-1-1", "half", "f2") == Decimal(500)
    assert known.paid("abroad-1-1", "other") is None


def test_rows_of_other_fairs_and_years_are_left_out() -> None:
    assert not actual(ledger_row(fair_id="expo"), ledger_row(on=ledger_row().on.replace(year=2024)))
