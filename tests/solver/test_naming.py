"""Posts are named in a written order, never twice at a time."""

from __future__ import annotations

import pandas as pd

from fairplanner.domain.programme import Programme
from fairplanner.rules.tables import SCHEMAS, Problem, frame
from fairplanner.solver.naming import named_posts
from tests import builders as b


def a_problem(
    programme: Programme, days: list[tuple[int, int]], pools: list[tuple[str, str]]
) -> tuple[Problem, pd.DataFrame]:
    trips = [
        {
            "trip": f"t{i}",
            "home": "hills",
            "regime": "abroad",
            "depart": a,
            "return": z,
            "days": z - a + 1,
            "countries": 1,
        }
        for i, (a, z) in enumerate(days)
    ]
    delegations = [
        {
            "delegation": f"d{i}", "sponsor": "prov", "trip": i, "regime": "abroad", "officials": 3, "least_firms": 0,
            "most_firms": -1, "leader_pool": leader, "interpreter_pool": other, "fund": "", "cost": 0, "gain": 0,
        }
        for i, (leader, other) in enumerate(pools)
    ]  # fmt: skip
    base = {"trips": trips, "delegations": delegations}
    problem = Problem(programme, **{name: frame(name, base.get(name, [])) for name in SCHEMAS})  # type: ignore[arg-type]
    return problem, problem.delegations


POSTS = (b.post("lead-2"), b.post("lead-1"), b.post("es-1", skill="interpreter:es"), b.post("east-1", "east"))


def test_earlier_departure_takes_the_smaller_id_and_returns_it_free_the_day_after() -> None:
    pools = [("prov:leader", "")] * 3
    problem, going = a_problem(b.a_programme(posts=POSTS), [(14, 20), (10, 13), (13, 15)], pools)
    assert named_posts(problem, going) == {"d1": ("lead-1",), "d2": ("lead-2",), "d0": ("lead-1",)}


def test_leader_comes_before_interpreter_and_pools_are_of_their_own_zone() -> None:
    pools = [("prov:leader", "prov:interpreter:es"), ("east:leader", "")]
    problem, going = a_problem(b.a_programme(posts=POSTS), [(1, 5), (2, 6)], pools)
    assert named_posts(problem, going) == {"d0": ("lead-1", "es-1"), "d1": ("east-1",)}


def test_where_nobody_is_left_nobody_is_named() -> None:
    problem, going = a_problem(
        b.a_programme(posts=POSTS[2:]), [(1, 5), (2, 6)], [("prov:leader", "prov:interpreter:es")] * 2
    )
    assert named_posts(problem, going) == {"d0": ("es-1",), "d1": ()}


def test_no_post_is_needed_at_home() -> None:
    problem, going = a_problem(b.a_programme(posts=POSTS), [(1, 5)], [("", "")])
    assert named_posts(problem, going) == {"d0": ()}


def test_a_party_keeps_the_post_that_it_had_though_its_days_have_moved_and_another_is_smaller() -> None:
    before = b.settled_trip("d0", posts=("lead-2",))
    problem, going = a_problem(
        b.a_programme(posts=POSTS, settled_trips=(before,)), [(10, 13), (12, 15)], [("prov:leader", "")] * 2
    )
    assert named_posts(problem, going) == {"d0": ("lead-2",), "d1": ("lead-1",)}


def test_nobody_takes_the_post_that_another_out_at_the_same_time_had() -> None:
    before = b.settled_trip("d1", posts=("lead-1",))
    problem, going = a_problem(
        b.a_programme(posts=POSTS, settled_trips=(before,)), [(10, 13), (12, 15), (20, 21)], [("prov:leader", "")] * 3
    )
    assert named_posts(problem, going) == {"d0": ("lead-2",), "d1": ("lead-1",), "d2": ("lead-1",)}


def test_a_post_that_is_gone_or_may_not_leave_is_replaced() -> None:
    before = b.settled_trip("d0", posts=("lead-9",))
    problem, going = a_problem(b.a_programme(posts=POSTS, settled_trips=(before,)), [(10, 13)], [("prov:leader", "")])
    assert named_posts(problem, going) == {"d0": ("lead-1",)}
