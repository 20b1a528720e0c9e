"""Where a rate hangs on how often a firm was supported, turns are counted as the law counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from fairplanner.domain.plan import Claim, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, exclusive, groups, implies, labels_of, widths
from fairplanner.rules.names import Names, picked
from fairplanner.rules.reckon.turns import in_order, past_turns
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import numbered

VISITED: Block = ("claim-turns", "visited")
TAKEN: Block = ("claim-turns", "taken")
VISIT = ["subsidy", "firm", "phase"]
SCOPE = ["subsidy", "firm", "scope"]
Sizes = dict[Block, int]


@dataclass(frozen=True)
class ClaimTurns(Law):
    """The turn of a claim is that of its visit (subsidy × firm × phase): the visits of the ledger before it, and its place
    among the firm's claimed visits in the order that the subsidy names; the last turn of `turns` stands for all later ones.

    Said in places of the plan (place 1 is the first after the ledger): all claims of a visit have one turn; a place before
    the last turn is taken by one visit only; and no visit takes a place unless an earlier visit takes the place before it.
    With `order = best` the last of these is left out (the payer may give each turn to the visit it likes).

    Labels subsidy · firm · phase (turns too many, or 1 without the place before it) and subsidy · firm · fair (or `*`) ·
    place (visits too many). Own columns: `visited`, a visit claimed with a turn; `taken`, a place taken up to a visit.
    """

    key = "claim-turns"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """`visited` a visit and turn; `taken` a visit and place before the last turn that a later visit can ask for."""
        visits = _visits(problem)
        if visits.empty:
            return
        yield Columns("visited", _names(visits), np.ones(len(visits), np.int64))
        taken = _taken(visits)
        yield Columns("taken", _taken_names(taken), np.ones(len(taken), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """What the own columns are, and the three rows of the law over them."""
        visits = _visits(problem)
        if visits.empty:
            return
        taken = _taken(visits)
        sizes = widths(problem, {VISITED: len(visits), TAKEN: len(taken)})
        yield from _what_is_visited(problem, visits, sizes)
        yield from _what_is_taken(visits, taken, sizes)
        at, each = groups(visits, VISIT)
        yield exclusive(labels_of(each, VISIT), {VISITED: [(at, visits["column"], 1)]}, sizes)
        exact = visits[visits["exact"]]
        at, places = groups(exact, [*SCOPE, "place"])
        yield exclusive(labels_of(places, [*SCOPE, "place"]), {VISITED: [(at, exact["column"], 1)]}, sizes)
        yield _one_after_another(visits, taken, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Walks through the visits of each firm under each subsidy, fair by fair where it counts so."""
        turned = {s.subsidy_id for s in programme.subsidy.values() if s.turns}
        scopes: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for c in plan.claims:
            if c.subsidy_id in turned:
                by_fair = programme.subsidy[c.subsidy_id].turn_of == "fair"
                scopes[c.subsidy_id, c.firm_id, programme.phase[c.phase_id].fair_id if by_fair else ""].append(c)
        for (subsidy_id, firm_id, scope), claims in sorted(scopes.items()):
            walk = _Walk(programme, subsidy_id, firm_id, claims)
            for phase_id, off, place in walk.visits():
                yield self.broken(label(subsidy_id, firm_id, phase_id), off, turn=place)
            for place, count in sorted(walk.taken.items()):
                if count > 1:
                    yield self.broken(label(subsidy_id, firm_id, scope, place), count - 1, turn=place)


