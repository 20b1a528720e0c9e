"""Where places are given in a published order, nobody is passed over without a named reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import numpy as np

from fairplanner.domain.plan import Claim, Journey, Plan, Violation
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.excuses import EXCUSES, OWN, Queue, queue_of
from fairplanner.rules.helpers import Entries, implies, labels_of, widths
from fairplanner.rules.names import picked
from fairplanner.rules.own_money import counted_on
from fairplanner.rules.reckon.applications import (
    Alone,
    alone,
    barred_firms,
    go_together,
    invitation,
    is_open,
    may_stay_away,
    people,
    pinned_firms,
    sponsors,
    stands,
)
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.money import other_costs, stand_cost
from fairplanner.rules.reckon.orders import orders
from fairplanner.rules.tables import Problem

SERVED: Block = ("rank-respected", "served")


@dataclass(frozen=True)
class RankRespected(Law):
    """No applicant gets a place while a higher-placed one of the same phase, section and quota zone gets none, except that

    * `busy`: on some day that it would be away for this phase, all its teams are out on journeys that do not go there and
      could not have taken it along (a chain of at most three phases, cheaper than apart);
    * `phases`: it attends `max_phases` other phases;
    * `money`: what else it pays itself in the plan (less what it may count on being paid back at other phases), the smallest
      place it accepts and a journey of its own to this phase are together more than its own money;
    * `absent`: abroad (or where delegations have a least size) no delegation of a zone that could take it goes there;
    * `barred`: a decision keeps the firm, or every zone that could take it, away from the phase.

    A firm with a must-go or keep decision has its place by that decision (机动展位), one that is committed has it already:
    nobody is passed over by them.

    Applications that cannot be planned at all are not in the order. Exhibitors only; policy rank or first-confirmed.
    Label phase · section · quota zone. Unit of amount: 1, the order is broken.
    Own columns: `served` (all placed so far are served or excused), and the excuses.
    """

    key = "rank-respected"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """`served` for each application that has one behind it; `excuse` for each excuse that the plan may give it."""
        queue = queue_of(problem)
        if queue.ahead.empty:
            return
        yield Columns("served", queue.names, np.ones(len(queue.ahead), np.int64))
        yield Columns("excuse", queue.excuse_names, np.ones(len(queue.excuses), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """place <= served ahead; served <= served ahead; served <= place + excuses; and what each excuse needs."""
        queue = queue_of(problem)
        if queue.ahead.empty:
            return
        sizes = widths(problem, {SERVED: len(queue.ahead), OWN: len(queue.excuses)})
        yield _in_order(queue, sizes)
        linked = queue.ahead[queue.ahead["before"] >= 0]
        rows = np.arange(len(linked))
        yield implies(
            picked(queue.names, linked["served"]),
            {SERVED: [(rows, linked["served"], 1)]},
            {SERVED: [(rows, linked["before"], 1)]},
            sizes,
        )
        yield _served(queue, sizes)
        given = set(queue.excuses["kind"])
        yield from (needs(problem, queue, sizes) for kind, needs in EXCUSES.items() if kind in given)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Walks each order from the top."""
        places = {p.application_id for p in plan.participations}
        judge = _Judge(programme, plan)
        for name, queue in sorted(orders(programme).items()):
            passed, given = _passed_over(queue, places, judge)
            if given:
                yield self.broken(label(*name), 1, passed=passed, given=given)


def _in_order(queue: Queue, sizes: dict[Block, int]) -> Rows:
    behind = (
        queue.all[(queue.all["before"] >= 0) & ~queue.all["pinned"]]
        .merge(queue.places, on="application")
        .reset_index(names="row")
    )
    place: Entries = {"participations": [(behind["row"], behind["column"], 1)]}
    return implies(labels_of(behind, ["rank_group"]), place, {SERVED: [(behind["row"], behind["before"], 1)]}, sizes)


def _served(queue: Queue, sizes: dict[Block, int]) -> Rows:
    held = queue.ahead[~queue.ahead["barred"]].reset_index(drop=True).reset_index(names="row")
    places, given = held.merge(queue.places, on="application"), held.merge(queue.excuses, on="application")
    right: Entries = {
        "participations": [(places["row"], places["column"], 1)],
        OWN: [(given["row"], given["excuse"], 1)],
    }
    return implies(picked(queue.names, held["served"]), {SERVED: [(held["row"], held["served"], 1)]}, right, sizes)


