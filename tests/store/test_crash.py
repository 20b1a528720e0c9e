"""Whatever dies while somebody publishes: what was published is there, whole, and nothing of what was not."""

from __future__ import annotations

import time
from random import Random

import pytest

from fairplanner.store import open_store
from tests.store.child import FEEDS
from tests.store.cluster import Cluster
from tests.store.made import PROGRAMME, numbers_shown, publish_next
from tests.store.processes import planner

KILLS = 6


def _publish_until_killed(url: str, seconds: float) -> int:
    """Kill a planner so long after its first revision; the last number it said was published."""
    child = planner(url, "loop")
    assert child.stdout is not None
    said = [child.stdout.readline()]
    time.sleep(seconds)
    child.kill()
    said += child.communicate(timeout=60)[0].splitlines(keepends=True)
    assert child.returncode == -9
    return max(int(line) for line in said if line.endswith("\n"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5])
def test_a_planner_killed_at_any_moment_leaves_whole_revisions(url: str, seed: int) -> None:
    random, last = Random(seed), 0  # noqa: S311  moments, not secrets
    for _ in range(KILLS):
        said = _publish_until_killed(url, random.uniform(0, 0.4))
        with open_store(url) as store:
            head = store.head(PROGRAMME)
            assert head is not None
            assert said <= head.number <= said + 1, "what was said to be published is there; at most the line was lost"
            assert head.number > last
            assert numbers_shown(store) == {head.number}
            assert len(store.feeds(PROGRAMME)) == FEEDS
            assert store.verify(PROGRAMME) == ()
            last = publish_next(store, feeds=FEEDS).number
            assert numbers_shown(store) == {last}


@pytest.mark.slow
@pytest.mark.interop
def test_a_server_that_crashes_keeps_what_was_published_and_is_found_again(cluster: Cluster) -> None:
    with open_store(cluster.url()) as store:
        first = publish_next(store, feeds=FEEDS)
        cluster.crash()
        with pytest.raises(Exception, match="store-fails"):
            store.head(PROGRAMME)
        cluster.start()
        assert store.head(PROGRAMME) == first
        assert numbers_shown(store) == {1}
        assert publish_next(store, feeds=FEEDS).number == 2
        assert store.verify(PROGRAMME) == ()
