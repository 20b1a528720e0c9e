"""The parts of an XLSX that hold cells, unpacked within bounds; links, macros, pictures and queries are never even unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

BIGGEST_UNPACKED = 250_000_000
"""Bytes of all parts that hold cells; a workbook with more is refused before all of it is unpacked."""
MOST_PARTS = 10_000
_CHUNK = 1 << 16
_OURS = re.compile(
    r"_rels/\.rels|xl/(workbook\d*|sharedstrings|styles)\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml"
)
_LOCAL = b"PK\x03\x04"


class BrokenBookError(Exception):
    """Not a whole workbook."""


class BigBookError(Exception):
    """More than a table needs: `what` is a key of the words, `facts` what it needs."""

    def __init__(self, what: str, value: str, **facts: str) -> None:
        self.what, self.value, self.facts = what, value, tuple(sorted(facts.items()))
        super().__init__(what)


class Parts:
    """The parts of a workbook by name in lower case, as `clean` holds them: a zip of nothing but these, to the sizes that were measured.

    What the table of contents of a zip says of sizes may be a lie; here every byte was unpacked and counted once.
    """

    def __init__(self, content: bytes) -> None:
        """Raises BrokenBookError and BigBookError."""
        if not content.startswith(_LOCAL):
            raise BrokenBookError
        out = io.BytesIO()
        try:
            with (
                zipfile.ZipFile(io.BytesIO(content)) as old,
                zipfile.ZipFile(out, "w") as new,
            ):
                self._copy(old, new)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise BrokenBookError from error
        self.clean = out.getvalue()
        self._zip = zipfile.ZipFile(io.BytesIO(self.clean))
        self.names = frozenset(self._zip.namelist())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time. Raises BrokenBookError where there is none of that name."""
        if name not in self.names:
            raise BrokenBookError
        with self._zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                yield chunk

    def _copy(self, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        if len(old.infolist()) > MOST_PARTS:
            raise BigBookError("book-parts", str(len(old.infolist())))
        left, done = BIGGEST_UNPACKED, set[str]()
        for info in old.infolist():
            name = info.filename.replace("\\", "/").lstrip("/").lower()
            if not _OURS.fullmatch(name) or name in done:
                continue
            done.add(name)
            with old.open(info) as part, new.open(zipfile.ZipInfo(name), "w") as copy:
                while chunk := part.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise BigBookError("file-big", str(BIGGEST_UNPACKED), limit=str(BIGGEST_UNPACKED // 1_000_000))
                    copy.write(chunk)
