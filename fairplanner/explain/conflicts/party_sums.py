"""What delegations that must go need together, held against posts, funds, permits and the most that a delegation may take."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from fairplanner.errors import Blame
from fairplanner.explain.conflicts.pin_sums import pinned_firms, said_by
from fairplanner.explain.conflicts.pins import Precheck, pins_of, sponsors_of, told
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.away import EXHIBITION
from fairplanner.rules.reckon.funds import spendable
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import numbered

POOLS = ("leader_pool", "interpreter_pool")


@dataclass(frozen=True)
class Party:
    """A delegation that must go: `sponsor` to `phase_id`, by these labels."""

    sponsor: str
    phase_id: str
    by: tuple[Blame, ...]


@once
def _parties(problem: Problem) -> list[Party]:
    """Pinned zones, and firms that can go with one zone only."""
    found: dict[tuple[str, str], set[Blame]] = defaultdict(set)
    for pin in pins_of(problem):
        zones = sponsors_of(problem).get((pin.who, pin.phase_id), frozenset()) if pin.is_firm else {pin.who}
        if len(zones) == 1:
            found[next(iter(zones)), pin.phase_id].add(pin.by)
    return [Party(*key, tuple(sorted(names))) for key, names in sorted(found.items())]


def _candidates(problem: Problem) -> pd.DataFrame:
    """Delegations that stop where one must: `party` (number in `_parties`), and their columns."""
    keys = pd.DataFrame(
        [(x.sponsor, x.phase_id, n) for n, x in enumerate(_parties(problem))], columns=["sponsor", "phase", "party"]
    ).astype({"sponsor": object, "phase": object, "party": "int64"})
    sent = numbered(problem.delegations).merge(problem.stops[["trip", "phase"]], on="trip")
    return sent.merge(keys, on=["sponsor", "phase"])


def staff(problem: Problem) -> Iterator[Precheck]:
    """Delegations that must be out on the same day and cannot be one, against the posts of their pool."""
    parties = _parties(problem)
    if not parties:
        return
    posts = Counter(f"{post.zone_id}:{post.skill}" for post in problem.programme.posts)
    met = _candidates(problem)
    joined = {pair for _, own in met.groupby("column")["party"] for pair in combinations(sorted(own), 2)}
    days = problem.trips[["depart", "return"]].iloc[met["trip"].to_numpy()]
    met = met.assign(depart=days["depart"].to_numpy(), back=days["return"].to_numpy())
    for name in POOLS:
        pools = met.groupby("party").agg(
            pools=(name, "nunique"), pool=(name, "min"), first=("depart", "max"), last=("back", "min")
        )
        sure = pools[(pools["pools"] == 1) & (pools["pool"] != "") & (pools["first"] <= pools["last"])]
        yield from _short_pools(parties, sure, posts, joined)


def _short_pools(
    parties: Sequence[Party], sure: pd.DataFrame, posts: Mapping[str, int], joined: set[tuple[int, int]]
) -> Iterator[Precheck]:
    """Each pool on the first day on which it does not do; who may be one delegation counts once."""
    for pool, own in sure.groupby("pool"):
        for day in sorted(set(own["first"])):
            out = sorted(own[(own["first"] <= day) & (own["last"] >= day)].index.tolist())
            apart = [n for at, n in enumerate(out) if not any((other, n) in joined for other in out[:at])]
            if len(apart) > posts[str(pool)]:
                pins = sorted({name for n in apart for name in parties[n].by})
                phases = ";".join(dict.fromkeys(parties[n].phase_id for n in apart))
                facts = told(pool=pool, day=_iso(day), needed=len(apart), bound=posts[str(pool)], phases=phases)
                yield Precheck("staff", (Blame("staff", label(pool)), *pins), facts)
                break


def _iso(day: int) -> str:
    return str(np.datetime64("0001-01-01") + np.timedelta64(int(day) - 1, "D"))


def funds(problem: Problem) -> Iterator[Precheck]:
    """Cheapest delegations that must go, one a zone (it may take several fairs in one journey), against each fund."""
    parties = _parties(problem)
    if not parties:
        return
    met = _candidates(problem)
    paid = met.groupby("party").agg(fund=("fund", "min"), funds=("fund", "nunique"), cost=("cost", "min"))
    sure = paid[(paid["funds"] == 1) & (paid["fund"] != "")]
    sure = sure.assign(zone=[parties[n].sponsor for n in sure.index.tolist()])
    for fund_id, own in sure.groupby("fund"):
        fund = problem.programme.fund[str(fund_id)]
        dearest = own.sort_values(["zone", "cost"], kind="stable").drop_duplicates("zone", keep="last")
        needed, holds = int(dearest["cost"].sum()), to_fen(spendable(problem.programme, fund))
        if needed > holds:
            pins = sorted({name for n in dearest.index.tolist() for name in parties[n].by})
            facts = told(fund=fund_id, needed=needed, bound=holds, parties=len(dearest))
            yield Precheck("fund", (Blame("fund-budget", label(fund_id)), *pins), facts)


def most_firms(problem: Problem) -> Iterator[Precheck]:
    """Firms that must go with the one zone that can take them, against the most that its delegation takes."""
    for zone_id, phase_id, firms in _firms_of(problem):
        most = problem.programme.most_firms(phase_id)
        if most is not None and len(firms) > most:
            pins = said_by(problem, [(firm_id, phase_id) for firm_id in firms])
            facts = told(zone=zone_id, phase=phase_id, needed=len(firms), bound=most)
            yield Precheck("most-firms", (Blame("delegation-size", label(zone_id, phase_id)), *pins), facts)


def permits(problem: Problem) -> Iterator[Precheck]:
    """People that firms which must go with a zone send at least, against its permit for the exhibition."""
    approved = [a for a in problem.programme.approvals if a.kind == EXHIBITION]
    people = problem.participations.groupby(["firm", "phase"])["people"].min().to_dict() if approved else {}
    for zone_id, phase_id, firms in _firms_of(problem) if approved else ():
        needed = sum(people[firm_id, phase_id] for firm_id in firms)
        for a in approved:
            if a.zone_id == zone_id and phase_id in a.phases and needed > a.people:
                pins = said_by(problem, [(firm_id, phase_id) for firm_id in firms])
                facts = told(number=a.number, phase=phase_id, firms=len(firms), needed=needed, bound=a.people)
                yield Precheck("permit-people", (Blame("approvals", label(a.approval_id, phase_id)), *pins), facts)


def _firms_of(problem: Problem) -> Iterator[tuple[str, str, list[str]]]:
    """Zone, phase, and the firms that must go there and can go with that zone only."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for firm_id, phase_id in pinned_firms(problem).itertuples(index=False, name=None):
        zones = sponsors_of(problem).get((firm_id, phase_id), frozenset())
        if len(zones) == 1:
            found[next(iter(zones)), phase_id].append(firm_id)
    yield from ((*key, firms) for key, firms in sorted(found.items()))
