from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from fairplanner.domain.kinds import Regime
from fairplanner.domain.packs import TravelRules
from fairplanner.domain.plan import Delegation, Excluded
from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import PROFILES
from fairplanner.pose import pose
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver import plan_of, solve
from tests import builders as b

ABROAD = PROFILES[Regime.ABROAD]


def abroad(*spans: tuple[date, date], places: tuple[str, ...] = (), **changes: object) -> Programme:
    """Phases abroad at which all three firms negotiate, in Singapore unless `places` says otherwise."""
    where = places or ("lion",) * len(spans)
    phases = tuple(
        b.phase("abroad", n, start=s, end=e, place_id=p)
        for n, ((s, e), p) in enumerate(zip(spans, where, strict=True), 1)
    )
    fairs = (b.fair("abroad", roles=("negotiate",)),)
    asked = tuple(b.application(f, q.phase_id, role="negotiate") for f in ("f1", "f2", "f3") for q in phases)
    base = {"fairs": fairs, "phases": phases, "applications": asked, "quotas": (), "prices": (), "subsidies": ()}
    return b.a_programme(**(base | changes))


def profile(**changes: object) -> dict[str, object]:
    return {"settings": b.settings(profiles={Regime.ABROAD: ABROAD.model_copy(update=changes)})}


def of_province(problem: Problem) -> pd.DataFrame:
    sent = problem.delegations[problem.delegations["sponsor"] == "prov"]
    return sent.merge(problem.trips.drop(columns="regime"), left_on="trip", right_index=True)


def names(problem: Problem) -> list[str]:
    return [name.partition(":")[2] for name in of_province(problem)["delegation"]]


def told(problem: Problem, kind: str) -> list[Excluded]:
    return [e for e in problem.excluded if e.kind == kind]


THREE_DAYS = (date(2025, 3, 18), date(2025, 3, 20))


def test_a_party_comes_the_day_before_and_stays_all_or_as_short_as_allowed() -> None:
    assert names(pose(abroad(THREE_DAYS))) == ["abroad-1-1@0317-0319", "abroad-1-1@0317-0320"]


def test_days_count_from_border_to_border_with_both_ends() -> None:
    assert list(of_province(pose(abroad(THREE_DAYS)))["days"]) == [4, 5]


def test_where_the_whole_fair_is_too_long_the_longest_legal_stay_is_offered() -> None:
    long = (date(2025, 3, 18), date(2025, 3, 25))
    assert names(pose(abroad(long))) == ["abroad-1-1@0317-0319", "abroad-1-1@0317-0320"]


def test_a_pack_sets_the_days_and_a_far_market_adds_one() -> None:
    long = (date(2025, 3, 18), date(2025, 3, 25))
    rules = TravelRules(day_limits=(6, 10, 12), far_days=1, far_markets=("asean",))
    for law, last in ((rules.model_copy(update={"far_markets": ()}), "0321"), (rules, "0322")):
        chosen = {"settings": b.settings(packs=(b.pack_choice(),)), "packs": (b.pack(travel=law),)}
        assert names(pose(abroad(long, **chosen))) == ["abroad-1-1@0317-0319", f"abroad-1-1@0317-{last}"]


def test_no_party_goes_where_even_the_shortest_stay_is_too_long() -> None:
    problem = pose(abroad(THREE_DAYS, **profile(day_limits=(3,))))
    assert names(problem) == []
    facts = {"countries": "1", "days": "4", "home": "hills", "limit": "3"}
    assert [(e.rule, dict(e.facts)) for e in told(problem, "trip")] == [("official-days", facts)]
    assert {(e.rule, dict(e.facts)["because"]) for e in told(problem, "application")} == {("hosting", "official-days")}


def test_a_fair_shorter_than_the_least_presence_has_no_party() -> None:
    problem = pose(abroad((date(2025, 3, 18), date(2025, 3, 18))))
    assert [(e.rule, dict(e.facts)["days"]) for e in told(problem, "trip")] == [("presence", "1")]


def test_a_party_larger_than_allowed_does_not_go() -> None:
    problem = pose(abroad(THREE_DAYS, choices=(b.choice("abroad", officials=7, least_firms=1),)))
    assert [(e.rule, dict(e.facts)["officials"]) for e in told(problem, "trip")] == [("official-party", "7")]


