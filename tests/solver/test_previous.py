"""An earlier plan finds its place in a later model, and prices find their rows again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.rules.tables import DECIDED
from fairplanner.solver import plan_of
from fairplanner.solver.model import SHARED, Ints, Model, build
from fairplanner.solver.previous import labelled, previous_point, prices_for, vanished
from tests import builders as b
from tests.solver.small import SHAPE, TinyRule, a_problem, limits, rows_of

PROGRAMME = b.packed(b.pack(limits=(b.limit(15_000),)), quotas=())
PROBLEM = pose(PROGRAMME)
MODEL = build(PROBLEM, RULES)


def all_of(**chosen: Any) -> Plan:
    """The plan in which everything that is named is decided; not meant to be kept."""
    vectors = {name: np.zeros(len(PROBLEM.table(name)), np.int64) for name in DECIDED}
    for name, ids in chosen.items():
        vectors[name] = PROBLEM.table(name)[name[:-1]].isin(ids).to_numpy(np.int64)
    return plan_of(PROBLEM, vectors)


WHOLE = all_of(**{name: set(PROBLEM.table(name)[name[:-1]]) for name in DECIDED if name != "cuts"})


def chosen(problem: Any, model: Model, point: Ints) -> dict[str, set[str]]:
    return {
        name: set(problem.table(name)[name[:-1]][point[model.blocks[name]] > 0]) for name in DECIDED if name != "cuts"
    }


def changed(phase_id: str, **changes: Any) -> Programme:
    phases = tuple(p.model_copy(update=changes) if p.phase_id == phase_id else p for p in PROGRAMME.phases)
    return remade(phases=phases)


def remade(**tables: Any) -> Programme:
    """The programme with other tables, made anew: a copy would keep what was looked up in it before."""
    return Programme(**({name: getattr(PROGRAMME, name) for name in Programme.model_fields} | tables))


def again(programme: Programme, plan: Plan) -> dict[str, set[str]]:
    problem = pose(programme)
    model = build(problem, RULES)
    return chosen(problem, model, previous_point(problem, model, plan))


@pytest.mark.parametrize("seed", range(5))
def test_what_a_point_says_is_found_again_in_the_model_it_was_made_of(seed: int) -> None:
    rng = np.random.default_rng(seed)
    point = rng.integers(0, 2, MODEL.size[1])
    point[MODEL.blocks["cuts"]] = 0
    found = previous_point(PROBLEM, MODEL, plan_of(PROBLEM, MODEL.vectors(point)))
    for name in ("delegations", "journeys", "participations", "claims"):
        assert (found[MODEL.blocks[name]] == point[MODEL.blocks[name]]).all(), name
    private = np.ones(len(found), bool)
    for name in DECIDED:
        private[MODEL.blocks[name]] = False
    assert private.any()
    assert not found[private].any()


def test_cuts_are_what_was_not_paid_cell_by_cell() -> None:
    claims = WHOLE.claims
    plan = WHOLE.model_copy(update={"claims": tuple(c.model_copy(update={"amount": c.amount / 2}) for c in claims)})
    amounts = previous_point(PROBLEM, MODEL, plan)[MODEL.blocks["cuts"]]
    halves: dict[tuple[str, str, str], int] = {}
    for c in plan.claims:
        cell = (c.subsidy_id, c.firm_id, c.phase_id)
        halves[cell] = halves.get(cell, 0) + int(c.entitled * 50)
    cells = PROBLEM.cuts[["subsidy", "firm", "phase"]].itertuples(index=False, name=None)
    assert amounts.tolist() == [min(halves[cell], most) for cell, most in zip(cells, PROBLEM.cuts["most"], strict=True)]
    assert amounts.any()


def test_a_fair_that_is_cancelled_takes_only_its_own_decisions_with_it() -> None:
    left = again(changed("expo-1-2", status=Status.CANCELLED), WHOLE)
    assert not any("expo-1-2" in name for ids in left.values() for name in ids)
    before = chosen(PROBLEM, MODEL, previous_point(PROBLEM, MODEL, WHOLE))
    assert left == {name: {x for x in ids if "expo-1-2" not in x} for name, ids in before.items()}


def test_of_a_journey_to_two_phases_the_one_that_is_left_remains() -> None:
    both = all_of(journeys={"f1:expo-1-1+expo-1-2*2"}, participations={"f1/expo-1-1/-@east#1", "f1/expo-1-2/-@east#1"})
    assert len(both.journeys) == 1
    left = again(changed("expo-1-2", status=Status.CANCELLED), both)
    assert left["journeys"] == {"f1:expo-1-1*2"}
    assert left["participations"] == {"f1/expo-1-1/-@east#1"}


def test_a_fair_that_is_moved_keeps_its_delegation_on_its_new_dates() -> None:
    abroad = sorted(PROBLEM.delegations["delegation"][PROBLEM.delegations["delegation"].str.contains("abroad")])
    for name in abroad:
        plan = all_of(delegations={name})
        moved = changed("abroad-1-1", start=date(2025, 5, 20), end=date(2025, 5, 22))
        (found,) = again(moved, plan)["delegations"]
        assert found not in set(PROBLEM.delegations["delegation"])
        problem = pose(moved)
        row = problem.delegations[problem.delegations["delegation"] == found].iloc[0]
        trip = problem.trips.iloc[row["trip"]]
        (before,) = plan.delegations
        assert row["sponsor"] == before.sponsor
        assert trip["return"] - trip["depart"] == (before.return_ - before.depart).days
        assert trip["depart"] - before.depart.toordinal() == timedelta(days=63).days


def test_a_participation_with_other_booths_is_the_nearest_of_its_application() -> None:
    asked = tuple(b.application(f, "expo-1-1", booths=4) for f in ("f1", "f2"))
    wide = pose(remade(applications=asked))
    names = sorted(wide.participations["participation"])
    assert "f1/expo-1-1/-@east#3" in names
    ones = tuple(x for x in WHOLE.participations if x.phase_id == "expo-1-1" and x.sponsor == "east")
    plan = WHOLE.model_copy(update={"participations": tuple(
        x.model_copy(update={"booths": 9, "participation_id": f"{x.participation_id}9"}) for x in ones
    ), "journeys": (), "claims": (), "delegations": ()})  # fmt: skip
    model = build(wide, RULES)
    found = chosen(wide, model, previous_point(wide, model, plan))
    assert found["participations"] == {f"{f}/expo-1-1/-@east#4" for f in ("f1", "f2")}


@pytest.mark.slow
def test_a_claim_that_is_numbered_anew_keeps_to_the_nearest_turn_of_what_is_chosen() -> None:
    claim = next(c for c in WHOLE.claims if c.participation_id)
    moved = claim.model_copy(update={"claim_id": "of another numbering"})
    here = WHOLE.model_copy(update={"claims": (moved,)})
    assert again(PROGRAMME, here)["claims"] <= {c.claim_id for c in WHOLE.claims if c.phase_id == claim.phase_id}
    assert len(again(PROGRAMME, here)["claims"]) == 1
    nobody = here.model_copy(update={"participations": (), "journeys": ()})
    assert again(PROGRAMME, nobody)["claims"] == set()


def test_what_vanished_is_counted_and_what_has_an_heir_is_not() -> None:
    assert vanished(PROBLEM, WHOLE) == {"delegations": 0, "participations": 0}
    without = pose(changed("expo-1-2", status=Status.CANCELLED))
    gone = sum(x.phase_id == "expo-1-2" for x in WHOLE.participations)
    told = vanished(without, WHOLE)
    assert told["participations"] == gone > 0
    assert told["delegations"] == sum(d.stops[0].phase_id == "expo-1-2" for d in WHOLE.delegations) > 0


def test_a_plan_of_another_programme_decides_nothing_here() -> None:
    problem = a_problem(4, 3)
    model = build(problem, SHAPE)
    assert not previous_point(problem, model, WHOLE).any()
    assert not previous_point(PROBLEM, MODEL, plan_of(PROBLEM, MODEL.vectors(0 * MODEL.gain))).any()


def twice(problem: Any) -> Any:
    """Two rows of one name over all participations, the second of them twice as wide, and one that is divided by its scale."""
    n = len(problem.participations)
    for factor in (1, 1):
        yield rows_of(problem, ["both"], {"participations": (["both"] * n, factor)}, 0, n - 1)
    yield rows_of(problem, ["wide"], {"participations": (["wide"] * n, 10)}, 0, 10 * n - 10)


def a_model(firms: int = 6) -> Model:
    return build(a_problem(firms, 4, least=2), [*SHAPE, limits(3, 5_000_000, 2), TinyRule("twice", twice)])


def test_prices_come_back_to_the_rows_they_are_of() -> None:
    model = a_model()
    rng = np.random.default_rng(1)
    prices = np.where(rng.random(model.size[0]) < 0.6, rng.normal(size=model.size[0]) * 1000, 0.0)
    shared = model.row_group == SHARED
    kept = labelled(model, prices)
    assert len(kept.rows) == int((shared & (prices != 0)).sum()) > 3
    assert np.allclose(prices_for(model, kept), np.where(shared, prices, 0.0), rtol=1e-8)


def test_rows_of_one_name_are_told_apart_by_their_number() -> None:
    model = a_model()
    at = [i for i, name in enumerate(model.labels) if name == "both"]
    prices = np.zeros(model.size[0])
    prices[at] = (5.0, 0.0) if len(at) == 2 else 5.0
    (row,) = labelled(model, prices).rows
    assert row == RowPrice("twice", "both", 0, 5.0)
    assert (prices_for(model, Prices((RowPrice("twice", "both", 1, 7.0),)))[at] == ([0.0, 7.0])).all()


def test_a_price_is_told_for_the_amount_of_the_rule_and_not_of_the_row_as_it_was_divided() -> None:
    model = a_model()
    (at,) = (i for i, name in enumerate(model.labels) if name == "wide")
    assert model.scale[at] == 10
    prices = np.zeros(model.size[0])
    prices[at] = 40.0
    assert labelled(model, prices).rows == (RowPrice("twice", "wide", 0, 4.0),)


def test_prices_of_what_is_no_longer_there_are_left_out_and_new_rows_have_none() -> None:
    kept = labelled(a_model(9), np.ones(a_model(9).size[0]))
    fewer = a_model(5)
    prices = prices_for(fewer, kept)
    named = {(row.rule, row.label) for row in kept.rows}
    known = np.array([pair in named for pair in zip(fewer.rules, fewer.labels, strict=True)])
    shared = fewer.row_group == SHARED
    assert ((prices != 0) == (known & shared)).all()
    assert (known & shared).any()
    assert not prices_for(fewer, Prices()).any()


def test_numbers_that_are_none_are_not_kept() -> None:
    model = a_model()
    assert labelled(model, np.full(model.size[0], np.nan)).rows == ()
