"""Which cell of the programme's tables a labelled limit stands in, and what stands there once the limit is moved."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from fairplanner.domain.assuming import ADDED, Assumption, cell_text
from fairplanner.domain.programme import Programme
from fairplanner.explain import limit_cells as of
from fairplanner.explain.limit_cells import LimitCell

__all__ = ["LimitCell", "cell_of", "cells_of", "loosened", "moved"]

CELLS: dict[str, of.Finder] = {
    "approvals": of.approvals,
    "blackouts": of.blackouts,
    "booth-quota": of.booth_quota,
    "booths-in-order": of.policy,
    "claim-counts": of.claim_limits,
    "claim-limits": of.claim_limits,
    "deadline": of.deadline,
    "decisions": of.decisions,
    "delegation-size": of.delegation_size,
    "firm-teams": of.firm_teams,
    "fund-budget": of.fund_budget,
    "kept": of.kept,
    "most-phases": of.most_phases,
    "own-money": of.own_money,
    "rank-respected": of.policy,
    "staff": of.staff,
    "targets": of.targets,
}
"""Rules whose limits stand in cells of the tables or in programme.toml; all others say what a plan is, or stand in rule packs."""


def cells_of(programme: Programme, rule: str, label: str) -> tuple[LimitCell, ...]:
    """Every cell that the limit of a row could be changed in, the likeliest first; none where nobody writes it in a cell."""
    finder = CELLS.get(rule)
    return tuple(finder(programme, of.parts(label))) if finder else ()


def cell_of(programme: Programme, rule: str, label: str) -> LimitCell | None:
    """The cell that a row's limit stands in as a number, else the cell or row that it comes from; None where there is none."""
    found = cells_of(programme, rule, label)
    return next((cell for cell in found if cell.is_number), found[0] if found else None)


def moved(cell: LimitCell, amount: int, up: bool) -> Assumption:
    """The cell once the limit is `amount` units of the row higher (`up`) or lower; never below nothing.

    Money is rounded to whole fen, all other numbers to whole ones, away from where it stands: the limit moves at least so
    far. What is no number is lifted altogether, whatever the amount.
    """
    if not cell.is_number:
        return Assumption(cell.table, cell.key, cell.column, cell.instead, cell.now, cell.cells)
    rises = up == (cell.unit > 0)
    new = max(Decimal(0), cell.at + (1 if up else -1) * amount * cell.unit)
    text = cell_text(new.quantize(cell.step, ROUND_CEILING if rises else ROUND_FLOOR))
    if cell.cells:
        cells = tuple((name, text if name == cell.column else value) for name, value in cell.cells)
        return Assumption(cell.table, cell.key, "", ADDED, cell_text(cell.at), cells)
    return Assumption(cell.table, cell.key, cell.column, text, cell_text(cell.at))


def loosened(cell: LimitCell, amount: int) -> Assumption:
    """The cell once the limit gives way by `amount` units of the row."""
    return moved(cell, amount, up=cell.is_upper)
