"""Participations: application × sponsor × number of booths, with what each is worth and what it costs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import CostLine, Role, StandKind
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Quota
from fairplanner.domain.programme import Programme
from fairplanner.pose.allotted import allotted, by_decision
from fairplanner.pose.as_kept import as_kept, is_kept
from fairplanner.pose.claims import most_paid_back
from fairplanner.pose.costs import cost_of, with_other_costs
from fairplanner.pose.ground import NO_LIMIT, Ground, Ints, firm_rows, phase_rows
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.money import from_fen, stand_price, to_fen
from fairplanner.rules.reckon.places import open_booths
from fairplanner.rules.reckon.points import FEN_PER_1000, milli

UNKNOWN_PRICE = -1
SQUARE_METRES = 9


def sponsors_of(programme: Programme, zone: str, recommended_by: str) -> tuple[str, ...]:
    """Zones that may take a firm, as far as they send: from the one that recommends it, else its own, upwards."""
    return tuple(z for z in programme.zones_above(recommended_by or zone) if programme.zone[z].sends)


def with_sponsors(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """One row an application and sponsor."""
    routes = rows[["zone", "recommended_by"]].drop_duplicates()
    pairs = [
        (zone, by, sponsor)
        for zone, by in routes.itertuples(index=False, name=None)
        for sponsor in sponsors_of(programme, zone, by)
    ]
    return rows.merge(pd.DataFrame(pairs, columns=["zone", "recommended_by", "sponsor"]), on=["zone", "recommended_by"])


def with_packages(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an application and number of booths, from the fewest it accepts (at least 1) to what it wants.

    Only exhibitors have booths; the others have one package of none.
    """
    exhibits = (rows["role"] == Role.EXHIBIT.value).to_numpy(dtype=bool)
    lowest = np.where(exhibits, np.maximum(1, rows["least"].to_numpy(dtype=np.int64)), 0)
    highest = np.where(exhibits, rows["booths"].to_numpy(dtype=np.int64), 0)
    counts = np.maximum(0, highest - lowest + 1)
    packages = rows.loc[rows.index.repeat(counts)].reset_index(drop=True)
    step = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    stand = packages["stand"].where(np.repeat(exhibits, counts), StandKind.NONE.value)
    return packages.assign(booths=np.repeat(lowest, counts) + step, stand=stand)


