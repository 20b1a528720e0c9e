"""What was seen, for the table that `python -m tests.interop` prints."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol

NOTES = "FAIRPLANNER_INTEROP_NOTES"
"""Names the file that notes are added to, one JSON list a line; without it nothing is noted."""


class Note(Protocol):
    """Notes one line of the table."""

    def __call__(self, program: str, version: str, result: str) -> None:
        """Program, its version, and what was seen."""


def noted(program: str, version: str, result: str) -> None:
    """Add one line to the notes."""
    if where := os.environ.get(NOTES):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(json.dumps([program, version, result], ensure_ascii=False) + "\n")
