"""What those who must go need together, held against each limit: the least they can need, so that a finding is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from fairplanner.errors import Blame
from fairplanner.explain.conflicts.pins import Precheck, pins_of, told
from fairplanner.rules.booth_quota import PLACE, used
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem, once
from fairplanner.rules.views import PARTICIPATION_COSTS, numbered, visited


def pinned_firms(problem: Problem) -> pd.DataFrame:
    """Firms that must go: `firm`, `phase`, one row each."""
    pins = sorted({(p.who, p.phase_id) for p in pins_of(problem) if p.is_firm})
    return pd.DataFrame(pins, columns=["firm", "phase"], dtype=object)


def said_by(problem: Problem, places: Iterable[tuple[str, str]]) -> tuple[Blame, ...]:
    """The labels that say so of (firm or zone, phase)."""
    wanted = set(places)
    return tuple(sorted({p.by for p in pins_of(problem) if (p.who, p.phase_id) in wanted}))


def quotas(problem: Problem) -> Iterator[Precheck]:
    """Booths, area or places that firms which must go take at least, against each row of `quotas`."""
    firms = pinned_firms(problem)
    if firms.empty or not problem.programme.quotas:
        return
    places = numbered(problem.participations)
    of_pins = places.merge(firms, on=["firm", "phase"])
    bounds, within = used(problem.programme, places[PLACE])
    ways = of_pins.groupby(["firm", "phase"], as_index=False).agg(ways=("column", "size"))
    needs = within[within["column"].isin(of_pins["column"])].groupby(["row", "firm", "phase"], as_index=False)
    least = needs.agg(uses=("uses", "min"), under=("uses", "size")).merge(ways, on=["firm", "phase"])
    least = least[least["under"] == least["ways"]]
    for row, own in least[least["uses"] > 0].groupby("row"):
        quota = bounds.iloc[int(str(row))]
        needed = int(own["uses"].sum())
        if needed > quota["bound"]:
            name = Blame("booth-quota", label(quota["phase"], quota["section"], quota["above"], quota["kind"]))
            pins = said_by(problem, own[["firm", "phase"]].itertuples(index=False, name=None))
            facts = told(
                phase=quota["phase"], section=quota["section"], zone=quota["above"], unit=quota["kind"],
                firms=len(own), needed=needed, bound=quota["bound"],
            )  # fmt: skip
            yield Precheck("quota", (name, *pins), facts)


def most_phases(problem: Problem) -> Iterator[Precheck]:
    """Phases at which a firm must be, against its most phases of the year."""
    for firm_id, phases in _phases_of_firms(problem).items():
        firm = problem.programme.firm.get(firm_id)
        if firm is not None and firm.max_phases is not None and len(phases) > firm.max_phases:
            pins = said_by(problem, [(firm_id, q) for q in phases])
            facts = told(firm=firm_id, needed=len(phases), bound=firm.max_phases)
            yield Precheck("most-phases", (Blame("most-phases", label(firm_id)), *pins), facts)


def _phases_of_firms(problem: Problem) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for firm_id, phase_id in pinned_firms(problem).itertuples(index=False, name=None):
        found[firm_id].append(phase_id)
    return dict(sorted(found.items()))


@once
def _spans(problem: Problem) -> pd.DataFrame:
    """Firm × phase that must be: the days on which it is away whatever journey it takes (`first` > `last`: none)."""
    seen = visited(problem).merge(pinned_firms(problem), on=["firm", "phase"])
    days = problem.journeys[["depart", "return"]].iloc[seen["column"].to_numpy()]
    seen = seen.assign(depart=days["depart"].to_numpy(), back=days["return"].to_numpy())
    spans = seen.groupby(["firm", "phase"], as_index=False).agg(first=("depart", "max"), last=("back", "min"))
    return spans[spans["first"] <= spans["last"]]


def teams(problem: Problem) -> Iterator[Precheck]:
    """Phases at which a firm must be at the same time and that no one journey takes in, against its teams."""
    for firm_id, own in _spans(problem).groupby("firm"):
        firm = problem.programme.firm[str(firm_id)]
        together = _one_journey(problem, str(firm_id))
        for day in sorted(set(own["first"])):
            out = own[(own["first"] <= day) & (own["last"] >= day)]["phase"].tolist()
            apart = [q for n, q in enumerate(out) if not any(frozenset((q, other)) in together for other in out[:n])]
            if len(apart) > firm.teams:
                pins = said_by(problem, [(str(firm_id), q) for q in apart])
                facts = told(firm=firm_id, phases=";".join(apart), needed=len(apart), bound=firm.teams)
                yield Precheck("teams", (Blame("firm-teams", label(firm_id)), *pins), facts)
                break


def _one_journey(problem: Problem, firm_id: str) -> set[frozenset[str]]:
    """Pairs of phases that some journey of the firm takes in together."""
    seen = problem.visits[problem.visits["firm"] == firm_id]
    pairs = seen.merge(seen, on="journey", suffixes=("", "_other"))
    pairs = pairs[pairs["phase"] < pairs["phase_other"]]
    return {frozenset(pair) for pair in pairs[["phase", "phase_other"]].itertuples(index=False, name=None)}


def own_money(problem: Problem) -> Iterator[Precheck]:
    """Cheapest places of a firm that must go, less all that it could ever be paid back, against its own money."""
    firms = pinned_firms(problem)
    limited = {f.firm_id: f.own_money for f in problem.programme.firms if f.own_money is not None}
    firms = firms[firms["firm"].isin(list(limited))]
    if firms.empty:
        return
    places = problem.participations.merge(firms, on=["firm", "phase"])
    costs = places.assign(pays=places[PARTICIPATION_COSTS].sum(axis=1)).groupby(["firm", "phase"])["pays"].min()
    claims = problem.claims[problem.claims["firm"].isin(firms["firm"])].groupby("firm")["amount"].sum()
    for firm_id, pays in costs.groupby("firm").sum().items():
        least = int(pays) + _cheapest_journeys(problem, str(firm_id)) - int(claims.get(firm_id, 0))
        own = to_fen(limited[str(firm_id)])
        if least > own:
            phases = firms[firms["firm"] == firm_id]["phase"].tolist()
            facts = told(firm=firm_id, phases=";".join(phases), needed=least, bound=own)
            pins = said_by(problem, [(str(firm_id), q) for q in phases])
            yield Precheck("own-money", (Blame("own-money", label(firm_id)), *pins), facts)


def _cheapest_journeys(problem: Problem, firm_id: str) -> int:
    """Fen of the journeys that a firm's pinned phases take at least; phases that one journey may take in count once."""
    seen = visited(problem).merge(pinned_firms(problem), on=["firm", "phase"])
    seen = seen[seen["firm"] == firm_id]
    rows = problem.journeys.iloc[seen["column"].to_numpy()]
    least = seen.assign(pays=(rows["fare"] + rows["lodging"]).to_numpy()).groupby("phase")["pays"].min()
    together = _one_journey(problem, firm_id)
    apart: list[str] = []
    for phase_id in least.sort_values(ascending=False, kind="stable").index.tolist():
        if not any(frozenset((phase_id, other)) in together for other in apart):
            apart.append(phase_id)
    return int(least[apart].sum())
