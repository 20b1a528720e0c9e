"""The files of a folder of sign-ups to pages; what is no table is told of, for somebody signed up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fairplanner.domain.signup_form import MARK
from fairplanner.errors import Problem
from fairplanner.intake.sheet import plain
from fairplanner.intake.sheets.contents import BOOKS, OLD_FORMATS, TEXTS, is_lock, locks_of
from fairplanner.intake.sheets.pages import pages_of
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.intake.table_pages import README_SHEETS

MOST_ROWS = 100_000
"""Rows of one page of sign-ups; twenty times what a province collects in a year."""


@dataclass(frozen=True)
class SignupPage:
    """One page that holds something. `where` is what it is called in problems, `names` what it, its file and its folders are
    called, nearest first; `beside` are the hidden pages of the same workbook."""

    where: str
    names: tuple[str, ...]
    raw: RawPage
    beside: tuple[RawPage, ...] = ()


@dataclass
class Files:
    """What was found in a folder."""

    pages: list[SignupPage]
    problems: list[Problem]
    told: list[Problem]
    open: list[Problem]
    count: int = 0

    def add(self, other: Files) -> None:
        """What another folder holds, behind what this one does."""
        self.pages += other.pages
        self.problems += other.problems
        self.told += other.told
        self.open += other.open
        self.count += other.count


def read_files(folder: Path, known: Callable[[str], str]) -> Files:
    """Every page of every table below a folder, in order of their names; `known` says whether a text is a title. Raises nothing."""
    found = Files([], [], [], [])
    for path in _paths(folder):
        name = path.relative_to(folder.parent).as_posix()
        if path.suffix.lower() not in (*TEXTS, *BOOKS, *OLD_FORMATS):
            found.open.append(Problem(name, 0, "", "signup-no-table", path.suffix))
            continue
        found.count += 1
        pages = pages_of(path, name, MOST_ROWS, known=known)
        if isinstance(pages, Problem):
            found.problems.append(pages)
            continue
        if locks_of(path):
            found.told.append(Problem(name, 0, "", "told-open"))
        found.pages += _pages(path, folder, name, pages, found)
    return found


def is_ours(page: RawPage) -> bool:
    """Whether a page is a part of our own form."""
    first = page.rows[0][1] if page.rows else []
    return bool(first) and isinstance(first[0], str) and first[0].strip() == MARK


def _paths(folder: Path) -> list[Path]:
    """Files below a folder that one sees, by their path."""
    paths = [p for p in folder.rglob("*") if p.is_file() and not is_lock(p)]
    seen = [p for p in paths if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    return sorted(seen, key=lambda p: p.relative_to(folder).as_posix())


def _pages(path: Path, folder: Path, name: str, pages: list[RawPage], found: Files) -> Iterator[SignupPage]:
    hidden = tuple(page for page in pages if page.hidden)
    names = (path.stem, *(x.name for x in path.relative_to(folder).parents if x.name))
    for page in pages:
        where = f"{name}[{page.title}]" if page.title else name
        if page.refused:
            found.problems.append(page.refused)
        elif page.hidden and len(hidden) < len(pages):
            if not is_ours(page):
                found.told.append(Problem(where, 0, "", "told-hidden-sheet"))
        elif page.rows and plain(page.title) not in README_SHEETS:
            yield SignupPage(where, tuple(filter(None, (page.title, *names))), page, hidden)
