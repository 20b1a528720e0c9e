"""What an earlier plan gave is taken away only for something worth more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.domain.settled import Settled, SettledTrip
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows
from fairplanner.rules.helpers import Entries, labels_of, ladder, widths
from fairplanner.rules.names import Names
from fairplanner.rules.reckon.disturbance import claimable, prices
from fairplanner.rules.reckon.kept import spared, spared_trips
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class LeastDisruption(Law):
    """Each person of an earlier plan who loses a place costs `value.disturbance` points, half of it where the place stays and its
    booths, stand or delegation change, a quarter for each subsidy that is not claimed for it any more; half too for each official or post whose trip is
    another. Newcomers cost nothing, so that they come in only for more than those they disturb.

    Who is disturbed by the fair or by itself, and not by the plan, costs nothing (`reckon.kept.why_concerned`): the fair is on
    other days or off, the firm withdrew or asks for something else, a decision keeps it away. Nothing to break: what is lost
    is told in the plan's value. Labels application, application · subsidy, delegation. Unit of amount: people.
    """

    key = "least-disruption"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Soft rows: people × (the same place) >= people at half the price; people × (any place) >= people at the rest; people ×
        (claims of a subsidy) >= people × (any place) at a quarter."""
        rows, price = spared(problem.programme), prices(problem.programme)
        trips = spared_trips(problem.programme)
        if trips and price.changed:
            yield _trips(problem, trips, price.changed)
        if not rows or not price.lost:
            return
        there = _places(problem, rows)
        names = [row.application_id for row in rows]
        people = np.array([row.people for row in rows], np.int64)
        most, sizes = int(people.max()), widths(problem)
        for points, met in ((price.changed, there[there["same"]]), (price.lost - price.changed, there)):
            entries: Entries = {"participations": [(met["row"], met["column"], met["people"])]}
            if points:
                yield ladder(names, entries, people, [(most, points)], sizes)
        if price.unclaimed:
            yield ladder(*_claimed(problem, rows, there), 0, [(most, price.unclaimed)], sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Nothing to break."""
        return iter(())


def _trips(problem: Problem, trips: tuple[SettledTrip, ...], points: int) -> Rows:
    """People × (the same delegation) >= people."""
    names = [trip.delegation_id for trip in trips]
    people = np.array([trip.people for trip in trips], np.int64)
    sent = numbered(problem.delegations)[["column", "delegation"]]
    met = sent.merge(pd.DataFrame({"delegation": names, "row": np.arange(len(names))}), on="delegation")
    entries: Entries = {"delegations": [(met["row"], met["column"], people[met["row"].to_numpy(np.int64)])]}
    return ladder(names, entries, people, [(int(people.max()), points)], widths(problem))


def _places(problem: Problem, rows: tuple[Settled, ...]) -> pd.DataFrame:
    """Places of settled applications: `column`, `row` (of `rows`), its `people`, and whether they are the `same`."""
    told = pd.DataFrame(
        [(n, x.application_id, x.sponsor, x.stand.value, x.booths, x.people) for n, x in enumerate(rows)],
        columns=["row", "application", "as_sponsor", "as_stand", "as_booths", "people"],
    )
    places = numbered(problem.participations)[["column", "application", "sponsor", "stand", "booths"]]
    there = places.merge(told, on="application").sort_values("column", kind="stable")
    same = (there["sponsor"] == there["as_sponsor"]) & (there["stand"] == there["as_stand"])
    return there.assign(same=(same & (there["booths"] == there["as_booths"])).to_numpy(bool))


def _claimed(problem: Problem, rows: tuple[Settled, ...], there: pd.DataFrame) -> tuple[Names, Entries]:
    """One row a settled place and subsidy that it was to claim: people × its claims, less people × its places."""
    told = [
        (n, x.application_id, x.firm_id, x.phase_id, subsidy, x.people)
        for n, x in enumerate(rows)
        for subsidy in claimable(problem.programme, x)
    ]
    asked = pd.DataFrame(told, columns=["of", "application", "firm", "phase", "subsidy", "people"])
    asked = asked.astype({"of": "int64", "people": "int64"}).reset_index(names="row")
    claims = numbered(problem.claims)[["column", "participation", "journey", "firm", "phase", "subsidy"]]
    own = problem.participations["application"].reindex(claims["participation"]).to_numpy(object)
    by_place = asked.merge(
        claims.assign(application=own)[claims["participation"].to_numpy() >= 0], on=["application", "subsidy"]
    )
    by_journey = asked.merge(claims[claims["journey"] >= 0], on=["firm", "phase", "subsidy"])
    places = asked.merge(there[["row", "column"]].rename(columns={"row": "of"}), on="of")
    entries: Entries = {
        "claims": [(met["row"], met["column"], met["people"]) for met in (by_place, by_journey)],
        "participations": [(places["row"], places["column"], -places["people"].to_numpy(np.int64))],
    }
    return labels_of(asked, ["application", "subsidy"]), entries
