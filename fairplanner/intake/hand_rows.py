"""Rows of a hand-made sheet to places: which firm, which fairs, how many booths; each cell that is not understood is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from fairplanner.domain.hand_made import HandPlace
from fairplanner.domain.programme import Programme
from fairplanner.errors import Problem
from fairplanner.intake.cells import BadCellError, shown, words_of
from fairplanner.intake.fair_names import states
from fairplanner.intake.fairs_meant import FairsMeant
from fairplanner.intake.firms_meant import FirmsMeant
from fairplanner.intake.grid import Row
from fairplanner.intake.hand_details import Details, read_details
from fairplanner.intake.hand_line import HandLine
from fairplanner.intake.hand_marks import Mark, mark_of
from fairplanner.intake.heading import Heading, plain, text_of
from fairplanner.intake.sheet import is_blank
from fairplanner.intake.sheets.asides import is_alone, is_group, is_remark, is_total, is_unit
from fairplanner.words import languages, words

Found: TypeAlias = HandPlace | Problem
Across: TypeAlias = Mapping[int, tuple[str, ...]]
"""Places of a row with the phases that their header may mean."""
SAID = ("booths", "fair", "firm", "role", "section", "sponsor", "stand")
MOST_NAMED = 6


def is_listed(row: Row, heading: Heading) -> bool:
    """Whether a row is about a firm: not a total, a remark below the list, units below the header, or the header once more."""
    cells = row[1]
    if all(is_unit(text_of(c)) for c in cells if not is_blank(c)):
        return False
    first = next((text_of(c) for c in cells if not is_blank(c)), "")
    # a firm may be called 合计科技; a line that says nothing else begins as a total or a remark does
    if is_total(cells) or is_remark(cells) or (is_alone(cells) and plain(first).startswith(_ends())):
        return False
    return [text_of(c) for c in cells[: len(heading.headers)]] != list(heading.headers)


@lru_cache(maxsize=1)
def _ends() -> tuple[str, ...]:
    return tuple(plain(x) for lang in languages() for x in words(lang)("handmade.ends").split("|"))


class HandReader:
    """Reads rows against one programme."""

    def __init__(self, file: str, programme: Programme) -> None:
        self.file, self.programme = file, programme
        self.fairs, self.firms = FairsMeant(programme), FirmsMeant(programme)
        self._asked: dict[str, set[str]] = {}
        for a in programme.applications:
            self._asked.setdefault(a.firm_id, set()).add(a.phase_id)

    def across(self, heading: Heading) -> Across:
        """Columns whose header names a fair; one that states only edition or phase does with what stands above it."""
        found = {}
        for at, header in enumerate(heading.headers):
            if not header or at in heading.at.values():
                continue
            over = [x for row in reversed(heading.above) for x in _over(row, at)] if states(header) else []
            texts = [header, *(f"{text} {header}" for text in over if text and text != header)]
            if meant := next((ids for text in texts if (ids := self.fairs(text).phase_ids)), ()):
                found[at] = meant
        return found

    def titled(self, title: str, heading: Heading) -> tuple[str, ...]:
        """The phases that a sheet's title rows, or its own title, may mean."""
        over = [text for _, cells in reversed(heading.above) for text in dict.fromkeys(map(text_of, cells)) if text]
        return next((ids for text in (*over, title) if text and (ids := self.fairs(text).phase_ids)), ())

    def of_matrix(self, sheet: str, heading: Heading, rows: Sequence[Row], fairs: Across) -> Iterator[Found]:
        """A place for each cell under a fair that sends a firm there.

        Where no number above 1 stands alone in a cell, a 1 is a mere tick.
        """
        lines = [HandLine(self.file, sheet, heading, row) for row in rows]
        marks = [{at: mark_of(cell) for at in fairs if not is_blank(cell := line.cell_at(at))} for line in lines]
        counts = any(m.is_bare and (m.booths or 0) > 1 for own in marks for m in own.values())
        for line, own in zip(lines, marks, strict=True):
            going = {at: mark for at, mark in own.items() if mark.goes is not False}
            firm_id = self._firm(line) if going else ""
            if isinstance(firm_id, Problem):
                yield firm_id
                continue
            for at, mark in going.items():
                yield self._marked(line, firm_id, at, mark if counts or not mark.is_bare else Mark(True), fairs[at])

    def _marked(self, line: HandLine, firm_id: str, at: int, mark: Mark, phases: Sequence[str]) -> Found:
        if mark.goes is None:
            return line.problem_at(at, "hand-mark", shown(line.cell_at(at)))
        phase_id = self._one(phases, firm_id)
        if not phase_id:
            return line.problem_at(at, "hand-fair-several", line.heading.headers[at], _listed(phases))
        cell = line.place_at(at)
        cells = (("booths", cell), ("fair", cell), ("firm", line.place("firm", "code")))
        return HandPlace(firm_id, phase_id, cell, booths=mark.booths, cells=cells)

    def of_rows(self, sheet: str, heading: Heading, rows: Sequence[Row], titled: Sequence[str] = ()) -> Iterator[Found]:
        """A place for each fair that a row names, or of the phase that a list is about (`titled`), unless the firm stays."""
        for row in rows:
            if (named := self._group(row, heading)) is not None:
                titled = named or titled
                continue
            line = HandLine(self.file, sheet, heading, row)
            goes = mark_of(line.cell("goes")) if line.has("goes") else Mark(True)
            if goes.goes is None:
                yield line.problem("goes", "hand-mark", line.text("goes"))
            elif goes.goes:
                yield from self._row(line, titled)

    def _group(self, row: Row, heading: Heading) -> Sequence[str] | None:
        """The phases that a line over a group of rows names, none where it names something else; None for a row of the list."""
        cells = row[1]
        if not is_alone(cells):
            return None
        place, text = next((at, text_of(c)) for at, c in enumerate(cells) if not is_blank(c))
        if isinstance(self.firms(text, text), str):
            return None
        named = self.fairs(text).phase_ids
        # in a list of nothing but firms every row has one text, and one under the fair's header is a row that lacks its firm
        if named and (is_group(cells) or (len(heading.at) > 1 and place != heading.at.get("fair"))):
            return named
        return () if is_group(cells) else None

    def _row(self, line: HandLine, titled: Sequence[str]) -> Iterator[Found]:
        names = self._firms(str(line.cell("firm") or ""))
        if len(names) > 1 and (line.has("booths") or line.has("area")):
            yield line.problem("firm", "hand-firms-booths", line.text("firm"))
            return
        for name in names:
            yield from self._of_firm(line, name, titled)

    def _firms(self, text: str) -> list[str]:
        """Several firms in one cell, as far as they are not one firm's name."""
        if isinstance(self.firms("", text), str):
            return [""]
        parts, lines = ([part for part in _split(text, marks) if part] for marks in ("、；;\n", "\n"))
        # a name may be broken into lines
        is_one = len(parts) == len(lines) and not all(isinstance(self.firms("", x), str) for x in lines)
        return parts if len(parts) > 1 and not is_one else [""]

    def _of_firm(self, line: HandLine, name: str, titled: Sequence[str]) -> Iterator[Found]:
        firm_id = self._firm(line, name)
        firm = firm_id if isinstance(firm_id, str) else ""
        phases = list(self._phases(line, firm, titled))
        wrong = [x for x in (firm_id, *phases) if isinstance(x, Problem)]
        for phase_id in phases:
            if isinstance(phase_id, str):
                details = read_details(line, self.programme, phase_id)
                wrong += details.problems
                if firm and not details.problems:
                    yield _place(line, firm, phase_id, details)
        yield from dict.fromkeys(wrong)

    def _firm(self, line: HandLine, one: str = "") -> str | Problem:
        try:
            code, name, zone = (words_of(line.cell(f)) if line.has(f) else "" for f in ("code", "firm", "zone"))
            name = one or name
        except BadCellError as bad:
            field = "code" if line.has("code") else "firm"
            return line.problem(field, bad.what, line.text(field))
        found = self.firms(code, name, zone)
        return found if isinstance(found, str) else line.problem(found.column, found.what, found.value, found.facts)

    def _phases(self, line: HandLine, firm_id: str, titled: Sequence[str]) -> Iterator[str | Problem]:
        text = line.text("fair")
        if not text and not titled:
            yield line.problem("fair", "hand-fair-blank")
        elif not text:
            one = self._one(titled, firm_id)
            yield one or line.problem("firm", "hand-fair-several", line.text("firm"), _listed(titled))
        else:
            for part in self._parts(str(line.cell("fair")).strip()):
                yield self._named(line, part, firm_id)

    def _parts(self, text: str) -> list[str]:
        """Several fairs in one cell, as far as they are not one fair's name."""
        parts = [part for part in _split(text, "、；;") if part]
        if len(parts) > 1 and not self.fairs.is_name(text):
            return parts
        # commas and breaks of lines also stand within names, so what stands between them counts only if each part is a fair
        parts = [part for part in _split(text, ",，\n") if part]
        known = len(parts) > 1 and all(self.fairs(part).phase_ids for part in parts)
        return parts if known else [text_of(text)]

    def _named(self, line: HandLine, text: str, firm_id: str) -> str | Problem:
        meant = self.fairs(text, line.text("edition"), line.text("phase"))
        if not meant.phase_ids:
            facts = (("near", meant.near),) if meant.near else ()
            return line.problem("fair", "hand-fair-near" if meant.near else "hand-fair", text, facts)
        one = self._one(meant.phase_ids, firm_id)
        return one or line.problem("fair", "hand-fair-several", text, _listed(meant.phase_ids))

    def _one(self, phases: Sequence[str], firm_id: str) -> str:
        """The one phase that is meant; of several the only one for which the firm has applied; '' where that is open."""
        if len(phases) == 1:
            return phases[0]
        asked = [q for q in phases if q in self._asked.get(firm_id, ())]
        return asked[0] if len(asked) == 1 else ""


def _over(row: Row, at: int) -> list[str]:
    """What stands in a place of a row; where it is blank, what the row begins with (a title that was not merged)."""
    cells = row[1]
    own = text_of(cells[at]) if at < len(cells) else ""
    return [own or next((text_of(c) for c in cells if not is_blank(c)), "")]


def _place(line: HandLine, firm_id: str, phase_id: str, d: Details) -> HandPlace:
    cells = {f: line.place(f) for f in SAID if line.has(f)}
    cells.setdefault("firm", line.place("firm", "code"))
    if line.has("area") and "booths" not in cells:
        cells["booths"] = line.place("area")
    where = line.place("fair", "firm", "code") if line.has("fair") else line.place("firm", "code")
    return HandPlace(
        firm_id, phase_id, where, d.section_id, d.role, d.stand, d.booths, d.sponsor, tuple(sorted(cells.items()))
    )


def _split(text: str, marks: str) -> list[str]:
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return [" ".join(part.split()) for part in text.split(marks[0])]


def _listed(phases: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return (("phases", ", ".join(phases[:MOST_NAMED])),)
