"""A workbook of choices as it came back: every cell that is not as it was, and every place where it can no longer be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fairplanner.domain.choices import Choice, ChoiceBook, ChoiceColumn, ChoicePage, Given, Shown
from fairplanner.domain.hand_made import SheetCell
from fairplanner.errors import Problem, UserError
from fairplanner.intake.cells import YES_NO, BadCellError, shown, whole, words_of
from fairplanner.intake.lists import spelling
from fairplanner.intake.sheet import Cell, is_blank
from fairplanner.intake.sheets.contents import locks_of
from fairplanner.intake.sheets.pages import pages_of
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.words import languages, words

SHEET, FORM = "_fairplanner", "1"
"""As `publish.workbooks.choices_xlsx` writes them."""
MOST_ROWS = 400_000
FIRST_ROWS = 12
"""The hidden row of keys is among so many rows that hold something; people write remarks above their tables."""
YES_WORDS = {spelling(word): "yes" if said else "no" for word, said in YES_NO.items()}


@dataclass(frozen=True)
class Stamp:
    """What the hidden sheet says: the plan's mark, that of everything shown, and the language."""

    plan: str
    mark: str
    lang: str


@dataclass(frozen=True)
class Edit:
    """A row of which something was changed: by column the new value and its cell; `at` has the cells of all columns."""

    page: str
    row: Choice
    new: Mapping[str, Given]
    at: Mapping[str, SheetCell]
    reason: str = ""
    basis: str = ""

    def now(self, key: str) -> Given:
        """What the column says now, changed or not."""
        return self.new.get(key, self.row.of(key))


@dataclass(frozen=True)
class Edited:
    """`cells`: of every row of the file its cells by column; `told`: what was left unread, or changes nothing."""

    file: str
    edits: tuple[Edit, ...]
    cells: Mapping[tuple[str, str], Mapping[str, SheetCell]]
    problems: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()


def stamp_of(path: Path) -> tuple[Stamp, list[RawPage]]:
    """The stamp of a workbook of choices, with its pages. Raises UserError where it cannot be read, is open elsewhere or is none."""
    if locks_of(path):
        raise UserError([Problem(path.name, 0, "", "file-open", path.name)])
    pages = pages_of(path, path.name, MOST_ROWS)
    if isinstance(pages, Problem):
        raise UserError([pages])
    own = next((page for page in pages if page.title == SHEET), None)
    said = {str(cells[0]): [str(c) for c in cells[1:] if c is not None] for _, cells in own.rows} if own else {}
    form = said.get("fairplanner", [])
    if form[:1] != ["choices"] or not all(said.get(key) for key in ("plan", "mark", "lang")):
        raise UserError([Problem(path.name, 0, "", "trip-not-ours", path.name)])
    if form[1:] != [FORM]:
        raise UserError([Problem(path.name, 0, "", "trip-form", "".join(form[1:]))])
    return Stamp(said["plan"][0], said["mark"][0], said["lang"][0]), pages


def read_edits(path: Path, pages: Sequence[RawPage], book: ChoiceBook, stamp: Stamp) -> Edited:
    """Everything that differs from the book. What only was shown is not compared where this version shows it otherwise (told)."""
    reader = _Reader(path.name, is_drifted=stamp.mark != book.mark)
    if reader.is_drifted:
        reader.told.append(Problem(path.name, 0, "", "told-trip-drifted"))
    known = {page.name for page in book.pages}
    keyed = {name: (page, at) for page in pages if page.title != SHEET for at, name in _keys(page) if name in known}
    for page in book.pages:
        if page.name in keyed:
            reader.read(page, *keyed[page.name])
        else:
            reader.problems.append(Problem(path.name, 0, "", "trip-sheet-gone", page.title))
    ours = {id(page) for page, _ in keyed.values()}
    # one sheet tells people how it is done; whatever else stands there is somebody's own
    quiet = {SHEET, *(words(lang)("round_trip.choices.readme") for lang in languages())}
    own = [p.title for p in pages if id(p) not in ours and p.title not in quiet and p.rows]
    reader.told += [Problem(path.name, 0, "", "told-trip-sheet", title) for title in own]
    return Edited(path.name, tuple(reader.edits), reader.cells, tuple(sorted(set(reader.problems))), tuple(reader.told))


def _keys(page: RawPage) -> Iterator[tuple[int, str]]:
    """Rows that may be the row of keys, with the name of the page that they are of."""
    for at, (_, cells) in enumerate(page.rows[:FIRST_ROWS]):
        if cells and isinstance(cells[0], str) and "goes" in cells:
            yield at, cells[0]


