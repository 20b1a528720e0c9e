"""The page 设置 of a workbook: what a programme is called, its days and its root, for whoever never opens programme.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from fairplanner.domain.settings import Settings
from fairplanner.errors import Problem
from fairplanner.intake import cells
from fairplanner.intake.bad_cell import BadCellError
from fairplanner.intake.sheet import Cell, bare, is_blank, plain
from fairplanner.intake.sheets.raw import RawPage
from fairplanner.intake.suggest import nearest
from fairplanner.words import languages, words

READERS: Mapping[str, Callable[[Cell], Any]] = {
    "id": cells.code,
    "name_zh": cells.words_of,
    "name_en": cells.words_of,
    "root": cells.words_of,
    "window_from": cells.day,
    "window_to": cells.day,
    "as_of": cells.day,
    "revision": cells.whole,
    "currency": cells.currency,
    "sample": cells.yes_no,
    "invite": cells.yes_no,
}
"""Settings that the page may hold, in order, and how their cells are understood; all others stand in programme.toml."""


@dataclass(frozen=True)
class Stated:
    """One setting as a page states it, and the cell it stands in: file and page, row, label."""

    key: str
    value: Any
    file: str
    row: int
    label: str

    def problem(self, what: str, value: object, **facts: str) -> Problem:
        """A problem with that cell."""
        return Problem(self.file, self.row, self.label, what, cells.shown(str(value)), tuple(sorted(facts.items())))


def is_settings(title: str) -> bool:
    """Whether a page of that title holds settings."""
    return plain(title) in {
        plain(name) for lang in languages() for name in words(lang)("settings_page.titles").split("|")
    }


def stated(page: RawPage, where: str, problems: list[Problem]) -> Iterator[Stated]:
    """What a page states: a label, and beside it the value; blank ones are left to programme.toml. Problems are appended."""
    if page.refused:
        problems.append(page.refused)
        return
    for number, row in page.rows:
        filled = [at for at, cell in enumerate(row) if not is_blank(cell)]
        if not filled or (key := _key(row[filled[0]])) == "-":
            continue
        label, value = cells.shown(row[filled[0]]), row[filled[0] + 1] if len(row) > filled[0] + 1 else None
        if not key:
            if not is_blank(value):
                problems.append(_unknown(where, number, label))
        elif not is_blank(value):
            try:
                yield Stated(key, READERS[key](value), where, number, label)
            except BadCellError as bad:
                problems.append(Problem(where, number, label, bad.what, cells.shown(value), bad.facts))


def joined(given: dict[str, Any], told: Sequence[Stated], problems: list[Problem]) -> dict[str, Any]:
    """What programme.toml gives, and what pages state besides; where they contradict one another it is a problem."""
    found: dict[str, Any] = {}
    for one in told:
        other = given.get(one.key, found.get(one.key, one.value))
        if other != one.value:
            problems.append(one.problem("setting-twice", one.value, other=cells.shown(str(other))))
        found[one.key] = one.value
    return given | found


def placed(problems: Sequence[Problem], told: Sequence[Stated], file: str) -> list[Problem]:
    """Problems with settings of programme.toml (`file`) at the cells in which pages state them; all others as they are."""
    at = {(file, one.key): one for one in told}
    moved = ((p, at.get((p.file, p.column))) for p in problems)
    return [replace(p, file=one.file, row=one.row, column=one.label) if one else p for p, one in moved]


def with_root(settings: Settings, names: Mapping[str, Sequence[str]]) -> Settings:
    """Settings whose root is a zone's id, where it was given by the name of one zone; `names` of each zone id."""
    if settings.root in names:
        return settings
    found = [zone for zone, known in names.items() if plain(settings.root) in {plain(name) for name in known}]
    return settings.model_copy(update={"root": found[0]}) if len(found) == 1 else settings


@cache
def _labels() -> Mapping[str, str]:
    said = {lang: words(lang) for lang in languages()}
    known = {bare(w(f"settings_page.{key}")): key for w in said.values() for key in READERS}
    return {bare(key): key for key in READERS} | known | {bare(w("settings_page.head")): "-" for w in said.values()}


def _key(cell: Cell) -> str:
    """The setting that a label names; '-' for the header of the page, '' for anything else."""
    return _labels().get(bare(str(cell)), "")


def _unknown(where: str, number: int, label: str) -> Problem:
    said = [w(f"settings_page.{key}") for w in map(words, languages()) for key in READERS]
    near = nearest(label, said)
    return Problem(
        where,
        number,
        label,
        "setting-unknown-near" if near else "setting-unknown",
        label,
        (("near", near),) if near else (),
    )
