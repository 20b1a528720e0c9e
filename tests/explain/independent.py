"""A judge that shares nothing with what it judges: rules' rows put to CP-SAT as they stand, and every plan put to `check`.

No line of `fairplanner.solver` finds or proves anything here; only `plan_of` writes a found plan down so that `check` can read it.
Programmes are changed in their tables, never in a model: what is given up is given up as a planner would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import RULES, check
from fairplanner.rules.contract import NO_LIMIT, SEPARATOR, Block, Rows
from fairplanner.rules.tables import DECIDED, Problem
from fairplanner.solver.extract import plan_of
from tests import builders as b

PLENTY = 99
Name = tuple[str, str]
"""Rule and label."""


@dataclass(frozen=True)
class Found:
    """The best plan there is, and its value in thousandths of a point."""

    plan: Plan
    value: int


def best(programme: Programme, pins: Mapping[tuple[str, str], bool] | None = None) -> Found | None:
    """The best plan, or None where there is proven to be none; `pins`: (firm, phase) that must have a place, or none."""
    problem = pose(programme)
    model, columns, worth = _model(problem)
    places = problem.participations
    for (firm_id, phase_id), goes in (pins or {}).items():
        at = np.flatnonzero((places["firm"] == firm_id) & (places["phase"] == phase_id))
        some = sum(columns["participations"][i] for i in at.tolist())
        model.add((some >= 1) if goes else (some <= 0))
    model.maximize(worth)
    return _found(problem, model, columns)


def can_be(programme: Programme) -> bool:
    """Whether there is any plan at all; one that is found breaks no rule."""
    problem = pose(programme)
    model, columns, _ = _model(problem)
    return _found(problem, model, columns) is not None


def goes(plan: Plan, firm_id: str, phase_id: str) -> bool:
    """Whether the firm has a place at the phase."""
    return any((p.firm_id, p.phase_id) == (firm_id, phase_id) for p in plan.participations)


def is_sent(plan: Plan, zone_id: str, phase_id: str) -> bool:
    """Whether the zone has a delegation at the phase."""
    return any(d.sponsor == zone_id and any(s.phase_id == phase_id for s in d.stops) for d in plan.delegations)


def _found(problem: Problem, model: cp_model.CpModel, columns: Mapping[Block, list[cp_model.IntVar]]) -> Found | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, "small enough to be searched to the end"
    chosen = {name: np.array([solver.value(v) for v in columns[name]], np.int64) for name in DECIDED}
    plan = plan_of(problem, chosen)
    assert check(problem.programme, plan) == ()
    return Found(plan, plan.value)


def _model(problem: Problem) -> tuple[cp_model.CpModel, dict[Block, list[cp_model.IntVar]], Any]:
    """Model, columns by block, and what the plan is worth."""
    model, columns, worth = cp_model.CpModel(), dict[Block, list[cp_model.IntVar]](), []
    for name in DECIDED:
        table = problem.table(name)
        upper = table["most"].tolist() if name == "cuts" else [1] * len(table)
        columns[name] = [model.new_int_var(0, most, "") for most in upper]
        worth += [int(g) * v for g, v in zip(table["gain"], columns[name], strict=True)]
    for rule in RULES:
        for own in rule.columns(problem):
            lower = np.zeros(len(own.upper)) if own.lower is None else own.lower
            bounds = zip(lower.tolist(), own.upper.tolist(), strict=True)
            columns[rule.key, own.name] = [model.new_int_var(int(low), int(up), "") for low, up in bounds]
    for rule in RULES:
        for rows in rule.rows(problem):
            worth += _kept(model, columns, rows)
    return model, columns, sum(worth)


def _kept(model: cp_model.CpModel, columns: Mapping[Block, list[cp_model.IntVar]], rows: Rows) -> list[Any]:
    """Adds the rows; what their steps cost, where they are soft."""
    assert rows.when is None, "no rule has rows that hang on a switch"
    costs: list[Any] = []
    for i in range(len(rows.labels)):
        sums = sum(_part(rows, i, block, columns[block]) for block in rows.terms)
        lower, upper = int(np.asarray(rows.lower)[i]), int(np.asarray(rows.upper)[i])
        short: Any = 0
        over: Any = 0
        for width, price in rows.steps or ():
            down, up = model.new_int_var(0, width, ""), model.new_int_var(0, width, "")
            short, over = short + down, over + up
            costs += [-price * down, -price * up]
        if lower > -NO_LIMIT:
            model.add(sums + short >= lower)
        if upper < NO_LIMIT:
            model.add(sums - over <= upper)
    return costs


def _part(rows: Rows, i: int, block: Block, columns: Sequence[cp_model.IntVar]) -> Any:
    matrix = rows.terms[block]
    span = slice(matrix.indptr[i], matrix.indptr[i + 1])
    terms = zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True)
    # a first term of no weight: a row of nothing at all is still a row
    return sum((int(c) * columns[j] for j, c in terms), start=cp_model.LinearExpr.weighted_sum([], []))


def but(programme: Programme, **tables: Any) -> Programme:
    """The programme with these tables instead; nothing worked out of the old one is carried over."""
    own = {name: getattr(programme, name) for name in type(programme).model_fields}
    return Programme(**(own | tables))


def changed(programme: Programme, table: str, is_meant: Callable[[Any], bool], **cells: Any) -> Programme:
    """The programme with these cells in the rows that are meant; at least one row is."""
    rows = getattr(programme, table)
    assert any(map(is_meant, rows)), f"no such row in {table}"
    made = tuple(type(r)(**(r.model_dump() | cells)) if is_meant(r) else r for r in rows)
    return but(programme, **{table: made})


def dropped(programme: Programme, table: str, is_meant: Callable[[Any], bool]) -> Programme:
    """The programme without the rows that are meant; at least one row is."""
    rows = getattr(programme, table)
    assert any(map(is_meant, rows)), f"no such row in {table}"
    return but(programme, **{table: tuple(r for r in rows if not is_meant(r))})


def with_choice(programme: Programme, phase_id: str, **cells: Any) -> Programme:
    """The programme with these cells in the office's word on the fair of a phase."""
    fair_id = programme.phase[phase_id].fair_id
    if any(c.fair_id == fair_id for c in programme.choices):
        return changed(programme, "choices", lambda c: c.fair_id == fair_id, **cells)
    return but(programme, choices=(*programme.choices, b.choice(fair_id, **cells)))


