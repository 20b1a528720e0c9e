"""`fairplanner collect DIR`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import (
    MOST_PROBLEMS,
    errors_at_the_door,
    json_option,
    lang_option,
    progress,
    replace_option,
    say,
    say_json,
    verb,
)
from fairplanner.errors import OutputError, Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.intake.signups import Collected

COLLECTED = "collected.xlsx"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "collect")
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option("--partly", is_flag=True, help=w("cli.collect.partly"))
    @replace_option(w)
    @json_option(w)
    @lang_option(w)
    def collect(folder: Path, partly: bool, replace: bool, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(folder, lang, partly=partly, replace=replace, as_json=as_json)

    return collect


def run(folder: Path, lang: str, *, partly: bool, replace: bool, as_json: bool) -> None:
    """Collect, write, and say what came of it; exit 1 where something must be settled first."""
    w = words(lang)
    with progress(w, "collect"):
        found, written = gathered(folder, lang, partly=partly, replace=replace)
    if as_json:
        say_json(_facts(found, written))
    else:
        for line in told(found, written, w):
            say(line)
    if found.problems and not partly:
        raise UserError(found.problems)


def gathered(
    folder: Path, lang: str, *, partly: bool = False, replace: bool = False
) -> tuple[Collected, tuple[Path, ...]]:
    """Collect the sign-ups of a programme's folder and write what came of it; what was written.

    Where there are problems only the proposals for mapping.toml are written, unless `partly`. Raises UserError where the programme
    cannot be read, there is no folder of sign-ups, or collected.xlsx was changed by hand and `replace` is not asked for.
    """
    from fairplanner.cli.files import write, write_all
    from fairplanner.intake.sheets.contents import locks_of
    from fairplanner.intake.signups import collected, collected_book, programme_before
    from fairplanner.intake.signups.mapping import FURTHER, MAPPING

    found = collected(folder, programme_before(folder), lang)
    paths: list[Path] = []
    if found.mapping and found.files and not (folder / MAPPING).exists():
        write(folder / MAPPING, found.mapping.encode())
        paths.append(folder / MAPPING)
    if found.further:
        paths += write_all(folder, [(FURTHER, found.further.encode())], replace=replace)
    if found.problems and not partly:
        return found, tuple(paths)
    if locks_of(folder / COLLECTED):
        raise OutputError([Problem(str(folder / COLLECTED), 0, "", "open-elsewhere")])
    if found.firms or found.applications or (folder / COLLECTED).exists():
        content = collected_book(found, words(lang))
        paths += write_all(folder, [(COLLECTED, content)], replace=replace)
    return found, tuple(paths)


def told(found: Collected, written: Sequence[Path], w: Words) -> list[str]:
    """What came of collecting, line by line."""
    by_name = {path.name: path.as_posix() for path in written}
    lines = [w("cli.collect.read", files=found.files, pages=found.pages)]
    if where := by_name.get(COLLECTED):
        lines.append(w("cli.collect.done", firms=len(found.firms), applications=len(found.applications), where=where))
    elif not found.problems:
        lines.append(w("cli.collect.nothing"))
    for name, key in (("mapping.toml", "mapping"), ("mapping.new.toml", "further")):
        if name in by_name:
            lines.append(w(f"cli.collect.{key}", where=by_name[name]))
    left = (*found.problems, *found.open) if COLLECTED in by_name else found.open
    lines += _listed(found.told, "told", w) + _listed(left, "open", w)
    if found.problems and COLLECTED not in by_name:
        lines.append(w("cli.collect.hand", count=len(found.problems)))
    return lines


def _listed(problems: Sequence[Problem], key: str, w: Words) -> list[str]:
    from fairplanner.report import report

    if not problems:
        return []
    lines = [w(f"cli.collect.{key}"), *("  " + line for line in report(problems[:MOST_PROBLEMS], w.lang))]
    more = len(problems) - MOST_PROBLEMS
    return [*lines, "  " + w("cli.collect.more", count=more)] if more > 0 else lines


def _facts(found: Collected, written: Sequence[Path]) -> dict[str, object]:
    return {
        "files": found.files,
        "pages": found.pages,
        "firms": len(found.firms),
        "applications": len(found.applications),
        "written": [path.as_posix() for path in written],
        "remarks": [asdict(p) for p in found.told],
        "open": [asdict(p) for p in found.open],
    }
