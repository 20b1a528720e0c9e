"""What a delegation costs, which funds pay, and what firms may expect back; for the office itself."""

from __future__ import annotations

from decimal import Decimal

from fairplanner.publish.budget_grid import grid_of
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, spent, total
from fairplanner.rules.reckon.funds import whole


def costs(press: Press, party: Party) -> Section:
    """What it costs: public money (by line where no budget is printed), then what firms pay themselves."""
    w, d = press.w, party.delegation
    rows = [(w("briefing.payer_public"), w(f"enums.CostLine.{line}"), amount) for line, amount in d.cost]
    if grid_of(press, d):
        rows = [(w("briefing.payer_public"), w("travel.see_budget"), d.total)]
    stands = [("stand", total([x.stand_cost for x in party.exhibitors]))] if party.exhibitors else []
    own = (
        *stands,
        ("fare", total([j.fare for j in party.journeys])),
        ("lodging", total([j.lodging for j in party.journeys])),
    )
    rows += [(w("briefing.payer_firms"), w(f"enums.CostLine.{line}"), amount) for line, amount in own]
    shown = tuple((payer, line, press.dress.amount(amount)) for payer, line, amount in rows)
    last = (w("paper.total"), "", press.dress.amount(total([r[2] for r in rows])))
    headers = (w("paper.col_payer"), w("paper.col_line"), w("paper.col_amount", unit=press.dress.unit))
    return Section(
        w("briefing.costs"), "costs", table=Table(headers, shown, (4, 3, 3), (2,), last), note=_costs_note(press, party)
    )


def _costs_note(press: Press, party: Party) -> str:
    w, saved = press.w, total([j.saved for j in party.journeys])
    said = [w("briefing.costs_note"), *([w("briefing.costs_note_stand")] if party.exhibitors else [])]
    return "\n".join([*said, *([w("briefing.saved", amount=press.dress.money(saved))] if saved else [])])


def funds(press: Press, party: Party) -> Section:
    """The funds it draws on: amount, what the whole plan draws, what is left."""
    w, p = press.w, press.programme
    ids = sorted(
        {*([party.delegation.fund_id] if party.delegation.fund_id else []), *(c.fund_id for c in party.claims)}
    )
    drawn = spent(press.flows)
    own = {f: (party.delegation.total if f == party.delegation.fund_id else Decimal(0)) for f in ids}
    for claim in party.claims:
        own[claim.fund_id] += claim.amount
    if not ids:
        return Section(w("briefing.funds"), "funds", paragraphs=(w("briefing.no_funds"),))
    amounts = [
        (whole(p, p.fund[f]), own[f], drawn.get(f, Decimal(0)), whole(p, p.fund[f]) - drawn.get(f, Decimal(0)))
        for f in ids
    ]
    rows = tuple((w.name(p.fund[f]), *map(press.dress.amount, row)) for f, row in zip(ids, amounts, strict=True))
    headers = (
        w("paper.col_fund"),
        *(w(f"paper.col_{key}", unit=press.dress.unit) for key in ("budget", "here", "planned", "left")),
    )
    return Section(w("briefing.funds"), "funds", table=Table(headers, rows, (3, 2, 2, 2, 2), (1, 2, 3, 4)))


def subsidies(press: Press, party: Party) -> Section:
    """Claims expected by firm; always with the caveat, never outside the office."""
    w, p = press.w, press.programme
    if not party.claims:
        return Section(w("briefing.subsidies"), "subsidies", paragraphs=(w("briefing.no_subsidies"),))
    firms = [press.naming.firm(c.firm_id) for c in party.claims]
    rows = tuple(
        (firm if firm != before else "", w.name(p.subsidy[c.subsidy_id]), press.dress.amount(c.amount))
        for firm, before, c in zip(firms, ["", *firms], party.claims, strict=False)
    )
    last = (w("paper.total"), "", press.dress.amount(total([c.amount for c in party.claims])))
    headers = (w("paper.col_firm"), w("paper.col_subsidy"), w("paper.col_amount", unit=press.dress.unit))
    return Section(
        w("briefing.subsidies"),
        "subsidies",
        table=Table(headers, rows, (4, 3, 2), (2,), last, grouped=True),
        note=w("briefing.subsidies_note"),
    )
