"""Places handed down are not exceeded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.kinds import Role, StandKind
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.planning import Quota
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import at_most, labels_of, widths
from fairplanner.rules.reckon.places import open_booths, pinned_firms
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import ancestry, numbered

M2_PER_BOOTH = 9
PLACE = ["column", "firm", "phase", "section", "zone", "role", "stand", "booths"]


def limits(quota: Quota) -> tuple[tuple[str, int], ...]:
    """Name and amount of each bound of a quota row; `open` and `reserve` only where booths are kept back."""
    kept = quota.reserve if quota.booths is not None else 0
    bounds = {
        "booths": quota.booths,
        "open": open_booths(quota, pinned=False) if kept else None,
        "reserve": open_booths(quota, pinned=True) if kept else None,
        "area": quota.area_m2,
        "firms": quota.firms,
    }
    return tuple((kind, bound) for kind, bound in bounds.items() if bound is not None)


@dataclass(frozen=True)
class BoothQuota(Law):
    """Exhibitors of a zone and of all below it stay within each row of `quotas`; a blank section means all sections.

    `booths` counts standard and brand booths, `area_m2` raw space at 9 m² a booth, `firms` places given. Where a row keeps
    booths back (机动展位), they go by decision only: booths of firms with a must-go or keep decision stay within the
    `reserve`, those of all others within what it leaves `open` (planner.md 19). Zones are those of the firms, not of their
    sponsors. Label phase · section · zone · booths, open, reserve, area or firms. Unit of amount: booths, m², places.
    """

    key = "booth-quota"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """One row per quota row and kind of limit."""
        if not problem.programme.quotas:
            return
        quotas, within = used(problem.programme, numbered(problem.participations)[PLACE])
        yield at_most(
            labels_of(quotas, ["phase", "section", "above", "kind"]),
            {"participations": [(within["row"], within["column"], within["uses"])]},
            quotas["bound"],
            widths(problem),
        )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what the exhibitors under each quota row use."""
        showing = [p for p in plan.participations if p.role is Role.EXHIBIT]
        there, pinned = rows_by(showing, "phase_id"), pinned_firms(programme)
        for quota in programme.quotas:
            under = [p for p in there.get(quota.phase_id, ()) if _is_under(programme, quota, p)]
            booths = [(p, p.booths) for p in under if p.stand in (StandKind.STANDARD, StandKind.BRAND)]
            decided = sum(n for p, n in booths if (p.firm_id, p.phase_id) in pinned)
            every = sum(n for _, n in booths)
            area = sum(p.area_m2 for p in under if p.stand is StandKind.RAW)
            used = {"booths": every, "open": every - decided, "reserve": decided, "area": area, "firms": len(under)}
            for kind, most in limits(quota):
                if used[kind] > most:
                    name = label(quota.phase_id, quota.section_id, quota.zone_id, kind)
                    yield self.broken(name, used[kind] - most, used=used[kind], quota=most)


def used(programme: Programme, places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each bound of each quota row (`phase`, `section`, `above`, `kind`, `bound`), and what places (PLACE) use of it.

    The second has one line for each bound (`row`) and exhibitor's place under it, with `uses`.
    """
    quotas = pd.DataFrame(
        [(q.phase_id, q.section_id, q.zone_id, kind, bound) for q in programme.quotas for kind, bound in limits(q)],
        columns=["phase", "section", "above", "kind", "bound"],
    ).reset_index(names="row")
    places = by_decision(programme, places)
    places = places[places["role"] == Role.EXHIBIT.value]
    within = quotas.merge(places.merge(ancestry(programme), on="zone"), on=["phase", "above"], suffixes=("", "_place"))
    within = within[(within["section"] == "") | (within["section"] == within["section_place"])]
    return quotas, within.assign(uses=_uses(within))


def by_decision(programme: Programme, places: pd.DataFrame) -> pd.DataFrame:
    """The places with `decided`: whether a decision gives the firm its place at the phase."""
    pinned = pinned_firms(programme)
    if not pinned:
        return places.assign(decided=False)
    given = pd.MultiIndex.from_tuples(sorted(pinned))
    return places.assign(decided=pd.MultiIndex.from_frame(places[["firm", "phase"]]).isin(given))


def _uses(within: pd.DataFrame) -> pd.Series:
    """What each place uses of the limit it is held against."""
    is_booth, kind = within["stand"].isin([StandKind.STANDARD.value, StandKind.BRAND.value]), within["kind"]
    booths, decided = within["booths"].where(is_booth, 0), within["decided"].astype(bool)
    uses = booths.where((kind != "open") | ~decided, 0).where((kind != "reserve") | decided, 0)
    uses = uses.where(
        kind != "area", (M2_PER_BOOTH * within["booths"]).where(within["stand"] == StandKind.RAW.value, 0)
    )
    return uses.where(kind != "firms", 1)


def _is_under(programme: Programme, quota: Quota, p: Participation) -> bool:
    return quota.section_id in ("", p.section_id) and programme.is_within(
        programme.firm[p.firm_id].zone_id, quota.zone_id
    )
