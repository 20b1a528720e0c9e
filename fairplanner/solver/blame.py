"""Why there is no plan: the smallest set of limits and decisions, written by people, that cannot all be kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from fairplanner.domain.plan import Excluded
from fairplanner.errors import Blame
from fairplanner.rules.contract import label
from fairplanner.rules.names import chained
from fairplanner.rules.tables import Problem
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import SHARED, Model

WRITTEN = (
    "decisions", "kept", "approvals", "targets", "booth-quota", "fund-budget", "own-money", "delegation-size", "staff", "most-phases",
    "rank-respected", "booths-in-order", "firm-teams",
)  # fmt: skip
"""Rules whose rows people write; all others say what a plan is and are never given up."""
EACH = Effort(seconds=15, work=3.0, gap=0.0)
"""Effort for one question; without an answer a label counts as needed, so the set may be larger than it has to be."""

Name: TypeAlias = tuple[str, str]


def guilty(problem: Problem, model: Model, effort: Effort = EACH) -> tuple[Blame, ...]:
    """The colliding labels of an infeasible model, each with the amount by which it alone would have to give way.

    Without any one of them the others can be kept (unless a question went unanswered). A decision about something that
    could not even be posed is joined by the reasons that `excluded` gives, with amount 0. Of several independent
    collisions one is named. Where every question went unanswered, all labels of the fewest rules found to collide.
    """
    case = _Case(model, effort)
    names = case.smallest()
    blamed = [Blame(*name, case.missing(name, names)) for name in names] or [Blame(*name) for name in case.all_left()]
    return (*sorted(blamed), *_reasons(problem, names))


class _Case:
    """One infeasible model, and questions about parts of it."""

    def __init__(self, model: Model, effort: Effort) -> None:
        self.model = replace(model, gain=0 * model.gain)
        self.effort = effort
        self.named = list(zip(model.rules, model.labels, strict=True))
        self.fixed = np.array([rule not in WRITTEN for rule in model.rules], bool)
        if not self._can_be(()):
            self.fixed = np.zeros(len(self.named), bool)
        self.free = sorted(
            {name for name, fixed in zip(self.named, self.fixed, strict=True) if not fixed}, key=_asked_first
        )

    def smallest(self) -> list[Name]:
        """A set of labels that collides and of which none can be left out.

        First the fewest labels to give up (elastic); all others stand together, so one of those few with some of the
        others must collide: halving finds which (QuickXplain, Junker 2004), one feasibility question a step.
        """
        given_up = self._given_up()
        first = given_up[:1]
        others = [name for name in self.free if name not in given_up]
        return sorted([*first, *self._needed(first, others, bool(first))])

    def _needed(self, base: list[Name], names: list[Name], grown: bool) -> list[Name]:
        """Fewest of `names` that collide with `base`, given that all of them do; `grown`: `base` is new since asked."""
        if grown and not self._can_be(base):
            return []
        if len(names) <= 1:
            return names
        left, right = names[: len(names) // 2], names[len(names) // 2 :]
        of_right = self._needed([*base, *left], right, bool(left))
        of_left = self._needed([*base, *of_right], left, bool(of_right))
        return [*of_left, *of_right]

    def missing(self, name: Name, names: Sequence[Name]) -> int:
        """The least amount by which a label is broken while the rest of the set is kept, in the rule's unit."""
        rows = np.flatnonzero(self._rows(names))
        breakable = np.array([self.named[i] == name for i in rows], bool)
        model, n = _elastic(self.model.only(rows), breakable, {name: 0}), len(self.model.gain)
        # the one label is broken in any case: what counts is by how little
        gain = np.zeros(len(model.gain), np.int64)
        gain[n : n + 2 * int(breakable.sum())] = -1
        found = search(replace(model, gain=gain), self.effort)
        if found.point is None:
            return 0
        each = found.point[n : n + 2 * int(breakable.sum())] * np.repeat(self.model.scale[rows][breakable], 2)
        return int(each.max(initial=0))

    def all_left(self) -> list[Name]:
        """Labels of as few rules as are known to collide, what people write before what a plan is."""
        rules = list(dict.fromkeys(self.model.rules))
        for rule in tuple(rules):
            fewer = np.array([r in rules and r != rule for r in self.model.rules], bool)
            if search(self.model.only(fewer), self.effort).infeasible:
                rules.remove(rule)
        names = {name for name in self.named if name[0] in rules}
        return sorted({name for name in names if name[0] in WRITTEN} or names)

    def _given_up(self) -> list[Name]:
        """The fewest labels that must be given up, in the order asked."""
        breakable = ~self.fixed
        index = {name: i for i, name in enumerate(self.free)}
        model = _elastic(self.model, breakable, index)
        found = search(model, self.effort)
        if found.point is None:
            return []
        used = found.point[-len(index) :]
        return [name for name, i in index.items() if used[i]]

    def _rows(self, names: Collection[Name]) -> NDArray[np.bool_]:
        wanted = set(names)
        named = np.array([name in wanted for name in self.named], bool)
        kept: NDArray[np.bool_] = self.fixed | named
        return kept

    def _can_be(self, names: Collection[Name]) -> bool:
        """Whether the fixed rows and these labels can be kept together; yes where it is not known."""
        return not search(self.model.only(self._rows(names)), self.effort).infeasible


