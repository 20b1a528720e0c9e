"""What the rows of a rule find broken in a plan, label by label, to be held against what `check` finds.

The rule's own columns are chosen as kindly as possible: rows that tie them to the decisions (their labels are those of the
columns) hold, and the largest breaches of the other labels are minimised together, by CP-SAT.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.cells import CELL, cells_of, claims_in_cells
from fairplanner.rules.contract import NO_LIMIT, Block, Columns, Rows, Rule
from fairplanner.rules.reckon.grants import account
from fairplanner.rules.reckon.limits import Cell
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.rules.views import numbered
from fairplanner.solver.extract import plan_of

Vectors = Mapping[str, NDArray[np.int64]]


class TiesBroken(AssertionError):
    """A rule's own columns cannot be chosen at all."""


ONCE = ["cell", "at", "application"]
REACHED = ("claim-limits", "claim-rounding")
"""Rules whose rows count on one claim a place and subsidy and one place an application, which other rules keep."""


def random_vectors(
    problem: Problem, rng: np.random.Generator, share: float, *, once: bool = False
) -> dict[str, NDArray[np.int64]]:
    """Each column with this chance, and cuts of every kind; `once`: one claim a subsidy and application (or visit)."""
    vectors = {name: (rng.random(len(problem.table(name))) < share).astype(np.int64) for name in DECIDED}
    if once:
        vectors["claims"] = _once(problem, vectors["claims"], rng)
    return _with_cuts(problem, vectors, rng)


