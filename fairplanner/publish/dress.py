"""How dates, money and numbers are printed: one style for each language, everywhere on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from fairplanner.domain.kinds import Status
from fairplanner.domain.reference import Phase
from fairplanner.publish.about_when import about_when
from fairplanner.publish.naming import dates_in_words
from fairplanner.words import Words

FEN = Decimal("0.01")
WAN = Decimal(10_000)


@dataclass(frozen=True)
class Dress:
    """Prints values in the words of one language; money in one currency."""

    w: Words
    currency: str = "CNY"

    def day(self, day: date) -> str:
        """2027年4月15日（周四）; 15 April 2027 (Thu)."""
        return dates_in_words(self.w, day, day)

    def span(self, first: date, last: date) -> str:
        """2027年4月15日—19日（周四至周一）; 15–19 April 2027 (Thu–Mon)."""
        return dates_in_words(self.w, first, last)

    def phase_days(self, phase: Phase) -> str:
        """Fair days, marked where they are not announced; about when where no more is known; 待定 where nothing is."""
        if phase.start is None or phase.end is None:
            return self.about(phase) or self.w("paper.undated")
        return self.w(
            f"calendar.dated.{'firm' if phase.status.is_firm else phase.status}",
            title=self.span(phase.start, phase.end),
        )

    def about(self, phase: Phase) -> str:
        """2027年4月中旬（暂定）, for a phase of which no more is known than about when; '' for others."""
        first, last = phase.window_start, phase.window_end
        if (phase.start and phase.end) or first is None or last is None:
            return ""
        gone = phase.status is Status.CANCELLED
        # that it is projected from past editions is said of days only: of a window nobody has told us so
        key = "cancelled" if gone else "firm" if phase.status.is_firm else "provisional"
        return self.w(f"calendar.dated.{key}", title=about_when(self.w, first, last))

    @property
    def unit(self) -> str:
        """元 for CNY in Chinese; else the currency code."""
        key = f"paper.units.{self.currency}"
        return self.w(key) if key in self.w else self.currency

    def amount(self, amount: Decimal) -> str:
        """12,345.00, for columns whose header names the unit."""
        return f"{amount.quantize(FEN, ROUND_HALF_UP):,.2f}"

    def money(self, amount: Decimal) -> str:
        """An amount with its unit, in running text."""
        return self.w("paper.units.money", amount=self.amount(amount), unit=self.unit)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with thousands separated."""
        return f"{value:,.{decimals}f}"

    def percent(self, share: float) -> str:
        """73 %."""
        return self.w("paper.units.percent", value=f"{share * 100:.0f}")


def distribute(amounts: Sequence[Decimal], unit: Decimal = WAN, step: Decimal = FEN) -> list[Decimal]:
    """Amounts in `unit`, rounded to `step` so that they add up exactly to their rounded sum (largest remainder, ties in order)."""
    exact = [amount / unit for amount in amounts]
    wanted = sum(exact, Decimal(0)).quantize(step, ROUND_HALF_UP)
    rounded = [value.quantize(step, ROUND_FLOOR) for value in exact]
    missing = int((wanted - sum(rounded, Decimal(0))) / step)
    by_remainder = sorted(range(len(exact)), key=lambda i: (rounded[i] - exact[i], i))
    for i in by_remainder[:missing]:
        rounded[i] += step
    return rounded
