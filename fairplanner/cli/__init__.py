"""The command line: the only room that prints, asks or exits. One file per verb."""

from __future__ import annotations

import os
import sys
import threading

import click

from fairplanner.cli import (
    advise,
    allocate,
    archive,
    check,
    collect,
    dates,
    demo,
    diagnose,
    diff,
    due,
    export,
    feeds,
    frame,
    go,
    judge,
    language,
    ledger,
    new,
    packs,
    papers,
    plan,
    promote,
    publish,
    push,
    report,
    revisions,
    risk,
    send,
    serve,
    show,
    substitute,
    tables,
    take_in,
    tariff,
    whatif,
    wheelhouse,
    why,
    withdraw,
)
from fairplanner.cli import list as list_
from fairplanner.cli.console import never_refuse
from fairplanner.cli.door import say
from fairplanner.words import words

INTERRUPTED = 130

VERBS = (
    demo,
    new,
    go,
    tables,
    packs,
    tariff,
    list_,
    due,
    dates,
    collect,
    check,
    allocate,
    plan,
    diagnose,
    show,
    why,
    report,
    publish,
    papers,
    ledger,
    diff,
    judge,
    export,
    take_in,
    advise,
    whatif,
    risk,
    withdraw,
    promote,
    substitute,
    revisions,
    feeds,
    send,
    push,
    archive,
    serve,
    wheelhouse,
)


def build(lang: str) -> click.Group:
    """The whole command group, its help in a language."""
    w = words(lang)
    frame.speak(w)
    group = click.Group("fairplanner", help=w("cli.about"), context_settings={"help_option_names": ["-h", "--help"]})
    for verb in VERBS:
        group.add_command(verb.command(w))
    version = click.version_option(package_name="fairplanner", help=w("cli.version"))
    frame.dressed(version(group), w)
    return group


def main() -> None:
    """Entry point of the `fairplanner` script; a wrong command line is the user's input and ends with 1, not click's 2."""
    never_refuse()
    try:
        build(language.chosen()).main(prog_name="fairplanner", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(1) from error
    except click.Abort:
        say(words(language.chosen())("cli.interrupted"), err=True)
        leave(INTERRUPTED)
    if threading.active_count() > 1:
        leave(0)


def leave(code: int) -> None:
    """End now: an engine that was interrupted may not hear it, and the process would wait for its thread."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
