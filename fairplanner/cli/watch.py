"""What goes on while a plan is made: one line redrawn on a terminal for people, lines of JSON in a file for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any

from fairplanner.cli.files import refused
from fairplanner.errors import OutputError, Problem
from fairplanner.words import Words

if TYPE_CHECKING:
    from rich.text import Text

    from fairplanner.solver import Progress

NONE = "-"
"""Where no plan or no bound is known yet."""


class Watch:
    """Phase of the work, best value and least bound so far (thousandths of a point), and seconds since it began.

    A log that can no longer be written ends, and `broken` says why; the plan is made all the same.
    """

    def __init__(self, w: Words, log: IO[str] | None = None) -> None:
        self._w, self._log = w, log
        self._began = perf_counter()
        self._phase = ""
        self._value: int | None = None
        self._bound: int | None = None
        self.broken: OSError | None = None

    def phase(self, name: str) -> None:
        """A phase of the work begins."""
        if name != self._phase:
            self._phase = name
            self._write()

    def heard(self, told: Progress) -> None:
        """What the solver tells: logged where the phase, the value or the bound is new."""
        before = self._phase, self._value, self._bound
        self._phase = told.engine
        self._value = max((x for x in (self._value, told.value) if x is not None), default=None)
        self._bound = min((x for x in (self._bound, told.bound) if x is not None), default=None)
        if before != (self._phase, self._value, self._bound):
            self._write()

    def ended(self, value: int, bound: int) -> None:
        """The last line of a log: what the plan that was written is worth, and what no plan can exceed."""
        self._phase, self._value, self._bound = "done", value, bound
        self._write()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return perf_counter() - self._began

    @property
    def gap(self) -> float | None:
        """Between value and bound, a fraction; None where one of them is not known."""
        from fairplanner.solver import gap_between

        return None if self._value is None or self._bound is None else gap_between(self._value, self._bound)

    def _write(self) -> None:
        if self._log is None:
            return
        value, bound = (None if x is None else x / 1000 for x in (self._value, self._bound))
        gap = None if self.gap is None else round(self.gap, 6)
        told = {"seconds": round(self.seconds, 3), "phase": self._phase, "value": value, "bound": bound, "gap": gap}
        try:
            self._log.write(json.dumps(told, ensure_ascii=False) + "\n")
            self._log.flush()
        except OSError as error:
            self._log, self.broken = None, error

    def line(self) -> str:
        """The state in one line of words; a phase that has no word is called as the solver calls it."""
        key = f"cli.phase.{self._phase}"
        phase = self._w(key) if key in self._w else self._phase
        value, bound = (NONE if x is None else f"{x / 1000:,.1f}" for x in (self._value, self._bound))
        gap = NONE if self.gap is None else f"{self.gap:.2%}"
        return self._w(
            "cli.progress.line", phase=phase, seconds=f"{self.seconds:.0f}", value=value, bound=bound, gap=gap
        )

    def __rich__(self) -> Text:
        from rich.text import Text

        return Text(self.line(), no_wrap=True, overflow="ellipsis")


@contextmanager
def watching(w: Words, log: Path | None = None, *, replace: bool = False) -> Iterator[Watch]:
    """A watch that is shown on stderr where that is a terminal, and logged to `log`; raises OutputError.

    A log of an earlier run is begun anew; another file is only written over with `replace`.
    """
    with ExitStack() as stack:
        watch = Watch(w, None if log is None else stack.enter_context(_opened(log, replace)))
        if sys.stderr.isatty():
            from rich.console import Console

            # a spinner of ASCII, which every console can show
            stack.enter_context(Console(stderr=True).status(watch, spinner="line"))
        yield watch


def _opened(path: Path, replace: bool) -> IO[str]:
    if path.is_file() and not replace and not _is_log(path):
        raise OutputError([Problem(str(path), 0, "", "exists")])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise refused(path, error) from error


def _is_log(path: Path) -> bool:
    """Whether a file is empty or begins as our logs do."""
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline(10_000)
        told: Any = json.loads(first) if first else {"seconds": 0, "phase": ""}
        return isinstance(told, dict) and {"seconds", "phase"} <= told.keys()
    except (OSError, ValueError):
        return False
