"""What the room publishes: all of it internal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.yearbook.book import book
from fairplanner.publish.yearbook.leaders import leaders
from fairplanner.publish.yearbook.wall import wall


def yearbook(press: Press, folder: Path) -> Iterator[Draft]:
    """The leaders' page, the wall chart and the programme book."""
    sheet = bilingual(leaders(press), leaders(press.twin)) if press.is_bilingual else leaders(press)
    yield Draft(path_of("leaders", press.edition), "yearbook/leaders.typ", sheet.data(), press.timestamp)
    yield Draft(path_of("wall", press.edition), "yearbook/wall.typ", wall(press).data(), press.timestamp)
    volume = bilingual(book(press, folder), book(press.twin, folder, press)) if press.is_bilingual else book(press, folder)
    yield Draft(path_of("book", press.edition), "yearbook/book.typ", volume.data(), press.timestamp)


def path_of(kind: str, edition: str) -> PurePosixPath:
    """Where one of them lies: `leaders`, `wall` or `book`."""
    return PurePosixPath(f"internal/{kind}.{edition}.pdf")
