"""Which audiences and which subscriptions the words of a command line mean, and how they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fairplanner.cli.office import unknown
from fairplanner.cli.site import WITHOUT_LINK
from fairplanner.domain.published import Scope, Token
from fairplanner.errors import Problem, UserError
from fairplanner.words import languages, words

if TYPE_CHECKING:
    from fairplanner.store import Store

BELOW = "/f/"
"""Where the token stands in a link."""


@dataclass(frozen=True)
class Subscriptions:
    """The audiences of a programme by name, and all of its tokens."""

    store: Store
    programme_id: str
    titles: dict[Scope, dict[str, str]]
    tokens: tuple[Token, ...]

    @cached_property
    def zone(self) -> str:
        """IANA name of the zone of the office."""
        return self.store.zone(self.programme_id)

    def title(self, scope: Scope, lang: str) -> str:
        """What an audience is called in a language, else in another; '' for one without a feed."""
        known = self.titles.get(scope, {})
        return known.get(lang) or next(iter(known.values()), "")

    def audiences(self, asked: Iterable[str]) -> list[Scope]:
        """The audiences named (`firm:F1`, `deadlines`), once each; raises UserError with every name that is none."""
        names = {name_of(scope): scope for scope in self.titles}
        asked = list(dict.fromkeys(asked))
        wrong = [unknown("AUDIENCE", "store-audience-unknown", name, names) for name in asked if name not in names]
        if wrong:
            raise UserError(wrong)
        return [names[name] for name in asked]

    def never_linked(self) -> list[Scope]:
        """Audiences that never had a link; those whose links were all revoked were closed on purpose."""
        had = {token.scope for token in self.tokens}
        return [scope for scope in sorted(self.titles) if scope not in had and scope.kind != WITHOUT_LINK]

    def meant(self, asked: Iterable[str], *, live: bool = False) -> list[Token]:
        """The subscriptions named by number, mark or link, or by an audience that has one live link, once each.

        Raises UserError with every name that is none, or that may be several; with `live`, also of a link that was ended.
        """
        found = {name: self._one(name) for name in dict.fromkeys(asked)}
        wrong = [self._unclear(name) for name, token in found.items() if token is None]
        if live:
            ended = [(name, token) for name, token in found.items() if token is not None and token.revoked]
            wrong += [_ended(name, token) for name, token in ended]
        if wrong:
            raise UserError(wrong)
        return list({token.token_id: token for token in found.values() if token is not None}.values())

    def _one(self, name: str) -> Token | None:
        for token in self.tokens:
            if name == str(token.token_id):
                return token
        for token in self.tokens:
            if name == token.mark:
                return token
        if len(live := self._live(name)) == 1:
            return live[0]
        found = self.store.find(name.partition(BELOW)[2].partition("/")[0] if BELOW in name else name)
        return found if found is not None and found.programme_id == self.programme_id else None

    def _live(self, audience: str) -> list[Token]:
        return [token for token in self.tokens if token.revoked is None and name_of(token.scope) == audience]

    def _unclear(self, name: str) -> Problem:
        """Why a name means no subscription; of an audience, how many live links it has."""
        if name not in map(name_of, (*self.titles, *(token.scope for token in self.tokens))):
            return Problem("SUBSCRIPTION", 0, "", "store-token-unknown", _short(name))
        live = self._live(name)
        facts = (
            ("count", str(len(live))),
            *((f"have.{x}", words(x)("calendar.comma").join(str(t.token_id) for t in live)) for x in languages()),
        )
        return Problem("SUBSCRIPTION", 0, "", "store-token-several" if live else "store-token-none", name, facts)


def read(store: Store, programme_id: str) -> Subscriptions:
    """What the store knows of a programme's audiences and links."""
    titles: dict[Scope, dict[str, str]] = {}
    for feed in store.heads(programme_id):
        titles.setdefault(feed.key.scope, {})[feed.key.lang] = feed.title
    return Subscriptions(store, programme_id, titles, store.tokens(programme_id))


def name_of(scope: Scope) -> str:
    """An audience as it is written on a command line."""
    return f"{scope.kind}:{scope.subject}" if scope.subject else scope.kind


def _short(name: str) -> str:
    """What was given, without a token that is in it: this may end in a log."""
    return f"{name.partition(BELOW)[0]}{BELOW}..." if BELOW in name else name


def _ended(name: str, token: Token) -> Problem:
    """A link that was ended is not opened again; another is made for its audience."""
    return Problem("SUBSCRIPTION", 0, "", "store-token-ended", name, (("audience", name_of(token.scope)),))
