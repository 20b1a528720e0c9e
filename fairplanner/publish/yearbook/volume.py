"""What a book is made of: chapters, units within them (a zone, a fair), lists of names, and an index that leads back to them all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from fairplanner.publish.sheet import Section


@dataclass(frozen=True)
class Name:
    """A firm in a list: `key` for the index, what it is called, and what it has there."""

    key: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Part(Section):
    """A section of a unit; `names` are set in columns, under everything else."""

    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A zone or a fair: `key` and `also` are where the index leads; `short` stands in the running header."""

    title: str
    key: str
    parts: tuple[Part, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A chapter begins a page; its own parts come before its units."""

    title: str
    key: str
    parts: tuple[Part, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the index: every page that bears the mark `key`."""

    key: str
    text: str


@dataclass(frozen=True)
class IndexPart:
    """One alphabet of the index: fairs, zones or firms."""

    title: str
    key: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Book:
    """The whole: cover, contents, chapters, index. `page` holds the placeholders {page} and {pages}."""

    lang: str
    kind: str
    title: str
    kicker: str
    audience: str
    facts: tuple[tuple[str, str], ...]
    contents: str
    chapters: tuple[Chapter, ...]
    index_title: str
    index: tuple[IndexPart, ...]
    sample: str
    footer: str
    page: str
    date: tuple[int, int, int]
    second: str = field(default="")

    def data(self) -> dict[str, Any]:
        """Plain dictionaries and lists, for JSON."""
        return asdict(self)


def in_order(text: str) -> tuple[bytes, str]:
    """Where a name stands in an index: the national standard lists the common characters by pinyin, Latin letters before them."""
    return text.casefold().encode("gb18030"), text
