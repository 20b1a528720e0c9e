"""Why there is no plan: the smallest set of limits and decisions, written by people, that cannot all be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fairplanner.domain.plan import Excluded
from fairplanner.errors import Blame
from fairplanner.rules.contract import label
from fairplanner.rules.tables import Problem
from fairplanner.solver.contradiction import by_bounds, by_prices
from fairplanner.solver.elastic import elastic, least_broken
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model
from fairplanner.solver.nothing import near_nothing
from fairplanner.solver.rounded import taken_off
from fairplanner.solver.written import WRITTEN, order, written

EACH = Effort(seconds=15, work=3.0, gap=0.0)
"""Effort for one question; without an answer a label counts as needed, so the set may be larger than it has to be."""
FEW = Effort(seconds=5, work=1.0, gap=0.0)
"""Effort near to nothing, where most questions are answered."""
MANY = 400
"""Labels that are too many to be asked about one by one before the fewest to be given up are known."""

Name: TypeAlias = tuple[str, str]


class Case:
    """One model, and which of its labels collide.

    A question is first put to bounds that follow from one another, then to points near to nothing, then to prices, and
    only then to the exact engine on all rows: each answers for itself, and on a large programme the first three nearly always do.
    """

    def __init__(self, problem: Problem, model: Model, effort: Effort = EACH, given_up: Collection[Name] = ()) -> None:
        self.problem = problem
        self.model = replace(model, gain=0 * model.gain)
        self.effort = effort
        self.named = list(zip(model.rules, model.labels, strict=True))
        gone = set(given_up)
        self.alive = np.array([name not in gone for name in self.named], bool)
        self.fixed = ~written(problem, model.rules, model.labels) & self.alive

    def smallest(self) -> list[Name] | None:
        """A set of labels that collides and of which none can be left out; None where all can be kept, or where it is not known.

        Rows that collide are found first. Halving leaves the labels of which, among those rows, none can be left out (QuickXplain,
        Junker 2004); then each is left out with all else that a plan is, and where the others collide all the same it was not needed.
        """
        rows = self.colliding(self.alive)
        if rows is None:
            return None
        names = self._shrunk(rows)
        for name in list(names):
            if name in names and len(names) > 1:
                fewer = self.colliding(self.rows([other for other in names if other != name]))
                names = names if fewer is None else self._shrunk(fewer)
        return sorted(names)

    def colliding(self, kept: NDArray[np.bool_]) -> Ints | None:
        """Some of these rows that cannot all be kept; None where all can, or where it is not known."""
        model = self.model.only(kept)
        at = np.flatnonzero(kept)
        found = by_bounds(model)
        if found is None and near_nothing(model, self._few()).point is None:
            found = by_prices(model, self.effort.seconds)
            if found is None and search(model, self.effort).infeasible:
                found = np.arange(len(at))
        return None if found is None else at[found]

    def is_smallest(self, names: Sequence[Name]) -> bool:
        """Whether without any one of the set all others are seen to be kept somewhere."""
        return all(self._is_seen([other for other in names if other != name]) for name in names)

    def missing(self, name: Name, names: Sequence[Name]) -> int:
        """The least amount by which a label is broken while the rest of the set is kept, in the rule's unit; 0 if not known."""
        return self.breach(name, self.rows(names)) or 0

    def breach(self, name: Name, kept: NDArray[np.bool_] | None = None) -> int | None:
        """The least amount by which a label is broken while these rows are kept (default: all); None where nothing is found."""
        found = self._breach(name, self.alive if kept is None else kept)
        return found if not found else max(1, found - taken_off(self.problem, *name))

    def _breach(self, name: Name, kept: NDArray[np.bool_]) -> int | None:
        """The same counted in whole divisors of the label's rows.

        What is broken near to nothing is an upper end, what rows that collide break without the others a lower one; only
        where they differ is the whole asked.
        """
        own = np.array([other == name for other in self.named], bool)
        near = least_broken(self.model.only(kept), own[kept], lambda model: near_nothing(model, self._few()))
        if near == 0:
            return 0
        rows = self.colliding(kept)
        if rows is None or not own[rows].any():
            return self._asked(kept, own, near)
        least = least_broken(self.model.only(rows), own[rows], lambda model: search(model, self.effort))
        return near if near is not None and near == least else self._asked(kept, own, near)

    def _asked(self, kept: NDArray[np.bool_], own: NDArray[np.bool_], near: int | None) -> int | None:
        """The same of the whole model; what was found near to nothing where the effort ends before better is."""
        found = least_broken(self.model.only(kept), own[kept], lambda model: search(model, self.effort))
        return min((x for x in (found, near) if x is not None), default=None)

    def all_left(self) -> list[Name]:
        """Labels of as few rules as are known to collide, what people write before what a plan is."""
        rules = list(dict.fromkeys(self.model.rules))
        for rule in tuple(rules):
            fewer = np.array([r in rules and r != rule for r in self.model.rules], bool) & self.alive
            if search(self.model.only(fewer), self.effort).infeasible:
                rules.remove(rule)
        names = {name for name in self.named if name[0] in rules}
        return sorted({name for name in names if name[0] in WRITTEN} or names)

    def rows(self, names: Collection[Name]) -> NDArray[np.bool_]:
        """What a plan is, and these labels."""
        wanted = set(names)
        named = np.array([name in wanted for name in self.named], bool)
        kept: NDArray[np.bool_] = (self.fixed | named) & self.alive
        return kept

    def _shrunk(self, rows: Ints) -> list[Name]:
        """Labels of which none can be left out among these rows, which collide."""
        names = sorted({self.named[i] for i in rows.tolist() if not self.fixed[i]}, key=order)
        base = rows[self.fixed[rows]]
        if not names or search(self.model.only(base), self.effort).infeasible:
            # what a plan is collides with itself: then everything may be to blame
            names, base = sorted({self.named[i] for i in rows.tolist()}, key=order), rows[:0]
        asked = _Asked(self.model.only(rows), [self.named[i] for i in rows.tolist()], np.isin(rows, base), self.effort)
        return asked.smallest(names)

    def _is_seen(self, names: Sequence[Name]) -> bool:
        model = self.model.only(self.rows(names))
        return near_nothing(model, self._few()).point is not None or search(model, self.effort).point is not None

    def _few(self) -> Effort:
        """Effort near to nothing, never more than for a whole question."""
        work = FEW.work if self.effort.work is None else min(FEW.work or 0.0, self.effort.work)
        return replace(FEW, seconds=min(FEW.seconds, self.effort.seconds), work=work)


