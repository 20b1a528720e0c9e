"""总结: what was done, against what was planned; results are blank until the ledger has them (planner.md 41)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import Regime
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Participation
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.journey import approval_of, subject
from fairplanner.publish.office.paper import BLANK, Attachment, Block, Field, Form, Heading, Paper, Paragraph
from fairplanner.publish.views import Party
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.dates import days_away

OPEN = ("work", "problems", "next")
TALK = (
    ("intended", Kind.MONEY, 1.8),
    ("buyers", Kind.COUNT, 1.3),
    ("orders", Kind.COUNT, 1.3),
    ("satisfaction", Kind.NUMBER, 1.4),
)


def closing(desk: Desk) -> Iterator[Paper]:
    """One summary an edition at home, one a delegation abroad; internal."""
    w = desk.w
    for edition in desk.editions:
        places = [x for x in desk.places(edition.phase_ids) if desk.programme.regime(x.phase_id) is Regime.HOME]
        if places:
            name = desk.edition_name(edition)
            facts = [
                _at(desk, name, q.phase_id, desk.places([q.phase_id]))
                for q in edition.phases
                if desk.places([q.phase_id])
            ]
            yield _paper(desk, name, edition.edition_id, w("office.summary.title_home", name=name), facts, places, None)
    for party in desk.abroad:
        d = party.delegation
        name = subject(desk, d)
        facts = [_party(desk, party), *(_at(desk, name, q, party.at(q)) for q in party.phase_ids)]
        title = w("office.summary.title_abroad", name=name)
        yield _paper(desk, name, d.delegation_id, title, facts, list(party.participations), party)


def _paper(
    desk: Desk,
    name: str,
    subject_id: str,
    title: str,
    facts: list[str],
    places: list[Participation],
    party: Party | None,
) -> Paper:
    w, press = desk.w, desk.press
    blocks: list[Block] = [
        Heading(w("office.summary.facts")),
        *(Paragraph(x) for x in facts),
        Paragraph(w("office.summary.planned")),
    ]
    blocks += [Heading(w("office.summary.work")), Paragraph(BLANK), Heading(w("office.summary.results"))]
    blocks += [Paragraph(w("office.summary.results_says"))]
    blocks += [Heading(w("office.summary.money")), *_money(desk, places, party)]
    for key in OPEN[1:]:
        blocks += [Heading(w(f"office.summary.{key}")), Paragraph(BLANK)]
    results = _results(desk, places)
    known = any(value is not None for row in results.rows for value in row[-len(TALK) - 1 :])
    is_over = any((end := desk.programme.phase[x.phase_id].end) and end < desk.programme.settings.as_of for x in places)
    return Paper(
        "summary", press.lang, name, subject_id, title, tuple(blocks), is_signed=True, is_internal=True, sample=press.sample, footer=press.footer,
        attachments=(Attachment(w("office.summary.table_title", name=name), (results,), wide=True),),
        lacks=() if known or not is_over else (w("office.lack.results"),), by_hand=tuple(w(f"office.by_hand.{x}") for x in ("work", "actual", "issuer")),
    )  # fmt: skip


def _at(desk: Desk, name: str, phase_id: str, places: tuple[Participation, ...]) -> str:
    """Days, place, firms, booths and people of one phase."""
    w, phase = desk.w, desk.programme.phase[phase_id]
    booths = sum(x.booths for x in places)
    facts = {
        "phase": desk.naming.phase(phase_id), "days": desk.dress.phase_days(phase), "where": desk.where(phase),
        "firms": len({x.firm_id for x in places}), "people": sum(x.people for x in places), "name": name,
    }  # fmt: skip
    return (
        w("office.summary.at_booths", booths=desk.press.booths(booths), **facts)
        if booths
        else w("office.summary.at", **facts)
    )


def _party(desk: Desk, party: Party) -> str:
    w, d = desk.w, party.delegation
    if not d.officials:
        return w("office.summary.no_party", sponsor=desk.naming.zone(d.sponsor))
    approval = approval_of(desk, d)
    return w(
        "office.summary.party", sponsor=desk.naming.zone(d.sponsor), people=d.officials, route=desk.route(d), number=approval.number if approval else BLANK,
        days=desk.dress.span(d.depart, d.return_), count=days_away(d.depart, d.return_),
        posts=desk.naming.listed([desk.naming.post(x) for x in d.posts]) or BLANK,
    )  # fmt: skip


def _money(desk: Desk, places: list[Participation], party: Party | None) -> Iterator[Block]:
    """Public money: the party's budget by line, then expected subsidies by fund; what was spent is filled in by hand."""
    w, p = desk.w, desk.programme
    rows: list[tuple[Value, ...]] = []
    if party:
        rows += [
            (w("office.summary.of_party", line=w(f"enums.CostLine.{line}")), amount, None, None)
            for line, amount in party.delegation.cost
            if amount
        ]
    own = {x.participation_id for x in places}
    firms = {(x.firm_id, x.phase_id) for x in places}
    sums: dict[str, Decimal] = {}
    for c in desk.press.plan.claims:
        if c.participation_id in own or (not c.participation_id and (c.firm_id, c.phase_id) in firms):
            sums[c.fund_id] = sums.get(c.fund_id, Decimal(0)) + c.amount
    rows += [
        (w("office.summary.of_fund", fund=w.name(p.fund[f])), amount, None, None)
        for f, amount in sorted(sums.items())
        if amount
    ]
    if not rows:
        yield Paragraph(w("office.summary.no_money"))
        return
    unit = desk.dress.unit
    fields = (
        Field(w("office.col.item"), 4), Field(w("office.col.budget", unit=unit), 2, Kind.MONEY),
        Field(w("office.col.actual", unit=unit), 2, Kind.MONEY, blank=True), Field(w("office.col.left", unit=unit), 2, Kind.MONEY, blank=True),
    )  # fmt: skip
    yield Form(
        fields,
        tuple(rows),
        name=w("office.summary.money_sheet"),
        total=w("paper.total"),
        note=w("office.summary.money_note"),
    )


