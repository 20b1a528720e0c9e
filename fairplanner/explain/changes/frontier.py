"""The frontier of value against budget: the same year planned at several budgets, and what the next money brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from fairplanner.domain.assuming import Assumption, cell_text, key_text
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.tables import TABLES
from fairplanner.errors import Blame, NoPlan
from fairplanner.explain.again import Base
from fairplanner.explain.apart import Tell, planned
from fairplanner.explain.assuming import assumed
from fairplanner.explain.changes.whatif import planned_of
from fairplanner.rules import check
from fairplanner.rules.reckon.funds import spendable

FEN = Decimal("0.01")
FURTHER = Decimal(100_000)
"""Programme currency: what the next so much brings is told."""
GAP = 0.00002
"""How near to the best each budget is planned, unless it is said otherwise: steps of a curve are small."""

Range = tuple[float, float, float]


@dataclass(frozen=True)
class Step:
    """The year at one budget: `amount` is what the funds may spend together, programme currency; `value` and `bound` in
    thousandths of a point; `planned` leaves the funds.

    Where there is no plan `value` is None and `guilty` says what collides (nothing where time ran out). Of a plan that is not
    `is_repeatable` the clock ended the search: a better one may be left.
    """

    share: Decimal
    amount: Decimal
    value: int | None = None
    bound: int | None = None
    planned: Decimal = Decimal(0)
    places: int = 0
    firms: int = 0
    delegations: int = 0
    is_repeatable: bool = True
    guilty: tuple[Blame, ...] = ()


@dataclass(frozen=True)
class Frontier:
    """Steps in order of budget, the budget as it stands, and the one that has FURTHER more."""

    funds: tuple[str, ...]
    steps: tuple[Step, ...]
    now: Step
    more: Step

    @property
    def next(self) -> Range | None:
        """What the first FURTHER from now on brings, planned exactly so: as planned, at least, at most (as far as is proven);
        thousandths of a point. None where one of the two has no plan."""
        return further(self.now, self.more)

    def after(self, i: int) -> Range | None:
        """The same from the step `i` to the next one, for each FURTHER between them; None after the last."""
        return None if i + 1 >= len(self.steps) else further(self.steps[i], self.steps[i + 1])


def further(a: Step, b: Step) -> Range | None:
    """What FURTHER brings between two budgets."""
    if a.value is None or b.value is None or a.bound is None or b.bound is None or b.amount <= a.amount:
        return None
    each = float(FURTHER / (b.amount - a.amount))
    return tuple(max(0, x) * each for x in (b.value - a.value, b.value - a.bound, b.bound - a.value))  # type: ignore[return-value]


def frontier(
    base: Base, funds: Sequence[str], shares: Sequence[Decimal], *, seconds: float = 60, gap: float = GAP,
    jobs: int | None = None, tell: Tell | None = None,
) -> Frontier:  # fmt: skip
    """Plan the year at each share of what the funds (ids) hold now, instalments in proportion; in local processes.

    Every budget is planned from the base, so the answers are the same whatever `jobs` (default: one a processor; 1: this
    process). A plan that needs less money can be made with more: no step is worth less than one before it. `tell` hears how
    many are planned. Raises KeyError for an unknown fund, ValueError where the funds hold nothing.
    """
    whole = held(base.programme, funds)
    if not whole:
        raise ValueError("funds that hold nothing have no share")
    now, more = Decimal(1), 1 + FURTHER / whole
    wanted = sorted({*shares, now, more})
    cases = [at_share(base.programme, funds, share) for share in wanted]
    plans = planned(base, cases, seconds=seconds, gap=gap, jobs=jobs, tell=tell)
    found_at = {share: plan if share != now else better(base, plan) for share, plan in zip(wanted, plans, strict=True)}
    steps = [_step(base.programme, funds, share, plan) for share, plan in found_at.items()]
    found = dict(zip(wanted, _monotone(steps), strict=True))
    return Frontier(tuple(funds), tuple(found[s] for s in sorted(set(shares))), found[now], found[more])


def better(base: Base, found: Plan | NoPlan) -> Plan | NoPlan:
    """The base's own plan at the budget it was made for, where it still stands and a search that was cut short found less."""
    if isinstance(found, Plan) and found.value >= base.plan.value:
        return found
    if check(base.programme, base.plan):
        return found
    return base.plan.model_copy(update={"bound": found.bound}) if isinstance(found, Plan) else base.plan


def held(programme: Programme, funds: Sequence[str]) -> Decimal:
    """What funds may spend together, programme currency."""
    return sum((spendable(programme, programme.fund[f]) for f in funds), Decimal(0))


def at_share(programme: Programme, funds: Sequence[str], share: Decimal) -> tuple[Assumption, ...]:
    """The assumption that funds hold a share of what they hold, and that their instalments are in proportion."""
    table = {t.name: t for t in TABLES}
    rows = [("funds", programme.fund[f]) for f in funds]
    rows += [("instalments", x) for x in programme.instalments if x.fund_id in funds]  # type: ignore[misc]
    return tuple(
        Assumption(
            name, key_text(table[name], row), "amount", cell_text(_fen(row.amount * share)), cell_text(row.amount)
        )
        for name, row in rows
    )


def _fen(amount: Decimal) -> Decimal:
    return amount.quantize(FEN, ROUND_HALF_UP)


def _step(programme: Programme, funds: Sequence[str], share: Decimal, found: Plan | NoPlan) -> Step:
    empty = Step(share, held(assumed(programme, at_share(programme, funds, share)), funds))
    if isinstance(found, NoPlan):
        return replace(empty, guilty=found.guilty, is_repeatable=found.status != "unknown")
    out = planned_of(found)
    return replace(
        empty, value=found.value, bound=found.bound, planned=sum((out[f] for f in funds), Decimal(0)),
        places=len(found.participations), firms=len({p.firm_id for p in found.participations}),
        delegations=len(found.delegations), is_repeatable=found.reproducible,
    )  # fmt: skip


def _monotone(steps: Sequence[Step]) -> Iterator[Step]:
    """Steps of rising budgets, with what each proves of the others: a plan can be kept with more money, and what no plan is
    worth with more, none is with less."""
    raised: list[Step] = []
    for step in steps:
        before = raised[-1] if raised else step
        if before.value is not None and (step.value is None or step.value < before.value):
            bound = step.bound if step.value is not None else None
            step = replace(before, share=step.share, amount=step.amount, bound=bound)
        raised.append(step)
    least: int | None = None
    for i in reversed(range(len(raised))):
        bounds = [b for b in (raised[i].bound, least) if b is not None]
        least = min(bounds, default=None)
        raised[i] = replace(raised[i], bound=None if raised[i].value is None else least)
    yield from raised
