"""The booth-base procedure (展位基数): how many booths of one section each applicant is given, before any plan is made.

Source: rules of the Shenzhen trading group for the 111th Canton Fair (2012, read in a copy without address; dossier
C-NEW20 and research/peers.md 3.3): a firm that reaches the base score (基准分) gets a first booth; then (sum of the scores of all
firms that apply - base score × firms with a first booth) ÷ booths left is the score that each booth from the second on
takes. What the copy leaves out, and how it is read here: a firm has as many further booths as its score above the base holds
that figure in full; booths that rounding and firms' own limits leave go one each in the written order, round by round.
Where no base score is given, first booths go down the order while there are any, and the last score served is the base.
Brand booths come first, never fewer than the floor (planner.md 18), and do not count in the sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Applicant:
    """Who asks: `score` in thousandths; booths at least accepted and at most wanted; `below`: under the export threshold."""

    application_id: str
    score: int
    least: int
    wanted: int
    brand: bool = False
    below: bool = False


@dataclass(frozen=True)
class Terms:
    """What is handed out and how: `booths` without the reserve, `base` score in thousandths (None: none is given), `floor`
    of brand booths, `most_below`: share of firms under the threshold, None where they are not admitted at all."""

    booths: int
    base: int | None = None
    floor: int = 1
    most_below: tuple[int, int] | None = None


@dataclass(frozen=True)
class Allotment:
    """Booths for an application; `round` 1 before the plan, 2 for seats it leaves.

    `why`: what each step gave, in order (brand, first, formula, rest); of none the one reason (base, threshold, share, full,
    least) with 0.
    """

    application_id: str
    booths: int
    round: int
    why: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Handed:
    """Allotments in the written order; the base score and the score of a further booth, thousandths (None: not reached)."""

    allotments: tuple[Allotment, ...] = ()
    base: int | None = None
    step: Fraction | None = None


@dataclass
class _Round:
    """One run of the procedure: what everybody has so far, why, and how many booths are left."""

    left: int
    have: dict[str, int]
    why: dict[str, dict[str, int]] = field(default_factory=dict)

    def give(self, who: Applicant, booths: int, why: str) -> None:
        self.have[who.application_id] = self.have.get(who.application_id, 0) + booths
        steps = self.why.setdefault(who.application_id, {})
        steps[why] = steps.get(why, 0) + booths
        self.left -= booths


def hand_out(
    applicants: Sequence[Applicant], terms: Terms, *, have: Mapping[str, int] | None = None, number: int = 1
) -> Handed:
    """Run the procedure over applicants in the written order.

    `have`: booths of those who are served already and only share what is left at the end. An applicant who would get fewer
    booths than it accepts gets none (the lowest placed first), and the procedure runs again without it.
    """
    short: dict[str, dict[str, int]] = {}
    while True:
        asking = [a for a in applicants if a.application_id not in short]
        run, base, step = _run(asking, terms, dict(have or {}))
        failing = [a for a in asking if 0 < run.have.get(a.application_id, 0) < a.least]
        if not failing:
            break
        short[failing[-1].application_id] = {"least": 0}
    run.why |= short
    made = (Allotment(a.application_id, run.have.get(a.application_id, 0), number, tuple(run.why[a.application_id].items()))
            for a in applicants if a.application_id in run.why)  # fmt: skip
    return Handed(tuple(made), base, step)


def _run(asking: Sequence[Applicant], terms: Terms, have: dict[str, int]) -> tuple[_Round, int | None, Fraction | None]:
    served, run = dict(have), _Round(terms.booths, have)
    new = [a for a in asking if a.application_id not in served]
    general = _brands_first(run, new, terms.floor)
    first = _first_booths(run, general, terms, [a for a in asking if a.application_id in served])
    base = terms.base if terms.base is not None else min((a.score for a in first), default=None)
    step = None
    if base is not None and run.left > 0:
        over = sum(a.score for a in general) - base * len(first)
        step = Fraction(over, run.left) if over > 0 else None
    if base is not None and step is not None:
        for a in first:
            more = min((a.score - base) // step, a.wanted - 1)
            if more > 0:
                run.give(a, int(more), "formula")
    _share_rest(run, asking)
    return run, base, step


def _brands_first(run: _Round, new: Sequence[Applicant], floor: int) -> list[Applicant]:
    """Gives brand applicants the floor, in order; returns all others (with brands that want fewer than the floor)."""
    general = []
    for a in new:
        if not a.brand or a.wanted < floor:
            general.append(a)
        elif max(floor, a.least) <= run.left:
            run.give(a, max(floor, a.least), "brand")
        else:
            run.give(a, 0, "full")
    return general


def _first_booths(
    run: _Round, general: Sequence[Applicant], terms: Terms, served: Sequence[Applicant]
) -> list[Applicant]:
    """Gives one booth each in order to those who reach the base and fit the share; returns who got one."""
    enough = [a for a in general if terms.base is None or a.score >= terms.base]
    reach = {a.application_id for a in enough}
    first, admitted = _within_share(enough, run.left, terms.most_below, served)
    chosen = {a.application_id for a in first}
    for a in general:
        if a.application_id in chosen:
            run.give(a, 1, "first")
        elif a.application_id not in reach:
            run.give(a, 0, "base")
        elif a.below and a.application_id not in admitted:
            run.give(a, 0, "threshold" if terms.most_below is None else "share")
        else:
            run.give(a, 0, "full")
    return first


def _within_share(
    enough: Sequence[Applicant], left: int, share: tuple[int, int] | None, served: Sequence[Applicant]
) -> tuple[list[Applicant], frozenset[str]]:
    """Who gets a first booth, with as many firms under the threshold as their share of all who are served allows; and which
    of those firms are admitted to the order."""
    below = [a.application_id for a in enough if a.below]
    part, whole = share or (0, 1)
    most = min(len(below), (len(enough) + len(served)) * part // whole) if share else 0
    for count in range(most, -1, -1):
        admitted = frozenset(below[:count])
        first = [a for a in enough if not a.below or a.application_id in admitted][:left]
        under = sum(a.below for a in (*first, *served))
        if under * whole <= part * (len(first) + len(served)):
            return first, admitted
    return [a for a in enough if not a.below][:left], frozenset()


def _share_rest(run: _Round, asking: Sequence[Applicant]) -> None:
    """What is left goes one each in the written order to those who have a booth and want more, round by round."""
    while run.left > 0:
        before = run.left
        for a in asking:
            booths = run.have.get(a.application_id, 0)
            if run.left > 0 and 0 < booths < a.wanted:
                run.give(a, 1, "rest")
        if run.left == before:
            return
