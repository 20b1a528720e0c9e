"""The agreements between what the solver is told and what `check` judges, over programmes and plans that hypothesis draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.pose.posing import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.base import Law
from fairplanner.rules.reckon.grants import settled
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.extract import plan_of
from fairplanner.solver.solve import solve
from tests.properties.agreement import REACHED, check_face, likely_vectors, random_vectors, row_face
from tests.properties.planned_before import a_programme_planned_before
from tests.properties.programmes import SEEDS, a_programme_of_grants
from tests.properties.programmes import programmes as unplanned

JUDGED_ONLY = {rule.key for rule in RULES if type(rule).rows is Law.rows}
TWO_FACED = [rule for rule in RULES if rule.key not in JUDGED_ONLY]
QUIET = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}


def programmes() -> st.SearchStrategy[Programme]:
    """Programmes that were never planned, and, as often, some with an earlier plan."""
    return st.one_of(unplanned(), SEEDS.map(a_programme_planned_before))


@settings(max_examples=16, **QUIET)
@given(programmes(), st.integers(0, 2**16))
def test_rows_and_check_find_the_same_labels_with_the_same_amounts(programme: Programme, seed: int) -> None:
    problem, rng = pose(programme), np.random.default_rng(seed)
    faces = {rule.key: row_face(rule, problem) for rule in TWO_FACED}
    for share, once in ((0.1, False), (0.35, True), (0.7, False)):
        vectors = random_vectors(problem, rng, share, once=once)
        plan = plan_of(problem, vectors)
        judges = [rule for rule in TWO_FACED if once or rule.key not in REACHED]
        told = {rule.key: faces[rule.key].broken(vectors) for rule in judges}
        assert told == {rule.key: check_face(rule, programme, plan) for rule in judges}


@settings(max_examples=8, **QUIET)
@given(SEEDS.map(a_programme_of_grants), st.integers(0, 2**16))
def test_rows_and_check_agree_on_money_in_plans_that_keep_most_rules(programme: Programme, seed: int) -> None:
    problem, rng = pose(programme), np.random.default_rng(seed)
    judges = [rule for rule in TWO_FACED if rule.key.startswith("claim") or rule.key in ("own-money", "fund-budget")]
    faces = {rule.key: row_face(rule, problem) for rule in judges}
    for _ in range(3):
        vectors = likely_vectors(problem, rng)
        plan = plan_of(problem, vectors)
        told = {rule.key: faces[rule.key].broken(vectors) for rule in judges}
        assert told == {rule.key: check_face(rule, programme, plan) for rule in judges}


@settings(max_examples=12, **QUIET)
@given(SEEDS.map(a_programme_of_grants), st.integers(0, 2**16))
def test_what_the_law_pays_keeps_the_rules_on_limits_and_rounding_and_nothing_else_does(
    programme: Programme, seed: int
) -> None:
    problem, rng = pose(programme), np.random.default_rng(seed)
    free = {s.subsidy_id for s in programme.subsidy.values() if s.entitled == "up-to"}
    for share in (0.3, 0.8):
        plan = plan_of(problem, random_vectors(problem, rng, share, once=True))
        lawful = plan.model_copy(update={"claims": settled(programme, plan.claims)})
        judges = [rule for rule in RULES if rule.key in REACHED]
        assert [v for rule in judges for v in rule.check(programme, lawful)] == []
        if plan.claims != lawful.claims and not free & {c.subsidy_id for c in plan.claims}:
            assert [v for rule in judges for v in rule.check(programme, plan)] != []


def test_rules_that_only_judge_are_those_whose_breach_pose_never_offers() -> None:
    assert {"asked-for", "deadline", "fund-use", "plan-value", "travel-dates"} <= JUDGED_ONLY
    assert not {r.key for r in TWO_FACED} & {"asked-for", "plan-value"}


@settings(max_examples=12, **QUIET)
@given(programmes())
def test_what_pose_offers_breaks_none_of_the_rules_that_only_judge(programme: Programme) -> None:
    problem = pose(programme)
    everything = plan_of(problem, {name: np.ones(len(problem.table(name)), np.int64) for name in DECIDED})
    found = [v for rule in RULES if rule.key in JUDGED_ONLY for v in rule.check(programme, everything)]
    assert found == []


@settings(max_examples=8, **QUIET)
@given(programmes())
def test_solved_plans_pass_and_cost_what_check_says(programme: Programme) -> None:
    problem = pose(programme)
    try:
        solved = solve(problem, rules=RULES, seconds=60, workers=2)
    except NoPlan as error:
        assert not _nobody_goes(programme, problem), error  # noqa: PT017 - either outcome is right, each has its proof
        return
    assert check(programme, solved.plan) == ()


def _nobody_goes(programme: Programme, problem: Problem) -> bool:
    """Whether the plan in which nobody goes anywhere keeps every rule, so that there must be a plan."""
    nothing = plan_of(problem, {name: np.zeros(len(problem.table(name)), np.int64) for name in DECIDED})
    return check(programme, nothing) == ()


@settings(max_examples=4, **QUIET)
@given(programmes(), st.randoms(use_true_random=False))
def test_the_order_of_the_programmes_rows_changes_no_row_of_the_model(programme: Programme, random: object) -> None:
    tables = ("firms", "applications", "quotas", "posts", "funds", "phases", "zones", "targets")
    mixed = {name: tuple(random.sample(getattr(programme, name), len(getattr(programme, name)))) for name in tables}  # type: ignore[attr-defined]
    one, other = (
        pose(programme),
        pose(Programme(**({name: getattr(programme, name) for name in Programme.model_fields} | mixed))),
    )
    for rule in TWO_FACED:
        assert _as_sets(rule, one) == _as_sets(rule, other), rule.key


def _as_sets(rule: object, problem: object) -> object:
    face = row_face(rule, problem)  # type: ignore[arg-type]
    names = {block: list(c.labels) for block, c in face.columns.items()}
    rows = []
    for r in face.rows:
        for i, name in enumerate(r.labels):
            cells = []
            for block, matrix in r.terms.items():
                span = slice(matrix.indptr[i], matrix.indptr[i + 1])
                called = names.get(block)
                cells += [
                    (str(block), called[j] if called else int(j), int(c))
                    for j, c in zip(matrix.indices[span], matrix.data[span], strict=True)
                ]
            rows.append((name, int(r.lower[i]), int(r.upper[i]), tuple(sorted(cells, key=str))))
    return sorted(rows, key=str)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_is_named_after_its_file(rule: object) -> None:
    assert type(rule).__module__ == f"fairplanner.rules.{rule.key.replace('-', '_')}"  # type: ignore[attr-defined]
