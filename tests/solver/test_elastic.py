"""Rows that may be broken: as few labels as can be, and one by as little as can be."""

from __future__ import annotations

import numpy as np

from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.solver.elastic import elastic, least_broken
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Model, build
from tests import builders as b

EFFORT = Effort(10, 2.0)


def collided() -> Model:
    pins = tuple(b.decision(f"d{i}", firm_id=f"f{i}") for i in (1, 2, 3))
    asked = tuple(b.application(f"f{i}", booths=4, least_booths=3) for i in (1, 2, 3))
    return build(
        pose(b.a_programme(decisions=pins, applications=asked, quotas=(b.quota(booths=4),), targets=())), RULES
    )


def test_fewest_labels_are_broken_and_of_these_by_the_least() -> None:
    model = collided()
    may = np.isin(np.array(model.rules), ("decisions", "booth-quota"))
    index = {name: n for n, name in enumerate(sorted({(model.rules[i], model.labels[i]) for i in np.flatnonzero(may)}))}
    found = search(elastic(model, may, index), EFFORT)
    assert found.point is not None
    broken = [name for name, used in zip(index, found.point[-len(index) :], strict=True) if used]
    assert broken == [("booth-quota", "expo-1-1 · * · prov · booths")]


def test_a_quota_lacks_what_the_fewest_booths_of_all_come_to() -> None:
    model = collided()
    own = np.array([rule == "booth-quota" for rule in model.rules])
    assert least_broken(model, own, lambda made: search(made, EFFORT)) == 5, "three firms take nine booths at least"


def test_what_does_not_help_has_no_least_breach() -> None:
    model = collided()
    own = np.array([label == "d1" for label in model.labels])
    assert least_broken(model, own, lambda made: search(made, EFFORT)) is None


def test_what_is_kept_anyway_is_broken_by_nothing() -> None:
    model = build(pose(b.a_programme()), RULES)
    own = np.array([rule == "booth-quota" for rule in model.rules])
    assert least_broken(model, own, lambda made: search(made, EFFORT)) == 0
