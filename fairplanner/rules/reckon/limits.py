"""Limits over several claims: which claims share one, what the ledger has used of it, and what is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from fairplanner.domain.in_force import PhaseCap
from fairplanner.domain.kinds import Regime
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.packs import Each, FirmTest, Limit
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.dates import planned_year
from fairplanner.rules.reckon.eligibility import passes


class Cell(NamedTuple):
    """Claims that are cut as one: of a subsidy, a firm and a phase; `phase_id` '' where the subsidy is rounded over the year."""

    subsidy_id: str
    firm_id: str
    phase_id: str


def cell_of(programme: Programme, subsidy_id: str, firm_id: str, phase_id: str) -> Cell:
    """The cell of a claim."""
    yearly = programme.subsidy[subsidy_id].round_at == "year"
    return Cell(subsidy_id, firm_id, "" if yearly else phase_id)


def cell_of_claim(programme: Programme, claim: Claim) -> Cell:
    """The cell of a claim of a plan."""
    return cell_of(programme, claim.subsidy_id, claim.firm_id, claim.phase_id)


def cell_day(programme: Programme, cell: Cell) -> date:
    """The day a cell is dated: the last fair day, or the last day of the planned year; ValueError without dates."""
    if not cell.phase_id:
        return date(planned_year(programme), 12, 31)
    end = programme.phase[cell.phase_id].end
    if end is None:
        raise ValueError(f"{cell.phase_id} has no dates")
    return end


def in_order(programme: Programme, cells: Iterable[Cell]) -> list[Cell]:
    """Cells in the order in which limits are used up: by day, phase, firm, subsidy."""
    return sorted(set(cells), key=lambda c: (cell_day(programme, c), c.phase_id, c.firm_id, c.subsidy_id))


def owner_of(programme: Programme, limit: Limit, firm_id: str) -> str:
    """Who has the limit: the firm, or where connected firms count as one, their group."""
    firm = programme.firm.get(firm_id)
    return firm.group if limit.per == "group" and firm is not None and firm.group else firm_id


def binds(programme: Programme, limit: Limit, cell: Cell) -> bool:
    """Whether a limit is over a cell: its subsidy is meant, and so is its firm on the first fair day (a year: on its last day)."""
    if cell.subsidy_id not in limit.subsidies:
        return False
    phase = programme.phase.get(cell.phase_id)
    day = phase.start if phase is not None and phase.start is not None else cell_day(programme, cell)
    return passes(programme, limit.firms, cell.firm_id, day, phase.fair_id if phase else "") is None


def group_of(programme: Programme, limit: Limit, firm_id: str, phase_id: str, day: date) -> tuple[str, ...]:
    """What claims have in common that share a limit: its owner, then one key for each of `each`, in the limit's order.

    `day`: the cell's day. Life and a rolling window have key ''; of a year cell (`phase_id` '') all but the year are ''.
    """
    return (owner_of(programme, limit, firm_id), *(_key(programme, each, phase_id, day) for each in limit.each))


def _key(programme: Programme, each: Each, phase_id: str, day: date) -> str:
    if each == "year":
        return str(day.year)
    if each in ("life", "window") or not phase_id:
        return ""
    phase = programme.phase[phase_id]
    if each == "phase":
        return phase_id
    if each == "edition":
        return f"{phase.fair_id}:{phase.edition}"
    if each == "fair":
        return phase.fair_id
    if each == "market":
        return market_key(programme, phase_id)
    return programme.territory_of(phase_id) if each == "territory" else programme.market_class(phase_id)


def market_key(programme: Programme, phase_id: str) -> str:
    """The markets that going there opens, as one key (the country or region where there are none): two visits open the same
    market if their keys are equal."""
    return "+".join(programme.markets_of(phase_id)) or programme.territory_of(phase_id)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    length = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, length))


def past_rows(
    programme: Programme, limit: Limit, firm_id: str, phase_id: str, day: date, paid_after: int = 0
) -> tuple[LedgerRow, ...]:
    """Rows of the ledger that share a limit with a cell of `day`: same owner, a subsidy of the limit, the same keys.

    A window counts rows after the same day `window_months` earlier, up to `day`; where it runs by grant, both days are those
    of payment (`paid_after`: days from `day` to the cell's). A row whose phase is not in the catalogue has no known
    market, country or region: it counts against every one.
    """
    owner = owner_of(programme, limit, firm_id)
    firms = programme.by_firm.group.get(owner, (owner,)) if limit.per == "group" else (owner,)
    rows = (row for f in firms for row in programme.by_firm.ledger.get(f, ()) if row.subsidy_id in limit.subsidies)
    granted = day + timedelta(days=paid_after)
    return tuple(
        row
        for row in rows
        if all(
            _in_window(programme, limit, row, day, granted)
            if each == "window"
            else _shares(programme, each, row, phase_id, day)
            for each in limit.each
        )
    )


def _in_window(programme: Programme, limit: Limit, row: LedgerRow, day: date, granted: date) -> bool:
    if limit.window_months is None:
        return True
    on = row.on
    if limit.window_of == "grant":
        subsidy = programme.subsidy.get(row.subsidy_id)
        on, day = on + timedelta(days=subsidy.paid_after_days if subsidy else 0), granted
    return months_before(day, limit.window_months) < on <= day


def _shares(programme: Programme, each: Each, row: LedgerRow, phase_id: str, day: date) -> bool:
    if each == "life" or (not phase_id and each != "year"):
        return True
    then = past_key(programme, each, row)
    return then is None or then == _key(programme, each, phase_id, day)


def past_key(programme: Programme, each: Each, row: LedgerRow) -> str | None:
    """The key of a row of the ledger, as `group_of` has it for claims; None: not known, it may be any.

    Markets are those of the fair, else of where its phase of that day was held. A phase or edition that the catalogue does
    not know is none of those that are planned: it has a key of its own.
    """
    if each in ("life", "window"):
        return ""
    if each == "year":
        return str(row.on.year)
    if each == "fair":
        return row.fair_id
    if each == "edition" and row.edition:
        return f"{row.fair_id}:{row.edition}"
    then, of_place = phase_then(programme, row), each in ("market", "territory", "market-class")
    fair = programme.fair.get(row.fair_id)
    if then is None and each != "territory" and of_place and fair is not None and fair.markets:
        then = next(iter(programme.phases_of.get(row.fair_id, ())), None)
    if then is None:
        return None if of_place else f"{row.fair_id}@{row.on}"
    return _key(programme, each, then.phase_id, row.on)


def phase_then(programme: Programme, row: LedgerRow) -> Phase | None:
    """The phase of the catalogue that a row of the ledger speaks of: of its fair, open on that day; None: not known."""
    phases = programme.phases_of.get(row.fair_id, ())
    return next((q for q in phases if q.start and q.end and q.start <= row.on <= q.end), None)


def past_paid(programme: Programme, limit: Limit, cell: Cell) -> Decimal:
    """What the ledger has paid under a limit that a cell shares, programme currency."""
    owner = owner_of(programme, limit, cell.firm_id)
    firms = programme.by_firm.group.get(owner, (owner,)) if limit.per == "group" else (owner,)
    if not any(f in programme.by_firm.ledger for f in firms):
        return Decimal(0)
    delay = programme.subsidy[cell.subsidy_id].paid_after_days
    rows = past_rows(programme, limit, cell.firm_id, cell.phase_id, cell_day(programme, cell), delay)
    return sum((row.amount for row in rows), Decimal(0))


def most_at(programme: Programme, limit: Limit, phase_id: str) -> Decimal:
    """What a money limit is at a phase ('' of a whole year): a cap of one phase is less in Hong Kong and Macao; half up to 0.01."""
    if not phase_id or not isinstance(limit, PhaseCap) or programme.regime(phase_id) is not Regime.HKMO:
        return limit.most
    return (limit.most * limit.hkmo_share).quantize(Decimal("0.01"), ROUND_HALF_UP)


def capacity(programme: Programme, limit: Limit, cell: Cell) -> Decimal:
    """What a money limit leaves for the claims of the plan up to a cell: most less what the ledger has paid; never below 0."""
    return max(Decimal(0), most_at(programme, limit, cell.phase_id) - past_paid(programme, limit, cell))


def money_limits_of(programme: Programme, cell: Cell) -> tuple[Limit, ...]:
    """The limits on money that bind a cell, in order of id."""
    over = _money_limits(programme, cell.subsidy_id)
    return tuple(x for x in over if _is_for_all(x) or binds(programme, x, cell))


@remembered
def _money_limits(programme: Programme, subsidy_id: str) -> tuple[Limit, ...]:
    return tuple(x for x in programme.limits if x.of == "money" and subsidy_id in x.subsidies)


@remembered
def _is_for_all(limit: Limit) -> bool:
    return limit.firms == FirmTest()
