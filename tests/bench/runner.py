"""Starts the child processes of the benchmark one after the other, watches their time and memory, and reads what they wrote."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from tests.bench.child import events

ROOT = Path(__file__).parents[2]
GRACE = 60.0
"""Seconds a child may run over its time before it is killed."""
LOOK = 0.1
Task = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """Seconds over its time that a child may take, seconds for jobs that have no time of their own, and memory, kB."""

    grace: float = GRACE
    making: float = 3600
    memory_kb: int | None = None


@dataclass
class Outcome:
    """What a child told: its facts at the end, better values and bounds over time, and why nothing came of it (`died`)."""

    facts: dict[str, Any] = field(default_factory=dict)
    steps: list[tuple[float, float | None, float | None]] = field(default_factory=list)
    died: str = ""


def run(job: str, folder: Path, task: Task, limits: Limits) -> Outcome:
    """Runs a job in its own process; raises nothing for what happens there."""
    (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
    trace = folder / f"{job}.jsonl"
    out = folder / f"{job}.out"
    with out.open("wb") as file:
        child = subprocess.Popen(  # noqa: S603  (this program's own module)
            [sys.executable, "-m", "tests.bench.engines", job, str(folder)],
            cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            why, peak = _watched(child, trace, task.get("seconds"), limits)
        finally:
            _end(child)
    return _told(events(trace), why or _fate(child.returncode, out), peak)


def _watched(child: subprocess.Popen[bytes], trace: Path, seconds: float | None, limits: Limits) -> tuple[str, int]:
    """Waits; why the child had to be killed ('' if it ended by itself), and the most memory seen, kB.

    The clock starts when the child says that it starts to work; until then it may take as long as making takes.
    """
    began, searching, peak = perf_counter(), False, 0
    while child.poll() is None:
        held = _memory(child.pid)
        peak = max(peak, held)
        if not searching and any(event["event"] == "start" for event in events(trace)):
            began, searching = perf_counter(), True
        most = limits.making if seconds is None or not searching else seconds + limits.grace
        if perf_counter() - began > most:
            return f"killed after {most:.0f} s", peak
        if limits.memory_kb and held > limits.memory_kb:
            return f"killed at {held / 1e6:.1f} GB of memory", peak
        sleep(LOOK)
    return "", peak


def _memory(pid: int) -> int:
    """Most memory the process has held so far, kB; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and what it started, if it is still there: it leads a session of its own."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _fate(code: int, out: Path) -> str:
    if not code:
        return ""
    said = out.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    if code == -signal.SIGKILL:
        return "killed by the system, most likely for its memory"
    fate = f"died of {signal.Signals(-code).name}" if code < 0 else f"died with exit code {code}"
    return ": ".join([fate, *said])[:500]


def _told(found: list[dict[str, Any]], died: str, peak: int) -> Outcome:
    made = Outcome(facts={"memory_kb": peak or None}, died=died)
    for event in found:
        kind = event.pop("event")
        if kind == "step":
            made.steps.append((event["seconds"], event["value"], event["bound"]))
        elif kind == "error":
            made.died = event.pop("says")
            made.facts |= event
        else:
            made.facts |= event
    if not died and not any("seconds" in event for event in found) and not made.died:
        made.died = "told nothing"
    return made
