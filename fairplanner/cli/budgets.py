"""What `whatif` does besides one plan beside another: the frontier of value against budget, and what limits are worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import Progress, shown
from fairplanner.cli.language import chosen
from fairplanner.errors import CatalogueError, Problem
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.cli.said.frontier import Budgets
    from fairplanner.explain.again import Base

MOST_SHARE = 100
ALL = "all"
"""In place of a fund: all of them together."""


def share(_ctx: click.Context, _param: click.Parameter, value: str) -> Decimal:
    """A share of what there is, `50%` or `0.5`, as a fraction; up to a hundredfold. Raises click.BadParameter."""
    text = value.strip()
    try:
        made = Decimal(text.rstrip("%％")) / (100 if text.endswith(("%", "％")) else 1)
    except ArithmeticError:
        made = Decimal(-1)
    if not made.is_finite() or not 0 <= made <= MOST_SHARE:
        raise click.BadParameter(words(chosen())("cli.whatif.no-share", value=text))
    return made


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which budgets, and how to plan them."""

    funds: tuple[str, ...]
    low: Decimal
    high: Decimal
    steps: int
    out: Path | None
    replace: bool
    jobs: int | None
    seconds: float
    gap: float | None

    @property
    def shares(self) -> list[Decimal]:
        """Evenly from the lowest to the highest."""
        if self.steps == 1 or self.low == self.high:
            return [self.low]
        return [self.low + (self.high - self.low) * n / (self.steps - 1) for n in range(self.steps)]


def funds_of(base: Base, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the funds meant, by id or name; all of them for `all`. Raises CatalogueError."""
    from fairplanner.cli.office import unknown
    from fairplanner.explain.changes.frontier import held

    known = {f.fund_id: f for f in base.programme.funds}
    named = {name: f.fund_id for f in base.programme.funds for name in (f.name_zh, f.name_en) if name}
    found = tuple(known) if ALL in wanted else tuple(dict.fromkeys(named.get(f, f) for f in wanted))
    bad = [unknown("--frontier", "reference-unknown", f, known, table="funds") for f in found if f not in known]
    if bad:
        raise CatalogueError([Problem(p.file, p.row, p.column, p.what, p.value, _with_table(p.facts)) for p in bad])
    if not held(base.programme, found):
        raise CatalogueError([Problem("--frontier", 0, "", "frontier-empty", ", ".join(found))])
    return found


def _with_table(facts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({"table": "funds", **dict(facts)}.items()))


def frontier(base: Base, wanted: Wanted, w: Words, tell: Progress) -> tuple[list[str], dict[str, Any]]:
    """Plan at each budget: lines to be said, and the facts; files are written where a folder is given."""
    from fairplanner.cli.said.frontier import Budgets, facts
    from fairplanner.explain.changes.frontier import GAP
    from fairplanner.explain.changes.frontier import frontier as found_of

    funds, shares = funds_of(base, wanted.funds), wanted.shares
    found = found_of(
        base, funds, shares, seconds=wanted.seconds, gap=GAP if wanted.gap is None else wanted.gap, jobs=wanted.jobs,
        tell=lambda n: tell(f"{n} / {len(shares)}"),
    )  # fmt: skip
    told = Budgets(base.programme, found, w)
    written = [w("cli.whatif.written", path=shown(path)) for path in _written(told, wanted, w)]
    return [*told.lines(), *written], facts(found)


def _written(told: Budgets, wanted: Wanted, w: Words) -> list[Path]:
    from fairplanner.cli.files import write_all

    if wanted.out is None:
        return []
    files = [(f"frontier.{w.lang}.svg", told.svg().encode()), ("frontier.csv", told.csv())]
    write_all(wanted.out, files, replace=wanted.replace)
    return [wanted.out / name for name, _ in files]


def prices(base: Base, wanted: Wanted, w: Words, tell: Progress, *, whole: bool) -> tuple[list[str], dict[str, Any]]:
    """Limits that bind, what a little more of each is worth, estimated and planned again: lines to be said, and the facts."""
    from fairplanner.cli.said.pricing import PriceWords, facts
    from fairplanner.explain.changes.pricing import CHECKED, GAP, checked, prices_of, worths

    found = worths(base.programme, prices_of(base))
    again = checked(
        base, found, most=None if whole else CHECKED, seconds=wanted.seconds, gap=GAP if wanted.gap is None else wanted.gap,
        jobs=wanted.jobs, tell=lambda n: tell(str(n)),
    )  # fmt: skip
    cells = {x.cell for x in again}
    rest = [x for x in found if x.cell not in cells]
    return list(PriceWords(base.programme, again, len(rest), w).lines()), {"limits": facts([*again, *rest])}
