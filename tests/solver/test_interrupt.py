"""Ctrl-C while an engine reckons: a signal to a process of its own, because it would end the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from fairplanner.solver.interrupt import Aside

ROOT = Path(__file__).parent.parent.parent
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot send itself the signal of Ctrl-C")

START = """
import os, signal, time
from itertools import product
from threading import Timer
from fairplanner.errors import NoPlan
from fairplanner.pose import pose
from fairplanner.solver import engines, solve
from fairplanner.solver.branch import branch
from fairplanner.solver.exact import Effort, cp_model_of, search
from fairplanner.solver.interrupt import Interrupted
from fairplanner.solver.model import build
from tests import builders as b
from tests.solver.small import SHAPE, a_problem, limits, wanted

def press():
    os.kill(os.getpid(), signal.SIGINT)

def hard():
    "CP-SAT leaves more than half of it open after five seconds."
    return build(a_problem(90, 24, 5, least=3, options=2), [*SHAPE, limits(40, 9_000_000, 4), wanted(900, 4_000)])

def crowd():
    "A programme that CP-SAT needs some seconds for."
    firms = tuple(b.firm(f"f{i:02d}", "east" if i % 2 else "west", record=(i % 7) / 7) for i in range(40))
    asked = tuple(b.application(f.firm_id, q) for f in firms for q in ("abroad-1-1", "expo-1-1", "expo-1-2"))
    return pose(b.a_programme(firms=firms, applications=asked, quotas=(b.quota(booths=20),)))
"""
DIRECTLY = """
model = hard()
points = (search(model, Effort(seconds, None, 0.0, 2, reproducible=False)).point for seconds in (1.5, 8, 40))
possible = model.value(next(point for point in points if point is not None))
begun = time.perf_counter()
cp_model_of(model)
built = time.perf_counter() - begun
known = set()
for after, reproducible in ((0.15, True), (0.1, False), *product((1, 2, 8, 30), (True, False))):
    if reproducible in known:
        continue  # a busy machine needs longer until something is known, an idle one need not wait
    Timer(built + after, press).start()
    try:
        search(model, Effort(600, None, 0.0, 2, reproducible))
        print("not interrupted")
    except Interrupted as cut:
        found = cut.found
        assert found.interrupted and not found.repeatable and not found.infeasible
        assert found.point is None or model.is_kept(found.point)
        assert found.bound is None or found.bound >= possible, "a proof of what is not so"
        print("without a point" if found.point is None else "with a point")
        known |= {reproducible} if found.point is not None else set()
assert known == {True, False}
Timer(0.2, press).start()
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("and heard again")
"""
WITH_A_PLAN = """
engines.MOST_COLUMNS = 0
problem = crowd()
best = solve(problem, gap=0).plan.value
pressed = []

def at_first_value(progress):
    if progress.value is not None and progress.engine == "exact" and not pressed:
        pressed.append(progress)
        press()

solved = solve(problem, gap=0, seconds=600, progress=at_first_value)
assert solved.interrupted and pressed
assert not solved.plan.reproducible
assert solved.plan.value <= best <= solved.plan.bound
assert solved.status == solved.plan.status == ("optimal" if solved.plan.value == solved.plan.bound else "feasible")
print("a plan with an honest bound")
"""
WITHOUT_A_PLAN = """
engines.MOST_COLUMNS = 0
model = hard()
Timer(0.03, press).start()
try:
    engines.run(model, 600, 0.0, True, 2, None, engines.Begin())
except KeyboardInterrupt:
    print("nothing known")
"""
IN_BRANCH_AND_CUT = """
model = hard()
Timer(0.3, press).start()
begun = time.perf_counter()
try:
    branch(model, 3, 10**6, 0.0)
except KeyboardInterrupt:
    assert time.perf_counter() - begun < 2.8, "the three seconds it has were waited for"
    print("heard at once")
"""


def told_by(program: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", START + program], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
@ON_POSIX
def test_an_interrupted_search_proves_nothing_and_the_next_signal_is_heard_too() -> None:
    lines = told_by(DIRECTLY)
    assert lines[0] == "without a point", "it was stopped in presolve"
    assert lines[-2:] == ["with a point", "and heard again"]
    assert "not interrupted" not in lines


@ON_POSIX
def test_an_interrupted_solve_returns_the_best_plan_with_the_bound_proven_before() -> None:
    assert told_by(WITH_A_PLAN) == ["a plan with an honest bound"]


@ON_POSIX
@pytest.mark.parametrize(
    ("program", "said"),
    [(WITHOUT_A_PLAN, "nothing known"), pytest.param(IN_BRANCH_AND_CUT, "heard at once", marks=pytest.mark.slow)],
)
def test_where_no_plan_is_known_the_interrupt_goes_up(program: str, said: str) -> None:
    assert told_by(program) == [said]


def test_what_work_raises_is_raised_where_it_is_waited_for() -> None:
    def fails() -> None:
        raise ValueError("of its own")

    with pytest.raises(ValueError, match="of its own"):
        Aside(fails).result()


def test_work_that_is_not_interrupted_is_not_asked_to_stop() -> None:
    asked = Event()
    assert Aside(lambda: 7).result(asked.set) == (7, False)
    assert not asked.is_set()


def test_work_begun_goes_on_aside_until_it_is_asked_for() -> None:
    go, begun = Event(), Event()

    def work() -> int:
        begun.set()
        go.wait()
        return 7

    aside = Aside(work).begin()
    assert begun.wait(20), "it begins without being waited for"
    assert not aside.is_over()
    assert not aside.is_over(0.05)
    go.set()
    assert aside.end() == 7
    assert aside.is_over()
    assert aside.end() == 7, "as often as it is asked for"


def test_what_begun_work_raises_is_raised_at_its_end_and_not_before() -> None:
    def fails() -> None:
        raise ValueError("of its own")

    aside = Aside(fails).begin()
    assert aside.is_over(20)
    with pytest.raises(ValueError, match="of its own"):
        aside.end()