class _Asked:
    """A few rows that collide, and questions about which of their labels are needed for it."""

    def __init__(self, model: Model, named: list[Name], base: NDArray[np.bool_], effort: Effort) -> None:
        self.model, self.named, self.base, self.effort = model, named, base, effort

    def smallest(self, names: list[Name]) -> list[Name]:
        """Of many labels the fewest to give up come first (elastic): one of those with some of the others must collide."""
        first: list[Name] = []
        if len(names) > MANY:
            given_up = self._given_up(names)
            first, names = given_up[:1], [name for name in names if name not in given_up]
        return sorted([*first, *self._needed(first, names, bool(first))])

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

    def _given_up(self, names: list[Name]) -> list[Name]:
        """The fewest labels that must be given up, in the order asked."""
        index = {name: i for i, name in enumerate(names)}
        breakable = ~self.base & np.array([name in index for name in self.named], bool)
        found = search(elastic(self.model, breakable, index), self.effort)
        if found.point is None:
            return []
        used = found.point[-len(index) :]
        return [name for name, i in index.items() if used[i]]

    def _can_be(self, names: Collection[Name]) -> bool:
        """Whether the base and these labels can be kept together; yes where it is not known."""
        wanted = set(names)
        kept = self.base | np.array([name in wanted for name in self.named], bool)
        return not search(self.model.only(kept), self.effort).infeasible


def reasons(problem: Problem, names: Sequence[Name]) -> tuple[Blame, ...]:
    """Why what the blamed decisions are about could not be posed."""
    return tuple(sorted(set(_reasons(problem, names))))


def _reasons(problem: Problem, names: Sequence[Name]) -> Iterator[Blame]:
    decided = {d.decision_id: d for d in problem.programme.decisions}
    for rule, text in names:
        if rule == "decisions" and text in decided:
            d = decided[text]
            who = d.firm_id or d.zone_id
            yield from (
                Blame(e.rule, label(who, d.phase_id)) for e in problem.excluded if _speaks_of(e, who, d.phase_id)
            )


def _speaks_of(excluded: Excluded, who: str, phase_id: str) -> bool:
    """Whether an exclusion is about this phase, and about this firm or zone or about everybody."""
    return excluded.phase_id == phase_id and (excluded.firm_id or excluded.zone_id or who) == who
