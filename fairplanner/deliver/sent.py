"""What became of every message of an outbox: a log beside it, so that no message goes out twice, whatever happened.

One line a fact, written through to the disk: `trying` just before a message is handed over, then `sent` or `refused`. A
`trying` that nothing follows is a message that may or may not have arrived. Addresses are not kept: a message is known
by a hash.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from fairplanner.errors import OutputError, Problem

LOG = "sent.jsonl"
TRYING, SENT, REFUSED = "trying", "sent", "refused"


class SentLog:
    """The log of one outbox; as a context manager it is open for writing, by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG
        self._states = dict(_lines(self.path))
        self._file: int | None = None

    def state(self, key: str) -> str:
        """The last that is known of a message; '' where it was never tried."""
        return self._states.get(key, "")

    def note(self, key: str, state: str, at: datetime, **facts: Any) -> None:
        """Write down what became of a message before anything else happens."""
        if self._file is None:
            raise ValueError("the log is not open")
        line = json.dumps(
            {"key": key, "state": state, "at": at.isoformat(), **facts}, ensure_ascii=False, sort_keys=True
        )
        os.write(self._file, line.encode() + b"\n")
        os.fsync(self._file)
        self._states[key] = state

    def __enter__(self) -> SentLog:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            self._file = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise OutputError([Problem(str(self.path), 0, "", "cannot-write", error.strerror or str(error))]) from error
        if not _locked(self._file):
            os.close(self._file)
            raise OutputError([Problem(str(self.path), 0, "", "send-busy")])
        self._states = dict(_lines(self.path))
        if (content := self.path.read_bytes()) and not content.endswith(b"\n"):
            os.write(self._file, b"\n")
        _keep_name(self.path.parent)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lines(path: Path) -> list[tuple[str, str]]:
    """Key and state of every whole line; one that a crash cut short was not yet followed by anything."""
    try:
        content = path.read_bytes()
    except OSError:
        return []
    found = []
    for line in content.split(b"\n"):
        try:
            told = json.loads(line)
            found.append((str(told["key"]), str(told["state"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _locked(file: int) -> bool:
    """Take the log for this process; the system gives it back when the process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # a byte that is never written: what is locked cannot be read there
            os.lseek(file, 1 << 30, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _keep_name(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is; Windows opens no folders."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
