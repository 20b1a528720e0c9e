"""`fairplanner new DIR`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, say, shown, verb
from fairplanner.words import Words, words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "new")
    @click.argument("folder", type=click.Path(path_type=Path))
    @click.option(
        "--kind", type=click.Choice(["csv", "xlsx"]), default="xlsx", show_default=True, help=w("cli.new.kind")
    )
    @lang_option(w)
    def new(folder: Path, kind: str, lang: str) -> None:
        with errors_at_the_door(lang):
            run(folder, kind, lang)

    return new


def run(folder: Path, kind: str, lang: str) -> None:
    """Write a programme folder to start from; refuses to touch anything that is already there."""
    w = words(lang)
    files = write_new(folder, kind, w)
    say(w("cli.new.done", where=folder.as_posix(), count=len(files)))
    say(w("cli.new.next", where=shown(folder)))
    say(w("cli.new.start", start=w("start.bat"), script=w("start.sh")))


def write_new(folder: Path, kind: str, w: Words) -> list[str]:
    """Write a programme, with empty tables unless `kind` is '', and return the names of its files.

    Raises OutputError, before anything is written, for every file that is there and says something else.
    """
    from fairplanner.cli.files import write
    from fairplanner.errors import OutputError, Problem
    from fairplanner.intake import new_programme, start_files

    files = new_programme(folder.resolve().name, kind=kind, lang=w.lang) | start_files(w)
    taken = [name for name, content in sorted(files.items()) if _is_other(folder / name, content)]
    if taken:
        raise OutputError([Problem(str(folder / name), 0, "", "exists-new") for name in taken])
    for name, content in files.items():
        write(folder / name, content)
        _allow_to_run(folder / name)
    with suppress(OSError):
        (folder / w("go.inbox")).mkdir(exist_ok=True)
    return list(files)


def _is_other(path: Path, content: bytes) -> bool:
    """Whether something stands there that is not what would be written: a start file may have come with the installer."""
    return path.exists() and not (path.is_file() and path.read_bytes() == content)


def _allow_to_run(path: Path) -> None:
    """Scripts are double-clicked; a medium that knows no such right refuses it, and does not need it."""
    from fairplanner.intake import RUNNABLE

    if path.suffix in RUNNABLE:
        with suppress(OSError):
            path.chmod(0o755)