class _Walk:
    """The claimed visits of one firm under one subsidy, in order; `taken`: visits at each place before the last turn."""

    def __init__(self, programme: Programme, subsidy_id: str, firm_id: str, claims: list[Claim]) -> None:
        self.subsidy = programme.subsidy[subsidy_id]
        self.turns: dict[str, set[int]] = defaultdict(set)
        for c in claims:
            self.turns[c.phase_id].add(c.turn)
        self.phases = in_order(programme, self.subsidy, firm_id, list(self.turns))
        self.past = {q: past_turns(programme, self.subsidy, firm_id, q) for q in self.phases}
        self.taken: dict[int, int] = defaultdict(int)

    def visits(self) -> Iterator[tuple[str, int, int]]:
        """Phase, amount and turn of each visit that is broken; fills `taken` on the way."""
        for phase_id in self.phases:
            turns, past = sorted(self.turns[phase_id]), self.past[phase_id]
            places = {t: t - past for t in turns}
            alone = [t for t in turns if places[t] > 1 and not self.taken[places[t] - 1]]
            ordered = self.subsidy.order != "best"
            off = max(
                len(turns) - 1, 1 if ordered and alone else 0, 1 if min(turns) <= min(past, self._last - 1) else 0
            )
            for t in turns:
                self.taken[places[t]] += t < self._last
            if off:
                yield phase_id, off, (alone or turns)[-1]

    @property
    def _last(self) -> int:
        return len(self.subsidy.turns)


@once
def _visits(problem: Problem) -> pd.DataFrame:
    """Visit × turn that can be claimed: VISIT, `scope`, `turn`, `place`, `exact` (before the last turn), `day`, `column`,
    `best`. Sorted by scope and order; only scopes in which there is something to choose between."""
    programme = problem.programme
    turned = {s.subsidy_id: s for s in programme.subsidy.values() if s.turns}
    claims = problem.claims[problem.claims["subsidy"].isin(list(turned))]
    if claims.empty:
        return claims
    visits = claims[[*VISIT, "turn"]].drop_duplicates().reset_index(drop=True)
    fairs = {q.phase_id: q.fair_id for q in programme.phases}
    last, by_fair = (
        {s: of(x) for s, x in turned.items()} for of in (lambda x: len(x.turns), lambda x: x.turn_of == "fair")
    )
    visits = visits.assign(
        scope=visits["phase"].map(fairs).where(visits["subsidy"].map(by_fair).astype(bool), "").astype(object),
        exact=visits["turn"] < visits["subsidy"].map(last).astype("int64"),
        best=visits["subsidy"].map({s: x.order == "best" for s, x in turned.items()}).astype(bool),
        place=visits["turn"] - _past(programme, visits),
        day=_days(programme, visits),
    )
    many = visits.groupby(SCOPE)["turn"].transform("size") > 1
    visits = visits[many].sort_values([*SCOPE, "day", "phase", "turn"], kind="stable").reset_index(drop=True)
    return numbered(visits)


def _past(programme: Programme, visits: pd.DataFrame) -> pd.Series:
    """Visits of the ledger before each: the vectorised twin of `reckon.turns.past_turns`."""
    paid = sorted({(r.subsidy_id, r.firm_id, r.fair_id, r.on.toordinal()) for r in programme.ledger if r.subsidy_id})
    ledger = pd.DataFrame(paid, columns=["subsidy", "firm", "then", "on"], dtype=object)
    starts = {q.phase_id: q.start.toordinal() for q in programme.phases if q.start is not None}
    fairs = {q.phase_id: q.fair_id for q in programme.phases}
    by_fair = {s.subsidy_id: s.turn_of == "fair" for s in programme.subsidy.values()}
    met = visits[VISIT].reset_index(names="row").merge(ledger, on=["subsidy", "firm"])
    before = met["on"].astype("int64") < met["phase"].map(starts).astype("int64")
    same = (met["phase"].map(fairs) == met["then"]) | ~met["subsidy"].map(by_fair).astype(bool)
    counted = np.bincount(met["row"][before & same], minlength=len(visits))
    return pd.Series(counted, index=visits.index, dtype="int64")


def _days(programme: Programme, visits: pd.DataFrame) -> pd.Series:
    """The day by which visits are ordered: first fair day, or that of the firm's first application for the phase."""
    starts = {q.phase_id: q.start.toordinal() for q in programme.phases if q.start is not None}
    days = visits["phase"].map(starts).astype("int64")
    by_application = visits["subsidy"].map({s.subsidy_id: s.order == "application" for s in programme.subsidy.values()})
    if not by_application.any():
        return days
    told = [(a.firm_id, a.phase_id, a.received.toordinal()) for a in programme.applications if a.received is not None]
    first = (
        pd.DataFrame(told, columns=["firm", "phase", "came"]).groupby(["firm", "phase"], as_index=False)["came"].min()
    )
    came = visits[["firm", "phase"]].merge(first, on=["firm", "phase"], how="left")["came"].fillna(date.max.toordinal())
    return days.mask(by_application.astype(bool), pd.Series(came.to_numpy(), index=days.index)).astype("int64")


