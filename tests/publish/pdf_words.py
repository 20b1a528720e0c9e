"""The text of a PDF as Typst writes it, in the order in which it is drawn: what `pypdf` finds, in a fiftieth of the time.

Text is looked for in the stream of a page by pattern, without reading what is drawn between; where a page has anything that
the patterns do not know (a font without a table of its characters, an image among the words), `pypdf` reads that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

PLAIN = rb"[^\\()]|\\."
INNER = rb"\((?:" + PLAIN + rb"|\((?:" + PLAIN + rb")*\))*\)"
QUOTED = rb"\((?:" + PLAIN + rb"|" + INNER + rb")*\)|<[0-9A-Fa-f\s]*>"
"""A string: brackets within it need no sign before them where they come in pairs; deeper ones than these are unfamiliar."""
DRAWN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf\b"
    rb"|(?P<text>" + QUOTED + rb")\s*Tj\b"
    rb"|\[(?P<texts>(?:[^\[\]()<>]|" + QUOTED + rb")*)\]\s*TJ\b"
    rb"|/(?P<form>[^\s/<>\[\]()]+)\s+Do\b",
    re.DOTALL,
)
"""A font taken up, text shown, or a drawing within the drawing."""
STRING = re.compile(QUOTED, re.DOTALL)
SHOWN = re.compile(rb"[)>]\s*Tj\b|\]\s*TJ\b|\bBI\b")
"""Where text is shown by any pattern, or an image stands among the words."""
ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b""}
CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
Letters = dict[int, str]


class Unfamiliar(Exception):
    """The page has something that the patterns do not know."""


def words_of(content: bytes) -> str:
    """All text of a PDF, page by page."""
    known: dict[int, Letters] = {}
    return "".join(_page(page, known) for page in PdfReader(BytesIO(content)).pages)


def _page(page: PageObject, known: dict[int, Letters]) -> str:
    content = page.get_contents()
    if content is None:
        return ""
    try:
        return "".join(_drawn(content.get_data(), page["/Resources"], known))
    except Unfamiliar:
        return page.extract_text()


def _drawn(data: bytes, resources: Any, known: dict[int, Letters]) -> Iterator[str]:
    letters: Letters = {}
    every = list(DRAWN.finditer(data))
    if sum(found["text"] is not None or found["texts"] is not None for found in every) != len(SHOWN.findall(data)):
        raise Unfamiliar("text that is shown in another way")
    for found in every:
        if found["font"]:
            letters = _letters(resources["/Font"].raw_get(f"/{found['font'].decode()}"), known)
        elif found["form"]:
            form = resources["/XObject"][f"/{found['form'].decode()}"]
            if form["/Subtype"] == "/Form":
                yield from _drawn(form.get_data(), form.get("/Resources", resources), known)
        else:
            for string in STRING.findall(found["text"] or found["texts"]):
                yield _said(_bytes(string), letters)


def _said(codes: bytes, letters: Letters) -> str:
    return "".join(letters.get(codes[at] << 8 | codes[at + 1], "") for at in range(0, len(codes) - 1, 2))


def _bytes(string: bytes) -> bytes:
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())
    return ESCAPED.sub(lambda m: _unescaped(m[1]), string[1:-1])


def _unescaped(what: bytes) -> bytes:
    return bytes([int(what, 8) & 255]) if what.isdigit() else LETTERS.get(what, what)


def _letters(reference: Any, known: dict[int, Letters]) -> Letters:
    number = reference.idnum
    if number not in known:
        font = reference.get_object()
        if font["/Subtype"] != "/Type0" or font["/Encoding"] != "/Identity-H" or "/ToUnicode" not in font:
            raise Unfamiliar(font)
        known[number] = dict(_table(font["/ToUnicode"].get_data()))
    return known[number]


def _table(cmap: bytes) -> Iterator[tuple[int, str]]:
    for part in CHARS.findall(cmap):
        pairs = HEX.findall(part)
        yield from ((int(a, 16), _utf16(b)) for a, b in zip(pairs[::2], pairs[1::2], strict=True))
    for part in RANGES.findall(cmap):
        raise Unfamiliar(part)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
