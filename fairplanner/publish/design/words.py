"""What charts say, in the reader's language: patterns with their placeholders open, filled by the chart that knows the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fairplanner.words import Words


@dataclass(frozen=True)
class CalendarWords:
    """Short names of months (January first) and weekdays (Monday first), and how a year, a month and a day are written."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    year_pattern: str
    month_pattern: str
    day_pattern: str

    def year(self, year: int) -> str:
        """2027年; 2027."""
        return self.year_pattern.format(year=year)

    def month(self, day: date) -> str:
        """The month of a day with its year: 2027年4月; Apr 2027."""
        return self.month_pattern.format(year=day.year, month=self.months[day.month - 1])

    def day(self, day: date) -> str:
        """2027年4月15日; 15 Apr 2027."""
        return self.day_pattern.format(year=day.year, month=self.months[day.month - 1], day=day.day)


@dataclass(frozen=True)
class TimelineWords:
    """`text` takes {rows} {bars} {first} {last} {projected} {clashes} {month} {most}; `today` takes {day}."""

    calendar: CalendarWords
    title: str
    clash: str
    projected: str
    today: str
    nothing: str
    text: str


@dataclass(frozen=True)
class ColumnsWords:
    """`text` takes {rows} {series} {label} {shown} {limits}; `part` {name} {amount}; `beyond` {labels}, joined by `joint`."""

    title: str
    limit: str
    over: str
    part: str
    joint: str
    nothing: str
    text: str
    within: str
    beyond: str
    unlimited: str


@dataclass(frozen=True)
class MatrixWords:
    """`text` takes {rows} {columns} {total} {row} {column} {most} {best_row} {best_row_sum} {best_column} {best_column_sum} {empty}."""

    title: str
    total: str
    nothing: str
    text: str


@dataclass(frozen=True)
class GlanceWords:
    """`text` takes {first} {last} {months} {days} {month} {most}; `none` the first three."""

    calendar: CalendarWords
    title: str
    off: str
    text: str
    none: str


@dataclass(frozen=True)
class CurveWords:
    """`value`, `more` and `money` name the axes; `now` takes {now}."""

    title: str
    value: str
    more: str
    money: str
    now: str
    none: str
    most: str
    nothing: str


@dataclass(frozen=True)
class ChartWords:
    """The words of every chart."""

    timeline: TimelineWords
    columns: ColumnsWords
    matrix: MatrixWords
    glance: GlanceWords


def chart_words(w: Words) -> ChartWords:
    """The words of every chart in the language of `w`; raises KeyError for a language without them."""
    calendar = CalendarWords(
        tuple(w(f"charts.month.{n}") for n in range(1, 13)),
        tuple(w(f"charts.weekday.{n}") for n in range(1, 8)),
        *(w.pattern(f"charts.{name}") for name in ("year", "month-of-year", "day")),
    )
    nothing, joint, total = (w.pattern(f"charts.{name}") for name in ("nothing", "and", "total"))
    timeline = _words(w, "timeline", "title clash projected today text")
    columns = _words(w, "columns", "title limit over part text within beyond unlimited")
    return ChartWords(
        TimelineWords(calendar=calendar, nothing=nothing, **timeline),
        ColumnsWords(joint=joint, nothing=nothing, **columns),
        MatrixWords(total=total, nothing=nothing, **_words(w, "matrix", "title text")),
        GlanceWords(calendar=calendar, **_words(w, "glance", "title off text none")),
    )


def curve_words(w: Words, **facts: str) -> CurveWords:
    """The words of the curve of value against budget; `facts`: what stands open in the names of its axes."""
    names = "title value more money none most"
    said = {name: w(f"charts.curve.{name}", **facts) for name in names.split()}
    return CurveWords(now=w.pattern("charts.curve.now"), nothing=w("charts.nothing"), **said)


def _words(w: Words, chart: str, names: str) -> dict[str, str]:
    return {name: w.pattern(f"charts.{chart}.{name}") for name in names.split()}
