"""Published assignment instances as programmes: the best plan is the best assignment, and nothing else counts."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplanner.pose import pose
from fairplanner.solver.solve import solve
from tests.bench.gap_instances import Instance, assignment_of, cost_from, facts_of, listed, programme_of, read


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    agents, jobs = draw(st.integers(1, 3)), draw(st.integers(1, 4))

    def table(lowest: int, highest: int) -> tuple[tuple[int, ...], ...]:
        row = st.tuples(*[st.integers(lowest, highest)] * jobs)
        return tuple(draw(row) for _ in range(agents))

    return Instance(table(0, 30), table(1, 6), draw(st.tuples(*[st.integers(0, 14)] * agents)))


def cheapest(instance: Instance) -> int | None:
    """By trying every assignment; None where no assignment places every job."""
    agents = range(len(instance.capacities))
    costs = []
    for chosen in product(agents, repeat=instance.jobs):
        used = [sum(instance.weights[i][j] for j, at in enumerate(chosen) if at == i) for i in agents]
        if all(u <= c for u, c in zip(used, instance.capacities, strict=True)):
            costs.append(sum(instance.costs[i][j] for j, i in enumerate(chosen)))
    return min(costs, default=None)


@pytest.mark.slow
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(instances())
def test_the_best_plan_is_the_best_assignment_and_says_where_there_is_none(instance: Instance) -> None:
    plan = solve(pose(programme_of(instance)), seconds=20, gap=0, reproducible=False).plan
    assert plan.status == "optimal"
    best = cheapest(instance)
    assert cost_from(plan.value, facts_of(instance)) == best
    chosen = assignment_of(plan)
    assert (len(chosen) == instance.jobs) == (best is not None)
    if best is not None:
        assert sum(instance.costs[agent][job] for job, agent in chosen.items()) == best


def test_an_instance_is_read_from_its_file_and_a_short_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_text("2 3\n1 9 3\n5 2 4\n 4 4 4\n 3 3 3\n 8\n 6\n", encoding="ascii")
    assert read(path) == Instance(((1, 9, 3), (5, 2, 4)), ((4, 4, 4), (3, 3, 3)), (8, 6))
    path.write_text("2 3\n1 9 3\n", encoding="ascii")
    with pytest.raises(ValueError, match="one: 5 numbers for 2 agents and 3 jobs"):
        read(path)


def test_what_the_map_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="weights at least 1"):
        programme_of(Instance(((1,),), ((0,),), (1,)))
    with pytest.raises(ValueError, match="100,000"):
        programme_of(Instance(((100_001,),), ((1,),), (1,)))


def test_only_instances_that_are_in_the_folder_are_listed(tmp_path: Path) -> None:
    head = "Path,Format,Dataset,Item number,Agent number,Best known bound,Optimum,Best known solution value"
    (tmp_path / "data.csv").write_text(f"{head}\nhere,x,own,3,2,6,,7\nnot,x,own,1,1,1,1,1\n", "utf-8")
    (tmp_path / "here").write_text("", "utf-8")
    assert [(i["name"], i["best_bound"], i["best_known"]) for i in listed(tmp_path)] == [("here", 6, 7)]
