"""`fairplanner diagnose DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, progress, say, say_json, verb
from fairplanner.cli.said.folded import folded
from fairplanner.words import Words, words

IMPOSSIBLE = 2


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "diagnose")
    @click.argument("folder", type=click.Path(path_type=Path))
    @json_option(w)
    @lang_option(w)
    def diagnose(folder: Path, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(folder, as_json=as_json, lang=lang)

    return diagnose


def run(folder: Path, *, as_json: bool, lang: str) -> None:
    """Read, diagnose, say; exits with 2 where no plan is possible or none was found."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.cli.said.diagnose import DiagnosisWords, facts_of
    from fairplanner.explain.conflicts.diagnosing import diagnose
    from fairplanner.intake import read_programme

    w = words(lang)
    programme = read_programme(folder)
    with progress(w, "diagnose") as tell, quiet():
        found = diagnose(
            programme,
            tell=lambda what, n, of: tell(w(f"cli.diagnose.progress.{what}", **({"n": n, "of": of} if of else {}))),
        )
    said = DiagnosisWords(programme, w)
    if as_json:
        say_json(facts_of(found, said))
    else:
        for line in folded(said.lines(found, folder)):
            say(line)
    if found.status != "possible":
        raise SystemExit(IMPOSSIBLE)
