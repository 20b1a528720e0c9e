"""Writing files: all or nothing for each, and never over something a person has changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from fairplanner.errors import OutputError, Problem

PART = ".part-"
ABANDONED = 24 * 60 * 60
"""Seconds after which nobody writes into such a folder any more."""
LEDGER = ".fairplanner.json"
"""In each output folder: the digest of every file we wrote there, so that we know our own files from a person's."""
CUT_OFF = ""
"""The name in it that is no file's: the last writing did not come to its end."""


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_all(
    folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool = False, stage: str = ""
) -> list[Path]:
    """Write files (path below the folder with forward slashes, content); unchanged ones are left as they are.

    They are laid beside first, in the folder `stage` below it, one after the other as they are made, so that a failure halfway
    leaves everything as it was and no more than one is held in memory. Raises OutputError, before anything of the folder is touched, for every file that exists
    and is not as we left it, unless `replace`; and for a file or folder that cannot be written.
    """
    try:
        beside = folder / stage
        beside.mkdir(parents=True, exist_ok=True)
        _sweep(beside)
        with tempfile.TemporaryDirectory(dir=beside, prefix=PART, ignore_cleanup_errors=True) as name:
            laid = _lay(Path(name), files)
            if not replace:
                must_be_ours(folder, {path: made for path, (_, made) in laid.items()})
            must_be_closed(folder / path for path, (_, made) in laid.items() if _is_other(folder / path, made))
            _move(folder, laid)
    except OSError as error:
        raise refused(folder, error) from error
    return [folder / path for path in laid]


def must_be_writable(folder: Path | None) -> None:
    """Raise OutputError where no file could be written into a folder, before long work begins; nothing is left behind."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()] if folder else []
    try:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryDirectory(dir=folder, prefix=PART).cleanup()
    except OSError as error:
        raise refused(folder or Path(), error) from error
    finally:
        for path in missing:
            with suppress(OSError):
                path.rmdir()


def _sweep(folder: Path) -> None:
    """Delete what a run left behind that was ended from outside, once nobody can be at it any more."""
    for path in folder.glob(f"{PART}*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


def _lay(stage: Path, files: Iterable[tuple[str, bytes]]) -> dict[str, tuple[Path, str]]:
    """Each file's place on the stage and its digest."""
    laid: dict[str, tuple[Path, str]] = {}
    for n, (path, content) in enumerate(files):
        here = stage / str(n)
        here.write_bytes(content)
        here.chmod(0o644)
        laid[path] = here, digest(content)
    return laid


def _move(folder: Path, laid: Mapping[str, tuple[Path, str]]) -> None:
    """Into place, each at once, where something else lies there; those that got there are ours, whatever stops the others."""
    moved = {CUT_OFF: ""}
    try:
        for path, (here, made) in laid.items():
            there = folder / path
            if not there.is_file() or _is_other(there, made):
                _replace(here, there)
            moved[path] = made
        del moved[CUT_OFF]
    finally:
        before = {path: made for path, made in _ledger(folder).items() if path != CUT_OFF}
        write(folder / LEDGER, _as_json(before | moved))


def _replace(here: Path, there: Path) -> None:
    try:
        there.parent.mkdir(parents=True, exist_ok=True)
        here.replace(there)
    except OSError as error:
        raise refused(there, error) from error


def _is_other(path: Path, made: str) -> bool:
    """Whether a file lies there that is not what is to be written."""
    return path.is_file() and digest(path.read_bytes()) != made


def must_be_closed(paths: Iterable[Path]) -> None:
    """Raise OutputError for every workbook that a spreadsheet program has open: saved there later, it would undo what we write."""
    books = [path for path in paths if path.suffix.lower() == ".xlsx" and path.is_file()]
    if not books:
        return
    from fairplanner.intake.sheets.contents import locks_of

    if opened := [path for path in books if locks_of(path)]:
        raise OutputError([Problem(str(path), 0, "", "file-open", path.name) for path in opened])


def is_as_we_left_it(folder: Path, name: str) -> bool:
    """Whether a file below a folder that we write into is what we wrote last; it is not where it does not exist."""
    path = folder / name
    return path.is_file() and _ledger(folder).get(name) == digest(path.read_bytes())


def must_be_ours(folder: Path, wanted: Mapping[str, str]) -> None:
    """Raise OutputError for every file that exists and is neither as we left it nor as it is wanted (its digest)."""
    ours = _ledger(folder)
    if foreign := [name for name in sorted(wanted) if _is_foreign(folder / name, ours.get(name), wanted[name])]:
        raise OutputError([Problem(str(folder / name), 0, "", "exists") for name in foreign])


def is_written(folder: Path, name: str, content: bytes, beside: Iterable[str] = ()) -> bool:
    """Whether the last writing into a folder that came to its end wrote a file so, and these `beside` it."""
    ours = _ledger(folder)
    return CUT_OFF not in ours and ours.get(name) == digest(content) and ours.keys() >= set(beside)


def written_before(folder: Path) -> frozenset[str]:
    """Names of the files that we wrote into a folder, below it with forward slashes."""
    return frozenset(_ledger(folder)) - {CUT_OFF}


def drop_old(folder: Path, wanted: Iterable[str], stale: Callable[[str], bool]) -> list[str]:
    """Delete files that we wrote earlier, that are `stale`, no longer wanted, and as we left them; returns their names."""
    ours, kept = _ledger(folder), set(wanted)
    gone = [name for name in sorted(ours) if name != CUT_OFF and name not in kept and stale(name)]
    for name in gone:
        path = folder / name
        if path.is_file() and digest(path.read_bytes()) == ours[name]:
            path.unlink()
        del ours[name]
    if gone:
        write(folder / LEDGER, _as_json(ours))
    return gone


def _as_json(ledger: dict[str, str]) -> bytes:
    return (json.dumps(ledger, sort_keys=True, indent=0, ensure_ascii=False) + "\n").encode()


def write(path: Path, content: bytes) -> None:
    """Write to a temporary file beside it, then rename; raises OutputError with the system's reason."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> OutputError:
    """Why a file cannot be written, in the system's words."""
    if isinstance(error, PermissionError):
        return OutputError([Problem(str(path), 0, "", "open-elsewhere")])
    return OutputError([Problem(str(path), 0, "", "cannot-write", error.strerror or str(error))])


def _ledger(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _is_foreign(path: Path, ours: str | None, wanted: str) -> bool:
    if not path.is_file():
        return path.exists()
    return digest(path.read_bytes()) not in (wanted, ours)
