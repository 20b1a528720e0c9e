"""What every verb shares: printing, the language option, progress, and the one error door."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.language import LANGUAGES
from fairplanner.errors import FairplannerError, NoPlan, UserError
from fairplanner.report import problem_text
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme

Progress = Callable[[str], None]


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line; characters that the console cannot show become question marks, never a crash."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), err=err)


def say_json(facts: dict[str, Any]) -> None:
    """Print one JSON object."""
    say(json.dumps(facts, ensure_ascii=False, sort_keys=True))


def lang_option(w: Words) -> Callable[[Any], Any]:
    """`--lang`, on every verb."""
    return click.option("--lang", type=click.Choice(LANGUAGES), default=w.lang, help=w("cli.lang"))


def out_option(w: Words) -> Callable[[Any], Any]:
    """`--out DIR`: where the files go."""
    return click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help=w("cli.out"))


def replace_option(w: Words) -> Callable[[Any], Any]:
    """`--replace`: write over files that were changed by hand."""
    return click.option("--replace", is_flag=True, help=w("cli.replace"))


def json_option(w: Words) -> Callable[[Any], Any]:
    """`--json`: one object on stdout for a machine."""
    return click.option("--json", "as_json", is_flag=True, help=w("cli.json"))


def verb(w: Words, name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command with its help and its example in the language."""
    example = "\n".join(f"  {line}" for line in w(f"cli.{name}.example").strip().splitlines())
    text = f"{w(f'cli.{name}.help')}\n\n\b\n{w('cli.example')}\n{example}"
    return click.command(name, help=text, short_help=w(f"cli.{name}.help").split("\n")[0])


@contextmanager
def progress(w: Words, task: str) -> Iterator[Progress]:
    """A line on stderr that tells what goes on; silent when stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console

    with Console(stderr=True).status(w(f"cli.progress.{task}")) as status:
        yield lambda text: status.update(f"{w(f'cli.progress.{task}')}  {text}")


@contextmanager
def errors_at_the_door(lang: str) -> Iterator[None]:
    """Turn every error of ours into words on stderr and its exit code; anything else is our bug (3), in one line."""
    w = words(lang)
    try:
        yield
    except UserError as error:
        say(w("cli.problems", count=len(error.problems)), err=True)
        for problem in error.problems:
            say("  " + problem_text(problem, lang), err=True)
        raise SystemExit(error.exit_code) from error
    except NoPlan as error:
        _say_no_plan(w, error)
        raise SystemExit(error.exit_code) from error
    except FairplannerError as error:
        say(w("cli.our-bug", error=str(error)), err=True)
        raise SystemExit(3) from error
    except Exception as error:
        if os.environ.get("FAIRPLANNER_DEBUG"):
            raise
        say(w("cli.unexpected", error=f"{type(error).__name__}: {error}"), err=True)
        raise SystemExit(3) from error


def _say_no_plan(w: Words, error: NoPlan) -> None:
    say(w(f"cli.no-plan.{error.status}"), err=True)
    for blame in error.guilty:
        say(
            "  "
            + w(
                "cli.no-plan.row",
                rule=w(f"rules.{blame.rule}.name"),
                label=blame.label,
                says=w(f"rules.{blame.rule}.says"),
            ),
            err=True,
        )


def read_both(path: Path) -> tuple[Programme, Plan]:
    """A plan and the programme it was made from, which lies beside it."""
    from fairplanner.intake import read_plan, read_snapshot

    plan = read_plan(path)
    return read_snapshot(path.with_name("programme.json")), plan
