"""One firm joins while everybody else keeps exactly what they have."""

from __future__ import annotations

from functools import cache

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import solve
from fairplanner.solver.joining import Joining
from tests import builders as b


def with_late() -> Programme:
    made = without_late()
    late = tuple(b.application("late", q) for q in ("abroad-1-1", "expo-1-1", "expo-1-2"))
    return Programme(
        **(dict(made) | {"firms": (*made.firms, b.firm("late")), "applications": (*made.applications, *late)})
    )


def without_late() -> Programme:
    return b.a_programme(
        quotas=(b.quota("expo-1-1", 3), b.quota("expo-1-2", 9)),
        choices=(b.choice("abroad", least_firms=2, policy="optimise"), b.choice("expo", policy="optimise")),
    )


@cache
def before() -> Plan:
    return solve(pose(without_late()), seconds=10, gap=0).plan


def test_it_gets_what_is_left_and_nothing_that_others_have() -> None:
    joining = Joining(pose(with_late()), before(), "late")
    found = joining.best({f"late/{q}/-" for q in ("abroad-1-1", "expo-1-1", "expo-1-2")})
    assert found is not None
    assert check(with_late(), found.plan) == ()
    assert {p.phase_id for p in found.plan.participations if p.firm_id == "late"} == {"abroad-1-1", "expo-1-2"}
    others = [p.participation_id for p in found.plan.participations if p.firm_id != "late"]
    assert others == [p.participation_id for p in before().participations]
    assert found.value == found.plan.value
    assert found.before < found.value


def test_only_what_it_asks_for() -> None:
    found = Joining(pose(with_late()), before(), "late").best({"late/expo-1-2/-"})
    assert found is not None
    assert [p.phase_id for p in found.plan.participations if p.firm_id == "late"] == ["expo-1-2"]


def test_what_one_place_adds_alone_and_none_where_it_cannot_be_had() -> None:
    joining = Joining(pose(with_late()), before(), "late")
    alone = joining.gain("late/expo-1-2/-")
    found = joining.best({"late/expo-1-2/-"})
    assert found is not None
    assert alone == found.value - found.before
    assert joining.gain("late/expo-1-1/-") is None
