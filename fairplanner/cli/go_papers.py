"""The office papers of a plan in a folder of their own; those of an earlier plan that nobody owes any more are taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme


def write_papers(programme: Programme, plan: Plan, out: Path, lang: str, *, replace: bool) -> int:
    """Every paper that the plan owes, in the dress of its language; returns how many files there are."""
    from fairplanner.cli.files import drop_old, write_all
    from fairplanner.publish.office.desk import Desk
    from fairplanner.publish.office.dressing import manner_of
    from fairplanner.publish.office.files import files
    from fairplanner.publish.office.owed import owed
    from fairplanner.publish.overlay import overlay
    from fairplanner.publish.press import Press

    desk = Desk(Press(programme, plan, lang))
    with overlay(None) as templates:
        made = [(str(p.path), p.content) for _, p in files(desk, owed(desk, (), ""), manner_of(lang), templates)]
    write_all(out, made, replace=replace)
    drop_old(out, (name for name, _ in made), lambda _: True)
    return len(made)
