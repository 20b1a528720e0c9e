"""Limits held against what could be at all: targets nobody can reach, permits nothing fits, quotas that promise too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.kinds import Counts
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Target
from fairplanner.errors import Blame
from fairplanner.explain.conflicts.pins import Precheck, told
from fairplanner.rules.booth_quota import PLACE, used
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.away import permits
from fairplanner.rules.reckon.targets import matches
from fairplanner.rules.tables import Problem
from fairplanner.rules.targets import counted_for
from fairplanner.rules.views import hosted, numbered

LIMITS = ("booth-quota", "own-money", "delegation-size", "deadline", "staff")
"""Reasons for which something was not offered that people can do something about."""


def targets(problem: Problem) -> Iterator[Precheck]:
    """What each target could count if everybody went, against what it wants; only a floor leaves no plan."""
    for target in sorted(problem.programme.targets, key=lambda t: t.target_id):
        missing = target.at_least - target.already
        most, narrow = _reach(problem, target)
        if missing > most:
            facts = told(target=target.target_id, wanted=target.at_least, most=most + target.already)
            members = (Blame("targets", label(target.target_id)), *narrow)
            kind = "target" if target.floor else "target-wish"
            reasons = _left_out(problem, target) if target.floor else ()
            yield Precheck(kind, members, facts, is_fatal=target.floor, reasons=reasons)


def _left_out(problem: Problem, target: Target) -> tuple[Excluded, ...]:
    """What could have counted and was not offered because of a limit."""
    programme = problem.programme

    def is_meant(e: Excluded) -> bool:
        if e.rule not in LIMITS or e.phase_id not in programme.phase or not matches(programme, target, e.phase_id):
            return False
        zone_id = programme.firm[e.firm_id].zone_id if e.firm_id in programme.firm else e.zone_id
        return zone_id in programme.zone and programme.is_within(zone_id, target.zone_id)

    return tuple(e for e in problem.excluded if is_meant(e))


def _reach(problem: Problem, target: Target) -> tuple[int, tuple[Blame, ...]]:
    """The most that can count, and the quotas that make it so few."""
    entries, _ = counted_for(problem, target)
    if "delegations" in entries:
        stops = hosted(problem)
        met = stops[stops["column"].isin(_columns(entries["delegations"]))]
        return len(met[["sponsor", "phase"]].drop_duplicates()), ()
    if "participations" in entries:
        return _places(problem, _columns(entries["participations"]), by_booths=target.counts is Counts.BOOTHS)
    once = sum(len(_columns(pieces)) for pieces in entries.values())
    if target.counts is not Counts.FIRMS:
        return once, ()
    every = target.model_copy(update={"counts": Counts.PARTICIPATIONS})
    most, narrow = _reach(problem, every)
    return (most, narrow) if most < once else (once, ())


def _columns(pieces: Sequence[tuple[Any, Any, Any]]) -> NDArray[np.int64]:
    return np.concatenate([np.asarray(columns, np.int64) for _, columns, _ in pieces])


def _places(problem: Problem, columns: NDArray[np.int64], *, by_booths: bool) -> tuple[int, tuple[Blame, ...]]:
    """Booths, or places, of these participations: phase by phase what is asked for, or what a quota over all of it leaves."""
    places = numbered(problem.participations).iloc[columns]
    counts = places.assign(counts=places["booths"] if by_booths else 1)
    asked = counts.groupby(["phase", "application"])["counts"].max().groupby("phase").sum()
    met = asked.to_frame("asked").join(_caps(problem, counts, by_booths=by_booths), how="left")
    bound = met["bound"].fillna(np.inf)
    tight = met[bound < met["asked"]]
    return int(np.minimum(met["asked"], bound).sum()), tuple(Blame("booth-quota", name) for name in tight["name"])


def _caps(problem: Problem, counts: pd.DataFrame, *, by_booths: bool) -> pd.DataFrame:
    """For each phase the smallest quota that everything counted there falls under: `bound` in booths or places, `name`."""
    bounds, within = used(problem.programme, numbered(problem.participations)[PLACE])
    within = within[within["column"].isin(counts["column"]) & (within["uses"] > 0)]
    within = within[within["kind"].isin(["booths"] if by_booths else ["booths", "firms"])]
    covered = within.groupby("row").agg(places=("column", "size"), least=("uses", "min"))
    rows = bounds.iloc[covered.index.to_numpy(dtype=np.int64)]
    least = 1 if by_booths else covered["least"].to_numpy()
    full = rows["phase"].map(counts.groupby("phase").size()).to_numpy() == covered["places"].to_numpy()
    rows = rows.assign(bound=rows["bound"].to_numpy() // least)[full]
    rows = rows.sort_values(["phase", "bound", "above", "kind"], kind="stable").drop_duplicates("phase")
    names = [label(*one) for one in rows[["phase", "section", "above", "kind"]].itertuples(index=False, name=None)]
    caps: pd.DataFrame = rows.assign(name=names).set_index("phase")[["bound", "name"]]
    return caps


def approvals(problem: Problem) -> Iterator[Precheck]:
    """Permits for which no party could be posed: other route, more people, or other days than were approved."""
    from fairplanner.rules.approvals import Approvals

    approved = {a.approval_id: a for a in permits(problem.programme)}
    for made in Approvals().rows(problem):
        for n, name in enumerate(made.labels):
            if name in approved and not made.terms["delegations"][[n]].nnz:
                a = approved[name]
                facts = told(
                    approval=name, zone=a.zone_id, phases=";".join(a.phases), people=a.people,
                    depart=a.depart.isoformat(), back=a.back.isoformat(),
                )  # fmt: skip
                reasons = tuple(
                    e for e in problem.excluded if e.kind in ("delegation", "trip", "phase") and e.phase_id in a.phases
                    and e.zone_id in ("", a.zone_id)
                )  # fmt: skip
                yield Precheck("approval", (Blame("approvals", name),), facts, reasons=reasons)


def quota_tree(problem: Problem) -> Iterator[Precheck]:
    """Quotas of zones right below another that add up to more than it has: some of them cannot be used."""
    programme = problem.programme
    below: dict[tuple[str, str, str], int] = defaultdict(int)
    booths = {(q.phase_id, q.section_id, q.zone_id): q.booths for q in programme.quotas if q.booths is not None}
    for (phase_id, section_id, zone_id), own in sorted(booths.items()):
        above = next((z for z in programme.zones_above(zone_id)[1:] if (phase_id, section_id, z) in booths), "")
        if above:
            below[phase_id, section_id, above] += own
    for (phase_id, section_id, zone_id), total in sorted(below.items()):
        bound = booths[phase_id, section_id, zone_id] or 0
        if total > bound:
            name = Blame("booth-quota", label(phase_id, section_id, zone_id, "booths"))
            facts = told(phase=phase_id, section=section_id, zone=zone_id, needed=total, bound=bound)
            yield Precheck("quota-tree", (name,), facts, is_fatal=False)


def least_firms(problem: Problem) -> Iterator[Precheck]:
    """Fairs to which nobody can go because no zone has firms enough for the least that a delegation must have."""
    short: dict[str, tuple[int, int]] = {}
    for e in problem.excluded:
        if e.kind == "delegation" and e.rule == "delegation-size":
            facts = dict(e.facts)
            found = (int(facts["firms"]), int(facts["least"]))
            short[e.phase_id] = max(short.get(e.phase_id, found), found)
    possible = set(problem.stops["phase"])
    for phase_id, (firms, least) in sorted(short.items()):
        if phase_id not in possible:
            facts_ = told(phase=phase_id, firms=firms, least=least)
            yield Precheck("least-firms", (Blame("delegation-size", label("", phase_id)),), facts_, is_fatal=False)
