"""What would turn a decision, in sentences: the opposite taken by hand, then changes that were tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from fairplanner.cli.said.change import ChangeWords
from fairplanner.explain.reasons.answers import Flip, Looked, Place, Proof, Turned, Vain, WhyFirm

if TYPE_CHECKING:
    from fairplanner.domain.plan import Excluded
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.naming import Naming
    from fairplanner.publish.wording.reasons import Reasons
    from fairplanner.words import Words

SHOWN = 4
INDENT = "  "


class Speaker(Protocol):
    """What names things: programme, words, names and reasons of one language."""

    @property
    def programme(self) -> Programme:
        """The programme."""

    @property
    def w(self) -> Words:
        """Its language."""

    @property
    def naming(self) -> Naming:
        """Its names."""

    @property
    def reasons(self) -> Reasons:
        """Its reasons."""


class TurningWords:
    """What was found by planning again, in one language."""

    def __init__(self, by: Speaker) -> None:
        self.by, self.w = by, by.w

    def firm(self, answer: WhyFirm) -> Iterator[str]:
        """Of a firm's place."""
        scores = {a.application_id: a.score for a in answer.asked}
        yield from self.turned(answer.looked.turned, is_in=answer.is_in, sentence="why.turned", firm_id=answer.firm_id)
        reasons = [self.by.reasons.sentence(e) for a in answer.asked for e in a.reasons]
        yield from self.flips(answer.looked, is_in=answer.is_in, sentence="why.flip", scores=scores, reasons=reasons)

    def turned(self, turned: Turned | None, *, is_in: bool, sentence: str, firm_id: str = "") -> Iterator[str]:
        """The other decision taken by hand: what it costs, who comes, who goes; of the firm asked about, where it goes itself."""
        if turned is None:
            return
        key = f"{sentence}.out" if is_in else f"{sentence}.in"
        if not turned.possible or turned.lost is None:
            yield self.w(key + ("-none-whole" if turned.proof == "whole" else "-none"))
            return
        from fairplanner.cli.said.why import points

        lost = turned.lost
        if lost:
            yield self.w(key + ("-gain" if lost < 0 else ""), lost=points(abs(lost)))
        else:
            yield self.w(f"{key}-same")
        yield from self._moved(turned, firm_id, is_in=is_in)
        if sentence == "why.sent" and is_in and not turned.goes:
            yield self.w("why.sent.all-stay")

    def _moved(self, turned: Turned, firm_id: str, *, is_in: bool) -> Iterator[str]:
        for way, places in (("comes", turned.comes), ("goes", turned.goes)):
            own = [self.by.naming.phase(x.phase_id) for x in places if x.firm_id == firm_id]
            others = [x for x in places if x.firm_id != firm_id]
            if own:
                yield self.w(f"why.turned.own-{way}", phases=self.by.naming.listed(own))
            if others:
                yield self.w(f"why.turned.{way}", who=self.places(others))
            elif is_in == (way == "comes"):
                yield self.w(f"why.turned.nobody-{way}")

    def places(self, places: Sequence[Place]) -> str:
        """Firms with the phases at which they come or go; beyond a few they are counted."""
        naming = self.by.naming
        told = [
            self.w("why.turned.place", firm=naming.firm(x.firm_id), phase=naming.phase(x.phase_id))
            for x in places[:SHOWN]
        ]
        text = naming.listed(told)
        return text if len(places) <= SHOWN else self.w("why.turned.more", who=text, count=len(places))

    def flips(
        self,
        looked: Looked,
        *,
        is_in: bool,
        sentence: str,
        scores: dict[str, float] | None = None,
        reasons: Sequence[str] = (),
    ) -> Iterator[str]:
        """Changes that turn it, then those that do not on their own, and how it was proven."""
        if looked.is_close:
            yield self.w("why.flip.close-out" if is_in else "why.flip.close-in")
        if not (looked.flips or looked.vain or looked.left):
            return
        changes = ChangeWords(self.by.programme, self.w, self.by.reasons, scores or {})
        side = "out" if is_in else "in"
        way = "in-out" if is_in else "out-in"
        ending = side if sentence == "why.flip" else way
        yield self.w(f"{sentence}.head-{ending}") if looked.flips else self.w(f"{sentence}.none-{ending}")
        proofs = {f.proof for f in looked.flips} | {v.proof for v in looked.vain}
        for flip in looked.flips:
            mark = len(proofs) > 1 and flip.proof == "whole"
            yield from (INDENT + line for line in self._flip(changes, flip, _key(sentence, side), marked=mark))
        for vain in looked.vain:
            yield INDENT + self._vain(changes, vain, f"{sentence}.vain-{ending}", reasons)
        if looked.left:
            yield INDENT + self.w("why.flip.left", count=looked.left)
        yield self.w(f"why.flip.proof-{_proof(proofs)}")

    def _flip(self, changes: ChangeWords, flip: Flip, key: str, *, marked: bool) -> Iterator[str]:
        from fairplanner.cli.said.why import points

        facts = {"change": changes.said(flip.kind, flip.assumptions, flip.amount)}
        if flip.less is not None:
            yield self.w(key, less=changes.value(flip.kind, flip.with_less), **facts)
        else:
            yield self.w(f"{key}-{'once' if flip.is_least else 'roughly'}", **facts)
        differs = flip.value_after - flip.value_before
        value = "more" if differs > 0 else "less" if differs < 0 else "same"
        told = self.w(f"why.flip.value-{value}", points=points(abs(differs)))
        yield INDENT + told
        if marked:
            yield INDENT + self.w("why.flip.whole")

    def _reason(self, e: Excluded) -> str:
        """Why not, in a sentence; of an allotment of nothing without its number."""
        nothing = e.rule == "allotment" and dict(e.facts).get("allotted") == "0"
        return self.w("why.allotted-nothing") if nothing else self.by.reasons.sentence(e)

    def _vain(self, changes: ChangeWords, vain: Vain, key: str, reasons: Sequence[str]) -> str:
        change = changes.said(vain.kind, vain.assumptions, vain.amount)
        if not vain.is_possible:
            return self.w("why.flip.vain-impossible", change=change)
        if vain.reasons and key == "why.flip.vain-in":
            then = self._reason(vain.reasons[0])
            if then not in reasons:
                return self.w("why.flip.vain-in-because", change=change, reason=then)
        return self.w(key, change=change)


def _key(sentence: str, side: str) -> str:
    """`why.flip.in`; for what is no firm `why.subject.out-in` (from out to in)."""
    if sentence == "why.flip":
        return f"why.flip.{side}"
    return f"{sentence}.{'in-out' if side == 'out' else 'out-in'}"


def _proof(proofs: set[Proof]) -> str:
    return "both" if len(proofs) > 1 else next(iter(proofs), "nearby")
