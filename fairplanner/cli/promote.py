"""`fairplanner promote-next PLAN PHASE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairplanner.cli.amending import act_of, options, run
from fairplanner.cli.door import errors_at_the_door, verb
from fairplanner.words import Words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "promote-next")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.argument("phase")
    @click.option("--section", default="", help=w("cli.amend.section"))
    @click.option("--zone", default="", help=w("cli.amend.zone"))
    @click.option("--firm", default="", help=w("cli.amend.firm"))
    @options(w)
    def promote(plan: Path, phase: str, section: str, zone: str, firm: str, lang: str, **told: Any) -> None:
        with errors_at_the_door(lang):
            _promote(plan, phase, lang, section=section, zone=zone, firm=firm, **told)

    return promote


def _promote(
    path: Path,
    phase: str,
    lang: str,
    *,
    section: str,
    zone: str,
    firm: str,
    out: Path | None,
    replace: bool,
    **told: Any,
) -> None:
    """Write the plan with the next on the reserve list in the free place; where no order is published, with the firm named."""
    from fairplanner.amend import let_in, promote

    act = act_of("promote", **told)
    if firm:
        run(path, out, lang, lambda p, plan: let_in(p, plan, phase, firm, act, section), replace=replace)
    else:
        run(path, out, lang, lambda p, plan: promote(p, plan, phase, act, section, zone), replace=replace)
