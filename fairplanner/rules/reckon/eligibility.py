"""Whether a firm at a phase falls under a subsidy: the first thing that stands in the way, in a fixed order."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from fairplanner.domain.kinds import Nature, Role, StandKind
from fairplanner.domain.packs import FirmTest, Subsidy
from fairplanner.domain.planning import Application, Firm
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.dates import planned_year
from fairplanner.rules.reckon.money import is_member
from fairplanner.rules.reckon.uses import pays

Reason: TypeAlias = tuple[str, dict[str, str]]
"""A reason key and its facts: `limit` (what is asked) and `value` (what is there; '' where it is not known)."""


def _reason(key: str, limit: object, value: object) -> Reason:
    return key, {"limit": str(limit), "value": "" if value is None else str(value)}


def _several(items: tuple[str, ...]) -> str:
    return ";".join(str(item) for item in items)


def refused(
    programme: Programme,
    subsidy: Subsidy,
    firm_id: str,
    phase_id: str,
    *,
    role: Role,
    stand: StandKind,
    application: Application | None = None,
) -> Reason | None:
    """The first reason why a subsidy does not pay a firm at a phase, with its facts; None: it pays.

    Order: validity, zone, fund, where, territory, market, market-class, fair-list, role, stand, the tests of `passes`,
    lead-time, committed. A fact that is not known never passes. `stand` is not asked of subsidies on journeys.
    """
    zone_id = programme.firm[firm_id].zone_id
    if programme.subsidy.get(subsidy.subsidy_id) is subsidy:
        there = _known_there(programme, subsidy.subsidy_id, zone_id, phase_id)
    else:
        there = _there(programme, subsidy, zone_id, phase_id)
    return (
        there
        or _as_what(subsidy, role, stand)
        or _firm(programme, subsidy, firm_id, phase_id)
        or _in_time(programme, subsidy, phase_id, application)
    )


@remembered
def _known_there(programme: Programme, subsidy_id: str, zone_id: str, phase_id: str) -> Reason | None:
    return _there(programme, programme.subsidy[subsidy_id], zone_id, phase_id)


def _there(programme: Programme, subsidy: Subsidy, zone_id: str, phase_id: str) -> Reason | None:
    """What stands in the way of every firm of a zone at a phase."""
    return (
        _valid(programme, subsidy, phase_id)
        or _zone(programme, subsidy, zone_id)
        or _fund(programme, subsidy, zone_id, phase_id)
        or _fair(programme, subsidy, phase_id)
    )


def could_fit(programme: Programme, subsidy: Subsidy, firm_id: str, phase_id: str, role: Role) -> bool:
    """Whether a subsidy is for firms of that zone that go in that role to fairs of that place: only then is it worth telling
    why it is not paid. An approved list of fairs is not asked."""
    reason = _fair(programme, subsidy, phase_id)
    is_there = reason is None or reason[0] == "fair-list"
    return is_there and role in subsidy.roles and _zone(programme, subsidy, programme.firm[firm_id].zone_id) is None


def _valid(programme: Programme, s: Subsidy, phase_id: str) -> Reason | None:
    """Numbers of a pack hold for fairs that end from its first to its last day."""
    end = programme.phase[phase_id].end
    if end is None or (s.valid_from and end < s.valid_from) or (s.valid_to and end > s.valid_to):
        return _reason("validity", f"{s.valid_from or ''}/{s.valid_to or ''}", end)
    return None


def _zone(programme: Programme, s: Subsidy, own: str) -> Reason | None:
    """Firms of the zone that the pack was chosen for, and of the fund's owner and all below."""
    fund = programme.fund.get(s.fund_id)
    for zone_id in (s.zone_id, fund.zone_id if fund else ""):
        if zone_id and not programme.is_within(own, zone_id):
            return _reason("zone", zone_id, own)
    return None


def _fund(programme: Programme, s: Subsidy, zone_id: str, phase_id: str) -> Reason | None:
    """The fund's nature, lines, period on the day of payment, and the zone's membership in that year.

    Money never moves between natures; a list that does not name a line does not pay it (the 2023 notice and booth fees),
    be it the fund's own or that of its funding programme (`uses.pays`).
    """
    fund = programme.fund.get(s.fund_id)
    if fund is None or fund.nature is not Nature.TRADE_DEVELOPMENT:
        return _reason("fund", Nature.TRADE_DEVELOPMENT.value, fund.nature.value if fund else None)
    for line in s.lines:
        if not pays(programme, fund, line):
            return _reason("fund", _several(tuple(x for x in fund.pays if pays(programme, fund, x))), line.value)
    day = paid_day(programme, s, phase_id)
    if not fund.period_from <= day <= fund.period_to:
        return _reason("fund", f"{fund.period_from}/{fund.period_to}", day)
    if fund.scheme and not is_member(programme, zone_id, fund.scheme, day.year):
        return _reason("fund", f"{fund.scheme} {day.year}", zone_id)
    return None


def paid_day(programme: Programme, subsidy: Subsidy, phase_id: str) -> date:
    """Day on which a subsidy is paid for a phase: last fair day + `paid_after_days`; ValueError without dates.

    A fair is complete when it ends (Shenzhen 2021: «project complete = fair end date»). What is rounded over the year is
    paid in one sum, so many days after the last day of the planned year; `phase_id` is not asked for then.
    """
    yearly = subsidy.round_at == "year"
    end = date(planned_year(programme), 12, 31) if yearly else programme.phase[phase_id].end
    if end is None:
        raise ValueError(f"{phase_id} has no dates")
    return end + timedelta(days=subsidy.paid_after_days)


