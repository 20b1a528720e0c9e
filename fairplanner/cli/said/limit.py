"""A decision or limit in a sentence, by the names people know: what a row's label stands for, as it stands in the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from fairplanner.cli.labels import SEPARATOR, LabelNames
from fairplanner.domain.in_force import full_id
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.errors import Blame

CENTS = Decimal("0.01")


class LimitWords:
    """Limits of one programme in one language."""

    def __init__(self, programme: Programme, w: Words) -> None:
        from fairplanner.publish.dress import Dress
        from fairplanner.publish.wording.reasons import Reasons

        self.programme, self.w, self.names = programme, w, LabelNames(programme, w)
        self.naming = self.names.naming
        self.dress = Dress(w, programme.settings.currency)
        self.reasons = Reasons(self.naming, self.dress)

    def said(self, blame: Blame) -> str:
        """The limit behind a label, without a full stop; a rule without a sentence of its own by its name and what it says."""
        ids = ["" if part == "*" else part for part in blame.label.split(SEPARATOR)]
        sayer = SAYERS.get(blame.rule)
        own = sayer(self, ids) if sayer else ""
        rule = f"rules.{blame.rule}"
        if own or f"{rule}.name" not in self.w:
            return own or blame.label
        label = self.names.label(blame.label)
        return self.w("diagnose.limit.other", rule=self.w(f"{rule}.name"), label=label, says=self.w(f"{rule}.says"))

    def money(self, fen: int) -> str:
        """Whole fen as an amount with its unit."""
        return self.dress.money(fen * CENTS)

    def whom(self, ident: str) -> str:
        """A firm, zone or phase by its name; the id of what is not known."""
        return self.names.part(ident)

    def listed(self, ids: list[str]) -> str:
        """Several of them, told apart where names have commas of their own."""
        return self.w("diagnose.joint").join(self.whom(one) for one in ids if one)

    def pool(self, name: str) -> str:
        """A pool `zone:skill` by name."""
        zone_id, _, skill = name.partition(":")
        return self.naming.listed([self.whom(zone_id), self.skill(skill)])

    def skill(self, skill: str) -> str:
        """What a post can do."""
        kind, _, code = skill.partition(":")
        return self.w(f"skill.{kind}", language=self.reasons.language(code)) if f"skill.{kind}" in self.w else skill

    def days(self, first: str, last: str) -> str:
        """A span of ISO days."""
        return self.dress.span(date.fromisoformat(first), date.fromisoformat(last))

    def decision(self, decision_id: str) -> str:
        """A decision in a sentence; '' for none of that id."""
        for d in self.programme.decisions:
            if d.decision_id == decision_id:
                who = self.whom(d.firm_id or d.zone_id)
                return self.w(
                    f"diagnose.limit.{d.kind}", id=self.decision_id(decision_id), who=who, phase=self.whom(d.phase_id)
                )
        return ""

    def decision_id(self, decision_id: str) -> str:
        """The id by which people know a decision."""
        return decision_id

    def _kept(self, ids: list[str]) -> str:
        a = self.programme.application.get(ids[0])
        return self.w("diagnose.limit.kept", who=self.whom(a.firm_id), phase=self.whom(a.phase_id)) if a else ""

    def _approval(self, ids: list[str]) -> str:
        for a in self.programme.approvals:
            if a.approval_id == ids[0] and len(ids) > 1:
                return self.w(
                    "diagnose.limit.approval-people", number=a.number, people=a.people, phase=self.whom(ids[1])
                )
            if a.approval_id == ids[0]:
                facts = {"number": a.number, "zone": self.whom(a.zone_id), "people": a.people}
                days = self.dress.span(a.depart, a.back)
                return self.w("diagnose.limit.approval", phases=self.listed(list(a.phases)), days=days, **facts)
        return ""

    def _target(self, ids: list[str]) -> str:
        for t in self.programme.targets:
            if t.target_id == ids[0]:
                key = "diagnose.limit.target-already" if t.already else "diagnose.limit.target"
                facts = {"target": self.w.name(t), "wanted": t.at_least, "what": self.w(f"enums.Counts.{t.counts}")}
                return self.w(key, **facts | ({"already": t.already} if t.already else {}))
        return ""

    def _quota(self, ids: list[str]) -> str:
        from fairplanner.rules.booth_quota import limits

        phase_id, section_id, zone_id, kind = ids if len(ids) == 4 else ("", "", "", "")
        for q in self.programme.quotas:
            if (q.phase_id, q.section_id, q.zone_id) == (phase_id, section_id, zone_id):
                facts = {
                    "phase": self.whom(phase_id),
                    "zone": self.whom(zone_id),
                    "bound": dict(limits(q)).get(kind, 0),
                }
                return self.in_section("diagnose.limit.quota", section_id, facts, kind)
        return ""

    def in_section(self, key: str, section_id: str, facts: dict[str, object], kind: str = "") -> str:
        """A sentence about a quota; another one where it is of a section, and the unit of what it counts."""
        if kind:
            facts = facts | {"unit": self.w(f"diagnose.unit.{kind}")}
        if section_id:
            return self.w(f"{key}-section", section=self.whom(section_id), **facts)
        return self.w(key, **facts)

    def _fund(self, ids: list[str]) -> str:
        from fairplanner.rules.reckon.funds import available, spendable

        fund = self.programme.fund.get(ids[0])
        if fund is None:
            return ""
        if len(ids) > 1:
            bound = self.dress.money(available(self.programme, fund, ids[1]))
            return self.w(
                "diagnose.limit.fund-quarter", fund=self.w.name(fund), bound=bound, year=ids[1][:4], n=ids[1][-1]
            )
        bound = self.dress.money(spendable(self.programme, fund))
        return self.w("diagnose.limit.fund", fund=self.w.name(fund), bound=bound)

    def _own_money(self, ids: list[str]) -> str:
        own = self.programme.firm[ids[0]].own_money if ids[0] in self.programme.firm else None
        return (
            ""
            if own is None
            else self.w("diagnose.limit.own-money", firm=self.whom(ids[0]), bound=self.dress.money(own))
        )

    def _delegation_size(self, ids: list[str]) -> str:
        from fairplanner.rules.reckon.kept import least_firms

        if len(ids) != 2 or ids[1] not in self.programme.phase:
            return ""
        least, most = least_firms(self.programme, *ids), self.programme.most_firms(ids[1])
        facts: dict[str, object] = {"zone": self.whom(ids[0]), "phase": self.whom(ids[1])}
        if most is None:
            return self.w("diagnose.limit.delegation-size", least=least, **facts)
        key = "both" if least else "most"
        return self.w(f"diagnose.limit.delegation-{key}", most=most, **facts | ({"least": least} if least else {}))

    def _staff(self, ids: list[str]) -> str:
        zone_id, _, skill = ids[0].partition(":")
        bound = sum((p.zone_id, p.skill) == (zone_id, skill) for p in self.programme.posts)
        return self.w("diagnose.limit.staff", pool=self.pool(ids[0]), bound=bound)

    def _most_phases(self, ids: list[str]) -> str:
        bound = self.programme.firm[ids[0]].max_phases if ids[0] in self.programme.firm else None
        return self.w("diagnose.limit.most-phases", firm=self.whom(ids[0]), bound=bound)

    def _teams(self, ids: list[str]) -> str:
        if ids[0] not in self.programme.firm:
            return ""
        return self.w("diagnose.limit.firm-teams", firm=self.whom(ids[0]), bound=self.programme.firm[ids[0]].teams)

    def _blackouts(self, ids: list[str]) -> str:
        zone_id, _, stops = ids[0].partition(":")
        phases = [stop.partition("@")[0] for stop in stops.split("+")]
        return self.w("diagnose.limit.blackouts", zone=self.whom(zone_id), phases=self.listed(phases))

    def _rank(self, ids: list[str]) -> str:
        return self.w("diagnose.limit.rank", phase=self.whom(ids[0])) if ids[0] in self.programme.phase else ""

    def _cap(self, ids: list[str]) -> str:
        for s in self.programme.subsidies:
            caps = {full_id(s.subsidy_id, "year"): s.cap_year, full_id(s.subsidy_id, "phase"): s.cap_phase}
            if caps.get(ids[0]) is not None:
                return self.w(
                    "diagnose.limit.cap", subsidy=self.w.name(s), bound=self.dress.money(caps[ids[0]] or Decimal(0))
                )
        return ""


SAYERS: dict[str, Callable[[LimitWords, list[str]], str]] = {
    "decisions": lambda words, ids: words.decision(ids[0]),
    "kept": LimitWords._kept,
    "approvals": LimitWords._approval,
    "targets": LimitWords._target,
    "booth-quota": LimitWords._quota,
    "fund-budget": LimitWords._fund,
    "own-money": LimitWords._own_money,
    "delegation-size": LimitWords._delegation_size,
    "staff": LimitWords._staff,
    "most-phases": LimitWords._most_phases,
    "firm-teams": LimitWords._teams,
    "blackouts": LimitWords._blackouts,
    "rank-respected": LimitWords._rank,
    "booths-in-order": LimitWords._rank,
    "claim-limits": LimitWords._cap,
}
