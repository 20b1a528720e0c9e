"""Every error that we could think of making in a rule is found by holding its two faces against one another.

Each mutant is a rule whose rows are wrong in one named way; it must disagree with `check` on some drawn plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from scipy.sparse import csr_array

from fairplanner.domain.packs import Pack
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import RULES
from fairplanner.rules.contract import NO_LIMIT, Block, Rows
from fairplanner.rules.tables import Problem
from fairplanner.solver.extract import plan_of
from tests.properties.agreement import (
    RowFace,
    TiesBroken,
    Vectors,
    check_face,
    likely_vectors,
    random_vectors,
    row_face,
)
from tests.properties.mutants import EVERYWHERE, Wrong, own_rows
from tests.properties.planned_before import a_programme_planned_before
from tests.properties.programmes import (
    a_programme_of_grants,
    a_programme_of_many_booths,
    a_ranked_programme,
    any_programme,
)

BY_KEY = {rule.key: rule for rule in RULES}
WrongProblem = Callable[[Problem], Problem]


@dataclass(frozen=True, eq=False)
class Case:
    """A programme, its problem, and plans drawn at random."""

    programme: Programme
    problem: Problem
    plans: tuple[tuple[Vectors, Plan], ...]


GRANTS = ("claims", "claim-limits", "claim-rounding", "claim-turns")
MAKERS = {
    "kept": a_programme_planned_before, "rank-respected": a_ranked_programme, "booths-in-order": a_programme_of_many_booths,
    **dict.fromkeys((*GRANTS, "own-money"), a_programme_of_grants),
}  # fmt: skip


SEEDS = range(20)
FEW = 8
"""So many programmes the rules themselves are held against by default, and all with `-m slow`; mutants have all of them."""


def case(key: str, number: int) -> Case:
    """One of the programmes that a rule is tried on, the same on every run."""
    return _drawn(MAKERS.get(key, any_programme), number)


@cache
def _drawn(maker: Callable[[int], Programme], number: int) -> Case:
    programme = maker(number)
    problem, rng = pose(programme), np.random.default_rng(number)
    vectors = [random_vectors(problem, rng, share, once=maker is a_programme_of_grants) for share in (0.2, 0.6)] + [
        likely_vectors(problem, rng) for _ in range(4)
    ]
    return Case(programme, problem, tuple((x, plan_of(problem, x)) for x in vectors))


@cache
def judged(key: str, number: int) -> list[dict[str, int]]:
    """What `check` of a rule says of every plan of a case."""
    drawn = case(key, number)
    return [check_face(BY_KEY[key], drawn.programme, plan) for _, plan in drawn.plans]


@cache
def face(key: str, number: int) -> RowFace:
    return row_face(BY_KEY[key], case(key, number).problem)


def dies(key: str, made: Callable[[int], RowFace], numbers: range = SEEDS) -> bool:
    """Whether some plan tells the mutant from the rule."""
    for number in numbers:
        mutant = made(number)
        for (x, _), truth in zip(case(key, number).plans, judged(key, number), strict=True):
            if _told(mutant, x) != truth:
                return True
    return False


def _told(mutant: RowFace, x: Vectors) -> dict[str, int] | None:
    """What the mutant says; None where its own columns cannot even be chosen."""
    try:
        return mutant.broken(x)
    except TiesBroken:
        return None


def turned(made: RowFace) -> RowFace:
    """At most for at least."""
    rows = []
    for r, own in own_rows(made):
        upper = np.where(r.lower > -NO_LIMIT, r.lower, NO_LIMIT)
        lower = np.where(r.upper < NO_LIMIT, r.upper, -NO_LIMIT)
        rows.append(replace(r, upper=np.where(own, upper, r.upper), lower=np.where(own, lower, r.lower)))
    return replace(made, rows=tuple(rows))


def scaled(block: Block, by: int) -> Wrong:
    """Coefficients of one table: so many times, a so-many-th part where negative, the other sign where 0."""

    def wrong(made: RowFace) -> RowFace:
        def terms(r: Rows) -> dict[object, csr_array]:
            return {
                b: csr_array((_times(m.data, by), m.indices, m.indptr), shape=m.shape) if b == block else m
                for b, m in r.terms.items()
            }

        return replace(made, rows=tuple(replace(r, terms=terms(r)) for r in made.rows))  # type: ignore[arg-type]

    return wrong


def _times(data: np.ndarray, by: int) -> np.ndarray:
    return data * by if by > 0 else data // -by if by < 0 else -data


def unbound(blocks: set[object]) -> Wrong:
    """Rows over exactly these blocks that tie own columns say nothing any more."""

    def wrong(made: RowFace) -> RowFace:
        def loose(r: Rows, own: np.ndarray) -> Rows:
            gone = ~own & (set(r.terms) == blocks)
            return replace(r, upper=np.where(gone, NO_LIMIT, r.upper))

        return replace(made, rows=tuple(loose(r, own) for r, own in own_rows(made)))

    return wrong


def moved(table: str, column: str, by: int) -> WrongProblem:
    """A column of a table that is off by so much: days forgotten, booths added."""

    def wrong(problem: Problem) -> Problem:
        frame = problem.table(table)
        return replace(problem, **{table: frame.assign(**{column: frame[column] + by})})  # type: ignore[arg-type]

    return wrong


def at_ends(end: str, by: int) -> WrongProblem:
    """Booths that are off by so much in the largest (or smallest) package of each application."""

    def wrong(problem: Problem) -> Problem:
        places = problem.participations
        ends = places["booths"] == places.groupby("application")["booths"].transform(end)
        return replace(problem, participations=places.assign(booths=places["booths"] + by * ends))

    return wrong


def renamed(table: str, column: str, old: str, new: str) -> WrongProblem:
    """One word for another."""

    def wrong(problem: Problem) -> Problem:
        frame = problem.table(table)
        return replace(problem, **{table: frame.assign(**{column: frame[column].replace(old, new)})})  # type: ignore[arg-type]

    return wrong


def without(table: str, column: str, value: object) -> WrongProblem:
    """Rows of a table left out."""

    def wrong(problem: Problem) -> Problem:
        frame = problem.table(table)
        return replace(problem, **{table: frame[frame[column] != value].reset_index(drop=True)})  # type: ignore[arg-type]

    return wrong


def unasked(**changes: object) -> WrongProblem:
    """A programme read wrongly by the rule's rows."""
    return lambda problem: replace(problem, programme=problem.programme.model_copy(update=changes))


