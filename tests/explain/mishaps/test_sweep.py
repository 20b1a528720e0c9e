"""Many scenarios at once: the same answers in the same order from this process, local processes and a cluster."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from fairplanner.domain.columns import Row
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import UserError
from fairplanner.explain.mishaps.outcomes import Depth, Outcome
from fairplanner.explain.mishaps.scenarios import Scenario, phases_of, scenarios_of
from fairplanner.explain.mishaps.sweep import packed, sweep, unpacked, versions
from tests.explain.uncertain import uncertain


def scenarios(programme: Programme, plan: Plan) -> tuple[Scenario, ...]:
    texts = ["move:expo-1-1=+26d", *(f"drop:{q}" for q in phases_of(programme, plan)), "move:tea-1-1=-26d"]
    return scenarios_of(programme, [([text], "", 1) for text in texts])


@pytest.fixture(scope="module")
def here() -> tuple[Outcome, ...]:
    programme, plan = uncertain()
    return sweep(programme, plan, scenarios(programme, plan), depth=Depth.AGAIN, jobs=1)


def test_outcomes_come_in_the_order_of_the_scenarios_and_say_what_is_lost(here: tuple[Outcome, ...]) -> None:
    programme, plan = uncertain()
    assert [o.name for o in here] == [s.name for s in scenarios(programme, plan)]
    for o in (x for x in here if x.name.startswith("drop:")):
        gone = o.name.removeprefix("drop:")
        assert o.left is not None
        assert set(o.left.places) == {p.participation_id for p in plan.participations if p.phase_id == gone}
        assert o.left.value < plan.value
        assert o.breaks


def test_planning_again_is_never_worse_than_what_is_left_where_places_go_by_value(here: tuple[Outcome, ...]) -> None:
    pairs = [(o.left.value, o.anew.value) for o in here if o.left and o.anew and o.anew.value is not None]
    assert len(pairs) == len(here)
    assert all(left <= anew for left, anew in pairs)
    assert any(left < anew for left, anew in pairs)


def test_looking_at_the_dates_alone_works_nothing_else_out(here: tuple[Outcome, ...]) -> None:
    programme, plan = uncertain()
    found = sweep(programme, plan, scenarios(programme, plan), depth=Depth.DATES, jobs=1)
    assert [(o.left, o.anew) for o in found] == [(None, None)] * len(found)
    assert [o.violations for o in found] == [o.violations for o in here]


def test_local_processes_give_the_same_answers_in_the_same_order(here: tuple[Outcome, ...]) -> None:
    programme, plan = uncertain()
    heard: list[int] = []
    found = sweep(programme, plan, scenarios(programme, plan), depth=Depth.LEFT, jobs=2, tell=heard.append)
    assert found == tuple(replace(o, anew=None) for o in here)
    assert heard == list(range(1, len(here) + 1))


@pytest.fixture
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="workers of a test are not spawned there")
def test_a_cluster_of_separate_processes_gives_the_same_answers_in_the_same_order(
    cluster: Any, here: tuple[Outcome, ...]
) -> None:
    programme, plan = uncertain()
    workers = {w.pid for w in cluster.workers.values()}
    assert len(workers) == 2
    found = sweep(programme, plan, scenarios(programme, plan), depth=Depth.AGAIN, scheduler=cluster.scheduler_address)
    assert found == here
    assert repr(found) == repr(here)


@pytest.mark.slow
def test_workers_with_other_versions_are_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairplanner.explain.mishaps import sweep as module

    programme, plan = uncertain()
    monkeypatch.setattr(module, "_mine", lambda: versions() | {"ortools": "1.0"})
    with pytest.raises(UserError) as error:
        sweep(programme, plan, scenarios(programme, plan)[:1], scheduler=cluster.scheduler_address)
    assert {p.what for p in error.value.problems} == {"risk-other-version"}
    assert len(error.value.problems) == 2


@pytest.mark.slow
def test_where_nobody_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("fairplanner.explain.mishaps.sweep.CONNECT", 1)
    programme, plan = uncertain()
    with pytest.raises(UserError) as error:
        sweep(programme, plan, scenarios(programme, plan)[:1], scheduler="tcp://127.0.0.1:9")
    assert [p.what for p in error.value.problems] == ["risk-no-scheduler"]


def test_without_the_optional_part_a_cluster_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    programme, plan = uncertain()
    with pytest.raises(UserError) as error:
        sweep(programme, plan, scenarios(programme, plan)[:1], scheduler="tcp://127.0.0.1:9")
    assert [p.what for p in error.value.problems] == ["risk-cluster-missing"]


def leaves(x: Any) -> Iterator[Any]:
    if is_dataclass(x):
        for field in fields(x):
            yield from leaves(getattr(x, field.name))
    elif isinstance(x, tuple | frozenset):
        for one in x:
            yield from leaves(one)
    else:
        yield x


def test_only_the_programme_the_plan_ids_and_numbers_cross_the_wire(here: tuple[Outcome, ...]) -> None:
    programme, plan = uncertain()
    there = unpacked(packed(programme, plan, Depth.LEFT))
    assert {type(x) for x in leaves(there)} <= {Programme, Plan, str, int}
    assert there.programme == programme
    assert there.plan == plan
    assert set(vars(there.programme)) == set(Programme.model_fields), "nothing that was worked out of it goes along"
    assert {type(x) for s in scenarios(programme, plan) for x in leaves(s)} <= {str, int}
    answers = {type(x) for o in here for x in leaves(o)}
    assert answers <= {str, int, bool, type(None)}
    assert not any(isinstance(x, Row | Enum) for o in here for x in leaves(o))
