"""The year's list of fairs (年度展会计划表), as page and XLSX; it needs no plan and no solver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Status
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming, locality
from fairplanner.publish.pages import page
from fairplanner.publish.publication import Publication
from fairplanner.publish.sheet import Table
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Column, Grid, Kind, Look, Value, workbook
from fairplanner.shipped import shipped

COLUMNS = (
    "no",
    "fair",
    "edition",
    "days",
    "where",
    "venue",
    "sectors",
    "organiser",
    "scale",
    "support",
    "closes",
    "note",
)
WIDTHS = (0.6, 3, 1.5, 2.6, 1.5, 2, 2.8, 2.2, 1.4, 2, 1.6, 1.3)


def year_list(programme: Programme, lang: str, templates: Path | None = None) -> Iterator[Publication]:
    """Phases of the window in date order, then those without dates as 4月中旬（暂定） or 待定; dates not announced and fairs called off say so.

    Raises LanguageError.
    """
    lines = Lines(programme, lang)
    rows = tuple(lines.row(n, phase) for n, phase in enumerate((*_dated(programme), *_undated(programme)), 1))
    headers = tuple(lines.w(f"list.col_{key}") for key in COLUMNS)
    title = lines.w("list.title", programme=lines.w.name(programme.settings))
    html = page(
        templates or shipped("templates"), "pages/list.html.j2", lang, title=title, window=lines.window, table=Table(headers, rows, WIDTHS),
        note=lines.w("list.note"), sample=lines.sample, footer=lines.footer, empty=lines.w("list.empty"),
    )  # fmt: skip
    yield Publication(PurePosixPath(f"list.{lang}.html"), "text/html; charset=utf-8", html)
    grid = Grid(lines.w("list.sheet"), f"{title} {lines.sample}".strip(), _columns(headers), _numbered(rows))
    look = Look("", lines.w("paper.page", page="&P", pages="&N"), lines.sample)
    yield Publication(PurePosixPath(f"list.{lang}.xlsx"), MEDIA_TYPE, workbook([grid], look, title))


def _columns(headers: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(h, Kind.TEXT if n else Kind.NUMBER) for n, h in enumerate(headers))


def _numbered(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[Value, ...], ...]:
    return tuple((n, *row[1:]) for n, row in enumerate(rows, 1))


def _dated(programme: Programme) -> list[Phase]:
    """Those of the window, and among them those called off: whoever had them on his list must see that they are."""
    lo, hi = programme.settings.window_from, programme.settings.window_to
    gone = [q for q in programme.phases if q.status is Status.CANCELLED and q.start and q.end and lo <= q.start <= hi]
    return sorted((*programme.in_window(), *gone), key=lambda q: (q.start or lo, q.phase_id))


def _undated(programme: Programme) -> list[Phase]:
    """Those with a window first, in its order; those of which nothing is known after them."""
    return sorted(programme.undated(), key=lambda q: (q.window_start or date.max, q.year, q.phase_id))


class Lines:
    """The lines of a programme's list in one language."""

    def __init__(self, programme: Programme, lang: str) -> None:
        self.programme = programme
        self.naming = Naming(programme, lang)
        self.w = self.naming.say
        self.dress = Dress(self.w, programme.settings.currency)

    @property
    def window(self) -> str:
        """First and last day of the list."""
        first, last = self.programme.settings.window_from, self.programme.settings.window_to
        months = {f"m{n}": self.w(f"calendar.month.{day.month}") for n, day in ((1, first), (2, last))}
        return self.w("list.window", y1=first.year, y2=last.year, d1=first.day, d2=last.day, **months)

    @property
    def footer(self) -> str:
        """What the list rests on."""
        settings = self.programme.settings
        return self.w(
            "paper.footer",
            programme=self.w.name(settings),
            revision=settings.revision,
            day=self.dress.day(settings.as_of),
        )

    @property
    def sample(self) -> str:
        """The notice of a sample; fairs in it are real, what firms and money say is not."""
        return self.w("list.sample") if self.programme.settings.sample else ""

    def row(self, n: int, phase: Phase) -> tuple[str, ...]:
        """One phase."""
        p, w = self.programme, self.w
        fair, choice = p.fair[phase.fair_id], p.choice(phase.phase_id)
        spot = self.naming.spot(phase.phase_id)
        unknown = w("paper.undated")
        sectors = [w.name(p.sector[s]) for s in self._sectors(phase) if s in p.sector]
        support, scale = "", ""
        if choice:
            zh, en = (choice.support_zh, choice.scale_zh), (choice.support_en, choice.scale_en)
            support, scale = zh if w.lang == "zh" else en
        return (
            str(n), "\n".join(dict.fromkeys(x for x in (fair.name_zh, fair.name_en) if x)), self._edition(phase), self._days(phase),
            locality(w, spot) if spot else unknown, (spot.venue if spot else "") or unknown,
            self.naming.listed(sectors), self.naming.readable(fair.organiser) if fair.organiser else unknown, scale, support,
            self._closes(choice.closes if choice else None), self.naming.half(choice.note) if choice else "",
        )  # fmt: skip

    def _days(self, phase: Phase) -> str:
        is_gone = phase.status is Status.CANCELLED and phase.start is None and phase.window_start is None
        return self.w("enums.Status.cancelled") if is_gone else self.dress.phase_days(phase)

    def _sectors(self, phase: Phase) -> tuple[str, ...]:
        """Those of the phase's own sections where the catalogue knows them, else the fair's."""
        sections = [s for s in self.programme.sections if (s.fair_id, s.phase) == (phase.fair_id, phase.phase)]
        own = dict.fromkeys(sector for s in sections for sector in s.sectors)
        return tuple(own) or self.programme.fair[phase.fair_id].sectors

    def _edition(self, phase: Phase) -> str:
        # An edition that is no number is a search note of the catalogue (2025+): the year says more.
        is_year = phase.edition == str(phase.year) or not phase.edition.isdigit()
        is_divided = sum((q.fair_id, q.edition) == (phase.fair_id, phase.edition) for q in self.programme.phases) > 1
        key = f"list.{'year' if is_year else 'edition'}{'_phase' if is_divided else ''}"
        return self.w(key, edition=phase.year if is_year else phase.edition, phase=phase.phase)

    def _closes(self, day: date | None) -> str:
        return self.dress.day(day) if day else self.w("paper.undated")
