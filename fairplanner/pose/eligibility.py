"""Which packages fall under a subsidy: decided by phase, by zone, by firm and by application, each once, and put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import Nature
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.programme import Programme
from fairplanner.pose.firm_tests import UNKNOWN_FACTS, tested
from fairplanner.pose.ground import Bools, Ground, firm_rows, phase_rows, positions
from fairplanner.rules.reckon.eligibility import paid_day
from fairplanner.rules.reckon.money import is_member
from fairplanner.rules.reckon.uses import pays


@dataclass(frozen=True)
class Fitting:
    """One answer a row: whether it falls under the subsidy, and what a firm could have done about it where it does not.

    `told` is '' unless everything else fits: `lead-time`, `committed`, or a fact about the firm that is not known.
    """

    fits: Bools
    told: np.ndarray


def fitting(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> Fitting:
    """Rows of packages: columns firm, zone, phase, role, stand, received, committed."""
    firm, phase = firm_rows(ground, rows), phase_rows(ground, rows)
    placed = _of_phases(ground, subsidy)[phase] & _of_zones(ground, subsidy, rows, phase) & _as_shown(subsidy, rows)
    of_firm = tested(ground, subsidy.of, firm, phase)
    askable, at = of_firm.unknown.copy(), np.flatnonzero(of_firm.unknown)
    askable[at] = np.isin(of_firm.why[at].astype(str), UNKNOWN_FACTS)
    late, bound = _late(ground, subsidy, rows, phase), _bound(subsidy, rows)
    fits: Bools = placed & of_firm.passes & ~late & ~bound
    told, passed = np.full(len(rows), "", dtype=object), placed & of_firm.passes
    told[passed & bound], told[passed & late] = "committed", "lead-time"
    said = placed & askable & ~of_firm.passes
    told[said] = of_firm.why[said]
    return Fitting(fits, told)


def _of_phases(ground: Ground, subsidy: Subsidy) -> Bools:
    """What the subsidy and its fund ask of the phase alone, for each row of `ground.phases`."""
    programme, fund = ground.programme, ground.programme.fund.get(subsidy.fund_id)
    if fund is None or fund.nature is not Nature.TRADE_DEVELOPMENT:
        return np.zeros(len(ground.phases), dtype=bool)
    if not all(pays(programme, fund, line) for line in subsidy.lines):
        return np.zeros(len(ground.phases), dtype=bool)
    return np.array([_meant(programme, subsidy, q) for q in ground.phases["phase"]], dtype=bool)


def _meant(programme: Programme, subsidy: Subsidy, phase_id: str) -> bool:
    phase, fund = programme.phase[phase_id], programme.fund[subsidy.fund_id]
    regime, markets = programme.regime(phase_id), set(programme.markets_of(phase_id))
    there, end = programme.territory_of(phase_id), phase.end
    known = bool(there or programme.fair[phase.fair_id].markets)
    assert end is not None  # noqa: S101  (why_unusable has said so)
    return (
        (subsidy.valid_from is None or subsidy.valid_from <= end)
        and (subsidy.valid_to is None or end <= subsidy.valid_to)
        and fund.period_from <= paid_day(programme, subsidy, phase_id) <= fund.period_to
        and subsidy.where.covers(regime)
        and (not subsidy.regimes or regime in subsidy.regimes)
        and (not subsidy.territories or there in subsidy.territories)
        and not (subsidy.not_territories and there in ("", *subsidy.not_territories))
        and (not subsidy.markets or bool(markets & set(subsidy.markets)))
        and not (subsidy.not_markets and (not known or markets & set(subsidy.not_markets)))
        and subsidy.market_class in ("", programme.market_class(phase_id))
        and (not subsidy.fairs or phase.fair_id in subsidy.fairs)
    )


def _of_zones(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame, phase: np.ndarray) -> Bools:
    """What they ask of the zone, and of its membership in the year of payment; once for each zone and year."""
    programme = ground.programme
    paid = [paid_day(programme, subsidy, q).year for q in ground.phases["phase"]]
    years, year_of = np.unique(np.array(paid, dtype=np.int64), return_inverse=True)
    zones = sorted(programme.zone)
    served = [[_served(programme, subsidy, zone, year) for year in years.tolist()] for zone in zones]
    zone = positions(ground.firms["zone"], pd.Series(zones, dtype=object))[firm_rows(ground, rows)]
    found: Bools = np.array(served, dtype=bool).reshape(len(zones), len(years))[zone, year_of[phase]]
    return found


def _served(programme: Programme, subsidy: Subsidy, zone: str, year: int) -> bool:
    fund = programme.fund.get(subsidy.fund_id)
    if fund is None or not programme.is_within(zone, fund.zone_id):
        return False
    if subsidy.zone_id and not programme.is_within(zone, subsidy.zone_id):
        return False
    return not fund.scheme or is_member(programme, zone, fund.scheme, year)


def _as_shown(subsidy: Subsidy, rows: pd.DataFrame) -> Bools:
    role = rows["role"].isin([r.value for r in subsidy.roles]).to_numpy(dtype=bool)
    if not subsidy.stands or subsidy.on_journeys:
        return role
    return role & rows["stand"].isin([s.value for s in subsidy.stands]).to_numpy(dtype=bool)


def _late(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame, phase: np.ndarray) -> Bools:
    """Applications that came in too late before opening, or not yet."""
    if subsidy.lead_days is None:
        return np.zeros(len(rows), dtype=bool)
    opens = ground.phases["start"].to_numpy(dtype=np.int64)[phase]
    found: Bools = rows["received"].to_numpy(dtype=np.int64) > opens - subsidy.lead_days
    return found


def _bound(subsidy: Subsidy, rows: pd.DataFrame) -> Bools:
    """Applications of firms that had signed before they applied; NEVER stands for no day in both columns."""
    found: Bools = rows["committed"].to_numpy(dtype=np.int64) < rows["received"].to_numpy(dtype=np.int64)
    return found & subsidy.not_committed
