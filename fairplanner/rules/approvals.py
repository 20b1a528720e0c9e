"""What is approved is frozen: the party goes as its permit says, or not with officials at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from fairplanner.domain.duties import Approval
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, at_least, at_most, widths
from fairplanner.rules.reckon.away import EXHIBITION, concerns, fits, permits
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class Approvals(Law):
    """An official party with a permit goes: same route, no more people, within the approved days; no other official party of
    its zone goes to those phases. A permit for an exhibition abroad (出国办展批件) limits the people of its zone's firms there.

    Labels approval (unit of amount: approved parties missing), delegation (1 for each that no permit covers), approval ·
    phase (people too many). A change is a new request: `plan --reapply` leaves permits out and `remarks` names them.
    """

    key = "approvals"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Parties that fit >= 1; others there <= 0; people of the zone's firms <= people approved."""
        sizes, approved = widths(problem), list(permits(problem.programme))
        routes = _routes(problem) if approved else pd.DataFrame()
        for approval in approved:
            there = routes[(routes["sponsor"] == approval.zone_id) & (routes["officials"] > 0)]
            # where no party could go at all, the answers for no rows are not of truth values by themselves
            met = there[there["route"].map(lambda r, a=approval: bool(set(r) & set(a.phases))).astype(bool)]
            fit = _fitting(approval, met)
            good, bad = met[fit], met[~fit]
            yield at_least(
                [approval.approval_id], {"delegations": [(np.zeros(len(good)), good["column"], 1)]}, 1, sizes
            )
            others: Entries = {"delegations": [(np.arange(len(bad)), bad["column"], 1)]}
            yield at_most(list(bad["delegation"]), others, 0, sizes)
        for approval in _exhibitions(problem.programme):
            places = numbered(problem.participations)
            places = places[(places["sponsor"] == approval.zone_id) & places["phase"].isin(approval.phases)]
            numbers = {q: n for n, q in enumerate(approval.phases)}
            labels = [label(approval.approval_id, q) for q in approval.phases]
            at = places["phase"].map(numbers)
            people: Entries = {"participations": [(at, places["column"], places["people"])]}
            yield at_most(labels, people, approval.people, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares each permit with the parties of its zone, then the people of firms with the exhibition's permit."""
        for approval in permits(programme):
            found = 0
            for d in (d for d in plan.delegations if concerns(approval, d)):
                route = [s.phase_id for s in d.stops]
                if fits(approval, route, d.depart, d.return_, d.officials):
                    found += 1
                else:
                    yield self.broken(label(d.delegation_id), 1, number=approval.number)
            if not found:
                yield self.broken(label(approval.approval_id), 1, number=approval.number)
        for approval in _exhibitions(programme):
            for q in approval.phases:
                own = (p for p in plan.participations if (p.sponsor, p.phase_id) == (approval.zone_id, q))
                over = sum(p.people for p in own) - approval.people
                if over > 0:
                    yield self.broken(label(approval.approval_id, q), over, number=approval.number)


def _exhibitions(programme: Programme) -> list[Approval]:
    return sorted((a for a in programme.approvals if a.kind == EXHIBITION), key=lambda a: a.approval_id)


def _routes(problem: Problem) -> pd.DataFrame:
    """Delegations with `column`, `route` (phases in order), `depart` and `return`."""
    route = problem.stops.sort_values(["trip", "order"]).groupby("trip")["phase"].agg(tuple).rename("route")
    days = problem.trips[["depart", "return"]]
    return numbered(problem.delegations).join(route, on="trip").join(days, on="trip")


def _fitting(approval: Approval, met: pd.DataFrame) -> np.ndarray:
    day = date.fromordinal
    columns = zip(met["route"], met["depart"], met["return"], met["officials"], strict=True)
    return np.array([fits(approval, r, day(a), day(z), n) for r, a, z, n in columns], dtype=bool)