def _asked_first(name: Name) -> tuple[int, str, str]:
    rule, text = name
    return (WRITTEN.index(rule) if rule in WRITTEN else len(WRITTEN), rule, text)


def _elastic(model: Model, breakable: NDArray[np.bool_], index: dict[Name, int]) -> Model:
    """The model with two breaches (below, above) for each breakable row and a switch for each label that is broken.

    Columns: the model's, the breaches row by row, the switches. Fewest labels first; among these, the least breach.
    """
    rows = np.flatnonzero(breakable)
    m, n = model.size
    k, labels = len(rows), len(index)
    up, down = model.matrix.maximum(0), model.matrix.minimum(0)
    most, least = up @ model.upper + down @ model.lower, up @ model.lower + down @ model.upper
    reach = np.maximum(0, np.column_stack([model.row_lower - least, most - model.row_upper]))[rows].ravel()
    at = np.repeat(rows, 2)
    sides = np.tile(np.array([1, -1], np.int64), k)
    breach = csr_array((sides, (at, np.arange(2 * k))), shape=(m, 2 * k))
    of = np.array([index[model.rules[i], model.labels[i]] for i in at.tolist()], np.int64)
    tie = csr_array((-reach, (np.arange(2 * k), of)), shape=(2 * k, labels))
    one = csr_array((np.ones(2 * k, np.int64), (np.arange(2 * k), np.arange(2 * k))), shape=(2 * k, 2 * k))
    top = hstack([model.matrix, breach, csr_array((m, labels), dtype=np.int64)])
    bottom = hstack([csr_array((2 * k, n), dtype=np.int64), one, tie])
    heavy = 1 if reach.sum() >= 2**40 else int(reach.sum()) + 1
    return replace(
        model,
        lower=np.append(model.lower, np.zeros(2 * k + labels, np.int64)),
        upper=np.concatenate([model.upper, reach, np.ones(labels, np.int64)]),
        gain=np.concatenate([0 * model.gain, np.full(2 * k, -1 if heavy > 1 else 0), np.full(labels, -heavy)]),
        matrix=csr_array(vstack([top, bottom])),
        row_lower=np.append(model.row_lower, -reach),
        row_upper=np.append(np.maximum(model.row_lower, model.row_upper), np.zeros(2 * k, np.int64)),
        scale=np.append(model.scale, np.ones(2 * k, np.int64)),
        rules=chained(model.rules, ["breach"] * 2 * k),
        labels=chained(model.labels, [""] * 2 * k),
        group=np.full(n + 2 * k + labels, SHARED),
    )


def _reasons(problem: Problem, names: Sequence[Name]) -> tuple[Blame, ...]:
    """Why what the blamed decisions are about could not be posed."""
    decided = {d.decision_id: d for d in problem.programme.decisions}
    found = set()
    for rule, text in names:
        if rule == "decisions" and text in decided:
            d = decided[text]
            who = d.firm_id or d.zone_id
            found |= {Blame(e.rule, label(who, d.phase_id)) for e in problem.excluded if _speaks_of(e, who, d.phase_id)}
    return tuple(sorted(found))


def _speaks_of(excluded: Excluded, who: str, phase_id: str) -> bool:
    """Whether an exclusion is about this phase, and about this firm or zone or about everybody."""
    return excluded.phase_id == phase_id and (excluded.firm_id or excluded.zone_id or who) == who
