"""The report's charts, each drawn for a desk, for paper and for a telephone; the page shows the one that fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation
from fairplanner.publish.design.columns import Stack, columns
from fairplanner.publish.design.matrix import matrix
from fairplanner.publish.design.timeline import Bar, Row, pages, timeline
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import chart_words
from fairplanner.publish.report.clashes import ClashKind
from fairplanner.publish.report.lists import Report
from fairplanner.publish.report.money import fund_stacks, quarter_stacks, zone_stacks

WIDTHS = {"desk": 1120.0, "paper": 720.0, "phone": 360.0}
"""Units: a pixel at a desk and on a telephone, 174 mm on paper."""
ROWS = 12
"""Sponsors on one timeline: a drawing cannot be broken over two pages."""
Draw = Callable[[float], str]


@dataclass(frozen=True)
class Chart:
    """One drawing in every width, and the caption under it."""

    caption: str
    drawn: tuple[tuple[str, str], ...]


def _chart(caption: str, draw: Draw) -> Chart:
    return Chart(caption, tuple((name, draw(width)) for name, width in WIDTHS.items()))


def timelines(report: Report, design: Design) -> Iterator[Chart]:
    """Sponsors by dates: a bar for each delegation, as many lanes as are out at once."""
    press, settings = report.press, report.press.programme.settings
    words, w = chart_words(press.w).timeline, press.w
    own: defaultdict[str, list[Delegation]] = defaultdict(list)
    for d in press.plan.delegations:
        own[d.sponsor].append(d)
    rows = [Row(press.naming.zone(z), tuple(_bar(report, d) for d in sorted(own[z], key=_leaves))) for z in _in_order(report, own)]  # fmt: skip
    used = [r for r in Regime if any(d.regime is r for d in press.plan.delegations)]
    legend = [(w(f"report.where.{r}"), list(Regime).index(r)) for r in used]
    parts = pages(rows, ROWS)
    for n, part in enumerate(parts, 1):
        caption = w("report.timeline.caption") if len(parts) == 1 else w("report.timeline.part", n=n, all=len(parts))
        yield _chart(
            caption,
            lambda width, part=part: timeline(  # type: ignore[misc]
                part, settings.window_from, settings.window_to, design=design, words=words, width=width, as_of=_within(report),
                legend=legend,
            ),
        )  # fmt: skip


def _leaves(d: Delegation) -> tuple[date, str]:
    return d.depart, d.delegation_id


def _in_order(report: Report, zones: Sequence[str] | dict[str, list[Delegation]]) -> list[str]:
    """Sponsors from the root down, in order of their table."""
    programme = report.press.programme
    rank = {z.zone_id: n for n, z in enumerate(programme.zones)}
    return sorted(zones, key=lambda z: [rank[x] for x in reversed(programme.zones_above(z))])


def _within(report: Report) -> date | None:
    """The programme's day, where it lies in its window."""
    s = report.press.programme.settings
    return s.as_of if s.window_from <= s.as_of <= s.window_to else None


def _bar(report: Report, d: Delegation) -> Bar:
    press = report.press
    mine = report.clashes_of.get(d.delegation_id, ())
    fairs = press.naming.brief([s.phase_id for s in d.stops], press.attended)
    told = press.w(
        "report.timeline.bar", name=report.titles[d.delegation_id], days=press.dress.span(d.depart, d.return_)
    )
    return Bar(
        d.depart, d.return_, fairs, list(Regime).index(d.regime), any(c.kind is ClashKind.MOVABLE for c in mine),
        any(c.kind is not ClashKind.MOVABLE for c in mine), told, f"#{report.anchors[d.delegation_id]}",
    )  # fmt: skip


def money_charts(report: Report, design: Design) -> dict[str, Chart]:
    """Money by fund, by zone and by quarter."""
    press = report.press
    made = {"funds": fund_stacks(press), "zones": zone_stacks(press), "quarters": quarter_stacks(press)}
    return {key: _columns(report, design, key, stacks) for key, stacks in made.items()}


def _columns(report: Report, design: Design, key: str, stacks: Sequence[Stack]) -> Chart:
    words, w = chart_words(report.press.w).columns, report.press.w
    title = w(f"report.title.{key}")
    return _chart(
        w(f"report.caption.{key}", unit=report.press.dress.unit),
        lambda width: columns(stacks, design=design, words=words, width=width, title=title),
    )


def left_chart(report: Report, design: Design) -> Chart:
    """What was left out, counted by reason and kind, the most frequent first."""
    press, w = report.press, report.press.w
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for x in press.plan.excluded:
        counts[_why(report, x.rule)][x.kind] += x.count
    kinds = list(dict.fromkeys(x.kind for x in press.plan.excluded))
    rows = sorted(counts.items(), key=lambda row: (-row[1].total(), row[0]))
    stacks = [
        Stack(why, tuple((w(f"workbook.kind_{k}"), float(own[k]), n) for n, k in enumerate(kinds) if own[k]), None, press.dress.number(own.total()))
        for why, own in rows
    ]  # fmt: skip
    words, title = chart_words(w).columns, w("report.title.left")
    return _chart(
        w("report.caption.left"), lambda width: columns(stacks, design=design, words=words, width=width, title=title)
    )


def _why(report: Report, rule: str) -> str:
    """A short name of a reason; the reason's own key where there is none."""
    w = report.press.w
    return next((w(key) for key in (f"report.why.{rule}", f"rules.{rule}.name") if key in w), rule)


def market_chart(report: Report, design: Design) -> Chart:
    """Places (企业家次) by market and month of opening; a fair that opens several markets counts for each."""
    press, programme = report.press, report.press.programme
    months = _months(programme.settings.window_from, programme.settings.window_to)
    cells: defaultdict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for p in press.plan.participations:
        start = programme.phase[p.phase_id].start
        markets = programme.markets_of(p.phase_id) or (f"-{programme.regime(p.phase_id)}",)
        for market in markets if start else ():
            at = (start.year, start.month) if start else (0, 0)
            cells[market][at] = cells[market].get(at, 0) + 1
    rows = sorted(cells, key=lambda m: (m.startswith("-"), -sum(cells[m].values()), m))
    names = [_market(report, m) for m in rows]
    words = chart_words(press.w).matrix
    calendar = chart_words(press.w).timeline.calendar
    crosses = months[0][0] != months[-1][0]
    heads = [calendar.month(date(y, m, 1)) if crosses and (m == 1 or n == 0) else calendar.months[m - 1] for n, (y, m) in enumerate(months)]  # fmt: skip
    numbers = [[cells[r].get(at, 0) for at in months] for r in rows]
    return _chart(
        press.w("report.caption.markets"),
        lambda width: matrix(names, heads, numbers, design=design, words=words, width=width),
    )


def _market(report: Report, market: str) -> str:
    w = report.press.w
    if market.startswith("-"):
        return w("report.no_market", where=w(f"report.where.{market[1:]}"))
    return w.name(report.press.programme.market[market])


def _months(first: date, last: date) -> list[tuple[int, int]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1) for n in range(count)]
