"""How figures of a year are told: against last year's, in 万元, by months of the window; unknown ones as not given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fairplanner.publish.design.measure import shortened
from fairplanner.publish.dress import FEN, WAN, distribute
from fairplanner.publish.lists.due_list import all_dues
from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.before import before
from fairplanner.publish.yearbook.figures import Basis, Month, Tally, Year, figures
from fairplanner.rules.reckon.duties import Due

NAME_EMS = 38.0
"""Room of a name within a sentence, in ems: longer ones are cut, the book has them whole."""
BLANK = "____"
NONE = Tally()


@dataclass(frozen=True)
class Telling:
    """The figures of a plan and last year's, in the words of one language."""

    press: Press

    @cached_property
    def now(self) -> Year:
        """This year's."""
        return figures(self.press.programme, self.press.plan)

    @cached_property
    def then(self) -> Year | None:
        """Last year's; None where nobody has said anything of it."""
        return before(self.press.programme, self.press.last_year)

    @property
    def is_ledger(self) -> bool:
        """Whether last year's figures are a ledger's, which may hold a part of the year only: then nothing is said to be more or less."""
        return self.then is not None and self.then.basis is Basis.LEDGER

    def against(self, now: int, then: int | None) -> str:
        """Last year's figure and the change; of a ledger only what it holds."""
        return self._against(Decimal(now), None if then is None else Decimal(then), lambda x: f"{x:,.0f}")

    def amount_against(self, now: Decimal, then: Decimal | None, *, bare: bool = False) -> str:
        """The same of an amount; `bare`: a header has said that it is in 万元."""
        rounded = [None if x is None else (x / WAN).quantize(FEN) * WAN for x in (now, then)]
        return self._against(rounded[0] or Decimal(0), rounded[1], wan if bare else self.sum)

    def _against(self, now: Decimal, then: Decimal | None, shown: Callable[[Decimal], str]) -> str:
        w = self.press.w
        if then is None:
            return w("yearbook.before.unknown")
        if self.is_ledger:
            return w("yearbook.before.ledger", before=shown(then))
        kind = "same" if now == then else "more" if now > then else "less"
        change = w(f"yearbook.before.{kind}", n=shown(abs(now - then)))
        return w("yearbook.before.known", before=shown(then), change=change)

    def then_at(self, month: Month) -> Tally:
        """Last year's figures of the month that a month is set against."""
        if self.then is None:
            return NONE
        return self.then.by_month.get((month[0] - self._years_back, month[1]), NONE)

    @property
    def _years_back(self) -> int:
        """Years between this plan and the one that it is set against."""
        if self.press.last_year is None:
            return 1
        return self.months[0][0] - self.press.last_year[0].settings.window_from.year

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """Everything that is due in the year for what is planned; what is past last."""
        return all_dues(self.press.programme, self.press.plan)

    @property
    def basis(self) -> str:
        """Where last year's figures are from."""
        w, then = self.press.w, self.then
        if then is None:
            return w("yearbook.before.basis_none")
        if self.is_ledger:
            day = self.press.dress.day(then.until) if then.until else self.press.w("paper.undated")
            return w("yearbook.before.basis_ledger", day=day)
        programme, plan = self.press.last_year or (self.press.programme, self.press.plan)
        key, years = ("basis_plan", 1) if self._years_back == 1 else ("basis_plan_far", self._years_back)
        return w(f"yearbook.before.{key}", programme=w.name(programme.settings), revision=plan.revision, years=years)

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of the window."""
        settings = self.press.programme.settings
        first, last = settings.window_from, settings.window_to
        numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return tuple((n // 12, n % 12 + 1) for n in numbers)

    def month_labels(self) -> Iterator[str]:
        """Short names of the months; a year stands under its first one where there are several."""
        several = len({y for y, _ in self.months}) > 1
        for n, (year, month) in enumerate(self.months):
            name = self.press.w(f"yearbook.month.{month}")
            yield f"{name}\n{year}" if several and (month == 1 or n == 0) else name

    def zone(self, zone_id: str) -> str:
        """Name of a zone in a table of zones: what the planning zone does itself is said so."""
        name = self.press.naming.zone(zone_id)
        is_root = zone_id == self.press.programme.settings.root
        return self.press.w("yearbook.own", zone=name) if is_root else name

    def sum(self, amount: Decimal) -> str:
        """An amount in running text: 万元 in Chinese, whole units in English."""
        shown = wan(amount) if self.press.lang == "zh" else f"{amount:,.0f}"
        return self.press.w("yearbook.sum", amount=shown, unit=self.press.dress.unit)

    def brief(self, name: str) -> str:
        """A name cut to what a sentence can bear."""
        return shortened(name, 1.0, NAME_EMS)


def wan(amount: Decimal) -> str:
    """An amount in 万元, two decimals."""
    return f"{(amount / WAN).quantize(FEN):,}"


def wans(amounts: Sequence[Decimal]) -> list[str]:
    """Amounts in 万元 that add up to their printed sum."""
    return [f"{x:,}" for x in distribute(amounts)]


def shares(numbers: Sequence[int]) -> list[str]:
    """Whole per cents that add up to 100; '' where there is nothing to share."""
    whole = sum(numbers)
    if not whole:
        return ["" for _ in numbers]
    parts = distribute([Decimal(n) for n in numbers], Decimal(whole) / 100, Decimal(1))
    return [f"{x}%" for x in parts]
