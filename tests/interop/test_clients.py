"""Two real clients subscribe and see every change arrive: Thunderbird follows the bytes, Evolution the stamps."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from fairplanner.words import words
from tests.interop import programs
from tests.interop.clients import evolution, thunderbird_sees
from tests.interop.corpus import Seen
from tests.interop.noted import Note
from tests.interop.serving import serving
from tests.interop.story import silently_stale, story

pytestmark = pytest.mark.interop
END = ("polled again unchanged: 304", "link stopped: only the notice is left")
STOPPED = words("zh")("subscribe.ended.title")


def told(seen: frozenset[Seen], wanted: frozenset[Seen]) -> list[str]:
    return [f"not seen: {e}" for e in sorted(wanted - seen, key=str)] + [
        f"seen: {e}" for e in sorted(seen - wanted, key=str)
    ]


def version_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_each_step_of_the_story_is_another_feed() -> None:
    contents = [step.content for step in story()]
    assert len(set(contents)) == len(contents) == 7
    assert silently_stale(story()[1]) == story()[0].events


@pytest.mark.slow
def test_evolution_follows_every_stamped_change(tmp_path: Path, note: Note) -> None:
    programs.evolution()
    results = []
    with serving(tmp_path / "served", story()[0].content) as served, evolution(tmp_path, served.address) as client:
        for number, step in enumerate(story()):
            if number:
                served.swap(step.content)
                client.refresh(served)
            wanted = silently_stale(step)
            assert told(client.now(wanted), wanted) == [], step.name
            results.append(f"{step.name}: {'ignored' if step.name == 'silent edit' else 'arrives'}")
        served.forget()
        client.refresh(served, 304)
        assert client.now(wanted) == wanted
        served.revoke()
        client.refresh(served)
        assert [event.title for event in client.now(frozenset())] == [STOPPED]
    note("Evolution-Data-Server", _eds_version(), "; ".join((*results, *END)))


def _eds_version() -> str:
    """As the package manager knows it: the service is no command that can be asked."""
    query = shutil.which("dpkg-query")
    return version_of(query, "-W", "-f", "${Version}", "evolution-data-server") if query else ""


@pytest.mark.slow
def test_thunderbird_follows_every_change(tmp_path: Path, note: Note) -> None:
    programs.thunderbird()
    results = []
    with serving(tmp_path / "served", story()[0].content) as served:
        for step in story():
            served.swap(step.content)
            assert told(thunderbird_sees(tmp_path, served), step.events) == [], step.name
            results.append(f"{step.name}: arrives")
        served.forget()
        assert thunderbird_sees(tmp_path, served, 304) == step.events
        served.revoke()
        assert [event.title for event in thunderbird_sees(tmp_path, served)] == [STOPPED]
    note("Thunderbird", version_of(programs.thunderbird(), "--version").split()[-1], "; ".join((*results, *END)))