def _once(problem: Problem, chosen: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    claims = claims_in_cells(problem)
    names = problem.participations["application"].reindex(claims["participation"]).to_numpy(object)
    claims = claims.assign(application=np.where(claims["participation"] >= 0, names, ""), order=rng.random(len(claims)))
    kept = claims[chosen > 0].sort_values("order").drop_duplicates(ONCE)["column"]
    made = np.zeros(len(chosen), np.int64)
    made[kept.to_numpy(np.int64)] = 1
    return made


def _with_cuts(
    problem: Problem, vectors: dict[str, NDArray[np.int64]], rng: np.random.Generator
) -> dict[str, NDArray[np.int64]]:
    """Of each cell nothing, anything, everything, or what the law takes, a fen more or less."""
    claims, cells = claims_in_cells(problem), cells_of(problem)
    chosen = claims["amount"].to_numpy(np.int64) * vectors["claims"]
    entitled = np.bincount(claims["cell"], chosen, len(cells)).astype(np.int64)
    lawful = _lawful(problem, vectors)
    law = np.array([lawful.get(Cell(*c), 0) for c in cells[CELL].itertuples(index=False)], np.int64)
    every = [0 * law, rng.integers(0, entitled + 1), entitled, law, law + rng.integers(-1, 2, len(law))]
    kinds = (
        rng.choice(len(every), len(law), p=[0.1, 0.15, 0.05, 0.6, 0.1]) if rng.random() < 0.7 else np.full(len(law), 3)
    )
    drawn = np.clip(np.array(every)[kinds, np.arange(len(law))], 0, np.minimum(entitled, cells["most"]))
    mine = (cells["cut"] >= 0).to_numpy(bool)
    cuts = np.zeros(len(problem.cuts), np.int64)
    cuts[cells["cut"].to_numpy(np.int64)[mine]] = drawn[mine]
    return vectors | {"cuts": cuts}


def _lawful(problem: Problem, vectors: Vectors) -> dict[Cell, int]:
    """Fen that the law takes of each cell."""
    nothing = {"cuts": np.zeros(len(problem.cuts), np.int64)}
    plan = plan_of(problem, {**vectors, **nothing})
    return {cell: to_fen(cut) for cell, cut in account(problem.programme, plan.claims).cuts.items()}


def likely_vectors(problem: Problem, rng: np.random.Generator) -> dict[str, NDArray[np.int64]]:
    """A plan that keeps most rules: some applications with one place each and a journey of its own to it, with its people,
    a claim under each subsidy at the turn that is its own, and the cuts of the law or others."""
    places = problem.participations.assign(order=rng.random(len(problem.participations)))
    places = places.sort_values("order").drop_duplicates("application").sort_index()
    places = places[rng.random(len(places)) < 0.5]
    team = places.groupby(["firm", "phase"], as_index=False)["people"].max()
    single = problem.journeys[problem.journeys["phases"] == 1]["people"]
    visits = problem.visits.join(single, on="journey", how="inner").merge(team, on=["firm", "phase", "people"])
    chosen = {
        "participations": places.index.to_numpy(), "journeys": visits["journey"].to_numpy(),
        "claims": _likely_claims(problem, places.index, visits["journey"], rng),
        "delegations": np.flatnonzero(rng.random(len(problem.delegations)) < 0.4),
    }  # fmt: skip
    vectors = {name: np.zeros(len(problem.table(name)), np.int64) for name in DECIDED}
    for name, rows in chosen.items():
        vectors[name][rows.astype(np.int64)] = 1
    return _with_cuts(problem, vectors, rng)


def _likely_claims(problem: Problem, places: object, journeys: object, rng: np.random.Generator) -> NDArray[np.int64]:
    claims = numbered(problem.claims)
    own = claims[claims["participation"].isin(places) | claims["journey"].isin(journeys)]
    own = own[rng.random(len(own)) < 0.95] if rng.random() < 0.5 else own
    turned = own["turn"] > 0
    ends = own["phase"].map({q.phase_id: q.start for q in problem.programme.phases})
    visit = ends.groupby([own["subsidy"], own["firm"]]).rank(method="dense").astype(int)
    lowest = own.groupby(["subsidy", "firm"])["turn"].transform("min")
    highest = own.groupby(["subsidy", "firm"])["turn"].transform("max")
    right = ~turned | (own["turn"] == np.minimum(lowest + visit - 1, highest)) | (rng.random(len(own)) < 0.1)
    kept = own[right].assign(order=rng.random(int(right.sum()))).sort_values("order")
    made: NDArray[np.int64] = kept.drop_duplicates(["subsidy", "participation", "journey", "phase"])[
        "column"
    ].to_numpy()
    return made


@dataclass(frozen=True)
class RowFace:
    """What a rule tells the solver about one problem, built once and held against many plans."""

    columns: Mapping[Block, Columns]
    rows: tuple[Rows, ...]

    @property
    def ties(self) -> frozenset[str]:
        """Labels of rows that only tie the rule's own columns to the decisions."""
        return frozenset(name for c in self.columns.values() for name in c.labels)

    def broken(self, x: Vectors) -> dict[str, int]:
        """Largest breach of each broken label, hard rows only."""
        if not any(block in r.terms for r in self.rows for block in self.columns):
            return _decided(self.rows, x)
        return _kindest(self, x)


def row_face(rule: Rule, problem: Problem) -> RowFace:
    columns: dict[Block, Columns] = {(rule.key, c.name): c for c in rule.columns(problem)}
    return RowFace(columns, tuple(r for r in rule.rows(problem) if r.steps is None))


def check_face(rule: Rule, programme: Programme, plan: Plan) -> dict[str, int]:
    """Largest amount of each label that `check` reports, as far as rows decide it.

    Names are given to posts after the plan is solved, and targets that are not floors only cost points.
    """
    worst: dict[str, int] = {}
    for v in rule.check(programme, plan):
        worst[v.label] = max(worst.get(v.label, 0), v.amount)
    decided = {f"{post.zone_id}:{post.skill}" for post in programme.posts}
    decided |= {t.target_id for t in programme.targets if t.floor}
    return {name: a for name, a in worst.items() if rule.key not in ("staff", "targets") or name in decided}


def _sums(rows: Rows, x: Vectors) -> NDArray[np.int64]:
    total = np.zeros(len(rows.labels), np.int64)
    for block, matrix in rows.terms.items():
        if isinstance(block, str):
            total += matrix @ x[block]
    return total


def _decided(rows: tuple[Rows, ...], x: Vectors) -> dict[str, int]:
    worst: dict[str, int] = {}
    for r in rows:
        sums = _sums(r, x)
        breach = np.maximum(np.maximum(sums - r.upper, r.lower - sums), 0)
        for name, amount in zip(r.labels, breach.tolist(), strict=True):
            worst[name] = max(worst.get(name, 0), amount)
    return {name: amount for name, amount in worst.items() if amount}


def _kindest(face: RowFace, x: Vectors) -> dict[str, int]:
    model, ties = cp_model.CpModel(), face.ties
    own = {block: [model.new_int_var(0, int(u), "") for u in c.upper] for block, c in face.columns.items()}
    worst: dict[str, cp_model.IntVar] = {}
    for r in face.rows:
        sums = _sums(r, x)
        for i, name in enumerate(r.labels):
            expr = int(sums[i]) + _own_part(r, i, own)
            slack: object = 0
            if name not in ties:
                slack = worst.setdefault(name, model.new_int_var(0, 10**12, name))
            if r.upper[i] < NO_LIMIT:
                model.add(expr <= int(r.upper[i]) + slack)
            if r.lower[i] > -NO_LIMIT:
                model.add(expr >= int(r.lower[i]) - slack)
    model.minimize(sum(worst.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise TiesBroken("rows that tie a rule's own columns can always be kept")
    return {name: solver.value(v) for name, v in worst.items() if solver.value(v)}


def _own_part(r: Rows, i: int, own: Mapping[Block, list[cp_model.IntVar]]) -> object:
    total: object = 0
    for block, variables in own.items():
        if block in r.terms:
            matrix = r.terms[block]
            span = slice(matrix.indptr[i], matrix.indptr[i + 1])
            total += sum(int(c) * variables[j] for j, c in zip(matrix.indices[span], matrix.data[span], strict=True))
    return total
