"""What `import` says: each edit as what it decides, and whether the rules admit it, with the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fairplanner.cli.labels import SEPARATOR
from fairplanner.report import report
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.planning import Decision
    from fairplanner.domain.programme import Programme
    from fairplanner.errors import Problem
    from fairplanner.explain.hand_made.edited_plan import Weighed
    from fairplanner.explain.hand_made.hand_posed import Finding
    from fairplanner.intake.edited.changed import Changed
    from fairplanner.intake.edited.choices_file import Edited

MOST = 12
"""Rules that would be broken, said one by one; of more their number."""
ENUMS = {"wish": "Wish", "role": "Role", "stand": "StandKind"}


class TakenIn:
    """The edits of one workbook in one language."""

    def __init__(self, programme: Programme, edited: Edited, made: Changed, w: Words) -> None:
        from fairplanner.publish.naming import Naming

        self.edited, self.made, self.w = edited, made, w
        self.naming = Naming(programme, w.lang)

    def remarks(self, told: Sequence[Problem]) -> Iterator[str]:
        """What was not read, or is so already."""
        yield from report(sorted(set(told)), self.w.lang)

    def lines(self) -> Iterator[str]:
        """How many edits there are, then each with its cell."""
        w = self.w
        yield w(
            "round_trip.said.found",
            decisions=len(self.made.ruled),
            applications=len({x.was.application_id for x in self.made.asked}),
        )
        for one in self.made.ruled:
            facts = self._of(one.decision)
            yield "  " + w(
                "round_trip.said.decision", cell=one.cell, reason=one.decision.reason, basis=one.decision.basis, **facts
            )
        for asked in self.made.asked:
            said = {"firm": self.naming.firm(asked.was.firm_id), "phase": self.naming.phase(asked.was.phase_id)}
            said |= {"reason": asked.edit.reason, "basis": asked.edit.basis}
            for key, value in asked.new.items():
                before, now = (self._value(key, v) for v in (getattr(asked.was, key), value))
                column = w(f"round_trip.column.{key}")
                yield "  " + w(
                    "round_trip.said.application", cell=asked.cells[key], column=column, was=before, now=now, **said
                )

    def weighed(self, changed: Programme, found: Weighed) -> Iterator[str]:
        """Whether it can be: with all else as it is, if others change, or not at all."""
        yield self.w(f"round_trip.said.{found.outcome}", count=len(found.findings))
        if found.outcome == "stands":
            return
        yield from self._guilty(changed, found) if found.guilty else self._findings(changed, found)

    def _findings(self, changed: Programme, found: Weighed) -> Iterator[str]:
        from fairplanner.cli.said.finding import FindingWords

        told = FindingWords(changed, self.w)
        lines = list(dict.fromkeys("  " + (self._own(x) or told.finding(x)) for x in found.findings))
        yield from lines[:MOST]
        if len(lines) > MOST:
            yield "  " + self.w("round_trip.said.more", count=len(lines))

    def _own(self, x: Finding) -> str:
        """A decision of the workbook that would not be kept, with its own cell; nothing where it is something else."""
        ours = {one.decision.decision_id: one for one in self.made.ruled}
        one = ours.get(x.violation.label) if x.violation and x.violation.rule == "decisions" else None
        return self.w("round_trip.said.decided", cell=one.cell, **self._of(one.decision)) if one else ""

    def _guilty(self, changed: Programme, found: Weighed) -> Iterator[str]:
        """The limits that meet, each of our own decisions with its cell."""
        from fairplanner.cli.labels import LabelNames

        names, ours = LabelNames(changed, self.w), {x.decision.decision_id: x for x in self.made.ruled}
        for b in found.guilty:
            if b.rule == "decisions" and b.label in ours:
                one = ours[b.label]
                yield "  " + self.w("round_trip.said.decided", cell=one.cell, **self._of(one.decision))
            else:
                label = names.label(SEPARATOR.join(part for part in b.label.split(SEPARATOR) if part != "*"))
                facts = {"rule": self.w(f"rules.{b.rule}.name"), "says": self.w(f"rules.{b.rule}.says")}
                yield "  " + self.w("round_trip.said.limit", label=label, **facts)

    def _of(self, d: Decision) -> dict[str, str]:
        who = self.naming.firm(d.firm_id) if d.firm_id else self.naming.zone(d.zone_id)
        return {"kind": self.w(f"enums.DecisionKind.{d.kind}"), "who": who, "phase": self.naming.phase(d.phase_id)}

    def _value(self, key: str, value: object) -> str:
        if key in ENUMS:
            return self.w(f"enums.{ENUMS[key]}.{value}")
        return str(value)
