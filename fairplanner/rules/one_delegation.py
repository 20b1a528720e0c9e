"""A firm goes to a phase inside one delegation, even where it shows in several sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import exclusive, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

KEYS = ["firm", "phase"]


@dataclass(frozen=True)
class OneDelegation(Law):
    """All applications of a firm that get a place at one phase have the same sponsor (one application: see one-place).

    Label firm · phase. Unit of amount: 1, the firm is split.
    """

    key = "one-delegation"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Two participations of different applications with different sponsors exclude one another."""
        places = numbered(problem.participations)[["column", "application", "sponsor", *KEYS]]
        several = places.groupby(KEYS)["application"].transform("nunique") > 1
        pairs = places[several].merge(places[several], on=KEYS, suffixes=("", "_other"))
        pairs = pairs[
            (pairs["application"] < pairs["application_other"]) & (pairs["sponsor"] != pairs["sponsor_other"])
        ]
        rows = range(len(pairs))
        both = [(rows, pairs["column"], 1), (rows, pairs["column_other"], 1)]
        yield exclusive(labels_of(pairs, KEYS), {"participations": both}, widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Compares the sponsors of a firm's applications at a phase, two by two."""
        sponsors: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for p in plan.participations:
            sponsors[p.firm_id, p.phase_id][p.application_id].add(p.sponsor)
        for key, by_application in sorted(sponsors.items()):
            if any(len(a | b) > 1 for a, b in combinations(by_application.values(), 2)):
                yield self.broken(label(*key), 1, sponsors=", ".join(sorted(set().union(*by_application.values()))))
