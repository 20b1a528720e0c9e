"""The score of a firm at a phase, out of 100, each part kept; and the order in which places are given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import ApplicationState, Policy
from fairplanner.domain.planning import Application
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.draws import drawn
from fairplanner.rules.reckon.places import quotas_at
from fairplanner.rules.reckon.scores import sheet_of, total

NO_MATCH = 0.2
EMERGING_BONUS = 0.25
PREFERENCE_STEP = 0.3
DEFAULT_FAIR_WEIGHT = 0.5


def sector_match(firm: Sequence[str], offered: Sequence[str]) -> float:
    """1 where a sector is shared, 0.5 where the section or fair names none, else 0.2."""
    if not offered or not firm:
        return 0.5
    return 1.0 if set(firm) & set(offered) else NO_MATCH


def market_match(programme: Programme, firm: Sequence[str], phase_id: str) -> float:
    """0.75 where the fair opens a market the firm aims at (0.5 where either names none, else 0.2), plus 0.25 if emerging."""
    opened = programme.markets_of(phase_id)
    part = 0.5 if not opened or not firm else (0.75 if set(firm) & set(opened) else NO_MATCH)
    return part + (EMERGING_BONUS if programme.market_class(phase_id) == "emerging" else 0)


def score_parts(programme: Programme, application: Application) -> dict[str, float]:
    """Points of each part; a score sheet (part `sheet`) or a score given by the organiser (`given`) replaces the formula."""
    sheet = sheet_of(programme, application)
    if sheet:
        return {"sheet": total(sheet)}
    if application.score is not None:
        return {"given": application.score}
    firm, phase = programme.firm[application.firm_id], programme.phase[application.phase_id]
    section = programme.section.get(application.section_id)
    offered = section.sectors if section and section.sectors else programme.fair[phase.fair_id].sectors
    choice, w = programme.choice(application.phase_id), programme.settings.score
    shares = {
        "sector": (w.sector, sector_match(firm.sectors, offered)),
        "market": (w.market, market_match(programme, firm.markets, application.phase_id)),
        "fair": (w.fair, choice.weight if choice else DEFAULT_FAIR_WEIGHT),
        "record": (w.record, firm.record),
        "preference": (w.preference, max(0.0, 1 - PREFERENCE_STEP * (application.preference - 1))),
    }
    return {name: round(weight * share, 3) for name, (weight, share) in shares.items()}


def score(programme: Programme, application: Application) -> float:
    """Sum of the parts, three decimals."""
    return round(sum(score_parts(programme, application).values()), 3)


def order_key(programme: Programme, application: Application) -> tuple[object, ...]:
    """Sort key in which places are given: by score, by date received, or by draw; ties by exports, date received, firm id.
    Whom the organiser's review put on the reserve list (候补) comes after all others.

    The written order of ties is that of planner.md section 7: 上年度出口额、报名时间、统一社会信用代码.
    """
    behind = application.state is ApplicationState.RESERVE
    if programme.policy(application.phase_id) is Policy.LOTTERY:
        at = application.phase_id, application.section_id, application.application_id
        return (behind, drawn(programme, *at), application.application_id)
    received = application.received or date.max
    exports = programme.firm[application.firm_id].export_usd or Decimal(0)
    tie = (-exports, received, application.firm_id, application.section_id)
    if programme.policy(application.phase_id) is Policy.FIRST_CONFIRMED:
        return (behind, received, -score(programme, application), *tie)
    return (behind, -score(programme, application), *tie)


def quota_zone(programme: Programme, application: Application) -> str:
    """Zone whose share of places the applicant competes for: the nearest above it with a quota there, else the root."""
    at = application.phase_id, application.section_id
    return _quota_zone(programme, programme.firm[application.firm_id].zone_id, *at)


@remembered
def _quota_zone(programme: Programme, zone_id: str, phase_id: str, section_id: str) -> str:
    there = {q.zone_id for q in quotas_at(programme, phase_id) if q.section_id in ("", section_id)}
    return next((zone for zone in programme.zones_above(zone_id) if zone in there), programme.settings.root)