def eased_by(programme: Programme, rule: str, label: str, amount: int) -> Programme:
    """The programme in which one limit gives way by an amount in its rule's unit, done in its tables; KeyError where it is
    nothing that has an amount."""
    return _EASED[rule](programme, label.split(SEPARATOR), amount)


def given_up(programme: Programme, rule: str, label: str) -> Programme:
    """The programme in which one limit or decision is no longer asked for, done in its tables; KeyError where no person
    writes such a limit."""
    return _GIVEN_UP[rule](programme, label.split(SEPARATOR))


def _quota(programme: Programme, parts: list[str]) -> Programme:
    phase_id, section_id, zone_id, kind = parts
    cell = {"booths": {"booths": None, "reserve": 0}, "open": {"reserve": 0}, "reserve": {"reserve": 0}}
    cells = (cell | {"area": {"area_m2": None}, "firms": {"firms": None}})[kind]
    key = (phase_id, "" if section_id == "*" else section_id, zone_id)
    return changed(programme, "quotas", lambda q: (q.phase_id, q.section_id, q.zone_id) == key, **cells)


def _fund(programme: Programme, parts: list[str]) -> Programme:
    if len(parts) == 1:
        return changed(programme, "funds", lambda f: f.fund_id == parts[0], amount=Decimal(10**9))
    # the money is there from the beginning: by the quarter in question nothing is still to come
    return dropped(programme, "instalments", lambda i: i.fund_id == parts[0])


def _size(programme: Programme, parts: list[str]) -> Programme:
    return with_choice(programme, parts[1], least_firms=0, most_firms=None)


def _staff(programme: Programme, parts: list[str]) -> Programme:
    zone_id, skill = parts[0].split(":", 1)
    more = tuple(b.post(f"more-{n:02}", zone_id, skill) for n in range(PLENTY))
    return but(programme, posts=tuple(sorted((*programme.posts, *more), key=lambda p: p.post_id)))


def _kept_place(programme: Programme, parts: list[str]) -> Programme:
    return changed(programme, "applications", lambda a: a.application_id == parts[0], state="applied")


