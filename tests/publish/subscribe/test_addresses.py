"""Addresses of a subscriber, and which base addresses can be used at all."""

from __future__ import annotations

import pytest

from fairplanner.errors import OutputError
from fairplanner.publish.subscribe.addresses import Address, base_address


def test_a_subscriber_has_a_short_page_a_page_in_english_and_a_calendar() -> None:
    address = Address("https://office.invalid/cal/", "TOKEN")
    assert address.page("zh") == "https://office.invalid/cal/f/TOKEN/"
    assert address.page("en") == "https://office.invalid/cal/f/TOKEN/index.en.html"
    assert address.calendar("f1", "zh") == "https://office.invalid/cal/f/TOKEN/f1.zh.ics"


def test_the_address_for_telephones_differs_in_its_scheme_only() -> None:
    assert Address("http://office.invalid", "T").webcal("f1", "en") == "webcal://office.invalid/f/T/f1.en.ics"


@pytest.mark.parametrize("text", ["https://office.invalid", "http://192.0.2.7:8080/a/b", " https://office.invalid/a/ "])
def test_a_base_address_loses_its_last_slash_and_nothing_else(text: str) -> None:
    assert base_address(text) == text.strip().rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "", "office.invalid", "ftp://office.invalid", "webcal://office.invalid", "https://", "https://office.invalid/?a=1",
        "https://office.invalid/#a", "https://me:secret@office.invalid", "https://办公室.invalid", "https://office.invalid/a b",
        "https://office.invalid:x", "https://[::1", "https://office.invalid/\n.x",
    ],
)  # fmt: skip
def test_an_address_that_no_calendar_can_fetch_is_refused_and_named(text: str) -> None:
    with pytest.raises(OutputError) as caught:
        base_address(text)
    assert [(p.what, p.value) for p in caught.value.problems] == [("base-url", text)]
