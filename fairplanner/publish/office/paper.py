"""What an office paper says, before it is dressed: headings, paragraphs, tables, attachments and where it is signed.

Words are those of one language already; values in tables stay numbers, so that document and workbook print the same sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.publish.workbooks.xlsx import Column, Grid, Kind, Value

BLANK = "____"
"""What nobody has said yet; it stays visible until a person writes over it."""


@dataclass(frozen=True)
class Paragraph:
    """Running text; `flush` begins at the margin, else two characters in."""

    text: str
    flush: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of the first level; the dressing numbers it (一、 or 1.)."""

    text: str


@dataclass(frozen=True)
class Point:
    """A heading of the second level that its text follows in the same line, numbered within the first (（一） or (1))."""

    label: str
    text: str


@dataclass(frozen=True)
class Field:
    """A column of a form: what it holds and its share of the line. `blank`: its empty cells print as ____; `centred` text."""

    header: str
    width: float
    kind: Kind = Kind.TEXT
    blank: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Form:
    """A table. `total`: label of the printed last row, '' for none; `name` is its sheet in the workbook, '' for none.

    `caption` stands above it; `note` below; `height`: least height of a row in millimetres, for rows that are filled by hand.
    """

    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    name: str = ""
    total: str = ""
    caption: str = ""
    note: str = ""
    height: float = 0

    @property
    def last(self) -> tuple[Value, ...]:
        """The printed last row: exact sums of what is printed above; ____ under a column that is to be filled in."""
        return tuple(BLANK if self._is_open(i) else value for i, value in enumerate(self.grid("").totals()))

    def grid(self, title: str) -> Grid:
        """The same table as a sheet of a workbook; a column that is to be filled in has no sum yet."""
        columns = tuple(Column(f.header, Kind.TEXT if self._is_open(i) else f.kind) for i, f in enumerate(self.fields))
        return Grid(self.name, title, columns, self.rows, self.total)

    def _is_open(self, i: int) -> bool:
        """Whether numbers belong into a column and none is there yet."""
        f = self.fields[i]
        known = any(isinstance(row[i], int | Decimal) for row in self.rows)
        return f.blank and f.kind in (Kind.COUNT, Kind.MONEY) and not known


Block = Paragraph | Heading | Point | Form


@dataclass(frozen=True)
class Attachment:
    """A page of its own behind the paper, marked 附件1 on top; `wide` lies across."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper. `kind` is a key of the words (`office.kind.<kind>`), `subject_id` the edition, phase or delegation it is about.

    `enclosed`: what is attached by hand, named after the attachments. `is_signed`: with the lines for issuer and day;
    `contact`: the line with the person who answers the telephone. `lacks`: what the data could say and does not; `by_hand`: what
    only people can fill in.
    """

    kind: str
    lang: str
    subject: str
    subject_id: str
    title: str
    blocks: tuple[Block, ...]
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    enclosed: tuple[str, ...] = ()
    is_signed: bool = False
    contact: str = ""
    is_internal: bool = False
    wide: bool = False
    sample: str = ""
    footer: str = ""
    lacks: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()

    @property
    def forms(self) -> Iterator[Form]:
        """Every table that is a sheet of the workbook too, in order."""
        for block in (*self.blocks, *(b for a in self.attachments for b in a.blocks)):
            if isinstance(block, Form) and block.name:
                yield block
