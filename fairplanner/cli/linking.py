"""What `feeds` says: lists of links, links just made, and their QR codes on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from fairplanner.cli.door import say, say_json, shown
from fairplanner.cli.office import instant_of
from fairplanner.cli.site import NOTE, links_of, remember
from fairplanner.cli.subscriptions import BELOW, Subscriptions, name_of
from fairplanner.domain.published import Token
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.publish.subscribe.qr_sheet import Card


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be done with new links, as the command line says it."""

    at: str | None = None
    base_url: str | None = None
    site: Path | None = None
    sheet: Path | None = None

    def checked(self) -> datetime:
        """The instant, once all else is known to make sense; raises UserError before any link is made."""
        from fairplanner.publish.subscribe.addresses import base_address

        if self.sheet and not self.base_url:
            raise UserError([Problem("--base-url", 0, "", "store-sheet-address")])
        if self.base_url:
            base_address(self.base_url)
        return instant_of(self.at)

    def link(self, token: str, lang: str) -> str:
        """The page of a subscription, below the address if that is known."""
        from fairplanner.publish.subscribe.addresses import Address, base_address

        return Address(base_address(self.base_url), token).page(lang) if self.base_url else f"{BELOW}{token}/"


def tell(known: Subscriptions, made: Iterable[str], wanted: Wanted, lang: str, *, as_json: bool) -> None:
    """Say each link as soon as it is made: nobody can say it again. Then the QR codes, if wanted."""
    w, told = words(lang), list[dict[str, Any]]()
    for plain in made:
        facts = _told(known, plain, wanted, lang)
        told.append(facts)
        if not as_json:
            say(w("cli.feeds.made", number=facts["id"], **{key: facts[key] for key in ("title", "audience", "link")}))
    if as_json:
        say_json({"programme": known.programme_id, "links": told})
    elif told:
        say(w("cli.feeds.once"))
        if not wanted.base_url:
            say(w("cli.feeds.no-base"))
    else:
        say(w("cli.feeds.nothing"))
    if wanted.sheet:
        print_sheet(known, wanted.sheet, [_card(facts) for facts in told], lang, instant_of(wanted.at))
        say(w("cli.feeds.sheet-done", count=len(told), where=shown(wanted.sheet)), err=as_json)


def _told(known: Subscriptions, plain: str, wanted: Wanted, lang: str) -> dict[str, Any]:
    if wanted.site:
        remember(wanted.site, plain)
    token = known.store.find(plain)
    if token is None:
        raise KeyError(known.programme_id)
    return _facts(known, token, lang) | {"token": plain, "link": wanted.link(plain, lang)}


def _facts(known: Subscriptions, token: Token, lang: str) -> dict[str, Any]:
    return {
        "id": token.token_id, "kind": token.scope.kind, "subject": token.scope.subject, "audience": name_of(token.scope),
        "title": known.title(token.scope, lang), "mark": token.mark, "note": token.note, "created": token.created.isoformat(),
        "used": token.used.isoformat() if token.used else None, "revoked": token.revoked.isoformat() if token.revoked else None,
    }  # fmt: skip


def listed(known: Subscriptions, lang: str) -> dict[str, Any]:
    """Every audience, and every link without the link itself."""
    audiences = [
        {"kind": scope.kind, "subject": scope.subject, "audience": name_of(scope), "title": known.title(scope, lang)}
        for scope in sorted(known.titles)
    ]
    tokens = [_facts(known, token, lang) for token in known.tokens]
    return {"programme": known.programme_id, "audiences": audiences, "tokens": tokens}


def show(known: Subscriptions, w: Words) -> None:
    """One line per link in order of audience, and per audience that has none."""
    for scope in sorted(known.titles.keys() | {token.scope for token in known.tokens}):
        own = [token for token in known.tokens if token.scope == scope]
        for token in own:
            say(_row(known, token, w).rstrip())
        if not own:
            say(w("cli.feeds.without", title=known.title(scope, w.lang), audience=name_of(scope)))
    if not known.titles:
        say(w("cli.feeds.empty"))


def _row(known: Subscriptions, token: Token, w: Words) -> str:
    state = ("revoked", token.revoked) if token.revoked else ("live", token.created)
    used = w("cli.feeds.used", day=w.instant(token.used, known.zone, "brief")) if token.used else w("cli.feeds.unused")
    return w(
        "cli.feeds.row", number=token.token_id, title=known.title(token.scope, w.lang), audience=name_of(token.scope),
        state=w(f"cli.feeds.{state[0]}", day=w.instant(state[1], known.zone, "brief")), used=used, mark=token.mark, note=token.note,
    )  # fmt: skip


def say_ended(known: Subscriptions, old: Sequence[Token], w: Words) -> None:
    """Which links open nothing any more, and where that is not enough."""
    for token in old:
        title = known.title(token.scope, w.lang)
        say(w("cli.feeds.ended", number=token.token_id, title=title, mark=token.mark))
    if any(token.note == NOTE for token in old):
        say(w("cli.feeds.site-behind"))


def site_cards(known: Subscriptions, site: Path, base_url: str, lang: str) -> Iterator[Card]:
    """A card for every live link that a site remembers."""
    from fairplanner.publish.subscribe.addresses import base_address
    from fairplanner.publish.subscribe.qr_sheet import Card

    for link in links_of(known.store, known.programme_id, site, base_address(base_url)):
        page = link.pages.get(lang) or next(iter(link.pages.values()))
        yield Card(link.scope.kind, known.title(link.scope, lang), page)


def _card(facts: dict[str, Any]) -> Card:
    from fairplanner.publish.subscribe.qr_sheet import Card

    return Card(facts["kind"], facts["title"], facts["link"])


def print_sheet(known: Subscriptions, path: Path, cards: Iterable[Card], lang: str, at: datetime) -> None:
    """Write the QR codes, by kind of audience; raises OutputError."""
    from fairplanner.cli.files import write
    from fairplanner.publish.subscribe.qr_sheet import qr_sheet

    ordered = sorted(cards, key=lambda card: card.kind)
    write(path, qr_sheet(ordered, lang, at.astimezone(ZoneInfo(known.zone)).date(), _is_sample(known)))


def _is_sample(known: Subscriptions) -> bool:
    """Whether what is published says of itself that it is a sample."""
    from fairplanner.publish.calendars.showing import is_sample

    for head in known.store.heads(known.programme_id):
        feed = known.store.feed(known.programme_id, head.key)
        if feed and feed.states:
            return is_sample(feed.states[0].body)
    return False
