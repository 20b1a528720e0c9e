"""`fairplanner papers PLAN`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    json_option,
    lang_option,
    read_both,
    replace_option,
    say,
    say_json,
    verb,
)
from fairplanner.cli.language import LANGUAGES
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, own_words, words

if TYPE_CHECKING:
    from fairplanner.publish.office.desk import Desk
    from fairplanner.publish.office.owed import Owed

KINDS = ("recruit", "scores", "notice", "firms", "request", "party-notice", "itinerary", "budget", "summary")
MANNERS = ("official", "friendly")


def command(w: Words) -> click.Command:
    """The verb in a language."""
    kinds = w("calendar.comma").join(f"{kind} {w(f'office.kind.{kind}')}" for kind in KINDS)

    @verb(w, "papers")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.papers.out"))
    @click.option("--in", "edition", type=click.Choice(LANGUAGES), default=None, help=w("cli.papers.in"))
    @click.option("--dress", type=click.Choice(MANNERS), default=None, help=w("cli.papers.dress"))
    @click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help=w("cli.papers.kind", kinds=kinds))
    @click.option("--for", "subject", default="", help=w("cli.papers.for"))
    @click.option("--templates", type=click.Path(path_type=Path), default=None, help=w("cli.papers.templates"))
    @json_option(w)
    @replace_option(w)
    @lang_option(w)
    def papers(lang: str, as_json: bool, **asked: Any) -> None:
        with errors_at_the_door(lang, as_json=as_json), own_words(asked["templates"]):
            run(Asked(**asked), lang, as_json=as_json)

    return papers


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    plan: Path
    out: Path | None
    edition: str | None
    dress: str | None
    kinds: tuple[str, ...]
    subject: str
    templates: Path | None
    replace: bool


def run(asked: Asked, lang: str, *, as_json: bool) -> None:
    """List the papers, or write them; raises UserError for an id that is nobody's."""
    from fairplanner.publish.office.desk import Desk
    from fairplanner.publish.office.owed import owed
    from fairplanner.publish.press import Press

    programme, plan = read_both(asked.plan)
    desk = Desk(Press(programme, plan, asked.edition or lang))
    _must_be_known(desk, asked.subject)
    found = owed(desk, asked.kinds, asked.subject)
    written = _write(asked, desk, found) if asked.out else {}
    w = words(lang)
    if as_json:
        say_json({"papers": [_facts(x, written) for x in found]})
    elif asked.out:
        _say_written(asked, desk, sum(map(len, written.values())), w)
    else:
        _say_owed(Desk(Press(programme, plan, lang)), asked, w)


def _must_be_known(desk: Desk, subject: str) -> None:
    from fairplanner.intake.suggest import nearest
    from fairplanner.publish.office.owed import known

    if subject and subject not in (ids := known(desk)):
        near = nearest(subject, ids)
        key = "papers-for-near" if near else "papers-for"
        raise UserError([Problem("--for", 0, "", key, subject, (("near", near),) if near else ())])


def _write(asked: Asked, desk: Desk, found: tuple[Owed, ...]) -> dict[int, list[str]]:
    """Paths of the files of each paper, by the identity of the entry in `found`."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.office.dressing import Manner
    from fairplanner.publish.office.files import files
    from fairplanner.publish.overlay import overlay

    with overlay(asked.templates) as folder:
        made = [(id(x), p) for x, p in files(desk, found, Manner(_dress(asked, desk)), folder)]
    if asked.out is not None:
        write_all(asked.out, [(str(p.path), p.content) for _, p in made], replace=asked.replace)
    paths: dict[int, list[str]] = {}
    for name, p in made:
        paths.setdefault(name, []).append(str(p.path))
    return paths


def _dress(asked: Asked, desk: Desk) -> str:
    from fairplanner.publish.office.dressing import manner_of

    return asked.dress or manner_of(desk.press.lang)


def _facts(x: Owed, written: dict[int, list[str]]) -> dict[str, Any]:
    """One paper for a machine: days ISO 8601, what it lacks and what people fill in by hand in the papers' language."""
    day = x.day
    return {
        "kind": x.paper.kind, "subject": x.paper.subject, "id": x.paper.subject_id, "state": x.state, "internal": x.paper.is_internal,
        "due": day.due.isoformat() if day else None, "working": day.working.isoformat() if day else None,
        "overdue": x.is_overdue, "approved": x.approved or None, "lacks": list(x.paper.lacks), "by_hand": list(x.paper.by_hand),
        "files": written.get(id(x), []),
    }  # fmt: skip


def _say_written(asked: Asked, desk: Desk, count: int, w: Words) -> None:
    from fairplanner.publish.office.dressing import Manner, fonts_of

    where = asked.out or Path()
    say(w("cli.papers.done", count=count, where=where.as_posix(), internal=(where / "internal").as_posix()))
    named, free = fonts_of(Manner(_dress(asked, desk)))
    comma = w("calendar.comma")
    say(w("cli.papers.fonts", fonts=comma.join(named), free=comma.join(free)))


def _say_owed(desk: Desk, asked: Asked, w: Words) -> None:
    from fairplanner.publish.lists.due_list import DueList
    from fairplanner.publish.office.owed import owed

    found, left = owed(desk, asked.kinds, asked.subject), DueList(desk.naming, desk.dress).left
    say(w("cli.papers.papers", count=len(found)) if found else w("cli.papers.none"))
    for x in found:
        kind = w(f"office.kind.{x.paper.kind}")
        if x.day is None:
            say(w("cli.papers.row_open", kind=kind, subject=x.paper.subject))
        else:
            day = desk.dress.day(x.day.working)
            say(w("cli.papers.row", due=day, left=left(x.day.working), kind=kind, subject=x.paper.subject))
        state = w(f"office.state.{x.state}", lacks=w("calendar.comma").join(x.paper.lacks), number=x.approved)
        hand = w("cli.papers.hand", by_hand=w("calendar.comma").join(x.paper.by_hand)) if x.paper.by_hand else ""
        basis = w("cli.papers.basis", basis=x.day.basis, stated=desk.dress.day(x.day.due)) if x.day else ""
        say("  " + w("cli.papers.gap").join(filter(None, (state, hand, basis))))
