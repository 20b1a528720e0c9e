"""Ctrl-C while an engine reckons: it is heard at once, the engine is asked to stop, and nothing it says then is a proof.

Left to themselves (ortools 9.15) the engines get it wrong. CP-SAT takes the signal over, ends its search as if it had
been asked to, and gives the handler back as the system's, not Python's, so that the next Ctrl-C kills the process.
MathOpt loses it: the exception is raised inside its binding and dropped there, and HiGHS heeds no interrupter.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

from fairplanner.solver.result import Found

T = TypeVar("T")
POLL = 0.1
"""Seconds between two looks: where waiting cannot be interrupted (Windows), Ctrl-C is heard at the next look."""


class Interrupted(KeyboardInterrupt):
    """A search was interrupted; `found`: its best point and the bound it had told of before, of the model it searched."""

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


class Aside(Generic[T]):
    """Work done on a thread of its own, while the thread that began it waits and hears Ctrl-C."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._done = Event()
        self._made: list[T] = []
        self._error: list[BaseException] = []

    def begin(self) -> Aside[T]:
        """Begin the work now, and wait for it later."""
        Thread(target=self._run, daemon=True).start()
        return self

    def is_over(self, seconds: float = 0.0) -> bool:
        """Whether the work has ended; waited for so long at the most."""
        return self._done.wait(seconds)

    def end(self) -> T:
        """What begun work returns, or raises, when it has ended."""
        while not self._done.wait(POLL):
            pass
        if self._error:
            raise self._error[0]
        return self._made[0]

    def result(self, stop: Callable[[], None] | None = None) -> tuple[T, bool]:
        """What the work returns (or raises), and whether it was interrupted.

        `stop` is called until the work ends. Raises KeyboardInterrupt where there is no `stop`: the work is then left
        alone, and ends by its own limits; the process waits for it when it exits.
        """
        interrupted = False
        try:
            Thread(target=self._run).start()
            while not self._done.wait(POLL):
                pass
        except KeyboardInterrupt:
            if stop is None:
                raise
            interrupted = True
            # asked again until it ends: an engine that has not begun yet does not hear the first time
            stop()
            while not self._done.wait(POLL):
                stop()
        if self._error:
            raise self._error[0]
        return self._made[0], interrupted

    def _run(self) -> None:
        try:
            self._made.append(self._work())
        except BaseException as error:
            self._error.append(error)
        finally:
            self._done.set()
