"""One firm's year reckoned anew: the same as the solver's where nothing changed, and true where something did."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from fairplanner.amend import Broken, withdraw
from fairplanner.amend.draft import Draft
from fairplanner.amend.year import journey, of_firm, reclaimed, shortened
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.intake import read_programme
from fairplanner.rules import check
from tests import builders as b
from tests.amend.plans import act, planned

TINY = Path(__file__).parents[1] / "programmes" / "tiny"


@cache
def tiny() -> tuple[Programme, Plan]:
    return planned(read_programme(TINY))


def test_claims_and_journeys_of_an_untouched_plan_are_what_they_were() -> None:
    programme, plan = tiny()
    for firm_id in sorted({p.firm_id for p in plan.participations}):
        assert reclaimed(Draft(programme, plan), firm_id).plan == plan
        own = [j for j in plan.journeys if j.firm_id == firm_id]
        assert [journey(programme, firm_id, j.phases, of_firm(plan, firm_id)) for j in own] == own


def test_every_single_withdrawal_keeps_every_rule_or_is_refused_with_one() -> None:
    programme, plan = tiny()
    kept, told = 0, list[int]()
    for firm_id, phase_id in sorted({(p.firm_id, p.phase_id) for p in plan.participations}):
        try:
            made = withdraw(programme, plan, firm_id, phase_id, act(on=programme.settings.as_of))
        except Broken as error:
            told.append(len(error.violations))
        else:
            kept += 1
            assert check(*made.after) == ()
            assert not any((p.firm_id, p.phase_id) == (firm_id, phase_id) for p in made.after[1].participations)
    assert kept
    assert all(told), "a refusal names what is broken"


def chained() -> tuple[Programme, Plan]:
    """A firm that attends two fairs in one city, days apart, in one journey."""
    day = b.phase().start
    assert day is not None
    phases = (b.phase(), b.phase("expo", 2, start=day.replace(day=24), end=day.replace(day=26)))
    asked = tuple(b.application("f1", q.phase_id) for q in phases)
    return planned(b.a_programme(phases=phases, applications=asked, quotas=(), targets=()))


@pytest.mark.parametrize(("gone", "left"), [("expo-1-1", "expo-1-2"), ("expo-1-2", "expo-1-1")])
def test_a_chain_is_cut_to_the_phase_that_is_left(gone: str, left: str) -> None:
    programme, plan = chained()
    assert [j.phases for j in plan.journeys] == [("expo-1-1", "expo-1-2")]
    (only,) = withdraw(programme, plan, "f1", gone, act()).after[1].journeys
    assert (only.phases, only.saved) == ((left,), 0)
    start = programme.phase[left].start
    assert start is not None
    assert only.depart < start


def test_phases_that_cannot_be_joined_any_more_are_gone_to_apart() -> None:
    days = [(15, 17), (19, 21), (27, 29)]
    base = b.phase().start
    assert base is not None
    phases = tuple(
        b.phase("expo", n, start=base.replace(day=x), end=base.replace(day=y), move_in_days=0, move_out_days=0)
        for n, (x, y) in enumerate(days, 1)
    )
    profile = {"home": {"most_gap_days": 6}}
    asked = tuple(b.application("f1", q.phase_id) for q in phases)
    programme, plan = planned(
        b.a_programme(settings=b.settings(profiles=profile), phases=phases, applications=asked, quotas=(), targets=())
    )
    whole = journey(programme, "f1", [q.phase_id for q in phases], of_firm(plan, "f1"))
    assert whole is not None
    ends = [p for p in of_firm(plan, "f1") if p.phase_id != "expo-1-2"]
    assert [j.phases for j in shortened(programme, "f1", ends, [whole])] == [("expo-1-1",), ("expo-1-3",)]
