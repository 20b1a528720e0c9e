"""Changes that turn a decision, as parts of a sentence: what would be how much more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from fairplanner.cli.said.assumption import AssumptionWords
from fairplanner.domain.assuming import PROGRAMME, Assumption, cell_text, key_text
from fairplanner.domain.tables import TABLES

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.wording.reasons import Reasons
    from fairplanner.words import Words

TABLE = {table.name: table for table in TABLES}
MONEY = ("fund", "own-money", "instalment")
UNITS = {
    "score": "points",
    "export": "usd",
    "teams": "teams",
    "max-phases": "phases",
    "least-booths": "booths",
    "reserve": "booths",
    "permit": "people",
    "officials": "people",
    "presence": "days",
    "duty": "days",
    "day-limit": "days",
}
"""Units of amounts, by kind; firms else, and for quotas what the column counts."""
DAYS = ("received", "closes", "fund-period")
PLAIN = ("decision", "wish", "state", "staff", "blackout", "sends", "role", "booths")


class ChangeWords:
    """Changes to one programme in one language; `scores`: score of each application, which its cell need not say."""

    def __init__(self, programme: Programme, w: Words, reasons: Reasons, scores: dict[str, float]) -> None:
        self.programme, self.w, self.reasons, self.scores = programme, w, reasons, scores
        self.dress = reasons.dress

    def said(self, kind: str, assumptions: Sequence[Assumption], amount: Decimal) -> str:
        """A change of a kind; of `first+second` both, one after the other."""
        first, _, second = kind.rpartition("+")
        if not first:
            return self._one(second, assumptions, amount)
        own = 1 + sum(a.table == "quotas" for a in assumptions[1:-1])
        before, after = assumptions[:-own], assumptions[-own:]
        facts = {"first": self.said(first, before, self._amount(before[0])), "second": self._one(second, after, amount)}
        return self.w("why.flip.both", **facts)

    def _one(self, kind: str, assumptions: Sequence[Assumption], amount: Decimal) -> str:
        kind, a = kind.removesuffix("-later"), assumptions[0]
        amount = amount or self._amount(a)
        if kind in PLAIN:
            return self._plain(kind, a)
        if kind == "cell":
            return self._cell(a)
        if kind == "day-limit":
            return self._day_limit(a)
        before, after = self._before(a), self._after(a)
        if kind == "score":
            return self._score(a, amount, up=Decimal(after) > Decimal(str(self._points(a, before))))
        more = after > before if kind in DAYS else Decimal(after) > Decimal(before or 0)
        side = "more" if more else "less"
        shown = {"before": self._shown(kind, before), "after": self._shown(kind, after)}
        if kind == "received" and not before:
            return self.w("why.change.received.first", after=shown["after"])
        facts = shown | {"amount": self._by(kind, amount)} | self._named(kind, assumptions)
        if kind == "quota":
            facts |= {name: self._counted(a.column, facts[name]) for name in ("before", "after", "amount")}
        if kind == "export":
            facts |= {
                name: self.w("why.unit.usd", amount=f"{Decimal(facts[name] or 0):,}")
                for name in ("before", "after", "amount")
            }
        return self.w(f"why.change.{kind}.{side}", **facts)

    def value(self, kind: str, assumptions: Sequence[Assumption]) -> str:
        """What the cell that is changed last would say, with its unit."""
        kind, a = kind.rpartition("+")[2].removesuffix("-later"), assumptions[-1]
        after = self._after(a)
        if kind == "score" and a.table == "scores":
            own = Decimal(str(self.scores.get("/".join(a.key.split("/")[:3]), 0)))
            after = f"{own + Decimal(after) - Decimal(self._before(a)):f}"
        if kind in MONEY or kind in DAYS:
            return self._shown(kind, after)
        if kind == "quota":
            return self._counted(a.column, after)
        if kind == "cell":
            return self._assumed.value(a, after)
        if kind == "day-limit":
            before, new = (tuple(map(int, text.split(";"))) for text in (a.before, a.value))
            after = str(next(y for x, y in zip(before, new, strict=True) if x != y))
        elif kind == "duty":
            after = _plain_number(self._amount(a))
        shown = f"{Decimal(after):,}" if kind == "export" else after
        return self.w(f"why.unit.{UNITS.get(kind, 'firms')}", amount=shown)

    def _plain(self, kind: str, a: Assumption) -> str:
        if kind == "staff":
            cells = dict(a.cells)
            skill, _, code = cells["skill"].partition(":")
            named = self.w(f"skill.{skill}", language=self.reasons.language(code))
            return self.w("why.change.staff", zone=self.reasons.naming.zone(cells["zone_id"]), skill=named)
        if kind == "blackout":
            x = next(x for x in self.programme.blackouts if x.blackout_id == a.key)
            return self.w("why.change.blackout", days=self.dress.span(x.first, x.last))
        if kind == "role":
            return self.w("why.change.role", role=self.w(f"enums.Role.{a.value}"))
        if kind == "booths":
            return self.w("why.change.booths", booths=a.value)
        if kind == "sends":
            return self.w("why.change.sends", zone=self.reasons.naming.zone(a.key))
        if kind != "decision":
            return self.w(f"why.change.{kind}")
        d = next(d for d in self.programme.decisions if d.decision_id == a.key)
        return self.w("why.change.decision", id=d.decision_id, on=self.dress.day(d.on), by=d.by)

    def _cell(self, a: Assumption) -> str:
        """A cell that has no sentence of its own: row, header and value."""
        return self._assumed.said(replace(a, before=a.before or self._before(a)))

    @cached_property
    def _assumed(self) -> AssumptionWords:
        return AssumptionWords(self.programme, self.w)

    def _day_limit(self, a: Assumption) -> str:
        before, after = (tuple(map(int, text.split(";"))) for text in (a.before, a.value))
        n = next(n for n, (x, y) in enumerate(zip(before, after, strict=True)) if x != y)
        return self.w("why.change.day-limit", before=before[n], after=after[n])

    def _score(self, a: Assumption, amount: Decimal, *, up: bool) -> str:
        own = Decimal(str(self.scores.get("/".join(a.key.split("/")[:3]), 0)))
        after = own + amount if up else own - amount
        facts = {"before": _plain_number(own), "after": _plain_number(after), "amount": _plain_number(amount)}
        return self.w(f"why.change.score.{'more' if up else 'less'}", **facts)

    def _points(self, a: Assumption, before: str) -> Decimal:
        """What the score, or the item of the sheet, stands at."""
        if a.table == "scores":
            return Decimal(before)
        return Decimal(str(self.scores.get(a.key, 0)))

    def _before(self, a: Assumption) -> str:
        if a.table == PROGRAMME:
            return a.before
        if a.is_added:
            cells = dict(a.cells)
            return str(self.programme.least_firms(cells["phase_id"])) if "phase_id" in cells else ""
        table = TABLE[a.table]
        row = next((row for row in getattr(self.programme, a.table) if key_text(table, row) == a.key), None)
        text = "" if row is None else cell_text(getattr(row, a.column))
        if not text and a.column == "least_firms" and row is not None:
            return str(self.programme.least_firms(a.key.partition("/")[2]))
        return text

    def _after(self, a: Assumption) -> str:
        return dict(a.cells).get("least_firms", "") if a.is_added else a.value

    def _amount(self, a: Assumption) -> Decimal:
        """By how much a cell is assumed to differ."""
        before, after = self._before(a) if a.column else "", a.value
        if a.column in ("received", "closes") and before:
            return Decimal(abs((date.fromisoformat(after) - date.fromisoformat(before)).days))
        try:
            return abs(Decimal(after) - Decimal(before))
        except ArithmeticError:
            return Decimal(0)

    def _shown(self, kind: str, text: str) -> str:
        if kind in MONEY:
            return self.dress.money(Decimal(text or 0))
        if kind in DAYS:
            return self.dress.day(date.fromisoformat(text)) if text else ""
        return text

    def _by(self, kind: str, amount: Decimal) -> str:
        if kind in MONEY:
            return self.dress.money(amount)
        return _plain_number(amount)

    def _counted(self, column: str, text: str) -> str:
        unit = {"area_m2": "m2", "firms": "firms"}.get(column, "booths")
        return self.w(f"why.unit.{unit}", amount=text)

    def _named(self, kind: str, assumptions: Sequence[Assumption]) -> dict[str, str]:
        if kind != "quota":
            return self._whose(kind, assumptions[0])
        names = [self._quota(a.key) for a in assumptions if a.table == "quotas"]
        return {"quota": self.reasons.naming.listed(names)}

    def _whose(self, kind: str, a: Assumption) -> dict[str, str]:
        """What else names the row: the fund, the permit, the duty."""
        if kind in ("fund", "fund-period"):
            return {"fund": self.w.name(self.programme.fund[a.key])}
        if kind == "instalment":
            fund_id, _, on = a.key.partition("/")
            return {"fund": self.w.name(self.programme.fund[fund_id]), "on": self.dress.day(date.fromisoformat(on))}
        if kind == "permit":
            return {"number": next(x.number for x in self.programme.approvals if x.approval_id == a.key)}
        if kind == "duty":
            return {"duty": self.w.name(next(d for d in self.programme.duties if d.duty_id == a.key))}
        return {"quota": self._quota(a.key)} if kind == "reserve" else {}

    def _quota(self, key: str) -> str:
        _, section_id, zone_id = key.split("/")
        zone = self.reasons.naming.zone(zone_id)
        section = self.programme.section.get(section_id)
        if section is None:
            return self.w("excluded.quota_all", zone=zone)
        return self.w("excluded.quota_section", zone=zone, section=self.w.name(section))


def _plain_number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
