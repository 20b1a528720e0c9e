"""What `judge` says of a hand-made plan: cells not understood, rules broken with their cells, its worth, and how it differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fairplanner.cli.labels import SEPARATOR
from fairplanner.cli.said.aligned import aligned
from fairplanner.cli.said.finding import FindingWords
from fairplanner.errors import NoPlan
from fairplanner.report import report
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.hand_made import HandMade
    from fairplanner.domain.plan import Participation
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.hand_made.hand_complete import Finished
    from fairplanner.explain.hand_made.hand_posed import Finding
    from fairplanner.explain.hand_made.judging import Judgement

MOST = 12
"""Places that are named one by one on each side; of more the first, and how many are left."""
POINTS = 1000
SAME = 0.00005
"""A share of the best plan's value below which two plans are worth the same."""


class Judged:
    """A judgement in one language; with `whole` nothing is shortened."""

    def __init__(
        self, programme: Programme, hand: HandMade, found: Judgement, w: Words, *, whole: bool = False
    ) -> None:
        self.programme, self.hand, self.found, self.w, self.whole = programme, hand, found, w, whole
        self.words = FindingWords(programme, w, whole=whole)
        self.names, self.naming, self.dress = self.words.names, self.words.naming, self.words.dress
        self.where = {p.participation_id: place.cell for place, p in found.placed}

    def lines(self, lang: str) -> Iterator[str]:
        """Everything in words, a line each."""
        yield from self._read()
        if self.hand.problems:
            yield self.w("judge.not-understood", count=len(self.hand.problems))
            yield from ("  " + line for line in report(self.hand.problems, lang))
            if self.found.findings:
                yield "  " + self.w("judge.may-follow")
        if self.found.findings:
            yield self.w("judge.wrong", count=len(self.found.findings))
            yield from ("  " + self.words.finding(x) for x in self.found.findings)
        else:
            yield self.w("judge.right")
        yield ""
        yield from self._worth()
        yield from self._money()
        yield from self._differing()

    def _read(self) -> Iterator[str]:
        places, w = self.hand.places, self.w
        counts = {
            "places": len(places), "firms": len({p.firm_id for p in places}), "phases": len({p.phase_id for p in places}),
        }  # fmt: skip
        yield w("judge.read", file=self.hand.file, **counts)
        if self.hand.left:
            yield "  " + w("judge.left", sheets=self.naming.listed(list(self.hand.left)))
        if self.hand.unused:
            yield "  " + w("judge.unused", columns=self.naming.listed(list(self.hand.unused)))

    def _worth(self) -> Iterator[str]:
        hand, best, w = self.found.plan, self.found.best, self.w
        facts = {"hand": _points(hand.value), "best": _points(best.value)}
        yield w("judge.worth", **facts)
        if not self.found.is_kept:
            yield "  " + w("judge.worth-broken")
            return
        more = hand.value - best.value
        if best.value and abs(more) <= SAME * abs(best.value):
            yield "  " + w("judge.worth-same")
        else:
            yield "  " + w("judge.worth-less" if more < 0 else "judge.worth-more", points=_points(abs(more)))
        if best.bound is not None:
            yield "  " + w("judge.bound", bound=_points(best.bound))

    def _money(self) -> Iterator[str]:
        (a, b), w = self.found.money, self.w
        rows = [("", w("judge.hand"), w("judge.best"), w("judge.difference"))]
        counted = [(w("judge.places"), len(self.found.plan.participations), len(self.found.best.participations))]
        counted += [(w("judge.delegations"), len(self.found.plan.delegations), len(self.found.best.delegations))]
        rows += [(name, f"{x:,}", f"{y:,}", f"{x - y:+,}" if x != y else "") for name, x, y in counted]
        amounts = [
            (w(f"judge.money.{k}", unit=self.dress.unit), getattr(a, k), getattr(b, k))
            for k in ("firms", "back", "officials")
        ]
        for fund_id, ours, theirs in self.found.drawn:
            if ours != theirs:
                amounts.append((w("judge.fund", fund=w.name(self.programme.fund[fund_id])), ours, theirs))
        rows += [(name, f"{x:,.0f}", f"{y:,.0f}", f"{x - y:+,.0f}" if x != y else "") for name, x, y in amounts]
        yield ""
        yield from aligned(rows, lang=w.lang)

    def _differing(self) -> Iterator[str]:
        found, w = self.found, self.w
        if not (found.only_hand or found.only_best or found.others):
            yield ""
            yield w("judge.alike")
            return
        hand = sorted(found.only_hand, key=lambda p: self.where[p.participation_id])
        for key, places in (("only-hand", hand), ("only-best", found.only_best)):
            if places:
                yield ""
                yield w(f"judge.{key}", count=len(places))
                yield from self._some([self._place(p) for p in places])
        if found.others:
            yield ""
            yield w("judge.others", count=len(found.others))
            yield from self._some([self._pair(a, b) for a, b in found.others])

    def _place(self, p: Participation) -> str:
        cell = self.where.get(p.participation_id)
        facts = {
            "firm": self.naming.firm(p.firm_id),
            "phase": self._phase(p),
            "booths": p.booths,
            "score": f"{p.score:.1f}",
        }
        kind = "booths" if p.booths else "none"
        return self.w(f"judge.place.{kind}" if cell is None else f"judge.place.{kind}-at", cell=cell, **facts)

    def _pair(self, a: Participation, b: Participation) -> str:
        facts = {
            "firm": self.naming.firm(a.firm_id),
            "phase": self._phase(a),
            "cell": self.where.get(a.participation_id, ""),
        }
        ours, theirs = (self.w("judge.with", booths=p.booths, sponsor=self.naming.zone(p.sponsor)) for p in (a, b))
        return self.w("judge.pair", hand=ours, best=theirs, **facts)

    def _phase(self, p: Participation) -> str:
        if not p.section_id:
            return self.naming.phase(p.phase_id)
        section = self.w.name(self.programme.section[p.section_id])
        return self.w("judge.section", phase=self.naming.phase(p.phase_id), section=section)

    def _some(self, told: Sequence[str]) -> Iterator[str]:
        shown = told if self.whole or len(told) <= MOST + 1 else told[:MOST]
        yield from ("  " + line for line in shown)
        if len(shown) < len(told):
            yield "  " + self.w("judge.more", count=len(told) - len(shown))

    def completed(self, done: Finished, where: str, plan: str) -> Iterator[str]:
        """What completing it came to."""
        made, w = done.solved.plan, self.w
        yield ""
        facts = {"decisions": len(done.decisions), "places": len(made.participations), "value": _points(made.value)}
        yield w("judge.completed", **facts)
        for place in done.lost:
            firm, phase = self.naming.firm(place.firm_id), self.naming.phase(place.phase_id)
            yield "  " + w("judge.lost", cell=place.cell, firm=firm, phase=phase)
        yield from ("  " + line for line in self._otherwise(done))
        if done.decisions:
            yield w("judge.paste", file=f"{where}/tables/decisions.csv")
        yield w("judge.next", plan=plan)

    def refused(self, error: NoPlan) -> Iterator[str]:
        """Why the choices cannot all stand: the limits, and the cells of the choices that meet there."""
        w = self.w
        yield ""
        if error.status != "infeasible":
            yield w("judge.undecided")
            return
        yield w("judge.refused")
        cells = {SEPARATOR.join((p.firm_id, p.phase_id)): p.cell for p in self.hand.places}
        ours = [cells[b.label] for b in error.guilty if b.rule == "decisions" and b.label in cells]
        for b in error.guilty:
            if not (b.rule == "decisions" and b.label in cells):
                label = SEPARATOR.join(part for part in b.label.split(SEPARATOR) if part != "*")
                facts = {"rule": w(f"rules.{b.rule}.name"), "says": w(f"rules.{b.rule}.says")}
                yield "  " + w("judge.limit", label=self.names.label(label), **facts)
        if ours:
            yield "  " + w("judge.meet", cells=self.words.cells(sorted(ours)))

    def _otherwise(self, done: Finished) -> Iterator[str]:
        """Booths that the sheet says and the completed plan has otherwise."""
        made = {(p.firm_id, p.phase_id): p.booths for p in done.solved.plan.participations}
        for place in self.hand.places:
            booths = made.get((place.firm_id, place.phase_id))
            if place.booths is not None and booths is not None and booths != place.booths and not place.section_id:
                facts = {"firm": self.naming.firm(place.firm_id), "phase": self.naming.phase(place.phase_id)}
                yield self.w("judge.otherwise", cell=place.at("booths"), said=place.booths, booths=booths, **facts)


