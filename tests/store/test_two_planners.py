"""Several planners publish at once: one wins, and the others are told by whom, when and which number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from fairplanner.domain.published import Scope
from fairplanner.store import Store, StoreTaken, open_store
from tests.store.made import AT, PROGRAMME, feed, number_of, numbers_shown, publish_next, revision
from tests.store.processes import planner


@pytest.mark.parametrize("shared", [True, False], ids=["one connection pool", "a store each"])
def test_of_many_threads_exactly_one_wins(store: Store, url: str, shared: bool) -> None:
    first, many = publish_next(store), 6
    together = Barrier(many)

    def publish(name: str) -> StoreTaken | None:
        own = store if shared else open_store(url)
        new = revision(2, first.seal, name)
        together.wait(30)
        try:
            own.publish(new, [feed(2, i, mark=name) for i in range(3)], None, onto=first.seal)
        except StoreTaken as taken:
            return taken
        finally:
            if not shared:
                own.close()
        return None

    names = [f"planner {i}" for i in range(many)]
    with ThreadPoolExecutor(many) as pool:
        ends = dict(zip(names, pool.map(publish, names), strict=True))
    (winner,) = [name for name, taken in ends.items() if taken is None]
    head = store.head(PROGRAMME)
    assert head is not None
    assert (head.number, head.by) == (2, winner)
    assert {(t.number, t.by, t.at, t.why) for t in ends.values() if t} == {(2, winner, head.at, head.why)}
    assert {f.content for f in store.feeds(PROGRAMME).values()} == {feed(2, i, mark=winner).content for i in range(3)}
    assert store.verify(PROGRAMME) == ()


def test_of_several_processes_exactly_one_wins(store: Store, url: str) -> None:
    publish_next(store)
    children = [planner(url, "once", f"process{i}") for i in range(3)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    said = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        said.append(child.communicate(timeout=60)[0].strip())
    assert {child.returncode for child in children} == {0}
    winner = said.index("won")
    head = store.head(PROGRAMME)
    assert head is not None
    assert head.by == f"process{winner}"
    assert [s for s in said if s != "won"] == [f"taken 2 process{winner} {head.at.isoformat()}"] * 2
    assert store.verify(PROGRAMME) == ()


def test_readers_see_one_revision_while_another_is_published(store: Store, url: str) -> None:
    publish_next(store, feeds=8)
    done, seen = Event(), set()

    def read() -> None:
        with open_store(url) as own:
            while not done.is_set():
                found = own.feeds(PROGRAMME).values()
                numbers = {s.sequence for f in found for s in f.states} | {number_of(f) for f in found}
                assert len(numbers) == 1, numbers
                seen.update(numbers)

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for _ in range(15):
            publish_next(store, feeds=8)
        done.set()
        reading.result(30)
    assert seen <= set(range(1, 17))
    assert numbers_shown(store) == {16}


def test_of_many_that_make_the_store_at_once_all_get_the_same(url: str) -> None:
    many = 5
    together = Barrier(many)

    def make(i: int) -> str:
        together.wait(30)
        with open_store(url, host=f"host{i}.example.org") as store:
            store.create_token(PROGRAMME, Scope("firm", str(i)), AT)
            return store.host

    with ThreadPoolExecutor(many) as pool:
        hosts = set(pool.map(make, range(many)))
    assert len(hosts) == 1
    with open_store(url) as store:
        assert len(store.tokens(PROGRAMME)) == many
