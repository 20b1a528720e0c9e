"""`fairplanner publish PLAN`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    lang_option,
    out_option,
    progress,
    read_both,
    replace_option,
    say,
    verb,
)
from fairplanner.cli.language import LANGUAGES
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "publish")
    @click.argument("plan", type=click.Path(path_type=Path))
    @out_option(w)
    @click.option(
        "--in", "langs", type=click.Choice(LANGUAGES), multiple=True, default=LANGUAGES, help=w("cli.publish.in")
    )
    @click.option("--templates", type=click.Path(path_type=Path), default=None, help=w("cli.publish.templates"))
    @click.option("--base-url", default=None, help=w("cli.publish.base-url"))
    @replace_option(w)
    @lang_option(w)
    def publish(
        plan: Path,
        out: Path | None,
        langs: tuple[str, ...],
        templates: Path | None,
        base_url: str | None,
        replace: bool,
        lang: str,
    ) -> None:
        with errors_at_the_door(lang):
            run(plan, out, langs, lang, replace=replace, templates=templates, base_url=base_url)

    return publish


def run(path: Path, out: Path | None, langs: tuple[str, ...], lang: str, *, replace: bool, **dress: Any) -> None:
    """Publish a reproducible plan that passes every rule."""
    from fairplanner.cli.work import publish_into
    from fairplanner.rules import check

    w = words(lang)
    path = path / "plan.json" if path.is_dir() else path
    programme, plan = read_both(path)
    problems = [] if plan.reproducible else [Problem(str(path), 0, "", "not-reproducible")]
    problems += [Problem(str(path), 0, v.rule, "plan-breaks", v.label) for v in check(programme, plan)]
    if problems:
        raise UserError(problems)
    where = out or path.parent
    with progress(w, "publish") as tell:
        count = publish_into(programme, plan, where, langs, replace=replace, tell=tell, **dress)
    say(w("cli.publish.done", count=count, where=where.as_posix()))
    say(w("cli.publish.next", index=(where / f"index.{lang}.html").as_posix()))