def _names(visits: pd.DataFrame) -> Names:
    return labels_of(visits, [*VISIT, "turn"], last="visited")


def _taken(visits: pd.DataFrame) -> pd.DataFrame:
    """Visit × place that a visit can take before its last turn and another can ask for: VISIT, `scope`, `place`, `day`,
    `taken` (own column), `before` (that of the visit before; -1 for the first). Not where the order is `best`."""
    ordered = visits[~visits["best"]]
    each = ordered[[*VISIT, "scope", "day"]].drop_duplicates()
    asked = ordered.assign(place=ordered["place"] - 1)[[*SCOPE, "place"]].drop_duplicates()
    given = ordered[ordered["exact"]][[*SCOPE, "place"]].drop_duplicates()
    made = each.merge(asked.merge(given, on=[*SCOPE, "place"]), on=SCOPE)
    made = made.sort_values([*SCOPE, "place", "day", "phase"], kind="stable").reset_index(drop=True)
    made = made.reset_index(names="taken")
    before = made.groupby([*SCOPE, "place"])["taken"].shift(1)
    return made.assign(before=before.fillna(-1).astype("int64"))


def _taken_names(taken: pd.DataFrame) -> Names:
    return labels_of(taken, [*VISIT, "place"], last="taken")


def _what_is_visited(problem: Problem, visits: pd.DataFrame, sizes: Sizes) -> Iterator[Rows]:
    """Each claim <= visited; visited <= its claims."""
    claims = numbered(problem.claims).merge(
        visits.rename(columns={"column": "visit"})[[*VISIT, "turn", "visit"]], on=[*VISIT, "turn"]
    )
    names = _names(visits)
    own, one = visits["column"], np.arange(len(claims))
    claimed: Entries = {"claims": [(one, claims["column"], 1)]}
    yield implies(picked(names, claims["visit"]), claimed, {VISITED: [(one, claims["visit"], 1)]}, sizes)
    yield implies(names, {VISITED: [(own, own, 1)]}, {"claims": [(claims["visit"], claims["column"], 1)]}, sizes)


def _what_is_taken(visits: pd.DataFrame, taken: pd.DataFrame, sizes: Sizes) -> Iterator[Rows]:
    """taken <= taken before + visited there; taken >= either."""
    names, own = _taken_names(taken), taken["taken"]
    takes = taken.merge(visits[visits["exact"]][[*VISIT, "place", "column"]], on=[*VISIT, "place"])
    after = taken[taken["before"] >= 0].reset_index(drop=True)
    either: Entries = {
        TAKEN: [(after["taken"], after["before"], 1)],
        VISITED: [(takes["taken"], takes["column"], 1)],
    }
    yield implies(names, {TAKEN: [(own, own, 1)]}, either, sizes)
    for part, block, column in ((after, TAKEN, "before"), (takes, VISITED, "column")):
        at = np.arange(len(part))
        left: Entries = {block: [(at, part[column], 1)]}
        yield implies(picked(names, part["taken"]), left, {TAKEN: [(at, part["taken"], 1)]}, sizes)


def _one_after_another(visits: pd.DataFrame, taken: pd.DataFrame, sizes: Sizes) -> Rows:
    """visited at a place after the first <= the place before it taken up to the visit before."""
    later = visits[~visits["best"] & (visits["place"] > 1)].reset_index(drop=True).reset_index(names="row")
    wanted = later.assign(place=later["place"] - 1)[["row", *VISIT, "place"]]
    held = wanted.merge(taken[taken["before"] >= 0], on=[*VISIT, "place"])
    left: Entries = {VISITED: [(later["row"], later["column"], 1)]}
    return implies(labels_of(later, VISIT), left, {TAKEN: [(held["row"], held["before"], 1)]}, sizes)
