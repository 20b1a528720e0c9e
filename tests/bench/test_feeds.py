"""The measure of load itself, on twenty feeds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.feeds import asked, feeds_of, served, store_with


def test_feeds_are_as_big_as_they_are_said_to_be_and_each_its_own() -> None:
    made = list(feeds_of(3, 50))
    assert len({feed.etag for feed in made}) == 3
    assert all(35_000 < len(feed.content) < 45_000 for feed in made)


@pytest.mark.slow
@pytest.mark.interop
def test_what_is_measured_is_answered(tmp_path: Path) -> None:
    if shutil.which("wrk") is None:
        pytest.skip("wrk is not installed")
    path = tmp_path / "feeds.db"
    links = store_with(path, 20, 3)
    server, url = served(path, 1, tmp_path)
    try:
        for tagged in (True, False):
            found = asked(url, links, tagged=tagged, seconds=1, connections=2, pid=server.pid, folder=tmp_path)
            assert found["not_2xx_or_3xx"] == 0 or int(str(found["requests"])) > 20 * 600, found
            assert found["socket_errors"] is False
    finally:
        server.terminate()
        assert server.wait(30) == 0
    kinds = {
        line.split('"status":')[1][:3]
        for line in (tmp_path / "serve.log").read_text().splitlines()
        if "feed" in line and "status" in line
    }
    assert kinds <= {"200", "304", "429"}
    assert {"200", "304"} <= kinds
