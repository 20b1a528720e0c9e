"""What limits are worth: the prices of those that bind, and the same limits moved a little and the year planned again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.plan import Plan
from fairplanner.domain.prices import Prices
from fairplanner.domain.programme import Programme
from fairplanner.errors import NoPlan
from fairplanner.explain.again import Base
from fairplanner.explain.apart import Tell, planned
from fairplanner.explain.limits import LimitCell, cell_of, loosened
from fairplanner.solver import priced

MONEY = Decimal(10_000)
"""By how much a limit of money is moved; every other limit by one."""
CHECKED = 12
"""Limits whose prices are checked by planning again, unless more are asked for."""
GAP = 0.00002
"""How near to the best the year is planned again: one booth more is a small thing."""
ALWAYS = ("funds", "instalments")
"""Tables whose limits are always checked: money is what is asked about first."""
NEGLIGIBLE = 50
"""Thousandths of a point: a limit of which a step is worth less is not told."""


@dataclass(frozen=True)
class Worth:
    """A limit that binds, by the cell it stands in, and the `step` by which it gives way (`assumption`).

    `price`: what the step is worth by the prices, thousandths of a point; they say what the first small part of it is worth
    where everything could be divided. `again`: what planning again gives, at least and at most as far as is proven; None where
    it was not asked, or no plan was found. `limits`: rule and label of every row that stands in the cell.
    """

    cell: LimitCell
    limits: tuple[tuple[str, str], ...]
    step: Decimal
    assumption: Assumption
    price: int
    again: tuple[int, int, int] | None = None

    @property
    def agrees(self) -> bool | None:
        """Whether planning again leaves the price possible; None where it was not asked."""
        return None if self.again is None else self.again[1] <= self.price <= self.again[2]


def worths(programme: Programme, prices: Prices) -> tuple[Worth, ...]:
    """Limits that bind and stand in a cell as a number, those that are worth most first."""
    found: dict[LimitCell, dict[tuple[str, str], float]] = {}
    for row in prices.rows:
        cell = cell_of(programme, row.rule, row.label)
        if cell is not None and cell.is_number:
            own = found.setdefault(cell, {})
            own[row.rule, row.label] = own.get((row.rule, row.label), 0.0) + abs(row.value)
    made = [_worth(cell, rows) for cell, rows in found.items()]
    return tuple(sorted((x for x in made if x.price >= NEGLIGIBLE), key=lambda x: (-x.price, x.cell)))


def _worth(cell: LimitCell, rows: dict[tuple[str, str], float]) -> Worth:
    step = MONEY if is_money(cell) else Decimal(1)
    amount = max(1, round(step / abs(cell.unit)))
    return Worth(cell, tuple(sorted(rows)), step, loosened(cell, amount), round(sum(rows.values()) * amount))


def is_money(cell: LimitCell) -> bool:
    """Whether a cell holds an amount of money: it is rounded to whole fen."""
    return cell.step < 1


def checked(
    base: Base, found: Sequence[Worth], *, most: int | None = CHECKED, seconds: float = 60, gap: float = GAP,
    jobs: int | None = None, tell: Tell | None = None,
) -> tuple[Worth, ...]:  # fmt: skip
    """The first `most` worths and every fund's (None: all), each moved and planned again in local processes.

    The base is planned again as well, as near to the best as the others: what is left open of it would blur every one.
    """
    first = tuple(x for n, x in enumerate(found) if most is None or n < most or x.cell.table in ALWAYS)
    if not first:
        return ()
    cases: list[tuple[Assumption, ...]] = [(), *((x.assumption,) for x in first)]
    plans = list(planned(base, cases, seconds=seconds, gap=gap, jobs=jobs, tell=tell))
    was = _better(base.plan, plans[0])
    return tuple(_with(x, was, plan) for x, plan in zip(first, plans[1:], strict=True))


def _better(plan: Plan, again: Plan | NoPlan) -> tuple[int, int | None]:
    """The better value and the lower bound of two plans of the same programme."""
    if isinstance(again, NoPlan):
        return plan.value, plan.bound
    bounds = [b for b in (plan.bound, again.bound) if b is not None]
    return max(plan.value, again.value), min(bounds, default=None)


def _with(x: Worth, was: tuple[int, int | None], plan: Plan | NoPlan) -> Worth:
    value, bound = was
    if isinstance(plan, NoPlan) or plan.bound is None or bound is None:
        return x
    # a limit that gives way never makes the best year worse
    told = (max(0, plan.value - value), max(0, plan.value - bound), max(0, plan.bound - value))
    return Worth(x.cell, x.limits, x.step, x.assumption, x.price, told)


def prices_of(base: Base) -> Prices:
    """The prices of all limits, with delegations free: what is planned anew when a limit gives way."""
    return priced(base.problem)
