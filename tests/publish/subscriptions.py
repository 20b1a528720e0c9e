"""Feeds as they stand published, in two revisions, and pages read as a browser reads them; for subscriptions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from fairplanner.domain.published import Document, Feed, FeedKey, Scope
from fairplanner.publish.calendars.feeds import feeds_of
from fairplanner.publish.subscribe.addresses import Address
from tests.publish import plans
from tests.publish.reading import Page

HOST = "calendars.invalid"
BASE = "https://calendars.invalid/expo"
TOKEN = "Zk3v9QwLx1TnB7rYc5MdE2hUa4g"  # noqa: S105 - opens nothing
ADDRESS = Address(BASE, TOKEN)
FIRST = datetime(2024, 12, 1, 3, tzinfo=UTC)
SECOND = FIRST + timedelta(days=10)
LANGS = ("zh", "en")


@cache
def first_feeds() -> dict[FeedKey, Feed]:
    """Everything as first published."""
    made = feeds_of(plans.programme(), plans.plan(), {}, FIRST, HOST, LANGS)
    return {feed.key: feed for feed in made.changed}


@cache
def second_feeds() -> dict[FeedKey, Feed]:
    """Ten days later the delegation abroad is given up, and one firm leaves a day later and has one booth more."""
    later = plans.plan(
        delegations=(plans.at_home(),), participations=(plans.place("f1", booths=2), plans.place("f3", booths=2)),
        journeys=(plans.journey(depart=date(2025, 4, 12)), plans.journey("f3")), claims=(),
    )  # fmt: skip
    before = first_feeds()
    made = feeds_of(plans.programme(), later, before, SECOND, HOST, LANGS)
    return before | {feed.key: feed for feed in made.changed}


def a_document(
    name: str = "answer.zh.html", lang: str = "zh", scope: Scope | None = None, size: int = 2500
) -> Document:
    """A file beside a firm's calendar."""
    return Document(scope or Scope("firm", "f1"), lang, name, f"文件 {name}", "text/html", b"x" * size)


def named(page: Page, tag: str, **attributes: str) -> list[dict[str, str | None]]:
    """Attributes of every element of a page with this tag and these attributes."""
    return [a for t, a in page.attributes if t == tag and attributes.items() <= a.items()]


def meta(page: Page, name: str) -> str:
    """What a page says of itself to browsers."""
    (found,) = [a["content"] for a in named(page, "meta") if name in (a.get("name"), a.get("http-equiv"))]
    return found or ""
