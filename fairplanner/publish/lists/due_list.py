"""What is due when (倒排时间表), as page, PDF and XLSX: what comes next first, what is past last. For the office: internal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.agendas.agenda import Entry
from fairplanner.publish.agendas.deadlines import Deadlines
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.publish.pages import page
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.wording.duty_words import DutyWords
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Column, Grid, Kind, Look, workbook
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.duties import Due, Occasion, dues, occasion_of, occasions_of

COLUMNS = ("due", "working", "left", "what", "for", "who", "counted", "note")
PAPER = ("due", "what", "for", "counted", "note")
PAPER_WIDTHS = (2.9, 2.6, 2.6, 1.4, 3.3)
WIDTHS = (2.2, 2.2, 1.4, 3.2, 3, 1.4, 2.6, 4)


def occasions(programme: Programme, plan: Plan | None) -> tuple[Occasion, ...]:
    """What duties are counted from: the plan's delegations, and the phases asked for that no plan speaks of yet."""
    planned = tuple(occasions_of(programme, plan.delegations, plan.journeys)) if plan else ()
    asked = sorted({a.phase_id for a in programme.applications}) if plan is None else []
    return (*planned, *filter(None, (occasion_of(programme, q) for q in asked)))


def all_dues(programme: Programme, plan: Plan | None) -> tuple[Due, ...]:
    """Every duty of the year, in the order in which it is due; what is past comes last."""
    found = {due.key: due for occasion in occasions(programme, plan) for due in dues(programme, occasion)}
    return tuple(sorted(found.values(), key=lambda x: (x.is_overdue, x.due, x.key)))


@dataclass(frozen=True)
class Line:
    """One line of the list: the day, the last working day at or before it, the cells of COLUMNS; the phases and zone it is for."""

    due: date
    working: date
    cells: tuple[str, ...]
    phase_ids: tuple[str, ...] = ()
    zone_id: str = ""


class DueList:
    """The lines of the list in one language: duties, closing days and stated milestones."""

    def __init__(self, naming: Naming, dress: Dress) -> None:
        self.naming, self.dress, self.w = naming, dress, naming.say
        self.words = DutyWords(naming)
        self.as_of = naming.programme.settings.as_of
        self.calendar = WorkCalendar(naming.programme)

    @property
    def headers(self) -> tuple[str, ...]:
        """Column headings."""
        return tuple(self.w(f"duties.col_{name}") for name in COLUMNS)

    def lines(self, plan: Plan | None) -> tuple[Line, ...]:
        """Everything that is due, what comes next first, what is past last."""
        programme = self.naming.programme
        made = [
            Line(x.due, x.working, self.row(x), x.occasion.phases, x.occasion.zone_id)
            for x in all_dues(programme, plan)
        ]
        asked = {a.phase_id for a in programme.applications}
        phases = tuple(q.phase_id for q in programme.in_window() if q.phase_id in asked)
        deadlines = Deadlines(self.naming)
        made += [self._stated(x) for x in (*deadlines.of_phases(phases), *deadlines.of_programme())]
        return tuple(sorted(made, key=lambda x: (x.working < self.as_of, x.due, x.cells)))

    def _stated(self, entry: Entry) -> Line:
        """A closing day or a milestone, as stated."""
        working = self.calendar.last_working(entry.first)
        where = self.naming.phase(entry.phase_id) if entry.phase_id else ""
        day, forecast = self.dress.day, self.w("duties.line_forecast")
        unsaid = not self.calendar.is_known(entry.first) and forecast not in entry.lines
        note = "\n".join((*((forecast,) if unsaid else ()), *entry.lines))
        cells = (day(entry.first), day(working), self.left(working), entry.title, where, "", "", note)
        return Line(entry.first, working, cells, (entry.phase_id,) if entry.phase_id else ())

    def row(self, due: Due) -> tuple[str, ...]:
        """One duty."""
        words, day = self.words, self.dress.day
        note = [*words.remarks(due)]
        if due.is_forecast:
            note.insert(0, self.w("duties.line_forecast"))
        who = words.who(due)
        if due.occasion.zone_id:
            who = f"{who}\n{self.naming.zone(due.occasion.zone_id)}"
        return (
            day(due.due), day(due.working), self.left(due.working), self.w.name(due.duty), words.phases(due), who,
            words.counted(due), "\n".join(note),
        )  # fmt: skip

    def paper_row(self, line: Line) -> tuple[str, ...]:
        """One line in the five columns of the printed list."""
        stated, working, left, what, where, who, counted, note = line.cells
        when = stated if stated == working else f"{stated}\n{self.w('duties.col_working')}: {working}"
        return (f"{when}\n{left}", what, f"{where}\n{who}", counted, note)

    def left(self, day: date) -> str:
        """Days from the programme's date."""
        days = (day - self.as_of).days
        return self.w("duties.left" if days > 0 else "duties.past" if days < 0 else "duties.today", days=abs(days))


def due_list(press: Press, folder: Path) -> Iterator[Publication | Draft]:
    """The list of a plan as page and workbook. Raises LanguageError."""
    lines, w = DueList(press.naming, press.dress), press.w
    rows = tuple(line.cells for line in lines.lines(press.plan))
    title = w("duties.list_title", programme=w.name(press.programme.settings))
    html = page(
        folder, "pages/list.html.j2", press.lang, title=title, window=w("duties.internal"), table=Table(lines.headers, rows, WIDTHS),
        note=w("duties.list_note"), sample=press.sample, footer=press.footer, empty=w("duties.list_none"),
    )  # fmt: skip
    yield Publication(PurePosixPath(f"internal/due.{press.lang}.html"), "text/html; charset=utf-8", html)
    path = PurePosixPath(f"internal/due.{press.lang}.pdf")
    yield Draft(path, "briefing/briefing.typ", _sheet(press, lines).data(), press.timestamp)
    grid = Grid(w("duties.file"), f"{title} {press.sample}".strip(), _columns(lines.headers), rows)
    look = Look("", w("paper.page", page="&P", pages="&N"), press.marks)
    yield Publication(PurePosixPath(f"internal/due.{press.lang}.xlsx"), MEDIA_TYPE, workbook([grid], look, title))


def _sheet(press: Press, lines: DueList) -> Sheet:
    """The printed list: five columns, what is due next first."""
    w, made = press.w, tuple(lines.paper_row(line) for line in lines.lines(press.plan))
    headers = tuple(w(f"duties.col_{name}") for name in PAPER)
    table = Table(headers, made, PAPER_WIDTHS) if made else None
    title = w("duties.list_title", programme=w.name(press.programme.settings))
    section = Section(
        w("duties.file"), "due", (() if made else (w("duties.list_none"),)), table=table, note=w("duties.list_note")
    )
    return Sheet(
        lang=press.lang, kind="due", title=title, kicker=w("duties.file"), audience=w("duties.internal"), facts=(),
        sections=(section,), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _columns(headers: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(h, Kind.TEXT) for h in headers)
