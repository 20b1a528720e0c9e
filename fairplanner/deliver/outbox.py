"""An outbox as it was laid out for review: who is told what, read back and compared with what was made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fairplanner.errors import Problem, UserError

MANIFEST = "outbox.json"
FORMAT = 1
ROLES = ("html", "text", "calendar")


@dataclass(frozen=True)
class Letter:
    """A notice in one language: subject line and the bytes of its three files."""

    lang: str
    subject: str
    html: bytes
    text: bytes
    calendar: bytes
    calendar_name: str


@dataclass(frozen=True)
class Party:
    """Whom a notice is for, by kind (firm, delegation, zone) and id; no letters where the reviewer took its folder away."""

    kind: str
    subject: str
    titles: dict[str, str]
    letters: dict[str, Letter]

    def title(self, lang: str) -> str:
        """What its calendar is called, in a language if it has a name in it."""
        return self.titles.get(lang) or next(iter(self.titles.values()), self.subject)

    @property
    def is_withheld(self) -> bool:
        """Whether the reviewer deleted its folder: it is not to be told."""
        return not self.letters


@dataclass(frozen=True)
class Outbox:
    """The notices of one revision; `seal` is the revision's."""

    folder: Path
    programme: str
    number: int
    seal: str
    parties: tuple[Party, ...]


def read_outbox(folder: Path, *, edited: bool = False) -> Outbox:
    """Read an outbox, or the only one below `folder`. `edited`: take files that were changed since they were made.

    Raises UserError for everything that is missing, broken or (unless `edited`) changed.
    """
    folder = _only(folder)
    told = _manifest(folder)
    problems: list[Problem] = []
    parties = tuple(_party(folder, row, problems, edited) for row in told["parties"])
    if problems:
        raise UserError(problems)
    return Outbox(folder, str(told["programme"]), int(told["number"]), str(told["seal"]), parties)


def _only(folder: Path) -> Path:
    if (folder / MANIFEST).is_file():
        return folder
    below = sorted(path.parent for path in folder.glob(f"rev-*/{MANIFEST}"))
    if len(below) != 1:
        what = "outbox-several" if below else "outbox-none"
        raise UserError([Problem(str(folder), 0, "", what, ", ".join(path.name for path in below))])
    return below[0]


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT or not all(_is_whole(row) for row in told["parties"]):
            raise ValueError(told["format"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError([Problem(str(path), 0, "", "outbox-broken", str(error))]) from error
    return dict(told)


def _is_whole(row: dict[str, Any]) -> bool:
    """Whether a party's row has every file of each of its languages, with a digest and a subject line."""
    files = row["files"]
    known = all({*own} == {*ROLES} and {*own.values()} <= row["digests"].keys() for own in files.values())
    return (
        known
        and files.keys() == row["subjects"].keys() <= row["titles"].keys()
        and {"kind", "id", "folder"} <= row.keys()
    )


def _party(folder: Path, row: dict[str, Any], problems: list[Problem], edited: bool) -> Party:
    titles = {str(lang): str(title) for lang, title in row["titles"].items()}
    letters: dict[str, Letter] = {}
    if _inside(folder, row["folder"]).is_dir():
        for lang, files in row["files"].items():
            read = {role: _read(folder, name, row["digests"][name], problems, edited) for role, name in files.items()}
            name = Path(files["calendar"]).name
            letters[lang] = Letter(lang, str(row["subjects"][lang]), calendar_name=name, **read)
    return Party(str(row["kind"]), str(row["id"]), titles, letters)


def _inside(folder: Path, name: str) -> Path:
    """A path below the outbox; raises UserError for one that leads out of it."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UserError([Problem(str(folder / MANIFEST), 0, "", "outbox-broken", name)])
    return path


def _read(folder: Path, name: str, digest: str, problems: list[Problem], edited: bool) -> bytes:
    path = _inside(folder, name)
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), 0, "", "outbox-file-missing", error.strerror or ""))
        return b""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(path), 0, "", "outbox-not-utf8"))
    if not edited and sha256(content).hexdigest() != digest:
        problems.append(Problem(str(path), 0, "", "outbox-file-changed"))
    return content
