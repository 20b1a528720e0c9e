"""What one firm hands in, as it stands in cells: what it says of itself, and each thing it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from fairplanner.errors import Problem
from fairplanner.intake.cells import shown
from fairplanner.intake.sheet import Cell, bare, is_blank
from fairplanner.intake.sheets.scanning import letters

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Given:
    """One cell and where it stands; `title` is the header, question or label it answers, `unit` the unit of money its page states.

    `phase_id` where the place already says of which phase it speaks.
    """

    cell: Cell
    page: str
    row: int
    column: int
    title: str = ""
    unit: str = ""
    phase_id: str = ""

    @property
    def name(self) -> str:
        """The cell as spreadsheet programs name it."""
        return f"{letters(self.column)}{self.row}"

    @property
    def place(self) -> str:
        """Page and cell."""
        return f"{self.page} {self.name}"

    @property
    def text(self) -> str:
        """The cell on one line; '' where it is blank."""
        return "" if is_blank(self.cell) else " ".join(str(self.cell).split())

    def saying(self, cell: Cell) -> Given:
        """The same place with another text: one of several that stand in it."""
        return replace(self, cell=cell)

    def problem(self, what: str, value: object = None, facts: Facts = ()) -> Problem:
        """What is wrong with, or to be told of, this cell."""
        said = shown(self.cell) if value is None else shown(str(value))
        return Problem(self.page, self.row, " ".join(filter(None, (self.name, self.title))), what, said, facts)


Fields = dict[str, Given]
JOINED = ("fair", "zone_id", "sectors", "markets", "exhibits", "note")
"""What two columns or labels of one page may say in parts."""


def put(into: Fields, field: str, given: Given, problems: list[Problem]) -> None:
    """Take a cell for a field; where another cell of the same row or form was taken for it, both count or the difference is a problem."""
    before = into.setdefault(field, given)
    if field == "received" or bare(before.text) == bare(given.text):
        return
    if field in JOINED:
        into[field] = before.saying(f"{before.text}; {given.text}")
    else:
        problems.append(
            given.problem("signup-contradiction", given.text, (("other", before.name), ("was", before.text)))
        )


@dataclass
class Record:
    """`page` and `row` say where it begins; `over` are texts above it that may name its zone or its fair, nearest first."""

    page: str
    row: int
    firm: Fields = field(default_factory=dict)
    wishes: list[Fields] = field(default_factory=list)
    over: tuple[str, ...] = ()
    received: datetime | None = None

    def at(self) -> Given:
        """A cell to point at: the firm's name or code, else the first that says anything."""
        said = [*self.firm.values(), *(g for wish in self.wishes for g in wish.values())]
        named = [g for f in ("name_zh", "firm_id", "name_en") if (g := self.firm.get(f))]
        return (named or said or [Given(None, self.page, self.row, 1)])[0]
