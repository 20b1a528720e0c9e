"""Why a zone sends a delegation, or why a delegation goes, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fairplanner.cli.said.turning import INDENT, TurningWords
from fairplanner.cli.said.why import WhyWords, points
from fairplanner.explain.reasons.answers import Party, Place, WhyDelegation, WhyZone

if TYPE_CHECKING:
    from fairplanner.explain.again import Base
    from fairplanner.words import Words

SHOWN = 6
UNPLACED = 8


class PartyWords:
    """Answers about zones and delegations of one plan in one language."""

    def __init__(self, base: Base, w: Words) -> None:
        self.base, self.w = base, w
        self.own = WhyWords(base.programme, w)
        self.naming, self.dress, self.reasons = self.own.naming, self.own.dress, self.own.reasons

    def zone(self, answer: WhyZone) -> Iterator[str]:
        """Everything said of a zone at a phase."""
        zone, phase = self.naming.zone(answer.zone_id), self.naming.phase(answer.phase_id)
        yield self.w("why.zone.in" if answer.is_in else "why.zone.out", zone=zone, phase=phase)
        yield from (INDENT + line for line in self._zone(answer))
        yield from (INDENT + line for line in self._turning(answer))

    def _zone(self, answer: WhyZone) -> Iterator[str]:
        if not answer.is_in:
            told = dict.fromkeys(self.reasons.sentence(e) for e in answer.reasons)
            yield from (self.w("why.zone.reason", reason=one) for one in told)
        if carried := [z for z in answer.carried_by if z != answer.zone_id]:
            yield self.w("why.zone.carried", zones=self.naming.listed([self.naming.zone(z) for z in carried]))
        yield self.w("why.zone.firms", could=answer.could, placed=len({x.firm_id for x in answer.placed}))
        if answer.least:
            yield self.w("why.zone.least", least=answer.least)
        if answer.placed:
            yield self.w("why.zone.placed", who=self.firms(answer.placed))
        for party in answer.parties:
            yield from self._party(party)
        for e in answer.unplaced[:UNPLACED]:
            yield self.w("why.zone.unplaced", firm=self.naming.firm(e.firm_id), reason=self.reasons.sentence(e))

    def delegation(self, answer: WhyDelegation) -> Iterator[str]:
        """Everything said of a delegation."""
        found = next(d for d in self.base.plan.delegations if d.delegation_id == answer.party.delegation_id)
        yield self.w("why.delegation.head", name=self.naming.delegation(found))
        key = "why.delegation.firms" if answer.least else "why.delegation.firms-free"
        firms = answer.party.firms
        facts = {"least": answer.least} if answer.least else {}
        yield INDENT + self.w(key, count=len({x.firm_id for x in firms}), who=self.firms(firms), **facts)
        yield from (INDENT + line for line in self._party(answer.party))
        yield from (INDENT + self._pinned(d) for d in answer.decisions)
        yield from (INDENT + line for line in self._turning(answer))

    def _pinned(self, decision_id: str) -> str:
        d = next(d for d in self.base.programme.decisions if d.decision_id == decision_id)
        who = self.naming.firm(d.firm_id) if d.firm_id else self.naming.zone(d.zone_id)
        return self.w("why.delegation.pinned", id=decision_id, who=who, phase=self.naming.phase(d.phase_id))

    def _party(self, party: Party) -> Iterator[str]:
        away = self.dress.span(party.depart, party.back)
        if party.officials:
            yield self.w("why.delegation.days", away=away, officials=party.officials)
        else:
            yield self.w("why.delegation.days-only", away=away)
        if party.cost:
            fund = self.base.programme.fund.get(party.fund_id)
            name = self.w.name(fund) if fund else party.fund_id
            yield self.w(
                "why.delegation.cost", total=self.own.total(party.cost), fund=name, lines=self.own.lines(party.cost)
            )
        else:
            yield self.w("why.delegation.cost-none")
        yield self.w("why.delegation.worth", gained=points(party.gained), spent=points(party.spent))

    def _turning(self, answer: WhyZone | WhyDelegation) -> Iterator[str]:
        is_in = answer.is_in if isinstance(answer, WhyZone) else True
        words = TurningWords(self.own)
        yield from words.turned(answer.looked.turned, is_in=is_in, sentence="why.sent")
        yield from words.flips(answer.looked, is_in=is_in, sentence="why.subject")

    def firms(self, places: Sequence[Place]) -> str:
        """Firms one after another; beyond a few they are counted."""
        names = list(dict.fromkeys(self.naming.firm(x.firm_id) for x in places))
        text = self.naming.listed(names[:SHOWN])
        return text if len(names) <= SHOWN else self.w("why.firms-more", who=text, count=len(names))
