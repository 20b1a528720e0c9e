"""The shipped templates, with a user's own files in place of those of the same name."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fairplanner.errors import LanguageError, Problem
from fairplanner.publish.design.tokens import FILE
from fairplanner.shipped import shipped
from fairplanner.words import not_utf8

TEXTS = frozenset({".typ", ".j2", ".css", ".js", ".toml"})
COLOUR = re.compile("#[0-9a-fA-F]{6}")


@contextmanager
def overlay(own: Path | None) -> Iterator[Path]:
    """The shipped folder itself where there is nothing to replace; else a copy of both that lives as long as the block.

    Its `parts/design.toml` need say only what is to be different. Raises LanguageError where the folder is not there, a text in it
    is not UTF-8, or that file names a colour or size that there is not.
    """
    base = shipped("templates")
    if own is None:
        yield base
        return
    if not own.is_dir():
        raise LanguageError([Problem(str(own), 0, "", "templates-missing", str(own))])
    if problems := list(_unreadable(own)):
        raise LanguageError(problems)
    with TemporaryDirectory(prefix="templates-") as name:
        folder = Path(name).resolve()
        shutil.copytree(base, folder, dirs_exist_ok=True)
        shutil.copytree(own, folder, dirs_exist_ok=True)
        if (own / FILE).is_file():
            (folder / FILE).write_text(_in_full(base / FILE, own / FILE), encoding="utf-8")
        yield folder


def _unreadable(own: Path) -> Iterator[Problem]:
    """Texts in another encoding, all at once: each tool would say so of the first one in words of its own, or not at all."""
    for path in sorted(own.rglob("*")):
        if path.suffix in TEXTS and path.is_file():
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                yield not_utf8(path.relative_to(own).as_posix(), error)


def _in_full(shipped_file: Path, own: Path) -> str:
    """A design of which one's own file says a part: what it does not say is as shipped."""
    full, part = (_read(path) for path in (shipped_file, own))
    if problems := [problem for section, values in part.items() for problem in _unusable(full, section, values)]:
        raise LanguageError(problems)
    for section, values in part.items():
        full[section] = full[section] | values if isinstance(values, dict) else values
    return "".join(_written(section, values) for section, values in full.items())


def _unusable(full: dict[str, Any], section: str, values: Any) -> Iterator[Problem]:
    """Names that the design does not have; colours and sizes that are none."""
    known: Any = full.get(section)
    if type(known) is not type(values):
        yield Problem(FILE, 0, section, "design-unknown", section)
        return
    rows = [(known, values)] if isinstance(values, dict) else [(known[0], row) for row in values]
    for example, row in rows:
        for name, value in row.items():
            if name not in example:
                yield Problem(FILE, 0, f"{section}.{name}", "design-unknown", name)
            elif not _fits(value, example[name]):
                yield Problem(FILE, 0, f"{section}.{name}", "design-value", str(value))


def _fits(value: Any, example: Any) -> bool:
    if isinstance(example, str):
        return isinstance(value, str) and (not example.startswith("#") or bool(COLOUR.fullmatch(value)))
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageError([Problem(FILE, 0, "", "toml", str(error))]) from error


def _written(section: str, values: Any) -> str:
    """A section of the design as TOML: a table of words and numbers, or several of one name."""
    head, rows = (f"[{section}]", [values]) if isinstance(values, dict) else (f"[[{section}]]", values)
    return "".join(
        "\n".join([head, *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row.items())]) + "\n"
        for row in rows
    )
