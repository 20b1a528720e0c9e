"""`fairplanner diff A B`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, read_both, say, say_json, verb
from fairplanner.cli.office import plan_at, store_options
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "diff")
    @click.argument("old", type=click.Path(path_type=Path))
    @click.argument("new", type=click.Path(path_type=Path))
    @store_options(w)
    @json_option(w)
    @lang_option(w)
    def diff(old: Path, new: Path, store: str | None, programme: str | None, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            was, now = (stack.enter_context(plan_at(x, store, programme)) for x in (old, new))
            run(was, now, as_json, lang)

    return diff


def run(old: Path, new: Path, as_json: bool, lang: str) -> None:
    """Say what differs between two plans and why, by the names of the newer one's programme.

    Without the programme of the earlier plan beside it, less can be said of why.
    """
    from fairplanner.cli.earlier import snapshot_at
    from fairplanner.intake import read_plan

    now, plan = read_both(new)
    old = old / "plan.json" if old.is_dir() else old
    told(read_plan(old), plan, snapshot_at(old.with_name("programme.json")), now, as_json=as_json, lang=lang)


def told(old: Plan, new: Plan, then: Programme | None, now: Programme, *, as_json: bool, lang: str) -> None:
    """Say what differs between two plans and the programmes they were made from."""
    from fairplanner.cli.difference import Difference

    found = Difference(old, new, then, now, words(lang))
    if as_json:
        say_json(found.facts())
        return
    for line in found.lines():
        say(line)
