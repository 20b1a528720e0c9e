"""The one way to a plan: build the model, search, prove, write down, and judge what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Literal

from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices
from fairplanner.domain.uncollected import uncollected
from fairplanner.errors import NoPlan, PlanBroken
from fairplanner.rules import RULES
from fairplanner.rules.contract import Rule
from fairplanner.rules.tables import Problem
from fairplanner.solver.conflicts import guilty
from fairplanner.solver.contradiction import by_bounds
from fairplanner.solver.engines import MOST_LAST, Begin, run
from fairplanner.solver.extract import plan_of
from fairplanner.solver.leximin import Level, floored, levels
from fairplanner.solver.model import Ints, Model, build
from fairplanner.solver.previous import labelled, previous_point, prices_for
from fairplanner.solver.result import Found, Progress, Solved, gap_between
from fairplanner.solver.unplaced import told, unplaced

ENDING, LATE = 4.0, 0.03
"""Times the building of the model that writing the plan down, judging it and giving reasons take (20,000 firms at 400 phases:
13.8 s after 3.3 s), and share of the seconds by which engines end late: both are left to them."""


def solve(
    problem: Problem, *, rules: Sequence[Rule] = RULES, seconds: float = 60, gap: float | None = None,
    reproducible: bool = True, workers: int = 8, progress: Callable[[Progress], None] | None = None,
    even: Callable[[Level], None] | None = None,
    previous: Plan | None = None, prices: Prices | None = None,
) -> Solved:  # fmt: skip
    """The best plan found within `seconds`, proven to within its `gap` of the best there is, and checked.

    `gap` as a fraction (default: the programme's); the search ends when it is reached. `workers` counts only when not
    `reproducible`. Where `even` is given, zones are first treated by exact leximin, each level told to it with its own
    bound, and the plan is the best that keeps them (`seconds` then hold for each solve). Raises NoPlan (`infeasible` with
    the guilty limits and decisions, or `unknown` when time ran out before any plan was found), PlanBroken when `check`
    condemns the plan, ModelError when numbers are too large. At Ctrl-C the best plan known is returned with the bound
    proven before, `interrupted` and not reproducible; where none is known, KeyboardInterrupt goes up.

    What is promised of a reproducible plan: the same problem gives the same plan, byte for byte, on the same ortools
    version and architecture, because every search has a fixed seed, fixed workers and a budget of work, not of time;
    where the clock had to end it after all, the plan says that it is not reproducible. Among plans of equal value the
    one that decides less is preferred, then the one with earlier ids (delegations, journeys, participations, claims,
    each in order of id). No single decision is kept that could be left out without loss. The rest of that order is searched with
    a small fixed amount of work: on small programmes it is complete, on large ones it is not, and within the target
    gap another plan of nearly equal value may exist; which of them is found then follows from the fixed seed.
    """
    started = perf_counter()
    model = _built(problem, rules)
    built = perf_counter() - started
    if even is not None:
        found_levels = levels(problem, model, seconds, reproducible=reproducible, workers=workers, tell=even)
        model = floored(problem, model, found_levels)
    target = problem.programme.settings.gap if gap is None else gap
    begin = _begin(problem, model, previous, prices)
    left = seconds if reproducible or even is not None else _left(seconds, built, perf_counter() - started)
    found, engine, paid = run(model, left, target, reproducible, workers, _reporter(progress, started), begin)
    _refuse_none(problem, model, found)
    plan = written(problem, model, found, engine, reproducible)
    judge(problem, rules, plan, model.value(found.point))  # type: ignore[arg-type]
    plan = plan.model_copy(update={"excluded": told(problem.excluded, unplaced(problem, plan))})
    told_prices = None if paid is None else labelled(model, paid)
    status: Literal["optimal", "feasible"] = "optimal" if plan.status == "optimal" else "feasible"
    return Solved(plan, perf_counter() - started, engine, status, found.interrupted, told_prices)


def _built(problem: Problem, rules: Sequence[Rule]) -> Model:
    """The model; raises NoPlan where bounds cross: engines for large programmes would look for a plan until their time is up."""
    model = build(problem, rules)
    if len(model.gain) <= MOST_LAST and by_bounds(model) is not None:
        raise NoPlan("infeasible", guilty(problem, model))
    return model


def _left(seconds: float, built: float, gone: float) -> float:
    """Of the seconds those left for the search, at least half of them.

    Not for a reproducible plan: its budgets of work follow from the seconds, and must not hang on the clock.
    """
    return max(0.5 * seconds, seconds - gone - ENDING * built - LATE * seconds)


def _begin(problem: Problem, model: Model, previous: Plan | None, prices: Prices | None) -> Begin:
    if previous is None:
        return Begin()
    return Begin(previous_point(problem, model, previous), None if prices is None else prices_for(model, prices))


def _refuse_none(problem: Problem, model: Model, found: Found) -> None:
    if found.point is None:
        raise NoPlan("infeasible", guilty(problem, model)) if found.infeasible else NoPlan("unknown")


def written(problem: Problem, model: Model, found: Found, engine: str, reproducible: bool = True) -> Plan:
    """The plan that a point describes, with what is proven of it."""
    point: Ints = found.point  # type: ignore[assignment]
    value = model.value(point)
    # where nothing was proven the plan says so: its bound is then what no plan at all can be worth more than
    bound = model.reach if found.bound is None else max(value, found.bound)
    status: Literal["optimal", "feasible"] = "optimal" if bound == value else "feasible"
    return plan_of(
        problem, model.vectors(point), status=status, bound=bound, gap=gap_between(value, bound), engine=engine,
        reproducible=reproducible and found.repeatable,
    )  # fmt: skip


@uncollected()
def judge(problem: Problem, rules: Sequence[Rule], plan: Plan, value: int) -> None:
    """Raises PlanBroken where a rule condemns the plan or its value is not the one that was solved for."""
    broken = sorted(v for rule in rules for v in rule.check(problem.programme, plan))
    if broken:
        raise PlanBroken("; ".join(f"{v.rule} [{v.label}] {v.amount}" for v in broken[:20]))
    if plan.value != value:
        raise PlanBroken(f"value {plan.value} by reckoning, {value} by the model")


def _reporter(
    progress: Callable[[Progress], None] | None, started: float
) -> Callable[[str, int | None, int | None], None] | None:
    if progress is None:
        return None

    def report(engine: str, value: int | None, bound: int | None) -> None:
        gap = gap_between(value, bound) if value is not None and bound is not None else None
        progress(Progress(perf_counter() - started, engine, value, bound, gap))

    return report
