"""`fairplanner diff A B`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, read_both, say, say_json, verb
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "diff")
    @click.argument("old", type=click.Path(path_type=Path))
    @click.argument("new", type=click.Path(path_type=Path))
    @json_option(w)
    @lang_option(w)
    def diff(old: Path, new: Path, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            run(old, new, as_json, lang)

    return diff


def run(old: Path, new: Path, as_json: bool, lang: str) -> None:
    """Say what differs between two plans, by the names of the newer one's programme."""
    from fairplanner.cli.labels import LabelNames
    from fairplanner.domain.diff import diff
    from fairplanner.intake import read_plan

    w = words(lang)
    programme, plan = read_both(new)
    changes = diff(read_plan(old), plan)
    if as_json:
        say_json({"changes": [asdict(c) for c in changes]})
        return
    names = LabelNames(programme, w)
    say(w("cli.diff.found", count=len(changes)) if changes else w("cli.diff.same"))
    for c in changes:
        before, after = (" ".join(_word(w, names.part(x)) for x in text.split(" ")) for text in (c.before, c.after))
        facts = {"kind": w(f"cli.diff.kind.{c.kind}"), "subject": names.subject(c.subject)}
        say("  " + w(f"cli.diff.{c.what}", before=before, after=after, **facts))


def _word(w: Words, text: str) -> str:
    """A kind of stand by its name; anything else as it is."""
    key = f"enums.StandKind.{text}"
    return w(key) if key in w else text
