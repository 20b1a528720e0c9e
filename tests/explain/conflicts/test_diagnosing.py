"""A diagnosis: possible with the limits that bind most, impossible with reasons; what was never offered is explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairplanner.explain.conflicts import diagnosing
from fairplanner.explain.conflicts.diagnosing import collisions, diagnose
from fairplanner.explain.conflicts.prechecks import prechecks
from fairplanner.pose import pose
from tests.builders import decision, quota, target
from tests.explain.independent import best, changed
from tests.explain.planted import WEAK, loose, of_firms
from tests.explain.planted_conflicts import COLLISIONS

CASES = {case.name: case for case in COLLISIONS}


def test_where_everything_can_be_kept_a_plan_is_possible() -> None:
    found = diagnose(loose())
    assert (found.status, found.conflicts, found.repairs.of) == ("possible", (), ())


def test_the_limit_that_binds_most_is_named_with_what_one_more_is_worth() -> None:
    programme = loose(quotas=(quota(booths=2),), firms=of_firms(**WEAK))
    (worth,) = diagnose(programme).binding
    assert str(worth.assumption) == "quotas/expo-1-1/-/prov.booths=3"
    more = changed(programme, "quotas", lambda _: True, booths=3)
    before, after = best(programme), best(more)
    assert before is not None
    assert after is not None
    # an estimate: what the first small part of it is worth where a journey could be divided
    assert 0 < after.value - before.value <= worth.price


def test_what_is_worth_a_look_is_told_of_a_programme_that_can_be_planned() -> None:
    found = diagnose(loose(targets=(target("t", 50),)))
    assert found.status == "possible"
    assert [check.kind for check in found.prechecks] == ["target-wish"]


@pytest.mark.slow
def test_a_diagnosis_is_the_same_whatever_the_order_of_rows() -> None:
    programme = CASES["leaders and, apart from them, must and must not"].made()
    turned = programme.model_copy(
        update={name: getattr(programme, name)[::-1] for name in ("decisions", "applications", "firms", "phases")}
    )
    assert diagnose(programme) == diagnose(turned)


@pytest.mark.slow
def test_who_knows_that_there_is_no_plan_need_not_ask_again() -> None:
    programme = CASES["two pins and a delegation of one"].made()
    assert diagnose(programme, infeasible=True) == diagnose(programme)


def test_what_goes_on_is_told() -> None:
    heard: list[tuple[str, int, int]] = []
    diagnose(CASES["must and must not"].made(), tell=lambda *told: heard.append(told))
    assert [what for what, _, _ in heard] == ["looking", "conflicts", "repairs", "repairs"]
    assert heard[-1] == ("repairs", 2, 2)


@pytest.mark.slow
def test_of_a_large_programme_the_same_conflicts_are_found() -> None:
    for name in ("two pins on the same days", "two phases, at each two pins and one booth", "a floor beyond the fund"):
        programme = CASES[name].made()
        problem = pose(programme)
        whole, cut = (collisions(programme, problem, prechecks(problem), is_large=large) for large in (False, True))
        assert whole == cut


@pytest.mark.slow
def test_of_a_large_programme_the_same_repairs_are_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = CASES["a quota and, apart from it, a fund"].made()
    small = diagnose(programme)
    monkeypatch.setattr(diagnosing, "is_large", lambda _: True)
    large = diagnose(programme)
    assert large.is_large
    assert large.conflicts == small.conflicts
    assert [{r.assumptions for r in own} for own in large.repairs.of] == [
        {r.assumptions for r in own} for own in small.repairs.of
    ]


def test_a_decision_about_somebody_who_never_applied_can_only_be_given_up() -> None:
    found = diagnose(CASES["a pin on a firm that has not applied"].made())
    (own,) = found.repairs.of
    assert [str(a) for r in own for a in r.assumptions] == ["decisions/d1=-"]
    assert replace(own[0], plan_value=0).rule == "decisions"


def test_two_decisions_about_one_place_are_one_conflict() -> None:
    programme = loose(
        decisions=(
            decision("d1", firm_id="f1"),
            decision("d2", "keep", firm_id="f1"),
            decision("d3", "must-not", firm_id="f1"),
        )
    )
    found = diagnose(programme)
    assert found.status == "impossible"
    assert len(found.conflicts) == 1
    (own,) = found.repairs.of
    assert ["decisions/d3=-"] in [[str(a) for a in r.assumptions] for r in own]
