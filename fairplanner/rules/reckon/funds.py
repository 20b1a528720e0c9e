"""What a fund holds and when it may be used: currency, reserve, instalments with carry-over."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from fairplanner.domain.money import Fund
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.money import FEN, rate_of


def whole(programme: Programme, fund: Fund) -> Decimal:
    """The whole amount in programme currency, half up to whole fen."""
    return (fund.amount * rate_of(programme, fund.currency)).quantize(FEN, ROUND_HALF_UP)


def spendable(programme: Programme, fund: Fund) -> Decimal:
    """The whole amount in programme currency less the reserve, down to whole fen."""
    return _less_reserve(programme, fund, fund.amount)


def _less_reserve(programme: Programme, fund: Fund, amount: Decimal) -> Decimal:
    kept = 1 - Decimal(str(fund.reserve))
    return (amount * rate_of(programme, fund.currency) * kept).quantize(FEN, ROUND_DOWN)


def comes_in_parts(programme: Programme, fund_id: str) -> bool:
    """Whether the fund's money comes in instalments."""
    return any(x.fund_id == fund_id for x in programme.instalments)


def available(programme: Programme, fund: Fund, until: str) -> Decimal:
    """What has come in by the end of a quarter (`2025Q3`), what was not used before included; at most `spendable`.

    A fund without instalments has all of it from its first day.
    """
    if not comes_in_parts(programme, fund.fund_id):
        return spendable(programme, fund)
    own = (x.amount for x in programme.instalments if x.fund_id == fund.fund_id and quarter(x.on) <= until)
    return min(spendable(programme, fund), _less_reserve(programme, fund, sum(own, Decimal(0))))


def quarters_of(programme: Programme, fund: Fund) -> tuple[str, ...]:
    """The quarters of a fund's period and of the programme's window, in order."""
    settings = programme.settings
    first, last = min(fund.period_from, settings.window_from), max(fund.period_to, settings.window_to)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(dict.fromkeys(quarter(date(m // 12, m % 12 + 1, 1)) for m in months))
