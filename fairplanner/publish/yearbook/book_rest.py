"""Chapters of money, targets, what is left out, decisions and sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from fairplanner.domain.plan import Excluded
from fairplanner.publish.design.columns import columns
from fairplanner.publish.design.figure import Figure
from fairplanner.publish.design.tokens import design
from fairplanner.publish.design.words import chart_words
from fairplanner.publish.dress import distribute
from fairplanner.publish.money.money_sources import Sources, Used
from fairplanner.publish.money.money_view import LINES
from fairplanner.publish.report.money import fund_stacks
from fairplanner.publish.sheet import Table
from fairplanner.publish.wording.decision_rows import decision_rows
from fairplanner.publish.yearbook.figures import ZERO
from fairplanner.publish.yearbook.shelf import Shelf
from fairplanner.publish.yearbook.telling import wans
from fairplanner.publish.yearbook.volume import Chapter, Part

MOST_LEFT_OUT = 2000
"""What is left out that a book names; more stands in the workbook."""
AT_ONCE = 24
"""Funds on one drawing."""


def money(shelf: Shelf, folder: Path) -> Chapter:
    """By fund (drawn and in a table), by zone, by quarter, and what firms pay by line."""
    w = shelf.press.w
    parts = (_drawn(shelf, folder), _funds(shelf), _zones(shelf), _quarters(shelf), _own(shelf))
    return Chapter(w("yearbook.book.money"), "money", parts=parts)


def _drawn(shelf: Shelf, folder: Path) -> Part:
    """Funds against what may be used of them; drawn once for both languages of an edition, or it would not fit a page."""
    press, w, own = shelf.press, shelf.press.w, shelf.order.w
    title = w("yearbook.book.funds_drawn")
    stacks = [s for s in fund_stacks(shelf.order) if s.sum or s.limit][:AT_ONCE]
    svg = columns(stacks, design=design(folder), words=chart_words(own).columns, title=own("yearbook.book.funds_drawn"))
    said = w("yearbook.joint").join(f"{s.label}: {s.shown}" for s in fund_stacks(press) if s.sum or s.limit)
    caption = w("report.caption.funds", unit=press.dress.unit)
    return Part(title, "funds_drawn", figure=Figure(svg, f"{title}: {said}", caption))


def _funds(shelf: Shelf) -> Part:
    """All of it, what may be used, what is planned, what is left; rows and columns add up."""
    press, w, funds = shelf.press, shelf.press.w, shelf.press.money.funds
    have, use, planned = (
        distribute(x) for x in ([f.whole for f in funds], [f.spendable for f in funds], [f.planned for f in funds])
    )
    rows = tuple(
        (w.name(f.fund), w(f"yearbook.nature.{f.fund.nature}"), f"{a:,}", f"{b:,}", f"{c:,}", f"{b - c:,}")
        for f, a, b, c in zip(funds, have, use, planned, strict=True)
    )
    sums = [sum(x, ZERO) for x in (have, use, planned)]
    last = (w("paper.total"), "", *(f"{x:,}" for x in sums), f"{sums[1] - sums[2]:,}")
    headers = tuple(w(f"yearbook.book.col_{key}", unit=press.dress.unit) for key in ("fund", "nature", "whole", "have", "planned", "left"))  # fmt: skip
    return Part(w("yearbook.book.funds"), "funds", table=Table(headers, rows, (3.6, 2.2, 1.3, 1.3, 1.3, 1.3), (2, 3, 4, 5), last))  # fmt: skip


def _zones(shelf: Shelf) -> Part:
    """Public money and what firms pay, zone by zone."""
    press, w = shelf.press, shelf.press.w
    tallies = [(z, shelf.told.now.by_zone[z]) for z in shelf.zones if z in shelf.told.now.by_zone]
    public, own = [t.public or ZERO for _, t in tallies], [t.own or ZERO for _, t in tallies]
    rows = tuple(
        (shelf.told.zone(z), f"{t.places:,}", a, b)
        for (z, t), a, b in zip(tallies, wans(public), wans(own), strict=True)
    )
    last = (w("paper.total"), f"{sum(t.places for _, t in tallies):,}", wans([sum(public, ZERO)])[0], wans([sum(own, ZERO)])[0])  # fmt: skip
    headers = tuple(w(f"yearbook.book.col_{key}", unit=press.dress.unit) for key in ("zone", "places", "public", "own"))
    return Part(w("yearbook.book.money_zones"), "money_zones", table=Table(headers, rows, (4, 1.2, 1.8, 1.8), (1, 2, 3), last))  # fmt: skip


def _quarters(shelf: Shelf) -> Part:
    """What all funds pay, quarter by quarter, against what has come in by then."""
    press, w = shelf.press, shelf.press.w
    names = sorted({q.quarter for f in press.money.funds for q in f.quarters} | {q for q, _ in press.money.by_quarter})
    came = [sum((q.came_in for f in press.money.funds for q in f.quarters if q.quarter == n), ZERO) for n in names]
    paid = [dict(press.money.by_quarter).get(n, ZERO) for n in names]
    rows = tuple(zip(names, wans(came), wans(paid), strict=True))
    last = (w("paper.total"), wans([sum(came, ZERO)])[0], wans([sum(paid, ZERO)])[0])
    headers = tuple(w(f"yearbook.book.col_{key}", unit=press.dress.unit) for key in ("quarter", "came_in", "planned"))
    table = Table(headers, rows, (3, 2, 2), (1, 2), last)
    return Part(w("yearbook.book.quarters"), "quarters", table=table)


def _own(shelf: Shelf) -> Part:
    """What firms pay, by line, and what they are expected to get back."""
    press, w = shelf.press, shelf.press.w
    costs = {line: sum((v.costs[line] for v in press.money.visits), ZERO) for line in LINES}
    kept = [line for line in LINES if costs[line]]
    rows = tuple((w(f"enums.CostLine.{x}"), a) for x, a in zip(kept, wans([costs[x] for x in kept]), strict=True))
    last = (w("paper.total"), wans([sum(costs.values(), ZERO)])[0])
    headers = (w("paper.col_line"), w("yearbook.book.col_own", unit=press.dress.unit))
    back = w("yearbook.book.back", amount=shelf.told.sum(shelf.told.now.returned or ZERO))
    return Part(w("yearbook.book.own_lines"), "own", table=Table(headers, rows, (4, 2), (1,), last), note=back)


def targets(shelf: Shelf) -> Chapter:
    """Every target: wanted, reached, missing."""
    press, w = shelf.press, shelf.press.w
    rows_of = {t.target_id: t for t in press.programme.targets}
    known = [t for t in press.plan.targets if t.target_id in rows_of]
    rows = tuple(
        (
            w.name(rows_of[t.target_id]), press.naming.zone(rows_of[t.target_id].zone_id), f"{t.wanted:,}", f"{t.reached:,}",
            f"{t.short:,}" if t.short else w("yearbook.book.met"),
        )
        for t in known
    )  # fmt: skip
    headers = tuple(w(f"paper.col_{key}") for key in ("target", "zone", "wanted", "reached", "short"))
    said = w("yearbook.book.targets_said", count=len(known), short=sum(bool(t.short) for t in known))
    table = Table(headers, rows, (4, 2.4, 1, 1, 1), (2, 3, 4)) if rows else None
    return Chapter(w("yearbook.book.targets_chapter"), "targets", (Part(w("yearbook.book.targets_all"), "all", (said,), table=table),))  # fmt: skip


def left_out(shelf: Shelf) -> Chapter:
    """How many of what for which reason, then under each reason whom it concerns, as far as a book can hold them."""
    w, excluded = shelf.press.w, shelf.press.plan.excluded
    counts: Counter[tuple[str, str]] = Counter()
    for x in excluded:
        counts[x.kind, x.rule] += x.count
    in_order = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
    rows = tuple((w(f"workbook.kind_{kind}"), _reason(shelf, rule), f"{n:,}") for (kind, rule), n in in_order)
    headers = tuple(w(f"yearbook.book.col_{key}") for key in ("kind", "reason", "count"))
    last = (w("paper.total"), "", f"{sum(counts.values()):,}")
    parts = [Part(w("yearbook.book.left_counts"), "counts", (() if rows else (w("paper.none"),)), table=Table(headers, rows, (1.6, 6, 1), (2,), last) if rows else None)]  # fmt: skip
    shown = excluded[:MOST_LEFT_OUT]
    for rule in sorted(
        {x.rule for x in shown}, key=lambda r: (-sum(n for (_, rule), n in counts.items() if rule == r), r)
    ):
        own = [x for x in shown if x.rule == rule]
        parts.append(Part(_reason(shelf, rule), f"left-{rule}", (_why(shelf, own),), items=tuple(_by_fair(shelf, own))))
    if len(excluded) > len(shown):
        parts.append(
            Part("", "more", (w("yearbook.book.left_more", shown=f"{len(shown):,}", count=f"{len(excluded):,}"),))
        )
    return Chapter(w("yearbook.book.left_out"), "left", tuple(parts))


def _reason(shelf: Shelf, rule: str) -> str:
    """A short name of a reason."""
    w = shelf.press.w
    return next((w(key) for key in (f"report.why.{rule}", f"rules.{rule}.name") if key in w), rule)


def _why(shelf: Shelf, own: list[Excluded]) -> str:
    """The reason in full where it is one for all; else what it says of the first, as an example."""
    said = list(dict.fromkeys(shelf.press.reasons.sentence(x) for x in own))
    return said[0] if len(said) == 1 else shelf.press.w("yearbook.book.example", sentence=said[0])


def _by_fair(shelf: Shelf, own: list[Excluded]) -> Iterator[str]:
    """Whom it concerns, fair by fair, each once."""
    press = shelf.press
    found: defaultdict[str, list[str]] = defaultdict(list)
    for x in own:
        who = press.naming.firm(x.firm_id) if x.firm_id else press.naming.zone(x.zone_id) if x.zone_id else ""
        found[x.phase_id].append(who)
    for phase_id in sorted(found, key=lambda q: (str(press.programme.phase[q].start) if q else "", q)):
        names = list(dict.fromkeys(filter(None, found[phase_id])))
        fair = press.naming.phase(phase_id) if phase_id else press.w("yearbook.book.no_fair")
        facts = {"fair": fair, "count": len(names), "names": press.naming.listed(names)}
        yield press.w("yearbook.book.left_at", **facts) if names else fair


def decisions(shelf: Shelf) -> Chapter:
    """Every decision made by people."""
    press, w = shelf.press, shelf.press.w
    rows = tuple(
        (kind, f"{who}\n{phase}", f"{by}\n{press.dress.day(on)}" if on else str(by), f"{reason}\n{basis}")  # type: ignore[arg-type]
        for _, kind, who, phase, _, by, on, reason, basis in decision_rows(press)
    )
    headers = tuple(w(f"yearbook.book.col_{key}") for key in ("decision", "about", "by", "why"))
    table = Table(tuple(headers), tuple(tuple(map(str, r)) for r in rows), (1.2, 4, 2.6, 3)) if rows else None
    return Chapter(w("yearbook.book.decisions"), "decisions", (Part(w("yearbook.book.decisions_all"), "all", (() if rows else (w("paper.none"),)), table=table),))  # fmt: skip


def sources(shelf: Shelf) -> Chapter:
    """Where the numbers of money are from and how sure each source is, then the plan and the data it rests on."""
    press, w, plan = shelf.press, shelf.press.w, shelf.press.plan
    used = Used(plan.delegations, plan.participations, plan.claims)
    found: dict[tuple[str, str, str], list[str]] = {}
    for x in Sources(press.money_words, used).rows():
        sure = w(f"enums.Confidence.{x.confidence}")
        found.setdefault((x.source or w("paper.none"), x.address, sure), []).append(x.what)
    rows = tuple(
        (press.naming.listed(list(dict.fromkeys(what))[:6]), "\n".join(filter(None, (source, address))), sure)
        for (source, address, sure), what in found.items()
    )
    headers = (w("money.col_used_for"), w("paper.col_source"), w("money.col_sure"))
    table = Table(headers, rows, (3.2, 5, 1.6)) if rows else None
    parts = (Part(w("yearbook.book.sources_money"), "money", note=w("money.sources_note"), table=table),)
    return Chapter(w("yearbook.book.sources"), "sources", parts)
