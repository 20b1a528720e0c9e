"""Sheets of the workbook on money: firms fair by fair, subsidies with their reckoning, funds by quarter, awards, sources."""

from __future__ import annotations

from fairplanner.publish.money.money_sources import Sources, Used
from fairplanner.publish.money.money_view import LINES, ClaimSeen, Visited
from fairplanner.publish.press import Press
from fairplanner.publish.wording.why_words import WhyWords
from fairplanner.publish.workbooks.workbook_grid import grid
from fairplanner.publish.workbooks.xlsx import Grid, Kind, Value

MONEY, FIGURE, NUMBER, TEXT = Kind.MONEY, Kind.FIGURE, Kind.NUMBER, Kind.TEXT


def visits(press: Press) -> Grid:
    """One row a firm and phase: cost by line, entitlement, what limits take, what is expected, what stays, what is not
    claimed and why."""
    columns = [("no", NUMBER), ("firm", TEXT), ("zone", TEXT), ("phase", TEXT)]
    columns += [("stand_cost" if line == "stand" else str(line), MONEY) for line in LINES]
    columns += [(key, MONEY) for key in ("cost", "entitled", "cut", "expected", "net")] + [
        ("capped", TEXT),
        ("why", TEXT),
    ]
    rows = [_visit(press, n, v) for n, v in enumerate(press.money.visits, 1)]
    return grid(press, "visits", columns, rows)


def _visit(press: Press, n: int, v: Visited) -> tuple[Value, ...]:
    say = press.money_words
    capped = [text for seen in v.claims for text in (say.caps(seen), say.limits(seen)) if text]
    zone = press.naming.zone(press.programme.firm[v.firm_id].zone_id)
    why = WhyWords(say).lines(press.unpaid.of(v.firm_id, v.phase_id), "money.unclaimed-cell")
    return (
        n, press.naming.firm(v.firm_id), zone, press.naming.phase(v.phase_id), *v.costs.values(), v.cost, v.entitled, v.cut,
        v.paid, v.net, "\n".join(dict.fromkeys(capped)), "\n".join(why),
    )  # fmt: skip


def claims(press: Press) -> Grid:
    """One row a claim: base, rate, the steps after it, which limits took how much, and what is to be known before relying on it."""
    columns = [
        ("no", NUMBER), ("firm", TEXT), ("phase", TEXT), ("subsidy", TEXT), ("fund", TEXT), ("base", MONEY), ("percent", FIGURE),
        ("turn", NUMBER), ("steps", TEXT), ("entitled", MONEY), ("cut", MONEY), ("cut_by", TEXT), ("expected", MONEY), ("remark", TEXT),
    ]  # fmt: skip
    return grid(press, "claims", columns, [_claim(press, n, c) for n, c in enumerate(press.money.claims, 1)])


def _claim(press: Press, n: int, seen: ClaimSeen) -> tuple[Value, ...]:
    say, c = press.money_words, seen.claim
    return (
        n, press.naming.firm(c.firm_id), press.naming.phase(c.phase_id), say.claimed(seen), say.fund(c.fund_id),
        seen.base, seen.rate * 100, c.turn or None, "\n".join((*say.counted(seen), *(say.step(*x) for x in seen.steps))),
        c.entitled, c.cut,
        say.limits(seen), c.amount, "\n".join(say.marks(seen)),
    )  # fmt: skip


def quarters(press: Press) -> Grid:
    """One row a fund and quarter in which something comes in or goes out; what is carried over and left do not add up."""
    columns = [
        ("fund", TEXT), ("nature", TEXT), ("quarter", TEXT), ("carried", FIGURE), ("came_in", MONEY), ("planned", MONEY),
        ("over", FIGURE), ("remark", TEXT),
    ]  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for seen in press.money.funds:
        name, nature = press.w.name(seen.fund), press.w(f"enums.Nature.{seen.fund.nature}")
        notes = press.w("money.joint").join(press.money_words.fund_notes(seen.fund))
        rows += [
            (name, nature, q.quarter, q.carried, q.came_in, q.planned, q.left, "" if n else notes)
            for n, q in enumerate(seen.quarters)
        ]
    return grid(press, "quarters", columns, rows)


def awards(press: Press) -> Grid:
    """One row an award: what is advanced, what is at stake, on which target, and whether it comes."""
    w = press.w
    targets = {t.target_id: t for t in press.programme.targets}
    columns = [
        ("award", TEXT), ("zone", TEXT), ("tier", TEXT), ("advance", MONEY), ("rest", MONEY), ("target", TEXT), ("state_award", TEXT),
    ]  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (
            w.name(x.award), press.naming.zone(x.award.zone_id), x.award.tier, x.advance, x.rest,
            w.name(targets[x.award.target_id]), press.money_words.award(x),
        )
        for x in press.money.awards
    ]  # fmt: skip
    return grid(press, "awards", columns, rows)


def sources(press: Press) -> Grid:
    """One row a number that the plan's money rests on: what it is, where it is from, how sure it is."""
    plan = press.plan
    used = Used(plan.delegations, plan.participations, plan.claims)
    columns = [(key, TEXT) for key in ("used_for", "what", "value", "source", "address", "sure", "reading", "remark")]
    rows: list[tuple[Value, ...]] = [
        (x.used_for, x.what, x.value, x.source, x.address, press.w(f"enums.Confidence.{x.confidence}"), x.reading, x.remark)
        for x in Sources(press.money_words, used).rows()
    ]  # fmt: skip
    return grid(press, "sources", columns, rows, summed=False)
