"""A plan's choices as a workbook shows them: one row a place asked for and one a delegation, what may be changed and what is locked."""

from __future__ import annotations

from dataclasses import dataclass, field

from fairplanner.domain.plan import Participation
from fairplanner.domain.planning import Application

PLACES, PARTIES = "places", "parties"
YES, NO = "yes", "no"
OPEN, LOCKED = "open", "locked"
NOTES = ("reason", "basis")
"""Columns that say why something was changed; they change nothing themselves."""
ASKED = ("wish", "role", "stand", "booths", "least_booths", "preference", "people")
"""Columns of an application that may be changed."""

Given = str | int | None
"""What an open cell holds: a value of a closed list, a number, a text, nothing."""


@dataclass(frozen=True)
class Choice:
    """One row. `values`: what stands in its open columns (`goes`: YES or NO, `state`: OPEN or LOCKED, `planned`: booths given).

    `name` is unique on its page: an application's id, or sponsor and phase. `lock`: why nothing of it may be changed here
    (settled, approved, decided; '' where it may) and `about`: ids of the decisions or numbers of the permits that say so.
    """

    name: str
    phase_id: str
    firm_id: str = ""
    section_id: str = ""
    sponsor: str = ""
    values: tuple[tuple[str, Given], ...] = ()
    lock: str = ""
    about: tuple[str, ...] = ()
    place: Participation | None = None
    application: Application | None = None

    @property
    def goes(self) -> bool:
        """Whether the plan sends it."""
        return self.of("goes") == YES

    def of(self, key: str) -> Given:
        """What stands in an open column; None where the row has no such cell."""
        return dict(self.values).get(key)

    @property
    def open(self) -> tuple[str, ...]:
        """Columns that may be changed in this row."""
        return () if self.lock else tuple(key for key, _ in self.values)


@dataclass(frozen=True)
class ChoiceColumn:
    """`kind`: text, count, money, figure, choice or note. `words`: the drop-down; `accepts`: what a cell may say, plain, with its value."""

    key: str
    header: str
    kind: str = "text"
    words: tuple[str, ...] = ()
    accepts: tuple[tuple[str, str], ...] = ()


Shown = str | int | float | None


@dataclass(frozen=True)
class ChoicePage:
    """A sheet: each row with its cells as they are shown, in the order of the columns."""

    name: str
    title: str
    columns: tuple[ChoiceColumn, ...]
    rows: tuple[tuple[Choice, tuple[Shown, ...]], ...]


@dataclass(frozen=True)
class ChoiceBook:
    """All sheets of one plan in one language. `plan`: the mark of the plan; `mark`: that of everything shown, 16 digits each."""

    lang: str
    plan: str
    pages: tuple[ChoicePage, ...]
    mark: str = field(default="")