def with_stand_cost(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `price` (fen a booth, UNKNOWN_PRICE where the programme has none) and `stand_cost` (fen; 0 where unknown)."""
    kinds = rows[["phase", "stand"]].drop_duplicates()
    prices = [
        stand_price(programme, phase, StandKind(stand)) for phase, stand in kinds.itertuples(index=False, name=None)
    ]
    priced = kinds.assign(price=np.array([UNKNOWN_PRICE if p is None else to_fen(p) for p in prices], dtype=np.int64))
    rows = rows.merge(priced, on=["phase", "stand"], how="left")
    return rows.assign(stand_cost=rows["price"].clip(lower=0) * rows["booths"])


def with_people(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """Exhibitors send at most so many people a booth as the profile says, and at least one."""
    per_booth = ground.phases["people_per_booth"].to_numpy(dtype=np.int64)[phase_rows(ground, rows)]
    people, booths = rows["people"].to_numpy(dtype=np.int64), rows["booths"].to_numpy(dtype=np.int64)
    limited = (per_booth != NO_LIMIT) & (rows["role"] == Role.EXHIBIT.value).to_numpy(dtype=bool)
    return rows.assign(people=np.where(limited, np.maximum(1, np.minimum(people, per_booth * booths)), people))


def cost_points(programme: Programme, fen: Ints) -> Ints:
    """Thousandths of a point that costs take away."""
    points: Ints = fen * milli(programme.settings.value.cost_per_1000) // FEN_PER_1000
    return points


def with_value(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `value` (score and its share for further booths) and `gain` (value less all costs), thousandths of a point."""
    first = np.rint(rows["score"].to_numpy(dtype=np.float64) * 1000).astype(np.int64)
    further = milli(programme.settings.value.further_booth)
    value = first + first * np.maximum(0, rows["booths"].to_numpy(dtype=np.int64) - 1) * further // 1000
    return rows.assign(value=value, gain=value - cost_points(programme, cost_of(rows)))


def too_dear(ground: Ground, rows: pd.DataFrame) -> tuple[pd.Series, list[Excluded]]:
    """Packages that alone, with everything paid back that can be, cost more than the firm's own money."""
    own = ground.firms["own_money"].to_numpy(dtype=np.int64)[firm_rows(ground, rows)]
    cost = cost_of(rows)
    owed = cost - most_paid_back(ground, rows)
    bad = pd.Series((own != NO_LIMIT) & (owed > own), index=rows.index)
    reasons = fewest(rows.assign(own=own, cost=cost)[bad])
    return bad, [
        _package(row, "own-money", {"cost": str(from_fen(row["cost"])), "own": str(from_fen(row["own"]))})
        for row in reasons.to_dict("records")
    ]


QUOTA_COLUMNS = ["phase", "at", "up", "pinned", "kind", "limit", "quota"]
STANDS_OF = {"booths": (StandKind.STANDARD, StandKind.BRAND), "area": (StandKind.RAW,), "firms": tuple(StandKind)}


def quota_limits(programme: Programme) -> pd.DataFrame:
    """Quotas one row a limit and stand it counts, with `most` booths that one firm can have under it.

    Firms placed by decision (`pinned`) and all others have different booths: the reserve, and what is left of it.
    """
    rows = [
        (q.phase_id, q.section_id, q.zone_id, pinned, kind, limit, label(q.phase_id, q.section_id, q.zone_id, name))
        for q in programme.quotas
        for pinned in (False, True)
        for kind, name, limit in quota_bounds(q, pinned=pinned)
    ]
    limits = pd.DataFrame(rows, columns=QUOTA_COLUMNS)
    stands = pd.DataFrame([(k, s.value) for k, kinds in STANDS_OF.items() for s in kinds], columns=["kind", "stand"])
    limits = limits.merge(stands, on="kind").astype({"limit": "int64"})
    most = limits["limit"].where(limits["kind"] != "area", limits["limit"] // SQUARE_METRES)
    return limits.assign(most=most.where((limits["kind"] != "firms") | (limits["limit"] == 0), NO_LIMIT)).query(
        "most >= 0"
    )


def beyond_quota(programme: Programme, rows: pd.DataFrame) -> tuple[pd.Series, list[Excluded]]:
    """Packages of exhibitors that alone are more than a quota of the firm's zone or one above it."""
    if not programme.quotas:
        return pd.Series(False, index=rows.index), []
    above = pd.DataFrame([(z, up) for z in programme.zone for up in programme.zones_above(z)], columns=["zone", "up"])
    keys = ["phase", "section", "zone", "stand", "pinned"]
    shown = rows.assign(pinned=by_decision(programme, rows))[rows["role"] == Role.EXHIBIT.value]
    met = (
        shown[keys]
        .drop_duplicates()
        .merge(above, on="zone")
        .merge(quota_limits(programme), on=["phase", "up", "stand", "pinned"])
    )
    met = met[(met["at"] == "") | (met["at"] == met["section"])]
    tight = met.sort_values(["most", "quota"], kind="stable").drop_duplicates(keys)
    joined = shown.merge(tight[[*keys, "limit", "quota", "most"]], on=keys, how="left").set_axis(shown.index)
    joined = joined[joined["booths"] > joined["most"]]
    return pd.Series(rows.index.isin(joined.index), index=rows.index), [
        _package(row, "booth-quota", {"limit": str(int(row["limit"])), "quota": str(row["quota"])})
        for row in fewest(joined).to_dict("records")
    ]


def beyond_allotment(programme: Programme, rows: pd.DataFrame) -> tuple[pd.Series, list[Excluded]]:
    """Packages of more booths than the booth-base procedure or the pack in force gives the applicant."""
    most = pd.Series(allotted(programme, rows), index=rows.index)
    bad = (rows["booths"] > most).astype(bool)
    return bad, [
        _package(row, "allotment", {"allotted": str(int(row["most"]))})
        for row in fewest(rows.assign(most=most)[bad]).to_dict("records")
    ]


def quota_bounds(quota: Quota, *, pinned: bool) -> Iterator[tuple[str, str, int]]:
    """Kind, name in labels and limit of each bound that a quota row sets one firm, placed by decision or not."""
    if quota.booths is not None:
        name = ("reserve" if pinned else "open") if quota.reserve else "booths"
        yield "booths", name, open_booths(quota, pinned=pinned)
    if quota.area_m2 is not None:
        yield "area", "area", quota.area_m2
    if quota.firms is not None:
        yield "firms", "firms", quota.firms


def fewest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row an application: its smallest package among these, and how many there are (`count`).

    Invitations are left out: nobody asked for what is not proposed.
    """
    rows = rows[~rows["invited"].astype(bool)]
    if rows.empty:
        return rows.assign(count=0)
    counts = rows.groupby("application")["booths"].nunique()
    first = rows.sort_values(["application", "booths"], kind="stable").drop_duplicates("application")
    return first.assign(count=first["application"].map(counts).astype("int64"))


def _package(row: dict[Hashable, Any], rule: str, more: dict[str, str]) -> Excluded:
    facts = {"application": str(row["application"]), "booths": str(row["booths"])} | more
    ids = {"firm_id": str(row["firm"]), "zone_id": str(row["zone"]), "phase_id": str(row["phase"])}
    count = int(str(row["count"]))
    return Excluded(kind="participation", rule=rule, count=count, facts=tuple(sorted(facts.items())), **ids)


def without_price(rows: pd.DataFrame) -> list[Excluded]:
    """Stands for which the programme knows no price: they count as 0, and nothing can be claimed on them."""
    unpriced = rows[rows["price"] == UNKNOWN_PRICE]
    if unpriced.empty:
        return []
    unknown = unpriced.groupby(["phase", "stand"], as_index=False).agg(count=("application", "nunique"))
    return [
        Excluded(kind="claim", rule="price-unknown", phase_id=phase, count=int(count),
                 facts=(("line", CostLine.STAND.value), ("stand", stand)))
        for phase, stand, count in unknown.itertuples(index=False, name=None)
    ]  # fmt: skip


def packages(ground: Ground, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Excluded]]:
    """Packages of the scored applications that the firm can pay and the quotas allow, before sponsors are added; those that are
    kept whatever they cost."""
    programme = ground.programme
    asked = as_kept(programme, with_packages(rows), "booths")
    made = with_other_costs(programme, with_people(ground, with_stand_cost(programme, asked)))
    stays = is_kept(programme, made)
    dear, no_money = too_dear(ground, made[~stays])
    free = made[~stays].loc[~dear]
    beyond, no_places = beyond_quota(programme, free)
    allowed = free.loc[~beyond]
    over, not_allotted = beyond_allotment(programme, allowed)
    kept = made.loc[stays | made.index.isin(allowed.index[~over])].reset_index(drop=True)
    return with_value(programme, kept), [*no_money, *no_places, *not_allotted, *without_price(kept)]


def with_steps(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """Takes from `gain` the points for each level above its own zone that the firm goes with."""
    above = [(zone, up, level) for zone in programme.zone for level, up in enumerate(programme.zones_above(zone))]
    levels = pd.DataFrame(above, columns=["zone", "sponsor", "level"])
    level = rows[["zone", "sponsor"]].merge(levels, on=["zone", "sponsor"], how="left")["level"].fillna(0)
    points = level.to_numpy(dtype=np.int64) * milli(programme.settings.value.step_up)
    return rows.assign(gain=rows["gain"].to_numpy(dtype=np.int64) - points)


def participations(programme: Programme, made: pd.DataFrame) -> pd.DataFrame:
    """Packages × sponsors with their stable id `application@sponsor#booths`, sorted by it."""
    rows = with_steps(programme, as_kept(programme, with_sponsors(programme, made), "sponsor"))
    ids = rows["application"] + "@" + rows["sponsor"] + "#" + rows["booths"].astype(str)
    fair = rows["phase"].map({q.phase_id: q.fair_id for q in programme.phases})
    return rows.assign(participation=ids, fair=fair).sort_values("participation", kind="stable").reset_index(drop=True)