@dataclass
class _Reader:
    file: str
    is_drifted: bool
    edits: list[Edit] = field(default_factory=list)
    cells: dict[tuple[str, str], Mapping[str, SheetCell]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)

    def read(self, page: ChoicePage, raw: RawPage, key_at: int) -> None:
        """Compare one page."""
        number, keys = raw.rows[key_at]
        at = {str(key): place for place, key in enumerate(keys) if key is not None and place}
        lost = [column for column in page.columns if column.key not in at]
        self.problems += [Problem(self._where(raw), 0, "", "trip-column-gone", column.header) for column in lost]
        rows = {row.name: (row, cells) for row, cells in page.rows}
        seen: dict[str, int] = {}
        own = set(at.values()) | {0}
        for row_number, cells in raw.rows[key_at + 1 :]:
            name = "" if not cells or is_blank(cells[0]) else str(cells[0])
            # the header stands below the keys; a line with nothing in our columns is no row
            if row_number == number + 1 or not any(not is_blank(c) for c in cells):
                continue
            self._stray(raw, row_number, cells, own)
            if name not in rows:
                self._unknown(raw, row_number, name, cells, own)
            elif name in seen:
                facts = (("first", str(seen[name])),)
                self.problems.append(Problem(self._where(raw), row_number, "", "trip-row-twice", "", facts))
            else:
                seen[name] = row_number
                self._row(page, raw.title, row_number, cells, at, *rows[name])
        for n, (row, shown_cells) in enumerate(page.rows, number + 2):
            if row.name not in seen:
                said = " · ".join(str(c) for c in shown_cells[:3] if c is not None)
                self.problems.append(Problem(self._where(raw), n, "", "trip-row-gone", said))

    def _where(self, raw: RawPage) -> str:
        return f"{self.file}[{raw.title}]"

    def _stray(self, raw: RawPage, number: int, cells: Sequence[Cell], own: set[int]) -> None:
        for place, cell in enumerate(cells):
            if place not in own and not is_blank(cell):
                where = SheetCell(raw.title, number, place + 1)
                self.told.append(Problem(self._where(raw), number, where.name, "told-trip-beside", shown(cell)))

    def _unknown(self, raw: RawPage, number: int, name: str, cells: Sequence[Cell], own: set[int]) -> None:
        if not any(place in own and not is_blank(cell) for place, cell in enumerate(cells)):
            return
        what = "trip-key-changed" if name else "trip-row-added"
        first = next((shown(c) for place, c in enumerate(cells) if place and place in own and not is_blank(c)), name)
        self.problems.append(Problem(self._where(raw), number, "", what, first))

    def _row(
        self, page: ChoicePage, title: str, number: int, cells: Sequence[Cell], at: Mapping[str, int], row: Choice,
        before: Sequence[Shown],
    ) -> None:  # fmt: skip
        places = {key: SheetCell(title, number, place + 1) for key, place in at.items()}
        self.cells[page.name, row.name] = places
        new: dict[str, Given] = {}
        for column, was in zip(page.columns, before, strict=True):
            if column.key not in at:
                continue
            cell = cells[at[column.key]] if at[column.key] < len(cells) else None
            try:
                if column.key in row.open:
                    value = _value(column, cell)
                    if value != row.of(column.key):
                        new[column.key] = value
                elif not self.is_drifted and not _is_same(cell, was):
                    what = f"trip-locked-{row.lock}" if row.lock else "trip-locked"
                    facts = (("about", ", ".join(row.about)), ("was", shown(was)))
                    self.problems.append(self._problem(places[column.key], what, cell, facts))
            except BadCellError as bad:
                self.problems.append(self._problem(places[column.key], bad.what, cell, bad.facts))
        if new:
            reason, basis = str(new.pop("reason", "") or ""), str(new.pop("basis", "") or "")
            self.edits.append(Edit(page.name, row, new, places, reason, basis))

    def _problem(self, at: SheetCell, what: str, cell: object, facts: tuple[tuple[str, str], ...] = ()) -> Problem:
        told = dict(facts)
        value = told.pop("value", None) or shown(cell)  # type: ignore[arg-type]
        return Problem(f"{self.file}[{at.sheet}]", at.row, at.name, what, value, tuple(sorted(told.items())))


def _value(column: ChoiceColumn, cell: Cell) -> Given:
    """What an open cell says. Raises BadCellError."""
    if column.kind == "note":
        return "" if is_blank(cell) else words_of(cell)
    if column.kind == "choice":
        return _chosen(column, cell)
    if is_blank(cell):
        if column.key == "planned":
            return None
        raise BadCellError("value-missing")
    count = whole(cell)
    if count < 0:
        raise BadCellError("too-small", limit="0")
    return count


def _chosen(column: ChoiceColumn, cell: Cell) -> str:
    if is_blank(cell):
        raise BadCellError("value-missing")
    known = {spelling(word): value for word, value in column.accepts}
    if column.key == "goes":
        known = YES_WORDS | known
    said = spelling(words_of(cell))
    if said not in known:
        raise BadCellError(
            "trip-choice", **{"may_be.zh": "、".join(column.words), "may_be.en": ", ".join(column.words)}
        )
    return known[said]


def _is_same(cell: Cell, was: Shown) -> bool:
    """Whether a closed cell shows what it showed; programs write numbers and breaks of lines each in their own way."""
    if isinstance(was, int | float) and isinstance(cell, int | float) and not isinstance(cell, bool):
        return abs(cell - was) < 1e-6 * max(1.0, abs(was))
    if is_blank(cell) or was is None:
        return is_blank(cell) and (was is None or not str(was).strip())
    return _bare(cell) == _bare(was)


def _bare(value: object) -> str:
    """A text without blanks, breaks and what no spreadsheet can hold."""
    return "".join(ch for ch in str(value) if ch.isprintable() and not ch.isspace())
