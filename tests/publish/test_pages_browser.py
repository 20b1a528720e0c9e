"""Every other page in a real browser: silent, by itself, no wider than a telephone, and nothing a blind reader stumbles over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from fairplanner.publish.index import index_page
from fairplanner.publish.phone.phone import Phone
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Publication
from fairplanner.publish.publishing import FORMATS
from fairplanner.publish.subscribe.landing import landing
from fairplanner.publish.subscribe.open_pages import open_pages
from fairplanner.shipped import shipped
from tests.browser import PageAt
from tests.publish.stress import stress
from tests.publish.subscriptions import ADDRESS, FIRST, a_document, first_feeds

pytestmark = pytest.mark.interop

FOLDER = shipped("templates")
KINDS = ("briefings", "index", "internal/due", "landing", "list", "pages", "phone")


def _all() -> Iterator[tuple[str, bytes]]:
    """Every page of the stress programme in Chinese, papers left as drafts; and a page of a subscription."""
    press, paths = Press(*stress(), "zh", "https://office.invalid/2025"), []
    for make in (*FORMATS, Phone()):
        for made in make(press, FOLDER):
            paths.append(str(made.path))
            if isinstance(made, Publication) and made.path.suffix == ".html":
                yield str(made.path), made.content
    for made in open_pages(press, FOLDER, dict.fromkeys(paths, 1000), ("zh", "en")):
        paths.append(str(made.path))
        yield str(made.path), made.content
    index = index_page(press, FOLDER, frozenset(paths))
    yield str(index.path), index.content
    feed = next(feed for key, feed in first_feeds().items() if key.lang == "zh")
    yield "landing", landing(feed, [a_document()], ADDRESS, FIRST)


@cache
def _one_of_each() -> dict[str, bytes]:
    """The longest page of each kind."""
    made = sorted(_all(), key=lambda page: len(page[1]))
    return {kind: content for kind in KINDS for path, content in made if path.startswith(kind)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_page_is_silent_fits_a_telephone_and_a_blind_reader_stumbles_over_nothing(
    page_at: PageAt, kind: str, dark: bool
) -> None:
    opened = page_at(_one_of_each()[kind], 390, dark=dark)
    assert (opened.errors, opened.requests) == ([], [])
    assert opened.sideways() == 0
    assert opened.flaws() == []
