"""plan.xlsx, for people who live in spreadsheets: everything decided, each printed column adding up to its printed total."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Excluded, Participation
from fairplanner.publish.dress import distribute
from fairplanner.publish.money.budget_grid import WORKBOOK, budget_rows
from fairplanner.publish.press import Press
from fairplanner.publish.views import Flow, Party, spent, total
from fairplanner.publish.wording.decision_rows import decision_rows
from fairplanner.publish.workbooks import workbook_money
from fairplanner.publish.workbooks.workbook_grid import grid
from fairplanner.publish.workbooks.xlsx import Grid, Kind, Look, Value, workbook
from fairplanner.rules.reckon.funds import whole

COUNT, MONEY, DAY, FIGURE, NUMBER = Kind.COUNT, Kind.MONEY, Kind.DAY, Kind.FIGURE, Kind.NUMBER


def plan_workbook(press: Press) -> bytes:
    """The workbook of a plan in one language; internal. Money in whole fen, the summary in 万元 (10,000 units)."""
    grids = [make(press) for make in SHEETS.values()]
    title = press.w("workbook.title", programme=press.w.name(press.programme.settings), revision=press.plan.revision)
    return workbook([readme(press, grids), *grids], look(press), title)


def look(press: Press) -> Look:
    """How days and pages print in the language."""
    return Look(press.w("workbook.day_format"), press.w("paper.page", page="&P", pages="&N"), press.marks)


def readme(press: Press, grids: list[Grid]) -> Grid:
    """What the workbook is and what each sheet holds."""
    w = press.w
    rows: list[tuple[Value, ...]] = [
        (w("workbook.about_what"), w("workbook.about_text")),
        (w("workbook.about_version"), press.footer),
    ]
    rows += [
        (w("workbook.about_audience"), w("briefing.audience")),
        (w("workbook.about_sample"), press.sample or w("workbook.about_real")),
    ]
    rows += [
        (made.name, w(f"workbook.says_{name}", rows=len(made.rows))) for name, made in zip(SHEETS, grids, strict=True)
    ]
    return grid(press, "readme", [("about", Kind.TEXT), ("says", Kind.TEXT)], rows, summed=False)


def delegations(press: Press) -> Grid:
    """One row a delegation; 家次 counts firms once for each phase, so that the column adds up."""
    columns = [
        ("no", NUMBER), ("delegation", Kind.TEXT), ("sponsor", Kind.TEXT), ("regime", Kind.TEXT), ("where", Kind.TEXT), ("opens", DAY),
        ("closes", DAY), ("state", Kind.TEXT), ("depart", DAY), ("return", DAY), ("places", COUNT), ("booths", COUNT), ("area", COUNT),
        ("officials", COUNT), ("posts", Kind.TEXT), ("public", MONEY), ("stands", MONEY), ("claims", MONEY),
    ]  # fmt: skip
    return grid(
        press, "delegations", columns, [_delegation(press, n, party) for n, party in enumerate(press.parties, 1)]
    )


def _delegation(press: Press, n: int, party: Party) -> tuple[Value, ...]:
    w, d = press.w, party.delegation
    phases = [press.programme.phase[q] for q in party.phase_ids]
    states = dict.fromkeys(w(f"enums.Status.{q.status}") for q in phases)
    return (
        n, press.title(party), press.naming.zone(d.sponsor), w(f"enums.Regime.{d.regime}"),
        "\n".join(dict.fromkeys(press.where(s) for s in d.stops)), phases[0].start, phases[-1].end, press.naming.listed(list(states)),
        d.depart, d.return_, len(party.participations), party.booths, 9 * party.booths, d.officials,
        press.naming.listed([press.naming.post(p) for p in d.posts]), d.total,
        total([p.stand_cost for p in party.participations]), total([c.amount for c in party.claims]),
    )  # fmt: skip


def participations(press: Press) -> Grid:
    """One row a place; scores, ranks and orders of receipt are figures that do not add up."""
    columns = [
        ("no", NUMBER), ("firm", Kind.TEXT), ("zone", Kind.TEXT), ("phase", Kind.TEXT), ("sponsor", Kind.TEXT), ("section", Kind.TEXT),
        ("role", Kind.TEXT), ("stand", Kind.TEXT), ("booths", COUNT), ("area", COUNT), ("people", COUNT), ("score", FIGURE),
        ("rank", NUMBER), ("order", NUMBER), ("lot", NUMBER), ("invited", Kind.TEXT), ("stands", MONEY), ("claims", MONEY),
    ]  # fmt: skip
    # what is paid on a journey stands with the firm's first place at that phase
    first = {(p.firm_id, p.phase_id): p.participation_id for p in reversed(press.plan.participations)}
    claimed: dict[str, Decimal] = {}
    for c in press.plan.claims:
        place = c.participation_id or first.get((c.firm_id, c.phase_id), "")
        claimed[place] = claimed.get(place, Decimal(0)) + c.amount
    places = sorted(
        press.plan.participations,
        key=lambda p: (press.programme.phase[p.phase_id].start, p.phase_id, p.section_id, p.participation_id),
    )
    rows = [_place(press, n, p, claimed.get(p.participation_id, Decimal(0))) for n, p in enumerate(places, 1)]
    return grid(press, "participations", columns, rows)


def _place(press: Press, n: int, p: Participation, claimed: Decimal) -> tuple[Value, ...]:
    firm, section = press.programme.firm[p.firm_id], press.programme.section.get(p.section_id)
    policy = press.programme.policy(p.phase_id)
    return (
        n, press.naming.firm(p.firm_id), press.naming.zone(firm.zone_id), press.naming.phase(p.phase_id), press.naming.zone(p.sponsor),
        press.w.name(section) if section else "", press.w(f"enums.Role.{p.role}"), press.stand_of(p), p.booths, p.area_m2, p.people,
        p.score, *(p.rank or None if policy is kept else None for kept in (Policy.RANK, Policy.FIRST_CONFIRMED, Policy.LOTTERY)), press.w("workbook.invited") if p.invited else "", p.stand_cost, claimed,
    )  # fmt: skip


def journeys(press: Press) -> Grid:
    """One row a firm's journey; fares and lodging are estimates."""
    columns = [
        ("no", NUMBER), ("firm", Kind.TEXT), ("phases", Kind.TEXT), ("depart", DAY), ("return", DAY), ("days", NUMBER), ("people", COUNT),
        ("fare", MONEY), ("lodging", MONEY), ("saved", MONEY),
    ]  # fmt: skip
    made = sorted(press.plan.journeys, key=lambda j: (j.depart, j.journey_id))
    rows: list[tuple[Value, ...]] = [
        (n, press.naming.firm(j.firm_id), "\n".join(map(press.naming.phase, j.phases)), j.depart, j.return_,
         (j.return_ - j.depart).days + 1, j.people, j.fare, j.lodging, j.saved)
        for n, j in enumerate(made, 1)
    ]  # fmt: skip
    return grid(press, "journeys", columns, rows)


