"""Programme -> Problem: every table filled, and everything that cannot be, with its reason."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.pose.applications import eligible, undated_phases
from fairplanner.pose.cashflows import claim_cashflows, cut_cashflows
from fairplanner.pose.claims import claims
from fairplanner.pose.cuts import cuts
from fairplanner.pose.delegations import delegation_cashflows, delegation_frame, sponsored, trip_frames
from fairplanner.pose.excluded import in_order
from fairplanner.pose.ground import APPLICATION_NUMBERS, ground_of, with_places
from fairplanner.pose.hosting import hosted
from fairplanner.pose.invitations import invitations
from fairplanner.pose.journeys import journeys, without_lodging
from fairplanner.pose.participations import packages, participations
from fairplanner.pose.scores import ranked, scored
from fairplanner.rules.cells import claims_in_cells, uncut_cells, uncut_limits
from fairplanner.rules.tables import SCHEMAS, Problem, carry, frame


def pose(programme: Programme) -> Problem:
    """Pose a programme: what can be decided, as aligned tables in the order of their stable ids.

    The order of the programme's rows changes nothing. Raises KeyError where a currency has no rate.
    """
    ground = ground_of(programme)
    apps, excluded = eligible(ground, ground.applications)
    if programme.settings.invite:
        apps = pd.concat([apps, invitations(ground)], ignore_index=True).astype(APPLICATION_NUMBERS)
    apps, parts = scored(ground, with_places(ground, apps))
    made, too_much = packages(ground, apps)
    rows = ranked(ground, participations(programme, made))
    sent = sponsored(programme, rows)
    kept, left_out = hosted(programme, apps, made, rows, sent)
    travel, visits = journeys(programme, kept, rows)
    paid, unpaid = claims(ground, kept, travel, visits)
    trips, stops = trip_frames(sent.trips)
    told = [
        *undated_phases(programme),
        *excluded,
        *too_much,
        *sent.excluded,
        *left_out,
        *without_lodging(programme, travel, visits),
        *unpaid,
    ]
    frames = {
        "trips": trips, "stops": stops, "delegations": delegation_frame(programme, sent), "journeys": travel,
        "visits": visits, "participations": kept, "parts": parts[parts["application"].isin(kept["application"])],
        "claims": paid, "cuts": pd.DataFrame(), "cashflows": _flows(delegation_cashflows(sent)),
    }  # fmt: skip
    tables = {name: frame(name, rows) for name, rows in frames.items()}
    return _with_cuts(Problem(programme=programme, excluded=in_order(_once(told)), **tables))


def _with_cuts(uncut: Problem) -> Problem:
    """The problem with what may be cut of its claims, and with what claims and cuts take from the funds."""
    may_be_cut = frame("cuts", cuts(uncut))
    of_claims, of_cuts = claim_cashflows(uncut.programme, uncut.claims), cut_cashflows(uncut.programme, may_be_cut)
    flows = pd.concat([frame("cashflows", of_claims), frame("cashflows", of_cuts), uncut.cashflows])
    ordered = flows.sort_values(["table", "row", "line"], kind="stable")
    made = replace(uncut, cuts=may_be_cut, cashflows=frame("cashflows", ordered))
    carry(uncut, made, claims_in_cells, uncut_cells, uncut_limits)
    return made


def _once(rows: list[Excluded]) -> list[Excluded]:
    return list(dict.fromkeys(rows))


def _flows(rows: list[tuple[str, int, str, str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(SCHEMAS["cashflows"]))
