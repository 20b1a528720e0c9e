"""Invitations: firms whose sectors a fair or one of its sections shows, and that have not applied there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import ApplicationState, Role, StandKind, Wish
from fairplanner.pose.ground import APPLICATION_COLUMNS, NEVER, Ground
from fairplanner.pose.scores import matches, scored

# A firm that has not asked has no order of preference: far enough down that this part of the score is 0.
NO_PREFERENCE = 9


def offers(ground: Ground) -> pd.DataFrame:
    """What there is to be invited to: phase × section with its sectors, or the phase as a whole where none has any."""
    programme, rows = ground.programme, []
    sections: dict[tuple[str, int], list[str]] = {}
    for s in sorted(programme.sections, key=lambda s: s.section_id):
        if s.sectors:
            sections.setdefault((s.fair_id, s.phase), []).append(s.section_id)
    open_ones = ground.phases[ground.phases["closes"] >= programme.settings.as_of.toordinal()]
    for phase, fair, number in open_ones[["phase", "fair", "number"]].itertuples(index=False, name=None):
        roles = programme.fair[fair].roles
        role = Role.EXHIBIT.value if Role.EXHIBIT.value in roles or not roles else roles[0]
        for section in sections.get((fair, number), [""]):
            sectors = programme.section[section].sectors if section else programme.fair[fair].sectors
            rows.append((phase, section, role, sectors))
    return pd.DataFrame(rows, columns=["phase", "section", "role", "sectors"])


def invitations(ground: Ground) -> pd.DataFrame:
    """Rows like applications, marked `invited`: at most `most_invitations` a firm, the best scores first."""
    programme, offered = ground.programme, offers(ground)
    firms = ground.firms[ground.firms["home"] != ""].reset_index(drop=True)
    shared, _ = matches([programme.firm[f].sectors for f in firms["firm"]], list(offered["sectors"]))
    firm, offer = np.nonzero(shared)
    rows = firms.iloc[firm][["firm", "zone", "home"]].reset_index(drop=True)
    rows = pd.concat([rows, offered.iloc[offer].reset_index(drop=True)], axis=1).drop(columns="sectors")
    rows = rows.sort_values(["firm", "phase", "section"], kind="stable").drop_duplicates(["firm", "phase"])
    applied = pd.MultiIndex.from_frame(ground.applications[["firm", "phase"]])
    rows = rows[~pd.MultiIndex.from_frame(rows[["firm", "phase"]]).isin(applied)].reset_index(drop=True)
    best, _ = scored(ground, _as_applications(rows))
    best = best.sort_values(["firm", "score", "phase"], ascending=[True, False, True], kind="stable")
    top = best[best.groupby("firm").cumcount() < programme.settings.most_invitations]
    return top.drop(columns="score").sort_values("application", kind="stable").reset_index(drop=True)


def _as_applications(rows: pd.DataFrame) -> pd.DataFrame:
    section = rows["section"].where(rows["section"] != "", "-")
    exhibits = rows["role"] == Role.EXHIBIT.value
    stand = pd.Series(StandKind.STANDARD.value, index=rows.index).where(exhibits, StandKind.NONE.value)
    made = rows.assign(
        application=rows["firm"] + "/" + rows["phase"] + "/" + section, wish=Wish.WOULD_ACCEPT.value, stand=stand,
        booths=1, least=1, preference=NO_PREFERENCE, people=2, received=NEVER, recommended_by="", given=np.nan,
        state=ApplicationState.WISH.value, committed=NEVER, invited=True,
    )  # fmt: skip
    return made[[*APPLICATION_COLUMNS, "zone", "home"]]
