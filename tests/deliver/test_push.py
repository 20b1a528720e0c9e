"""Pushing into a real Radicale, started here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from fairplanner.deliver.objects import items_of
from fairplanner.deliver.push import Collection, Pushed, push
from fairplanner.domain.published import FeedKey
from fairplanner.domain.revising import RETENTION
from fairplanner.errors import UserError
from tests.deliver.radicale import NEEDED, Server, a_calendar, running
from tests.deliver.servers import free_port
from tests.publish.notices import made as notices

pytestmark = NEEDED

F1, F2 = FeedKey("firm", "f1", "zh"), FeedKey("firm", "f2", "zh")
HOST = f"test.{notices.HOST}"


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def calendar(radicale: Server, request: pytest.FixtureRequest) -> Server:
    return a_calendar(radicale, request.node.name)


def go(calendar: Server, content: bytes, *, rehearse: bool = False) -> Pushed:
    with Collection(calendar.url, "office", "secret") as collection:
        return push(collection, items_of(content, "x.ics"), HOST, rehearse=rehearse)


def counts(done: Pushed) -> tuple[int, int, int, int]:
    assert done.problems == []
    return len(done.added), len(done.changed), len(done.removed), len(done.kept)


def test_the_same_pushed_again_writes_nothing(calendar: Server) -> None:
    content = notices.first().standing[F1].content
    events = content.count(b"BEGIN:VEVENT")
    assert counts(go(calendar, content)) == (events, 0, 0, 0)
    writes = calendar.writes
    assert writes >= events
    assert counts(go(calendar, content)) == (0, 0, 0, events)
    assert calendar.writes == writes


def test_only_what_changed_is_written_what_is_cancelled_says_so_and_what_left_is_deleted(calendar: Server) -> None:
    before, after = notices.first(), notices.second()
    events = before.standing[F2].content.count(b"BEGIN:VEVENT")
    go(calendar, before.standing[F2].content)
    assert counts(go(calendar, after.standing[F2].content)) == (0, events, 0, 0)
    held = calendar.ask("GET", "")
    assert held.count(b"STATUS:CANCELLED") == events
    assert "【取消】".encode() in held
    later = notices.published(
        after.programme, after.plan, after.standing, notices.SECOND + RETENTION + timedelta(days=1)
    )
    assert b"BEGIN:VEVENT" not in later.standing[F2].content
    assert counts(go(calendar, later.standing[F2].content)) == (0, 0, events, 0)
    assert calendar.ask("GET", "").count(b"BEGIN:VEVENT") == 1


def test_a_change_of_one_entry_writes_one_entry(calendar: Server) -> None:
    key = FeedKey("firm", "f3", "zh")
    before, after = notices.first().standing[key].content, notices.second().standing[key].content
    events = before.count(b"BEGIN:VEVENT")
    go(calendar, before)
    writes = calendar.writes
    assert counts(go(calendar, after)) == (0, 1, 0, events - 1)
    assert calendar.writes == writes + 1
    assert "折合 4 个标准展位".encode() in calendar.ask("GET", "").replace(b"\r\n ", b"")


def test_entries_of_others_are_left_alone(calendar: Server) -> None:
    content = notices.first().standing[F1].content
    assert go(calendar, content).others == 1
    with Collection(calendar.url, "office", "secret") as collection:
        assert len(push(collection, [], HOST).removed) == content.count(b"BEGIN:VEVENT")
    assert b"Lunch" in calendar.ask("GET", "lunch.ics")


def test_a_rehearsal_tells_the_same_and_writes_nothing(calendar: Server) -> None:
    content, writes = notices.first().standing[F1].content, calendar.writes
    done = go(calendar, content, rehearse=True)
    assert (len(done.added), calendar.writes) == (content.count(b"BEGIN:VEVENT"), writes)


def test_an_entry_that_lies_under_another_name_is_written_there(calendar: Server) -> None:
    before, after = notices.first().standing[F2].content, notices.second().standing[F2].content
    item = items_of(before, "x.ics")[0]
    calendar.ask("PUT", "a%20b%40c.ics", item.body.decode())
    events = before.count(b"BEGIN:VEVENT")
    assert counts(go(calendar, before)) == (events - 1, 0, 0, 1)
    assert counts(go(calendar, after)) == (0, events, 0, 0)
    assert b"SEQUENCE:1" in calendar.ask("GET", "a%20b%40c.ics")


def test_what_somebody_edited_on_the_server_is_put_right(calendar: Server) -> None:
    content = notices.first().standing[F1].content
    go(calendar, content)
    item = items_of(content, "x.ics")[0]
    calendar.ask("PUT", item.name, item.body.decode().replace("SEQUENCE:0", "SEQUENCE:7"))
    assert go(calendar, content).changed == [item.uid]
    assert b"SEQUENCE:0" in calendar.ask("GET", item.name)


def test_a_wrong_password_and_a_calendar_that_is_not_there_are_problems(calendar: Server) -> None:
    for url, password, what in (
        (calendar.url, "guess", "push-login"),
        (f"{calendar.url}none/", "secret", "push-no-collection"),
    ):
        with pytest.raises(UserError) as error, Collection(url, "office", password) as collection:
            push(collection, [], HOST)
        assert [p.what for p in error.value.problems] == [what]
        assert "guess" not in str(error.value)


def test_no_server_is_a_problem() -> None:
    with pytest.raises(UserError) as error, Collection(f"http://127.0.0.1:{free_port()}/x/") as collection:
        push(collection, [], HOST)
    assert [p.what for p in error.value.problems] == ["push-unreachable"]


@pytest.mark.parametrize(
    ("url", "user", "password", "what"),
    [
        ("ftp://x.example/c/", "", "", "push-url"), ("https://a:b@x.example/c/", "", "", "push-url"), ("c/", "", "", "push-url"),
        ("https://x.example/c/", "office", "", "push-password"), ("http://x.example/c/", "office", "p", "push-open-password"),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_a_problem(url: str, user: str, password: str, what: str) -> None:
    with pytest.raises(UserError) as error:
        Collection(url, user, password)
    assert [p.what for p in error.value.problems] == [what]
