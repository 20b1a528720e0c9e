"""Cells that name a fair or a phase instead of giving its id: 广交会, 第137届广交会第一期 become `canton`, `canton-137-1`."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from fairplanner.domain.programme import Programme
from fairplanner.domain.settings import Settings
from fairplanner.errors import Problem
from fairplanner.intake.fair_names import FairNames, states
from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.naming import Tables, put_ids
from fairplanner.intake.rows import Placed


def name_fairs(tables: Tables, settings: Settings | None, told: list[Problem] | None = None) -> list[Problem]:
    """Put ids in place of names, in the rows of all tables; the problems of names that fit several.

    `told` gathers which names were taken for which ids.
    """
    problems = list(put_ids(tables, "fairs", "fair-several", _Names(tables, settings).fairs, told))
    if not tables["phases"].unsure:
        # fairs that phases named are known by their ids from here on
        problems += put_ids(tables, "phases", "phase-several", _Names(tables, settings).phases, told)
    return problems


class _Names:
    """What the fairs and phases of one programme are called; laid out once a name asks for it, for most programmes use none."""

    def __init__(self, tables: Tables, settings: Settings | None) -> None:
        self.tables, self.settings = tables, settings
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    @cached_property
    def programme(self) -> Programme:
        """As much of the programme as its fairs are known by."""
        names = ("fairs", "phases", "places", "territories")
        rows = {name: tuple(p.row for p in self.tables[name].rows.values()) for name in names}
        every_day: dict[str, Any] = {"window_from": date.min, "window_to": date.max}
        held: dict[str, Any] = {"settings": self.settings or Settings.model_construct(None, **every_day), **rows}
        return Programme.model_construct(None, **held)

    @cached_property
    def _names(self) -> FairNames:
        return FairNames(self.programme)

    @cached_property
    def _meant(self) -> FairsMeant:
        return FairsMeant(self.programme)

    def fairs(self, text: str, _placed: Placed) -> tuple[str, ...]:
        """Fairs that a text may mean."""
        if (text, "") not in self._found:
            fairs, is_named = self._names.fairs(text)
            self._found[text, ""] = self._exact(text) or (fairs if is_named else ())
        return self._found[text, ""]

    def phases(self, text: str, placed: Placed) -> tuple[str, ...]:
        """Phases that a text may mean; one without its fair (第一期) is one of the row's own fair."""
        fair_id = getattr(placed.row, "fair_id", "")
        if (text, fair_id) not in self._found:
            self._found[text, fair_id] = self._phases_of(text, fair_id)
        return self._found[text, fair_id]

    def _phases_of(self, text: str, fair_id: str) -> tuple[str, ...]:
        _, is_named = self._names.fairs(text)
        if fair_id and not is_named and states(text):
            name = next((f.name_zh for f in self.programme.fairs if f.fair_id == fair_id), "")
            return self._meant(f"{name} {text}").phase_ids if name else ()
        found = self._meant(text).phase_ids
        own = tuple(q for q in found if not fair_id or self.programme.phase[q].fair_id == fair_id)
        return own or found

    def _exact(self, text: str) -> tuple[str, ...]:
        """Fairs that are called so as a whole: 春季广交会 may stand inside another fair's longer name."""
        rows = self.programme.fairs
        return tuple(
            f.fair_id for f in rows if text.casefold() in {n.casefold() for n in (f.name_zh, f.name_en, *f.aliases)}
        )
