"""What the tables of money and duties must agree with: instalments and their fund, awards and their target, uses, dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from fairplanner.domain import duties as d
from fairplanner.domain import money as m
from fairplanner.domain.kinds import PARTICIPATION_LINES, CostLine
from fairplanner.domain.packs import MembershipRules, Pack
from fairplanner.domain.settings import Settings
from fairplanner.errors import Problem
from fairplanner.intake.packs import PackFile
from fairplanner.intake.rows import Placed, TableRead
from fairplanner.intake.suggest import nearest
from fairplanner.rules.reckon.duties import ANCHORS

Tables = Mapping[str, TableRead]
AROUND = timedelta(days=3)
"""Official business may stand beside the fair days: so long a party may wait between two phases (`most_gap_days` abroad)."""


def _get(tables: Tables, name: str, key: str) -> Any:
    placed = tables[name].rows.get((key,))
    return placed.row if placed else None


def odd_cost(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    """The table holds what else a participation costs; stands have prices, journeys are reckoned."""
    row = cast("m.Cost", placed.row)
    if row.line not in PARTICIPATION_LINES[1:]:
        yield placed.problem("line", "cost-line", row.line)


def odd_instalment(placed: Placed, tables: Tables) -> Iterator[Problem]:
    """Money comes in within the period of its fund."""
    row, fund = cast("m.Instalment", placed.row), _get(tables, "funds", cast("m.Instalment", placed.row).fund_id)
    if fund and not fund.period_from <= row.on <= fund.period_to:
        facts = {"fund": fund.fund_id, "first": fund.period_from, "last": fund.period_to}
        yield placed.problem("on", "instalment-outside", row.on, **facts)


def odd_instalments(tables: Tables) -> Iterator[Problem]:
    """Instalments of a fund that add up to more than it has, told at the one that goes over."""
    so_far: defaultdict[str, Decimal] = defaultdict(Decimal)
    told: set[str] = set()
    for _, placed in sorted(tables["instalments"].rows.items()):
        row = cast("m.Instalment", placed.row)
        so_far[row.fund_id] += row.amount
        fund = _get(tables, "funds", row.fund_id)
        if fund and so_far[row.fund_id] > fund.amount and row.fund_id not in told:
            told.add(row.fund_id)
            facts = {"fund": row.fund_id, "total": so_far[row.fund_id], "amount": fund.amount}
            yield placed.problem("amount", "instalments-over-fund", row.amount, **facts)


def odd_award(placed: Placed, tables: Tables) -> Iterator[Problem]:
    """An award hangs on a target of its own zone or of one above it."""
    row = cast("m.Award", placed.row)
    target = _get(tables, "targets", row.target_id)
    if target and _get(tables, "zones", row.zone_id) and target.zone_id not in _above(tables, row.zone_id):
        yield placed.problem("target_id", "award-target-zone", row.target_id, zone=row.zone_id, other=target.zone_id)


def _above(tables: Tables, zone_id: str) -> set[str]:
    """The zone itself and all above it; a ring ends where it closes."""
    found: set[str] = set()
    while zone_id and zone_id not in found:
        found.add(zone_id)
        row = _get(tables, "zones", zone_id)
        zone_id = row.parent if row else ""
    return found


def odd_duty(placed: Placed, tables: Tables) -> Iterator[Problem]:
    """A duty is counted from the fair, the journey, or another duty that there is."""
    row, known = cast("d.Duty", placed.row), tables["duties"]
    ids = [str(key[0]) for key in known.keys]
    for column in ("anchor", "replaces"):
        named = getattr(row, column)
        choices = [*ANCHORS, *ids] if column == "anchor" else ids
        if not known.unsure and named and named not in choices:
            near = nearest(named, choices)
            facts = {"near": near} if near else {}
            yield placed.problem(column, f"duty-unknown{'-near' if near else ''}", named, **facts)


def odd_approval(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    """A permit's party comes back after it leaves."""
    row = cast("d.Approval", placed.row)
    if row.back < row.depart:
        yield placed.problem("back", "end-before-start", row.back, first=row.depart)


def odd_blackout(placed: Placed, _tables: Tables) -> Iterator[Problem]:
    """A blackout ends after it begins."""
    row = cast("d.Blackout", placed.row)
    if row.last < row.first:
        yield placed.problem("last", "end-before-start", row.last, first=row.first)


def odd_activity(placed: Placed, tables: Tables) -> Iterator[Problem]:
    """Official business goes with its phase: on its days, or close to them."""
    row = cast("d.Activity", placed.row)
    phase = _get(tables, "phases", row.phase_id)
    if phase and phase.start and phase.end and not phase.start - AROUND <= row.on <= phase.end + AROUND:
        yield placed.problem("on", "activity-outside", row.on, phase=row.phase_id, first=phase.start, last=phase.end)


def odd_ledger(settings: Settings, tables: Tables) -> Iterator[Problem]:
    """The ledger is of what has been: not of fairs of the window that the plan itself still decides on.

    Fairs between the day of the plan and its window are allowed: they are decided, and count.
    """
    for placed in tables["ledger"].rows.values():
        row = cast("m.LedgerRow", placed.row)
        if row.on > settings.as_of and row.on >= settings.window_from:
            yield placed.problem("on", "ledger-ahead", row.on, as_of=settings.as_of)


def odd_uses(settings: Settings, packs: Mapping[str, PackFile], tables: Tables) -> Iterator[Problem]:
    """A fund of a funding programme pays only what the programme's list of uses names, where a chosen pack has that list."""
    chosen = [packs[c.id].pack for c in settings.packs if c.id in packs]
    lists = {pack.membership.scheme: (pack, pack.membership) for pack in chosen if pack.membership}
    for placed in tables["funds"].rows.values():
        fund = cast("m.Fund", placed.row)
        if fund.scheme in lists:
            yield from _beyond(placed, fund, *lists[fund.scheme])


def odd_schemes(packs: Mapping[str, PackFile], tables: Tables) -> Iterator[Problem]:
    """A fund's funding programme is one that the list of memberships or a pack knows: else nobody would be on its list."""
    listed = {str(key[1]) for key in tables["memberships"].keys}
    of_pack = {pack_id: file.pack.membership.scheme for pack_id, file in packs.items() if file.pack.membership}
    known = listed | set(of_pack.values())
    for placed in tables["funds"].rows.values():
        scheme = cast("m.Fund", placed.row).scheme
        if scheme and scheme not in known and not tables["memberships"].unsure:
            near = of_pack.get(scheme) or nearest(scheme, known)
            yield placed.problem(
                "scheme", f"fund-scheme{'-near' if near else ''}", scheme, **({"near": near} if near else {})
            )


def _beyond(placed: Placed, fund: m.Fund, pack: Pack, rules: MembershipRules) -> Iterator[Problem]:
    """One problem for all lines that a list of uses does not name, with its words."""
    beyond = [line for line in CostLine if line in fund.pays and line not in rules.pays]
    if beyond:
        # the words that name the uses list the most things; without a quote the pack's own list stands for it
        said = max(rules.quote.split("|"), key=lambda part: part.count("、")) or "、".join(rules.uses_zh)
        facts = {"pack": pack.pack_id, "fund": fund.fund_id, "quote": said}
        yield placed.problem("pays", "fund-use", ";".join(beyond), **facts)