def firms_told(**changes: object) -> WrongProblem:
    """Firms read wrongly by the rule's rows."""

    def wrong(problem: Problem) -> Problem:
        told = tuple(f.model_copy(update=changes) for f in problem.programme.firms)
        return replace(problem, programme=_fresh(problem.programme, firms=told))

    return wrong


def funds_told(**changes: object) -> WrongProblem:
    """Funds read wrongly."""
    return lambda p: told(funds=tuple(f.model_copy(update=changes) for f in p.programme.funds))(p)


def told(**changes: object) -> WrongProblem:
    """Tables of the programme read wrongly; a function of the packs makes packs."""

    def wrong(problem: Problem) -> Problem:
        made = {k: v(problem.programme.packs) if callable(v) else v for k, v in changes.items()}
        return replace(problem, programme=_fresh(problem.programme, **made))

    return wrong


def limits_told(**changes: object) -> Callable[[tuple[Pack, ...]], tuple[Pack, ...]]:
    return lambda packs: tuple(
        p.model_copy(update={"limits": tuple(x.model_copy(update=changes) for x in p.limits)}) for p in packs
    )


def subsidies_told(**changes: object) -> Callable[[tuple[Pack, ...]], tuple[Pack, ...]]:
    return lambda packs: tuple(
        p.model_copy(update={"subsidies": tuple(x.model_copy(update=changes) for x in p.subsidies)}) for p in packs
    )


def turned_round(problem: Problem) -> Problem:
    """The days of the fairs in the opposite order."""
    dated = sorted((q for q in problem.programme.phases if q.start and q.end), key=lambda q: (q.start, q.phase_id))
    days = [(q.start, q.end) for q in dated][::-1]
    moved_to = {q.phase_id: {"start": a, "end": z} for q, (a, z) in zip(dated, days, strict=True)}
    phases = tuple(q.model_copy(update=moved_to.get(q.phase_id, {})) for q in problem.programme.phases)
    return replace(problem, programme=_fresh(problem.programme, phases=phases))


def _fresh(programme: Programme, **changes: object) -> Programme:
    return Programme(**({name: getattr(programme, name) for name in Programme.model_fields} | changes))  # type: ignore[arg-type]


def flat(problem: Problem) -> Problem:
    """Zones below others are forgotten."""
    zones = tuple(z.model_copy(update={"parent": ""}) for z in problem.programme.zones)
    return replace(problem, programme=_fresh(problem.programme, zones=zones))


