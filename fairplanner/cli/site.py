"""Writes the tree of subscriptions into a folder for an office's own web space, and what the office must know about it.

The store keeps only hashes of tokens, so the folder itself remembers them: they are the names of the folders below f/.
Writing again after an interruption brings everything in order; a token made just before one merely stays unused.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from fairplanner.cli.files import refused, write
from fairplanner.errors import OutputError, Problem
from fairplanner.words import words

if TYPE_CHECKING:
    from fairplanner.domain.published import Document, Feed, Scope, Token
    from fairplanner.publish.publication import Publication
    from fairplanner.store import Store

NOTE = "site"
WITHOUT_LINK = "everything"
"""The kind of audience that is given no link unless somebody asks for one: it shows everybody's dates at once."""
LINKS = "links.csv"
PARTS = ".part-"


class Link(NamedTuple):
    """One live subscription of a site: whom it is for, in which languages, the addresses of its pages, since when."""

    scope: Scope
    titles: dict[str, str]
    pages: dict[str, str]
    created: date


@dataclass
class Written:
    """What writing a site did; `foreign` are files of somebody else at the top of the folder, left as they are."""

    links: list[Link] = field(default_factory=list)
    new: int = 0
    written: int = 0
    same: int = 0
    removed: int = 0
    foreign: list[Path] = field(default_factory=list)
    internal: Path = field(default_factory=Path)


def write_site(
    store: Store, programme_id: str, folder: Path, base_url: str, at: datetime, *,
    internal: Path | None = None, templates: Path | None = None,
) -> Written:  # fmt: skip
    """Bring the site in `folder` to what stands published at `at` (UTC): only what differs is written, each file at once or not.

    Audiences without a subscription get one (not `everything`, and none whose subscriptions were all revoked on purpose).
    `internal`: where links.csv and a description go, never inside `folder`; beside it by default. Raises OutputError for an
    address that cannot be used, a folder inside the site, and what cannot be written.
    """
    from fairplanner.publish.overlay import overlay
    from fairplanner.publish.subscribe.addresses import base_address

    base_url = base_address(base_url)
    internal = internal or folder.with_name(f"{folder.resolve().name}-internal")
    if internal.resolve().is_relative_to(folder.resolve()):
        raise OutputError([Problem(str(internal), 0, "", "internal-in-site", str(folder))])
    with overlay(templates) as using:
        made = _Site(store, programme_id, folder, base_url, at, using)
        made.done.internal = internal
        made.write()
    for name, content in _papers(made.done.links, folder, base_url):
        _put(internal / name, content, made.done)
    return made.done


def remember(folder: Path, token: str) -> None:
    """Let a site know a token that was made or renewed elsewhere: its folder is filled the next time the site is written."""
    from fairplanner.publish.subscribe.addresses import FEEDS

    place = folder / FEEDS / token
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(place, error) from error


def tokens_in(store: Store, programme_id: str, folder: Path) -> dict[str, Token]:
    """What each folder below f/ opens, by token in clear; folders that are no token of this programme are left out."""
    from fairplanner.publish.subscribe.addresses import FEEDS

    below = folder / FEEDS
    names = sorted(p.name for p in below.iterdir() if p.is_dir()) if below.is_dir() else []
    found = ((name, store.find(name)) for name in names)
    return {name: token for name, token in found if token is not None and token.programme_id == programme_id}


def links_of(store: Store, programme_id: str, folder: Path, base_url: str) -> list[Link]:
    """Every live subscription of a site, in order of audience: for lists and for QR codes on paper."""
    from fairplanner.publish.subscribe.site import by_audience

    feeds = by_audience(store.heads(programme_id))
    known = tokens_in(store, programme_id, folder)
    live = sorted((t.scope, t.token_id, name) for name, t in known.items() if t.revoked is None and t.scope in feeds)
    zone = ZoneInfo(store.zone(programme_id))
    return [_link(feeds[scope], base_url, name, known[name], zone) for scope, _, name in live]


def _link(feeds: Iterable[Feed], base_url: str, token: str, facts: Token, zone: ZoneInfo) -> Link:
    from fairplanner.publish.subscribe.addresses import Address

    own = {feed.key.lang: feed.title for feed in feeds}
    address = Address(base_url, token)
    return Link(facts.scope, own, {lang: address.page(lang) for lang in own}, facts.created.astimezone(zone).date())


