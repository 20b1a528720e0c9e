"""Whatever table is still empty, a programme poses, and every rule has something to say of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from fairplanner.domain.columns import column_docs
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.pose import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.tables import DECIDED, SCHEMAS, Problem
from fairplanner.solver.extract import plan_of
from fairplanner.solver.solve import solve
from tests import builders as b
from tests.pose.random_packs import packed_programme
from tests.properties.agreement import row_face
from tests.properties.programmes import (
    a_programme_of_grants,
    a_programme_of_many_booths,
    a_ranked_programme,
    any_programme,
)

OWN = [table.name for table in TABLES if not table.shared]


def leaning_on(name: str) -> Iterator[str]:
    """The table and those whose rows name its rows, and so cannot be without it."""
    yield name
    for table in TABLES:
        if table.name != name and any(doc.refers_to == name for doc in column_docs(table.row).values()):
            yield table.name


def without(programme: Programme, *names: str) -> Programme:
    return Programme(**{n: () if n in names else getattr(programme, n) for n in Programme.model_fields})


def assert_stated(problem: Problem) -> None:
    """Every frame has its stated dtypes, however few rows it has."""
    for name, schema in SCHEMAS.items():
        frame = problem.table(name)
        assert {c: str(t) for c, t in frame.dtypes.items()} == {
            c: "object" if t == "str" else t for c, t in schema.items()
        }


NAMES = [name for name in OWN if name != "rates"]
MAKERS = (a_programme_of_grants, any_programme, packed_programme, a_ranked_programme, a_programme_of_many_booths)


def assert_read_without(name: str, programme: Programme) -> None:
    problem = pose(without(programme, *leaning_on(name)))
    assert_stated(problem)
    for rule in RULES:
        row_face(rule, problem)


@pytest.mark.parametrize(("seed", "name"), list(enumerate(NAMES)), ids=str)
def test_a_programme_without_any_one_table_poses_and_every_rule_reads_it(seed: int, name: str) -> None:
    assert_read_without(name, MAKERS[seed % len(MAKERS)](seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
@pytest.mark.parametrize("seed", range(2))
def test_whatever_the_programme_without_any_one_table_it_poses_and_every_rule_reads_it(
    seed: int, maker: Callable[[int], Programme], name: str
) -> None:
    assert_read_without(name, maker(100 + seed))


@pytest.mark.parametrize("invite", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        (),
        ("applications",),
        ("firms", "applications", "decisions"),
        ("posts", "funds", "subsidies", "quotas"),
        tuple(OWN),
    ],
    ids="+".join,
)
def test_a_programme_that_is_hardly_begun_can_be_planned(names: tuple[str, ...], invite: bool) -> None:
    programme = without(b.a_programme(settings=b.settings(invite=invite)), *names)
    problem = pose(programme)
    assert_stated(problem)
    plan = solve(problem, seconds=60).plan
    assert check(programme, plan) == ()
    assert bool(plan.participations) == ("applications" not in names)


@pytest.mark.parametrize("change", [{"wish": "refuses"}, {"state": "withdrawn"}, {"booths": 0}], ids=str)
def test_a_programme_whose_applications_all_fall_away_sends_nobody_and_says_why(change: dict[str, object]) -> None:
    asks = tuple(b.application(f, **change) for f in ("f1", "f2", "f3"))
    programme = b.a_programme(applications=asks, targets=())
    problem = pose(programme)
    assert_stated(problem)
    assert all(problem.table(name).empty for name in DECIDED)
    assert [e.rule for e in problem.excluded] == ["asked-for"] * 3
    nothing = plan_of(problem, {name: np.zeros(0, np.int64) for name in DECIDED})
    assert solve(problem, seconds=60).plan.value == nothing.value == 0
