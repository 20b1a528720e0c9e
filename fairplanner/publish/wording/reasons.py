"""Why something is not in the plan, as a sentence: the rule that stood in the way, with its facts in the reader's words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.plan import Excluded
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming

LABEL = " · "
BLANK = "*"


class Reasons:
    """Sentences of one programme in one language; facts are those of `pose.excluded.FACTS` and `solver.unplaced.UNPLACED`."""

    def __init__(self, naming: Naming, dress: Dress) -> None:
        self.naming, self.dress, self.w = naming, dress, naming.say

    def sentence(self, x: Excluded) -> str:
        """Words under `excluded.<rule>` (`excluded.<rule>.<reason>` where it has several); a rule without words is named as it is."""
        facts = dict(x.facts)
        if about := self._about(x, facts):
            return self.w("excluded.about", when=about)
        key = ".".join(filter(None, ("excluded", x.rule, facts.get("reason", ""))))
        if key not in self.w:
            return self.w("excluded.other", rule=x.rule, facts="; ".join(f"{k}={v}" for k, v in x.facts))
        return self.w(key, **{name: self._shown(name, value) for name, value in facts.items()})

    def _about(self, x: Excluded, facts: dict[str, str]) -> str:
        """About when a phase without days is held, where that is known."""
        if (x.rule, facts.get("reason")) != ("travel-dates", "undated"):
            return ""
        phase = self.naming.programme.phase.get(x.phase_id)
        return self.dress.about(phase) if phase else ""

    def _shown(self, name: str, value: str) -> str:
        match name:
            case "due":
                return self.dress.day(date.fromisoformat(value))
            case "duty":
                found = next((d for d in self.naming.programme.duties if d.duty_id == value), None)
                return self.w.name(found) if found else value
            case "closes" | "received" | "depart" | "on" | "last":
                return self.dress.day(date.fromisoformat(value)) if value else self.w("paper.undated")
            case "cost" | "own" | "left" | "needed" | "party":
                return self.dress.money(Decimal(value))
            case "home" | "place":
                return self.naming.city(value) if value in self.naming.programme.place else value
            case "stand":
                return self.w(f"enums.StandKind.{value}")
            case "line":
                return self.w(f"enums.CostLine.{value}")
            case "skill":
                return self._skill(value)
            case "because":
                return self._because(value)
            case "quota":
                return self._quota(value)
            case "subsidy":
                paid = self.naming.programme.subsidy.get(value)
                return (self.w.name(paid) if paid else "") or value
            case "phases":
                return self.naming.listed([self.naming.phase(q) for q in value.split(LABEL)])
            case "away":
                first, last = value.split(LABEL)
                return self.dress.span(date.fromisoformat(first), date.fromisoformat(last))
        return value

    def _skill(self, value: str) -> str:
        kind, _, code = value.partition(":")
        return self.w(f"skill.{kind}", language=self.language(code)) if f"skill.{kind}" in self.w else value

    def language(self, code: str) -> str:
        """Name of a language by its code; the code itself where we have no name."""
        return self.w(f"language.{code}") if f"language.{code}" in self.w else code

    def _because(self, rule: str) -> str:
        key = f"excluded.because.{rule}"
        return self.w(key) if key in self.w else rule

    def _quota(self, label: str) -> str:
        """Zone and section of a quota's label (phase · section · zone · unit)."""
        parts = label.split(LABEL)
        if len(parts) != 4:
            return label
        _, section_id, zone_id, _ = parts
        zone = self.naming.zone(zone_id) if zone_id in self.naming.programme.zone else zone_id
        section = self.naming.programme.section.get(section_id)
        if section is None:
            return self.w("excluded.quota_all", zone=zone)
        return self.w("excluded.quota_section", zone=zone, section=self.w.name(section))
