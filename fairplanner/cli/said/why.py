"""Why a firm has a place or has none, in sentences: facts first, then what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from fairplanner.cli.said.limit import LimitWords
from fairplanner.cli.said.turning import TurningWords
from fairplanner.explain.reasons.answers import Asked, Cost, Place, WhyFirm

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.words import Words

LAST_SEATS = 3
"""Of those who have the places only the last in the order are told; all are in `--json`."""
INDENT = "  "
ORDER = {"booth-quota", "rank-respected", "booths-in-order"}
TOLD = {
    **dict.fromkeys(("unplaced-rank", "unplaced-turn", "unplaced-lot", "unplaced-quota"), ORDER),
    "unplaced-decision": {"decisions"},
    "unplaced-teams": {"firm-teams"},
    "unplaced-phases": {"most-phases"},
    "unplaced-money": {"own-money"},
    "unplaced-full": {"delegation-size"},
}
"""Rules that a reason speaks of in its own words."""
OWN = ("unplaced-teams", "unplaced-phases", "unplaced-money")
SMALL = Decimal("0.01")


def points(thousandths: int) -> str:
    """Thousandths of a point as points, one decimal; two where that would be nothing."""
    value = Decimal(thousandths) / 1000
    return f"{value:,.1f}" if not value or abs(value) >= Decimal("0.05") else f"{value:,.3f}"


class WhyWords:
    """Answers about one programme in one language."""

    def __init__(self, programme: Programme, w: Words) -> None:
        from fairplanner.publish.dress import Dress
        from fairplanner.publish.naming import Naming
        from fairplanner.publish.wording.reasons import Reasons

        self.programme, self.w = programme, w
        self.naming = Naming(programme, w.lang)
        self.dress = Dress(w, programme.settings.currency)
        self.reasons = Reasons(self.naming, self.dress)
        self.limits = LimitWords(programme, w)

    def firm(self, answer: WhyFirm) -> Iterator[str]:
        """Everything said of a firm at a phase."""
        key = "in" if answer.is_in else "out" if answer.asked else "out-open"
        yield self.w(f"why.{key}", firm=self.naming.firm(answer.firm_id), phase=self.naming.phase(answer.phase_id))
        yield from (INDENT + self._decided(d) for d in answer.decisions if answer.is_in)
        for asked in answer.asked:
            if len(answer.asked) > 1:
                yield INDENT + self.w("why.section", section=self.section(asked.section_id))
            for line in self._asked(asked, answer):
                yield INDENT + line
        yield from (INDENT + line for line in TurningWords(self).firm(answer))

    def _decided(self, decision_id: str) -> str:
        d = next(d for d in self.programme.decisions if d.decision_id == decision_id)
        return self.w("why.decided", id=decision_id, on=self.dress.day(d.on), by=d.by, basis=d.basis)

    def section(self, section_id: str) -> str:
        """A section by its name."""
        row = self.programme.section.get(section_id)
        return self.w.name(row) if row else self.w("giving.no_section")

    def _asked(self, asked: Asked, answer: WhyFirm) -> Iterator[str]:
        if asked.is_placed and asked.role == "exhibit":
            yield self.w("why.given", booths=asked.booths, wanted=asked.wanted)
        elif asked.is_placed:
            yield self.w("why.given-visit", role=self.w(f"enums.Role.{asked.role}"))
        yield from self._reasons(asked)
        yield from self._in_way(asked)
        yield self._score(asked)
        yield from self._order(asked)
        yield from self._cost(asked, answer)
        yield from self._seats(asked)

    def _reasons(self, asked: Asked) -> Iterator[str]:
        sentences = list(dict.fromkeys(self.reasons.sentence(e) for e in asked.reasons))
        steps = [name for name, booths in asked.order.steps if not booths] if asked.order else []
        if not asked.is_placed and steps and asked.reasons and asked.reasons[0].rule == "allotment":
            yield self.w("why.allotted-none", steps=self.naming.listed([self.w(f"giving.step.{x}") for x in steps]))
        elif asked.is_placed:
            yield from (self.w("why.remark", reason=one) for one in sentences[:1])
        elif sentences:
            yield self.w("why.reason", reason=sentences[0])
            if asked.reasons[0].rule == "hosting":
                yield from (self.w("why.remark", reason=one) for one in sentences[1:2])
        else:
            yield self.w("why.unknown")

    def _in_way(self, asked: Asked) -> Iterator[str]:
        """Limits that its place would break if nothing else changed, beyond what the reason says."""
        told = {e.rule for e in asked.reasons} | TOLD.get(asked.reasons[0].rule if asked.reasons else "", set())
        limits = [self.limits.said(o.by) for o in asked.obstacles if o.by.rule not in told]
        if limits:
            yield self.w("why.in-way", limits=self.w("why.joint").join(limits))

    def _score(self, asked: Asked) -> str:
        told = [
            self.w("why.part", part=self.w(f"why.parts.{part}"), points=f"{Decimal(str(number)):f}")
            for part, number in asked.parts
        ]
        return self.w("why.score", score=f"{asked.score:g}", parts=self.naming.listed(told))

    def _order(self, asked: Asked) -> Iterator[str]:
        order = asked.order
        if order is None or any(e.rule in ("unplaced-rank", "unplaced-turn", "unplaced-lot") for e in asked.reasons):
            return
        facts = {"rank": order.rank, "among": order.among, "places": order.places, "booths": order.booths}
        if order.policy == "rank" and order.cutoff is None:
            yield self.w("why.order-rank-none", rank=order.rank, among=order.among)
        elif order.policy == "first-confirmed":
            last = self.dress.day(order.last) if order.last else self.w("paper.undated")
            yield self.w("why.order-first-confirmed", last=last, **facts)
        elif order.policy == "rank":
            yield self.w("why.order-rank", cutoff=f"{order.cutoff:g}", **facts)
        else:
            yield self.w("why.order-lottery", **facts)
        if order.turn and not asked.is_placed:
            yield self.w("why.turn", turn=order.turn)

    def _cost(self, asked: Asked, answer: WhyFirm) -> Iterator[str]:
        if not asked.costs:
            return
        key = "why.cost" if asked.is_placed else "why.cost-smallest"
        yield self.w(key, total=self.total(asked.costs), lines=self.lines(asked.costs))
        if asked.is_placed and len(answer.journey) > 1:
            others = [self.naming.phase(q) for q in answer.journey if q != answer.phase_id]
            yield self.w("why.journey", phases=self.naming.listed(others))
        if asked.is_placed and asked.back:
            yield self.w("why.back", amount=self.dress.money(asked.back))
        net = asked.points - asked.spent
        yield self.w("why.worth", points=points(asked.points), spent=points(asked.spent), net=points(net))

    def total(self, costs: Sequence[Cost]) -> str:
        """All lines together."""
        return self.dress.money(sum((c.amount for c in costs), Decimal(0)))

    def lines(self, costs: Sequence[Cost]) -> str:
        """Lines of cost one after another."""
        told = [
            self.w("why.line", line=self.w(f"enums.CostLine.{c.line}"), amount=self.dress.amount(c.amount))
            for c in costs
        ]
        return self.naming.listed(told)

    def _seats(self, asked: Asked) -> Iterator[str]:
        if not asked.seats:
            return
        if asked.reasons and asked.reasons[0].rule in OWN:
            told = [
                self.w("why.seat-phase", phase=self.naming.phase(x.phase_id), value=points(x.value))
                for x in asked.seats
            ]
            yield self.w("why.own", seats=self.w("why.joint").join(told))
            return
        shown = [self.seat(x) for x in asked.seats[-LAST_SEATS:]]
        key = "why.seats" if len(asked.seats) <= LAST_SEATS else "why.seats-more"
        yield self.w(key, count=len(asked.seats), seats=self.w("why.joint").join(shown))

    def seat(self, x: Place) -> str:
        """Somebody's place with what speaks for it."""
        facts = {"score": f"{x.score:g}", "booths": x.booths, "value": points(x.value), "rank": x.rank}
        key = "seat-rank" if x.rank else "seat-plain" if x.booths else "seat-visit"
        return self.w("why.seat", firm=self.naming.firm(x.firm_id), facts=self.w(f"why.{key}", **facts))
