"""A delegation has at least and at most so many firms, or does not go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_most, groups, implies, labels_of, widths
from fairplanner.rules.reckon.kept import held_parties, least_firms
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import hosted, numbered, per_phase

KEYS = ["sponsor", "phase"]
FIRM = ["firm", "sponsor", "phase"]
OWN: Block = ("delegation-size", "present")


@dataclass(frozen=True)
class DelegationSize(Law):
    """Each stop of a delegation has at least `least_firms` firms of its sponsor and at most `most_firms` (choices, profile);
    where it must go for a place that is kept, there is no least any more.

    Firms are counted once, whatever number of places they have. Label sponsor · phase. Unit of amount: firms.
    Own columns `present`: a firm that could have several places there has one of them.
    """

    key = "delegation-size"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """One per firm, sponsor and phase with more than one possible place."""
        places = _places(problem)
        _, several = groups(places[places["ways"] > 1], FIRM)
        yield Columns("present", labels_of(several, FIRM), np.ones(len(several), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """present = whether any place is taken; least × delegations <= firms <= most."""
        places, stops = _places(problem), hosted(problem)
        several = places[places["ways"] > 1]
        own, present = groups(several, FIRM)
        sizes = widths(problem, {OWN: len(present)})
        names, every = labels_of(present, FIRM), np.arange(len(present))
        taken: Entries = {"participations": [(own, several["column"], 1)]}
        yield implies(names, {OWN: [(every, every, 1)]}, taken, sizes)
        each = np.arange(len(several))
        yield implies(
            labels_of(several, FIRM), {"participations": [(each, several["column"], 1)]}, {OWN: [(each, own, 1)]}, sizes
        )
        yield from self._bounds(problem, places[places["ways"] == 1], present, stops, sizes)

    def _bounds(
        self,
        problem: Problem,
        single: pd.DataFrame,
        present: pd.DataFrame,
        stops: pd.DataFrame,
        sizes: dict[Block, int],
    ) -> Iterator[Rows]:
        counted = numbered(present)
        for what in ("least", "most"):
            bound = per_phase(problem.programme, f"{what}_firms")
            limited = {q: b for q, b in bound.items() if (b > 0 if what == "least" else b >= 0)}
            subject = stops if what == "least" else pd.concat([single[KEYS], present[KEYS]])
            _, at = groups(subject[subject["phase"].isin(list(limited))], KEYS)
            if what == "least":
                at = at[~_must_go(problem.programme, at)].reset_index(drop=True)
            if at.empty:
                continue
            at = at.reset_index(names="row").assign(bound=at["phase"].map(limited).astype("int64"))
            one, many, gone = at.merge(single, on=KEYS), at.merge(counted, on=KEYS), at.merge(stops, on=KEYS)
            firms: Entries = {
                "participations": [(one["row"], one["column"], 1)],
                OWN: [(many["row"], many["column"], 1)],
            }
            names = labels_of(at, KEYS)
            if what == "least":
                yield implies(names, {"delegations": [(gone["row"], gone["column"], gone["bound"])]}, firms, sizes)
            else:
                yield at_most(names, firms, at["bound"], sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the firms of each sponsor at each phase."""
        firms: dict[tuple[str, str], set[str]] = defaultdict(set)
        for p in plan.participations:
            firms[p.sponsor, p.phase_id].add(p.firm_id)
        delegations = Counter((d.sponsor, stop.phase_id) for d in plan.delegations for stop in d.stops)
        for key in sorted(delegations.keys() | firms.keys()):
            there, least, most = len(firms[key]), least_firms(programme, *key), programme.most_firms(key[1])
            missing = least * delegations[key] - there
            over = there - most if most is not None else 0
            if max(missing, over) > 0:
                yield self.broken(
                    label(*key), max(missing, over), firms=there, least=least, most="-" if most is None else most
                )


@once
def _places(problem: Problem) -> pd.DataFrame:
    """Participations at phases with a size, with the number of columns of the same firm, sponsor and phase."""
    least, most = per_phase(problem.programme, "least_firms"), per_phase(problem.programme, "most_firms")
    places = numbered(problem.participations)[["column", *FIRM]]
    places = places.assign(
        least=places["phase"].map(least).astype("int64"), most=places["phase"].map(most).astype("int64")
    )
    places = places[(places["least"] > 0) | (places["most"] >= 0)]
    return places.assign(ways=places.groupby(FIRM)["column"].transform("size"))


def _must_go(programme: Programme, at: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether the sponsor of each row must have a delegation at the phase, for a place that is kept."""
    bound = pd.MultiIndex.from_tuples(sorted(held_parties(programme)) or [("", "")])
    found: NDArray[np.bool_] = pd.MultiIndex.from_frame(at[KEYS]).isin(bound)
    return found
