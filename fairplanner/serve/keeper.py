"""The store as a server asks it: never in the way of other requests, never waited for long, opened anew if it was replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeVar

from fairplanner.serve import logs
from fairplanner.store import Store, open_store

T = TypeVar("T")
PATIENCE = 2.0
"""Seconds until a store counts as not answering: a calendar's program gives up at 10 or more."""
SLOW_THREADS = 2
"""For what takes long: pages, counting, writing. What polls need is read by one thread: more would only wait for each other."""


class Unreachable(Exception):
    """The store does not answer now."""


class State(NamedTuple):
    """What stood when the store was asked: which opening of it, and how far it had moved."""

    opening: int
    change: int


class Keeper:
    """Asks the store in threads of its own, from one event loop.

    `state` asks once for all requests that wait: each is answered by a question that was put after it came, so whatever is
    revoked or published shows in the next request, and a thousand requests at once cost one query.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._store: Store | None = None
        self._file: tuple[int, int] | None = None
        self._opening = 0
        self._quick = ThreadPoolExecutor(1, "store-quick")
        self._slow = ThreadPoolExecutor(SLOW_THREADS, "store-slow")
        self._waiting: list[asyncio.Future[State]] = []
        self._asked_at: float | None = None

    async def ask(self, question: Callable[[Store], T], *, slow: bool = False, patience: float | None = None) -> T:
        """The answer of the store; raises Unreachable if none comes within `patience` seconds or it is an error.

        `slow`: it takes more than a few rows, and polls should not wait behind it.
        """
        loop = asyncio.get_running_loop()
        threads = self._slow if slow else self._quick
        answer = loop.run_in_executor(threads, lambda: question(self._opened()))
        try:
            return await asyncio.wait_for(answer, patience or PATIENCE)
        except TimeoutError as error:
            raise Unreachable from error
        except Exception as error:
            raise _told(error) from error

    async def state(self) -> State:
        """How far the store has moved, asked after the call; raises Unreachable."""
        loop = asyncio.get_running_loop()
        if self._asked_at is not None and loop.time() - self._asked_at > PATIENCE:
            raise Unreachable
        mine: asyncio.Future[State] = loop.create_future()
        self._waiting.append(mine)
        if self._asked_at is None:
            self._asked_at = loop.time()
            loop.call_soon(self._put)
        return await mine

    def close(self) -> None:
        """Let go of the store; a question that hangs is left to itself."""
        self._quick.shutdown(wait=False, cancel_futures=True)
        self._slow.shutdown(wait=False, cancel_futures=True)
        if self._store is not None:
            self._store.close()

    def _put(self) -> None:
        """Ask for everybody who waits by now."""
        loop = asyncio.get_running_loop()
        waiting, self._waiting = self._waiting, []
        self._asked_at = loop.time()
        late = loop.call_later(PATIENCE, self._give_up, waiting)

        def done(answer: asyncio.Future[State]) -> None:
            late.cancel()
            self._asked_at = None
            is_lost = answer.cancelled() or answer.exception() is not None
            _answer(waiting, None if is_lost else answer.result())
            if self._waiting:
                self._put()

        loop.run_in_executor(self._quick, self._look).add_done_callback(done)

    def _give_up(self, waiting: list[asyncio.Future[State]]) -> None:
        """Nobody waits for a question that hangs, neither those it was put for nor those after them."""
        later, self._waiting = self._waiting, []
        _answer([*waiting, *later], None)

    def _look(self) -> State:
        """How far the store has moved; in the quick thread, which alone opens the store.

        A store that was put back from a copy is another file at the same path, and the open one would go on unseen.
        """
        try:
            if self._store is None or (self._file and _identity(self._store.where) != self._file):
                self._open()
            return State(self._opening, self._opened().change())
        except Exception as error:
            raise _told(error) from error

    def _open(self) -> None:
        old, self._store = self._store, open_store(self._url, create=False)
        self._opening += 1
        self._file = _identity(self._store.where) if Path(self._store.where).is_file() else None
        if old is not None:
            old.close()

    def _opened(self) -> Store:
        if self._store is None:
            raise Unreachable
        return self._store


def _identity(path: str) -> tuple[int, int]:
    found = Path(path).stat()
    return found.st_dev, found.st_ino


def _answer(waiting: list[asyncio.Future[State]], state: State | None) -> None:
    for future in waiting:
        if future.done():
            continue
        if state is None:
            future.set_exception(Unreachable())
        else:
            future.set_result(state)


def _told(error: Exception) -> Unreachable:
    """The one error requests see; what it was stands in the log."""
    if not isinstance(error, Unreachable):
        logs.write(level="error", said="store", error=type(error).__name__)
    return Unreachable()
