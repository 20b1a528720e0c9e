"""Long lines broken where a sentence allows it: between words, in Chinese after its signs; the rest stands deeper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fairplanner.cli.said.aligned import places

WIDE = 160
"""Places of a console that a line takes at most, where it can be broken at all."""
DEEPER = "    "
SIGNS = re.compile("[；，、。：]")
PIECE = re.compile(r"[A-Z]{3} [\d,.]+\S*\s*|\S+\s*")
"""A word with the blank behind it; a currency with its amount."""
CHINESE = re.compile(r"[^；，、。：]+[；，、。：]*\s*|[；，、。：]+\s*")
"""A part of a Chinese sentence up to its sign: the blanks in it stand beside numbers."""


def folded(lines: Iterable[str], *, wide: int = WIDE) -> Iterator[str]:
    """The lines, each broken where it takes more than `wide` places of a console; a word longer than that stays whole."""
    for line in lines:
        yield from _folded(line, wide)


def _folded(line: str, wide: int) -> Iterator[str]:
    if places(line) <= wide:
        yield line
        return
    indent = line[: len(line) - len(line.lstrip(" "))]
    made, room = indent, 0
    pieces = CHINESE if SIGNS.search(line) else PIECE
    for piece in pieces.findall(line.strip(" ")):
        if room and places(made + piece.rstrip()) > wide:
            yield made.rstrip()
            made, room = indent + DEEPER, 0
        made, room = made + piece, room + 1
    yield made.rstrip()
