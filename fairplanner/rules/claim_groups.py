"""Nothing is paid on a joint stand of too few firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.kinds import Role
from fairplanner.domain.packs import GroupMinimum
from fairplanner.domain.plan import Claim, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_least, at_most, groups, labels_of, widths
from fairplanner.rules.names import Names, picked
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import Units, exhibiting, supported, units
from fairplanner.rules.views import numbered


@dataclass(frozen=True)
class ClaimGroups(Law):
    """Where anybody claims under the subsidies of a group minimum, at least `least` firms exhibit there (or claim there, by
    `count`): at the phase, or in the sponsor's joint stand at it. The group may go without support. A claim on a journey
    belongs to the joint stands in which its firm takes part at that phase; where claims of a sponsor's stand are counted,
    only those on a participation count.

    Label limit · group keys. Unit of amount: firms missing. Own columns: `firm` counts; `group` is supported.
    """

    key = "claim-groups"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Two blocks a limit."""
        for limit in problem.programme.group_minimums:
            made = _posed(self.key, problem, limit)
            yield made.firms.columns()
            yield Columns(made.block[1], made.labels, np.ones(len(made.groups), np.int64))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """claim <= group (and claim + participation - 1 <= group of its sponsor); firms - least × group >= 0."""
        for limit in problem.programme.group_minimums:
            made = _posed(self.key, problem, limit)
            sizes = widths(problem, {made.block: len(made.groups), made.firms.block: len(made.firms)})
            yield from made.firms.ties(sizes)
            yield from made.ties(sizes)
            every = np.arange(len(made.groups))
            firms = made.firms.frame.reset_index(names="unit").merge(
                made.groups.reset_index(names="row"), on=list(limit.each)
            )
            entries: Entries = {
                made.firms.block: [(firms["row"], firms["unit"], 1)],
                made.block: [(every, every, -limit.least)],
            }
            yield at_least(
                labels_of(made.groups.assign(limit=limit.limit_id), ["limit", *limit.each]), entries, 0, sizes
            )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the firms of each group that is supported."""
        showing = [p for p in plan.participations if p.role is Role.EXHIBIT]
        places = rows_by(plan.participations, "firm_id", "phase_id")
        for limit in programme.group_minimums:
            claims = [c for c in plan.claims if c.subsidy_id in limit.subsidies]
            on_stands = [c for c in claims if c.participation_id] if "sponsor" in limit.each else claims
            firms: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for one in showing if limit.count == "participations" else on_stands:
                for keys in _stands(places, limit, one):
                    firms[keys].add(one.firm_id)
            for keys in sorted({keys for c in claims for keys in _stands(places, limit, c)}):
                if len(firms[keys]) < limit.least:
                    there, name = len(firms[keys]), label(limit.limit_id, *keys)
                    yield self.broken(name, limit.least - there, firms=there, least=limit.least)


def _stands(
    places: Mapping[tuple[str, str], Sequence[Participation]], limit: GroupMinimum, one: Claim | Participation
) -> set[tuple[str, ...]]:
    """The joint stands that a claim or a participation belongs to, by the limit's keys."""
    there = places.get((one.firm_id, one.phase_id), ())
    own = [p.sponsor for p in there if one.participation_id in ("", p.participation_id)]
    by = {"phase": [one.phase_id], "sponsor": own}
    found: set[tuple[str, ...]] = {()}
    for each in limit.each:
        found = {(*keys, key) for keys in found for key in by[each]}
    return found


@dataclass(frozen=True)
class _Posed:
    """`groups`: joint stands that may be supported; `claims`: claim `column` × `row` of groups, with the participation (`place`)
    that puts a claim on a journey there, else -1; `firms`: who counts in each."""

    block: Block
    groups: pd.DataFrame
    labels: Names
    claims: pd.DataFrame
    firms: Units

    def ties(self, sizes: dict[Block, int]) -> Iterator[Rows]:
        """claim (+ participation - 1) <= group."""
        claims = self.claims.reset_index(drop=True).reset_index(names="tie")
        by_place = claims[claims["place"] >= 0]
        entries: Entries = {
            "claims": [(claims["tie"], claims["column"], 1)],
            "participations": [(by_place["tie"], by_place["place"], 1)],
            self.block: [(claims["tie"], claims["row"], -1)],
        }
        yield at_most(picked(self.labels, claims["row"]), entries, (claims["place"] >= 0).astype("int64"), sizes)


def _posed(key: str, problem: Problem, limit: GroupMinimum) -> _Posed:
    name = f"group {limit.limit_id}"
    each: list[str] = list(limit.each)
    claims = _placed(problem, limit, supported(problem, limit.subsidies))
    row, stands = groups(claims, each)
    labels = labels_of(stands, each, first=name)
    if limit.count == "participations":
        counted, table = exhibiting(problem), "participations"
    else:
        counted, table = claims[claims["place"] < 0], "claims"
    counted = counted.merge(stands, on=each)
    firms = units(key, f"firm {limit.limit_id}", table, counted, [*each, "firm"])
    return _Posed((key, name), stands, labels, claims.assign(row=row), firms)


def _placed(problem: Problem, limit: GroupMinimum, claims: pd.DataFrame) -> pd.DataFrame:
    """Claims with their sponsor; those on journeys once for each participation of the firm at the phase (`place`)."""
    on_stand = claims.assign(place=-1)
    if "sponsor" not in limit.each:
        return on_stand
    travels = claims[claims["participation"] < 0].drop(columns=["sponsor"])
    places = numbered(problem.participations)[["column", "firm", "phase", "sponsor"]].rename(
        columns={"column": "place"}
    )
    return pd.concat([on_stand[on_stand["participation"] >= 0], travels.merge(places, on=["firm", "phase"])])
