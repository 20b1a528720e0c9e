"""The hedged plan: best on weighted average over stated scenarios, where what becomes impossible is lost; and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairplanner.domain.plan import Plan
from fairplanner.explain.again import Base
from fairplanner.explain.assuming import assumed
from fairplanner.explain.mishaps.scenarios import Scenario
from fairplanner.pose import pose
from fairplanner.solver.hedged import Weighted, hedged
from fairplanner.solver.remains import Remains


@dataclass(frozen=True)
class Beside:
    """One scenario: what is left of the plan and of the hedged one, in thousandths of a point, and places that each keeps."""

    name: str
    weight: int
    value: tuple[int, int]
    places: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Hedge:
    """The hedged plan beside the plan: (plan, hedged) in thousandths of a point.

    `value`: where nothing happens; `mean`: on weighted average, the base case included; `worst`: in each one's worst scenario.
    `gap`: how far the best may lie above what was found, a fraction; `whole`: reckoned with all rules in every scenario, else
    without what firms are paid back there (what is told here is with all rules in any case).
    """

    plan: Plan
    base_weight: int
    value: tuple[int, int]
    mean: tuple[int, int]
    worst: tuple[int, int]
    cases: tuple[Beside, ...]
    gap: float
    whole: bool

    @property
    def cost(self) -> int:
        """What the hedge costs where nothing happens."""
        return self.value[0] - self.value[1]

    @property
    def is_same(self) -> bool:
        """Whether nothing is worth deciding otherwise."""
        return self.mean[1] == self.mean[0] and self.value[1] == self.value[0]


def hedge(
    base: Base, scenarios: Sequence[Scenario], base_weight: int, *, seconds: float = 90, gap: float | None = None,
    tell: Callable[[str, int | None, int | None], None] | None = None,
) -> Hedge:  # fmt: skip
    """Decide now for what may happen; `base_weight`: of the case in which nothing does. Raises NoPlan, ValueError for weights
    that are negative or sum to nothing."""
    if base_weight < 0 or any(s.weight < 0 for s in scenarios) or base_weight + sum(s.weight for s in scenarios) <= 0:
        raise ValueError("weights must not be negative, and not all of them nothing")
    found = hedged(
        base.problem,
        [_weighted(base, s) for s in scenarios],
        base_weight,
        base.plan,
        seconds=seconds,
        gap=gap,
        tell=tell,
    )
    cases = tuple(
        Beside(s.name, s.weight, (a.value, b.value), (len(a.participations), len(b.participations)))
        for s, a, b in zip(scenarios, found.before, found.left, strict=True)
    )
    value = base.plan.value, found.plan.value
    mean = _mean(value[0], found.before, scenarios, base_weight), _mean(value[1], found.left, scenarios, base_weight)
    worst = min(c.value[0] for c in cases), min(c.value[1] for c in cases)
    return Hedge(found.plan, base_weight, value, mean, worst, cases, found.gap, found.whole)


def _weighted(base: Base, scenario: Scenario) -> Weighted:
    return Weighted(pose(assumed(base.programme, scenario.assumptions)), scenario.weight, scenario.only)


def _mean(value: int, left: Sequence[Remains], scenarios: Sequence[Scenario], base_weight: int) -> int:
    """Weighted average without the fines of what is demanded and given up."""
    total = base_weight * value + sum(s.weight * x.value for s, x in zip(scenarios, left, strict=True))
    return total // (base_weight + sum(s.weight for s in scenarios))
