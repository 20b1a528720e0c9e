"""Small revisions, feeds and documents that say of which revision they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from fairplanner.domain.published import Document, EntryState, Feed, FeedKey, Revision, Scope
from fairplanner.domain.sealing import sealed
from fairplanner.store import Store

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
PROGRAMME = "guizhou-2027"


def revision(number: int, parent: str = "", by: str = "计划岗", programme_id: str = PROGRAMME) -> Revision:
    at = AT + timedelta(minutes=number)
    plan = f"plan {number} of {by}".encode() * 20
    return sealed(
        Revision(programme_id, number, f"digest {number}", parent, "", at, by, f"第 {number} 稿", plan, b"programme")
    )


def key(i: int = 0) -> FeedKey:
    return FeedKey("firm", f"f{i:03}", "zh")


def feed(number: int, i: int = 0, entries: int = 2, mark: str = "") -> Feed:
    """Feed `i` as revision `number` shows it: every state has that number as its SEQUENCE."""
    content = f"BEGIN:VCALENDAR\r\nX-NUMBER:{number}-{i}-{mark}\r\nEND:VCALENDAR\r\n".encode()
    at = AT + timedelta(minutes=number)
    states = tuple(
        EntryState(f"e{j:03}", f"u{i}-{j}@h", number, AT, at, date(2027, 4, 15), f'{{"n":{number}}}', f"{number:064}", at if j % 2 else None)
        for j in range(entries)
    )  # fmt: skip
    return Feed(key(i), f"firm-f{i:03}", "企业日历", sha256(content).hexdigest(), at, content, states)


def document(number: int, i: int = 0) -> Document:
    return Document(
        Scope("firm", f"f{i:03}"), "zh", "参展手册.pdf", "参展手册", "application/pdf", f"%PDF {number}".encode()
    )


def publish_next(store: Store, by: str = "计划岗", feeds: int = 3, entries: int = 2) -> Revision:
    """Publish the next revision with every feed and document anew."""
    head = store.head(PROGRAMME)
    onto = head.seal if head else ""
    new = revision(head.number + 1 if head else 1, onto, by)
    made = [feed(new.number, i, entries, by) for i in range(feeds)]
    store.publish(new, made, [document(new.number, i) for i in range(feeds)], onto=onto)
    return new


def number_of(feed: Feed) -> int:
    """The revision that the bytes of a feed are of."""
    return int(feed.content.split(b"X-NUMBER:")[1].split(b"-")[0])


def numbers_shown(store: Store) -> set[int]:
    """Every revision that the feeds, their states and the documents are of; one, if nothing is half published."""
    feeds, documents = store.feeds(PROGRAMME), store.documents(PROGRAMME)
    of_bytes = {number_of(f) for f in feeds.values()}
    return (
        of_bytes
        | {s.sequence for f in feeds.values() for s in f.states}
        | {int(d.content.split()[1]) for d in documents}
    )
