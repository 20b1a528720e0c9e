"""What `whatif` says: two plans side by side, who gains and who loses, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fairplanner.cli.difference import Difference
from fairplanner.cli.said.aligned import aligned
from fairplanner.cli.said.assumption import AssumptionWords
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.explain.again import Base
    from fairplanner.explain.changes.whatif import FirmPair, Side, WhatIf

MOST = 12
"""Delegations, and firms on either side, that are named one by one; of more the first, and how many are left."""
POINTS = 1000
AROUND = "nearby"
"""Engine of a plan that was made anew only around what is assumed."""
SUMS = ("delegations", "abroad", "firms", "places", "booths", "short")
MONEY = ("public", "cost", "back")


class Beside:
    """A plan and the one made under assumptions, in one language."""

    def __init__(self, base: Base, made: WhatIf, w: Words, *, whole: bool = False) -> None:
        self.base, self.made, self.w, self.whole = base, made, w, whole
        self.names = Difference(base.plan, made.solved.plan, base.programme, made.programme, w)
        self.dress = self.names.dress

    def lines(self) -> Iterator[str]:
        """Everything in words, a line each."""
        w, made = self.w, self.made
        yield w("whatif.head")
        for told in AssumptionWords(self.base.programme, w).lines(made.assumptions):
            yield "  " + told
        yield from self._instalments()
        yield ""
        yield from aligned(list(self._table()), lang=w.lang)
        if not made.found.is_none:
            yield ""
            yield self._sure()
        if self.made.solved.engine == AROUND:
            yield self.w("whatif.sure.around")
        for part in (self._funds, self._targets, self._delegations, self._zones, self._firms):
            told_lines = list(part())
            if told_lines:
                yield ""
                yield from told_lines
        if made.found.is_none:
            yield ""
            yield w("whatif.same")

    def _instalments(self) -> Iterator[str]:
        """Funds whose amount is assumed to be another, though their money comes in parts that stay as they are."""
        moved = {a.key.partition("/")[0] for a in self.made.assumptions if a.table == "instalments"}
        for a in self.made.assumptions:
            parts = [x for x in self.base.programme.instalments if x.fund_id == a.key]
            if (a.table, a.column) == ("funds", "amount") and parts and a.key not in moved and Decimal(a.before):
                share = (Decimal(a.value.replace(",", "")) / Decimal(a.before)).normalize()
                texts = (f"--set instalments/{a.key}/{x.on.isoformat()}.amount*={share:.6g}" for x in parts)
                yield self.w("whatif.instalments", fund=self.names.fund(a.key), texts=" ".join(texts))

    def _table(self) -> Iterator[tuple[str, str, str, str]]:
        w, a, b = self.w, self.made.before, self.made.after
        yield "", w("whatif.before"), w("whatif.after"), w("whatif.differs")
        yield w("whatif.row.value"), *_three(a.value, b.value, lambda x: f"{x / POINTS:,.1f}")
        for name in SUMS:
            yield w(f"whatif.row.{name}"), *_three(getattr(a, name), getattr(b, name), lambda x: f"{x:,}")
        for name in MONEY:
            unit = self.dress.unit
            yield w(f"whatif.row.{name}", unit=unit), *_three(getattr(a, name), getattr(b, name), lambda x: f"{x:,.0f}")

    def _sure(self) -> str:
        """How far the difference in value is proven."""
        made, w = self.made, self.w
        if made.least is None or made.most is None:
            return w("whatif.sure.unknown")
        if made.least == made.most:
            return w("whatif.sure.exact")
        facts = {"least": _signed(made.least), "most": _signed(made.most)}
        return w("whatif.sure.proven" if made.is_sure else "whatif.sure.open", **facts)

    def _funds(self) -> Iterator[str]:
        if not self.made.funds:
            return
        w, told = self.w, []
        for f in self.made.funds:
            held, holds = (self._sum(x) for x in f.holds)
            left = self._sum((f.holds[1] or Decimal(0)) - f.planned[1])
            told.append(
                (self.names.fund(f.fund_id), held, holds, self._sum(f.planned[0]), self._sum(f.planned[1]), left)
            )
        head = tuple(
            w(f"whatif.fund.{x}", unit=self.dress.unit) for x in ("name", "held", "holds", "was", "planned", "left")
        )
        yield from aligned([head, *told], lang=w.lang)

    def _targets(self) -> Iterator[str]:
        names = {t.target_id: t for p in (self.base.programme, self.made.programme) for t in p.targets}
        if self.made.targets:
            yield self.w("whatif.targets")
        for t in self.made.targets:
            before, after = (
                self.w("whatif.reached", reached=r, wanted=n) if n is not None else self.w("whatif.none")
                for r, n in zip(t.reached, t.wanted, strict=True)
            )
            yield "  " + self.w("whatif.target", target=self.w.name(names[t.target_id]), before=before, after=after)

    def _delegations(self) -> Iterator[str]:
        found = self.made.found.parties
        if found:
            yield self.w("whatif.delegations", count=len(found))
        yield from self._some([self.names.party(x) for x in found])

    def _zones(self) -> Iterator[str]:
        rows = []
        for z in self.made.zones:
            back = sum((x.back[1] - x.back[0] for x in self.made.firms if x.zone_id == z.zone_id), Decimal(0))
            places = _three(*z.places, lambda x: f"{x:,}")
            points = _three(*z.points, lambda x: f"{x / POINTS:,.1f}")
            rows.append(
                (self.names.zone(z.zone_id), *places, _three(Decimal(0), back, lambda x: f"{x:,.0f}")[2], points[2])
            )
        if rows:
            names = ("name", "was", "now", "differs", "back", "points")
            head = tuple(self.w(f"whatif.zone.{x}", unit=self.dress.unit) for x in names)
            yield from aligned([head, *rows], lang=self.w.lang)

    def _firms(self) -> Iterator[str]:
        better = [x for x in self.made.firms if x.is_better]
        worse = [x for x in self.made.firms if not x.is_better]
        for key, firms in (("gain", better), ("lose", worse)):
            if firms:
                yield self.w(f"whatif.{key}", count=len(firms))
                yield from self._some([self._firm(x) for x in firms])

    def _firm(self, x: FirmPair) -> str:
        w = self.w
        told = []
        for key, phases in (("gains", x.gains), ("loses", x.loses)):
            if phases:
                told.append(
                    w(f"whatif.firm.{key}", phases=self.names.namings[0].listed([self.names.phase(q) for q in phases]))
                )
        for q, was, now in x.booths:
            told.append(w("whatif.firm.booths", phase=self.names.phase(q), was=was, now=now))
        for key, (before, after) in (("back", x.back), ("cost", x.cost)):
            if before != after:
                facts = {"before": self._money(before), "after": self._money(after)}
                told.append(w(f"whatif.firm.{key}", **facts))
        facts_of = {"firm": self.names.firm(x.firm_id), "zone": self.names.zone(x.zone_id)}
        return w("whatif.firm.line", told=w("whatif.joint").join(told), **facts_of)

    def _some(self, told: Sequence[str]) -> Iterator[str]:
        shown = told if self.whole or len(told) <= MOST + 1 else told[:MOST]
        yield from ("  " + line for line in shown)
        if len(shown) < len(told):
            yield "  " + self.w("whatif.more", count=len(told) - len(shown))

    def _money(self, amount: Decimal) -> str:
        """In running text, whole where it is whole."""
        plain = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
        return self.w("paper.units.money", amount=plain, unit=self.dress.unit)

    def _sum(self, amount: Decimal | None) -> str:
        return self.w("whatif.none") if amount is None else f"{amount:,.0f}"


def _three(before: Any, after: Any, say: Callable[[Any], str]) -> tuple[str, str, str]:
    """Before, after and the difference, with its sign."""
    more = after - before
    return say(before), say(after), "" if say(more) == say(more * 0) else f"{'+' if more > 0 else ''}{say(more)}"


def _signed(milli: int) -> str:
    return f"{milli / POINTS:+,.1f}"


def facts(made: WhatIf) -> dict[str, Any]:
    """The same for a machine: ids; points; amounts as text in programme currency."""
    return {
        "assumed": [str(a) for a in made.assumptions],
        "before": _side(made.before), "after": _side(made.after),
        "difference": {"least": _points(made.least), "most": _points(made.most), "proven": made.is_sure},
        "funds": [{"fund": f.fund_id, "holds": _texts(f.holds), "planned": _texts(f.planned)} for f in made.funds],
        "targets": [{"target": t.target_id, "reached": list(t.reached), "wanted": list(t.wanted)} for t in made.targets],
        "zones": [{"zone": z.zone_id, "places": list(z.places), "points": [p / POINTS for p in z.points]} for z in made.zones],
        "firms": [_firm_facts(x) for x in made.firms],
        "delegations": [
            {"what": x.what, "delegation": x.either.delegation_id, "before": x.before and x.before.delegation_id,
             "after": x.after and x.after.delegation_id}
            for x in made.found.parties
        ],
        "reproducible": made.solved.plan.reproducible, "seconds": round(made.solved.seconds, 3),
    }  # fmt: skip


def _firm_facts(x: FirmPair) -> dict[str, Any]:
    return {
        "firm": x.firm_id, "zone": x.zone_id, "points": [p / POINTS for p in x.points], "gains": list(x.gains),
        "loses": list(x.loses), "booths": [list(b) for b in x.booths], "cost": _texts(x.cost), "back": _texts(x.back),
    }  # fmt: skip


def _side(side: Side) -> dict[str, Any]:
    told = asdict(side)
    return (
        told | {"value": side.value / POINTS, "bound": _points(side.bound)} | {name: str(told[name]) for name in MONEY}
    )


def _points(milli: int | None) -> float | None:
    return None if milli is None else milli / POINTS


def _texts(pair: tuple[Decimal | None, Decimal | None]) -> list[str | None]:
    return [None if x is None else str(x) for x in pair]
