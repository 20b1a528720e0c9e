"""`python -m tests.bench`: fairplanner and other engines side by side, each in its own process; see README.md here."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.bench import gap_instances, plot, report
from tests.bench.runner import GRACE, Limits, Outcome, Task, run

ENGINES = ("fairplanner", "cpsat", "highs", "scip")
PACKAGES = ("ortools", "highspy", "numba", "numpy", "scipy", "pandas")
Run = dict[str, Any]


def asked(words: list[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", default="XS", help="XS,S,M,L,XL")
    parser.add_argument("--model", default="packs", help="base,rules,packs")
    parser.add_argument("--seed", default="1", help="1,2,3")
    parser.add_argument(
        "--seconds", type=float, default=45, help="for every engine; posing counts for fairplanner only"
    )
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--target", type=float, default=0.0, help="gap at which an engine may stop, as a fraction")
    parser.add_argument("--workers", type=int, default=8, help="workers of CP-SAT alone")
    parser.add_argument("--gap-folder", type=Path, help="published assignment instances instead of made-up programmes")
    parser.add_argument("--gap-only", default="*", help="those whose name fits, e.g. 'cattrysse1994/gap1-*'")
    parser.add_argument(
        "--replan", action="store_true", help="plan, cancel the fair with most places, plan again from the plan"
    )
    parser.add_argument("--first-seconds", type=float, help="for the first plan of --replan (default: --seconds)")
    parser.add_argument("--grace", type=float, default=GRACE, help="seconds over its time before a child is killed")
    parser.add_argument("--memory", type=float, help="GB at which a child is killed (default: 85 %% of the machine's)")
    parser.add_argument("--json", action="store_true", help="JSON on standard output instead of tables")
    parser.add_argument("--out", type=Path, help="folder for results.json, table.md, gap.svg and growth.svg")
    parser.add_argument("--date", default="", help="day of the measurement, for the line that names the machine")
    args = parser.parse_args(words)
    for name in ("size", "model", "seed", "engines"):
        setattr(args, name, [word.strip() for word in getattr(args, name).split(",") if word.strip()])
    unknown = set(args.engines) - set(ENGINES)
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))} (there are {', '.join(ENGINES)})")
    return args


def say(text: str) -> None:
    """Progress, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def cases(args: argparse.Namespace) -> Iterator[Run]:
    """Every instance asked for: `size`, `model`, `seed`, and for published ones its file and best known value."""
    if args.gap_folder:
        for one in gap_instances.listed(args.gap_folder):
            if fnmatch.fnmatch(one["name"], args.gap_only):
                known = {"best_known": one["best_known"], "best_bound": one["best_bound"]}
                yield {"size": one["class"], "model": "gap", "seed": one["name"], "instance": one["path"]} | known
        return
    for size in args.size:
        for model in args.model:
            for seed in args.seed:
                yield {"size": size, "model": model, "seed": int(seed)}


def measured(case: Run, args: argparse.Namespace, limits: Limits, folder: Path) -> list[Run]:
    """One instance through every engine."""
    say(f"{case['size']} {case['model']} {case['seed']}: making")
    shape = run("make", folder, case, limits)
    if not shape.died and args.replan:
        case, folder, shape = _replanned(case, args, limits, folder)
    facts = shape.facts
    if not shape.died and set(args.engines) - {"fairplanner"}:
        exported = run("export", folder, {}, limits)
        say(f"  exported: {exported.died or exported.facts}")
        facts = facts | exported.facts
        shape.died = "" if (folder / "model.npz").is_file() else exported.died
    task = {"seconds": args.seconds, "gap": args.target, "workers": args.workers}
    runs = []
    for engine in args.engines:
        waits_for_model = engine != "fairplanner" and not (folder / "model.npz").is_file()
        no_instance = not (folder / "programme.pkl").is_file() or waits_for_model
        outcome = Outcome(died=f"no instance: {shape.died}") if no_instance else run(engine, folder, task, limits)
        allowed = {"allowed": args.seconds}
        runs.append(allowed | {k: v for k, v in case.items() if k != "instance"} | _row(engine, facts, outcome))
        say(f"  {engine}: {_in_short(runs[-1])}")
    return report.judged(runs)


