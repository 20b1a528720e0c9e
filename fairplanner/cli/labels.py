"""Labels of rows and subjects of changes in names: what a person calls the ids in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.packs import Limit
    from fairplanner.domain.plan import Violation
    from fairplanner.domain.programme import Programme

SEPARATOR = " · "
NONE = "-"
"""What a rule says where there is no most."""


class LabelNames:
    """Names of one programme's ids in one language."""

    def __init__(self, programme: Programme, w: Words) -> None:
        from fairplanner.publish.naming import Naming

        self.programme, self.w = programme, w
        self.naming = Naming(programme, w.lang)

    def broken(self, v: Violation, label: str | None = None) -> str:
        """The sentence of a broken rule; `label`: its row in other words than its own."""
        facts = {name: self.part(value) for name, value in v.facts}
        key = f"rules.{v.rule}.broken" + ("-quoted" if facts.get("quote") else "")
        if facts.get("most") == NONE and f"{key}-least" in self.w:
            key += "-least"
        return self.w(key, **(facts | {"label": self.label(v.label if label is None else label), "amount": v.amount}))

    def label(self, label: str) -> str:
        """Each part of a row's label by its name."""
        return SEPARATOR.join(self.part(part) for part in label.split(SEPARATOR))

    def part(self, part: str) -> str:
        """One id by its name: phase, zone, firm, section, fund, target, subsidy, limit, market, fair or decision; a kind of limit by
        its words; anything else as it is."""
        p = self.programme
        if part in p.phase:
            return self.naming.phase(part)
        for table in (p.zone, p.firm, p.section, p.fund, p.subsidy, p.market, p.fair):
            if part in table:
                return self.w.name(table[part]) or part
        for limit in p.limits:
            if limit.limit_id == part:
                return self._limit(limit)
        for target in p.targets:
            if target.target_id == part:
                return self.w.name(target)
        kind = f"cli.label.kind.{part}"
        return self._decision(part) or (self.w(kind) if kind in self.w else self.subject(part))

    def _limit(self, limit: Limit) -> str:
        """Its own name, else that it is a cap on these subsidies."""
        subsidies = SEPARATOR.join(self.part(s) for s in limit.subsidies)
        return self.w.name(limit) or self.w("cli.label.limit", subsidies=subsidies)

    def _decision(self, part: str) -> str:
        for d in self.programme.decisions:
            if d.decision_id == part:
                kind, who = self.w(f"enums.DecisionKind.{d.kind}"), self.part(d.firm_id or d.zone_id)
                return self.w("cli.label.decision", id=part, kind=kind, who=who, phase=self.part(d.phase_id))
        return ""

    def subject(self, subject: str) -> str:
        """firm/phase/section, sponsor/phase+phase or firm/phase/subsidy, each by its name."""
        parts = [x for x in subject.split("/") if x not in ("", "-")]
        if len(parts) < 2:
            return subject
        return " ".join("+".join(self.part(one) for one in x.split("+")) for x in parts)
