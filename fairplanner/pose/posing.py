"""Programme -> Problem: every table filled, and everything that cannot be, with its reason."""

from __future__ import annotations

import pandas as pd

from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.pose.applications import eligible, undated_phases
from fairplanner.pose.claims import claim_cashflows, claims
from fairplanner.pose.delegations import delegation_cashflows, delegation_frame, sponsored, trip_frames
from fairplanner.pose.excluded import in_order
from fairplanner.pose.ground import APPLICATION_NUMBERS, ground_of
from fairplanner.pose.hosting import hosted
from fairplanner.pose.invitations import invitations
from fairplanner.pose.journeys import journeys, without_lodging
from fairplanner.pose.participations import packages, participations
from fairplanner.pose.scores import ranked, scored
from fairplanner.rules.tables import SCHEMAS, Problem, frame


def pose(programme: Programme) -> Problem:
    """Pose a programme: what can be decided, as aligned tables in the order of their stable ids.

    The order of the programme's rows changes nothing. Raises KeyError where a currency has no rate.
    """
    ground = ground_of(programme)
    apps, excluded = eligible(ground, ground.applications)
    if programme.settings.invite:
        apps = pd.concat([apps, invitations(ground)], ignore_index=True).astype(APPLICATION_NUMBERS)
    apps, parts = scored(ground, apps)
    made, too_much = packages(ground, apps)
    rows = ranked(ground, participations(programme, made))
    sent = sponsored(programme, rows)
    kept, left_out = hosted(programme, apps, made, rows, sent)
    travel, visits = journeys(programme, kept, rows)
    paid = claims(ground, kept)
    trips, stops = trip_frames(sent.trips)
    told = [
        *undated_phases(programme),
        *excluded,
        *too_much,
        *sent.excluded,
        *left_out,
        *without_lodging(programme, travel, visits),
    ]
    frames = {
        "trips": trips, "stops": stops, "delegations": delegation_frame(programme, sent), "journeys": travel,
        "visits": visits, "participations": kept, "parts": parts[parts["application"].isin(kept["application"])],
        "claims": paid, "cuts": pd.DataFrame(), "cashflows": _cashflows(delegation_cashflows(sent), claim_cashflows(programme, paid)),
    }  # fmt: skip
    tables = {name: frame(name, rows) for name, rows in frames.items()}
    return Problem(programme=programme, excluded=in_order(_once(told)), **tables)


def _cashflows(of_delegations: list[tuple[str, int, str, str, str, int]], of_claims: pd.DataFrame) -> pd.DataFrame:
    first = pd.DataFrame(of_delegations, columns=list(SCHEMAS["cashflows"]))
    return frame("cashflows", pd.concat([frame("cashflows", of_claims), frame("cashflows", first)])).sort_values(
        ["table", "row", "line"], kind="stable"
    )


def _once(rows: list[Excluded]) -> list[Excluded]:
    return list(dict.fromkeys(rows))
