"""What a printed sheet says, before it is dressed as HTML or PDF: plain values, already in the words of one language.

The same Sheet goes to Jinja2 and to Typst, so page and paper cannot disagree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from fairplanner.publish.design.figure import Figure


@dataclass(frozen=True)
class Table:
    """Rows of text under headers. `numeric` columns align right; `widths` are shares of the line (Typst `fr`).

    `total` is the printed last row; with `grouped`, a blank first cell belongs to the row above it.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()
    total: tuple[str, ...] = ()
    grouped: bool = False


@dataclass(frozen=True)
class DayLine:
    """Something that a day holds, on the `nth` day of it; `more` in small type, `blanks` with lines to fill by hand."""

    title: str
    nth: str = ""
    more: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A part of a day with its clock there and at home ('' where they agree); without `lines` it is room to write in."""

    name: str
    here: str = ""
    home: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Day:
    """One day of an itinerary; `clock` says how far its clock is from that at home, '' where it is not."""

    date: str
    count: str
    where: str
    clock: str
    lines: tuple[DayLine, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Card:
    """A frame to show or to fill: `large` lines for somebody else to read, then facts, of which a blank one is a line to fill."""

    title: str
    large: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, in this order; `checks` print with a box, `blanks` with a line to fill by hand.

    `lines`: ruled lines over what is left of the page, left out with their heading where fewer than this have room.
    `own_page`: on paper it begins a page. `figure`: a drawing, under the paragraphs. `days` and `cards`: of an itinerary, last.
    """

    title: str
    key: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    bars: tuple[tuple[str, float, str], ...] = ()
    table: Table | None = None
    items: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    note: str = ""
    blanks: tuple[str, ...] = ()
    lines: int = 0
    own_page: bool = False
    figure: Figure | None = None
    days: tuple[Day, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One document. `page` holds the placeholders {page} and {pages}; `qr` is an SVG drawing or ''.

    `second`: the other language of a bilingual edition (`bilingual.py`), '' where there is none.
    """

    lang: str
    kind: str
    title: str
    kicker: str
    audience: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sample: str
    footer: str
    page: str
    date: tuple[int, int, int]
    qr: str = ""
    qr_alt: str = ""
    qr_caption: str = ""
    second: str = ""

    def data(self) -> dict[str, Any]:
        """Plain dictionaries and lists, for JSON."""
        return asdict(self)
