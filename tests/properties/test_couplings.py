"""Rules that couple claims: rows and check agree on any plan, and every error that we could think of is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.contract import NO_LIMIT
from fairplanner.rules.tables import Problem
from fairplanner.solver.extract import plan_of
from fairplanner.solver.solve import solve
from tests.properties.agreement import RowFace, Vectors, check_face, row_face
from tests.properties.couplings import any_coupled, resting
from tests.properties.mutants import EVERYWHERE, Wrong

KEYS = ("claim-counts", "claim-exclusion", "claim-groups", "claim-shares", "claim-spread", "equal-rates")
pytestmark = pytest.mark.slow
BY_KEY = {rule.key: rule for rule in RULES}
SEEDS = range(16)
FEW = 8
"""So many programmes the rules themselves are held against by default, and all with `-m slow`; mutants have all of them."""
OTHER_YEAR = date(2025, 6, 1)
WrongProblem = Callable[[Problem], Problem]


@cache
def case(seed: int) -> tuple[Programme, Problem, tuple[tuple[Vectors, Plan], ...]]:
    """A programme, its problem, and plans drawn at random."""
    programme, rng = any_coupled(seed), np.random.default_rng(seed)
    problem = pose(programme)
    drawn = [resting(problem, rng, share) for share in (0.15, 0.3, 0.5, 0.8, 1.0)]
    return programme, problem, tuple((x, plan_of(problem, x)) for x in drawn)


@cache
def judged(key: str, seed: int) -> list[dict[str, int]]:
    """What `check` of a rule says of every plan of a case."""
    programme, _, plans = case(seed)
    return [check_face(BY_KEY[key], programme, plan) for _, plan in plans]


@cache
def face(key: str, seed: int) -> RowFace:
    return row_face(BY_KEY[key], case(seed)[1])


def dies(key: str, made: Callable[[int], RowFace]) -> bool:
    """Whether some plan tells the mutant from the rule."""
    for seed in SEEDS:
        _, _, plans = case(seed)
        mutant = made(seed)
        if any(mutant.broken(x) != told for (x, _), told in zip(plans, judged(key, seed), strict=True)):
            return True
    return False


@pytest.mark.parametrize("seed", [pytest.param(n, marks=() if n < FEW else pytest.mark.slow) for n in SEEDS])
@pytest.mark.parametrize("key", KEYS)
def test_rows_and_check_find_the_same_labels_with_the_same_amounts(key: str, seed: int) -> None:
    assert [face(key, seed).broken(x) for x, _ in case(seed)[2]] == judged(key, seed)


@pytest.mark.parametrize("key", KEYS)
def test_every_rule_is_seen_broken_and_kept(key: str) -> None:
    verdicts = [told for seed in SEEDS[:FEW] for told in judged(key, seed)]
    assert sum(map(bool, verdicts)) >= 8
    assert not all(verdicts)


@pytest.mark.parametrize("seed", range(3))
def test_optima_of_everything_at_once_break_nothing_and_still_claim(seed: int) -> None:
    programme, problem, _ = case(seed)
    plan = solve(problem, seconds=30, workers=2).plan
    assert plan.status == "optimal"
    assert plan.claims
    assert check(programme, plan) == ()


def loose(word: str, *, lower: bool = True, upper: bool = True) -> Wrong:
    """Rows that tie the columns called so to the decisions say nothing any more."""

    def wrong(made: RowFace) -> RowFace:
        rows = []
        for r in made.rows:
            gone = np.array([name in made.ties and name.startswith(word) for name in r.labels], bool)
            rows.append(
                replace(
                    r, upper=np.where(gone & upper, NO_LIMIT, r.upper), lower=np.where(gone & lower, -NO_LIMIT, r.lower)
                )
            )
        return replace(made, rows=tuple(rows))

    return wrong


def told(**changes: object) -> WrongProblem:
    """A programme that the rows read wrongly."""
    return lambda problem: replace(problem, programme=fresh(problem.programme, **changes))


def fresh(programme: Programme, **changes: object) -> Programme:
    return Programme(**({name: getattr(programme, name) for name in Programme.model_fields} | changes))  # type: ignore[arg-type]


def parts_told(name: str, **changes: object) -> WrongProblem:
    """Parts of the packs that the rows read wrongly."""

    def wrong(problem: Problem) -> Problem:
        packs = tuple(
            pack.model_copy(update={name: tuple(part.model_copy(update=changes) for part in getattr(pack, name))})
            for pack in problem.programme.packs
        )
        return replace(problem, programme=fresh(problem.programme, packs=packs))

    return wrong


def firms_told(**changes: object) -> WrongProblem:
    return lambda p: told(firms=tuple(f.model_copy(update=changes) for f in p.programme.firms))(p)


def claims_told(**changes: object) -> WrongProblem:
    return lambda p: replace(p, claims=p.claims.assign(**changes))  # type: ignore[arg-type]


def places_told(**changes: object) -> WrongProblem:
    return lambda p: replace(p, participations=p.participations.assign(**changes))  # type: ignore[arg-type]


TIES: dict[tuple[str, str], Wrong] = {
    ("claim-counts", "visits never happen"): loose("visit"),
    ("claim-counts", "markets always differ"): loose("spread"),
    ("claim-shares", "firms need no claim"): loose("class"),
    ("claim-shares", "all firms count, or none"): loose("all"),
    ("claim-shares", "nobody need claim"): loose("claimed"),
    ("claim-groups", "claims without a group"): loose("group"),
    ("claim-groups", "firms that are not there"): loose("firm"),
    ("claim-spread", "markets without claims"): loose("market"),
    ("claim-spread", "firms that claim nothing"): loose("claims"),
    ("equal-rates", "levels without claims"): loose("level"),
}
PROBLEMS: dict[tuple[str, str], WrongProblem] = {
    ("claim-counts", "ledger not counted"): told(ledger=()),
    ("claim-counts", "connected firms apart"): firms_told(group=""),
    ("claim-counts", "windows a month longer"): parts_told("limits", window_months=15),
    ("claim-counts", "windows forgotten"): parts_told("limits", window_months=1),
    ("claim-counts", "no more where markets differ"): parts_told("limits", most_if_markets_differ=None),
    ("claim-counts", "more wherever it is"): parts_told("limits", most=3),
    ("claim-counts", "for ever instead of in a group"): parts_told("limits", each=("life",)),
    ("claim-counts", "every firm is meant"): firms_told(sme=True),
    ("claim-counts", "most_turns forgotten"): parts_told("subsidies", most_turns=None),
    ("claim-counts", "most_turns of the programme for the fair's"): parts_told("subsidies", turn_of="programme"),
    ("claim-counts", "one market everywhere"): lambda p: told(fairs=tuple(f.model_copy(update={"markets": ("eu",)}) for f in p.programme.fairs))(p),
    ("claim-counts", "first subsidy only"): lambda p: replace(p, claims=p.claims.assign(subsidy=p.claims["subsidy"].replace("pk.menu", "pk2.stand"))),
    ("claim-shares", "every firm is small"): firms_told(sme=True),
    ("claim-shares", "every firm is new"): told(ledger=()),
    ("claim-shares", "age forgotten"): firms_told(founded=None),
    ("claim-shares", "sections mixed up"): places_told(section=""),
    ("claim-shares", "phases and years mixed up"): parts_told("shares", each=("year",)),
    ("claim-shares", "claims for places"): parts_told("shares", among="claims"),
    ("claim-groups", "one sponsor"): places_told(sponsor="prov"),
    ("claim-groups", "over all phases"): parts_told("groups", each=("sponsor",)),
    ("claim-groups", "over all sponsors"): parts_told("groups", each=("phase",)),
    ("claim-groups", "claims for places"): parts_told("groups", count="claims"),
    ("claim-groups", "one firm"): claims_told(firm="f1"),
    ("claim-spread", "ledger not counted"): told(ledger=()),
    ("claim-spread", "ledger of other years too"): lambda p: told(ledger=tuple(r.model_copy(update={"on": OTHER_YEAR}) for r in p.programme.ledger))(p),
    ("claim-spread", "years mixed up"): lambda p: told(phases=tuple(q.model_copy(update={"end": OTHER_YEAR}) for q in p.programme.phases))(p),
    ("claim-exclusion", "the other pack forgotten"): parts_told("exclusions", others=("pk.stand",)),
    ("claim-exclusion", "its own pack forgotten"): parts_told("exclusions", others=("pk2.stand",)),
    ("claim-exclusion", "phases mixed up"): claims_told(phase="expo-1-1"),
    ("equal-rates", "booths forgotten"): places_told(booths=1),
    ("equal-rates", "phases mixed up"): claims_told(phase="expo-1-1"),
    ("equal-rates", "levels forgotten"): claims_told(level=1),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERYWHERE)
@pytest.mark.parametrize("key", KEYS)
def test_a_mutant_of_every_rule_dies(key: str, name: str) -> None:
    assert dies(key, lambda seed: EVERYWHERE[name](face(key, seed)))


@pytest.mark.parametrize(("key", "name"), TIES, ids=lambda word: word)
def test_a_mutant_whose_own_columns_float_dies(key: str, name: str) -> None:
    assert dies(key, lambda seed: TIES[key, name](face(key, seed)))


@pytest.mark.parametrize(("key", "name"), PROBLEMS, ids=lambda word: word)
def test_a_mutant_that_misreads_the_tables_dies(key: str, name: str) -> None:
    assert dies(key, lambda seed: row_face(BY_KEY[key], PROBLEMS[key, name](case(seed)[1])))
