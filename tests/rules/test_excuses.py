"""The order of applicants as the solver sees it."""

from __future__ import annotations

from fairplanner.pose.posing import pose
from fairplanner.rules.excuses import queue_of
from tests import builders as b


def test_applications_stand_in_the_order_of_their_scores() -> None:
    scores = {"f1": 40.0, "f2": 90.0, "f3": 70.0}
    queue = queue_of(pose(b.a_programme(applications=tuple(b.application(f, score=s) for f, s in scores.items()))))
    assert list(queue.all["firm"]) == ["f2", "f3", "f1"]
    assert list(queue.all["served"]) == [0, 1, -1]
    assert list(queue.all["before"]) == [-1, 0, 1]


def test_where_places_are_optimised_nobody_queues() -> None:
    queue = queue_of(
        pose(b.a_programme(choices=(b.choice("abroad", policy="optimise"), b.choice("expo", policy="optimise"))))
    )
    assert (len(queue.all), len(queue.ahead), len(queue.excuses)) == (0, 0, 0)


def test_excuses_exist_only_for_what_the_programme_limits() -> None:
    plain = queue_of(pose(b.a_programme(applications=tuple(b.application(f) for f in ("f1", "f2")))))
    assert set(plain.excuses["kind"]) == set()
    limited = (b.firm("f1", max_phases=1, own_money=90_000), b.firm("f2"), b.firm("f3", "west"))
    queue = queue_of(pose(b.a_programme(firms=limited, applications=tuple(b.application(f) for f in ("f1", "f2")))))
    assert set(queue.excuses["kind"]) == {"money", "phases"}
