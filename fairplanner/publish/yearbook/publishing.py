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

KINDS = ("leaders", "wall", "book")


def year_papers(press: Press, folder: Path) -> Iterator[Draft]:
    """The leaders' page, the wall chart (in one language at a time) and the programme book."""
    two = press.is_bilingual
    page = bilingual(leaders(press), leaders(press.twin)) if two else leaders(press)
    yield _draft(press, "leaders", page.data())
    if not two:
        yield _draft(press, "wall", wall(press).data())
    volume = bilingual(book(press, folder), book(press.twin, folder, press)) if two else book(press, folder)
    yield _draft(press, "book", volume.data())


def path_of(kind: str, edition: str) -> PurePosixPath:
    """Where one of KINDS lies."""
    return PurePosixPath(f"internal/{kind}.{edition}.pdf")


def _draft(press: Press, kind: str, data: dict[str, object]) -> Draft:
    return Draft(path_of(kind, press.edition), f"yearbook/{kind}.typ", data, press.timestamp)
