"""What a child process of the benchmark writes down while it works, so that nothing is lost if it has to be killed."""

from __future__ import annotations

import json
import math
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

PER_KB = 1 if sys.platform != "darwin" else 1024


def peak_kb() -> int:
    """Peak memory of this process, kB: Linux's own count (which begins anew with the program), else that of `resource`."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // PER_KB


class Trace:
    """One JSON line an event, in the file at once: start, step (a better value or bound), end or error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started = perf_counter()
        self._last: tuple[float | None, float | None] = (None, None)
        self._best: float | None = None
        self._proven: float | None = None

    @property
    def seconds(self) -> float:
        """Wall time since `start`."""
        return perf_counter() - self._started

    def start(self, **facts: Any) -> None:
        """The clock begins; what was before (reading, translating) is told apart."""
        self._write(event="start", **facts)
        self._started = perf_counter()

    def step(self, value: float | None, bound: float | None) -> None:
        """A value or a bound as the engine tells it; only what is better than before is written."""
        if value is not None and math.isfinite(value) and (self._best is None or value > self._best):
            self._best = value
        if bound is not None and math.isfinite(bound) and (self._proven is None or bound < self._proven):
            self._proven = bound
        now = (self._best, self._proven)
        if now != self._last:
            self._last = now
            self._write(event="step", seconds=round(self.seconds, 3), value=self._best, bound=self._proven)

    @property
    def bound(self) -> float | None:
        """The best bound told so far."""
        return self._proven

    def end(self, **facts: Any) -> None:
        """What came out."""
        self._write(event="end", **({"seconds": round(self.seconds, 3), "memory_kb": peak_kb()} | facts))

    def error(self, says: str) -> None:
        """Why nothing came out."""
        self._write(event="error", says=says, memory_kb=peak_kb())

    def _write(self, **event: Any) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")


def events(path: Path) -> list[dict[str, Any]]:
    """What a child has written so far; a line cut short by its death is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            break
    return found
