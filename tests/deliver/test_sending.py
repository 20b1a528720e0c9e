"""Sending to a mail server that really listens: what arrives, what is refused, what a broken connection leaves."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from email.headerregistry import Address
from pathlib import Path

import pytest

from fairplanner.deliver.contacts import Contact
from fairplanner.deliver.outbox import Outbox, read_outbox
from fairplanner.deliver.sending import Round, planned, send
from fairplanner.deliver.sent import SentLog
from fairplanner.deliver.smtp import Server, server_at
from fairplanner.errors import OutputError, UserError
from tests.deliver.servers import Mailbox, free_port, listening
from tests.publish.notices import made as notices

AT = datetime(2024, 12, 3, 9, tzinfo=UTC)
OFFICE = Address("贵州省商务厅", addr_spec="office@plan.example")
CONTACTS = tuple(Contact("firm", f"f{n}", f"f{n}@firm.example", "zh") for n in (1, 2, 3))


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return read_outbox(notices.written(notices.second(), tmp_path))


def go(outbox: Outbox, where: str, contacts: tuple[Contact, ...] = CONTACTS, *, doubtful: bool = False) -> Round:
    with SentLog(outbox.folder) as log:
        plan = planned(outbox, contacts, log, doubtful=doubtful)
        send(outbox, plan, server_at(where), OFFICE, log, lambda: AT)
    return plan


def test_every_contact_of_a_changed_party_gets_one_message_in_its_language(outbox: Outbox) -> None:
    mailbox = Mailbox()
    contacts = (
        *CONTACTS[:2],
        Contact("zone", "east", "east@zone.example", "en"),
        Contact("firm", "f9", "f9@firm.example", "zh"),
    )
    with listening(mailbox) as where:
        done = go(outbox, where, contacts)
    assert sorted(mailbox.readers) == ["east@zone.example", "f1@firm.example", "f2@firm.example"]
    assert mailbox.messages["f1@firm.example"]["Subject"] == "示例企业f1展会日历：第2稿变更通知"
    assert mailbox.messages["east@zone.example"]["Subject"] == "east: fair calendar: changes in revision 2"
    assert {(x.kind, x.subject) for x in done.missing} == {
        ("firm", "f3"), ("zone", "prov"), ("zone", "west"), ("delegation", "prov/abroad-1-1"), ("delegation", "prov/expo-1-1"),
    }  # fmt: skip
    assert (len(done.sent), done.refused, done.lost, done.left) == (3, [], "", 0)


def test_a_message_holds_text_page_and_the_calendar_byte_for_byte_and_invites_nobody(outbox: Outbox) -> None:
    mailbox = Mailbox()
    with listening(mailbox) as where:
        go(outbox, where, CONTACTS[:1])
    message = mailbox.messages["f1@firm.example"]
    text, html, calendar = [part for part in message.walk() if not part.is_multipart()]
    folder = outbox.folder / "firm" / "f1"
    assert message.get_content_type() == "multipart/mixed"
    assert text.get_content().replace("\r\n", "\n") == (folder / "notice.zh.txt").read_text(encoding="utf-8")
    assert html.get_content_type() == "text/html"
    assert html.get_content().replace("\r\n", "\n") == (folder / "notice.zh.html").read_text(encoding="utf-8")
    assert calendar.get_payload(decode=True) == (folder / "change.zh.ics").read_bytes()
    assert calendar["Content-Type"].params == {"charset": "utf-8"}
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "change.zh.ics")
    assert b"METHOD" not in (folder / "change.zh.ics").read_bytes()
    assert str(message["From"]) == "贵州省商务厅 <office@plan.example>"
    raw = mailbox.arrived[0][1]
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_a_second_round_sends_nothing_and_a_new_contact_only_its_own(outbox: Outbox) -> None:
    mailbox = Mailbox()
    with listening(mailbox) as where:
        go(outbox, where)
        again = go(outbox, where)
        more = go(outbox, where, (*CONTACTS, Contact("firm", "f1", "boss@firm.example", "en")))
    assert (len(again.sent), len(again.already)) == (0, 3)
    assert [x.email for x in more.sent] == ["boss@firm.example"]
    assert len(mailbox.arrived) == 4


def test_a_round_with_nothing_left_needs_no_server(outbox: Outbox) -> None:
    with listening(Mailbox()) as where:
        go(outbox, where)
    assert go(outbox, where).sent == []


def test_the_message_id_is_the_same_when_a_notice_is_sent_again_and_another_for_another_revision(
    outbox: Outbox, tmp_path: Path
) -> None:
    mailbox, ids = Mailbox(), []
    with listening(mailbox) as where:
        for _ in range(2):
            go(outbox, where, CONTACTS[:1])
            (outbox.folder / "sent.jsonl").unlink()
        first = read_outbox(notices.written(notices.first(), tmp_path / "first"))
        go(first, where, CONTACTS[:1])
        ids = [line for _, raw in mailbox.arrived for line in raw.split(b"\r\n") if line.startswith(b"Message-ID")]
    assert ids[0] == ids[1] != ids[2]
    assert mailbox.arrived[0] == mailbox.arrived[1]


def test_a_refused_reader_stops_nobody_else_and_is_tried_again_later(outbox: Outbox) -> None:
    mailbox = Mailbox()
    mailbox.refuses.add("f2@firm.example")
    with listening(mailbox) as where:
        done = go(outbox, where)
        assert sorted(mailbox.readers) == ["f1@firm.example", "f3@firm.example"]
        assert [(x.email, reason) for x, reason in done.refused] == [
            ("f2@firm.example", "550 no such user f2@firm.example")
        ]
        mailbox.refuses.clear()
        again = go(outbox, where)
    assert [x.email for x in again.sent] == ["f2@firm.example"]


def test_no_address_is_kept_anywhere(outbox: Outbox) -> None:
    mailbox = Mailbox()
    mailbox.refuses.add("f2@firm.example")
    with listening(mailbox) as where:
        go(outbox, where)
    for path in outbox.folder.rglob("*"):
        assert path.is_dir() or b"firm.example" not in path.read_bytes(), path


def test_a_connection_lost_under_a_message_leaves_that_one_in_doubt_and_the_rest_for_the_next_round(
    outbox: Outbox,
) -> None:
    mailbox = Mailbox()
    mailbox.lost_at, mailbox.lost_when = 2, "after"
    with listening(mailbox) as where:
        done = go(outbox, where)
        assert (len(done.sent), len(done.doubtful), done.left, bool(done.lost)) == (1, 1, 1, True)
        again = go(outbox, where)
        assert (len(again.sent), len(again.already), len(again.doubtful)) == (1, 1, 1)
    assert sorted(mailbox.readers) == ["f1@firm.example", "f2@firm.example", "f3@firm.example"]


def test_what_is_in_doubt_goes_again_only_when_asked_for_under_the_same_id(outbox: Outbox) -> None:
    mailbox = Mailbox()
    mailbox.lost_at, mailbox.lost_when = 1, "before"
    with listening(mailbox) as where:
        lost = go(outbox, where, CONTACTS[:1])
        assert (lost.doubtful[0].email, mailbox.arrived) == ("f1@firm.example", [])
        assert go(outbox, where, CONTACTS[:1]).sent == []
        assert [x.email for x in go(outbox, where, CONTACTS[:1], doubtful=True).sent] == ["f1@firm.example"]
        assert go(outbox, where, CONTACTS[:1], doubtful=True).sent == []
    assert len(mailbox.arrived) == 1


def test_a_server_that_closes_between_two_messages_is_called_again(outbox: Outbox) -> None:
    mailbox = Mailbox()
    mailbox.lost_at, mailbox.lost_when = 2, "mail"
    with listening(mailbox) as where:
        done = go(outbox, where)
    assert (len(done.sent), done.lost, mailbox.connections) == (3, "", 2)


SCRIPT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.deliver.test_sending import go
from fairplanner.deliver.outbox import read_outbox
go(read_outbox(Path(sys.argv[1])), sys.argv[2])
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_sender_killed_while_a_message_is_under_way_sends_none_twice_afterwards(outbox: Outbox, when: str) -> None:
    mailbox = Mailbox()
    mailbox.lost_at, mailbox.lost_when = 2, when
    with listening(mailbox) as where:
        child = subprocess.Popen(  # noqa: S603  this test's own script
            [sys.executable, "-c", SCRIPT, str(outbox.folder), where], cwd=Path(__file__).parents[2]
        )
        mailbox.kills = child.pid
        assert child.wait(60) == -9
        mailbox.kills = mailbox.lost_at = 0
        again = go(outbox, where)
    assert len(mailbox.readers) == len(set(mailbox.readers)) == (2 if when == "before" else 3)
    assert (len(again.already), len(again.doubtful), len(again.sent)) == (1, 1, 1)


def test_starttls_that_the_server_does_not_offer_sends_nothing(outbox: Outbox) -> None:
    mailbox = Mailbox()
    with listening(mailbox) as where, SentLog(outbox.folder) as log:
        plan = planned(outbox, CONTACTS, log)
        with pytest.raises(UserError) as error:
            send(outbox, plan, server_at(where, starttls=True), OFFICE, log, lambda: AT)
    assert error.value.problems[0].what == "smtp-not-offered"
    assert mailbox.arrived == []


def test_a_server_that_is_not_there_is_one_problem(outbox: Outbox) -> None:
    with pytest.raises(UserError) as error:
        go(outbox, f"127.0.0.1:{free_port()}")
    assert [p.what for p in error.value.problems] == ["smtp-unreachable"]


def test_two_rounds_at_once_are_not_possible(outbox: Outbox) -> None:
    with SentLog(outbox.folder), pytest.raises(OutputError) as error, SentLog(outbox.folder):
        pass
    assert error.value.problems[0].what == "send-busy"


def test_a_log_that_was_cut_short_is_gone_on_with(outbox: Outbox) -> None:
    with listening(Mailbox()) as where:
        go(outbox, where, CONTACTS[:1])
        path = outbox.folder / "sent.jsonl"
        path.write_bytes(path.read_bytes()[:-20])
        done = go(outbox, where)
        assert (len(done.doubtful), len(done.sent)) == (1, 2)
        assert (len(go(outbox, where).already), len(go(outbox, where).doubtful)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "options", "what"),
    [
        ("mail.example.org:0", {}, "smtp-server"),
        (":25", {}, "smtp-server"),
        ("mail.example.org:25", {"user": "u"}, "smtp-password"),
        ("mail.example.org:25", {"user": "u", "password": "p"}, "smtp-open-password"),
    ],
)
def test_a_server_that_cannot_be_used_as_written_is_a_problem(text: str, options: dict[str, str], what: str) -> None:
    with pytest.raises(UserError) as error:
        server_at(text, **options)  # type: ignore[arg-type]
    assert [p.what for p in error.value.problems] == [what]


def test_a_server_may_be_written_without_a_port_and_with_tls() -> None:
    assert server_at("mail.example.org") == Server("mail.example.org", 587)
    login = {"user": "u", "password": "p"}
    assert server_at("[::1]:2525", **login).host == "::1"  # type: ignore[arg-type]
    assert server_at("mail.example.org:465", starttls=True, **login).starttls is False  # type: ignore[arg-type]
