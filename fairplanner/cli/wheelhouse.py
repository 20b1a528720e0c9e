"""`fairplanner wheelhouse OUT`."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from fairplanner.cli.door import errors_at_the_door, lang_option, progress, replace_option, say, shown, verb
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.cli.wheels import Target

PLATFORMS = ("win", "linux-x86_64", "linux-aarch64")
LEAST = (3, 11)
HOUSE = "wheelhouse"
VERSION_FILE = "python.txt"
"""In the wheel house: the version of Python that its wheels are for; start files read it."""


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "wheelhouse")
    @click.argument("out", type=click.Path(file_okay=False, path_type=Path))
    @click.option("--platform", type=click.Choice(PLATFORMS), default=None, help=w("cli.wheelhouse.platform"))
    @click.option("--python", default=None, metavar="3.11", help=w("cli.wheelhouse.python"))
    @replace_option(w)
    @lang_option(w)
    def wheelhouse(out: Path, platform: str | None, python: str | None, replace: bool, lang: str) -> None:
        with errors_at_the_door(lang):
            run(out, platform, python, replace, lang)

    return wheelhouse


def run(out: Path, platform: str | None, python: str | None, replace: bool, lang: str) -> None:
    """Write one zip with everything that a computer without network needs, and a double-click start."""
    from fairplanner.cli.files import must_be_writable, write_all
    from fairplanner.cli.own_wheel import own_wheel
    from fairplanner.cli.wheels import Target, get_wheels, this_platform

    w = words(lang)
    target = Target(platform or this_platform(), _version(python))
    must_be_writable(out)
    name, own = own_wheel()
    with TemporaryDirectory(prefix="fairplanner-") as made, progress(w, "wheelhouse"):
        folder = Path(made)
        (folder / name).write_bytes(own)
        get_wheels(own, target, folder)
        wheels = sorted(folder.glob("*.whl"))
        content = _archive(wheels, target, w)
    stem = "-".join(name.split("-")[:2])
    (path,) = write_all(out, [(f"{stem}-{target.platform}-py{target.python}.zip", content)], replace=replace)
    facts = {"platform": target.platform, "python": target.python, "count": len(wheels)}
    say(w("cli.wheelhouse.done", where=shown(path), size=round(len(content) / 1e6), **facts))
    start = w("start.bat") if target.platform == "win" else w("start.desktop")
    say(w("cli.wheelhouse.next", start=start, python=target.python))


def _version(text: str | None) -> str:
    """`3.11`; that of this computer where none is given. Raises UserError."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = re.fullmatch(r"(\d)\.(\d{1,2})(?:\.\d+)?", (text or here).strip())
    if found is None or (int(found[1]), int(found[2])) < LEAST:
        raise UserError([Problem("--python", 0, "", "not-a-python", text or here)])
    return f"{found[1]}.{found[2]}"


def _archive(wheels: list[Path], target: Target, w: Words) -> bytes:
    """The zip: one folder with the wheel house and the start files of that kind of computer in it."""
    from fairplanner.cli.own_wheel import put
    from fairplanner.intake import RUNNABLE, start_files

    top, out = w("cli.wheelhouse.folder"), io.BytesIO()
    end = "\r\n" if target.platform == "win" else "\n"
    others = (w("start.sh"), w("start.desktop")) if target.platform == "win" else (w("start.bat"),)
    with zipfile.ZipFile(out, "w") as made:
        for name, content in start_files(w).items():
            if name not in others:
                put(made, f"{top}/{name}", content, 0o755 if name.endswith(RUNNABLE) else 0o644)
        put(made, f"{top}/{HOUSE}/{VERSION_FILE}", f"{target.python}{end}".encode())
        for path in wheels:
            put(made, f"{top}/{HOUSE}/{path.name}", path.read_bytes(), packed=False)
    return out.getvalue()
