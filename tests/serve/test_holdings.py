"""What is at hand is what stands, from one request to the next; and it holds when the store does not answer."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from fairplanner.serve import app as application
from fairplanner.serve import keeper
from fairplanner.serve.settings import Settings
from fairplanner.store import open_store
from tests.serve.asking import AT, FIRM, PROGRAMME, Answer, Place, asked, place, running
from tests.store.cluster import Cluster


def test_what_is_revoked_published_or_made_shows_in_the_next_request(where: Place) -> None:
    async def ask() -> None:
        async with running(where) as get:
            assert (await get(where.url())).body == where.feed().content
            where.publish("second")
            answer = await get(where.url())
            assert b"zh second" in answer.body
            assert answer.headers["etag"] == f'"{sha256(answer.body).hexdigest()}"'
            where.store.revoke(1, datetime.now(UTC))
            assert b"zh second" not in (await get(where.url())).body
            assert (await get(where.url("handout.html"))).status == 410
            new = where.store.renew(1, AT)
            assert b"zh second" in (await get(f"/f/{new}/f1.zh.ics")).body

    asyncio.run(ask())


def test_a_thousand_requests_at_once_see_what_was_published_before_them(where: Place) -> None:
    async def ask() -> None:
        async with running(where, burst=5000) as get:
            await get(where.url())
            for n in range(5):
                where.publish(f"number {n}")
                answers = await asyncio.gather(*(get(where.url()) for _ in range(200)))
                assert {a.body for a in answers} == {where.feed().content}

    asyncio.run(ask())


def test_many_requests_at_once_ask_the_store_once(where: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = 0
    original = keeper.Keeper._look

    def counted(self: keeper.Keeper) -> keeper.State:
        nonlocal asked_for
        asked_for += 1
        return original(self)

    monkeypatch.setattr(keeper.Keeper, "_look", counted)

    async def ask() -> None:
        async with running(where) as get:
            await get(where.url())
            await asyncio.gather(*(get(where.url()) for _ in range(100)))

    asyncio.run(ask())
    assert asked_for <= 4


def test_what_is_not_kept_for_lack_of_room_is_read_again(where: Place) -> None:
    async def ask() -> None:
        async with running(where, memory=10) as get:
            for _ in range(2):
                assert (await get(where.url())).body == where.feed().content
                assert (await get(where.url("handout.html"))).body == b"<!DOCTYPE html>"

    asyncio.run(ask())


def hidden_while(where: Place) -> list[Answer]:
    """Answers while the store's file is elsewhere, and one after it came back."""

    async def ask() -> list[Answer]:
        async with running(where) as get:
            await get(where.url())
            away = where.path.with_suffix(".away")
            where.path.rename(away)
            answers = [
                await get(where.url()), await get(where.url("x.en.ics")), await get("/f/" + "a" * 27 + "/x.zh.ics"), await get("/health"),
                await get(where.url(), headers=[("If-None-Match", f'"{sha256(b"").hexdigest()}"')]), await get("/robots.txt"),
            ]  # fmt: skip
            away.rename(where.path)
            return [*answers, await get(where.url("x.en.ics")), await get("/health")]

    return asyncio.run(ask())


def test_what_is_at_hand_is_served_while_the_store_is_away(where: Place) -> None:
    content = where.feed().content
    known, unread, unknown, health, other_tag, robots, back, well = hidden_while(where)
    assert (known.status, known.body) == (200, content)
    assert (other_tag.status, other_tag.body) == (200, content)
    assert unread.status in (200, 503)  # a file that is open can be read on wherever it went
    assert [a.status for a in (unknown, health, robots)] == [503, 503, 200]
    assert {a.headers["retry-after"] for a in (unknown, health)} == {"30"}
    assert "Traceback" not in (unknown.body + health.body).decode()
    assert [a.status for a in (back, well)] == [200, 200]


