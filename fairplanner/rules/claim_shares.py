"""A class of firms is at least, or at most, a share of those that are supported or take part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import Role
from fairplanner.domain.packs import ShareLimit
from fairplanner.domain.plan import Claim, Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Block, Columns, Rows, label
from fairplanner.rules.helpers import Entries, at_least, groups, labels_of, widths
from fairplanner.rules.reckon.coupled import meant, ratio, year_or_phase
from fairplanner.rules.tables import Problem
from fairplanner.rules.units import Units, by_phase, columns_of, exhibiting, passing, supported, units

SIDES = {"least": 1, "most": -1}


@dataclass(frozen=True)
class ClaimShares(Law):
    """In each phase, section or year the firms of a class are at least, or at most, a share of all firms with a claim under the
    limit's subsidies, or of all that exhibit; each firm counts once. A share of those that exhibit binds only where
    somebody claims (always, if no subsidy is named): the joint stand may go without support. A firm is of the class where the test means it at one of
    those phases; claims on journeys are of no section.

    Label limit · group keys · least or most. Unit of amount: the share's denominator-ths of a firm.
    Own columns: `all` a firm counts; `class` it counts as one of the class; `claimed` somebody claims in the group.
    """

    key = "claim-shares"

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Two or three blocks a limit."""
        return (c for limit in problem.programme.share_limits for c in columns_of(_units(self.key, problem, limit)))

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """denominator × class - numerator × all >= 0, or <= 0; where somebody claims."""
        for limit in problem.programme.share_limits:
            made = _units(self.key, problem, limit)
            sizes = widths(problem, {u.block: len(u) for u in made})
            for u in made:
                yield from u.ties(sizes)
            for side in SIDES:
                if getattr(limit, side) is not None:
                    yield _share(limit, side, made, sizes)

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Counts the firms of each group again."""
        sections = {p.participation_id: p.section_id for p in plan.participations}
        for limit in programme.share_limits:
            claims = [c for c in plan.claims if c.subsidy_id in limit.subsidies]
            claimed = {tuple(_keys(programme, sections, limit, c)) for c in claims}
            every: dict[tuple[str, ...], set[str]] = defaultdict(set)
            members: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for one in claims if limit.among == "claims" else _showing(plan):
                keys = tuple(_keys(programme, sections, limit, one))
                every[keys].add(one.firm_id)
                if meant(programme, limit.of, one.firm_id, one.phase_id):
                    members[keys].add(one.firm_id)
            for keys in sorted(every):
                if keys in claimed or not limit.subsidies:
                    yield from self._judged(limit, keys, len(members[keys]), len(every[keys]))

    def _judged(self, limit: ShareLimit, keys: tuple[str, ...], members: int, every: int) -> Iterator[Violation]:
        for side, sign in SIDES.items():
            share = getattr(limit, side)
            off = sign * (share[0] * every - share[1] * members) if share else 0
            if off > 0:
                bound = f"{'≥' if sign > 0 else '≤'} {ratio(share)}"
                yield self.broken(label(limit.limit_id, *keys, side), off, members=members, all=every, bound=bound)


def _showing(plan: Plan) -> list[Participation]:
    return [p for p in plan.participations if p.role is Role.EXHIBIT]


def _keys(
    programme: Programme, sections: Mapping[str, str], limit: ShareLimit, of: Claim | Participation
) -> Iterator[str]:
    for each in limit.each:
        yield (
            sections.get(of.participation_id, "") if each == "section" else year_or_phase(programme, each, of.phase_id)
        )


def _keyed(programme: Programme, limit: ShareLimit, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the limit's id and their group keys, called `in phase`, `in section`, `in year`."""
    said = {f"in {e}": rows["section"] if e == "section" else by_phase(rows, partial(year_or_phase, programme, e)) for e in limit.each}  # fmt: skip
    return rows.assign(limit=limit.limit_id, **said)


def _group(limit: ShareLimit) -> list[str]:
    return ["limit", *(f"in {each}" for each in limit.each)]


def _units(key: str, problem: Problem, limit: ShareLimit) -> list[Units]:
    """All firms, those of the class, and (of those that exhibit) where somebody claims."""
    programme, group = problem.programme, _group(limit)
    claims = _keyed(programme, limit, supported(problem, limit.subsidies))
    table = "claims" if limit.among == "claims" else "participations"
    rows = claims if table == "claims" else _keyed(programme, limit, exhibiting(problem))
    members = rows[passing(programme, limit.of, rows)]
    made = [
        units(key, f"{name} {limit.limit_id}", table, frame, [*group, "firm"])
        for name, frame in (("all", rows), ("class", members))
    ]
    if table == "participations" and limit.subsidies:
        made.append(units(key, f"claimed {limit.limit_id}", "claims", claims, group))
    return made


def _share(limit: ShareLimit, side: str, made: list[Units], sizes: dict[Block, int]) -> Rows:
    """One row a group; `claimed` gives as much as the row can be short where nobody claims."""
    numerator, denominator = getattr(limit, side)
    group, sign = _group(limit), SIDES[side]
    every, members = made[0], made[1]
    both = pd.concat([every.frame.assign(unit=np.arange(len(every)), by=-sign * numerator, block=0),
                      members.frame.assign(unit=np.arange(len(members)), by=sign * denominator, block=1)])  # fmt: skip
    at, told = groups(both, group)
    both = both.assign(row=at)
    entries: Entries = {
        u.block: [(f["row"], f["unit"], f["by"])] for n, u in enumerate(made[:2]) for f in [both[both["block"] == n]]
    }
    short = -both["by"].clip(upper=0).groupby(both["row"]).sum().reindex(range(len(told)), fill_value=0).to_numpy()
    names = labels_of(told, group, last=side)
    if len(made) == 2:
        return at_least(names, entries, 0, sizes)
    where = told.reset_index(names="row").merge(made[2].frame.reset_index(names="unit"), on=group)
    gives: Entries = {made[2].block: [(where["row"], where["unit"], -short[where["row"].to_numpy(np.int64)])]}
    return at_least(names, {**entries, **gives}, -short, sizes)
