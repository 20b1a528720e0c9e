"""`fairplanner archive FAIR DIR`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, progress, replace_option, say, shown, verb
from fairplanner.cli.files import drop_old, write_all, written_before
from fairplanner.errors import OutputError, Problem, UserError
from fairplanner.words import Words, own_words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.archive.scope import Scope

FILE, FOLDER = click.Path(dir_okay=False, path_type=Path), click.Path(path_type=Path)


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "archive")
    @click.argument("fair", metavar=w("cli.archive.fair"))
    @click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar=w("cli.archive.dir"))
    @click.option("--plan", type=FOLDER, default=None, help=w("cli.archive.plan"))
    @click.option("--inputs", type=FOLDER, default=None, help=w("cli.archive.inputs"))
    @click.option("--with", "extras", type=FILE, multiple=True, help=w("cli.archive.with"))
    @click.option("--ledger", "ledgers", type=FILE, multiple=True, help=w("cli.archive.ledger"))
    @click.option("--store", envvar="FAIRPLANNER_STORE", default=None, help=w("cli.store.store"))
    @click.option("--programme", default=None, help=w("cli.store.programme"))
    @click.option("--outbox", type=FOLDER, default=None, help=w("cli.archive.outbox"))
    @click.option("--templates", type=FOLDER, default=None, help=w("cli.archive.templates"))
    @replace_option(w)
    @lang_option(w)
    def archive(lang: str, **asked: Any) -> None:
        with errors_at_the_door(lang), own_words(asked["templates"]):
            run(Asked(**asked), words(lang))

    return archive


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command line asks for."""

    fair: str
    folder: Path
    plan: Path | None
    inputs: Path | None
    extras: tuple[Path, ...]
    ledgers: tuple[Path, ...]
    store: str | None
    programme: str | None
    outbox: Path | None
    templates: Path | None
    replace: bool


def run(asked: Asked, w: Words) -> None:
    """File everything about a fair in a folder; raises UserError, also for a folder that holds something else."""
    from fairplanner.cli.archive_material import Sources, gathered, store_if
    from fairplanner.cli.work import typesetting
    from fairplanner.publish.archive.archive import SUMS, archive

    _must_be_ours(asked.folder)
    with ExitStack() as stack:
        store = store_if(stack, asked.store)
        programme, plan = _plan(asked)
        scope = _scope(programme, plan, asked.fair)
        sources = Sources(inputs=asked.inputs, extras=asked.extras, outbox=asked.outbox, ledgers=asked.ledgers)
        material = gathered(plan, sources, store)
        tell = stack.enter_context(progress(w, "archive"))
        typesetter = stack.enter_context(typesetting())
        files: dict[str, bytes] = {}
        for one in archive(programme, plan, scope, material, templates=asked.templates, typesetter=typesetter):
            files[str(one.path)] = one.content
            tell(f"{len(files)}  {one.path}")
    write_all(asked.folder, files.items(), replace=asked.replace)
    drop_old(asked.folder, files, lambda _name: True)
    say(w("cli.archive.done", count=len(files) - 1, where=shown(asked.folder)))
    _say_missing(asked, programme, plan, scope, material, w)
    say(w("cli.archive.check", where=shown(asked.folder)) if SUMS in files else "")


def _say_missing(asked: Asked, programme: Programme, plan: Plan, scope: Scope, material: Any, w: Words) -> None:
    from fairplanner.publish.archive.record import Record
    from fairplanner.publish.press import Press

    missing = Record(Press(programme, plan, w.lang), scope, material).missing
    if missing:
        say(w("cli.archive.missing", count=len(missing), index=shown(asked.folder / "index.html")))
    for what in missing:
        say("  " + w("cli.archive.missing-row", what=what))


def _must_be_ours(folder: Path) -> None:
    """An archive lies in a folder of its own: whatever else lay there would look as if it belonged to it.

    A folder that we published or planned into is not one: its plan would be deleted as something that is no longer filed.
    """
    from fairplanner.publish.archive.archive import SUMS

    if folder.is_dir() and any(folder.iterdir()) and SUMS not in written_before(folder):
        raise OutputError([Problem(folder.as_posix(), 0, "", "archive-not-ours")])


def _plan(asked: Asked) -> tuple[Programme, Plan]:
    """The plan that is named (a file, its folder, or a revision of the store), else the newest of the store."""
    from fairplanner.cli.door import read_both
    from fairplanner.cli.office import opened, plan_at, programme_in

    given = asked.plan
    if given is None:
        if not asked.store:
            raise UserError([Problem("--plan", 0, "", "archive-no-plan")])
        with opened(asked.store) as store:
            head = store.head(programme_in(store, asked.programme))
        given = Path(str(head.number if head else 1))
    with plan_at(given, asked.store, asked.programme) as path:
        return read_both(path)


def _scope(programme: Programme, plan: Plan, wanted: str) -> Scope:
    from fairplanner.cli.office import unknown
    from fairplanner.publish.archive.scope import known, scope_of

    found = scope_of(programme, plan, wanted)
    if found is None:
        raise UserError([unknown("FAIR", "archive-unknown", wanted, [x for x in known(programme) if x != wanted])])
    return found
