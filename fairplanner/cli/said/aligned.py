"""Columns of a table on a console: Chinese characters take two places, numbers stand to the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

APART = "  "
TWO = "WFA"
"""Ambiguous characters are wide where the console is Chinese, and that is where they occur."""


def places(text: str, *, is_chinese: bool = True) -> int:
    """How many places of a console a text takes."""
    wide = TWO if is_chinese else TWO[:2]
    return sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in text if not unicodedata.combining(c))


def aligned(rows: Sequence[Sequence[str]], *, lang: str, left: int = 1) -> Iterator[str]:
    """Lines of a table; the first `left` columns begin flush, the others end flush. Rows have the same number of cells."""
    is_chinese = lang == "zh"
    wide = [max(places(cell, is_chinese=is_chinese) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        told = []
        for n, (cell, room) in enumerate(zip(row, wide, strict=True)):
            blank = " " * (room - places(cell, is_chinese=is_chinese))
            told.append(cell + blank if n < left else blank + cell)
        yield APART.join(told).rstrip()
