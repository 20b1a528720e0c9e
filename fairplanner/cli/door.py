"""What every verb shares: printing, the language option, progress, and the one error door."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.console import LIKE
from fairplanner.cli.language import LANGUAGES
from fairplanner.cli.said.folded import folded
from fairplanner.errors import FairplannerError, NoPlan, UserError
from fairplanner.report import report
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme

Progress = Callable[[str], None]


class Diagnosed(NoPlan):
    """No plan is possible; `lines` say why and what would help, `facts` the same for a machine."""

    def __init__(self, error: NoPlan, lines: Sequence[str], facts: dict[str, Any]) -> None:
        self.lines, self.facts = tuple(lines), facts
        super().__init__(error.status, error.guilty)


SAME = 0.00005
"""A gap below this is printed as none."""
MOST_PROBLEMS = 200
"""Problems said one by one; more than that are counted."""


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line; for characters that the console cannot show stand those nearest to them, never a crash."""
    stream = sys.stderr if err else sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, LIKE).decode(encoding), err=err)


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

    # a spinner of ASCII, which every console can show
    with Console(stderr=True).status(w(f"cli.progress.{task}"), spinner="line") as status:
        yield lambda text: status.update(f"{w(f'cli.progress.{task}')}  {text}")


@contextmanager
def errors_at_the_door(lang: str, *, as_json: bool = False) -> Iterator[None]:
    """Turn every error of ours into words on stderr and its exit code; anything else is our bug (3), in one line.

    With `as_json` the same facts also go to stdout as one object: `problems`, or `status` and `guilty`.
    """
    w = words(lang)
    try:
        yield
    except UserError as error:
        _say_problems(w, error, as_json)
        raise SystemExit(error.exit_code) from error
    except NoPlan as error:
        _say_no_plan(w, error, as_json)
        raise SystemExit(error.exit_code) from error
    except FairplannerError as error:
        say(w("cli.our-bug", error=str(error)), err=True)
        raise SystemExit(3) from error
    except BrokenPipeError as error:
        # the reader (head, a closed pager) has enough; nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from error
    except Exception as error:
        if os.environ.get("FAIRPLANNER_DEBUG"):
            raise
        say(w("cli.unexpected", error=f"{type(error).__name__}: {error}"), err=True)
        raise SystemExit(3) from error


def _say_problems(w: Words, error: UserError, as_json: bool) -> None:
    if as_json:
        say_json({"problems": [asdict(p) for p in error.problems], "violations": []})
    count = len(error.problems)
    say(w("cli.problems" if count > 1 else "cli.problems-one", count=count), err=True)
    for line in report(error.problems[:MOST_PROBLEMS], w.lang):
        say("  " + line, err=True)
    if len(error.problems) > MOST_PROBLEMS:
        say("  " + w("cli.more-problems", count=len(error.problems) - MOST_PROBLEMS), err=True)


def _say_no_plan(w: Words, error: NoPlan, as_json: bool) -> None:
    if as_json:
        facts = error.facts if isinstance(error, Diagnosed) else {}
        say_json(facts | {"status": error.status, "guilty": [asdict(b) for b in error.guilty]})
    if isinstance(error, Diagnosed):
        for line in folded(error.lines):
            say(line, err=True)
        return
    say(w(f"cli.no-plan.{error.status}"), err=True)
    for b in error.guilty:
        facts = {"rule": w(f"rules.{b.rule}.name"), "label": b.label, "says": w(f"rules.{b.rule}.says")}
        say("  " + w("cli.no-plan.row", **facts), err=True)


def shown(path: Path) -> str:
    """A path as it can be pasted into a command line."""
    text = path.as_posix()
    return f'"{text}"' if " " in text else text


def read_both(path: Path) -> tuple[Programme, Plan]:
    """A plan and the programme it was made from, which lies beside it."""
    from fairplanner.intake import read_plan, read_snapshot

    path = path / "plan.json" if path.is_dir() else path
    plan = read_plan(path)
    return read_snapshot(path.with_name("programme.json")), plan