def _points(milli: int) -> str:
    return f"{milli / POINTS:,.1f}"


def facts(
    programme: Programme, hand: HandMade, found: Judgement, done: Finished | None, refused: NoPlan | None = None
) -> dict[str, Any]:
    """The same for a machine: ids, cells, points, amounts as text in programme currency."""
    from dataclasses import asdict

    return {
        "programme": programme.settings.id, "file": hand.file, "places": len(hand.places), "left": list(hand.left), "unused": list(hand.unused),
        "problems": [asdict(p) for p in hand.problems], "findings": [_finding(x) for x in found.findings],
        "value": found.plan.value / POINTS, "best": found.best.value / POINTS,
        "bound": None if found.best.bound is None else found.best.bound / POINTS,
        "only_hand": [p.participation_id for p in found.only_hand], "only_best": [p.participation_id for p in found.only_best],
        "others": [[a.participation_id, b.participation_id] for a, b in found.others],
        "money": {side: {k: str(v) for k, v in asdict(m).items()} for side, m in zip(("hand", "best"), found.money, strict=True)},
        "funds": [{"fund": f, "hand": str(x), "best": str(y)} for f, x, y in found.drawn],
        "completed": None if done is None else {
            "value": done.solved.plan.value / POINTS, "decisions": [d.decision_id for d in done.decisions],
            "lost": [str(p.cell) for p in done.lost],
        },
        "refused": None if refused is None else {"status": refused.status, "guilty": [asdict(b) for b in refused.guilty]},
    }  # fmt: skip


def _finding(x: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": x.kind, "cells": [str(c) for c in x.cells]}
    told["places"] = [[p.firm_id, p.phase_id] for p in x.places]
    if x.violation is not None:
        told |= {"rule": x.violation.rule, "label": x.violation.label, "amount": x.violation.amount}
        return told | {"facts": dict(x.violation.facts)}
    return told | ({"rule": x.reason.rule, "facts": dict(x.reason.facts)} if x.reason else {"facts": dict(x.facts)})
