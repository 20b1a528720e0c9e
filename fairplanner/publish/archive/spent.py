"""Parts of the record about money: budget against actual, what came of it, claims with their evidence.

Actual figures are those that somebody entered in a ledger; a row that a plan wrote there ahead is an expectation and no actual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from fairplanner.domain.kinds import Confidence
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.publish.archive.material import BLANK, Material
from fairplanner.publish.archive.parts import COUNT, FIGURE, MONEY, NUMBER, TEXT, Head, Part
from fairplanner.publish.archive.scope import Scope, short
from fairplanner.publish.money.claim_dates import claim_day, papers_of
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import Value
from fairplanner.words import languages, words

Actual = dict[str, tuple[LedgerRow, ...]]
"""Rows of what really was, by phase."""


def actual(programme: Programme, scope: Scope, rows: Iterable[LedgerRow]) -> Actual:
    """What a ledger says of these phases, expectations left out; the same row twice counts once."""
    phases = {(programme.phase[q].fair_id, programme.phase[q].end): q for q in scope.phase_ids}
    ahead = frozenset(_ahead(programme))
    found: defaultdict[str, dict[tuple[str, str], LedgerRow]] = defaultdict(dict)
    for row in rows:
        is_ahead = row.confidence is Confidence.PROJECTED or row.note in ahead or row.source in ahead
        if (q := phases.get((row.fair_id, row.on))) and not is_ahead:
            found[q][row.firm_id, row.subsidy_id] = row
    return {q: tuple(own[key] for key in sorted(own)) for q, own in found.items()}


def _ahead(programme: Programme) -> Iterator[str]:
    """How `ledger` marks rows that a plan expects, in every language and whichever revision wrote them."""
    for lang in languages():
        w = words(lang)
        yield w("ledger.expected")
        for number in range(1, programme.settings.revision + 2):
            yield w("ledger.source", programme=w.name(programme.settings), revision=number)


def budget(press: Press, scope: Scope, known: Actual) -> Part:
    """What was planned from each fund and line, and what was really paid as far as anybody entered it."""
    heads: tuple[Head, ...] = (
        ("for", TEXT, 4), ("fund", TEXT, 3), ("line", TEXT, 2.4), ("planned", MONEY, 1.6), ("paid", MONEY, 1.6), ("difference", MONEY, 1.6),
    )  # fmt: skip
    rows = (*_parties(press, scope), *_subsidies(press, scope, known))
    missing = (press.w("archive.missing.actual"),) if any(row[4] == BLANK for row in rows) else ()
    return Part("budget", heads, tuple(rows), missing, press.w("archive.note.budget"), is_summed=True)


def _parties(press: Press, scope: Scope) -> Iterator[tuple[Value, ...]]:
    """Public money of the parties; what they really cost stands in no table, so it is left to be filled in."""
    for d in scope.delegations:
        for line, amount in d.cost:
            who, fund = press.naming.delegation(d), press.money_words.fund(d.fund_id) if d.fund_id else ""
            yield who, fund, press.w(f"enums.CostLine.{line}"), amount, BLANK, BLANK


def _subsidies(press: Press, scope: Scope, known: Actual) -> Iterator[tuple[Value, ...]]:
    planned: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for c in press.plan.claims:
        if c.phase_id in scope.phase_ids:
            planned[c.phase_id, c.fund_id, c.subsidy_id] += c.amount
    for (phase_id, fund_id, subsidy_id), amount in sorted(planned.items()):
        found = [r.amount for r in known.get(phase_id, ()) if r.subsidy_id == subsidy_id]
        paid = sum(found, Decimal(0)) if found else None
        values: tuple[Value, Value] = (BLANK, BLANK) if paid is None else (paid, amount - paid)
        yield (
            press.naming.phase(phase_id),
            press.money_words.fund(fund_id),
            _subsidy(press, subsidy_id),
            amount,
            *values,
        )


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
    return Part("outcome", heads, rows, (press.w("archive.missing.outcome"),) if rows and not known else ())


def _really(press: Press, known: Actual, firm_id: str, phase_id: str) -> tuple[Value, ...]:
    own = [r for r in known.get(phase_id, ()) if r.firm_id == firm_id]
    if not own:
        return (BLANK,) * 9
    r = own[0]
    told = (r.intended_usd, r.new_buyers, r.sample_orders, r.satisfaction)
    again = BLANK if r.again is None else press.w("archive.yes" if r.again else "archive.no")
    return r.booths, sum(x.empty for x in own), BLANK, BLANK, *(BLANK if x is None else x for x in told), again


def claims(press: Press, scope: Scope, known: Actual) -> Part:
    """Every claim with what it was to pay, what was paid, by when it is to be claimed; whether its papers came in is a blank."""
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.4), ("subsidy", TEXT, 3.4), ("entitled", MONEY, 1.6), ("planned", MONEY, 1.6), ("paid", MONEY, 1.6),
        ("claim_by", TEXT, 1.7), ("evidence", TEXT, 1.7),
    )  # fmt: skip
    rows = []
    for c in _claims(press, scope):
        found = [r.amount for r in known.get(c.phase_id, ()) if (r.firm_id, r.subsidy_id) == (c.firm_id, c.subsidy_id)]
        day = claim_day(press.programme, c.subsidy_id, c.phase_id)
        paid: Value = sum(found, Decimal(0)) if found else BLANK
        who = short(press, c.phase_id), press.naming.firm(c.firm_id), _subsidy(press, c.subsidy_id)
        rows.append((*who, c.entitled, c.amount, paid, day.isoformat() if day else "", BLANK))
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


def ledger_of(programme: Programme, material: Material) -> tuple[LedgerRow, ...]:
    """Every row that may tell what really was: the programme's own, then what was gathered beside it."""
    return (*programme.ledger, *material.ledger)
