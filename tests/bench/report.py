"""What the runs of the benchmark amount to: gaps, medians over seeds, and the tables that people read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from tests.bench.gap_instances import cost_from

Run = dict[str, Any]
TIMED = (0.01, 0.005, 0.002, 0.001)
"""Gaps for which the time is told at which they were first proven."""
LEEWAY = 1e-6
"""What floating point may be out by, as a share, before a bound counts as refuted by another engine's plan."""

OVER = 3.0
"""Seconds over its time from which on a run says so."""


def gap_between(value: float | None, bound: float | None) -> float | None:
    """(bound - value) / |value|, as a fraction; None where one of them is unknown."""
    if value is None or bound is None:
        return None
    return max(0.0, bound - value) / (abs(value) or 1.0)


def judged(runs: Sequence[Run]) -> list[Run]:
    """The runs on one instance, with their gaps: to their own bound, and to the best bound of them all.

    A bound below a plan that was found and keeps the model is none, and is told as `refuted`.
    """
    best = max((r["value"] for r in runs if r["value"] is not None), default=None)
    least = None if best is None else best - LEEWAY * abs(best) - 1
    made = [r | {"refuted": _is_below(r["bound"], least)} for r in runs]
    bound = min((r["bound"] for r in made if r["bound"] is not None and not r["refuted"]), default=None)
    return [_gaps(r, bound) for r in made]


def _is_below(bound: float | None, least: float | None) -> bool:
    return bound is not None and least is not None and bound < least


def _gaps(run: Run, best_bound: float | None) -> Run:
    own = None if run["refuted"] else gap_between(run["value"], run["bound"])
    proven = ((seconds, gap_between(value, bound)) for seconds, value, bound in run["steps"])
    course = [(seconds, gap) for seconds, gap in proven if gap is not None]
    times = {f"{gap:.1%}": next((s for s, g in course if g <= gap), None) for gap in TIMED}
    in_time = [gap for seconds, gap in course if seconds <= run.get("allowed", math.inf)]
    to_best = gap_between(run["value"], best_bound)
    return run | {"gap": own, "gap_to_best": to_best, "gap_in_time": min(in_time, default=None), "reached": times}


def middle(values: Iterable[float | None]) -> float | None:
    """Median, where what is unknown counts as worse than anything known; None where that is the median."""
    known = [math.inf if v is None else v for v in values]
    found = median(known) if known else math.inf
    return None if math.isinf(found) else found


def summed(runs: Sequence[Run]) -> list[Run]:
    """One row for each size, model and engine: medians over the seeds."""
    rows = []
    for (size, model, engine), same in _grouped(runs, ("size", "model", "engine")):
        row: Run = {"size": size, "model": model, "engine": engine, "runs": len(same)}
        row["plans"] = sum(r["value"] is not None for r in same)
        for key in ("value", "bound", "gap", "gap_to_best", "seconds", "posing", "memory_kb", "violations", "asked"):
            row[key] = middle(r.get(key) for r in same)
        row["notes"] = "; ".join(dict.fromkeys(note for r in same for note in notes(r)))
        rows.append(row)
    return rows


def notes(run: Run) -> Iterator[str]:
    """What a reader must know of a run besides its numbers."""
    if run["value"] is None:
        yield f"no plan ({run['died'] or run['status']})"
    elif run["died"]:
        yield run["died"]
    over = (run["seconds"] or 0) - run.get("allowed", math.inf)
    if over > OVER:
        yield f"{over:.0f} s over its time"
    if run.get("refused"):
        yield "its point breaks the model"
    if run.get("refuted"):
        yield "its bound is below a plan that was found"


def _grouped(runs: Sequence[Run], keys: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], list[Run]]]:
    """Groups in the order in which they first occur."""
    order: dict[tuple[Any, ...], int] = {}
    for r in runs:
        order.setdefault(tuple(r[k] for k in keys), len(order))
    ranked = sorted(runs, key=lambda r: order[tuple(r[k] for k in keys)])
    for key, same in groupby(ranked, key=lambda r: tuple(r[k] for k in keys)):
        yield key, list(same)


HEAD = ("size", "model", "engine", "plans", "value", "bound", "gap", "gap to best bound", "seconds", "posing s", "peak MB", "violations", "notes")  # fmt: skip


def table(rows: Sequence[Run]) -> str:
    """Markdown; value and bound in points."""
    return _markdown(HEAD, [_cells(r) for r in rows])


def _cells(r: Run) -> list[str]:
    points = [_number(None if r[k] is None else r[k] / 1000, 1) for k in ("value", "bound")]
    memory = _number(None if r["memory_kb"] is None else r["memory_kb"] / 1024, 0)
    return [
        r["size"], r["model"], r["engine"], f"{r['plans']}/{r['runs']}", *points, _percent(r["gap"]),
        _percent(r["gap_to_best"]), _number(r["seconds"], 1), _number(r["posing"], 1), memory,
        _number(r["violations"], 0), r["notes"],
    ]  # fmt: skip


def published(runs: Sequence[Run]) -> list[Run]:
    """One row for each class and engine: gap to the best known value, and to the engine's own bound, in terms of cost."""
    rows = []
    for (kind, engine), same in _grouped([as_cost(r) for r in runs], ("size", "engine")):
        found = [r for r in same if r["cost"] is not None]
        above = [r["above_best"] for r in found]
        rows.append({
            "class": kind, "engine": engine, "instances": len(same), "found": len(found),
            "best": sum(a <= 0 for a in above), "proven": sum(bool(r["is_proven"]) for r in found),
            "mean": sum(above) / len(above) if above else None, "most": max(above, default=None),
            "gap": middle(r["cost_gap"] for r in same), "seconds": middle(r["seconds"] for r in same),
            "violations": middle(r.get("violations") for r in same),
            "notes": "; ".join(dict.fromkeys(note for r in same for note in notes(r))),
        })  # fmt: skip
    return rows


def as_cost(run: Run) -> Run:
    """A run on a published instance in its own terms: cost, bound, and how far above the best known cost it is."""
    cost, known = cost_from(run["value"], run), run["best_known"]
    bound = None if run["bound"] is None or run.get("refuted") else math.ceil(run["constant"] - run["bound"] - LEEWAY)
    gap = None if cost is None or bound is None else max(0.0, cost - bound) / cost
    above = None if cost is None else (cost - known) / known
    return run | {"cost": cost, "cost_bound": bound, "cost_gap": gap, "above_best": above, "is_proven": gap == 0}


PUBLISHED = ("class", "engine", "placed all", "best known reached", "proven", "mean above best known", "most", "median gap to own bound", "seconds", "violations", "notes")  # fmt: skip


def published_table(rows: Sequence[Run]) -> str:
    """Markdown of `published`."""
    return _markdown(PUBLISHED, [
        [
            r["class"], r["engine"], f"{r['found']}/{r['instances']}", str(r["best"]), str(r["proven"]),
            _percent(r["mean"]), _percent(r["most"]), _percent(r["gap"]), _number(r["seconds"], 1),
            _number(r["violations"], 0), r["notes"],
        ]
        for r in rows
    ])  # fmt: skip


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in lines
    )


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3%}"
