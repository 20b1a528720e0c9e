"""A folder of sign-ups to firms and applications."""

from __future__ import annotations

from pathlib import Path

from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem, UserError
from fairplanner.intake.read import read_programme
from fairplanner.intake.signups.result import Collected

FOLDERS = ("报名", "signups")
COLLECTED = "collected.xlsx"


def signup_folder(folder: Path) -> Path | None:
    """Where the sign-ups of a programme lie: its folder 报名 or signups; None where it has neither."""
    return next((folder / name for name in FOLDERS if (folder / name).is_dir()), None)


def programme_before(folder: Path) -> Programme:
    """The programme of a folder as it is without what was collected before. Raises CatalogueError."""
    return read_programme(folder)


def collected(folder: Path, programme: Programme) -> Collected:
    """What the sign-ups of a programme's folder say; `programme` is that of `programme_before`. Raises UserError where there is no folder."""
    if not signup_folder(folder):
        raise UserError([Problem(folder.as_posix(), 0, "", "signup-no-folder", programme.settings.id)])
    return Collected()