def _results(desk: Desk, places: list[Participation]) -> Form:
    """成效统计表: intended deals, new buyers, sample orders, satisfaction, whether it comes again; from the ledger where it has them."""
    w = desk.w
    done = {(x.firm_id, x.fair_id, x.on): x for x in desk.programme.ledger if not x.empty}
    ordered = sorted(
        places, key=lambda x: (desk.programme.phase[x.phase_id].start or date.max, x.sponsor, x.firm_id, x.phase_id)
    )
    phases = {desk.programme.phase[x.phase_id] for x in places}
    names = {q.phase_id: desk.naming.phase(q.phase_id) for q in phases}
    if len({q.fair_id for q in phases}) == 1:
        names = {q.phase_id: w("office.recruit.phase_no", n=q.phase) for q in phases} if len(phases) > 1 else {}
    rows = tuple(_result(desk, n, x, done, names) for n, x in enumerate(ordered, 1))
    fields = (
        Field(w("paper.col_no"), 1, Kind.NUMBER), Field(w("paper.col_firm"), 5), *([Field(w("office.col.phase"), 2)] if names else []),
        *(Field(w(f"office.col.{key}"), width, kind, blank=True) for key, kind, width in TALK), Field(w("office.col.again"), 1.6, blank=True),
    )  # fmt: skip
    return Form(
        fields, rows, name=w("office.summary.sheet"), total=w("paper.total"), note=w("office.summary.table_note")
    )


def _result(
    desk: Desk, n: int, x: Participation, done: dict[tuple[str, str, date], LedgerRow], names: Mapping[str, str]
) -> tuple[Value, ...]:
    phase = desk.programme.phase[x.phase_id]
    row = done.get((x.firm_id, phase.fair_id, phase.end)) if phase.end else None
    start: tuple[Value, ...] = (n, desk.naming.firm(x.firm_id), *([names[x.phase_id]] if names else []))
    if row is None:
        return (*start, None, None, None, None, None)
    again = None if row.again is None else desk.w(f"office.summary.{'yes' if row.again else 'no'}")
    return (*start, row.intended_usd, row.new_buyers, row.sample_orders, row.satisfaction, again)
