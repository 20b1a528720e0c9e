"""`fairplanner substitute PLAN FIRM FAIR`, or `fairplanner substitute PLAN DELEGATION --post OLD --with NEW`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from fairplanner.cli.amending import Make, act_of, options, run
from fairplanner.cli.door import errors_at_the_door, verb
from fairplanner.errors import Problem, UserError
from fairplanner.words import Words


@dataclass(frozen=True)
class Who:
    """What is to be replaced by what: a firm at a fair by a firm or a number of people, a post of a delegation by a post."""

    who: str
    fair: str
    by_firm: str
    people: int | None
    section: str
    old: str
    new: str

    @property
    def is_clear(self) -> bool:
        """Whether exactly one of the three is asked for, with all that it needs."""
        posts, firms = bool(self.old or self.new), bool(self.by_firm) + (self.people is not None)
        return bool(self.old and self.new and not self.fair and not firms) if posts else bool(self.fair) and firms == 1


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "substitute")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.argument("who", metavar="FIRM|DELEGATION")
    @click.argument("fair", metavar="[FAIR|PHASE]", required=False, default="")
    @click.option("--by-firm", default="", help=w("cli.substitute.by-firm"))
    @click.option("--people", type=click.IntRange(min=1), default=None, help=w("cli.substitute.people"))
    @click.option("--section", default="", help=w("cli.amend.section"))
    @click.option("--post", "old", default="", help=w("cli.substitute.post"))
    @click.option("--with", "new", default="", help=w("cli.substitute.with"))
    @options(w)
    def substitute(plan: Path, lang: str, **told: Any) -> None:
        with errors_at_the_door(lang):
            asked = Who(**{name: told.pop(name) for name in Who.__dataclass_fields__})
            _substitute(plan, asked, lang, **told)

    return substitute


def _substitute(path: Path, asked: Who, lang: str, *, out: Path | None, replace: bool, **told: Any) -> None:
    """Write the plan with somebody else in the place."""
    if not asked.is_clear:
        raise UserError([Problem("substitute", 0, "", "amend-what")])
    run(path, out, lang, _make(asked, told), replace=replace)


def _make(asked: Who, told: dict[str, Any]) -> Make:
    from fairplanner.amend import by_firm, people, post

    who, fair = asked.who, asked.fair
    if asked.old:
        act = act_of("post", **told)
        return lambda p, plan: post(p, plan, who, asked.old, asked.new, act)
    if asked.people is not None:
        act, number = act_of("people", **told), asked.people
        return lambda p, plan: people(p, plan, who, fair, number, act, asked.section)
    act = act_of("firm", **told)
    return lambda p, plan: by_firm(p, plan, who, fair, asked.by_firm, act)
