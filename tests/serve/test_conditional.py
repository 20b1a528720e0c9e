"""Conditions of a request, as RFC 9110 has them and as programs really write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.serve.conditional import http_date, instant, is_known

TAG = '"abc"'
STOOD = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
NOW = STOOD + timedelta(days=1)
SINCE = "Sun, 22 Nov 2026 08:30:00 GMT"


@pytest.mark.parametrize(
    "none_match",
    [
        '"abc"',
        'W/"abc"',
        '"x", "abc"',
        '"x","abc" ,"y"',
        'W/"x", W/"abc"',
        "*",
        " * ",
        '"with, comma", "abc"',
        ',, "abc"',
    ],
)
def test_a_tag_that_stands_is_known(none_match: str) -> None:
    assert is_known(TAG, STOOD, none_match, "", NOW)


@pytest.mark.parametrize("none_match", ['"abcd"', '"ab"', "abc", '"x", W/"y"', '"*"', "W/*", '"', "\x00", '"ABC"'])
def test_another_tag_is_not_known(none_match: str) -> None:
    assert not is_known(TAG, STOOD, none_match, "", NOW)


def test_a_tag_wins_over_a_date() -> None:
    assert not is_known(TAG, STOOD, '"old"', SINCE, NOW)
    assert is_known(TAG, STOOD, TAG, "Mon, 01 Jan 2001 00:00:00 GMT", NOW)


@pytest.mark.parametrize(
    "since",
    [SINCE, "Sunday, 22-Nov-26 08:30:00 GMT", "Sun Nov 22 08:30:00 2026", "Sun, 22 Nov 2026 08:30:01 GMT",
     "Sun, 22 Nov 2026 16:30:00 +0800"],
)  # fmt: skip
def test_a_date_not_before_the_change_is_known(since: str) -> None:
    assert is_known(TAG, STOOD, "", since, NOW)


@pytest.mark.parametrize(
    "since",
    ["Sun, 22 Nov 2026 08:29:59 GMT", "yesterday", "0", "", "Sun, 32 Nov 2026 08:30:00 GMT", "Sun, 22 Nov 99999 08:30:00 GMT",
     "Sun, 22 Nov 2026 25:61:61 GMT"],
)  # fmt: skip
def test_an_earlier_date_or_none_at_all_gets_everything(since: str) -> None:
    assert not is_known(TAG, STOOD, "", since, NOW)


def test_a_date_still_to_come_gets_everything() -> None:
    """A client whose clock is a year ahead would never again see a change."""
    assert not is_known(TAG, STOOD, "", http_date(NOW + timedelta(seconds=1)), NOW)


def test_what_has_no_date_is_known_by_its_tag_only() -> None:
    assert not is_known(TAG, None, "", SINCE, NOW)
    assert is_known(TAG, None, TAG, "", NOW)


def test_part_of_a_second_does_not_hide_that_it_is_the_same() -> None:
    assert is_known(TAG, STOOD + timedelta(microseconds=999_999), "", SINCE, NOW)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 1, 1)))
def test_a_date_we_wrote_is_read_as_itself(at: datetime) -> None:
    at = at.replace(microsecond=0, tzinfo=UTC)
    assert instant(http_date(at)) == at


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_a_client_writes_is_an_error(none_match: str, since: str) -> None:
    assert is_known(TAG, STOOD, none_match, since, NOW) in (True, False)
