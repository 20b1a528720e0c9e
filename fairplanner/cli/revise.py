"""A plan published as the next revision in a store: stamped, kept, and told to those it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from fairplanner.cli.door import Progress, say
from fairplanner.cli.files import digest, drop_old, is_written, must_be_ours, write_all
from fairplanner.cli.outbox import Outbox
from fairplanner.cli.phone import pack_after
from fairplanner.cli.work import in_turn, is_of_a_party, typesetting
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, languages, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.domain.published import Document, Feed, FeedKey, Revision
    from fairplanner.publish.calendars.feeds import FeedChange, Made
    from fairplanner.publish.publication import Publication
    from fairplanner.store import Store


YEARS = (1970, 9000)
"""First and last year of an instant that can be meant: room before and after for zones and for what is counted from it."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a revision is published: `by` and `why` stand in the store; `at` is now unless somebody says otherwise; its files go
    into `out`, over others only with `replace`; `over` a revision that the plan was not made from only where that is asked."""

    editions: tuple[str, ...]
    by: str
    why: str
    at: datetime
    again: bool = False
    over: bool = False
    templates: Path | None = None
    base_url: str | None = None
    out: Path
    replace: bool = False
    last_year: tuple[Programme, Plan] | None = None
    phone: bool = False

    @property
    def is_all(self) -> bool:
        """Whether everything is made, also where the same stands already."""
        return self.again or self.phone

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages of calendars and pages: those of an edition in two languages are two."""
        return tuple(dict.fromkeys(lang for edition in self.editions for lang in edition.split("-")))


class Revised(NamedTuple):
    """The revision that now stands, whether it is new, what it changed for whom, and the zone of the office."""

    revision: Revision
    is_new: bool
    made: Made
    files: dict[str, bytes]
    zone: str


def instant(text: str | None, zone: str = "UTC") -> datetime:
    """The instant somebody gave (ISO 8601; of the office's `zone` where it names none), else now; whole seconds UTC. Raises ValueError."""
    at = datetime.fromisoformat(text) if text else datetime.now(UTC)
    if not YEARS[0] <= at.year <= YEARS[1]:
        raise ValueError(text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC).replace(microsecond=0)


def publish_revision(
    store: Store, programme: Programme, plan: Plan, wanted: Wanted, tell: Progress, outbox: Outbox | None = None
) -> Revised:
    """Publish a plan over what stands in the store, in one transaction; nothing where the same stands already.

    Notices are drafted into the `outbox` before. Raises StoreTaken where somebody else published meanwhile, PublicationBroken before anything is kept.
    """
    from fairplanner.publish.calendars.feeds import Made, feeds_of
    from fairplanner.publish.calendars.ical import home_tz
    from fairplanner.publish.calendars.stamping import digest_of, next_number, revision_of

    head = store.head(programme.settings.id)
    is_new = head is None or head.digest != digest_of(programme, plan)
    if head and is_new:
        _refuse_behind(head, plan, wanted, home_tz(programme))
    before = store.feeds(programme.settings.id)
    known = dict.fromkeys(key.lang for key in before)
    is_more = not known.keys() >= set(wanted.langs)
    is_due = wanted.is_all or is_more or _is_due(before, wanted.at) or (head and not _is_written(head, wanted))
    if head and not (is_new or is_due):
        return Revised(head, False, Made((), ()), {}, home_tz(programme))
    # who subscribed in a language goes on in it, whichever languages are asked for today
    langs = (*wanted.langs, *(lang for lang in known if lang not in wanted.langs))
    programme, plan = _numbered(programme, plan, next_number(head) if is_new else head.number)  # type: ignore[union-attr]
    made = feeds_of(programme, plan, before, wanted.at, store.host, langs)
    standing = dict(before) | {feed.key: feed for feed in made.changed}
    dress = _dress(store, plan, wanted, standing)
    files, documents = _files(programme, plan, wanted, dict.fromkeys((*wanted.editions, *langs)), tell, dress)
    _refuse_foreign(wanted, files)
    onto = head.seal if head else ""
    if is_new:
        revision = revision_of(programme, plan, head, wanted.at, wanted.by, wanted.why)
        if outbox:
            outbox.draft(programme, revision, _to_tell(made.changes, before))
        store.publish(revision, made.changed, documents, onto=onto)
        return Revised(revision, True, made, files, home_tz(programme))
    if made.changed or wanted.again:
        papers = documents if is_more or wanted.again else None
        store.refresh(programme.settings.id, made.changed, papers, onto=onto)
    return Revised(head, False, made, files, home_tz(programme))  # type: ignore[arg-type]


def _refuse_foreign(wanted: Wanted, files: Mapping[str, bytes]) -> None:
    """Raises OutputError before anything is kept, or it would stand published behind an error."""
    if not wanted.replace:
        must_be_ours(wanted.out, {path: digest(content) for path, content in files.items()})


def _dress(store: Store, plan: Plan, wanted: Wanted, standing: Mapping[FeedKey, Feed]) -> dict[str, Any]:
    """What `publications` takes beside: the calendars as they stand, papers that may remain, what is made only when asked for."""
    kept = () if wanted.again else store.documents(plan.programme_id)
    also = (pack_after(store, plan),) if wanted.phone else ()
    found = {
        "base_url": wanted.base_url,
        "templates": wanted.templates,
        "last_year": wanted.last_year,
        "editions": wanted.editions,
    }
    return {**found, "feeds": standing, "documents": kept, "also": also}


