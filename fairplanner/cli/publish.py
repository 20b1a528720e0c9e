"""`fairplanner publish PLAN`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    lang_option,
    out_option,
    progress,
    read_both,
    replace_option,
    say,
    shown,
    verb,
)
from fairplanner.cli.language import EDITIONS, LANGUAGES
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, own_words, words

if TYPE_CHECKING:
    from fairplanner.cli.revise import Wanted
    from fairplanner.domain.people import People
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.store import Store


AHEAD, BEHIND = timedelta(days=31), 31
"""How far in the future a revision may be dated, and days by which the tables' own day may lag behind without a word."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "publish")
    @click.argument("plan", type=click.Path(path_type=Path))
    @out_option(w)
    @click.option(
        "--in", "editions", type=click.Choice(EDITIONS), multiple=True, default=LANGUAGES, help=w("cli.publish.in")
    )
    @click.option("--templates", type=click.Path(path_type=Path), default=None, help=w("cli.publish.templates"))
    @click.option("--base-url", default=None, help=w("cli.publish.base-url"))
    @click.option("--store", envvar="FAIRPLANNER_STORE", default=None, help=w("cli.publish.store"))
    @click.option("--by", default="", help=w("cli.publish.by"))
    @click.option("--why", default="", help=w("cli.publish.why"))
    @click.option("--at", default=None, help=w("cli.publish.at"))
    @click.option("--host", default=None, help=w("cli.publish.host"))
    @click.option("--site", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.publish.site"))
    @click.option(
        "--outbox", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.publish.outbox")
    )
    @click.option("--people", type=click.Path(path_type=Path), default=None, help=w("cli.publish.people"))
    @click.option("--last-year", type=click.Path(path_type=Path), default=None, help=w("cli.publish.last-year"))
    @click.option("--phone", is_flag=True, help=w("cli.publish.phone"))
    @click.option("--over", is_flag=True, help=w("cli.publish.over"))
    @click.option("--again", is_flag=True, help=w("cli.publish.again"))
    @replace_option(w)
    @lang_option(w)
    def publish(lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang), own_words(asked["templates"]):
            run(Asked(**asked), lang)

    return publish


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks of a publication."""

    plan: Path
    out: Path | None
    editions: tuple[str, ...]
    templates: Path | None
    base_url: str | None
    store: str | None
    by: str
    why: str
    at: str | None
    host: str | None
    site: Path | None
    outbox: Path | None
    again: bool
    over: bool
    replace: bool
    phone: bool
    people: Path | None = None
    last_year: Path | None = None


def run(asked: Asked, lang: str) -> None:
    """Publish a plan that passes every rule; over what stands in a store, where there is one."""
    from fairplanner.cli.people import people_of
    from fairplanner.cli.phone import packs
    from fairplanner.cli.work import publish_into
    from fairplanner.publish.subscribe.addresses import base_address

    w = words(lang)
    path = asked.plan / "plan.json" if asked.plan.is_dir() else asked.plan
    if asked.base_url:
        asked = replace(asked, base_url=base_address(asked.base_url))
    programme, plan = read_both(path)
    refuse(path, programme, plan)
    out, people = asked.out or path.parent, people_of(asked.people, programme, plan, w)
    before = _last_year(asked, programme)
    if asked.store:
        number = _revise(asked, programme, plan, out, before, w)
        _with_names(asked, programme, plan.model_copy(update={"revision": number}), people, w)
        _say_open(asked, w)
        return
    _refuse_without_store(asked)
    with progress(w, "publish") as tell:
        count = publish_into(
            programme, plan, out, asked.editions, replace=asked.replace, tell=tell, templates=asked.templates,
            base_url=asked.base_url, also=packs(asked.phone), last_year=before,
        )  # fmt: skip
    say(w("cli.publish.done", count=count, where=out.as_posix()))
    _with_names(asked, programme, plan, people, w)
    _say_open(asked, w)
    say(w("cli.publish.next", index=(out / f"index.{lang}.html").as_posix()))


def _say_open(asked: Asked, w: Words) -> None:
    """What belongs on the web where codes lead to open pages: the rest of the folder is for the office or for one firm."""
    if asked.base_url and not asked.site:
        say(w("cli.publish.open", base_url=asked.base_url))


def _last_year(asked: Asked, programme: Programme) -> tuple[Programme, Plan] | None:
    """The plan that this year's figures are set against; it must be of an earlier year."""
    if asked.last_year is None:
        return None
    before = read_both(asked.last_year)
    if before[0].settings.window_from >= programme.settings.window_from:
        raise UserError([Problem("--last-year", 0, "", "not-last-year", str(asked.last_year))])
    return before


def _with_names(asked: Asked, programme: Programme, plan: Plan, people: People | None, w: Words) -> None:
    """Handbooks with the names of a people file, last of all: nothing else gets to see them."""
    from fairplanner.cli.people import say_handbooks, write_handbooks

    if people is None:
        return
    out = asked.out or (asked.plan if asked.plan.is_dir() else asked.plan.parent)
    with progress(w, "publish") as tell:
        files = write_handbooks(
            programme, plan, people, out, asked.editions, templates=asked.templates,
            base_url=None if asked.site else asked.base_url, replace=asked.replace, tell=tell,
        )  # fmt: skip
    say_handbooks(w, people, files, out)


def refuse(path: Path, programme: Programme, plan: Plan) -> None:
    """Raise UserError for a plan that must not go out: it breaks a rule, or another run would not find it again."""
    from fairplanner.rules import check

    problems = [] if plan.reproducible else [Problem(str(path), 0, "", "not-reproducible")]
    problems += [Problem(str(path), 0, v.rule, "plan-breaks", v.label) for v in check(programme, plan)]
    if problems:
        raise UserError(problems)


def _refuse_without_store(asked: Asked) -> None:
    given = {"--site": asked.site, "--outbox": asked.outbox, "--by": asked.by, "--why": asked.why, "--at": asked.at}
    if problems := [Problem(name, 0, "", "needs-store", name) for name, value in given.items() if value]:
        raise UserError(problems)


def _wanted(asked: Asked, programme: Programme, out: Path, before: tuple[Programme, Plan] | None) -> Wanted:
    from fairplanner.cli.revise import Wanted, instant
    from fairplanner.publish.calendars.ical import home_tz

    problems = [] if asked.by.strip() else [Problem("--by", 0, "", "by-missing")]
    if asked.site and not asked.base_url:
        problems.append(Problem("--base-url", 0, "", "base-url-missing"))
    try:
        at = instant(asked.at, home_tz(programme))
    except ValueError:
        problems.append(Problem("--at", 0, "", "not-an-instant", asked.at or ""))
    else:
        if at > instant(None) + AHEAD:
            problems.append(Problem("--at", 0, "", "at-ahead", asked.at or ""))
    if problems:
        raise UserError(problems)
    return Wanted(
        editions=asked.editions, by=asked.by.strip(), why=asked.why.strip(), at=at, again=asked.again,
        # a site has every calendar under a key, and no key is printed on a paper that goes from hand to hand
        templates=asked.templates, base_url=None if asked.site else asked.base_url,
        out=out, replace=asked.replace, over=asked.over, phone=asked.phone, last_year=before,
    )  # fmt: skip


def _revise(
    asked: Asked, programme: Programme, plan: Plan, out: Path, before: tuple[Programme, Plan] | None, w: Words
) -> int:
    """Publish the next revision and return its number; what hangs on it is written afterwards, and written again by the same command where it was cut off."""
    from fairplanner.cli.outbox import Outbox
    from fairplanner.cli.revise import notices_again, publish_revision, say_revised, write_files
    from fairplanner.publish.calendars.ical import HOST
    from fairplanner.publish.naming import dates_in_words
    from fairplanner.store import open_store

    wanted = _wanted(asked, programme, out, before)
    with open_store(asked.store or "", host=asked.host or HOST) as store:
        outbox = Outbox(asked.outbox, asked.templates) if asked.outbox else None
        with progress(w, "publish") as tell:
            found = publish_revision(store, programme, plan, wanted, tell, outbox)
        write_files(wanted, found.files)
        say_revised(w, found)
        if (wanted.at.date() - plan.as_of).days > BEHIND:
            say(w("revise.as-of", day=dates_in_words(w, plan.as_of, plan.as_of)), err=True)
        if found.files:
            say(w("cli.publish.done", count=len(found.files), where=out.as_posix()))
        if outbox:
            if not outbox.has(found.revision):
                notices_again(store, found.revision, outbox)
            _say_outbox(outbox.ready(store.revisions(programme.settings.id)), w)
        if asked.site:
            _say_site(asked, store, programme, wanted, w)
    return found.revision.number


def _say_outbox(places: Sequence[Path], w: Words) -> None:
    for where in places or (None,):
        parties = sum(1 for kind in where.iterdir() if kind.is_dir() for _ in kind.iterdir()) if where else 0
        say(w("revise.parties", parties=parties, where=shown(where)) if where and parties else w("revise.nobody"))


def _say_site(asked: Asked, store: Store, programme: Programme, wanted: Wanted, w: Words) -> None:
    """Bring the site to what stands published, and say where it lies."""
    from fairplanner.cli.site import LINKS, write_site

    folder, url = asked.site or Path(), asked.base_url or ""
    done = write_site(store, programme.settings.id, folder, url, wanted.at, templates=asked.templates)
    facts = {"written": done.written, "same": done.same, "links": len(done.links), "new": done.new}
    say(w("revise.site", where=shown(folder), **facts))
    say(w("revise.links", list=shown(done.internal / LINKS)))
    for path in done.foreign:
        say(w("revise.foreign", path=shown(path)), err=True)
