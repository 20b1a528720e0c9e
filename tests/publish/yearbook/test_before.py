from datetime import date
from decimal import Decimal

from fairplanner.publish.yearbook.before import before, year_earlier
from fairplanner.publish.yearbook.figures import Basis, figures
from tests import builders as b
from tests.publish import plans

LAST = date(2024, 4, 19)


def test_nothing_known_is_none_and_never_nought() -> None:
    assert before(plans.programme(ledger=()), None) is None
    assert before(plans.programme(ledger=(b.ledger_row(on=date(2022, 4, 19)),)), None) is None


def test_the_ledger_counts_a_visit_once_however_many_subsidies_were_paid_for_it() -> None:
    rows = (
        b.ledger_row(on=LAST, subsidy_id="a", amount=100, booths=2), b.ledger_row(on=LAST, subsidy_id="b", amount=50, booths=2),
        b.ledger_row(firm_id="f2", on=LAST, booths=1), b.ledger_row(firm_id="f2", on=date(2024, 10, 19), booths=1),
    )  # fmt: skip
    year = before(plans.programme(ledger=rows), None)
    assert year is not None
    assert (year.basis, year.total.phases, year.total.places, year.total.firms, year.total.booths) == (
        Basis.LEDGER,
        2,
        3,
        2,
        4,
    )
    assert (year.returned, year.until) == (Decimal(150), date(2024, 10, 19))
    assert (year.total.public, year.total.own, year.parties, year.by_nature) == (None, None, None, None)
    assert {m: t.places for m, t in year.by_month.items()} == {(2024, 4): 2, (2024, 10): 1}


def test_booths_left_empty_and_other_years_are_no_participation() -> None:
    rows = (
        b.ledger_row(on=LAST, booths=1),
        b.ledger_row(firm_id="f2", on=LAST, empty=2),
        b.ledger_row(on=date(2023, 4, 19)),
    )
    year = before(plans.programme(ledger=rows), None)
    assert year is not None
    assert year.total.places == 1


def test_a_fair_that_ran_into_the_next_month_counts_in_the_month_it_opened() -> None:
    held = b.phase(
        "expo", 1, phase_id="expo-0-1", edition="0", year=2024, start=date(2024, 4, 29), end=date(2024, 5, 3)
    )
    programme = plans.programme(ledger=(b.ledger_row(fair_id="expo", on=date(2024, 5, 3)),))
    programme = programme.model_copy(update={"phases": (*programme.phases, held)})
    year = before(type(programme)(**{n: getattr(programme, n) for n in type(programme).model_fields}), None)
    assert year is not None
    assert list(year.by_month) == [(2024, 4)]


def test_a_plan_of_last_year_outranks_the_ledger() -> None:
    programme, plan = plans.programme(ledger=(b.ledger_row(on=LAST),)), plans.plan()
    assert before(programme, (programme, plan)) == figures(programme, plan)


def test_a_year_earlier_than_a_leap_day_is_the_day_before() -> None:
    assert year_earlier(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_earlier(date(2025, 12, 31)) == date(2024, 12, 31)
