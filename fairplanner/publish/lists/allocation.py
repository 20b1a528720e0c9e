"""The allocation as rows for an audience: internal sees all, the public names and booths; as XLSX, CSV or lines of text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.publish.workbooks.xlsx import Column, Grid, Kind, Look, Value, workbook
from fairplanner.rules.reckon.lists import Line, PlacesList, State

PUBLIC = (("phase", Kind.TEXT), ("section", Kind.TEXT), ("zone", Kind.TEXT), ("outcome", Kind.TEXT), ("turn", Kind.NUMBER),
          ("firm", Kind.TEXT), ("booths", Kind.COUNT))  # fmt: skip
INTERNAL = (*PUBLIC, ("policy", Kind.TEXT), ("rank", Kind.NUMBER), ("score", Kind.FIGURE), ("cutoff", Kind.FIGURE),
            ("below", Kind.TEXT), ("steps", Kind.TEXT))  # fmt: skip


class Allocation:
    """Lists of places in one language, for the office (`internal`) or for everybody."""

    def __init__(self, naming: Naming, dress: Dress, lists: tuple[PlacesList, ...], *, internal: bool) -> None:
        self.naming, self.w, self.lists, self.internal = naming, naming.say, lists, internal
        self.words = GivingWords(naming, dress)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Headers and kinds."""
        chosen = INTERNAL if self.internal else PUBLIC
        return tuple(Column(self.w(f"giving.col_{key}"), kind) for key, kind in chosen)

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """One row a firm and list: those with a place, those who wait; inside also those who do neither."""
        for found in self.lists:
            for n, line in enumerate(found.of(State.PLACED), 1):
                yield self._row(found, line, self.words.placed(self.words.standing(found).stage), n)
            for line in found.of(State.WAITING):
                yield self._row(found, line, self.w("giving.waiting"), line.turn)
            for line in found.of(State.OUT) if self.internal else ():
                yield self._row(found, line, self.w("giving.left_out"), None)

    def _row(self, found: PlacesList, line: Line, outcome: str, n: int | None) -> tuple[Value, ...]:
        section = self.naming.programme.section.get(found.section_id)
        public: tuple[Value, ...] = (
            self.naming.phase(found.phase_id), self.w.name(section) if section else "", self.naming.zone(found.zone_id), outcome, n,
            self.naming.firm(line.application.firm_id), line.booths or None,
        )  # fmt: skip
        if not self.internal:
            return public
        policy, below = self.w(f"enums.Policy.{found.policy}"), self.w("giving.below") if line.below else ""
        return (*public, policy, line.rank, line.score, found.cutoff, below, self.words.steps(line))

    def xlsx(self) -> bytes:
        """One sheet with all lists."""
        audience = self.w("giving.audience.internal" if self.internal else "giving.audience.public")
        settings = self.naming.programme.settings
        title = self.w("giving.allocation_title", programme=self.w.name(settings), audience=audience)
        note = self.w("paper.sample") if settings.sample else ""
        grid = Grid(
            self.w("giving.sheet"), f"{title} {note}".strip(), self.columns, tuple(self.rows()), self.w("paper.total")
        )
        return workbook([grid], Look("", self.w("paper.page", page="&P", pages="&N"), note), title)

    def csv(self) -> bytes:
        """The same rows as CSV in UTF-8 with a mark that spreadsheets understand."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([c.header for c in self.columns])
        writer.writerows([["" if v is None else v for v in row] for row in self.rows()])
        return out.getvalue().encode("utf-8-sig")

    def lines(self) -> Iterator[str]:
        """What the command line prints: a heading a list, then one line a firm."""
        for found in self.lists:
            booths, firms = found.booths, len(found.of(State.PLACED))
            facts = {
                "phase": self.naming.phase(found.phase_id),
                "where": self.words.where(found),
                "booths": booths,
                "firms": firms,
            }
            yield self.w("giving.line.list", **facts)
            if self.internal and (procedure := self.words.procedure(found, internal=True)):
                yield "  " + procedure
            if found.cutoff is not None:
                yield "  " + self.w("giving.cutoff", score=self.words.cutoff(found))
            yield from (f"  {text}" for text in self._firms(found))

    def _firms(self, found: PlacesList) -> Iterator[str]:
        called = self.words.placed(self.words.standing(found).stage)
        for n, x in enumerate(found.of(State.PLACED), 1):
            yield self.w("giving.line.placed", outcome=called, n=n, firm=self._firm(x), booths=x.booths) + self._inside(
                x
            )
        for x in found.of(State.WAITING):
            yield self.w("giving.line.waiting", n=x.turn, firm=self._firm(x)) + self._inside(x)
        for x in found.of(State.OUT) if self.internal else ():
            yield self.w("giving.line.out", firm=self._firm(x)) + self._inside(x)

    def _firm(self, line: Line) -> str:
        return self.naming.firm(line.application.firm_id)

    def _inside(self, line: Line) -> str:
        if not self.internal:
            return ""
        return self.w(
            "giving.line.inside", rank=line.rank, score=self.words.points(line.score), steps=self.words.steps(line)
        )
