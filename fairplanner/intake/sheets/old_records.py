"""A look over the records of an XLS for what its reader does not tell: cells that hold an error, and rows that one does not see.

The file is a small file system of sectors (MS-CFB); its stream Workbook holds records of type, length and bytes (MS-XLS).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_RECORDS = 20_000_000
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_END, _FORMULA, _SHEET, _ERROR_OR_BOOL, _ROW, _BEGIN = 0x000A, 0x0006, 0x0085, 0x0205, 0x0208, 0x0809
_NAMES = ("Workbook", "Book")
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
"""From here on a number of a sector means that there is none."""


@dataclass(frozen=True)
class OldMarks:
    """Of one sheet: errors by row and column, both from 1, and the rows that are hidden."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def marks_of_old_book(content: bytes) -> list[OldMarks]:
    """The marks of every sheet with cells, in order; none where the file is not as it should be. Raises nothing."""
    try:
        stream = _Sectors(content).workbook()
        return [_marks(stream, at) for at in _sheets(stream)]
    except (struct.error, LookupError, ValueError, OverflowError, StopIteration):
        return []


def _sheets(stream: bytes) -> list[int]:
    """Where the records of each sheet with cells begin."""
    found = []
    for kind, at, size in _records(stream, 0):
        if kind == _SHEET and size >= 6 and stream[at + 5] == 0:
            found.append(struct.unpack_from("<I", stream, at)[0])
    return found


def _marks(stream: bytes, begin: int) -> OldMarks:
    marks = OldMarks()
    for kind, at, size in _records(stream, begin):
        if kind == _ROW and size >= 16 and stream[at + 12] & 0x20:
            marks.hidden.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif kind == _ERROR_OR_BOOL and size >= 8 and stream[at + 7]:
            _note(marks, stream, at, stream[at + 6])
        elif kind == _FORMULA and size >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            _note(marks, stream, at, stream[at + 8])
    return marks


def _note(marks: OldMarks, stream: bytes, at: int, code: int) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    marks.errors[row + 1, column + 1] = _ERRORS.get(code, "#N/A")


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, int, int]]:
    """Type, place and length of the records of one part, up to its end; parts within it (charts) are passed over."""
    at, depth = begin, 0
    for _ in range(MOST_RECORDS):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, at + 4, size
        at += 4 + size


class _Sectors:
    """The streams of a compound file."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << min(struct.unpack_from("<H", content, 30)[0], 16)
        self.small = 1 << min(struct.unpack_from("<H", content, 32)[0], 16)
        self.cutoff, self.table_first = struct.unpack_from("<II", content, 56)
        self.next = self._next()

    def workbook(self) -> bytes:
        """The stream that holds the sheets."""
        folder = self._chain(struct.unpack_from("<I", self.content, 48)[0])
        entries = {name: (first, size) for name, first, size in _entries(folder)}
        first, size = next(entries[name] for name in _NAMES if name in entries)
        if size >= self.cutoff:
            return self._chain(first)[:size]
        table = _numbers(self._chain(self.table_first))
        whole = self._chain(entries["Root Entry"][0])
        return b"".join(whole[n * self.small : (n + 1) * self.small] for n in _walk(first, table))[:size]

    def _next(self) -> list[int]:
        """After each sector the next one of its stream."""
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        further, count = struct.unpack_from("<II", self.content, 68)
        for _ in range(min(count, len(self.content) // self.size)):
            if further >= _LAST_SECTOR:
                break
            numbers = _numbers(self._sector(further))
            sectors += numbers[:-1]
            further = numbers[-1]
        return [n for sector in sectors if sector < _LAST_SECTOR for n in _numbers(self._sector(sector))]

    def _sector(self, number: int) -> bytes:
        at = _HEADER + number * self.size if self.size <= _HEADER else (number + 1) * self.size
        return self.content[at : at + self.size]

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _walk(first, self.next)))


def _entries(folder: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and length of the streams of a folder."""
    for at in range(0, len(folder) - 127, 128):
        length = struct.unpack_from("<H", folder, at + 64)[0]
        if 2 <= length <= 64:
            first, size = struct.unpack_from("<II", folder, at + 116)
            yield folder[at : at + length - 2].decode("utf-16-le"), first, size


def _walk(first: int, following: list[int]) -> Iterator[int]:
    """The sectors of a stream; one that leads back to itself ends where each would have been seen once."""
    at = first
    for _ in range(len(following)):
        if at >= _LAST_SECTOR:
            return
        yield at
        at = following[at]


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
