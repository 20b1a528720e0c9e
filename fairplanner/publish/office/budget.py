"""预算表: what an official party costs in the printed columns, 项目|币种|标准|人数|天数|外币|汇率（日期）|人民币; sums printed, in fen."""

from __future__ import annotations

import re
from decimal import Decimal

from fairplanner.publish.money.budget_grid import WIDTHS, budget, count, currency, grid_of, item, rate_text
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.paper import Block, Field, Form, Paragraph
from fairplanner.publish.views import Party
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.tariff import GridLine

BOTH = re.compile(r"([\u4e00-\u9fff][^\n(]*?)\s*\(([ -'*-~]+)\)")
"""A source that says the same in both languages."""
KEYS = ("item", "currency", "standard", "people", "count", "foreign", "rate")
KINDS = (Kind.TEXT, Kind.TEXT, Kind.FIGURE, Kind.NUMBER, Kind.TEXT, Kind.FIGURE, Kind.TEXT, Kind.MONEY)


def form(desk: Desk, party: Party) -> tuple[Block, ...]:
    """The table with its total; where the lines behind a plan's sums are not known any more, one line an item with ____."""
    w, d = desk.w, party.delegation
    own = desk.programme.settings.currency
    amount = w(f"travel.col_amount_{own}") if f"travel.col_amount_{own}" in w else w("travel.col_amount", unit=own)
    headers = (*(w(f"travel.col_{key}") for key in KEYS), amount)
    lines = grid_of(desk.press, d)
    fields = tuple(
        Field(h, width, kind, blank=not lines and 0 < n < len(KINDS) - 1, centred=n in (1, 4))
        for n, (h, width, kind) in enumerate(zip(headers, WIDTHS, KINDS, strict=True))
    )
    rows = tuple(_row(desk, party, x) for x in lines) or tuple(_unknown(desk, line, x) for line, x in d.cost if x)
    note = own_words(next((s.note for s in budget(desk.press, party)), ""), w.lang)
    fund = desk.programme.fund.get(d.fund_id)
    says = w(
        "office.budget.says",
        people=d.officials,
        days=(d.return_ - d.depart).days + 1,
        fund=w.name(fund) if fund else "____",
    )
    table = Form(fields, rows, name=w("office.budget.sheet"), total=w("paper.total"), note=note)
    return (Paragraph(says, flush=True), table)


def own_words(text: str, lang: str) -> str:
    """A note that quotes sources written as «中文 (English)», in the reader's language alone."""
    return BOTH.sub(r"\1" if lang == "zh" else r"\2", text)


def lacks(desk: Desk, party: Party) -> tuple[str, ...]:
    """The fund, or the rates behind the sums."""
    w, d = desk.w, party.delegation
    found = [] if d.fund_id else [w("office.lack.fund")]
    return (*found, *([] if grid_of(desk.press, d) else [w("office.lack.grid")]))


def _row(desk: Desk, party: Party, line: GridLine) -> tuple[Value, ...]:
    press, foreign = desk.press, line.on is not None
    rate = (
        desk.w("travel.rate", rate=rate_text(line), day=line.on).replace("\n", desk.w("office.space"))
        if foreign
        else ""
    )
    return (
        item(press, party.delegation, line), currency(press, line), line.standard, line.people, count(press, line),
        line.foreign if foreign else None, rate, line.amount,
    )  # fmt: skip


def _unknown(desk: Desk, line: str, amount: Decimal) -> tuple[Value, ...]:
    return (desk.w(f"enums.CostLine.{line}"), *[None] * (len(KEYS) - 1), amount)
