"""A change that would put a plan right, in the imperative: what to enter in which row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fairplanner.cli.said.assumption import TABLE, AssumptionWords
from fairplanner.cli.said.limit import LimitWords
from fairplanner.domain.assuming import Assumption
from fairplanner.domain.columns import column_docs

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.words import Words

BY_COLUMN = {
    ("targets", "floor"): "wish",
    ("choices", "least_firms"): "least",
    ("approvals", "people"): "permit",
    ("choices", "policy"): "free",
    ("applications", "state"): "withdraw",
    ("blackouts", "binding"): "blackout",
}
"""Changes with a sentence of their own."""


class CureWords:
    """Changes to one programme in one language."""

    def __init__(self, programme: Programme, w: Words, limits: LimitWords) -> None:
        self.programme, self.w, self.limits = programme, w, limits
        self.assumed = AssumptionWords(programme, w)

    def said(self, assumptions: Sequence[Assumption]) -> str:
        """All of them in one sentence, without a full stop."""
        told = [self.one(a) for a in assumptions]
        text = told[0]
        for more in told[1:]:
            text = self.w("diagnose.both", first=text, second=more)
        return text

    def one(self, a: Assumption) -> str:
        """One change."""
        if a.is_dropped:
            return self._dropped(a)
        if a.is_added:
            return self._added(a)
        facts = {"row": self.assumed.row(a), "value": self.assumed.value(a, a.value)}
        key = BY_COLUMN.get((a.table, a.column))
        if key == "least":
            return self.w("diagnose.do.least", before=self.assumed.value(a, a.before), **facts)
        if key == "blackout":
            return self.w("diagnose.do.blackout", row=self._blackout(a))
        if key == "permit":
            return self.w("diagnose.do.permit", row=self._number(a), before=a.before, value=a.value)
        if key:
            return self.w(f"diagnose.do.{key}", row=facts["row"])
        return self._cell(a, facts)

    def _cell(self, a: Assumption, facts: dict[str, str]) -> str:
        facts = facts | {"column": self._header(a), "table": self._title(a)}
        if not a.before:
            return self.w("diagnose.do.fill", **facts)
        facts |= {"before": self.assumed.value(a, a.before)}
        by = _difference(a)
        if by is None:
            return self.w("diagnose.do.set", **facts)
        if by > 0 and TABLE[a.table].row.model_fields[a.column].annotation in (Decimal, Decimal | None):
            return self.w("diagnose.do.more", by=self.assumed.value(a, f"{by:f}"), **facts)
        return self.w("diagnose.do.raise" if by > 0 else "diagnose.do.lower", **facts)

    def _number(self, a: Assumption) -> str:
        return next((x.number for x in self.programme.approvals if x.approval_id == a.key), a.key)

    def _blackout(self, a: Assumption) -> str:
        row = next(x for x in self.programme.blackouts if x.blackout_id == a.key)
        return self.w("diagnose.do.closed", reason=row.reason, days=self.limits.dress.span(row.first, row.last))

    def _header(self, a: Assumption) -> str:
        doc = column_docs(TABLE[a.table].row)[a.column]
        return doc.zh if self.w.lang == "zh" else doc.en.lower()

    def _title(self, a: Assumption) -> str:
        table = TABLE[a.table]
        return table.zh if self.w.lang == "zh" else table.en

    def _dropped(self, a: Assumption) -> str:
        if a.table == "decisions":
            return self.w("diagnose.do.drop-decision", decision=self.limits.decision(a.key) or a.key)
        if a.table == "approvals":
            return self.w("diagnose.do.drop-approval", row=self._number(a))
        return self.w("diagnose.do.drop", row=self.assumed.row(a), table=self._title(a))

    def _added(self, a: Assumption) -> str:
        cells = dict(a.cells)
        if a.table == "posts":
            zone = self.limits.whom(cells["zone_id"])
            return self.w("diagnose.do.post", skill=self.limits.skill(cells["skill"]), zone=zone)
        if a.table == "choices":
            row = self.limits.whom(cells.get("phase_id") or cells["fair_id"])
            if "least_firms" in cells:
                return self.w("diagnose.do.least", row=row, value=cells["least_firms"], before=a.before)
            if "policy" in cells:
                return self.w("diagnose.do.free", row=row)
        return self.assumed.said(a)


def _difference(a: Assumption) -> Decimal | None:
    """By how much a number rises; None where the cell is no number."""
    try:
        return Decimal(a.value) - Decimal(a.before)
    except InvalidOperation:
        return None
