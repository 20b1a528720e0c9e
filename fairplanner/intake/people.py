"""The people file (`publish --people`): names, telephones, rooms and flights of those who travel; nothing of a passport.

What is read here joins paper and is kept nowhere. Nothing that is told of a problem shows a name or a whole number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fairplanner.domain.people import ROLES, Hotel, People, Person, Stay
from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.intake.cells import BadCellError, words_of
from fairplanner.intake.grid import Row
from fairplanner.intake.lists import spelling, spellings
from fairplanner.intake.people_rows import PeopleSheet, header_of, read_sheet, unwidened
from fairplanner.intake.people_whom import Whom
from fairplanner.intake.secret_numbers import masked, secret_in
from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.words import languages, words

FLIGHTS = ("out", "back")
LONGEST_CELL = 200
MOST_CELLS_OF_A_REMARK = 2
"""A row without a name and with no more cells than this ends the list where it begins as a total or a remark does."""

Key = tuple[str, str, str, str]
Place = tuple[int, int]
"""Row number and place of the column."""


def read_people(path: Path, programme: Programme, plan: Plan) -> People:
    """Everybody in a people file (XLSX or CSV), each with the delegation of the plan that they travel in.

    Rows of one person are one person with several stays or flights. Raises UserError with every problem: columns and cells
    that hold numbers of passports or identity cards, firms, posts and delegations that are not of the plan.
    """
    sheet = read_sheet(path)
    secrets = _secrets(sheet, programme)
    problems = [*_banned(sheet), *(problem for _, problem in secrets)]
    hidden = frozenset(place for place, _ in secrets)
    whom, found = Whom(programme, plan), dict[Key, _Gathered]()
    for row in _people_rows(sheet):
        _take(_Line(sheet, row, problems, hidden), whom, found)
    if not found and not problems:
        problems.append(Problem(sheet.file, 0, "", "people-none"))
    if problems:
        raise UserError(sorted(set(problems)))
    return People(tuple(one.person() for one in found.values()), sheet.unused)


def _banned(sheet: PeopleSheet) -> Iterator[Problem]:
    for at in sheet.banned:
        yield Problem(sheet.file, sheet.header_row, sheet.headers[at], "people-banned", sheet.headers[at])


def _secrets(sheet: PeopleSheet, programme: Programme) -> list[tuple[Place, Problem]]:
    """Every cell, in whatever column and also in and above the header, that holds such a number; a firm's own code is not one."""
    found = []
    flights = {at for f, at in sheet.at.items() if f in FLIGHTS}
    for number, cells in (*sheet.above, (sheet.header_row, sheet.headers), *sheet.rows):
        for at, cell in enumerate(cells):
            if is_blank(cell) or str(cell).strip() in programme.firm:
                continue
            if secret := secret_in(cell, spaced=at not in flights):
                header = sheet.headers[at] if at < len(sheet.headers) and number != sheet.header_row else ""
                problem = Problem(sheet.file, number, header or str(at + 1), "people-secret", masked(secret))
                found.append(((number, at), problem))
    return found


def _people_rows(sheet: PeopleSheet) -> Iterator[Row]:
    """The rows down to the total or the remarks at the end of the list."""
    ends = tuple(x for lang in languages() for x in words(lang)("people.ends").split("|"))
    at = sheet.at["name"]
    for number, cells in sheet.rows:
        filled = [c for c in cells if not is_blank(c)]
        is_named = at < len(cells) and not is_blank(cells[at])
        first = unwidened(str(filled[0])).replace(" ", "").casefold()
        if not is_named and len(filled) <= MOST_CELLS_OF_A_REMARK and first.startswith(ends):
            return
        yield number, cells


@dataclass
class _Line:
    """One row, read by the names of its fields; what is `hidden` is not read, for its problem is told."""

    sheet: PeopleSheet
    row: Row
    problems: list[Problem]
    hidden: frozenset[Place]

    def __getitem__(self, name: str) -> str:
        at, cells = self.sheet.at.get(name, -1), self.row[1]
        cell: Cell = cells[at] if 0 <= at < len(cells) else None
        if is_blank(cell) or self.hides(name):
            return ""
        try:
            text = unwidened(words_of(cell))
        except BadCellError as bad:
            self.tell(name, bad.what)
            return ""
        if len(text) > LONGEST_CELL:
            self.tell(name, "people-long", limit=str(LONGEST_CELL))
            return ""
        return text

    def hides(self, name: str) -> bool:
        return (self.row[0], self.sheet.at.get(name, -1)) in self.hidden

    def tell(self, name: str, what: str, value: str = "", **facts: str) -> None:
        at = self.sheet.at.get(name, -1)
        header = self.sheet.headers[at] if at >= 0 else header_of(name, "zh")
        self.problems.append(Problem(self.sheet.file, self.row[0], header, what, value, tuple(sorted(facts.items()))))


@dataclass
class _Gathered:
    """A person whose rows are still being read."""

    first: Person
    stays: list[Stay] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)

    def person(self) -> Person:
        p = self.first
        return Person(
            p.name, p.delegation_id, p.firm_id, p.post_id, p.role, p.phone, p.group, _joined(self.out), _joined(self.back),
            p.seat, p.stand, tuple(dict.fromkeys(self.stays)),
        )  # fmt: skip


def _take(line: _Line, whom: Whom, found: dict[Key, _Gathered]) -> None:
    name = line["name"]
    if not name and not line.hides("name"):
        line.tell("name", "people-name-missing")
    if line.hides("firm") or line.hides("post"):
        return
    meant = whom.meant(line["firm"], line["post"], line["delegation"])
    for p in meant.problems:
        line.tell(p.column, p.what, p.value, **dict(p.facts))
    if not name or meant.problems:
        return
    key = (meant.delegation_id, meant.firm_id, meant.post_id, name)
    person = Person(
        name, meant.delegation_id, meant.firm_id, meant.post_id, _role(line["role"]), line["phone"], line["group"],
        seat=line["seat"], stand=line["stand"],
    )  # fmt: skip
    one = found.setdefault(key, _Gathered(person))
    one.out.append(line["out"])
    one.back.append(line["back"])
    if stay := _stay(line):
        one.stays.append(stay)


def _stay(line: _Line) -> Stay | None:
    hotel = Hotel(
        line["hotel"], line["hotel_en"], line["hotel_address_zh"], line["hotel_address_en"], line["hotel_address_local"], line["hotel_phone"],
    )  # fmt: skip
    room = line["room"]
    return Stay(hotel, room) if room or hotel != Hotel("") else None


def _role(text: str) -> str:
    """A value of the closed list where the word is one of it, else the word itself."""
    return spellings("PersonRole", ROLES).get(spelling(text), text)


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(t for t in texts if t))
