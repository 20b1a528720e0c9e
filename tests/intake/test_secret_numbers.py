"""Numbers of identity cards and passports are found wherever they stand, and what is no such number is left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.intake.secret_numbers import CHECKS, WEIGHTS, is_identity, masked, secret_in

DAYS = st.dates(date(1930, 1, 1), date(2020, 12, 31))


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Made-up identity numbers with their right check character."""
    first = f"{draw(st.integers(110000, 659999))}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + CHECKS[sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11]


@given(identities(), st.sampled_from(["{}", "证号{}", "电话：{}（本人）", " {} ", "x；{}"]))
def test_an_identity_number_is_found_in_any_text(number: str, around: str) -> None:
    assert secret_in(around.format(number)) == number
    assert secret_in(around.format(number.lower())) == number


@given(identities())
def test_an_identity_number_is_found_in_full_width_and_in_groups(number: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert secret_in(wide) == number
    assert secret_in(f"{number[:6]} {number[6:14]} {number[14:]}") == number


@given(identities(), st.integers(0, 16), st.integers(1, 9))
def test_a_number_with_one_digit_changed_is_no_identity_number(number: str, at: int, by: int) -> None:
    changed = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not is_identity(changed)


@given(st.sampled_from(["E", "G", "EA", "SE", "PE", "DE"]), st.integers(0, 9_999_999), st.integers(0, 9))
def test_a_passport_number_is_found(letters: str, digits: int, last: int) -> None:
    number = f"{letters}{digits:07d}{last if len(letters) == 1 else ''}"
    assert secret_in(f"备注 {number}") == number
    assert secret_in(f"{number[:2]} {number[2:5]} {number[5:]}") == number


@given(identities(), st.integers(0, 9))
def test_an_identity_number_with_a_wrong_end_is_still_found(number: str, last: int) -> None:
    assert secret_in(number[:-1] + str(last)) == number[:-1] + str(last)
    assert secret_in(f"{number[:15]}000") == f"{number[:15]}000"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("护照 E 12345678", "E12345678"),
        ("护照号码：E 1234 5678", "E12345678"),
        ("通行证 C1234 5678", "C12345678"),
        ("passport no. EA 123 4567", "EA1234567"),
        ("E123\u200b45678", "E12345678"),
        ("\u202d110101199003078\u202c", ""),
        ("\u202d11010119900307803X\u202c", "11010119900307803X"),
        ("1.10101E+17", "1.10101E+17"),
        ("1.10101e17", "1.10101E17"),
    ],
)
def test_numbers_copied_spaced_or_rounded_are_found(text: str, secret: str) -> None:
    assert secret_in(text) == secret
    assert secret_in(text, spaced=False) == secret


@pytest.mark.parametrize(
    "text",
    [
        "13800001234", "13800001234 13900001234", "0086 13812 1990112 2345", "784-1234567890", "1.5E+16", "T6 CA1425 / ZH9001", "+86 138 0000 1234", "0851-88555661", "CZ3461 23:05—19:20", "G1305 1123", "MU5735/CA1425", "D3105", "12A", "4.1H A1234",
        "Hotel 1234, 100 Sample Avenue, CA 92802", "示例甲", "91520100MA6DXXXX0B", "2025-01-20",
    ],
)  # fmt: skip
def test_telephones_flights_rooms_and_stands_are_no_secrets(text: str) -> None:
    assert secret_in(text, spaced=False) == ""


def test_dates_truths_and_blanks_hold_nothing_and_a_spreadsheets_lost_number_is_told() -> None:
    assert [secret_in(x) for x in (None, True, date(1985, 3, 2), 8806, 13_800_001_234.0)] == [""] * 5
    assert secret_in(1.1010119900307e17) == "110101199003070000"


@given(DAYS, st.integers(0, 30))
def test_what_is_told_of_a_number_is_not_the_number(day: date, more: int) -> None:
    number = f"1101{day + timedelta(more):%Y%m%d}123456"
    assert masked(number)[1:-1] == "*" * (len(number) - 2)
    assert masked("ab") == "**"
