"""What people have decided by hand is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.planning import Decision
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import Entries, at_least, at_most, widths
from fairplanner.rules.reckon.places import is_void
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import hosted, numbered


@dataclass(frozen=True)
class Decisions(Law):
    """must-go and keep: the firm has a place at the phase, or the zone a delegation; must-not: it has none.

    Where the fair is cancelled, must-go and keep have fallen away (`reckon.places.is_void`; `remarks` names them). Label decision. Unit of amount: places or delegations missing or too many.
    """

    key = "decisions"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of the firm's places, or of the zone's delegations, at the phase >= 1, or <= 0."""
        if not _standing(problem.programme):
            return
        sizes = widths(problem)
        firms = numbered(problem.participations).rename(columns={"firm": "who"})
        zones = hosted(problem).rename(columns={"sponsor": "who"})
        for forbids in (False, True):
            chosen = [d for d in _standing(problem.programme) if (d.kind is DecisionKind.MUST_NOT) == forbids]
            pins = pd.DataFrame(
                [(row, d.firm_id or d.zone_id, d.phase_id, bool(d.firm_id)) for row, d in enumerate(chosen)],
                columns=["row", "who", "phase", "is_firm"],
            )
            of_firms = pins[pins["is_firm"].astype(bool)].merge(firms, on=["who", "phase"])
            of_zones = pins[~pins["is_firm"].astype(bool)].merge(zones, on=["who", "phase"])
            names = [d.decision_id for d in chosen]
            entries: Entries = {
                "participations": [(of_firms["row"], of_firms["column"], 1)],
                "delegations": [(of_zones["row"], of_zones["column"], 1)],
            }
            yield at_most(names, entries, 0, sizes) if forbids else at_least(names, entries, 1, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Looks for what each decision names."""
        firms = Counter((p.firm_id, p.phase_id) for p in plan.participations)
        zones = Counter((x.sponsor, q) for x in plan.delegations for q in {s.phase_id for s in x.stops})
        for d in _standing(programme):
            found = firms[d.firm_id, d.phase_id] if d.firm_id else zones[d.zone_id, d.phase_id]
            amount = found if d.kind is DecisionKind.MUST_NOT else 1 - found
            if amount > 0:
                yield self.broken(
                    label(d.decision_id), amount, kind=d.kind.value, who=d.firm_id or d.zone_id, phase=d.phase_id
                )


def _standing(programme: Programme) -> list[Decision]:
    return [d for d in programme.decisions if not is_void(programme, d)]