def _replanned(case: Run, args: argparse.Namespace, limits: Limits, folder: Path) -> tuple[Run, Path, Outcome]:
    """A first plan, then the programme without the fair with most places; the first plan lies beside it."""
    first = run("fairplanner", folder, {"seconds": args.first_seconds or args.seconds, "gap": args.target}, limits)
    say(f"  first plan: {first.died or first.facts}")
    case = case | {"model": f"{case['model']}, re-planned"}
    if not (folder / "plan.pkl").is_file():
        return case, folder / "after", Outcome(died=f"no first plan: {first.died or first.facts.get('status')}")
    after = folder / "after"
    after.mkdir()
    shape = run("cancel", after, {"after": str(folder)}, limits)
    say(f"  cancelled: {shape.died or shape.facts}")
    return case, after, shape


TOLD = ("value", "bound", "status", "seconds", "posing", "memory_kb", "violations", "translating", "version", "refused",
        "found_by", "participations", "delegations")  # fmt: skip
OF_INSTANCE = ("firms", "phases", "asked", "rows", "columns", "nonzeros", "constant", "dearest", "cancelled", "places")


def _row(engine: str, facts: Run, outcome: Outcome) -> Run:
    """A run as it is reported; what a killed engine had last told is its bound, but no plan."""
    told = {name: outcome.facts.get(name) for name in TOLD}
    if told["status"] is None:
        told["bound"] = outcome.steps[-1][2] if outcome.steps else None
    if engine != "fairplanner":
        told["posing"] = sum(facts.get(name) or 0 for name in ("posing", "building"))
    if told["violations"]:  # a plan that breaks a rule is none, whatever it is worth
        told["value"], outcome.died = None, f"check finds {told['violations']} violations"
    instance = {name: facts[name] for name in OF_INSTANCE if name in facts}
    return {"engine": engine} | instance | told | {"died": outcome.died, "steps": outcome.steps}


def _in_short(run: Run) -> str:
    gap = report.gap_between(run["value"], run["bound"])
    proof = "no gap" if gap is None else f"gap {gap:.3%}"
    return "; ".join([f"value {run['value']}, bound {run['bound']}, {proof}, {run['seconds']} s", *report.notes(run)])


def machine(day: str) -> str:
    """One line: cores, memory, versions, and the day if it was given."""
    parts = [f"{os.cpu_count()} cores", f"{_memory_kb() / 1024**2:.0f} GB", platform.machine()]
    parts.append(f"Python {platform.python_version()}")
    for name in PACKAGES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join([*parts, day] if day else parts)


def _memory_kb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024


def main(words: list[str] | None = None) -> int:
    """Measures, prints, and writes files where asked to."""
    args = asked(words)
    limits = Limits(grace=args.grace, memory_kb=int(args.memory * 1e6) if args.memory else int(0.85 * _memory_kb()))
    runs: list[Run] = []
    for case in cases(args):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            runs += measured(case, args, limits, Path(folder))
    result = told(runs, args)
    text = tables(result)
    if args.out:
        written(args.out, result, text)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n" if args.json else text)
    return 0


def told(runs: list[Run], args: argparse.Namespace) -> Run:
    """Everything measured, as it goes into results.json."""
    is_published = args.gap_folder is not None
    asked_for: Task = {"seconds": args.seconds, "target": args.target, "workers": args.workers}
    rows = report.published(runs) if is_published else report.summed(runs)
    if is_published:
        runs = [report.as_cost(r) for r in runs]
    return {"machine": machine(args.date), **asked_for, "published": is_published, "rows": rows, "runs": runs}


def tables(result: Run) -> str:
    """The machine, what was asked for, and the table."""
    made = report.published_table if result["published"] else report.table
    head = f"{result['machine']}\n\n{result['seconds']:g} s an engine; value and bound in points, medians over seeds"
    head = (
        head.replace("value and bound in points, medians over seeds", "cost is minimised")
        if result["published"]
        else head
    )
    return f"{head}\n\n{made(result['rows'])}\n"


def written(folder: Path, result: Run, text: str) -> None:
    """results.json, table.md and the plots."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "table.md").write_text(text, encoding="utf-8")
    (folder / "gap.svg").write_text(plot.gaps(result["runs"]), encoding="utf-8")
    if not result["published"]:
        (folder / "growth.svg").write_text(plot.growth(result["rows"]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
