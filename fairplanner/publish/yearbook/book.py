"""The programme book (年度计划书): the whole year for the office, with contents, chapters for zones and fairs, and an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation
from fairplanner.publish.design.figure import Figure
from fairplanner.publish.design.glance import glance
from fairplanner.publish.design.timeline import Bar, Row, pages, timeline
from fairplanner.publish.design.tokens import design
from fairplanner.publish.design.words import chart_words
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Table
from fairplanner.publish.yearbook import book_rest, book_units
from fairplanner.publish.yearbook.leaders import big_figures, decide
from fairplanner.publish.yearbook.risks import planned_phases, year_risks
from fairplanner.publish.yearbook.shelf import Shelf
from fairplanner.publish.yearbook.volume import Book, Chapter, Entry, IndexPart, Part, in_order

ROWS = 14
"""Sponsors on one timeline: a drawing is not broken over two pages."""
DAY = timedelta(days=1)


def book(press: Press, folder: Path, order: Press | None = None) -> Book:
    """The book of a plan in one language; `order`: whose language sorts the index, where another edition joins this one."""
    w, shelf, settings = press.w, Shelf(press, order or press), press.programme.settings
    chapters = (
        _year(shelf, folder), book_units.zones(shelf), book_units.fairs(shelf), book_rest.money(shelf, folder), book_rest.targets(shelf),
        book_rest.left_out(shelf), book_rest.decisions(shelf), book_rest.sources(shelf),
    )  # fmt: skip
    facts = (
        (w("yearbook.window"), press.dress.span(settings.window_from, settings.window_to)),
        (w("paper.fact_sponsor"), press.naming.zone(settings.root)),
        (w("paper.fact_revision"), w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))),
    )  # fmt: skip
    return Book(
        lang=press.lang, kind="book", title=w.name(settings), kicker=w("yearbook.book.title"), audience=w("yearbook.audience"),
        facts=facts, contents=w("yearbook.book.contents"), chapters=chapters, index_title=w("yearbook.book.index"),
        index=tuple(_index(press, order or press)), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _year(shelf: Shelf, folder: Path) -> Chapter:
    """The year at a glance: figures, calendar, timeline, risks, what is to be decided."""
    w, told = shelf.press.w, shelf.told
    figures = big_figures(told)
    rows = figures.table.rows if figures.table else ()
    headers = (w("yearbook.figures"), "", w("yearbook.col.then"), w("yearbook.book.col_note"))
    table = Table(headers, rows, (2.4, 1.6, 3, 4), (1,))
    settled = decide(told)
    parts = (
        Part(figures.title, "figures", table=table, note=figures.note),
        Part(w("yearbook.risks"), "risks", items=year_risks(told)),
        Part(settled.title, "decide", settled.paragraphs, table=settled.table),
        Part(w("yearbook.book.glance"), "glance", figure=_glance(shelf, folder), own_page=True),
        *_timelines(shelf, folder),
    )  # fmt: skip
    return Chapter(w("yearbook.book.year"), "year", parts)


def _glance(shelf: Shelf, folder: Path) -> Figure:
    """Fair days by where they are; drawn once for both languages of an edition, twelve months twice would not fit a page."""
    press, w, settings = shelf.press, shelf.press.w, shelf.press.programme.settings
    own = shelf.order.w
    days: defaultdict[date, list[int]] = defaultdict(list)
    titles: dict[date, str] = {}
    for q in planned_phases(shelf.told):
        phase, tone = press.programme.phase[q], list(Regime).index(press.programme.regime(q))
        if phase.start is None or phase.end is None:
            continue
        titles.setdefault(phase.start, shelf.order.naming.phase(q))
        for n in range((phase.end - phase.start).days + 1):
            days[phase.start + n * DAY].append(tone)
    used = sorted({tone for tones in days.values() for tone in tones})
    legend = [(own(f"yearbook.wall.legend_{list(Regime)[n]}"), n) for n in used]
    title = w("yearbook.book.glance")
    svg = glance(
        days, settings.window_from, settings.window_to, design=design(folder), words=chart_words(own).glance, titles=titles, legend=legend,
        title=own("yearbook.book.glance"),
    )  # fmt: skip
    said = w("yearbook.joint").join(f"{press.naming.phase(q)} {press.dress.phase_days(press.programme.phase[q])}" for q in planned_phases(shelf.told))  # fmt: skip
    return Figure(svg, f"{title}: {said}", w("yearbook.book.glance_note"))


def _timelines(shelf: Shelf, folder: Path) -> Iterator[Part]:
    """Sponsors by dates, several drawings where there are many."""
    press, w, settings = shelf.press, shelf.press.w, shelf.press.programme.settings
    own: defaultdict[str, list[Delegation]] = defaultdict(list)
    for d in press.plan.delegations:
        own[d.sponsor].append(d)
    root = settings.root
    zones = sorted(own, key=lambda z: (z != root, -len(own[z]), z))
    rows = [Row(press.naming.zone(z), tuple(_bar(press, d) for d in sorted(own[z], key=lambda d: (d.depart, d.delegation_id)))) for z in zones]  # fmt: skip
    used = [r for r in Regime if any(d.regime is r for d in press.plan.delegations)]
    legend = [(w(f"yearbook.wall.legend_{r}"), list(Regime).index(r)) for r in used]
    title = w("yearbook.book.timeline")
    for n, some in enumerate(pages(rows, ROWS)):
        svg = timeline(some, settings.window_from, settings.window_to, design=design(folder), words=chart_words(w).timeline, legend=legend, title=title)  # fmt: skip
        said = w("yearbook.joint").join(
            f"{row.label}: {press.naming.listed([b.title for b in row.bars])}" for row in some
        )
        yield Part(title if not n else w("yearbook.book.further", title=title, n=n + 1), f"timeline-{n}", figure=Figure(svg, f"{title}: {said}", w("yearbook.book.timeline_note")))  # fmt: skip


def _bar(press: Press, d: Delegation) -> Bar:
    phases = [press.programme.phase[s.phase_id] for s in d.stops]
    fairs = press.naming.brief([s.phase_id for s in d.stops], press.attended)
    told = f"{fairs} {press.dress.span(d.depart, d.return_)}"
    return Bar(d.depart, d.return_, fairs, list(Regime).index(d.regime), not all(q.status.is_firm for q in phases), title=told)  # fmt: skip


def _index(press: Press, order: Press) -> Iterator[IndexPart]:
    """Fairs, zones and firms that the book speaks of."""
    w, plan, programme = press.w, press.plan, press.programme
    fairs = {programme.phase[q].fair_id for q in {s.phase_id for d in plan.delegations for s in d.stops}}
    firms = {p.firm_id for p in plan.participations}
    zones = {d.sponsor for d in plan.delegations} | {programme.firm[f].zone_id for f in firms}
    zones |= {z for f in zones for z in programme.zones_above(f) if programme.is_within(z, programme.settings.root)}

    def sorted_by(keys: set[str], rows: dict[str, object], mark: str) -> tuple[Entry, ...]:
        ordered = sorted(keys, key=lambda k: (in_order(order.w.name(rows[k])), k))
        return tuple(Entry(f"{mark}:{k}", press.w.name(rows[k])) for k in ordered)

    yield IndexPart(w("yearbook.book.index_fairs"), "fairs", sorted_by(fairs, dict(programme.fair), "s"))
    yield IndexPart(w("yearbook.book.index_zones"), "zones", sorted_by(zones, dict(programme.zone), "z"))
    yield IndexPart(w("yearbook.book.index_firms"), "firms", sorted_by(firms, dict(programme.firm), "f"))
