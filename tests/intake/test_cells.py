"""Cells: every spelling people use, and a named refusal of what cannot be understood."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fairplanner.domain.kinds import StandKind, Wish
from fairplanner.intake import cells
from fairplanner.intake.cells import BadCellError


@pytest.mark.parametrize(
    "cell",
    ["2025-04-15", "2025/4/15", "2025.4.15", "2025年4月15日", "２０２５年４月１５日", "2025 年 4 月 15 日", "20250415", 20250415,
     "15 April 2025", "Apr 15, 2025", "15-Apr-2025", "4/15/2025", "2025年4月15日（周二）", "二〇二五年四月十五日", 45762, "45762", 45762.0,
     "2025-04-15 00:00:00", "2025-04-15T09:30", date(2025, 4, 15), datetime(2025, 4, 15, 9, 30)],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(cell: object):
    assert cells.day(cell) == date(2025, 4, 15)


@pytest.mark.parametrize(
    ("cell", "what"),
    [("4月中旬", "date-window"), ("2025年4月中旬", "date-window"), ("2025年4月15—19日", "date-range"), ("4月15日", "date-year"), ("4/5/2025", "date-ambiguous"),
     ("待定", "date"), ("2025-04/15/", "date"), ("12345", "date"), (True, "date"), ("2025-02-29", "date-none"), ("2025-13-01", "date-none"),
     ("1889-01-01", "date-far"), (date(2205, 1, 1), "date-far")],
)  # fmt: skip
def test_what_is_no_day_is_refused_by_name(cell: object, what: str):
    with pytest.raises(BadCellError) as caught:
        cells.day(cell)
    assert caught.value.what == what


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,234.50", "1234.5"),
        ("1234.50", "1234.5"),
        ("１，２３４", "1234"),
        (1234.0, "1234"),
        (0.1, "0.1"),
        (3, "3"),
        ("-5", "-5"),
        (".5", "0.5"),
        ("2e3", "2000"),
    ],
)
def test_a_number_has_one_form_however_it_is_written(cell: object, number: str):
    assert str(cells.decimal(cell)) == number


@pytest.mark.parametrize(
    "cell", ["10万", "1,23", "12 元", "", "nan", "inf", "1.2.3", True, date(2025, 1, 1), float("nan")]
)
def test_what_is_no_number_is_refused(cell: object):
    with pytest.raises(BadCellError):
        cells.decimal(cell)


def test_numbers_that_cannot_be_meant_are_refused():
    for cell in ("1e15", 10**20, "-9999999999999999"):
        with pytest.raises(BadCellError, match=r"number-big"):
            cells.decimal(cell)


def test_whole_numbers_may_be_written_with_a_point_and_zero_only():
    assert cells.whole("3.0") == cells.whole(3.0) == 3
    with pytest.raises(BadCellError, match="whole-number"):
        cells.whole("3.5")


@pytest.mark.parametrize(
    ("yes", "no"),
    [("是", "否"), ("√", "×"), ("yes", "NO"), ("True", "false"), ("１", "０"), (True, False), (1, 0), (1.0, 0.0)],
)
def test_yes_and_no_in_both_languages(yes: object, no: object):
    assert cells.yes_no(yes) is True
    assert cells.yes_no(no) is False


def test_a_code_is_plain_and_keeps_no_decimal_point():
    assert cells.code(" ｇｚ－１ ") == "gz-1"
    assert cells.code(137.0) == cells.code(137) == "137"


@pytest.mark.parametrize("cell", ["9.15E+17", 9.15e17, 915203001234567890])
def test_a_credit_code_that_lost_its_digits_is_not_taken_for_one(cell: object):
    with pytest.raises(BadCellError, match="digits-lost"):
        cells.code(cell)


def test_text_is_left_as_it_stands():
    assert cells.words_of(" 茶叶（红茶），２０２５ ") == "茶叶（红茶），２０２５"


def test_errors_of_a_spreadsheet_are_not_text():
    with pytest.raises(BadCellError, match="excel-error"):
        cells.words_of("#N/A")


@pytest.mark.parametrize("cell", ["would-accept", "Would accept", "WOULD_ACCEPT", "可接受", "ｗｏｕｌｄ－ａｃｃｅｐｔ"])
def test_a_listed_word_is_known_by_value_or_word_in_any_language(cell: str):
    assert cells.one_of("Wish", tuple(Wish))(cell) is Wish.WOULD_ACCEPT


def test_a_word_not_listed_names_the_list_and_the_nearest_in_each_language():
    with pytest.raises(BadCellError) as caught:
        cells.one_of("StandKind", tuple(StandKind))("标准展台")
    facts = dict(caught.value.facts)
    assert caught.value.what == "not-listed-near"
    assert facts["near.zh"] == "标准展位"
    assert facts["near.en"] == "standard booth"
    assert facts["allowed.zh"] == "标准展位；光地；品牌展位；无"


def test_an_open_list_lets_other_words_pass():
    parse = cells.one_of("ZoneKind", ("province", "zone"), closed=False)
    assert parse("省") == "province"
    assert parse("region") == "region"


def test_several_codes_in_a_cell_split_at_every_mark_and_drop_repeats():
    assert cells.several(cells.code, coded=True)("tea；guitar、 tea,wine;") == ("tea", "guitar", "wine")


def test_several_names_in_a_cell_split_at_the_strongest_mark_only():
    split = cells.several(cells.words_of, coded=False)
    assert split("广交会;Canton Fair, Guangzhou") == ("广交会", "Canton Fair, Guangzhou")
    assert split("广交会、广州交易会") == ("广交会", "广州交易会")


def test_currencies_are_three_capitals():
    assert cells.currency("usd") == "USD"
    with pytest.raises(BadCellError, match="currency-code"):
        cells.currency("美元")


@pytest.mark.parametrize(
    ("cell", "founded"),
    [
        ("1951-11-08", date(1951, 11, 8)),
        ("1951年11月8日", date(1951, 11, 8)),
        (datetime(1958, 3, 1), date(1958, 3, 1)),
        ("2001/5/9", date(2001, 5, 9)),
    ],
)
def test_a_firm_may_have_been_founded_long_ago(cell: object, founded: date):
    assert cells.past_day(cell) == founded


@pytest.mark.parametrize("cell", ["1066-10-14", "1951", "1951-13-01", "很久以前"])
def test_what_is_no_day_of_founding_is_refused(cell: str):
    with pytest.raises(BadCellError):
        cells.past_day(cell)
