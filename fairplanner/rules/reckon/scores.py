"""Score sheets (评分表): the items of a firm at a phase and section in their written order, and their total out of 100."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.domain.giving import ScoreItem
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme

FULL_MARKS = 100


def sheet_of(programme: Programme, application: Application) -> tuple[ScoreItem, ...]:
    """The sheet that scores an application, items in written order: that of its section, else the firm's for the whole phase.

    Empty where there is none. Planner.md 18: items summing to 100, deductions, source and date of every figure.
    """
    sheets, firm, phase = programme.by_firm.sheets, application.firm_id, application.phase_id
    found = sheets.get((firm, phase, application.section_id)) or sheets.get((firm, phase, ""))
    return written(found or ())


def written(items: Sequence[ScoreItem]) -> tuple[ScoreItem, ...]:
    """Items with most full marks first, then by name; deductions last."""
    return tuple(sorted(items, key=lambda i: (is_deduction(i), -i.full_marks, i.item)))


def is_deduction(item: ScoreItem) -> bool:
    """Whether a line takes points away (扣分: empty booth, transfer, infringement ...)."""
    return item.points < 0 or item.full_marks == 0


def total(items: Sequence[ScoreItem]) -> float:
    """Points less deductions, three decimals; never below 0, as a score is out of 100."""
    return max(0.0, round(sum(i.points for i in items), 3))
