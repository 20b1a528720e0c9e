"""Judging a plan that people made by hand: what it breaks and in which cells, what it is worth, and how it differs from the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.hand_made import HandPlace
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base
from fairplanner.explain.changes.whatif import planned_of
from fairplanner.explain.hand_made.hand_cells import PlacesAbout
from fairplanner.explain.hand_made.hand_posed import Finding, Posed, Poser
from fairplanner.rules import check
from fairplanner.rules.tables import Problem
from fairplanner.solver import Completed, completed


@dataclass(frozen=True)
class Money:
    """What a plan comes to in programme currency: what firms pay, what they are paid back, and the officials' journeys."""

    firms: Decimal
    back: Decimal
    officials: Decimal


@dataclass(frozen=True)
class Judgement:
    """`plan`: the hand-made one with delegations, journeys and subsidies chosen as well as can be; places that could not be
    posed are not in it. `placed`: which participation each place of the sheet became.

    `only_hand` and `only_best` have places of the one plan that the other has not (firm, phase, section); `others` those of
    both that differ in booths or in who takes the firm along (by hand, best). `drawn`: by fund, by hand and best.
    """

    plan: Plan
    best: Plan
    findings: tuple[Finding, ...]
    placed: tuple[tuple[HandPlace, Participation], ...]
    only_hand: tuple[Participation, ...]
    only_best: tuple[Participation, ...]
    others: tuple[tuple[Participation, Participation], ...]
    money: tuple[Money, Money]
    drawn: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def is_kept(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def judge(base: Base, places: Sequence[HandPlace]) -> Judgement:
    """Judge who goes where by all rules, and hold it against the base's plan.

    What a sheet cannot say (delegations, journeys, subsidies) and what it leaves open (booths, section, who takes the firm
    along) is chosen so that as little as can be is broken, and then for the best value.
    """
    poser = Poser(base.problem)
    posed = [poser(place) for place in places]
    done = _done(base, posed)
    placed = _placed(base.problem, posed, done.plan)
    about = PlacesAbout(base.programme, done.plan, placed)
    return Judgement(
        done.plan, base.plan, (*_own(posed), *(_broken(about, v, base.plan) for v in done.broken)), placed,
        *_differing(done.plan, base.plan), (money_of(done.plan), money_of(base.plan)), _drawn(base.programme, done.plan, base.plan),
    )  # fmt: skip


def _done(base: Base, posed: Sequence[Posed]) -> Completed:
    """The sheet's places with the rest of a plan; the base's own plan where it has just these places."""
    names, clear = base.problem.participations["participation"], _clear(posed)
    one_of, any_of = (_open(posed, clear, is_open=is_open) for is_open in (False, True))
    best = {p.participation_id for p in base.plan.participations}
    rest = best - set(names.iloc[clear])
    sets = [rest.intersection(names.iloc[rows]) for rows in (*one_of, *any_of)]
    fits = all(len(one) == 1 for one in sets[: len(one_of)]) and all(sets)
    if fits and len(rest) == len(best) - len(clear) and set().union(*sets) == rest:
        return Completed(base.plan, check(base.programme, base.plan))
    return completed(base.problem, clear, one_of=one_of, any_of=any_of)


def _clear(posed: Sequence[Posed]) -> list[int]:
    """Rows of places of which everything is said, each once."""
    return sorted({int(rows[0]) for one in posed for rows in one.sets if len(rows) == 1})


def _open(posed: Sequence[Posed], clear: Sequence[int], *, is_open: bool) -> list[list[int]]:
    """Rows of each other place; one that is clear at another place is that other's."""
    taken = set(clear)
    sets = [
        tuple(int(row) for row in rows if int(row) not in taken)
        for one in posed for rows in one.sets if len(rows) > 1 and one.is_open == is_open
    ]  # fmt: skip
    return [list(rows) for rows in dict.fromkeys(sets) if rows]


def _placed(problem: Problem, posed: Sequence[Posed], plan: Plan) -> tuple[tuple[HandPlace, Participation], ...]:
    made = {p.participation_id: p for p in plan.participations}
    ids = problem.participations["participation"]
    rows = ((one.place, rows) for one in posed for rows in one.sets)
    return tuple((place, made[name]) for place, at in rows for name in ids.iloc[at].tolist() if name in made)


def _own(posed: Sequence[Posed]) -> list[Finding]:
    """What is wrong with single places, in the order of the sheet."""
    return [finding for one in posed for finding in one.findings]


def _broken(about: PlacesAbout, v: Violation, best: Plan) -> Finding:
    """What is broken, and where; places that the best plan has not come first, for they are what can go."""
    there = {(p.firm_id, p.phase_id) for p in best.participations}
    places = tuple(sorted(about(v), key=lambda place: (place.firm_id, place.phase_id) in there))
    return Finding("broken", about.cells(v, places), places, violation=v)


def _differing(
    hand: Plan, best: Plan
) -> tuple[tuple[Participation, ...], tuple[Participation, ...], tuple[tuple[Participation, Participation], ...]]:
    """Places of the one that the other has not, both ways, and those of both that are not alike."""
    ours, theirs = ({p.application_id: p for p in plan.participations} for plan in (hand, best))
    both = [(ours[a], theirs[a]) for a in sorted(ours.keys() & theirs.keys())]
    return (
        tuple(ours[a] for a in sorted(ours.keys() - theirs.keys())),
        tuple(theirs[a] for a in sorted(theirs.keys() - ours.keys())),
        tuple((a, b) for a, b in both if a.participation_id != b.participation_id),
    )


def money_of(plan: Plan) -> Money:
    """What a plan costs firms and the public, and what firms get back."""
    places = sum((p.cost for p in plan.participations), Decimal(0))
    journeys = sum((j.fare + j.lodging for j in plan.journeys), Decimal(0))
    back = sum((c.amount for c in plan.claims), Decimal(0))
    return Money(places + journeys, back, sum((d.total for d in plan.delegations), Decimal(0)))


def _drawn(programme: Programme, hand: Plan, best: Plan) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """What each fund pays, by hand and best, in the order of the table; funds that pay nothing in either are left out."""
    ours, theirs = planned_of(hand), planned_of(best)
    rows = ((f.fund_id, ours[f.fund_id], theirs[f.fund_id]) for f in programme.funds)
    return tuple(row for row in rows if row[1] or row[2])
