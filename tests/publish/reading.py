"""Reads back what was made: text of PDFs, structure of pages, cells of workbooks."""

from __future__ import annotations

import re
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.publish.pdf_words import words_of

VOID = {"meta", "link", "br", "col", "img", "hr", "input"}


_READ: dict[bytes, str] = {}
"""Texts of PDFs by their digest: many tests read the same."""


def pdf_text(content: bytes) -> str:
    """All text of a PDF without white space, which breaks lines and cells."""
    digest = sha256(content).digest()
    if digest not in _READ:
        _READ[digest] = re.sub(r"\s+", "", words_of(content))
    return _READ[digest]


def pages_of(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


class Page(HTMLParser):
    """Fails on tags that do not close in order; keeps text, tags and addresses."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "data")]
        self._leave({"td": {"td"}, "tr": {"td", "tr"}}.get(tag, set()))
        if tag not in VOID:
            self.open.append(tag)

    def _leave(self, tags: set[str]) -> None:
        """HTML (13.1.2.4) lets a cell end where the next begins, a row where the next begins, both where the body ends."""
        while self.open and self.open[-1] in tags:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._leave({"td", "tr"})
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", "", "".join(self.words))


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of each sheet by its name."""
    book = load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
