"""The runner: every engine runs in its own process, what dies is told, and what is measured becomes tables and plots."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from fairplanner.domain.kinds import Status
from fairplanner.pose import pose
from fairplanner.rules import RULES, contract
from fairplanner.solver.model import build
from fairplanner.solver.solve import solve
from tests import builders as b
from tests.bench import exported, jobs, plot, report
from tests.bench.__main__ import ENGINES, asked, main
from tests.bench.child import Trace, events
from tests.bench.engines import ScipLog
from tests.bench.runner import Limits, run


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder of published instances with one in it: 2 agents, 3 jobs, the best assignment costs 6."""
    folder = tmp_path / "published"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "one").write_text("2 3\n1 9 3\n5 2 4\n 4 4 4\n 3 3 3\n 8\n 6\n", encoding="ascii")
    head = "Path,Format,Dataset,Item number,Agent number,Best known bound,Optimum,Best known solution value"
    (folder / "data.csv").write_text(f"{head}\nown/one,orlibrary,own,3,2,6,6,6\nown/gone,,own,1,1,1,1,1\n", "utf-8")
    return folder


@pytest.mark.slow
def test_every_engine_finds_the_best_of_a_tiny_instance_and_all_of_it_is_written(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["--gap-folder", str(tiny), "--seconds", "3", "--json", "--out", str(out), "--date", "a day"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [r["engine"] for r in result["runs"]] == list(ENGINES)
    assert [(r["cost"], r["cost_bound"], r["above_best"]) for r in result["runs"]] == [(6, 6, 0)] * 4
    assert all(r["memory_kb"] > 1000 and r["seconds"] < 30 and not r["died"] for r in result["runs"])
    assert [r["proven"] for r in result["rows"]] == [1] * 4
    assert result["runs"][0]["violations"] == 0
    assert result["machine"].endswith("a day")
    assert str(tmp_path) not in json.dumps(result)
    assert json.loads((out / "results.json").read_text("utf-8")) == result
    assert (out / "table.md").read_text("utf-8").count("| own |") == 4
    ElementTree.parse(out / "gap.svg")  # noqa: S314  (our own)


def test_a_child_over_its_time_or_memory_is_killed_and_told(tmp_path: Path) -> None:
    late = run("make", tmp_path, {"size": "XS", "model": "base", "seed": 1}, Limits(making=0))
    assert late.died == "killed after 0 s"
    large = run("make", tmp_path, {"size": "XS", "model": "base", "seed": 1}, Limits(memory_kb=1))
    assert "GB of memory" in large.died


def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    assert "FileNotFoundError" in run("scip", tmp_path, {"seconds": 1, "gap": 0, "workers": 1}, Limits()).died


def test_an_exported_model_is_the_solvers_own(tmp_path: Path) -> None:
    model = build(pose(b.a_programme()), RULES)
    exported.save(model, tmp_path / "model.npz")
    back = exported.load(tmp_path / "model.npz")
    assert exported.NO_LIMIT == contract.NO_LIMIT
    assert (back.sizes["rows"], back.sizes["columns"]) == model.size
    dice = np.random.default_rng(1)
    for point in [model.lower, model.upper, *(dice.integers(0, 2, (50, len(model.gain))))]:
        assert back.value(point) == model.value(point)
        assert back.is_kept(point) == model.is_kept(point)


@pytest.mark.slow
def test_the_fair_with_most_places_is_cancelled_and_the_year_planned_again(tmp_path: Path) -> None:
    programme = b.a_programme(targets=())
    plan = solve(pose(programme), seconds=5, reproducible=False).plan
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, name, thing in ((before, "programme", programme), (before, "plan", plan), (before, "prices", None)):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.pkl").write_bytes(pickle.dumps(thing))
    after.mkdir()
    jobs.cancel(after, {"after": str(before)}, Trace(after / "cancel.jsonl"))
    told = events(after / "cancel.jsonl")[-1]
    jobs.fairplanner(after, {"seconds": 5, "gap": 0.0}, Trace(after / "fairplanner.jsonl"))
    again = events(after / "fairplanner.jsonl")[-1]
    changed = pickle.loads((after / "programme.pkl").read_bytes())  # noqa: S301  (our own)
    assert {q.fair_id for q in changed.phases if q.status is Status.CANCELLED} == {told["cancelled"]}
    assert told["places"] > 0
    assert again["violations"] == 0
    assert again["value"] < plan.value


def a_run(engine: str, value: float | None, bound: float | None, **more: Any) -> dict[str, Any]:
    base = {"size": "XS", "model": "base", "seed": 1, "engine": engine, "value": value, "bound": bound, "asked": 900}
    base |= {"seconds": 2.0, "posing": 1.0, "memory_kb": 2048, "violations": 0, "status": "time", "died": ""}
    return base | {"steps": [(1.0, value, None), (1.5, value, bound)]} | more


def test_gaps_are_to_the_own_bound_and_to_the_best_bound_that_no_plan_refutes() -> None:
    good, loose, wrong = report.judged(
        [a_run("fairplanner", 100_000, 110_000), a_run("cpsat", 80_000, 120_000), a_run("scip", None, 90_000)]
    )
    assert (good["gap"], good["gap_to_best"]) == pytest.approx((0.1, 0.1))
    assert (loose["gap"], loose["gap_to_best"]) == pytest.approx((0.5, 0.375))
    assert wrong["refuted"]
    assert wrong["gap"] is None
    assert list(report.notes(wrong)) == ["no plan (time)", "its bound is below a plan that was found"]
    assert good["reached"]["1.0%"] is None


def test_a_run_over_its_time_says_so_and_its_gap_in_time_is_kept() -> None:
    late = a_run("fairplanner", 100_000, 101_000, allowed=10.0, seconds=25.0)
    late["steps"] = [(9.0, 100_000, 150_000), (20.0, 100_000, 101_000)]
    (told,) = report.judged([late])
    assert (told["gap"], told["gap_in_time"]) == pytest.approx((0.01, 0.5))
    assert list(report.notes(told)) == ["15 s over its time"]


def test_a_table_holds_medians_over_seeds_and_says_plainly_where_there_is_no_plan() -> None:
    seeds = [a_run("fairplanner", v, 110_000, seed=n) for n, v in enumerate((90_000, 100_000, 105_000))]
    dead = [a_run("highs", None, None, status=None, died="killed after 62 s", seed=n) for n in range(3)]
    rows = report.summed(report.judged([*seeds, *dead]))
    assert rows[0]["gap"] == pytest.approx(0.1)
    lines = report.table(rows).splitlines()
    assert "| XS | base | fairplanner | 3/3 | 100.0 | 110.0 | 10.000% | 10.000% | 2.0 |" in lines[2]
    assert "| highs | 0/3 | – | – | – | – |" in lines[3]
    assert "no plan (killed after 62 s)" in lines[3]
    ElementTree.fromstring(plot.growth(rows))  # noqa: S314  (our own)
    drawn = plot.gaps([*seeds, *dead])
    assert drawn.count("<polyline") == 3 + 2  # three runs and two names in the legend


def test_what_is_unknown_counts_as_worst_in_a_median() -> None:
    assert report.middle([1.0, None, 2.0]) == 2.0
    assert report.middle([1.0, None, None]) is None
    assert report.middle([]) is None


def test_scips_log_is_read_as_a_trajectory(tmp_path: Path) -> None:
    trace = Trace(tmp_path / "scip.jsonl")
    read = ScipLog(trace)
    read([" time | node  | left  |  dualbound   | primalbound  |  gap   | compl."])
    read(["p 0.1s|     1 |     0 | 1.250000e+02 | 9.000000e+01 |  38.89%| unknown", "  (run 1) restart"])
    read([" 0.4s|     7 |     2 | 1.100000e+02 |      --      |    Inf | unknown"])
    assert [(e["value"], e["bound"]) for e in events(tmp_path / "scip.jsonl")] == [(90.0, 125.0), (90.0, 110.0)]


def test_a_line_cut_short_by_the_death_of_a_child_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"event": "start"}\n{"event": "st', "utf-8")
    assert events(tmp_path / "t.jsonl") == [{"event": "start"}]
    assert events(tmp_path / "none.jsonl") == []


def test_an_unknown_engine_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked(["--engines", "fairplanner,gurobi"])
    assert "gurobi" in capsys.readouterr().err
