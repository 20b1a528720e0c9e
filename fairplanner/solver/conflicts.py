"""Every independent reason why there is no plan, each a smallest set of limits and decisions that cannot all be kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fairplanner.errors import Blame
from fairplanner.rules import RULES
from fairplanner.rules.contract import Rule
from fairplanner.rules.tables import Problem
from fairplanner.solver.blame import EACH, Case, Name, reasons
from fairplanner.solver.exact import Effort
from fairplanner.solver.model import Model, build

MOST = 20
"""Independent conflicts that are looked for; a programme with more has been told enough."""


@dataclass(frozen=True)
class Conflict:
    """Limits and decisions that cannot all be kept, sorted by rule and label; `amount`: by how much each alone must give way.

    `is_smallest`: without any one of them the others can be kept, and each time a plan of them was found that shows it.
    """

    members: tuple[Blame, ...]
    is_smallest: bool


def conflicts(
    problem: Problem, effort: Effort = EACH, *, rules: Sequence[Rule] = RULES, model: Model | None = None
) -> tuple[Conflict, ...]:
    """Every independent smallest set of labels that collide: one is found, all its members are given up, and the rest asked again.

    Empty where a plan is possible, or where the `effort` (of one question) ends before it is known that none is. `model`
    spares building it anew.
    """
    model = build(problem, rules) if model is None else model
    found: list[Conflict] = []
    given_up: set[Name] = set()
    while len(found) < MOST:
        case = Case(problem, model, effort, given_up)
        names = case.smallest()
        if not names:
            break
        members = tuple(sorted(Blame(*name, case.missing(name, names)) for name in names))
        found.append(Conflict(members, case.is_smallest(names)))
        given_up |= set(names)
    return tuple(found)


def guilty(problem: Problem, model: Model, effort: Effort = EACH) -> tuple[Blame, ...]:
    """All labels that `conflicts` names for a model, sorted, each with the amount by which it alone would have to give way.

    They are joined by the reasons that `excluded` gives why what a decision is about could not even be posed, with amount 0.
    Where every question went unanswered, all labels of the fewest rules found to collide.
    """
    blamed = {blame for conflict in conflicts(problem, effort, model=model) for blame in conflict.members}
    if not blamed:
        blamed = {Blame(*name) for name in Case(problem, model, effort).all_left()}
    return (*sorted(blamed), *reasons(problem, [(blame.rule, blame.label) for blame in sorted(blamed)]))


def least_breach(
    problem: Problem, rule: str, label: str, given_up: Collection[Name] = (), effort: Effort = EACH, *,
    rules: Sequence[Rule] = RULES, model: Model | None = None,
) -> int | None:  # fmt: skip
    """The least amount, in the rule's unit, by which one label must give way so that all others but `given_up` can be kept.

    0 where nothing has to give way; None where it does not help, or where the effort ends before it is known. Where it ends
    before less is shown not to do (floors that many firms could fill, on a large programme), an amount that does.
    """
    model = build(problem, rules) if model is None else model
    return Case(problem, model, effort, given_up).breach((rule, label))
