"""Places are handed out as the pack in force says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.kinds import Role
from fairplanner.domain.packs import QuotaRules
from fairplanner.domain.plan import Participation, Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.base import Law
from fairplanner.rules.booth_quota import by_decision
from fairplanner.rules.contract import Rows, label
from fairplanner.rules.helpers import at_most, groups, labels_of, widths
from fairplanner.rules.reckon.applications import allotment_pools
from fairplanner.rules.reckon.kept import held, own_booths
from fairplanner.rules.reckon.orders import BELOW
from fairplanner.rules.reckon.places import is_below, pack_booths, pinned_firms, quota_pack
from fairplanner.rules.tables import Problem
from fairplanner.rules.views import numbered

WHERE = ["phase", "section", "above"]
Shared = dict[str, tuple[QuotaRules, str]]


def shared_phases(programme: Programme) -> Shared:
    """Phases at which firms under the threshold have a share of the places, with the rules and the zone they are for."""
    found = ((q, quota_pack(programme, q)) for q in sorted(programme.phase))
    return {q: (one[1], one[2]) for q, one in found if one is not None and one[1].most_below is not None}


@dataclass(frozen=True)
class Allotment(Law):
    """Nobody exhibits with more booths than the booth-base procedure gave it (`reckon.booth_base`), than one firm may have in
    a section (C-MAX10), or at all where it is under the export threshold and such firms have no share.

    Where they have a share (C-NEW20), in each section the firms under the threshold, but for those placed by decision, are at
    most that share of all firms of the zone that exhibit: whole × under <= part × all. Nothing above an allotment is posed.
    A place that is kept (committed or past) is held against none of this.

    Label application (booths too many), or phase · section · zone · below-threshold; the unit of the latter is one firm
    divided by the share's denominator.
    """

    key = "allotment"

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """One row per phase, section and zone of a pack with a share."""
        programme = problem.programme
        shared = shared_phases(programme)
        if not shared:
            return
        places = by_decision(programme, numbered(problem.participations))
        places = places[(places["role"] == Role.EXHIBIT.value) & places["phase"].isin(shared)]
        within = _marked(programme, places, shared)
        at, keys = groups(within, WHERE)
        names = labels_of(keys, WHERE, last=BELOW)
        weight = within["whole"] * within["under"] - within["part"]
        yield at_most(names, {"participations": [(at, within["column"], weight)]}, 0, widths(problem))

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """Holds each stand against its allotment, and counts the firms under the threshold in each section."""
        showing = [p for p in plan.participations if p.role is Role.EXHIBIT]
        booths, pinned, kept = allotment_pools(programme).booths, pinned_firms(programme), held(programme)
        for p in showing:
            application = programme.application.get(p.application_id)
            most = booths.get(p.application_id, p.booths)
            if application is not None:
                most = min(most, pack_booths(programme, application, pinned=(p.firm_id, p.phase_id) in pinned))
            is_own = application is not None and p.booths in own_booths(programme, application)
            if p.booths > most and not is_own:
                yield self.broken(label(p.application_id), p.booths - most, used=p.booths, most=most)
        at = rows_by(showing, "phase_id")
        for phase_id, (rules, zone_id) in shared_phases(programme).items():
            there = [p for p in at.get(phase_id, ()) if _is_of(programme, p, zone_id)]
            for section in sorted({p.section_id for p in there}):
                own = [p for p in there if p.section_id == section]
                free = [p for p in own if (p.firm_id, phase_id) not in pinned and p.application_id not in kept]
                under = sum(is_below(programme, p.firm_id, phase_id) for p in free)
                part, whole = rules.most_below or (1, 1)
                if whole * under > part * len(own):
                    name = label(phase_id, section, zone_id, BELOW)
                    yield self.broken(name, whole * under - part * len(own), used=under, most=part * len(own) // whole)


def _is_of(programme: Programme, p: Participation, zone_id: str) -> bool:
    return programme.is_within(programme.firm[p.firm_id].zone_id, zone_id)


def _marked(programme: Programme, places: pd.DataFrame, shared: Shared) -> pd.DataFrame:
    """Places under a share, with `above` (zone of the pack), `part`, `whole` and `under` (1: counted as under the threshold)."""
    within = {q: {z for z in programme.zone if programme.is_within(z, zone)} for q, (_, zone) in shared.items()}
    found = pd.concat([places[(places["phase"] == q) & places["zone"].isin(zones)] for q, zones in within.items()])
    short = {(f, q) for q in shared for f in programme.firm if is_below(programme, f, q)}
    under = pd.MultiIndex.from_frame(found[["firm", "phase"]]).isin(sorted(short) or [("", "")])
    kept = list(held(programme))
    shares = {q: rules.most_below or (1, 1) for q, (rules, _) in shared.items()}
    return found.assign(
        above=found["phase"].map({q: zone for q, (_, zone) in shared.items()}).astype(object),
        part=found["phase"].map({q: part for q, (part, _) in shares.items()}).astype("int64"),
        whole=found["phase"].map({q: whole for q, (_, whole) in shares.items()}).astype("int64"),
        under=np.where(
            under & ~found["decided"].to_numpy(bool) & ~found["application"].isin(kept).to_numpy(bool), 1, 0
        ),
    )