class _Site:
    """One writing of a site."""

    def __init__(
        self, store: Store, programme_id: str, folder: Path, base_url: str, at: datetime, templates: Path
    ) -> None:
        from fairplanner.publish.subscribe.site import by_audience

        self.store, self.programme_id, self.folder = store, programme_id, folder
        self.base_url, self.at, self.templates = base_url, at, templates
        self.feeds: dict[Scope, list[Feed]] = by_audience(store.feeds(programme_id).values())
        self.documents: dict[Scope, list[Document]] = by_audience(store.documents(programme_id))
        self.done = Written()

    def write(self) -> None:
        """Front pages, then every subscriber's folder; new subscriptions last, so that the known ones never wait for them."""
        from fairplanner.publish.subscribe.site import front

        for one in front(self.templates):
            self._top(one)
        keys = tokens_in(self.store, self.programme_id, self.folder)
        for token, facts in keys.items():
            self._folder(token, facts)
        for scope in self._without(keys):
            token = self.store.create_token(self.programme_id, scope, self.at, NOTE)
            remember(self.folder, token)
            self.done.new += 1
            if (made := self.store.find(token)) is not None:
                self._folder(token, made)
        self.done.links = links_of(self.store, self.programme_id, self.folder, self.base_url)

    def _without(self, keys: dict[str, Token]) -> list[Scope]:
        """Audiences to be given a subscription."""
        have = {facts.scope for facts in keys.values() if facts.revoked is None}
        every = self.store.tokens(self.programme_id)
        closed = {t.scope for t in every} - {t.scope for t in every if t.revoked is None}
        return sorted(s for s in self.feeds if s.kind != WITHOUT_LINK and s not in have and s not in closed)

    def _folder(self, token: str, facts: Token) -> None:
        from fairplanner.publish.subscribe.addresses import FEEDS

        if facts.revoked is None and facts.scope not in self.feeds:
            return  # nothing is published for it yet; its folder must stay, or its token would be forgotten
        files = {one.path.name: one.content for one in self._files(token, facts)}
        place = self.folder / FEEDS / token
        for name, content in files.items():
            _put(place / name, content, self.done)
        self._clear(place, files)

    def _files(self, token: str, facts: Token) -> Iterator[Publication]:
        from fairplanner.publish.calendars.stopped import is_kept
        from fairplanner.publish.subscribe.addresses import Address
        from fairplanner.publish.subscribe.site import ended, subscriber

        own = self.feeds.get(facts.scope, [])
        if facts.revoked is None:
            papers = self.documents.get(facts.scope, [])
            yield from subscriber(own, papers, Address(self.base_url, token), self.at, self.templates)
        elif is_kept(facts.revoked, self.at):
            yield from ended(self.programme_id, self.store.host, own, token, facts.revoked, self.templates)

    def _clear(self, place: Path, wanted: Iterable[str]) -> None:
        """Take away what is not wanted, what an interruption left, and a folder in which nothing is wanted at all."""
        keep = set(wanted)
        try:
            for path in sorted(place.iterdir()):
                if path.name not in keep and path.is_file():
                    path.unlink()
                    self.done.removed += not path.name.startswith(PARTS)
            if not keep and not any(place.iterdir()):
                place.rmdir()
        except OSError as error:
            raise refused(place, error) from error

    def _top(self, one: Publication) -> None:
        """A file that an office may well have of its own is left to it."""
        from fairplanner.publish.subscribe.site import GENERATOR

        path = self.folder / str(one.path)
        if path.is_file() and GENERATOR.encode() not in path.read_bytes():
            self.done.foreign.append(path)
        else:
            _put(path, one.content, self.done)
        for left in path.parent.glob(f"{PARTS}*"):  # an interruption left it
            left.unlink(missing_ok=True)


def _put(path: Path, content: bytes, done: Written) -> None:
    try:
        is_same = path.is_file() and path.read_bytes() == content
    except OSError as error:
        raise refused(path, error) from error
    if is_same:
        done.same += 1
        return
    write(path, content)
    done.written += 1


def _papers(links: Iterable[Link], folder: Path, base_url: str) -> Iterator[tuple[str, bytes]]:
    """What the office keeps to itself: the table of links, and how to put the site on the web in both languages."""
    from fairplanner.domain.revising import RETENTION

    yield LINKS, links_table(links)
    for lang in ("zh", "en"):
        w = words(lang)
        text = w("subscribe.readme.text", folder=folder.resolve().name, base_url=base_url, days=RETENTION.days)
        yield f"{w('subscribe.readme.name')}.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def links_table(links: Iterable[Link]) -> bytes:
    """CSV with BOM and both languages in its header, as WPS and Excel open it: audience, id, name, pages, since when."""
    out = StringIO(newline="")
    table = csv.writer(out)
    zh, en = words("zh"), words("en")
    keys = ("kind", "subject", "title", "zh", "en", "created")
    table.writerow([f"{zh(f'subscribe.links.{key}')} {en(f'subscribe.links.{key}')}" for key in keys])
    for link in links:
        kind = zh(f"subscribe.kinds.{link.scope.kind}")
        title = link.titles.get("zh") or next(iter(link.titles.values()))
        cells = (kind, link.scope.subject, title, link.pages.get("zh", ""), link.pages.get("en", ""), link.created)
        table.writerow([_harmless(str(cell)) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is kept as text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
