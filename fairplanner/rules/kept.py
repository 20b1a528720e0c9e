"""What is committed or past stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import at_least, widths
from fairplanner.rules.reckon.kept import Held, held, is_begun_for
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class Kept(Law):
    """A firm that is committed (paid and confirmed, or further), or that an earlier plan sent to a phase that has begun, keeps
    its place there: same delegation, stand and booths as in the earlier plan as far as it still asks for them, else any
    place. Where there is an earlier plan, nobody new comes to a phase that has begun.

    Not where the fair is off or has no dates, where the firm withdrew, or where a decision keeps it away
    (`reckon.kept.held`). Labels application (unit of amount: places missing), participation (1, new at a phase that has
    begun; never posed).
    """

    key = "kept"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Sum of an application's places that are what is kept >= 1."""
        kept = held(problem.programme)
        names = sorted(kept)
        places = numbered(problem.participations)
        places = places[places["application"].isin(names)]
        good = places[_is_what_is_kept(places, kept)]
        at = good["application"].map({name: n for n, name in enumerate(names)}).astype("int64")
        yield at_least(names, {"participations": [(at, good["column"], 1)]}, 1, widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Looks for each place that is kept, then for new ones at phases that have begun."""
        there: dict[str, list[Participation]] = defaultdict(list)
        for p in plan.participations:
            there[p.application_id].append(p)
        for name, kept in held(programme).items():
            a = programme.application[name]
            stand = a.stand if a.role is Role.EXHIBIT else StandKind.NONE
            as_settled = (kept.sponsor, kept.booths, stand)
            if not any(not kept.is_exact or (p.sponsor, p.booths, p.stand) == as_settled for p in there[name]):
                yield self.broken(label(name), 1)
        for p in plan.participations:
            if is_begun_for(programme, p.phase_id, p.application_id):
                yield self.broken(label(p.participation_id), 1)


def _is_what_is_kept(places: pd.DataFrame, kept: Mapping[str, Held]) -> NDArray[np.bool_]:
    """Whether each place is the one that the earlier plan gave, or any where none is told."""
    mine = [kept[name] for name in places["application"]]
    exact = np.array([x.is_exact for x in mine], dtype=bool)
    sponsor = np.array([x.sponsor for x in mine], dtype=object) == places["sponsor"].to_numpy(dtype=object)
    booths = np.array([x.booths for x in mine], dtype=np.int64) == places["booths"].to_numpy(dtype=np.int64)
    found: NDArray[np.bool_] = ~exact | (sponsor & booths)
    return found