def _permit(programme: Programme, parts: list[str]) -> Programme:
    if ":" in parts[0]:  # a delegation that no permit covers
        phases = parts[0].partition(":")[2].partition("@")[0]
        return dropped(programme, "approvals", lambda a: any(q in phases for q in a.phases))
    return dropped(programme, "approvals", lambda a: a.approval_id == parts[0])


def _blackout(programme: Programme, parts: list[str]) -> Programme:
    return but(programme, blackouts=())


def _order(programme: Programme, parts: list[str]) -> Programme:
    return with_choice(programme, parts[0], policy="optimise")


def _firm(**cells: Any) -> Callable[[Programme, list[str]], Programme]:
    return lambda programme, parts: changed(programme, "firms", lambda f: f.firm_id == parts[0], **cells)


def _in_time(programme: Programme, parts: list[str]) -> Programme:
    return with_choice(programme, parts[1], closes=date(2026, 12, 31))


_GIVEN_UP: dict[str, Callable[[Programme, list[str]], Programme]] = {
    "approvals": _permit,
    "blackouts": _blackout,
    "booth-quota": _quota,
    "booths-in-order": _order,
    "deadline": _in_time,
    "decisions": lambda p, parts: dropped(p, "decisions", lambda d: d.decision_id == parts[0]),
    "delegation-size": _size,
    "firm-teams": _firm(teams=PLENTY),
    "fund-budget": _fund,
    "kept": _kept_place,
    "most-phases": _firm(max_phases=None),
    "own-money": _firm(own_money=None),
    "rank-respected": _order,
    "staff": _staff,
    "targets": lambda p, parts: changed(p, "targets", lambda t: t.target_id == parts[0], floor=False),
}  # fmt: skip


def _by(table: str, key: str, column: str, sign: int = 1, unit: Decimal | int = 1) -> Callable[..., Programme]:
    """Moves the number of one cell whose row's key is the first part of the label."""

    def eased(programme: Programme, parts: list[str], amount: int) -> Programme:
        now = next(getattr(r, column) for r in getattr(programme, table) if getattr(r, key) == parts[0])
        return changed(programme, table, lambda r: getattr(r, key) == parts[0], **{column: now + sign * amount * unit})

    return eased


def _quota_by(programme: Programme, parts: list[str], amount: int) -> Programme:
    column = {"area": "area_m2", "open": "booths"}.get(parts[3], parts[3])
    section_id = "" if parts[1] == "*" else parts[1]
    row = next(q for q in programme.quotas if (q.phase_id, q.section_id, q.zone_id) == (parts[0], section_id, parts[2]))
    return changed(programme, "quotas", lambda q: q is row, **{column: getattr(row, column) + amount})


def _fund_by(programme: Programme, parts: list[str], amount: int) -> Programme:
    if len(parts) == 1:
        return _by("funds", "fund_id", "amount", unit=Decimal("0.01"))(programme, parts, amount)
    first = min(i.on for i in programme.instalments if i.fund_id == parts[0])
    now = next(i.amount for i in programme.instalments if i.on == first)
    return changed(programme, "instalments", lambda i: i.on == first, amount=now + Decimal(amount) / 100)


def _staff_by(programme: Programme, parts: list[str], amount: int) -> Programme:
    zone_id, skill = parts[0].split(":", 1)
    more = tuple(b.post(f"more-{n:02}", zone_id, skill) for n in range(amount))
    return but(programme, posts=tuple(sorted((*programme.posts, *more), key=lambda p: p.post_id)))


def _size_by(programme: Programme, parts: list[str], amount: int) -> Programme:
    choice = programme.choice(parts[1])
    assert choice is not None
    least, most = choice.least_firms or 0, choice.most_firms
    return with_choice(
        programme,
        parts[1],
        least_firms=max(0, least - amount),
        most_firms=None if most is None else most + amount,
    )


_EASED: dict[str, Callable[[Programme, list[str], int], Programme]] = {
    "approvals": _by("approvals", "approval_id", "people"),
    "booth-quota": _quota_by,
    "delegation-size": _size_by,
    "firm-teams": _by("firms", "firm_id", "teams"),
    "fund-budget": _fund_by,
    "most-phases": _by("firms", "firm_id", "max_phases"),
    "own-money": _by("firms", "firm_id", "own_money", unit=Decimal("0.01")),
    "staff": _staff_by,
    "targets": _by("targets", "target_id", "at_least", -1),
}
