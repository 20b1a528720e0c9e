"""The shipped templates, with a user's own files in place of those of the same name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fairplanner.errors import LanguageError, Problem
from fairplanner.shipped import shipped


@contextmanager
def overlay(own: Path | None) -> Iterator[Path]:
    """The shipped folder itself where there is nothing to replace; else a copy of both that lives as long as the block.

    Raises LanguageError where the folder is not there.
    """
    base = shipped("templates")
    if own is None:
        yield base
        return
    if not own.is_dir():
        raise LanguageError([Problem(str(own), 0, "", "templates-missing", str(own))])
    with TemporaryDirectory(prefix="templates-") as name:
        folder = Path(name).resolve()
        shutil.copytree(base, folder, dirs_exist_ok=True)
        shutil.copytree(own, folder, dirs_exist_ok=True)
        yield folder
