"""What could be changed so that a decision is another one: cells that can be turned by an amount, and single changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TypeAlias

from fairplanner.domain.assuming import Assumption, cell_text
from fairplanner.domain.money import Fund
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.explain.limits import cells_of, moved
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.scores import sheet_of

CENT, HUNDREDTH, ONE = Decimal("0.01"), Decimal("0.01"), Decimal(1)
FULL_MARKS = Decimal(100)
At: TypeAlias = Callable[[Decimal], tuple[Assumption, ...]]


@dataclass(frozen=True)
class Dial:
    """A change by an amount: `at` says what is assumed for an amount of `unit`, whole numbers of `step` from step to `most`.

    `marks`: amounts at which something may turn; tried before others, `guess` (0: the least mark) first.
    """

    kind: str
    unit: str
    step: Decimal
    most: Decimal
    at: At
    marks: tuple[Decimal, ...] = ()
    guess: Decimal = Decimal(0)

    def rounded(self, amount: Decimal, *, up: bool) -> Decimal:
        """A whole number of steps, within the dial."""
        whole = (amount / self.step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * self.step
        return min(max(whole, Decimal(0)), self.most)

    def between(self, low: Decimal, high: Decimal) -> Decimal:
        """About the middle of two amounts, as round a number as can be."""
        span = (high - low) / 4
        size = max(self.step, Decimal(10) ** span.adjusted() if span else self.step)
        middle = ((low + high) / 2 / size).to_integral_value(ROUND_FLOOR) * size
        return self.rounded(middle, up=False) if low < middle < high else self.rounded((low + high) / 2, up=False)

    @property
    def ladder(self) -> tuple[Decimal, ...]:
        """The marks that the dial can show, and its end."""
        shown = {self.rounded(m, up=True) for m in self.marks}
        return tuple(sorted({m for m in shown if m > 0} | {self.most}))


@dataclass(frozen=True)
class Switch:
    """A change that cannot be divided; `is_least` False: one of several parts of it might be smaller."""

    kind: str
    assumptions: tuple[Assumption, ...]
    is_least: bool = True


Change: TypeAlias = Dial | Switch


def after(first: tuple[Assumption, ...], change: Change, kind: str) -> Change:
    """A change on top of another one, of which `kind` is said."""
    if isinstance(change, Switch):
        return Switch(f"{kind}+{change.kind}", (*first, *change.assumptions), change.is_least)
    return replace(change, kind=f"{kind}+{change.kind}", at=lambda x: (*first, *change.at(x)))


def cell(table: str, key: str, column: str, value: object, before: object = "") -> Assumption:
    """One cell assumed to be different."""
    return Assumption(table, key, column, cell_text(value), cell_text(before))


def score(
    programme: Programme, a: Application, now: float, marks: Sequence[float], *, up: bool, guess: float | None = None
) -> list[Change]:
    """The firm's own score up to full marks, or down to nothing; `marks`: scores of others that it would pass, or fall behind,
    `guess` the likeliest of them.

    A score sheet gets or loses the points on the item that has most to give.
    """
    own = Decimal(str(now))
    most = (FULL_MARKS - own if up else own).quantize(HUNDREDTH, ROUND_FLOOR)
    if most <= 0:
        return []
    sign = 1 if up else -1
    passed = [abs(Decimal(str(m)) - own) for m in marks]
    steps = tuple(sorted(d + extra for d in passed for extra in (Decimal(0), HUNDREDTH)))
    likely = Decimal(0) if guess is None else abs(Decimal(str(guess)) - own) + HUNDREDTH
    return [Dial("score", "points", HUNDREDTH, most, lambda x: (_scored(programme, a, own + sign * x),), steps, likely)]


def _scored(programme: Programme, a: Application, new: Decimal) -> Assumption:
    sheet = sheet_of(programme, a)
    if not sheet:
        return cell("applications", a.application_id, "score", new, "" if a.score is None else a.score)
    item = max(sheet, key=lambda i: (i.full_marks, i.item))
    others = sum((Decimal(str(i.points)) for i in sheet if i is not item), Decimal(0))
    key = "/".join((item.firm_id, item.phase_id, item.section_id or "-", item.item))
    return cell("scores", key, "points", new - others, item.points)


def limit(
    programme: Programme, kind: str, unit: str, rule: str, name: str, *, most: int, column: str, up: bool,
    marks: Sequence[int] = (), step: int = 1, scale: int = 1,
) -> list[Change]:  # fmt: skip
    """A limit that stands in a cell, looser or tighter; amounts in the unit said, `scale` of the row's own units each."""
    found = next((c for c in cells_of(programme, rule, name) if c.is_number and c.column == column), None)
    if found is None or most <= 0:
        return []
    return [
        Dial(kind, unit, Decimal(step), Decimal(most), lambda x: (moved(found, int(x * scale), up),), tuple(map(Decimal, marks)))
    ]  # fmt: skip


def quotas(programme: Programme, labels: Sequence[str], most: int, marks: Sequence[int], *, up: bool) -> list[Change]:
    """All these limits of `quotas` (phase · section · zone · kind) by the same amount."""
    kinds = {name.split(" · ")[-1] for name in labels}
    if not labels or most <= 0 or len(kinds) != 1:
        return []
    unit = {"area": "m2", "firms": "firms"}.get(kinds.pop(), "booths")
    column = {"m2": "area_m2", "firms": "firms"}.get(unit, "booths")
    cells = [next((c for c in cells_of(programme, "booth-quota", n) if c.column == column), None) for n in labels]
    known = [c for c in cells if c is not None]
    if len(known) != len(labels):
        return []
    size = Decimal(9 if unit == "m2" else 1)
    at: At = lambda x: tuple(moved(c, int(x), up) for c in known)  # noqa: E731 - one of several makers of the same kind
    return [Dial("quota", unit, size, size * most, at, tuple(size * m for m in marks))]


def fund(found: Fund, amounts: Sequence[Decimal], most: Decimal, unit: str, *, up: bool) -> list[Change]:
    """A fund's amount, in the fund's own currency, to the hundred."""
    hundred = Decimal(100)
    if not up:
        most = min(most, found.amount)
    most = most.quantize(ONE, ROUND_FLOOR) // hundred * hundred
    if most <= 0:
        return []
    sign = 1 if up else -1
    at: At = lambda x: (cell("funds", found.fund_id, "amount", found.amount + sign * x, found.amount),)  # noqa: E731
    return [Dial("fund", unit, hundred, most, at, tuple(amounts))]


def number_of_firm(
    programme: Programme, firm_id: str, column: str, kind: str, unit: str, most: Decimal, step: Decimal,
    marks: Sequence[Decimal], *, up: bool,
) -> list[Change]:  # fmt: skip
    """A number that stands in the firm's own row: own money, teams, most phases."""
    now = getattr(programme.firm[firm_id], column)
    if now is None or most <= 0:
        return []
    sign = 1 if up else -1
    at: At = lambda x: (cell("firms", firm_id, column, Decimal(now) + sign * x, now),)  # noqa: E731
    return [Dial(kind, unit, step, most, at, tuple(marks))]


def least_firms(
    programme: Programme, sponsor: str, phase_id: str, most: int, marks: Sequence[int], *, up: bool
) -> list[Change]:
    """The fewest firms of a delegation at a phase."""
    return limit(
        programme, "least-firms", "firms", "delegation-size", label(sponsor, phase_id), most=most, column="least_firms", up=up,
        marks=marks,
    )  # fmt: skip
