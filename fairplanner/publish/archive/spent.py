"""Parts of the record about money: budget against actual, what came of it, claims with their evidence.

Nothing actual is reckoned here: it is in a ledger, or it is left to be filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Claim
from fairplanner.publish.archive.actual import Actual
from fairplanner.publish.archive.material import BLANK
from fairplanner.publish.archive.parts import COUNT, FIGURE, MONEY, NUMBER, TEXT, Head, Part
from fairplanner.publish.archive.scope import Scope, short
from fairplanner.publish.money.claim_dates import claim_day, papers_of
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import Value


def budget(press: Press, scope: Scope, known: Actual) -> Part:
    """What was planned from each fund and line, and what was really paid as far as anybody entered it."""
    heads: tuple[Head, ...] = (
        ("for", TEXT, 4), ("fund", TEXT, 3), ("line", TEXT, 2.4), ("planned", MONEY, 1.6), ("paid", MONEY, 1.6), ("difference", MONEY, 1.6),
    )  # fmt: skip
    rows = (*_parties(press, scope), *_subsidies(press, scope, known))
    missing = (press.w("archive.missing.actual"),) if any(BLANK in row for row in rows) else ()
    return Part("budget", heads, tuple(rows), missing, press.w("archive.note.budget"), is_summed=True)


def _parties(press: Press, scope: Scope) -> Iterator[tuple[Value, ...]]:
    """Public money of the parties; what they really cost stands in no table, so it is left to be filled in."""
    for d in scope.delegations:
        for line, amount in d.cost:
            who, fund = press.naming.delegation(d), press.money_words.fund(d.fund_id) if d.fund_id else ""
            yield who, fund, press.w(f"enums.CostLine.{line}"), amount, BLANK, BLANK


def _subsidies(press: Press, scope: Scope, known: Actual) -> Iterator[tuple[Value, ...]]:
    """By phase, fund and subsidy; nothing is called left over before every claim has been paid or entered as nothing."""
    claimed: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for c in _claims(press, scope):
        claimed[c.phase_id, c.fund_id, c.subsidy_id].append(c)
    for (phase_id, fund_id, subsidy_id), own in sorted(claimed.items()):
        planned, paid = sum((c.amount for c in own), Decimal(0)), known.paid(phase_id, subsidy_id)
        is_whole = all(known.paid(phase_id, subsidy_id, c.firm_id) is not None for c in own)
        left: Value = planned - paid if paid is not None and is_whole else BLANK
        what = short(press, phase_id), press.money_words.fund(fund_id), _subsidy(press, subsidy_id)
        yield *what, planned, BLANK if paid is None else paid, left


def _subsidy(press: Press, subsidy_id: str) -> str:
    found = press.programme.subsidy.get(subsidy_id)
    return (press.w.name(found) if found else "") or subsidy_id


def outcome(press: Press, scope: Scope, known: Actual) -> Part:
    """What really was, firm by firm, beside the plan: went or not, booths, intended deals, buyers; blanks to be filled in."""
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.2), ("booths_planned", COUNT, 1.1), ("booths_actual", NUMBER, 1.1), ("empty", NUMBER, 1), ("went", TEXT, 1.8),
        ("photo", TEXT, 1.2), ("intended", FIGURE, 1.5), ("buyers", NUMBER, 1.1), ("samples", NUMBER, 1.1), ("satisfaction", NUMBER, 1), ("again", TEXT, 1.1),
    )  # fmt: skip
    rows = tuple(
        (short(press, p.phase_id), press.naming.firm(p.firm_id), p.booths, *_really(press, known, p.firm_id, p.phase_id))
        for p in press.plan.participations if p.phase_id in scope.phase_ids
    )  # fmt: skip
    untold = sum(row[3] == BLANK for row in rows)
    return Part("outcome", heads, rows, (press.w("archive.missing.outcome", count=untold),) if untold else ())


OUTCOME = ("intended_usd", "new_buyers", "sample_orders", "satisfaction")


def _really(press: Press, known: Actual, firm_id: str, phase_id: str) -> tuple[Value, ...]:
    """Booths, empty booths, border dates, photograph (nobody enters these), then what came of it."""
    own = known.of(firm_id, phase_id)
    if not own:
        return (BLANK,) * 9
    told = (_first(own, name) for name in OUTCOME)
    again = _first(own, "again")
    said = BLANK if again is None else press.w("archive.yes" if again else "archive.no")
    return own[0].booths, sum(x.empty for x in own), BLANK, BLANK, *(BLANK if x is None else x for x in told), said


def _first(rows: tuple[LedgerRow, ...], field: str) -> Any:
    """What the first row says that says anything: a firm has a row for each subsidy."""
    return next((getattr(row, field) for row in rows if getattr(row, field) is not None), None)


def claims(press: Press, scope: Scope, known: Actual) -> Part:
    """Every claim with what it was to pay, what was paid, by when it is to be claimed; whether its papers came in is a blank."""
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.4), ("subsidy", TEXT, 3.4), ("entitled", MONEY, 1.6), ("planned", MONEY, 1.6), ("paid", MONEY, 1.6),
        ("claim_by", TEXT, 1.7), ("evidence", TEXT, 1.7),
    )  # fmt: skip
    rows = []
    for c in _claims(press, scope):
        paid = known.paid(c.phase_id, c.subsidy_id, c.firm_id)
        day = claim_day(press.programme, c.subsidy_id, c.phase_id)
        who = short(press, c.phase_id), press.naming.firm(c.firm_id), _subsidy(press, c.subsidy_id)
        rows.append(
            (*who, c.entitled, c.amount, BLANK if paid is None else paid, day.isoformat() if day else "", BLANK)
        )
    return Part("claims", heads, tuple(rows), (press.w("archive.missing.papers"),) if rows else (), is_summed=True)


def papers(press: Press, scope: Scope) -> Part:
    """The papers that prove a subsidy, as the rule packs list them, and which subsidies ask for each."""
    heads: tuple[Head, ...] = (("paper", TEXT, 6), ("subsidies", TEXT, 6))
    ids = sorted({c.subsidy_id for c in _claims(press, scope)})
    rows = tuple(
        (
            press.w.name(paper),
            "\n".join(_subsidy(press, s) for s in meant) if meant else press.w("archive.every_subsidy"),
        )
        for paper, meant in papers_of(press.programme, ids)
    )
    return Part("papers", heads, rows)


def _claims(press: Press, scope: Scope) -> list[Claim]:
    own = (c for c in press.plan.claims if c.phase_id in scope.phase_ids)
    return sorted(own, key=lambda c: (c.phase_id, c.firm_id, c.claim_id))
