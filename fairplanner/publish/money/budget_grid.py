"""The budget of an official party in the grid of the form: 项目|币种|标准|人数|天数|外币|汇率（日期）|人民币; for the office itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fairplanner.domain.kinds import CostLine, Regime
from fairplanner.domain.plan import Delegation
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, total
from fairplanner.publish.workbooks.xlsx import Value
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.reckon.money import stay_at
from fairplanner.rules.reckon.tariff import GridLine, days_over_tariff, party_grid

WIDTHS = (3.2, 1.1, 1.4, 1.1, 1.2, 1.6, 1.9, 1.8)
NUMERIC = (2, 3, 4, 5, 6, 7)
KEYS = ("item", "currency", "standard", "people", "count", "foreign", "rate")


def grid_of(press: Press, delegation: Delegation) -> tuple[GridLine, ...]:
    """The lines behind what the plan says a party costs; () without a party, or where they do not add up to the plan.

    A plan is printed as it was decided: one that was made under other rates keeps its sums, without lines.
    """
    d = delegation
    if d.regime is Regime.HOME or not d.officials:
        return ()
    lines = party_grid(press.programme, d.home, d.stops, d.depart, d.return_, d.officials)
    made = {item.value: total([x.amount for x in lines if x.line is item]) for item in CostLine}
    said = {line: amount for line, amount in d.cost if amount}
    return lines if {k: v for k, v in made.items() if v} == said else ()


def budget(press: Press, party: Party) -> Iterator[Section]:
    """The grid and its notes: how lodging is counted, whose standards they are, and days for which they do not hold."""
    w, lines = press.w, grid_of(press, party.delegation)
    if not lines:
        return
    last = (w("paper.total"), *[""] * (len(WIDTHS) - 2), press.dress.amount(total([x.amount for x in lines])))
    own = press.programme.settings.currency
    amount = w(f"travel.col_amount_{own}") if f"travel.col_amount_{own}" in w else w("travel.col_amount", unit=own)
    headers = (*(w(f"travel.col_{key}") for key in KEYS), amount)
    rows = tuple(_row(press, party.delegation, line) for line in lines)
    yield Section(
        w("travel.budget"), "budget", table=Table(headers, rows, WIDTHS, NUMERIC, last), note=_note(press, party, lines)
    )


def _row(press: Press, delegation: Delegation, line: GridLine) -> tuple[str, ...]:
    w, dress = press.w, press.dress
    foreign = line.on is not None
    rate = w("travel.rate", rate=rate_text(line), day=line.on) if foreign else ""
    return (
        item(press, delegation, line), currency(press, line), dress.amount(line.standard), str(line.people), count(press, line),
        dress.amount(line.foreign) if foreign else "", rate, dress.amount(line.amount),
    )  # fmt: skip


def item(press: Press, delegation: Delegation, line: GridLine) -> str:
    """What a line is for, and where."""
    w = press.w
    if line.line is CostLine.FARE:
        return (
            w("travel.onward", city=press.naming.city(line.place_id))
            if line.place_id
            else w(f"travel.fare_{delegation.regime}")
        )
    kind = "hosted" if not line.share else "shared" if line.share != 1 else "peak" if line.peak else "plain"
    facts = {"city": press.naming.city(line.place_id), "share": press.dress.percent(float(line.share))}
    return w(f"travel.{line.line}_{kind}", **facts)


def currency(press: Press, line: GridLine) -> str:
    """The name of a currency in the language; its code where there is none."""
    key = f"travel.currency.{line.currency}"
    return press.w(key) if key in press.w else line.currency


def rate_text(line: GridLine) -> str:
    """An exchange rate with all its decimals and no more."""
    return f"{line.rate.normalize():f}"


def count(press: Press, line: GridLine) -> str:
    """How many nights, days or journeys."""
    return press.w(f"travel.{line.unit}_one" if line.count == 1 else f"travel.{line.unit}", count=line.count)


def _note(press: Press, party: Party, lines: tuple[GridLine, ...]) -> str:
    w, p = press.w, press.programme
    units = {line.unit for line in lines if line.line is CostLine.LODGING}
    said = [w(f"travel.by_{'mixed' if len(units) > 1 else units.pop()}")] if units else []
    stays = [stay_at(p, place) for place in dict.fromkeys(x.place_id for x in lines if x.line is CostLine.MEALS)]
    said += [w("travel.sources", sources=source) for source in dict.fromkeys(s.source for s in stays if s)]
    return "\n".join([*said, *over_tariff(press, party)])


def over_tariff(press: Press, party: Party) -> list[str]:
    """The sentence on a party that is away longer than the tariff holds; [] for others."""
    d = party.delegation
    over = days_over_tariff(press.programme, d.stops, d.depart, d.return_) if d.officials else 0
    away = days_away(d.depart, d.return_)
    return [press.w("travel.over", days=away, most=away - over)] if over else []


WORKBOOK = ("delegation", "item", "currency", "standard", "people", "count", "foreign", "rate", "rate_day", "amount")


def budget_rows(press: Press) -> list[tuple[Value, ...]]:
    """The lines of every party, for the workbook: columns `WORKBOOK`; a party without lines has one, with its sum."""
    rows: list[tuple[Value, ...]] = []
    for party in press.parties:
        d, name = party.delegation, press.title(party)
        lines = grid_of(press, d)
        rows += [
            (
                name, item(press, d, x), currency(press, x), x.standard, x.people, count(press, x),
                x.foreign if x.on else None, rate_text(x) if x.on else "", x.on, x.amount,
            )
            for x in lines
        ]  # fmt: skip
        if not lines and d.total > Decimal(0):
            rows.append((name, press.w("travel.budget"), *[None] * 7, d.total))
    return rows
