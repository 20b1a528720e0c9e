"""`fairplanner report PLAN`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, read_both, replace_option, say, shown, verb
from fairplanner.words import Words, own_words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "report")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help=w("cli.report.out"))
    @click.option("--templates", type=click.Path(path_type=Path), default=None, help=w("cli.publish.templates"))
    @replace_option(w)
    @lang_option(w)
    def report(plan: Path, out: Path | None, templates: Path | None, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang), own_words(templates):
            run(plan, out, templates, replace, words(lang))

    return report


def run(path: Path, out: Path | None, templates: Path | None, replace: bool, w: Words) -> None:
    """Write the report of a plan, whatever it breaks: the report says so."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.overlay import overlay
    from fairplanner.publish.press import Press
    from fairplanner.publish.report.report import path_of, report_page

    path = path / "plan.json" if path.is_dir() else path
    programme, plan = read_both(path)
    with overlay(templates) as folder:
        content = report_page(Press(programme, plan, w.lang), folder)
    where, name = (out.parent, out.name) if out else (path.parent, str(path_of(w.lang)))
    (written,) = write_all(where, [(name, content)], replace=replace)
    say(w("cli.report.done", where=shown(written), size=round(len(content) / 1000)))
