"""What stands in the way of a plan, for whoever has no terminal: a page, and as a workbook where it is about cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from fairplanner.publish.overlay import overlay
from fairplanner.publish.pages import page
from fairplanner.publish.publication import Publication
from fairplanner.publish.workbooks.xlsx import MEDIA_TYPE, Column, Grid, Kind, Link, Look, workbook
from fairplanner.words import words

COLUMNS = ("number", "file", "page", "cell", "value", "says")


@dataclass(frozen=True)
class Trouble:
    """One thing to put right: `file` and its path from the page ('' where it is not there), sheet, cell, what is there, and the sentence."""

    file: str
    path: str
    page: str
    cell: str
    value: str
    says: str

    @property
    def href(self) -> str:
        """The file as a page links it."""
        return quote(self.path)

    @property
    def place(self) -> str:
        """The cell as a spreadsheet program is led to it; '' where it is not known."""
        cell = self.cell if self.cell.isascii() else ""
        return f"'{self.page.replace(chr(39), chr(39) * 2)}'!{cell or 'A1'}" if self.page else ""


@dataclass(frozen=True)
class Told:
    """What a page says: a title, paragraphs, and under them places to put right, or lines (blanks before one make it stand deeper).

    `is_trouble` False: nothing of it is wrong.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()
    lines: tuple[str, ...] = ()
    is_trouble: bool = True

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Each line without its blanks, and how deep it stands."""
        return [(len(line) - len(line.lstrip(" ")), line.strip()) for line in self.lines if line.strip()]


def problem_pages(told: Told, lang: str, templates: Path | None = None) -> Iterator[Publication]:
    """`name`.html, and `name`.xlsx with a link to each cell where it is about cells; the same bytes for the same things."""
    w = words(lang)
    name = f"{told.name}.xlsx" if told.troubles else ""
    heads = tuple(w(f"go.page.{key}") for key in (*COLUMNS[:-1], "says" if told.is_trouble else "done"))
    with overlay(templates) as folder:
        html = page(
            folder, "pages/problems.html.j2", lang, title=told.title, told=told, heads=heads, workbook=name, sample="",
            footer=w("go.page.footer") if name else "", workbook_words=w("go.page.workbook", name=name),
        )  # fmt: skip
    yield Publication(PurePosixPath(f"{told.name}.html"), "text/html; charset=utf-8", html)
    if name:
        rows = tuple((n, x.file, x.page, x.cell, x.value, x.says) for n, x in enumerate(told.troubles, 1))
        links = tuple(
            Link(n, column, x.href, x.place) for n, x in enumerate(told.troubles) if x.path for column in (1, 3)
        )
        columns = tuple(Column(h, Kind.TEXT if n else Kind.NUMBER) for n, h in enumerate(heads))
        grid = Grid(w("go.page.sheet"), told.title, columns, rows, links=links)
        look = Look("", w("paper.page", page="&P", pages="&N"))
        yield Publication(PurePosixPath(name), MEDIA_TYPE, workbook([grid], look, told.title))