TWO_FACED = (
    "attendance", "booth-quota", "booths-in-order", *GRANTS, "decisions", "delegation-size", "firm-teams", "fund-budget", "hosting",
    "journey-people", "kept", "most-phases", "one-delegation", "one-place", "one-visit", "own-money", "rank-respected", "staff", "targets",
)  # fmt: skip
BY_ANY_RULE: dict[str, Wrong] = {**EVERYWHERE, "at most for at least": turned}
ROWS: dict[tuple[str, str], Wrong] = {
    ("own-money", "stands in yuan"): scaled("participations", -100),
    ("own-money", "journeys in yuan"): scaled("journeys", -100),
    ("own-money", "claims in yuan"): scaled("claims", -100),
    ("own-money", "claims added, not taken off"): scaled("claims", 0),
    ("fund-budget", "delegations in yuan"): scaled("delegations", -100),
    ("fund-budget", "claims in yuan"): scaled("claims", -100),
    ("claims", "paid in yuan, costs in fen"): scaled("claims", -100),
    ("claims", "cuts a hundredfold"): scaled("cuts", 100),
    ("claims", "places cost nothing"): scaled("participations", 0),
    ("claim-limits", "cap in fen, claims in yuan"): scaled("claims", -100),
    ("claim-limits", "cuts in yuan"): scaled("cuts", -100),
    ("claim-limits", "cuts added, not taken off"): scaled("cuts", 0),
    ("claim-limits", "any limit is used up at once"): unbound({("claim-limits", "full"), "claims", "cuts"}),
    ("claim-limits", "less left than before is forgotten"): unbound({("claim-limits", "paid"), "claims", "cuts"}),
    ("claim-rounding", "units in yuan"): scaled(("claim-rounding", "units"), -100),
    ("claim-rounding", "cuts in yuan"): scaled("cuts", -100),
    ("claim-rounding", "everything is below the least"): unbound({("claim-rounding", "small"), "claims"}),
    ("claim-rounding", "every limit is near"): unbound({("claim-rounding", "near"), "claims", "cuts"}),
    ("claim-turns", "every place before is taken"): unbound({("claim-turns", "taken"), ("claim-turns", "visited")}),
    ("own-money", "cuts in yuan"): scaled("cuts", -100),
    ("booth-quota", "two booths for one"): scaled("participations", 2),
    ("booths-in-order", "only the next in order binds"): unbound({("booths-in-order", "filled")}),
    ("booths-in-order", "nobody is ever short"): unbound({("booths-in-order", "filled"), "participations"}),
    ("delegation-size", "each delegation counts twice"): scaled("delegations", 2),
    ("journey-people", "journeys of enough people count twice"): scaled("journeys", 2),
    ("most-phases", "journeys count twice"): scaled("journeys", 2),
}
PROBLEMS: dict[tuple[str, str], WrongProblem] = {
    ("kept", "east for prov"): renamed("participations", "sponsor", "prov", "east"),
    ("kept", "a booth too many"): moved("participations", "booths", 1),
    ("kept", "the earlier plan is forgotten"): told(settled=()),
    ("kept", "decisions forgotten"): told(decisions=()),
    ("own-money", "certainty forgotten"): funds_told(certainty=1.0),
    ("own-money", "freight left out"): moved("participations", "freight", -1_000),
    ("claims", "freight left out"): moved("participations", "freight", -300_000),
    ("claims", "lodging left out"): moved("journeys", "lodging", -200_000),
    ("claims", "any role will do"): renamed("participations", "role", "negotiate", "exhibit"),
    ("claim-limits", "cap without the ledger"): told(ledger=()),
    ("claim-limits", "window ignored"): told(packs=limits_told(each=("life",))),
    ("claim-limits", "connected firms are apart"): firms_told(group=""),
    ("claim-limits", "every firm is meant"): firms_told(sme=True),
    ("claim-limits", "order of fairs turned round"): turned_round,
    ("claim-limits", "payer decides always"): told(packs=subsidies_told(entitled="up-to")),
    ("claim-limits", "each year by itself"): told(packs=limits_told(each=("phase",))),
    ("claim-rounding", "least forgotten"): told(packs=subsidies_told(least=Decimal(0))),
    ("claim-rounding", "cap without the ledger"): told(ledger=()),
    ("claim-turns", "ledger forgotten"): told(ledger=()),
    ("claim-turns", "order ignored"): told(packs=subsidies_told(order="best")),
    ("claim-turns", "fairs counted together"): told(packs=subsidies_told(turn_of="programme")),
    ("claim-turns", "order of fairs turned round"): turned_round,
    ("firm-teams", "set-up and travel out forgotten"): moved("journeys", "depart", 4),
    ("firm-teams", "last day forgotten"): moved("journeys", "return", -1),
    ("firm-teams", "everyone has one team"): firms_told(teams=1),
    ("staff", "last day forgotten"): moved("trips", "return", -1),
    ("staff", "first days forgotten"): moved("trips", "depart", 3),
    ("fund-budget", "fares left out"): without("cashflows", "line", "fare"),
    ("fund-budget", "claims of one quarter left out"): without("cashflows", "quarter", "2025Q1"),
    ("booth-quota", "raw space for standard booths"): renamed("participations", "stand", "raw", "standard"),
    ("booth-quota", "visitors for exhibitors"): renamed("participations", "role", "negotiate", "exhibit"),
    ("booth-quota", "sections mixed up"): renamed("participations", "section", "expo-ore", "expo-tea"),
    ("booth-quota", "zones below forgotten"): flat,
    ("targets", "zones below forgotten"): flat,
    ("targets", "one fair for another"): renamed("participations", "fair", "expo", "abroad"),
    ("hosting", "any sponsor will do"): renamed("delegations", "sponsor", "west", "prov"),
    ("one-visit", "any sponsor will do"): renamed("delegations", "sponsor", "west", "prov"),
    ("one-delegation", "sponsors mixed up"): renamed("participations", "sponsor", "west", "prov"),
    ("journey-people", "one more travels"): moved("journeys", "people", 1),
    ("journey-people", "places need one fewer"): moved("participations", "people", -1),
    ("journey-people", "one phase for another"): renamed("visits", "phase", "expo-1-2", "expo-1-1"),
    ("attendance", "one phase for another"): renamed("visits", "phase", "expo-1-2", "expo-1-1"),
    ("rank-respected", "order turned round"): lambda p: replace(
        p, participations=p.participations.assign(rank=-p.participations["rank"])
    ),
    ("rank-respected", "everyone is always busy"): moved("journeys", "return", 400),
    ("rank-respected", "nobody is ever busy"): lambda p: replace(
        p, journeys=p.journeys.assign(**{"return": p.journeys["depart"] - 1})
    ),
    ("rank-respected", "most phases forgotten"): firms_told(max_phases=None),
    ("rank-respected", "own money forgotten"): firms_told(own_money=None),
    ("rank-respected", "decisions forgotten"): lambda p: replace(p, programme=_fresh(p.programme, decisions=())),
    ("rank-respected", "journeys cost nothing"): lambda p: replace(p, journeys=p.journeys.assign(fare=0, lodging=0)),
    ("rank-respected", "absent delegations forgotten"): renamed("delegations", "sponsor", "prov", "east"),
    ("booths-in-order", "order turned round"): lambda p: replace(
        p, participations=p.participations.assign(rank=-p.participations["rank"])
    ),
    ("booths-in-order", "decisions forgotten"): lambda p: replace(p, programme=_fresh(p.programme, decisions=())),
    ("booths-in-order", "raw space for standard booths"): renamed("participations", "stand", "raw", "standard"),
    ("booths-in-order", "largest stands a booth larger"): at_ends("max", 1),
    ("booths-in-order", "smallest stands a booth smaller"): at_ends("min", -1),
    ("booths-in-order", "more than two booths are two"): lambda p: replace(
        p, participations=p.participations.assign(booths=p.participations["booths"].clip(upper=2))
    ),
    ("booths-in-order", "nobody ranked"): lambda p: replace(p, participations=p.participations.assign(rank_group="")),
    ("delegation-size", "east for prov"): renamed("participations", "sponsor", "prov", "east"),
    ("delegation-size", "every place is another firm"): lambda p: replace(
        p, participations=p.participations.assign(firm=p.participations["participation"])
    ),
}


