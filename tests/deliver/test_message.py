from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.deliver.message import as_bytes, message, one_line, sender
from fairplanner.deliver.outbox import Letter, Outbox, Party

AT = datetime(2024, 12, 3, 9, tzinfo=UTC)
OFFICE = Address("Office", addr_spec="office@plan.example")
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
}  # fmt: skip


def made(subject: str, name: str = "change.zh.ics") -> bytes:
    letter = Letter("zh", subject, b"<p>x</p>", b"x\n", b"BEGIN:VCALENDAR\r\n", name)
    party = Party("firm", "f1\r\nX-Evil: 1", {"zh": "t"}, {"zh": letter})
    outbox = Outbox(Path(), "p", 1, "seal", (party,))
    return as_bytes(message(outbox, party, letter, OFFICE, "a@b.example", AT))


@given(st.text(max_size=400))
def test_whatever_stands_in_a_subject_no_header_is_added_and_every_byte_is_ascii(subject: str) -> None:
    raw = made(subject)
    read = message_from_bytes(raw, policy=default)
    assert set(read.keys()) == HEADERS
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.slow
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=80))
def test_a_subject_without_blanks_arrives_as_it_is(subject: str) -> None:
    assert message_from_bytes(made(subject), policy=default)["Subject"] == subject


def test_line_ends_in_a_subject_become_blanks() -> None:
    assert one_line(" a\r\nBcc: x@y\x00\u2028b ") == "a Bcc: x@y b"
    assert message_from_bytes(made("通知\r\nBcc: x@y.example"), policy=default)["Subject"] == "通知 Bcc: x@y.example"


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert made("通知") == made("通知")


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [("a@b.example", "", "a@b.example"), ("贵州省商务厅 <a@b.example>", "贵州省商务厅", "a@b.example")],
)
def test_a_sender_is_an_address_with_or_without_a_name(text: str, name: str, address: str) -> None:
    assert sender(text) == Address(name, addr_spec=address)


@pytest.mark.parametrize("text", ["", "office", "a@b.example\r\nBcc: c@d.example", "x <a b@c>", "甲@b.example"])
def test_anything_else_is_no_sender(text: str) -> None:
    assert sender(text) is None
