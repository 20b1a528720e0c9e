"""Remarks on a plan as sentences."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.plan import Plan
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.rules.remarks import Remark, of_programme, remarks

DAYS = ("first", "last")


class RemarkWords:
    """Sentences of one plan's remarks in one language."""

    def __init__(self, naming: Naming, dress: Dress, plan: Plan | None) -> None:
        self.naming, self.dress, self.w = naming, dress, naming.say
        self.delegations = {d.delegation_id: d for d in plan.delegations} if plan else {}
        self.duties = {d.duty_id: d for d in naming.programme.duties}

    def sentence(self, remark: Remark) -> str:
        """One remark."""
        return self.w(f"remarks.{remark.what}", **{name: self._shown(name, value) for name, value in remark.facts})

    def _shown(self, name: str, value: str) -> str:
        match name:
            case "a" | "b" | "who":
                return self.naming.delegation(self.delegations[value], ()) if value in self.delegations else value
            case "phase":
                return self.naming.phase(value)
            case "pack":
                return self.w.name(self.naming.programme.pack[value])
            case "territory":
                return self.w.name(self.naming.programme.territory[value])
            case "first" | "last":
                return self.dress.day(date.fromisoformat(value)) if value else "-"
            case "empty":
                return self.naming.listed([self._half(x) for x in value.split(";") if x])
            case "duties":
                return self.naming.listed([self.w.name(self.duties[x]) for x in value.split(";") if x in self.duties])
            case "reason":
                return self.naming.half(value)
        return value

    def _half(self, value: str) -> str:
        day, _, half = value.partition("/")
        return self.w(f"remarks.{half}", day=self.dress.day(date.fromisoformat(day)))


def all_remarks(naming: Naming, dress: Dress, plan: Plan | None) -> tuple[str, ...]:
    """Every remark on a plan (or on a programme that has none yet), in a fixed order."""
    made = RemarkWords(naming, dress, plan)
    found = remarks(naming.programme, plan) if plan else of_programme(naming.programme)
    return tuple(made.sentence(x) for x in found)
