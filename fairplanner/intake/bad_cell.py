"""What a cell that cannot be understood raises, and the years that dates may lie in."""

from __future__ import annotations

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Dates outside these years are slips of the keyboard: no fair of a catalogue is older, no plan reaches further."""


class BadCellError(Exception):
    """A cell that cannot be understood: the key of the sentence and the facts it needs."""

    def __init__(self, what: str, **facts: str) -> None:
        self.what, self.facts = what, tuple(sorted(facts.items()))
        super().__init__(what)
