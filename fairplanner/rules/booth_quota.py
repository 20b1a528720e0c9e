"""Places handed down are not exceeded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from fairplanner.domain.kinds import Role, StandKind
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.planning import Quota
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import at_most, labels_of, widths
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import ancestry, numbered

M2_PER_BOOTH = 9
KINDS = ("booths", "area", "firms")


def limit(quota: Quota, kind: str) -> int | None:
    """What a quota row says of booths, area or firms; None: nothing."""
    return {"booths": quota.booths, "area": quota.area_m2, "firms": quota.firms}[kind]


@dataclass(frozen=True)
class BoothQuota(Law):
    """Exhibitors of a zone and of all below it stay within each row of `quotas`; a blank section means all sections.

    `booths` counts standard and brand booths, `area_m2` raw space at 9 m² a booth, `firms` places given. Zones are those of
    the firms, not of their sponsors. Label phase · section · zone · booths, area or firms. Unit of amount: booths, m², places.
    """

    key = "booth-quota"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """One row per quota row and kind of limit."""
        programme = problem.programme
        quotas = pd.DataFrame(
            [(q.phase_id, q.section_id, q.zone_id, kind, bound)
             for q in programme.quotas for kind in KINDS if (bound := limit(q, kind)) is not None],
            columns=["phase", "section", "above", "kind", "bound"],
        ).reset_index(names="row")  # fmt: skip
        places = numbered(problem.participations)
        places = places[places["role"] == Role.EXHIBIT.value]
        within = quotas.merge(
            places.merge(ancestry(programme), on="zone"), on=["phase", "above"], suffixes=("", "_place")
        )
        within = within[(within["section"] == "") | (within["section"] == within["section_place"])]
        raw = within["stand"] == StandKind.RAW.value
        uses = within["booths"].where(within["stand"].isin([StandKind.STANDARD.value, StandKind.BRAND.value]), 0)
        uses = uses.where(within["kind"] != "area", (M2_PER_BOOTH * within["booths"]).where(raw, 0))
        uses = uses.where(within["kind"] != "firms", 1)
        yield at_most(
            labels_of(quotas, ["phase", "section", "above", "kind"]),
            {"participations": [(within["row"], within["column"], uses)]},
            quotas["bound"],
            widths(problem),
        )

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Adds up what the exhibitors under each quota row use."""
        showing = [p for p in plan.participations if p.role is Role.EXHIBIT]
        for quota in programme.quotas:
            under = [p for p in showing if _is_under(programme, quota, p)]
            used = {
                "booths": sum(p.booths for p in under if p.stand in (StandKind.STANDARD, StandKind.BRAND)),
                "area": sum(p.area_m2 for p in under if p.stand is StandKind.RAW),
                "firms": len(under),
            }
            for kind in KINDS:
                most = limit(quota, kind)
                if most is not None and used[kind] > most:
                    name = label(quota.phase_id, quota.section_id, quota.zone_id, kind)
                    yield self.broken(name, used[kind] - most, used=used[kind], quota=most)


def _is_under(programme: Programme, quota: Quota, p: Participation) -> bool:
    at = p.phase_id == quota.phase_id and quota.section_id in ("", p.section_id)
    return at and programme.is_within(programme.firm[p.firm_id].zone_id, quota.zone_id)
