"""`fairplanner why PLAN`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairplanner.cli.door import (
    errors_at_the_door,
    json_option,
    lang_option,
    progress,
    read_both,
    replace_option,
    say,
    say_json,
    shown,
    verb,
)
from fairplanner.cli.office import plan_at, store_options
from fairplanner.cli.quiet import quiet
from fairplanner.cli.said.folded import folded
from fairplanner.errors import OutputError, Problem, UserError
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.explain.again import Base
    from fairplanner.explain.reasons.answers import WhyDelegation, WhyFirm, WhyZone

    Answer = WhyFirm | WhyZone | WhyDelegation

ALL_FLIPS = 99
ON_SCREEN = "-"


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "why")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--firm", default="", help=w("cli.why.firm"))
    @click.option("--fair", default="", help=w("cli.why.fair"))
    @click.option("--zone", default="", help=w("cli.why.zone"))
    @click.option("--delegation", default="", help=w("cli.why.delegation"))
    @click.option("--no-flips", "facts_only", is_flag=True, help=w("cli.why.no-flips"))
    @click.option("--thorough", is_flag=True, help=w("cli.why.thorough"))
    @click.option(
        "--letter", is_flag=False, flag_value=ON_SCREEN, default="", metavar="[FILE]", help=w("cli.why.letter")
    )
    @replace_option(w)
    @store_options(w)
    @json_option(w)
    @lang_option(w)
    def why(
        plan: Path, letter: str, replace: bool, store: str | None, programme: str | None, as_json: bool, lang: str,
        **told: Any,
    ) -> None:  # fmt: skip
        with errors_at_the_door(lang, as_json=as_json), ExitStack() as stack:
            path = stack.enter_context(plan_at(plan, store, programme))
            about = About(**told)
            if letter:
                send(path, about, letter, lang, may_replace=replace)
                return
            run(path, about, lang, as_json=as_json)

    return why


@dataclass(frozen=True)
class About:
    """What the command line asks about."""

    firm: str
    fair: str
    zone: str
    delegation: str
    facts_only: bool
    thorough: bool

    def check(self) -> None:
        """Raises UserError unless exactly one is asked about, and at a fair where that must be said."""
        named = [x for x in (self.firm, self.zone, self.delegation) if x]
        if len(named) != 1:
            raise UserError([Problem("why", 0, "", "why-whom")])
        if self.zone and not self.fair:
            raise UserError([Problem("--fair", 0, "", "why-fair")])


def run(path: Path, about: About, lang: str, *, as_json: bool) -> None:
    """Say why; raises UserError for what the plan or its programme does not have."""
    from fairplanner.cli.amend_errors import in_names
    from fairplanner.explain.again import base_of

    about.check()
    w = words(lang)
    programme, plan = read_both(path)
    with progress(w, "why"), quiet():
        base = base_of(programme, plan)
        try:
            answers = list(_answers(base, about))
        except UserError as error:
            raise in_names(error, programme, plan) from error
    if as_json:
        from fairplanner.cli.said.facts import plain

        say_json({"answers": [plain(answer) for answer in answers]})
        return
    for line in folded(_lines(base, answers, w)):
        say(line)


def send(path: Path, about: About, where: str, lang: str, *, may_replace: bool) -> None:
    """The answer that can be sent to a firm, about one fair or all, on the screen or into a file (a page, or text where it ends
    so); raises OutputError where the file is there already."""
    from fairplanner.amend.find import firm_of, phases_of
    from fairplanner.cli.amend_errors import in_names
    from fairplanner.cli.files import write
    from fairplanner.publish.press import Press
    from fairplanner.publish.sheets.letter import letter_lines, letter_page
    from fairplanner.shipped import shipped

    if not about.firm:
        raise UserError([Problem("--letter", 0, "", "why-letter")])
    target = Path(where)
    if where != ON_SCREEN and target.exists() and not may_replace:
        raise OutputError([Problem(where, 0, "", "why-letter-there")])
    programme, plan = read_both(path)
    try:
        firm_id = firm_of(programme, about.firm, "--firm")
        phases = phases_of(programme, about.fair, "--fair") if about.fair else ()
    except UserError as error:
        raise in_names(error, programme, plan) from error
    press = Press(programme, plan, lang)
    if where == ON_SCREEN:
        for line in folded(letter_lines(press, firm_id, phases)):
            say(line)
        return
    is_text = target.suffix.lower() == ".txt"
    text = "\n".join(letter_lines(press, firm_id, phases)) + "\n"
    content = text.encode() if is_text else letter_page(press, firm_id, shipped("templates"), phases)
    write(target, content)
    say(words(lang)("cli.why.letter-written", path=shown(target)))


def _answers(base: Base, about: About) -> Iterator[Answer]:
    if about.firm:
        yield from _of_firm(base, about)
    elif about.zone:
        yield from _of_zone(base, about)
    else:
        yield _of_delegation(base, about)


def _of_firm(base: Base, about: About) -> Iterator[WhyFirm]:
    """At each phase of the fair for which it applied, or at the only one; with no fair at every phase, facts only."""
    from fairplanner.amend.find import firm_of
    from fairplanner.explain.reasons.looking import look
    from fairplanner.explain.reasons.why import why

    firm_id = firm_of(base.programme, about.firm, "--firm")
    for phase_id in _phases(base, about.fair, firm_id):
        answer = why(base, firm_id, phase_id)
        if about.fair and not about.facts_only:
            answer = replace(answer, looked=look(base, answer, whole=ALL_FLIPS * about.thorough))
        yield answer


def _phases(base: Base, fair: str, firm_id: str = "") -> tuple[str, ...]:
    from fairplanner.amend.find import phases_of

    programme = base.programme
    there = phases_of(programme, fair, "--fair") if fair else tuple(q.phase_id for q in programme.phases)
    applied = {a.phase_id for a in programme.applications if not firm_id or a.firm_id == firm_id}
    applied |= {p.phase_id for p in base.plan.participations if not firm_id or p.firm_id == firm_id}
    asked = tuple(q for q in there if q in applied)
    year = tuple(q.phase_id for q in programme.in_window() if q.phase_id in there)
    return asked or (() if not fair else year or there[:1])


def _of_zone(base: Base, about: About) -> Iterator[WhyZone]:
    from fairplanner.amend.find import zone_of
    from fairplanner.explain.reasons.looking import look_at_zone
    from fairplanner.explain.reasons.why import why_zone

    zone_id = zone_of(base.programme, about.zone, "--zone")
    for phase_id in _phases(base, about.fair):
        answer = why_zone(base, zone_id, phase_id)
        if not about.facts_only:
            answer = replace(answer, looked=look_at_zone(base, answer, whole=ALL_FLIPS * about.thorough))
        yield answer


def _of_delegation(base: Base, about: About) -> WhyDelegation:
    from fairplanner.amend.find import delegation_of, refuse
    from fairplanner.explain.reasons.looking import look_at_delegation
    from fairplanner.explain.reasons.why import why_delegation

    found = delegation_of(base.plan, about.delegation)
    if found is None:
        near = _near(about.delegation, [d.party_id for d in base.plan.delegations])
        raise refuse("--delegation", "why-delegation-unknown", about.delegation, near=near)
    answer = why_delegation(base, found.delegation_id)
    if about.facts_only:
        return answer
    return replace(answer, looked=look_at_delegation(base, answer, whole=ALL_FLIPS * about.thorough))


def _near(text: str, ids: list[str]) -> str:
    from difflib import get_close_matches

    return ", ".join(get_close_matches(text, ids, 5, 0.5)) or "-"


def _lines(base: Base, answers: list[Answer], w: Words) -> Iterator[str]:
    from fairplanner.cli.said.party import PartyWords
    from fairplanner.cli.said.why import WhyWords
    from fairplanner.explain.reasons.answers import WhyFirm, WhyZone

    firms, parties = WhyWords(base.programme, w), PartyWords(base, w)
    if not answers:
        yield w("why.none-asked")
    for n, answer in enumerate(answers):
        if n:
            yield ""
        if isinstance(answer, WhyFirm):
            yield from firms.firm(answer)
        elif isinstance(answer, WhyZone):
            yield from parties.zone(answer)
        else:
            yield from parties.delegation(answer)
