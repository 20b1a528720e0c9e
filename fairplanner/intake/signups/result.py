"""What collecting came to."""

from __future__ import annotations

from dataclasses import dataclass

from fairplanner.domain.planning import Application, Firm
from fairplanner.errors import Problem


@dataclass(frozen=True)
class Collected:
    """Rows for the programme's tables, sorted by key, none of which the programme has already.

    `problems` must be put right first (what they are about is in no row), `told` is what was done that a planner may want to
    know, `open` what was left as it is for a person to settle. `mapping` is the whole text of a new mapping.toml ('' where the
    folder has one), `further` that of mapping.new.toml with the titles that mapping.toml does not have ('' for none).
    """

    firms: tuple[Firm, ...] = ()
    applications: tuple[Application, ...] = ()
    problems: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()
    open: tuple[Problem, ...] = ()
    files: int = 0
    pages: int = 0
    mapping: str = ""
    further: str = ""