@pytest.mark.parametrize("key", TWO_FACED)
@pytest.mark.parametrize("name", BY_ANY_RULE)
def test_a_mutant_of_every_rule_dies(key: str, name: str) -> None:
    assert dies(key, lambda n: BY_ANY_RULE[name](face(key, n)))


@pytest.mark.parametrize(("key", "name"), ROWS, ids=lambda word: word)
def test_a_mutant_in_the_rows_dies(key: str, name: str) -> None:
    assert dies(key, lambda n: ROWS[key, name](face(key, n)))


@pytest.mark.slow
@pytest.mark.parametrize(("key", "name"), PROBLEMS, ids=lambda word: word)
def test_a_mutant_that_misreads_the_tables_dies(key: str, name: str) -> None:
    wrong = PROBLEMS[key, name]
    assert dies(key, lambda n: row_face(BY_KEY[key], wrong(case(key, n).problem)))


@pytest.mark.parametrize("key", TWO_FACED)
def test_the_rule_itself_lives(key: str) -> None:
    assert not dies(key, lambda n: face(key, n), SEEDS[:FEW])


@pytest.mark.slow
@pytest.mark.parametrize("key", TWO_FACED)
def test_the_rule_itself_lives_in_all_programmes(key: str) -> None:
    assert not dies(key, lambda n: face(key, n), SEEDS[FEW:])


@pytest.mark.parametrize("key", TWO_FACED)
def test_every_rule_is_seen_broken_and_kept(key: str) -> None:
    verdicts = {bool(found) for n in SEEDS[:FEW] for found in judged(key, n)}
    assert verdicts == {True, False}
