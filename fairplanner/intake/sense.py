"""What each row must agree with beyond its own cells: order of dates, sections and their phases, decisions, money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Status
from fairplanner.domain.settings import Settings
from fairplanner.errors import Problem
from fairplanner.intake.giving_sense import odd_item, odd_notice, odd_reserve, odd_sheets
from fairplanner.intake.money_sense import (
    odd_activity,
    odd_approval,
    odd_award,
    odd_blackout,
    odd_cost,
    odd_duty,
    odd_instalment,
    odd_instalments,
    odd_ledger,
)
from fairplanner.intake.programme_file import PROGRAMME_FILE
from fairplanner.intake.references import References
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.intake.suggest import nearest

Tables = Mapping[str, TableRead]

_SKILL = re.compile(r"leader|interpreter:[a-z]{2,3}(-[a-z0-9]+)*")


def odd_rows(tables: Tables) -> Iterator[Problem]:
    """Problems that need no settings; rows of tables that are not there are left to the check of references."""
    for name, judge in _JUDGES.items():
        for placed in tables[name].rows.values():
            yield from judge(placed, tables)
    yield from _applied_twice(tables)
    yield from odd_sheets(tables)
    yield from odd_instalments(tables)


def odd_programme(settings: Settings, tables: Tables, known: References) -> Iterator[Problem]:
    """Problems between programme.toml and the tables: the root, the currency and its rates."""
    if settings.root and known.unknown("zones", settings.root):
        near = known.meaning("zones", settings.root)
        facts = (("near", near), ("table", "zones")) if near else (("table", "zones"),)
        yield Problem(
            PROGRAMME_FILE, 0, "root", "reference-unknown-near" if near else "reference-unknown", settings.root, facts
        )
    yield from _without_rate(settings, tables)
    yield from odd_ledger(settings, tables)


def _get(tables: Tables, name: str, *key: object) -> Any:
    placed = tables[name].rows.get(key)
    return placed.row if placed else None


def _phase(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("r.Phase", placed.row)
    if row.start and row.end and row.end < row.start:
        yield placed.problem("end", "end-before-start", row.end, first=row.start)
    if bool(row.window_start) != bool(row.window_end):
        yield placed.problem("window_end" if row.window_start else "window_start", "window-half")
    if row.window_start and row.window_end and row.window_end < row.window_start:
        yield placed.problem("window_end", "window-order", row.window_end, first=row.window_start)
    if row.start and row.end and not row.place_id and row.status is not Status.CANCELLED:
        # nobody can be sent to days without a city: the fair would be left out as if it had no date
        yield placed.problem("place_id", "phase-nowhere", row.start)


def _place(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("r.Place", placed.row)
    try:
        ZoneInfo(row.tz)
    except (ValueError, OSError, KeyError):
        near = _near_tz(row.tz)
        yield (
            placed.problem("tz", "tz-unknown-near", row.tz, near=near)
            if near
            else placed.problem("tz", "tz-unknown", row.tz)
        )


@lru_cache
def _near_tz(tz: str) -> str:
    return nearest(tz, available_timezones())


def _fund(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("m.Fund", placed.row)
    if row.period_to < row.period_from:
        yield placed.problem("period_to", "end-before-start", row.period_to, first=row.period_from)


def _quota(placed: Placed, tables: Tables) -> Iterator[Problem]:
    row = cast("p.Quota", placed.row)
    if row.booths is None and row.area_m2 is None and row.firms is None:
        yield placed.problem("booths", "quota-blank")
    yield from odd_reserve(placed)
    yield from _section_fits(placed, tables)


def _score_item(placed: Placed, tables: Tables) -> Iterator[Problem]:
    yield from odd_item(placed)
    yield from _section_fits(placed, tables)


def _notice(placed: Placed, tables: Tables) -> Iterator[Problem]:
    yield from odd_notice(placed)
    yield from _section_fits(placed, tables)


def _application(placed: Placed, tables: Tables) -> Iterator[Problem]:
    row = cast("p.Application", placed.row)
    if row.least_booths > row.booths:
        yield placed.problem("least_booths", "least-over-wanted", row.least_booths, wanted=row.booths)
    yield from _section_fits(placed, tables)


def _related(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("p.Related", placed.row)
    if row.firm_id == row.related_id:
        yield placed.problem("related_id", "related-self", row.related_id)


def _section_fits(placed: Placed, tables: Tables) -> Iterator[Problem]:
    """A section stands at one phase number of one fair; a row cannot ask for it elsewhere."""
    row = cast("p.Application | p.Quota", placed.row)
    phase, section = _get(tables, "phases", row.phase_id), _get(tables, "sections", row.section_id)
    if phase and section and (section.fair_id, section.phase) != (phase.fair_id, phase.phase):
        yield placed.problem(
            "section_id",
            "section-elsewhere",
            row.section_id,
            phase=row.phase_id,
            fair=section.fair_id,
            number=section.phase,
        )


def _phase_fits(placed: Placed, tables: Tables) -> Iterator[Problem]:
    row = cast("m.Price | p.Choice", placed.row)
    phase = _get(tables, "phases", row.phase_id)
    if phase and phase.fair_id != row.fair_id:
        yield placed.problem("phase_id", "phase-elsewhere", row.phase_id, fair=phase.fair_id)


def _decision(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("p.Decision", placed.row)
    if bool(row.firm_id) == bool(row.zone_id):
        yield placed.problem("firm_id", "decision-who", row.firm_id)


def _stay(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    """Months are 1 to 12, and the dearer season has both its months and its rate."""
    row = cast("m.Stay", placed.row)
    for month in row.peak_months:
        if not 1 <= month <= 12:
            yield placed.problem("peak_months", "month", month)
    if bool(row.peak_months) != (row.peak_lodging is not None):
        yield placed.problem("peak_lodging" if row.peak_months else "peak_months", "peak-half")


def _cost(placed: Placed, tables: Tables) -> Iterator[Problem]:
    yield from odd_cost(placed, tables)
    yield from _phase_fits(placed, tables)


def _post(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    row = cast("p.Post", placed.row)
    if not _SKILL.fullmatch(row.skill):
        yield placed.problem("skill", "skill", row.skill)


_JUDGES: dict[str, Callable[[Placed, Tables], Iterator[Problem]]] = {
    "phases": _phase,
    "places": _place,
    "applications": _application,
    "related": _related,
    "posts": _post,
    "funds": _fund,
    "quotas": _quota,
    "prices": _phase_fits,
    "stays": _stay,
    "choices": _phase_fits,
    "decisions": _decision,
    "scores": _score_item,
    "draws": _section_fits,
    "notices": _notice,
    "costs": _cost,
    "instalments": odd_instalment,
    "awards": odd_award,
    "duties": odd_duty,
    "approvals": odd_approval,
    "blackouts": odd_blackout,
    "activities": odd_activity,
}


def _applied_twice(tables: Tables) -> Iterator[Problem]:
    """Beside an application without a section, another of the same firm at the same phase contradicts it."""
    rows = tables["applications"].rows
    open_ones = {key[:2]: placed for key, placed in rows.items() if not key[2]}
    for key, placed in rows.items():
        other = open_ones.get(key[:2])
        if key[2] and other:
            row = cast("p.Application", placed.row)
            yield placed.problem(
                "section_id",
                "applied-twice",
                key[2],
                firm=row.firm_id,
                phase=row.phase_id,
                first_file=other.file,
                first_row=other.number,
            )


def _without_rate(settings: Settings, tables: Tables) -> Iterator[Problem]:
    """One problem for each currency of each table, at its first row, with the number of rows."""
    if tables["rates"].unsure:
        return
    known = {settings.currency} | {str(key[0]) for key in tables["rates"].keys}
    visited = _visited(settings, tables)
    for name in ("prices", "stays"):
        rows = [one for one in tables[name].rows.values() if name == "prices" or one.row.place_id in visited]  # type: ignore[attr-defined]
        foreign = [(placed, cast("m.Price | m.Stay", placed.row).currency) for placed in rows]
        counts = Counter(currency for _, currency in foreign if currency not in known)
        firsts = {
            currency: placed
            for placed, currency in sorted(foreign, key=lambda one: (one[0].file, one[0].number), reverse=True)
        }
        for currency, count in sorted(counts.items()):
            yield firsts[currency].problem("currency", "rate-missing", currency, home=settings.currency, count=count)


def _visited(settings: Settings, tables: Tables) -> set[str]:
    """Places whose rates for nights and meals a plan may need: the shared table knows many that nobody asks for."""
    phases = [cast("r.Phase", placed.row) for placed in tables["phases"].rows.values()]
    if not settings.invite:
        asked = {str(key[1]) for key in tables["applications"].keys}
        phases = [phase for phase in phases if phase.phase_id in asked]
    return {q.place_id for q in phases if q.start and settings.window_from <= q.start <= settings.window_to}
