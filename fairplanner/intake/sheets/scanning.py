"""A look over the XML of a sheet before its cells are read: how far it reaches, what is merged or hidden, formulas and errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from fairplanner.intake.sheets.raw import Area
from fairplanner.intake.sheets.zipped import BigBookError, BrokenBookError

MOST_COLUMNS = 200
"""No table has half as many; formatting that reaches to column XFD is not read."""
MOST_CELLS = 20_000_000
"""Places between A1 and the last cell that holds something; as many are kept in memory."""
MOST_TEXT = 250_000_000
"""Characters of all cells of a sheet together: a workbook keeps a text once however many cells show it."""
LONGEST_TEXT = 100_000
"""Characters of one cell; spreadsheet programs admit 32,767."""
MOST_SILENT = 500_000
"""Bytes of a sheet without the beginning of any element: a text longer than a cell can hold, or blanks to swell the file."""
MOST_MERGED = 20_000
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")

Place = tuple[int, int]
"""Row and column, from 1."""
Attributes = Mapping[str, str]


@dataclass
class Scan:
    """What stands where in a sheet; `rows` counts those that hold something."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    furthest: str = ""
    texts: int = 0
    text: int = 0
    merged: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    formulas: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)


def elements(chunks: Iterable[bytes]) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part without its prefix, with its attributes. Raises BrokenBookError."""
    found: list[tuple[str, dict[str, str]]] = []
    parse(chunks, lambda name, attributes: found.append((name.rpartition(":")[2], dict(attributes))))
    return found


def text_lengths(chunks: Iterable[bytes]) -> list[int]:
    """How long each shared text is. Raises BrokenBookError, and BigBookError for one that no program could have written."""
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si" or name.endswith(":si"):
            lengths.append(0)

    def text(said: str) -> None:
        if lengths:
            lengths[-1] += len(said)

    parse(chunks, start, text)
    if max(lengths, default=0) > LONGEST_TEXT:
        raise BigBookError("cell-long", str(max(lengths)), limit=str(LONGEST_TEXT))
    return lengths


def parse(
    chunks: Iterable[bytes], start: Callable[[str, Attributes], None], text: Callable[[str], None] | None = None
) -> None:
    """Walk through XML; what declares a document type of its own is refused, for it could swell to any size."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    if text:
        parser.CharacterDataHandler = text
    _feed(parser, chunks)


def place_of(reference: str) -> Place | None:
    """`B3` as (3, 2); None for anything else."""
    match = _CELL.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class Scanner:
    """Walks over one sheet. `most_rows`, the header among them, is the most that may hold something; `lengths` are those of the shared texts."""

    def __init__(self, most_rows: int, lengths: Sequence[int] = ()) -> None:
        self.most_rows, self.lengths = most_rows, lengths
        self.scan = Scan()
        self._row = self._column = self._elements = 0
        self._filled_row, self._kind = 0, ""
        self._said: list[str] = []
        self._by_name: dict[str, Callable[[Attributes], None]] | None = None
        self._parser: Any = None

    def walk(self, chunks: Iterable[bytes], *, weighed: bool = False) -> Scan:
        """Look at everything once; `weighed` also adds up the shared texts. Raises BrokenBookError and BigBookError."""
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text, self._weighed = True, weighed
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = _refuse
        _feed(parser, self._listened(chunks))
        return self.scan

    def _listened(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same chunks, until too many of them bring nothing but text."""
        silent, before = 0, 0
        for chunk in chunks:
            yield chunk
            silent, before = 0 if self._elements > before else silent + len(chunk), self._elements
            if silent > MOST_SILENT:
                raise BigBookError("cell-long", str(silent), limit=str(LONGEST_TEXT))

    def _start(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._by_name is None:
            prefix = name[: -len("worksheet")] if name.endswith("worksheet") else ""
            of = {
                "row": self._at_row,
                "c": self._at_cell,
                "f": self._at_formula,
                "v": self._at_value,
                "is": self._at_value,
            }
            self._by_name = {prefix + key: do for key, do in of.items()} | {prefix + "mergeCell": self._at_merged}
        do = self._by_name.get(name)
        if do is not None:
            do(attributes)

    def _at_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.scan.hidden.add(self._row)

    def _at_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        place = place_of(reference) if reference else (self._row, self._column + 1)
        if place is None:
            raise BrokenBookError
        self._row, self._column = place
        self._kind = attributes.get("t", "")

    def _at_value(self, _: Attributes) -> None:
        scan = self.scan
        if self._row != self._filled_row:
            self._filled_row = self._row
            scan.rows += 1
            if scan.rows > self.most_rows:
                raise BigBookError("rows-many", "", limit=str(self.most_rows - 1))  # one is the header
        if self._row > scan.last_row or self._column > scan.last_column:
            self._further()
        if self._kind == "s":
            scan.texts += 1
        if self._kind == "e" or (self._weighed and self._kind == "s"):
            self._listen(self._end_error if self._kind == "e" else self._end_shared)

    def _at_formula(self, _: Attributes) -> None:
        # a formula that gives an empty text has a value: that text
        if self._kind != "str":
            self._further()
            self._listen(self._end_formula)

    def _at_merged(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = place_of(first), place_of(last or first)
        if start and end and len(self.scan.merged) < MOST_MERGED:
            self.scan.merged.append((*start, *end))

    def _further(self) -> None:
        scan, where = self.scan, f"{letters(self._column)}{self._row}"
        scan.last_row, scan.last_column = max(scan.last_row, self._row), max(scan.last_column, self._column)
        if scan.last_column > MOST_COLUMNS:
            raise BigBookError("columns-many", where, limit=str(MOST_COLUMNS))
        if scan.last_row * scan.last_column > MOST_CELLS:
            raise BigBookError("cell-far", where)

    def _listen(self, end: Callable[[], None]) -> None:
        """Gather the text of the element at hand, then do `end`."""
        self._said = []
        self._parser.CharacterDataHandler = self._said.append

        def stop(_: str) -> None:
            self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
            end()

        self._parser.EndElementHandler = stop

    def _end_formula(self) -> None:
        self.scan.formulas[self._row, self._column] = "=" + "".join(self._said)[:200]

    def _end_error(self) -> None:
        self.scan.errors[self._row, self._column] = "".join(self._said).strip()[:20]

    def _end_shared(self) -> None:
        number = "".join(self._said).strip()
        if number.isdecimal() and int(number) < len(self.lengths):
            self.scan.text += self.lengths[int(number)]
            if self.scan.text > MOST_TEXT:
                raise BigBookError("file-big", str(self.scan.text), limit=str(MOST_TEXT // 1_000_000))


def letters(column: int) -> str:
    """The letters over a column, from 1: 28 is AB."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _feed(parser: Any, chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenBookError from error


def _refuse(*_: object) -> None:
    raise BrokenBookError
