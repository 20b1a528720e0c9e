"""A planner in a process of its own: publishes until it is killed, or once on a signal.

python -m tests.store.child URL loop              one line per revision that is published
python -m tests.store.child URL once NAME         waits for a line; says won, or who was first
"""

from __future__ import annotations

import sys

from fairplanner.store import StoreTaken, open_store
from tests.store.made import PROGRAMME, feed, publish_next, revision

FEEDS, ENTRIES = 30, 20
"""So many that most of the time is spent inside the transaction."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def loop(url: str) -> None:
    with open_store(url) as store:
        while True:
            say(str(publish_next(store, feeds=FEEDS, entries=ENTRIES).number))


def once(url: str, name: str) -> None:
    with open_store(url) as store:
        head = store.head(PROGRAMME)
        assert head is not None
        say("ready")
        sys.stdin.readline()
        try:
            new = revision(head.number + 1, head.seal, name)
            store.publish(new, [feed(new.number, i, mark=name) for i in range(5)], None, onto=head.seal)
            say("won")
        except StoreTaken as taken:
            say(f"taken {taken.number} {taken.by} {taken.at.isoformat()}")


if __name__ == "__main__":
    if sys.argv[2] == "loop":
        loop(sys.argv[1])
    else:
        once(sys.argv[1], sys.argv[3])