def budgets(press: Press) -> Grid:
    """The budget of every official party, line by line; the last column adds up to all public money of parties."""
    kinds = {"standard": FIGURE, "people": NUMBER, "foreign": FIGURE, "rate_day": DAY}
    columns = [(key, MONEY if key == "amount" else kinds.get(key, Kind.TEXT)) for key in WORKBOOK]
    return grid(press, "budgets", columns, budget_rows(press))


def money(press: Press) -> Grid:
    """What every fund pays, by zone and quarter: exact, and in 万元 rounded so that the column adds up."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for flow in press.flows:
        key = _key(flow)
        sums[key] = sums.get(key, Decimal(0)) + flow.amount
    keys = sorted(sums)
    in_wan = distribute([sums[key] for key in keys])
    columns = [
        ("fund", Kind.TEXT),
        ("nature", Kind.TEXT),
        ("zone", Kind.TEXT),
        ("quarter", Kind.TEXT),
        ("amount", MONEY),
        ("wan", MONEY),
    ]
    rows: list[tuple[Value, ...]] = [
        (*_fund(press, fund), press.naming.zone(zone), quarter, sums[fund, zone, quarter], wan)
        for (fund, zone, quarter), wan in zip(keys, in_wan, strict=True)
    ]
    return grid(press, "money", columns, rows)


def _key(flow: Flow) -> tuple[str, str, str]:
    return flow.fund_id, flow.zone_id, flow.quarter


def _fund(press: Press, fund_id: str) -> tuple[str, str]:
    fund = press.programme.fund.get(fund_id)
    if fund is None:
        return press.w("workbook.no_fund"), ""
    return press.w.name(fund), press.w(f"enums.Nature.{fund.nature}")


def summary(press: Press) -> Grid:
    """Every fund in 万元: amount, planned, left; rows and columns both add up."""
    funds = press.programme.funds
    drawn = spent(press.flows)
    have = distribute([whole(press.programme, f) for f in funds])
    use = distribute([drawn.get(f.fund_id, Decimal(0)) for f in funds])
    columns = [
        ("fund", Kind.TEXT),
        ("nature", Kind.TEXT),
        ("owner", Kind.TEXT),
        ("from", DAY),
        ("to", DAY),
        ("have", MONEY),
        ("use", MONEY),
        ("left", MONEY),
    ]
    rows: list[tuple[Value, ...]] = [
        (*_fund(press, f.fund_id), press.naming.zone(f.zone_id), f.period_from, f.period_to, a, b, a - b)
        for f, a, b in zip(funds, have, use, strict=True)
    ]
    return grid(press, "summary", columns, rows)


def targets(press: Press) -> Grid:
    """One row a target; figures of different things do not add up."""
    rows_of = {t.target_id: t for t in press.programme.targets}
    columns = [
        ("target", Kind.TEXT),
        ("zone", Kind.TEXT),
        ("counts", Kind.TEXT),
        ("wanted", NUMBER),
        ("reached", NUMBER),
        ("short", NUMBER),
        ("floor", Kind.TEXT),
    ]
    rows: list[tuple[Value, ...]] = []
    for r in press.plan.targets:
        t = rows_of[r.target_id]
        floor = press.w("workbook.floor" if t.floor else "workbook.wish")
        rows.append(
            (
                press.w.name(t),
                press.naming.zone(t.zone_id),
                press.w(f"enums.Counts.{t.counts}"),
                r.wanted,
                r.reached,
                r.short,
                floor,
            )
        )
    return grid(press, "targets", columns, rows)


def decisions(press: Press) -> Grid:
    """Every manual decision with its reason and basis, and the booths that go by it."""
    columns = [
        ("no", NUMBER), ("decision", Kind.TEXT), ("who", Kind.TEXT), ("phase", Kind.TEXT), ("booths", COUNT), ("by", Kind.TEXT),
        ("on", DAY), ("reason", Kind.TEXT), ("basis", Kind.TEXT),
    ]  # fmt: skip
    return grid(press, "decisions", columns, decision_rows(press))


def excluded(press: Press) -> Grid:
    """What could not be planned, each with the rule that stood in the way."""
    columns = [
        ("kind", Kind.TEXT),
        ("firm", Kind.TEXT),
        ("zone", Kind.TEXT),
        ("phase", Kind.TEXT),
        ("count", COUNT),
        ("reason", Kind.TEXT),
        ("rule", Kind.TEXT),
    ]
    return grid(press, "excluded", columns, [_excluded(press, x) for x in press.plan.excluded])


def _excluded(press: Press, x: Excluded) -> tuple[Value, ...]:
    return (
        press.w(f"workbook.kind_{x.kind}"), press.naming.firm(x.firm_id) if x.firm_id else "", press.naming.zone(x.zone_id) if x.zone_id else "",
        press.naming.phase(x.phase_id) if x.phase_id else "", x.count, press.reasons.sentence(x), x.rule,
    )  # fmt: skip


SHEETS: dict[str, Callable[[Press], Grid]] = {
    "delegations": delegations, "participations": participations, "journeys": journeys, "budgets": budgets, "money": money,
    "summary": summary, "visits": workbook_money.visits, "claims": workbook_money.claims, "quarters": workbook_money.quarters,
    "awards": workbook_money.awards, "targets": targets, "decisions": decisions, "excluded": excluded,
    "sources": workbook_money.sources,
}  # fmt: skip
"""Every sheet after the first, in order; `workbook.says_<name>` tells what it holds."""
