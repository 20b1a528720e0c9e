"""One thing wrong with a plan made or edited by hand, as a sentence with its cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from fairplanner.cli.labels import SEPARATOR
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.hand_made import SheetCell
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.hand_made.hand_posed import Finding

MOST_CELLS = 8


class FindingWords:
    """Findings about one programme in one language; with `whole` every cell is named."""

    def __init__(self, programme: Programme, w: Words, *, whole: bool = False) -> None:
        from fairplanner.cli.labels import LabelNames
        from fairplanner.publish.dress import Dress
        from fairplanner.publish.wording.reasons import Reasons

        self.programme, self.w, self.whole = programme, w, whole
        self.names, self.dress = LabelNames(programme, w), Dress(w, programme.settings.currency)
        self.naming = self.names.naming
        self.reasons = Reasons(self.naming, self.dress)

    def finding(self, x: Finding) -> str:
        """The cells, and what is wrong with them."""
        return self.w("judge.finding", cells=self.cells(x.cells), says=self._says(x))

    def cells(self, cells: Sequence[SheetCell]) -> str:
        """Cells by name, the first of many."""
        if not cells:
            return self.w("judge.nowhere")
        shown = cells if self.whole else cells[:MOST_CELLS]
        sheets = [None, *(c.sheet for c in shown)]
        told = self.naming.listed(
            [str(c) if c.sheet != before else c.name for c, before in zip(shown, sheets, strict=False)]
        )
        return told if len(shown) == len(cells) else self.w("judge.cells", cells=told, count=len(cells))

    def _says(self, x: Finding) -> str:
        if x.violation is not None:
            # a part that stands for all (`*`) says nothing
            label = SEPARATOR.join(part for part in x.violation.label.split(SEPARATOR) if part != "*")
            said = self.names.broken(x.violation, label)
            return self.w("judge.broken", rule=self.w(f"rules.{x.violation.rule}.name"), says=said)
        place = x.places[0]
        who = {"firm": self.naming.firm(place.firm_id), "phase": self.naming.phase(place.phase_id)}
        return self.w("judge.of", says=self._of_place(x), **who)

    def _of_place(self, x: Finding) -> str:
        if x.reason is not None:
            return self.reasons.sentence(x.reason)
        facts = dict(x.facts)
        if x.kind == "unasked":
            closes = facts["closes"]
            key = "over" if facts["is_over"] else "open" if closes else "none"
            return self.w(f"judge.unasked.{key}", closes=self.dress.day(date.fromisoformat(closes)) if closes else "")
        said, may_be = (
            self._value(facts["field"], facts["said"]),
            [self._value(facts["field"], x) for x in facts["open"].split(";")],
        )
        return self.w(f"judge.differs.{facts['field']}", said=said, open=self.naming.listed(may_be))

    def _value(self, field: str, value: str) -> str:
        enums = {"role": "Role", "stand": "StandKind"}
        if field in enums:
            return self.w(f"enums.{enums[field]}.{value}")
        return self.names.part(value) if field in ("section", "sponsor") and value else value or self.w("judge.blank")
