"""`fairplanner push FILE.ics` and `fairplanner push KIND SUBJECT LANG --store URL`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, verb
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.deliver.push import Pushed
    from fairplanner.domain.published import Feed
    from fairplanner.store import Store

PASSWORD = "FAIRPLANNER_CALDAV_PASSWORD"  # noqa: S105  the name of an environment variable
STORE = "FAIRPLANNER_STORE"


class Source(NamedTuple):
    """A feed's bytes, what they are called in problems, and what stands after the @ of its UIDs ('' not known)."""

    content: bytes
    name: str
    host: str


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "push")
    @click.argument("source", nargs=-1, required=True, metavar="FILE.ics | KIND [SUBJECT] LANG")
    @click.option("--url", required=True, help=w("cli.push.url"))
    @click.option("--user", default="", help=w("cli.push.user", variable=PASSWORD))
    @click.option("--store", default=None, envvar=STORE, help=w("cli.push.store", variable=STORE))
    @click.option("--programme", default="", help=w("cli.push.programme"))
    @click.option("--dry-run", is_flag=True, help=w("cli.push.dry-run"))
    @lang_option(w)
    def push(
        source: tuple[str, ...], url: str, user: str, store: str | None, programme: str, dry_run: bool, lang: str
    ) -> None:  # fmt: skip
        with errors_at_the_door(lang):
            run(source_of(source, store, programme), url, user, words(lang), dry_run=dry_run)

    return push


def run(source: Source, url: str, user: str, w: Words, *, dry_run: bool) -> None:
    """Push one feed; raises UserError with everything the server did not take."""
    from fairplanner.deliver.objects import items_of
    from fairplanner.deliver.push import Collection, push

    items = items_of(source.content, source.name)
    host = source.host or next((item.uid.partition("@")[2] for item in items), "")
    if not host:
        raise UserError([Problem(source.name, 0, "", "push-empty")])
    with Collection(url, user, os.environ.get(PASSWORD, "")) as collection:
        done = push(collection, items, host, rehearse=dry_run)
    _say(w, done, dry_run)
    if done.problems:
        raise UserError(done.problems)


def _say(w: Words, done: Pushed, dry_run: bool) -> None:
    counts = {
        "added": len(done.added),
        "changed": len(done.changed),
        "removed": len(done.removed),
        "kept": len(done.kept),
    }
    say(w("cli.push.would" if dry_run else "cli.push.done", **counts))
    if done.others:
        say(w("cli.push.others", count=done.others))


def source_of(words_given: tuple[str, ...], store: str | None, programme: str) -> Source:
    """A file of ours, or a feed of the store; raises UserError."""
    if len(words_given) == 1 and words_given[0].lower().endswith(".ics"):
        path = Path(words_given[0])
        try:
            return Source(path.read_bytes(), str(path), "")
        except FileNotFoundError as error:
            raise UserError([Problem(str(path), 0, "", "push-missing")]) from error
        except OSError as error:
            raise UserError([Problem(str(path), 0, "", "file-closed", error.strerror or str(error))]) from error
    if len(words_given) not in (2, 3):
        raise UserError([Problem(" ".join(words_given), 0, "", "push-source")])
    if not store:
        raise UserError([Problem(" ".join(words_given), 0, "", "push-no-store")])
    return _of_store(store, programme, words_given)


def _of_store(url: str, programme: str, words_given: tuple[str, ...]) -> Source:
    from fairplanner.domain.published import FeedKey
    from fairplanner.publish.paths import safe_name
    from fairplanner.store import open_store

    key = FeedKey(words_given[0], words_given[1] if len(words_given) == 3 else "", words_given[-1])
    with open_store(url, create=False) as store:
        wanted = programme or _only(store)
        feed: Feed | None = store.feed(wanted, key)
        host = f"{safe_name(wanted)}.{store.host}"
    name = " ".join(words_given)
    if feed is None:
        raise UserError([Problem(name, 0, "", "push-no-feed", wanted)])
    return Source(feed.content, name, host)


def _only(store: Store) -> str:
    known = store.programmes()
    if len(known) != 1:
        raise UserError([Problem("--programme", 0, "", "push-programme", ", ".join(known))])
    return known[0]
