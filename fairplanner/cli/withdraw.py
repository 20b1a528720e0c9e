"""`fairplanner withdraw PLAN FIRM FAIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fairplanner.cli.amending import act_of, options, run
from fairplanner.cli.door import errors_at_the_door, verb
from fairplanner.words import Words


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "withdraw")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.argument("firm")
    @click.argument("fair", metavar="FAIR|PHASE")
    @click.option("--promote", is_flag=True, help=w("cli.withdraw.promote"))
    @options(w)
    def withdraw(plan: Path, firm: str, fair: str, promote: bool, lang: str, **told: Any) -> None:
        with errors_at_the_door(lang):
            _withdraw(plan, firm, fair, lang, promote=promote, **told)

    return withdraw


def _withdraw(
    path: Path, firm: str, fair: str, lang: str, *, promote: bool, out: Path | None, replace: bool, **told: Any
) -> None:
    """Write the plan without the firm; with `promote` its places go down the reserve order."""
    from fairplanner.amend import withdraw

    act = act_of("withdraw", **told)
    run(path, out, lang, lambda p, plan: withdraw(p, plan, firm, fair, act, promote=promote), replace=replace)
