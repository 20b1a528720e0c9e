"""A table of the report that can be searched, filtered and sorted: what it says, and by what its rows are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from fairplanner.domain.kinds import Regime
from fairplanner.domain.planning import Zone
from fairplanner.publish.press import Press

SHOWN_FIRST = 20
"""Rows that are open at first where there is script; the rest comes when asked for, and is found by search all the same."""
MOST_PRINTED = 120
"""Rows of one table that are printed (`report.css` says it for a page without script); whoever needs more filters, or has the workbook."""


class Facet(StrEnum):
    """By what rows are filtered; the value is the first letter of a row's tags."""

    ZONE = "z"
    FAIR = "f"
    MARKET = "m"
    WHERE = "w"


@dataclass(frozen=True)
class Column:
    """One column: `key` of its heading in the words (`report.col_<key>`), whether it holds numbers, its share of the line."""

    key: str
    width: float
    numeric: bool = False


@dataclass(frozen=True)
class Line:
    """One row: text cells; `order`: what a column sorts by where that is not its text (column index, value); `tags`; `anchor`."""

    cells: tuple[str, ...]
    tags: tuple[str, ...] = ()
    order: tuple[tuple[int, str], ...] = ()
    anchor: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Listing:
    """A section with a table. `facets`: by what its rows can be filtered; without any it is searched, and no filter touches it."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    empty: str
    facets: tuple[Facet, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether more rows than one would print."""
        return len(self.lines) > MOST_PRINTED

    @property
    def rows(self) -> str:
        """The rows as HTML, every text escaped; written here because a template would take minutes for a hundred thousand cells."""
        numeric = tuple(n for n, c in enumerate(self.columns) if c.numeric)
        return "\n".join(_row(line, numeric) for line in self.lines)


def _row(line: Line, numeric: Collection[int]) -> str:
    order = dict(line.order)
    cells = "".join(
        f"<td{' class=n' if n in numeric else ''}{_attribute('data-o', order.get(n, ''))}>{escape(cell, quote=False)}"
        for n, cell in enumerate(line.cells)
    )
    own = {"id": line.anchor, "class": line.mark, "data-t": " ".join(line.tags)}
    return f"<tr{''.join(_attribute(name, value) for name, value in own.items())}>{cells}"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


class Tags:
    """Tags of one programme: short, for they stand on every row; and the choices of each filter, of those that any row has."""

    def __init__(self, press: Press) -> None:
        self.press, self.programme = press, press.programme
        self._numbers = {
            Facet.ZONE: {z.zone_id: n for n, z in enumerate(self.programme.zones)},
            Facet.FAIR: {f.fair_id: n for n, f in enumerate(self.programme.fairs)},
            Facet.MARKET: {m.market_id: n for n, m in enumerate(self.programme.markets)},
        }
        self._phases: dict[str, tuple[str, ...]] = {}
        self.used: set[str] = set()

    def of(self, zone_ids: Iterable[str] = (), phase_ids: Iterable[str] = ()) -> tuple[str, ...]:
        """Tags of something in these zones (and so in all above) at these phases."""
        zones = [t for zone in zone_ids for t in self._zone(zone)]
        made = tuple(dict.fromkeys([*zones, *(t for q in phase_ids for t in self._phase(q))]))
        self.used.update(made)
        return made

    def _zone(self, zone_id: str) -> Iterable[str]:
        numbers = self._numbers[Facet.ZONE]
        return (f"z{numbers[z]}" for z in self.programme.zones_above(zone_id))

    def _phase(self, phase_id: str) -> tuple[str, ...]:
        if phase_id not in self._phases:
            markets = (f"m{self._numbers[Facet.MARKET][m]}" for m in self.programme.markets_of(phase_id))
            fair = f"f{self._numbers[Facet.FAIR][self.programme.phase[phase_id].fair_id]}"
            self._phases[phase_id] = (fair, *markets, *self._where(phase_id))
        return self._phases[phase_id]

    def _where(self, phase_id: str) -> tuple[str, ...]:
        """Whether at home or abroad; of a phase whose city is not known nobody can tell."""
        return (f"w-{self.programme.regime(phase_id)}",) if self.programme.phase[phase_id].place_id else ()

    def choices(self) -> dict[Facet, list[tuple[str, str]]]:
        """What each filter offers (tag, name): only what some row of the lists made so far has; zones in the order of their tree."""
        name = self.press.w.name
        found = {
            Facet.ZONE: [(f"z{n}", self._indented(z.zone_id)) for n, z in self._tree()],
            Facet.FAIR: [(f"f{n}", name(f)) for n, f in enumerate(self.programme.fairs)],
            Facet.MARKET: [(f"m{n}", name(m)) for n, m in enumerate(self.programme.markets)],
            Facet.WHERE: [(f"w-{r}", self.press.w(f"report.where.{r}")) for r in Regime],
        }
        return {facet: [x for x in rows if x[0] in self.used] for facet, rows in found.items()}

    def _tree(self) -> list[tuple[int, Zone]]:
        """Zones with their numbers, each under the one above it."""
        rank = self._numbers[Facet.ZONE]
        return sorted(
            enumerate(self.programme.zones), key=lambda x: [rank[z] for z in reversed(self.programme.zones_above(x[1].zone_id))]
        )  # fmt: skip

    def _indented(self, zone_id: str) -> str:
        return "\u3000" * (len(self.programme.zones_above(zone_id)) - 1) + self.press.naming.zone(zone_id)