def _passed_over(queue: list[Application], places: set[str], judge: _Judge) -> tuple[str, str]:
    """The first who got nothing without an excuse, and the first behind who got a place; '' where there is none."""
    passed = ""
    for application in queue:
        if application.application_id in places:
            if passed and not judge.is_pinned(application):
                return passed, application.application_id
        elif not passed and not judge.excuses(application):
            passed = application.application_id
    return passed, ""


class _Judge:
    """Tells whether a plan excuses that an application got no place."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme = programme
        self.hosts = {(d.sponsor, stop.phase_id) for d in plan.delegations for stop in d.stops}
        self.barred, self.pinned, self.held = barred_firms(programme), pinned_firms(programme), held(programme)
        self.asked = _gathered(programme.applications, lambda a: (a.firm_id, a.phase_id))
        self.journeys = _gathered(plan.journeys, lambda j: j.firm_id)
        self.places = _gathered(plan.participations, lambda p: p.firm_id)
        self.claims = _gathered(plan.claims, lambda c: c.firm_id)

    def is_pinned(self, a: Application) -> bool:
        return (a.firm_id, a.phase_id) in self.pinned or a.application_id in self.held

    def excuses(self, a: Application) -> bool:
        return self._barred(a) or self._absent(a) or self._phases(a) or self._busy(a) or self._money(a)

    def _takers(self, a: Application) -> tuple[str, ...]:
        return sponsors(self.programme, self.programme.firm[a.firm_id].zone_id, a.recommended_by)

    def _alone(self, firm_id: str, phase_id: str) -> Alone:
        own = tuple(a for a in self.asked[firm_id, phase_id] if is_open(self.programme, a))
        return alone(self.programme, own or (invitation(self.programme, firm_id, phase_id),))

    def _barred(self, a: Application) -> bool:
        return (a.firm_id, a.phase_id) in self.barred or all((z, a.phase_id) in self.barred for z in self._takers(a))

    def _absent(self, a: Application) -> bool:
        away = may_stay_away(self.programme, a.phase_id)
        return away and not any((z, a.phase_id) in self.hosts for z in self._takers(a))

    def _phases(self, a: Application) -> bool:
        most = self.programme.firm[a.firm_id].max_phases
        others = sum(q != a.phase_id for j in self.journeys[a.firm_id] for q in j.phases)
        return most is not None and others >= most

    def _busy(self, a: Application) -> bool:
        trip, teams = self._alone(a.firm_id, a.phase_id), self.programme.firm[a.firm_id].teams
        near = [j for j in self.journeys[a.firm_id] if j.depart <= trip.back and trip.depart <= j.return_]
        out = [j for j in near if a.phase_id not in j.phases and not self._could_go_on(j, trip)]
        days: Iterator[date] = (trip.depart + timedelta(days=n) for n in range((trip.back - trip.depart).days + 1))
        return any(sum(j.depart <= day <= j.return_ for j in out) >= teams for day in days)

    def _could_go_on(self, j: Journey, trip: Alone) -> bool:
        return go_together(self.programme, [trip, *(self._alone(j.firm_id, q) for q in j.phases)])

    def _money(self, a: Application) -> bool:
        own = self.programme.firm[a.firm_id].own_money
        if own is None:
            return False
        places = [p.cost for p in self.places[a.firm_id] if p.application_id != a.application_id]
        travel = [j.fare + j.lodging for j in self.journeys[a.firm_id] if a.phase_id not in j.phases]
        back = [self._counted_on(c) for c in self.claims[a.firm_id] if c.phase_id != a.phase_id]
        spent = sum([*places, *travel], Decimal(0)) - sum(back, Decimal(0))
        fewest = stands(self.programme, a)[0]
        team = people(self.programme, a, fewest)
        least = stand_cost(self.programme, a.phase_id, a.stand, fewest)
        least += sum(other_costs(self.programme, a.firm_id, a.phase_id, fewest, team).values(), Decimal(0))
        trip = self._alone(a.firm_id, a.phase_id).cost(self.programme, team)
        return spent + least + trip > own

    def _counted_on(self, claim: Claim) -> Decimal:
        """What the firm may count on of a claim; what is rounded over the year counts unrounded."""
        subsidy = self.programme.subsidy.get(claim.subsidy_id)
        yearly = subsidy is not None and subsidy.round_at == "year"
        whole = claim.model_copy(update={"amount": claim.entitled}) if yearly else claim
        return counted_on(self.programme, whole)


T = TypeVar("T")
K = TypeVar("K")


def _gathered(parts: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    gathered: dict[K, list[T]] = defaultdict(list)
    for part in parts:
        gathered[key(part)].append(part)
    return gathered
