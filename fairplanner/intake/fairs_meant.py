"""Which phase a text in somebody's sheet means: by its id, or by any name of its fair with edition and phase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.intake.fair_names import FairNames
from fairplanner.intake.heading import plain
from fairplanner.intake.suggest import nearest


@dataclass(frozen=True)
class FairMeant:
    """Phases that a text may mean, in order of their days; none where it names no fair, then perhaps the name most like it."""

    phase_ids: tuple[str, ...]
    near: str = ""


class FairsMeant:
    """Texts to phases of one programme; equal texts are understood once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._names = FairNames(programme)
        self._ids = {plain(q.phase_id): q.phase_id for q in programme.phases}
        self._fairs = {plain(f.fair_id): f.fair_id for f in programme.fairs}
        self._inside = {q.phase_id for q in programme.in_window()}
        self._known: dict[str, FairMeant] = {}

    def __call__(self, text: str, edition: str = "", phase: str = "") -> FairMeant:
        """What a fair's name means, with what stands in columns of their own for edition and phase.

        Where phases of the programme's window fit, the others are left out.
        """
        whole = " ".join(filter(None, (text, _as_edition(edition), _as_phase(phase))))
        if whole not in self._known:
            self._known[whole] = self._meant(text, whole)
        return self._known[whole]

    def is_name(self, text: str) -> bool:
        """Whether a text is, as a whole, what a fair is called."""
        return plain(text) in self._called

    @cached_property
    def _called(self) -> frozenset[str]:
        return frozenset(plain(x) for f in self.programme.fairs for x in (f.name_zh, f.name_en, *f.aliases) if x)

    def _meant(self, text: str, whole: str) -> FairMeant:
        if (own := self._ids.get(plain(text))) is not None:
            return FairMeant((own,))
        if (fair_id := self._fairs.get(plain(text))) is not None:
            return FairMeant(self._in_window(self._names.stated([fair_id], whole)))
        fair_ids, is_named = self._names.fairs(text)
        if not is_named:
            return FairMeant((), self._near(text, fair_ids))
        return FairMeant(self._in_window(self._names.stated(fair_ids, whole)))

    def _in_window(self, rows: Sequence[Phase]) -> tuple[str, ...]:
        inside = [q for q in rows if q.phase_id in self._inside]
        return tuple(q.phase_id for q in sorted(inside or rows, key=lambda q: (q.start or date.max, q.phase_id)))

    def _near(self, text: str, fair_ids: Sequence[str]) -> str:
        fairs = [self.programme.fair[fair_id] for fair_id in fair_ids]
        named = [name for fair in fairs for name in (fair.name_zh, fair.name_en, *fair.aliases) if name]
        return nearest(text, named or self._all_names)

    @cached_property
    def _all_names(self) -> list[str]:
        fairs = {self.programme.phase[q].fair_id for q in self._inside}
        rows = [self.programme.fair[fair_id] for fair_id in sorted(fairs)]
        return [name for fair in rows for name in (fair.name_zh, fair.name_en, *fair.aliases, fair.fair_id) if name]


def _as_edition(text: str) -> str:
    """A number alone in a column for the edition: 137 is the 137th, 2025 the year."""
    number = text.strip()
    if not number.isdecimal():
        return text
    return f"第{number}届" if int(number) < 1000 else number


def _as_phase(text: str) -> str:
    """A number alone in a column for the phase."""
    return f"第{text.strip()}期" if text.strip().isdecimal() else text
