"""Every feed of a plan as a new revision leaves it: what nobody sees changed keeps its stamps and its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.domain.published import EntryState, Feed, FeedKey, Scope, Showing
from fairplanner.domain.revising import SECOND, on_show, revised
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind
from fairplanner.publish.agendas.book import AgendaBook, in_order
from fairplanner.publish.calendars.ical import END, MEDIA_TYPE, Dresser, home_tz, path_of
from fairplanner.publish.calendars.showing import entry_of, showings, stamps_of
from fairplanner.publish.paths import safe_name
from fairplanner.publish.publication import Publication


@dataclass(frozen=True)
class EntryChange:
    """One entry of a feed that somebody sees changed: `what` is added, changed, cancelled or restored."""

    what: str
    before: EntryState | None
    after: EntryState


@dataclass(frozen=True)
class FeedChange:
    """What a revision changes for one audience in one language, in order of key.

    `titles`: what the audience's calendar is called in every language that is published, by language.
    """

    key: FeedKey
    title: str
    entries: tuple[EntryChange, ...]
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Made:
    """The feeds whose bytes or states are new, and what their readers see changed."""

    changed: tuple[Feed, ...]
    changes: tuple[FeedChange, ...]


def feeds_of(
    programme: Programme, plan: Plan, before: Mapping[FeedKey, Feed], at: datetime, host: str, langs: Sequence[str]
) -> Made:
    """The feeds of a plan published at `at` (UTC, whole seconds) over what stands `before`.

    `host` is the store's: it stands after the programme's id in every UID. Raises PublicationBroken if our own lint finds
    a defect: nothing is published then.
    """
    changed: list[Feed] = []
    changes: list[FeedChange] = []
    titles: dict[Scope, dict[str, str]] = {}
    for lang in langs:
        maker = _Maker(programme, plan, lang, at, f"{safe_name(programme.settings.id)}.{host}")
        for key in maker.keys(before):
            old, new = before.get(key), maker.feed(key, before.get(key))
            titles.setdefault(key.scope, {})[lang] = new.title
            if new is not old:
                changed.append(new)
            if entries := tuple(_changes(old.states if old else (), new.states)):
                changes.append(FeedChange(key, new.title, entries))
    return Made(tuple(changed), tuple(replace(c, titles=tuple(titles[c.key.scope].items())) for c in changes))


def changes_again(
    before: tuple[Programme, Plan] | None, feeds: Mapping[FeedKey, Feed], at: datetime, host: str
) -> tuple[FeedChange, ...]:
    """What the revision published at `at` changed, worked out again from what stands published and the revision `before` it.

    Only for the newest revision: of what has changed since, the stamps tell no more.
    """
    made = []
    for lang in dict.fromkeys(key.lang for key in feeds):
        maker = _Maker(*before, lang, at, f"{safe_name(before[0].settings.id)}.{host}") if before else None
        for key in sorted(k for k in feeds if k.lang == lang):
            touched = [state for state in feeds[key].states if state.modified == at]
            shown = maker.shown(key) if maker and touched else {}
            if touched:
                entries = tuple(_again(state, shown.get(state.key)) for state in touched)
                titles = tuple((k.lang, feeds[k].title) for k in feeds if k.scope == key.scope)
                made.append(FeedChange(key, feeds[key].title, entries, titles))
    return tuple(made)


def _again(state: EntryState, was: Showing | None) -> EntryChange:
    if state.sequence == 0:
        return EntryChange("added", None, state)
    before = replace(state, sequence=state.sequence - 1, modified=state.created, cancelled=None)
    if was is not None:
        before = replace(before, last=was.last, body=was.body, fingerprint=was.fingerprint)
    what = "cancelled" if state.cancelled else "changed" if was else "restored"
    return EntryChange(what, before, state)


class _Maker:
    """Feeds of one plan in one language."""

    def __init__(self, programme: Programme, plan: Plan, lang: str, at: datetime, host: str) -> None:
        self.lang, self.at, self.host = lang, at, host
        self.book = AgendaBook(programme, plan, lang)
        self.dresser = Dresser(lang, host, home_tz(programme))
        self.named = frozenset(self.book.audiences())

    def keys(self, before: Mapping[FeedKey, Feed]) -> Iterator[FeedKey]:
        """Every audience of the plan, then those that it no longer has anything for: their entries are cancelled."""
        yield from (FeedKey(kind.value, subject, self.lang) for kind, subject in self.book.audiences())
        gone = [k for k in before if k.lang == self.lang and (AudienceKind(k.kind), k.subject) not in self.named]
        yield from sorted(gone)

    def shown(self, key: FeedKey) -> dict[str, Showing]:
        """What the plan itself shows of one feed, by key of entry; nothing where it has nothing for that audience."""
        audience = AudienceKind(key.kind), key.subject
        agenda = self.book.agenda(*audience) if audience in self.named else None
        return {showing.key: showing for showing in showings(agenda, self.host)} if agenda else {}

    def feed(self, key: FeedKey, before: Feed | None) -> Feed:
        """One feed; the one before itself where nothing about it is new."""
        agenda = self._agenda(key, before)
        states = revised(before.states if before else (), showings(agenda, self.host), self.at)
        # what has left does not come back because a clock went back, and who asks by date must see what is new
        shown = on_show(states, max(self.at, before.modified) if before else self.at)
        agenda = replace(agenda, entries=in_order(entry_of(s.body) for s in shown))
        if before and states == before.states and _is_same(before.content, self.dresser.head(agenda), len(shown)):
            return before
        content = self.dresser.feed(agenda, stamps_of(shown))
        etag = sha256(content).hexdigest()
        modified = self.at
        if before:
            modified = before.modified if before.etag == etag else max(self.at, before.modified + SECOND)
        return Feed(key, slug_of(key), agenda.title, etag, modified, content, states)

    def _agenda(self, key: FeedKey, before: Feed | None) -> Agenda:
        audience = AudienceKind(key.kind), key.subject
        if audience in self.named or before is None:
            return self.book.agenda(*audience)
        # a delegation that is gone has no name in this plan
        office = self.book.agenda(AudienceKind.DEADLINES)
        return replace(office, audience=audience[0], subject=key.subject, title=before.title, entries=())


def standing(feeds: Mapping[FeedKey, Feed], lang: str) -> Iterator[Publication]:
    """The feeds of one language as files, in order of key."""
    for key in sorted(k for k in feeds if k.lang == lang):
        yield Publication(path_of(AudienceKind(key.kind), key.subject, lang), MEDIA_TYPE, feeds[key].content)


def slug_of(key: FeedKey) -> str:
    """The file name of a feed without language and ending."""
    return safe_name(key.subject) if key.subject else key.kind


def _is_same(content: bytes, head: bytes, events: int) -> bool:
    """Whether a feed begins and is as long as it should be; its events are the same if their states are."""
    begins = content.startswith(head) and content[len(head) :].startswith((b"BEGIN:VEVENT", END))
    return begins and content.count(b"\r\nBEGIN:VEVENT\r\n") == events


def _changes(before: Sequence[EntryState], after: Sequence[EntryState]) -> Iterator[EntryChange]:
    known = {state.key: state for state in before}
    for state in after:
        old = known.get(state.key)
        if old is None:
            yield EntryChange("added", None, state)
        elif old.sequence != state.sequence:
            yield EntryChange(_what(old, state), old, state)


def _what(old: EntryState, new: EntryState) -> str:
    if new.cancelled is not None:
        return "cancelled"
    return "restored" if old.cancelled is not None else "changed"
