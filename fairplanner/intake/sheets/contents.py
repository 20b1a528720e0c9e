"""Bytes of a file and what kind they are; nothing is read that is too big, open elsewhere or of a program we do not read."""

from __future__ import annotations

from pathlib import Path

from fairplanner.errors import Problem

BIGGEST_FILE = 50_000_000
"""Bytes; a table of half a million rows is smaller."""
BOOKS = (".xlsx", ".xlsm", ".xls")
TEXTS = (".csv", ".tsv", ".txt")
OLD_FORMATS = (".et", ".ett", ".ods", ".numbers", ".xlsb", ".wps")
"""What must be saved as XLSX first."""
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta")


def content_of(path: Path, name: str, problems: list[Problem], biggest: int = BIGGEST_FILE) -> bytes | None:
    """The bytes of a file; None, with a problem, if it cannot be opened or is too big."""
    try:
        if path.stat().st_size > biggest:
            problems.append(
                Problem(name, 0, "", "file-big", str(path.stat().st_size), (("limit", str(biggest // 1_000_000)),))
            )
            return None
        return path.read_bytes()
    except PermissionError as error:
        what = "file-open" if locks_of(path) else "file-closed"
        problems.append(Problem(name, 0, "", what, path.name if what == "file-open" else error.strerror or ""))
    except OSError as error:
        problems.append(Problem(name, 0, "", "file-closed", error.strerror or ""))
    return None


def locks_of(path: Path) -> list[Path]:
    """The files beside it by which WPS (`.~name`), Excel (`~$name`) or LibreOffice (`.~lock.name#`) say that it is open."""
    # of a long name the first two letters give way to the mark
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#", f".~{path.name}")
    return [lock for name in names if (lock := path.with_name(name)).is_file()]


def is_lock(path: Path) -> bool:
    """Whether a file is such a mark, or hidden; no table is either."""
    return path.name.startswith((".", "~$"))


def decoded(content: bytes) -> str | None:
    """Text in UTF-8, UTF-16 with its mark, or GB18030; None if it is none of them or not text at all."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def is_markup(content: bytes) -> bool:
    """Whether a file is a web page, as web services like to call XLS."""
    return content[:500].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP)