def test_a_store_put_back_from_a_copy_is_the_one_that_is_served(where: Place) -> None:
    copy = where.path.with_suffix(".copy")
    with sqlite3.connect(where.path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()

    async def ask() -> None:
        async with running(where) as get:
            where.publish("to be lost")
            assert b"to be lost" in (await get(where.url())).body
            for old in where.path.parent.glob("office.db*"):
                old.unlink()
            shutil.move(copy, where.path)
            assert b"first" in (await get(where.url())).body

    asyncio.run(ask())


def test_a_store_that_is_locked_is_not_waited_for_long(where: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", 0.3)
    where.store.close()
    holder = sqlite3.connect(where.path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")

    async def ask() -> tuple[list[Answer], float]:
        async with running(where) as get:
            began = time.monotonic()
            answers = await asyncio.gather(*(get(where.url()) for _ in range(20)))
            spent = time.monotonic() - began
            holder.close()
            return answers, spent

    answers, spent = asyncio.run(ask())
    assert {(a.status, a.headers["retry-after"]) for a in answers} == {(503, "30")}
    assert spent < 5


@pytest.mark.interop
def test_a_database_server_that_hangs_holds_nobody_up(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL: the same answers; and while a table is locked, what is at hand goes on being served."""
    monkeypatch.setattr(keeper, "PATIENCE", 0.5)
    where = place(cluster.url())

    async def ask() -> None:
        async with running(where) as get:
            assert (await get(where.url())).body == where.feed().content
            where.publish("second")
            assert b"second" in (await get(where.url())).body
            engine = create_engine(where.at)
            with engine.begin() as holder:
                holder.exec_driver_sql("LOCK TABLE office, tokens, feeds IN ACCESS EXCLUSIVE MODE")
                began = time.monotonic()
                known, unknown, later = await asyncio.gather(
                    get(where.url()), get("/f/" + "a" * 27 + "/x.zh.ics"), _soon(lambda: get(where.url()))
                )
                assert time.monotonic() - began < 2
                again = await get(where.url())
            engine.dispose()
            assert [a.status for a in (known, unknown, later, again)] == [200, 503, 200, 200]
            assert b"second" in known.body
            where.store.revoke(1, datetime.now(UTC))
            await asyncio.sleep(0.2)
            assert b"second" not in (await get(where.url())).body

    try:
        asyncio.run(ask())
    finally:
        where.store.close()


async def _soon(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    await asyncio.sleep(0.3)
    return await ask()


def test_a_store_that_is_not_there_at_the_start_is_found_when_it_comes(tmp_path: Path) -> None:
    at = str(tmp_path / "office.db")
    made = application(at, Settings(at))

    async def ask() -> None:
        async with made.router.lifespan_context(made):
            assert (await asked(made, "/health")).status == 503
            where = place(at)
            assert (await asked(made, where.url())).body == where.feed().content
            where.store.close()

    asyncio.run(ask())


def test_which_links_were_used_is_written_when_the_server_stops(where: Place) -> None:
    other = where.store.create_token(PROGRAMME, FIRM, AT)

    async def ask() -> None:
        async with running(where) as get:
            for _ in range(3):
                await get(where.url())
            await get(where.url("missing.pdf"))
            await get(f"/f/{other}/missing.pdf")
            assert all(t.used is None for t in where.store.tokens(PROGRAMME))

    before = where.store.change()
    asyncio.run(ask())
    used, unused = where.store.tokens(PROGRAMME)
    assert used.used is not None
    assert abs((datetime.now(UTC) - used.used).total_seconds()) < 30
    assert unused.used is None
    assert where.store.change() == before


def test_uses_that_could_not_be_written_are_written_later(where: Place) -> None:
    from fairplanner.serve.app import Used

    async def ask() -> None:
        keep = keeper.Keeper(str(where.path))
        used = Used(keep)
        used(1, AT)
        await used.write()  # nothing is open yet: the store is opened by the first question after it
        await keep.state()
        used(2, AT)
        await used.write()
        keep.close()

    asyncio.run(ask())
    assert where.store.tokens(PROGRAMME)[0].used == AT


def test_two_servers_over_one_store_agree(where: Place) -> None:
    async def ask() -> None:
        async with running(where) as one, running(where) as two:
            assert (await one(where.url())).body == (await two(where.url())).body
            with open_store(str(where.path)) as store:
                store.revoke(1, datetime.now(UTC))
            assert (await one(where.url())).body == (await two(where.url())).body != where.feed().content

    asyncio.run(ask())