def _fair(programme: Programme, s: Subsidy, phase_id: str) -> Reason | None:
    regime, fair_id = programme.regime(phase_id), programme.phase[phase_id].fair_id
    if not s.where.covers(regime):
        return _reason("where", s.where.value, regime.value)
    if s.regimes and regime not in s.regimes:
        return _reason("where", _several(s.regimes), regime.value)
    there, markets = programme.territory_of(phase_id), programme.markets_of(phase_id)
    if (s.territories and there not in s.territories) or (s.not_territories and there in ("", *s.not_territories)):
        return _reason("territory", _wanted(s.territories, s.not_territories), there)
    known = bool(there or programme.fair[fair_id].markets)
    if (s.markets and not set(markets) & set(s.markets)) or (
        s.not_markets and (not known or set(markets) & set(s.not_markets))
    ):
        return _reason("market", _wanted(s.markets, s.not_markets), _several(markets))
    if s.market_class and programme.market_class(phase_id) != s.market_class:
        return _reason("market-class", s.market_class, programme.market_class(phase_id))
    if s.fairs and fair_id not in s.fairs:
        return _reason("fair-list", _several(s.fairs), fair_id)
    return None


def _wanted(among: tuple[str, ...], not_among: tuple[str, ...]) -> str:
    return ";".join((*among, *(f"-{item}" for item in not_among)))


def _as_what(s: Subsidy, role: Role, stand: StandKind) -> Reason | None:
    if role not in s.roles:
        return _reason("role", _several(s.roles), role.value)
    if s.stands and not s.on_journeys and stand not in s.stands:
        return _reason("stand", _several(s.stands), stand.value)
    return None


def _firm(programme: Programme, s: Subsidy, firm_id: str, phase_id: str) -> Reason | None:
    phase = programme.phase[phase_id]
    if phase.start is None:
        return _reason("validity", "", None)
    return passes(programme, s.of, firm_id, phase.start, phase.fair_id)


def _in_time(programme: Programme, s: Subsidy, phase_id: str, application: Application | None) -> Reason | None:
    """Lead time before opening, and nothing signed before the application came in («not already committed»)."""
    start, received = programme.phase[phase_id].start, application.received if application else None
    if s.lead_days is not None and start is not None:
        latest = start - timedelta(days=s.lead_days)
        if received is None or received > latest:
            return _reason("lead-time", latest, received)
    signed = application.committed if application else None
    if s.not_committed and signed is not None and (received is None or signed < received):
        return _reason("committed", signed, received)
    return None


def passes(programme: Programme, test: FirmTest, firm_id: str, day: date, fair_id: str = "") -> Reason | None:
    """The first reason why a firm is not meant by a test on a day; None: it passes.

    Order: sme, kind, sector, tag, export, staff, turnover, years, first-timer. `fair_id`: the fair that `first_timer` asks
    about; '' asks about every fair. What is not known of a firm does not pass.
    """
    firm = programme.firm[firm_id]
    return _kind_of_firm(test, firm) or _size_of_firm(test, firm) or _age_of_firm(programme, test, firm, day, fair_id)


def _kind_of_firm(test: FirmTest, firm: Firm) -> Reason | None:
    if test.sme_only and not firm.sme:
        return _reason("sme", "sme", "")
    if test.kinds and firm.kind not in test.kinds:
        return _reason("kind", _several(test.kinds), firm.kind.value)
    if test.sectors and not set(firm.sectors) & set(test.sectors):
        return _reason("sector", _several(test.sectors), _several(firm.sectors))
    if (test.tags and not set(firm.tags) & set(test.tags)) or set(firm.tags) & set(test.not_tags):
        return _reason("tag", _wanted(test.tags, test.not_tags), _several(firm.tags))
    return None


def _size_of_firm(test: FirmTest, firm: Firm) -> Reason | None:
    least = test.least_export_usd.get(firm.kind)
    bounds: tuple[tuple[str, Decimal | None, Decimal | None, Decimal | None], ...] = (
        ("export", firm.export_usd, least, test.most_export_usd),
        ("staff", _number(firm.staff), None, _number(test.most_staff)),
        ("turnover", firm.turnover, test.least_turnover, test.most_turnover),
    )
    for key, value, low, high in bounds:
        if low is None and high is None:
            continue
        if value is None or (low is not None and value < low) or (high is not None and value > high):
            return _reason(key, f"{'' if low is None else low}/{'' if high is None else high}", value)
    return None


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _age_of_firm(programme: Programme, test: FirmTest, firm: Firm, day: date, fair_id: str) -> Reason | None:
    if test.most_years is not None and (firm.founded is None or young_until(firm.founded, test.most_years) < day):
        return _reason("years", test.most_years, firm.founded)
    if test.first_timer:
        before = [r for r in programme.by_firm.ledger.get(firm.firm_id, ()) if r.on < day]
        seen = [r.on for r in before if fair_id in ("", r.fair_id)]
        if seen:
            return _reason("first-timer", fair_id, max(seen))
    return None


def young_until(founded: date, years: int) -> date:
    """The last day on which a firm is at most so many whole years old: the day before it is a year older («less than ten
    years» is at most 9). One founded on 29 February is older from 1 March in other years."""
    later = founded.year + years + 1
    leap_day = (founded.month, founded.day) == (2, 29) and not isleap(later)
    return (date(later, 3, 1) if leap_day else founded.replace(year=later)) - timedelta(days=1)