def _refuse_behind(head: Revision, plan: Plan, wanted: Wanted, zone: str) -> None:
    """Raises UserError where somebody has published since the plan was made, and where time would run backwards."""
    problems = []
    told = tuple((f"at.{lang}", words(lang).instant(head.at, zone)) for lang in languages())
    facts = (*told, ("by", head.by), ("number", str(head.number)), ("why", head.why))
    if plan.revision <= head.number and not wanted.over:
        problems.append(Problem("--over", 0, "", "plan-behind", str(plan.revision), facts))
    if wanted.at <= head.at:
        problems.append(Problem("--at", 0, "", "at-before", f"{wanted.at:%Y-%m-%dT%H:%MZ}", facts))
    if problems:
        raise UserError(problems)


def _numbered(programme: Programme, plan: Plan, number: int) -> tuple[Programme, Plan]:
    """Both with the number of the revision, which stands on every page."""
    settings = programme.settings.model_copy(update={"revision": number})
    return programme.model_copy(update={"settings": settings}), plan.model_copy(update={"revision": number})


def notices_again(store: Store, head: Revision, outbox: Outbox) -> None:
    """Draft the notices of the newest revision again, from it and the one before: nobody had asked for them when it was published."""
    from fairplanner.publish.calendars.feeds import changes_again

    pairs = [_read(store.revision(head.programme_id, n)) for n in (head.number - 1, head.number) if n]
    before = pairs[0] if len(pairs) > 1 else None
    changes = changes_again(before, store.feeds(head.programme_id), head.at, store.host)
    outbox.draft(pairs[-1][0], store.revision(head.programme_id, head.number), changes)


def _read(revision: Revision) -> tuple[Programme, Plan]:
    """What a revision was made of."""
    from fairplanner.cli.door import read_both

    with TemporaryDirectory(prefix="revision-") as name:
        for file, content in (("plan.json", revision.plan), ("programme.json", revision.programme)):
            (Path(name) / file).write_bytes(content)
        return read_both(Path(name))


def _is_written(head: Revision, wanted: Wanted) -> bool:
    """Whether the files of the revision that stands were written; not where somebody was cut off, or writes elsewhere now."""
    from fairplanner.publish.yearbook.publishing import path_of

    # every edition has a book, and those in one language end with their page of links
    last = [
        f"index.{edition}.html" if edition in wanted.langs else str(path_of("book", edition))
        for edition in wanted.editions
    ]
    return is_written(wanted.out, "plan.json", head.plan, last)


def _to_tell(changes: Sequence[FeedChange], before: Mapping[FeedKey, Feed]) -> list[FeedChange]:
    """The changes that are one to their readers: not those of a feed that only begins in a further language."""
    known = {key.scope for key in before}
    return [change for change in changes if change.key in before or change.key.scope not in known]


def _is_due(feeds: Mapping[FeedKey, Feed], at: datetime) -> bool:
    """Whether an entry that was shown as cancelled has to leave its feed."""
    from fairplanner.domain.revising import on_show

    return any(
        len(on_show(feed.states, max(at, feed.modified))) != len(on_show(feed.states, feed.modified))
        for feed in feeds.values()
        if any(s.cancelled for s in feed.states)
    )


def _files(
    programme: Programme,
    plan: Plan,
    wanted: Wanted,
    editions: Iterable[str],
    tell: Progress,
    dress: dict[str, Any],
) -> tuple[dict[str, bytes], list[Document]]:
    """Files in the editions that are wanted, and the papers of everybody, in whichever of `editions`; `dress` as `publications` takes it."""
    from fairplanner.publish.documents import documents_of
    from fairplanner.publish.press import Press
    from fairplanner.publish.publishing import publications

    files: dict[str, bytes] = {}
    documents: list[Document] = []
    with typesetting() as typesetter:
        for edition in in_turn(editions):
            made: dict[str, Publication] = {}
            beside = frozenset(files)
            for one in publications(programme, plan, edition, typesetter=typesetter, beside=beside, **dress):
                made[str(one.path)] = one
                tell(f"{len(files) + len(made)}  {one.path}")
            documents += documents_of(Press(programme, plan, edition), made)
            if edition in wanted.editions:
                files |= {path: one.content for path, one in made.items()}
    return files, documents


def write_files(wanted: Wanted, files: Mapping[str, bytes]) -> None:
    """Everything made from the revision into a folder, as `publish` without a store does."""
    if files:
        write_all(wanted.out, files.items(), replace=wanted.replace)
        drop_old(wanted.out, files, lambda name: is_of_a_party(name, wanted.editions))


def say_revised(w: Words, found: Revised) -> None:
    """What was published, for how many, in a few lines."""
    revision = found.revision
    day = w.instant(revision.at, found.zone)
    if not found.is_new:
        key = "more" if found.made.changes else "left" if found.made.changed else "same"
        say(w(f"revise.{key}", number=revision.number, at=day, by=revision.by, feeds=len(found.made.changed)))
        return
    say(w("revise.done", number=revision.number, at=day, feeds=len(found.made.changed)))
    counts = {"added": 0, "changed": 0, "cancelled": 0, "restored": 0}
    for change in found.made.changes:
        for entry in change.entries:
            counts[entry.what] += 1
    say(w("revise.counts", **counts))
