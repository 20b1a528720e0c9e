"""The report's money: by fund, by zone, by quarter, each as a chart against what is there and as a table; and the targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from fairplanner.domain.kinds import Nature
from fairplanner.publish.design.columns import Stack
from fairplanner.publish.dress import WAN, distribute
from fairplanner.publish.money.money_view import FundSeen, InQuarter
from fairplanner.publish.press import Press
from fairplanner.publish.report.listing import Column, Facet, Line, Listing
from fairplanner.publish.report.lists import Report
from fairplanner.publish.yearbook.figures import Year, prefecture
from fairplanner.rules.reckon.cash import outflows

ZERO = Decimal(0)
ZONE = (Facet.ZONE,)
TONES = {nature: n for n, nature in enumerate(Nature)}


def in_wan(amounts: Sequence[Decimal]) -> list[str]:
    """Amounts in tens of thousands, rounded so that the column adds up."""
    return [f"{x:,.2f}" for x in distribute(amounts)]


def fund_list(report: Report) -> Listing:
    """Every fund: all of it, what may be used, what is planned, what is left."""
    columns = (
        Column("fund", 3.4), Column("zone", 2), Column("nature", 2.2), Column("whole", 1.2, True), Column("usable", 1.2, True),
        Column("planned", 1.2, True), Column("left_over", 1.2, True), Column("share", 0.9, True),
    )  # fmt: skip
    press, funds = report.press, report.press.money.funds
    have, usable, planned = (
        distribute(x) for x in ([f.whole for f in funds], [f.spendable for f in funds], [f.planned for f in funds])
    )
    lines = [
        Line(
            (press.w.name(f.fund), press.naming.zone(f.fund.zone_id), press.w(f"enums.Nature.{f.fund.nature}"), f"{a:,.2f}", f"{b:,.2f}",
             f"{c:,.2f}", f"{b - c:,.2f}", _share(press, f)),
            report.tags.of((f.fund.zone_id,)),
        )
        for f, a, b, c in zip(funds, have, usable, planned, strict=True)
    ]  # fmt: skip
    return report.listing("funds", columns, lines, ZONE)


def _share(press: Press, f: FundSeen) -> str:
    return press.dress.percent(float(f.planned / f.spendable)) if f.spendable else ""


def zone_list(report: Report, year: Year) -> Listing:
    """Every zone of the second level: firms, places, booths, public money and what its firms pay."""
    columns = (
        Column("zone", 2.6), Column("firms", 1, True), Column("places", 1, True), Column("booths", 1, True), Column("public_wan", 1.3, True),
        Column("own_wan", 1.3, True),
    )  # fmt: skip
    rows = list(year.by_zone.items())
    public, own = (in_wan([getattr(t, name) or ZERO for _, t in rows]) for name in ("public", "own"))
    lines = [
        Line((report.press.naming.zone(z), str(t.firms), str(t.places), str(t.booths), a, b), report.tags.of((z,)))
        for (z, t), a, b in zip(rows, public, own, strict=True)
    ]
    return report.listing("zones", columns, lines, ZONE)


def quarter_list(report: Report) -> Listing:
    """Every quarter, all funds together: carried over, come in, planned, left."""
    columns = (
        Column("quarter", 2), Column("carried", 1.3, True), Column("came_in", 1.3, True), Column("planned", 1.3, True),
        Column("left_over", 1.3, True),
    )  # fmt: skip
    lines = [Line((q, *(f"{x:,.2f}" for x in amounts))) for q, *amounts in _quarters(report.press)]
    return report.listing("quarters", columns, lines, ())


def _quarters(press: Press) -> list[tuple[str, Decimal, Decimal, Decimal, Decimal]]:
    """Quarter, carried over, come in, planned, left at its end, in tens of thousands that add up in rows and columns.

    A fund keeps what it has until its next quarter is told.
    """
    told = [q for f in press.money.funds for q in f.quarters]
    names = sorted({q.quarter for q in told})
    came_in, spent = (
        distribute([sum((of(q) for q in told if q.quarter == name), ZERO) for name in names])
        for of in (_came_in, _planned)
    )
    rows, carried = [], ZERO
    for name, came, planned in zip(names, came_in, spent, strict=True):
        rows.append((name, carried, came, planned, carried + came - planned))
        carried += came - planned
    return rows


def _came_in(quarter: InQuarter) -> Decimal:
    return quarter.came_in


def _planned(quarter: InQuarter) -> Decimal:
    return quarter.planned


def target_list(report: Report) -> Listing:
    """Every target: wanted, reached, missing."""
    columns = (
        Column("target", 3.2), Column("zone", 1.8), Column("counts", 1.6), Column("wanted", 1, True), Column("reached", 1, True),
        Column("short", 1, True), Column("floor", 1.4),
    )  # fmt: skip
    press, rows = report.press, {t.target_id: t for t in report.press.programme.targets}
    lines = []
    for r in press.plan.targets:
        t = rows[r.target_id]
        cells = (
            press.w.name(t), press.naming.zone(t.zone_id), press.w(f"enums.Counts.{t.counts}"), str(r.wanted), str(r.reached),
            str(r.short or "—"), press.w("workbook.floor" if t.floor else "workbook.wish"),
        )  # fmt: skip
        lines.append(Line(cells, report.tags.of((t.zone_id,)), mark="short" if r.short else ""))
    return report.listing("targets", columns, lines, ZONE)


def fund_stacks(press: Press) -> list[Stack]:
    """Funds against what may be used of them; in the currency of the programme, told as in the table of funds."""
    funds = press.money.funds
    planned, usable = (distribute(x) for x in ([f.planned for f in funds], [f.spendable for f in funds]))
    return [
        Stack(press.w.name(f.fund), (_part(press, f.fund.nature, f.planned),), float(f.spendable), _of(press, a, b))
        for f, a, b in zip(funds, planned, usable, strict=True)
    ]  # fmt: skip


def zone_stacks(press: Press) -> list[Stack]:
    """Public money by zone of the second level and nature of the fund, told as in the table of zones."""
    sums: defaultdict[str, dict[Nature, Decimal]] = defaultdict(dict)
    for x in outflows(press.programme, press.plan):
        if x.fund_id in press.programme.fund:
            nature, own = press.programme.fund[x.fund_id].nature, sums[prefecture(press.programme, x.zone_id)]
            own[nature] = own.get(nature, ZERO) + x.amount
    whole = {zone: sum(own.values(), ZERO) for zone, own in sums.items()}
    told = dict(zip(sorted(whole), distribute([whole[zone] for zone in sorted(whole)]), strict=True))
    rows = sorted(sums.items(), key=lambda row: (-whole[row[0]], row[0]))
    return [Stack(press.naming.zone(zone), _parts(press, own), None, wan(press, told[zone])) for zone, own in rows]


def quarter_stacks(press: Press) -> list[Stack]:
    """Public money by quarter and nature of the fund, against what has come in by then and is not used."""
    sums: defaultdict[str, dict[Nature, Decimal]] = defaultdict(dict)
    for x in outflows(press.programme, press.plan):
        if x.fund_id in press.programme.fund:
            nature, own = press.programme.fund[x.fund_id].nature, sums[x.quarter]
            own[nature] = own.get(nature, ZERO) + x.amount
    return [
        Stack(name, _parts(press, sums[name]), float((carried + came) * WAN), _of(press, planned, carried + came))
        for name, carried, came, planned, _ in _quarters(press)
    ]


def _parts(press: Press, own: dict[Nature, Decimal]) -> tuple[tuple[str, float, int], ...]:
    return tuple(_part(press, n, own[n]) for n in Nature if own.get(n))


def _part(press: Press, nature: Nature, amount: Decimal) -> tuple[str, float, int]:
    return press.w(f"enums.Nature.{nature}"), float(amount), TONES[nature]


def wan(press: Press, amount: Decimal) -> str:
    """An amount that is in tens of thousands, with its unit."""
    return press.w("report.wan", amount=f"{amount:,.2f}", unit=press.dress.unit)


def _of(press: Press, amount: Decimal, limit: Decimal) -> str:
    return press.w("report.wan_of", amount=f"{amount:,.2f}", limit=f"{limit:,.2f}", unit=press.dress.unit)
