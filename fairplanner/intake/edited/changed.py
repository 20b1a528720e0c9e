"""What the edits of a workbook of choices mean: decisions of people, and applications that ask for something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairplanner.domain.choices import ASKED, LOCKED, YES, Choice, ChoiceBook
from fairplanner.domain.hand_made import SheetCell
from fairplanner.domain.kinds import Confidence, DecisionKind, Role, Wish
from fairplanner.domain.planning import Application, Decision
from fairplanner.errors import Problem
from fairplanner.intake.edited.choices_file import Edit, Edited

At = tuple[str, str, str]
"""Firm, zone ('' for the other) and phase."""


@dataclass(frozen=True)
class Said:
    """Who says so: the post, the day, and how the workbook is called in the rows that are written."""

    by: str
    on: date
    stem: str
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ruled:
    """A decision and the cell that it comes from."""

    decision: Decision
    cell: SheetCell


@dataclass(frozen=True)
class Asked:
    """An application that asks for something else: before, the changed columns with their values, and the cell of each."""

    was: Application
    new: Mapping[str, Any]
    cells: Mapping[str, SheetCell]
    edit: Edit

    @property
    def now(self) -> Application:
        """The application as it is to be."""
        return self.was.model_copy(update=dict(self.new))


@dataclass
class Changed:
    """All that a workbook says: complete where there are no problems."""

    ruled: list[Ruled] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)


def changed(book: ChoiceBook, edited: Edited, said: Said) -> Changed:
    """Every edit as a decision or a changed application, or as a problem with its cell; none is passed over."""
    made = Changed(told=list(edited.told), problems=list(edited.problems))
    meaning = _Meaning(edited, said, made)
    edits = {(e.page, e.row.name): e for e in edited.edits}
    for edit in edited.edits:
        meaning.own(edit)
    groups: defaultdict[At, list[tuple[Choice, Edit | None]]] = defaultdict(list)
    for page in book.pages:
        for row, _ in page.rows:
            at = (row.firm_id, "" if row.firm_id else row.sponsor, row.phase_id)
            groups[at].append((row, edits.get((page.name, row.name))))
    for at, rows in groups.items():
        if any(edit for _, edit in rows):
            meaning.of_group(at, rows)
    meaning.number()
    made.problems = sorted(set(made.problems))
    return made


class _Meaning:
    def __init__(self, edited: Edited, said: Said, made: Changed) -> None:
        self.edited, self.said, self.made = edited, said, made
        self.found: list[tuple[SheetCell, DecisionKind, At, Edit]] = []

    def own(self, edit: Edit) -> None:
        """What one row says by itself."""
        if not edit.new:
            self.made.told.append(self._problem(edit, "reason", "told-trip-idle", edit.reason or edit.basis))
            return
        for key, text in (("reason", edit.reason), ("basis", edit.basis)):
            if not text:
                self._say(edit, key, f"trip-no-{key}")
        goes, planned = edit.now("goes") == YES, edit.new.get("planned")
        if "planned" in edit.new and planned is None and goes:
            self._say(edit, "planned", "value-missing")
        if "planned" in edit.new and planned is not None and not goes:
            self._say(edit, "planned", "trip-planned-stays", planned)
        if goes and edit.now("wish") == Wish.REFUSES:
            self._say(edit, "wish" if "wish" in edit.new else "goes", "trip-goes-refuses")
        new = self._asked(edit)
        if new and edit.row.application:
            cells = {key: edit.at[key if key in edit.new else "planned"] for key in new}
            self.made.asked.append(Asked(edit.row.application, new, cells, edit))

    def _asked(self, edit: Edit) -> dict[str, Any]:
        """Columns of the application that are to be otherwise."""
        new: dict[str, Any] = {key: edit.new[key] for key in ASKED if key in edit.new}
        planned = edit.new.get("planned")
        if planned is not None and edit.now("role") != Role.EXHIBIT:
            self._say(edit, "planned", "trip-planned-role", planned)
        elif planned is not None:
            for key in ("booths", "least_booths"):
                if new.get(key, planned) != planned:
                    self._say(edit, key, "trip-booths-differ", new[key], planned=planned)
                new[key] = planned
        wanted, least = (new.get(k, edit.row.of(k)) for k in ("booths", "least_booths"))
        is_stand = new.get("role", edit.row.of("role")) == Role.EXHIBIT
        if (
            is_stand
            and isinstance(wanted, int)
            and isinstance(least, int)
            and {"booths", "least_booths", "role"} & new.keys()
        ):
            self._booths(edit, wanted, least)
        for key in ("preference", "people"):
            if new.get(key) == 0:
                self._say(edit, key, "too-small", 0, limit=1)
        return {k: v for k, v in new.items() if v != edit.row.of(k)}

    def _booths(self, edit: Edit, wanted: int, least: int) -> None:
        key = next(k for k in ("planned", "booths", "least_booths", "role") if k in edit.new)
        if wanted < 1:
            self._say(edit, key, "too-small", wanted, limit=1)
        elif least > wanted:
            self._say(edit, key, "trip-booths-least", wanted, least=least)

    def of_group(self, at: At, rows: Sequence[tuple[Choice, Edit | None]]) -> None:
        """What all rows of one firm (or zone) at one fair say together: a decision is about the fair, not about a section."""
        before = [row.name for row, _ in rows if row.goes]
        after = [row.name for row, edit in rows if (edit.now("goes") if edit else row.of("goes")) == YES]
        edited = [edit for _, edit in rows if edit]
        turned = [e for e in edited if "goes" in e.new]
        if before and not after and turned:
            self._decide(DecisionKind.MUST_NOT, at, turned)
        elif turned:
            self._turned(at, rows, before, after, turned)
        locked = [e for e in edited if e.new.get("state") == LOCKED and "goes" not in e.new]
        stay = [e for e in locked if e.row.goes]
        if locked and (turned or len(stay) not in (0, len(locked)) or (after and not stay)):
            for edit in locked:
                self._say(edit, "state", "trip-sections-lock")
        elif locked:
            self._lock(at, rows, locked)

    def _turned(
        self, at: At, rows: Sequence[tuple[Choice, Edit | None]], before: Collection[str], after: Collection[str], turned: Sequence[Edit]
    ) -> None:  # fmt: skip
        """Who goes now and did not, or goes to another section: must-go, if no other row of it could take the place."""
        new = [e for e in turned if e.row.name not in before]
        # who only leaves a section asks for it no more; to send a firm to one section no other of its rows may be open
        names = {e.row.name for e in turned}
        others = [
            row
            for row, edit in rows
            if row.name not in after and not _refuses(row, edit) and (new or row.name in names)
        ]
        if others or (new and len(after) > 1):
            told = ", ".join(self._cell(row) for row in others)
            what = "trip-sections-two" if not others else "trip-sections" if new else "trip-sections-leave"
            for edit in turned:
                self._say(edit, "goes", what, others=told)
        elif new:
            self._decide(DecisionKind.MUST_GO, at, new)

    def _lock(self, at: At, rows: Sequence[tuple[Choice, Edit | None]], locked: Sequence[Edit]) -> None:
        """It stays as it is: a place is kept where no other row of the firm could take it."""
        if not locked[0].row.goes:
            self._decide(DecisionKind.MUST_NOT, at, locked)
        elif len(locked) > 1 or any(not _refuses(row, edit) for row, edit in rows if edit is not locked[0]):
            for edit in locked:
                self._say(edit, "state", "trip-sections-lock")
        else:
            self._decide(DecisionKind.KEEP, at, locked)

    def _cell(self, row: Choice) -> str:
        cells = self.edited.cells.get(("places" if row.firm_id else "parties", row.name), {})
        return cells["goes"].name if "goes" in cells else row.name

    def _decide(self, kind: DecisionKind, at: At, edits: Sequence[Edit]) -> None:
        edit = edits[0]
        for other in edits[1:]:
            if (other.reason, other.basis) != (edit.reason, edit.basis):
                self._say(other, "reason", "trip-reasons-differ", other.reason, first=edit.at["reason"].name)
        key = "goes" if "goes" in edit.new else "state"
        self.found.append((edit.at[key], kind, at, edit))

    def number(self) -> None:
        """Give decisions their ids in the order of the sheet."""
        n = 0
        for cell, kind, (firm_id, zone_id, phase_id), edit in sorted(
            self.found, key=lambda x: (x[3].page != "places", x[0])
        ):
            n += 1
            while f"{self.said.stem}-{n}" in self.said.taken:
                n += 1
            self.made.ruled.append(Ruled(Decision(
                decision_id=f"{self.said.stem}-{n}", kind=kind, firm_id=firm_id, zone_id=zone_id, phase_id=phase_id, by=self.said.by,
                on=self.said.on, reason=edit.reason or "-", basis=edit.basis or "-", source=f"{self.edited.file} {cell}",
                confidence=Confidence.USER,
            ), cell))  # fmt: skip

    def _say(self, edit: Edit, key: str, what: str, value: object = "", **facts: object) -> None:
        self.made.problems.append(self._problem(edit, key, what, value, **facts))

    def _problem(self, edit: Edit, key: str, what: str, value: object = "", **facts: object) -> Problem:
        at = edit.at.get(key) or next(iter(edit.at.values()))
        where = f"{self.edited.file}[{at.sheet}]"
        return Problem(where, at.row, at.name, what, str(value), tuple(sorted((k, str(v)) for k, v in facts.items())))


def _refuses(row: Choice, edit: Edit | None) -> bool:
    """Whether a row cannot take the place of another of its firm."""
    if row.application is None or row.lock:
        return row.application is None or not row.goes
    wish = edit.now("wish") if edit else row.of("wish")
    return wish == Wish.REFUSES or row.application.state.is_out