def test_without_officials_no_limit_of_days_binds_and_nothing_is_paid() -> None:
    problem = pose(
        abroad((date(2025, 3, 10), date(2025, 3, 20)), choices=(b.choice("abroad", officials=0, least_firms=1),))
    )
    assert [(r["days"], r["cost"], r["fund"]) for r in of_province(problem).to_dict("records")] == [(13, 0, "")]


NEXT = (date(2025, 3, 22), date(2025, 3, 23))
LOOSE = {"choices": (b.choice("abroad", least_firms=1),)}


def test_two_phases_abroad_are_chained_where_one_party_can_do_both() -> None:
    chained = [
        name
        for name in names(pose(abroad(THREE_DAYS, NEXT, **profile(day_limits=(9, 9), least_firms=1))))
        if "+" in name
    ]
    assert chained == ["abroad-1-1@0317-0320+abroad-1-2@0321-0323"]


def test_a_chain_costs_less_than_going_home_between() -> None:
    problem = pose(abroad(THREE_DAYS, NEXT, **profile(day_limits=(9, 9), least_firms=1)))
    cost = of_province(problem).assign(name=names(problem)).set_index("name")["cost"]
    apart = cost["abroad-1-1@0317-0320"] + cost["abroad-1-2@0321-0323"]
    assert cost["abroad-1-1@0317-0320+abroad-1-2@0321-0323"] < apart


def test_chains_over_the_limit_of_days_are_counted() -> None:
    problem = pose(abroad(THREE_DAYS, NEXT, **LOOSE))
    assert [(e.rule, e.count) for e in told(problem, "trip")] == [("chain-official-days", 1)]


def test_a_wait_longer_than_the_profile_allows_is_no_chain() -> None:
    later = (date(2025, 3, 26), date(2025, 3, 27))
    assert not any(
        "+" in name for name in names(pose(abroad(THREE_DAYS, later, **profile(day_limits=(20,), least_firms=1))))
    )


def test_before_a_phase_that_overlaps_a_party_leaves_the_first_one_early() -> None:
    overlap = (date(2025, 3, 20), date(2025, 3, 22))
    chained = [
        name
        for name in names(pose(abroad(THREE_DAYS, overlap, **profile(day_limits=(9,), least_firms=1))))
        if "+" in name
    ]
    assert chained == ["abroad-1-1@0317-0319+abroad-1-2@0319-0321", "abroad-1-1@0317-0319+abroad-1-2@0319-0322"]


@pytest.mark.parametrize(("firms", "chained"), [(("f1", "f2", "f3"), True), (("f1",), False)])
def test_a_chain_needs_firms_enough_at_each_stop(firms: tuple[str, ...], chained: bool) -> None:
    asked = tuple(b.application(f, "abroad-1-1", role="negotiate") for f in ("f1", "f2", "f3"))
    asked += tuple(b.application(f, "abroad-1-2", role="negotiate") for f in firms)
    problem = pose(abroad(THREE_DAYS, NEXT, applications=asked, **profile(day_limits=(9,), least_firms=2), choices=()))
    assert any("+" in name for name in names(problem)) is chained


def test_at_home_a_standing_body_is_there_while_the_fair_is_and_costs_nothing() -> None:
    problem = pose(b.a_programme(applications=(b.application(),)))
    (row,) = of_province(problem).to_dict("records")
    start, end = date(2025, 4, 15).toordinal(), date(2025, 4, 19).toordinal()
    assert (row["depart"], row["return"], row["officials"], row["cost"], row["leader_pool"]) == (start, end, 0, 0, "")
    assert list(problem.stops[problem.stops["trip"] == row["trip"]][["arrive", "leave"]].iloc[0]) == [start, end]


def test_a_zone_at_home_in_the_fairs_city_leaves_on_the_day_before_and_its_plan_is_kept() -> None:
    zones = (b.zone("east", "prov", place_id="lion"), b.zone("prov"), b.zone("west", "prov"))
    programme = b.a_programme(zones=zones, choices=(b.choice("abroad", least_firms=1),))
    plan = solve(pose(programme)).plan
    assert all(d.depart <= d.stops[0].arrive for d in plan.delegations)
    assert any(d.home == "lion" for d in pose_delegations(programme))


def pose_delegations(programme: Programme) -> list[Delegation]:
    """Every delegation that is offered, as a plan would hold it."""
    problem = pose(programme)
    everything = {name: np.ones(len(problem.table(name)), np.int64) for name in DECIDED}
    meta = {"status": "feasible", "bound": 0, "gap": 0.0, "engine": "test", "reproducible": True}
    return list(plan_of(problem, everything, **meta).delegations)
