"""What a delegation costs, which funds pay, and what firms may expect back; for the office itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.kinds import PARTICIPATION_LINES
from fairplanner.publish.money.budget_grid import grid_of
from fairplanner.publish.money.money_sources import Sources, Used, by_source
from fairplanner.publish.money.money_view import ClaimSeen
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, spent, total
from fairplanner.rules.reckon.funds import whole

OTHERS = tuple(line.value for line in PARTICIPATION_LINES[1:])
ZERO = Decimal(0)


def own_money(party: Party) -> tuple[tuple[str, Decimal], ...]:
    """What its firms pay before subsidies, by cost line."""
    stands = [("stand", total([x.stand_cost for x in party.exhibitors]))] if party.exhibitors else []
    others = [(line, total([dict(x.other_cost).get(line, ZERO) for x in party.participations])) for line in OTHERS]
    return (
        *stands,
        *((line, amount) for line, amount in others if amount),
        ("fare", total([j.fare for j in party.journeys])),
        ("lodging", total([j.lodging for j in party.journeys])),
    )


def costs(press: Press, party: Party) -> Section:
    """What it costs: public money (by line where no budget is printed), then what firms pay themselves."""
    w, d = press.w, party.delegation
    rows = [(w("briefing.payer_public"), w(f"enums.CostLine.{line}"), amount) for line, amount in d.cost]
    if grid_of(press, d):
        rows = [(w("briefing.payer_public"), w("travel.see_budget"), d.total)]
    rows += [(w("briefing.payer_firms"), w(f"enums.CostLine.{line}"), amount) for line, amount in own_money(party)]
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


@dataclass(frozen=True)
class Drawn:
    """What a fund holds, what this delegation draws on it, and what the whole plan does."""

    fund_id: str
    whole: Decimal
    here: Decimal
    planned: Decimal


def drawn(press: Press, party: Party) -> tuple[Drawn, ...]:
    """Every fund that a delegation draws on, by id."""
    p, d = press.programme, party.delegation
    ids = sorted({*([d.fund_id] if d.fund_id else []), *(c.fund_id for c in party.claims)})
    own = {f: (d.total if f == d.fund_id else ZERO) for f in ids}
    for claim in party.claims:
        own[claim.fund_id] += claim.amount
    planned = spent(press.flows)
    return tuple(Drawn(f, whole(p, p.fund[f]), own[f], planned.get(f, ZERO)) for f in ids)


def funds(press: Press, party: Party) -> Section:
    """The funds it draws on: amount, what the whole plan draws, what is left."""
    w, p, found = press.w, press.programme, drawn(press, party)
    if not found:
        return Section(w("briefing.funds"), "funds", paragraphs=(w("briefing.no_funds"),))
    rows = tuple(
        (w.name(p.fund[x.fund_id]), *map(press.dress.amount, (x.whole, x.here, x.planned, x.whole - x.planned)))
        for x in found
    )
    headers = (
        w("paper.col_fund"),
        *(w(f"paper.col_{key}", unit=press.dress.unit) for key in ("budget", "here", "planned", "left")),
    )
    return Section(w("briefing.funds"), "funds", table=Table(headers, rows, (3, 2, 2, 2, 2), (1, 2, 3, 4)))


def subsidies(press: Press, party: Party) -> Section:
    """Claims expected by firm with their reckoning; always with the caveat, never outside the office."""
    w = press.w
    if not party.claims:
        return Section(w("briefing.subsidies"), "subsidies", paragraphs=(w("briefing.no_subsidies"),))
    own = {c.claim_id for c in party.claims}
    seen = [x for x in press.money.claims if x.claim.claim_id in own]
    firms = [press.naming.firm(x.claim.firm_id) for x in seen]
    rows = tuple(
        (firm if firm != before else "", press.money_words.claimed(x), _how(press, x), press.dress.amount(x.claim.amount))
        for firm, before, x in zip(firms, ["", *firms], seen, strict=False)
    )  # fmt: skip
    last = (w("paper.total"), "", "", press.dress.amount(total([x.claim.amount for x in seen])))
    headers = (
        w("paper.col_firm"),
        w("paper.col_subsidy"),
        w("money.how"),
        w("paper.col_amount", unit=press.dress.unit),
    )
    marks = dict.fromkeys(mark for x in seen for mark in press.money_words.marks(x))
    note = "\n".join((w("briefing.subsidies_note"), *marks))
    table = Table(headers, rows, (2.4, 2, 4.6, 1.6), (3,), last, grouped=True)
    return Section(w("briefing.subsidies"), "subsidies", table=table, note=note)


def _how(press: Press, seen: ClaimSeen) -> str:
    """Base, rate and caps of a claim, then what limits over several claims take of it."""
    say, cut = press.money_words, seen.claim.cut
    less = press.w("money.cut", amount=press.dress.amount(cut), by=say.limits(seen)) if cut else ""
    return "\n".join(filter(None, (say.trace(seen), less)))


def sources(press: Press, party: Party) -> Section:
    """Where the numbers of the sheet's money are from and how sure each source is."""
    w = press.w
    found = by_source(Sources(press.money_words, Used((party.delegation,), party.participations, party.claims)).rows())
    rows = tuple(
        (
            "\n".join(dict.fromkeys(x.headline for x in numbers)),
            "\n".join(filter(None, (source or w("paper.none"), address))),
            "\n".join(filter(None, (w(f"enums.Confidence.{sure}"), reading, *dict.fromkeys(x.remark for x in numbers)))),
        )
        for (source, address, sure, reading), numbers in found.items()
    )  # fmt: skip
    headers = (w("money.col_used_for"), w("paper.col_source"), w("money.col_sure"))
    table = Table(headers, rows, (3.4, 4.6, 2.4)) if rows else None
    return Section(w("money.sources"), "sources", table=table, note=w("money.sources_note"))
