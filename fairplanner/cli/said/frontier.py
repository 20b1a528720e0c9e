"""What `whatif --frontier` says: a table of budgets, what the next money brings, and the files that show it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fairplanner.cli.said.aligned import aligned
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.changes.frontier import Frontier, Range, Step

POINTS = 1000
COLUMNS = ("share", "amount", "value", "bound", "further", "planned", "left", "places", "firms", "delegations")
UNITS = {"zh": Decimal(10_000), "en": Decimal(1_000)}
"""Of the budgets along the plot."""


class Budgets:
    """A frontier in one language."""

    def __init__(self, programme: Programme, found: Frontier, w: Words) -> None:
        from fairplanner.publish.dress import Dress

        self.programme, self.found, self.w = programme, found, w
        self.dress = Dress(w, programme.settings.currency)

    @property
    def named(self) -> str:
        """The funds: their names, or how many of them."""
        funds = [self.w.name(self.programme.fund[f]) for f in self.found.funds]
        if len(funds) == len(self.programme.funds):
            return self.w("whatif.frontier.all")
        return funds[0] if len(funds) == 1 else self.w("whatif.frontier.several", first=funds[0], count=len(funds))

    def lines(self) -> Iterator[str]:
        """The table, then what is to be seen in it."""
        w = self.w
        yield w("whatif.frontier.head", funds=self.named, amount=self._money(self.found.now.amount))
        head = tuple(w(f"whatif.frontier.{name}", unit=self.dress.unit, further=self._further) for name in COLUMNS)
        yield from aligned([head, *(self._row(i, s) for i, s in enumerate(self.found.steps))], lang=w.lang, left=0)
        yield ""
        yield self._next()
        hasty = sum(not s.is_repeatable for s in self.found.steps)
        if hasty:
            yield self.w("whatif.frontier.hasty", count=hasty)
        yield from self._why_none()

    @property
    def _further(self) -> str:
        from fairplanner.explain.changes.frontier import FURTHER

        return self._money(FURTHER)

    def _row(self, i: int, s: Step) -> tuple[str, ...]:
        share, amount = f"{s.share:.0%}", f"{s.amount:,.0f}"
        if s.value is None:
            return share, amount, self.w("whatif.frontier.no-plan"), *("" for _ in COLUMNS[3:])
        told = self.found.after(i)
        return (
            share, amount, f"{s.value / POINTS:,.1f}", f"{(s.bound or 0) / POINTS:,.1f}",
            "" if told is None else f"{told[0] / POINTS:,.1f}", f"{s.planned:,.0f}", f"{s.amount - s.planned:,.0f}",
            f"{s.places:,}", f"{s.firms:,}", f"{s.delegations:,}",
        )  # fmt: skip

    def _next(self) -> str:
        """What the first further money from now on brings: something, nothing, or not to be told apart."""
        told, now = self.found.next, self.found.now
        if told is None:
            return self.w("whatif.frontier.next.none")
        facts = {"further": self._further, "points": f"{told[0] / POINTS:,.1f}", "least": f"{told[1] / POINTS:,.1f}",
                 "most": f"{told[2] / POINTS:,.1f}", "left": self._money(now.amount - now.planned)}  # fmt: skip
        if told[0] == 0 and told[1] == 0:
            return self.w("whatif.frontier.next.nothing", **facts)
        more = self.found.more.places - now.places
        key = "exact" if f"{told[1]:.0f}" == f"{told[2]:.0f}" else "between" if told[1] > 0 else "open"
        return self.w(f"whatif.frontier.next.{key}", **facts) + (
            "" if key == "open" else self.w(f"whatif.frontier.room.{'more' if more > 0 else 'same'}", count=more)
        )

    def _why_none(self) -> Iterator[str]:
        """What stands in the way at the largest budget without a plan."""
        from fairplanner.cli.labels import LabelNames

        none = [s for s in self.found.steps if s.value is None]
        if not none:
            return
        names = LabelNames(self.programme, self.w)
        yield self.w("whatif.frontier.why-none", amount=self._money(none[-1].amount))
        for b in none[-1].guilty:
            facts = {"rule": self.w(f"rules.{b.rule}.name"), "label": names.label(b.label)}
            yield "  " + self.w("cli.no-plan.row", says=self.w(f"rules.{b.rule}.says"), **facts)

    def _money(self, amount: Decimal) -> str:
        return self.w("paper.units.money", amount=f"{amount:,.0f}", unit=self.dress.unit)

    def svg(self) -> str:
        """The plot as a file of its own."""
        from fairplanner.publish.design import svg
        from fairplanner.publish.design.curve import Spot, curve
        from fairplanner.publish.design.tokens import design
        from fairplanner.publish.design.words import curve_words
        from fairplanner.shipped import shipped

        each, drawn = UNITS[self.w.lang], design(shipped("templates"))
        unit = self.w("charts.curve.unit", unit=self.dress.unit)
        spots = [
            Spot(float(s.amount), _points(s.value), _points(s.bound), _first(self.found.after(i)))
            for i, s in enumerate(self.found.steps)
        ]
        made = curve(
            spots, design=drawn, words=curve_words(self.w, fund=self.named, unit=unit, further=self._further),
            say_x=lambda x: f"{Decimal(x) / each:,.0f}", say_y=lambda y: f"{y:,.{_decimals(spots)}f}", say_more=lambda y: f"{y:,.1f}",
            now=float(self.found.now.amount), text=" ".join(self._seen()),
        )  # fmt: skip
        return svg.alone(made, drawn)

    def _seen(self) -> Iterator[str]:
        """What the plot shows, for whoever does not see it."""
        known = [s for s in self.found.steps if s.value is not None]
        if known:
            facts = {"first": self._money(known[0].amount), "last": self._money(known[-1].amount),
                     "low": f"{(known[0].value or 0) / POINTS:,.1f}", "high": f"{(known[-1].value or 0) / POINTS:,.1f}"}  # fmt: skip
            yield self.w("charts.curve.text", **facts)
        yield self._next()

    def csv(self) -> bytes:
        """The table for a spreadsheet: amounts in programme currency, values in points."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in facts(self.found)["steps"]:
            writer.writerow("" if row[name] is None else row[name] for name in COLUMNS)
        return text.getvalue().encode("utf-8-sig")


def _decimals(spots: Any) -> int:
    """Decimals with which the values of a plot can be told apart."""
    values = [s.y for s in spots if s.y is not None]
    return 1 if values and max(values) - min(values) < 20 else 0


def _first(told: Range | None) -> float | None:
    return None if told is None else told[0] / POINTS


def _points(milli: int | None) -> float | None:
    return None if milli is None else milli / POINTS


def facts(found: Frontier) -> dict[str, Any]:
    """The same for a machine: points; amounts as text."""
    return {
        "funds": list(found.funds), "now": str(found.now.amount), "further": None if found.next is None else [x / POINTS for x in found.next],
        "steps": [
            {
                "share": str(s.share), "amount": str(s.amount), "value": _points(s.value), "bound": _points(s.bound),
                "further": _first(found.after(i)), "planned": str(s.planned), "left": str(s.amount - s.planned),
                "places": s.places, "firms": s.firms, "delegations": s.delegations, "reproducible": s.is_repeatable,
                "guilty": [[b.rule, b.label] for b in s.guilty],
            }
            for i, s in enumerate(found.steps)
        ],
    }  # fmt: skip
