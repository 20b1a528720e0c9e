"""The answer to a firm about everything it asked for (答复), fit to be sent: facts about itself alone (planner.md 7, 20).

Beside `answer`, which the office publishes for places given in a published order: here every application is answered, whatever
came of it. Nothing of other firms, no money, nothing that would turn a decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Application
from fairplanner.publish.pages import page
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.answer import Own, answer, by_firm, items_of, section_of
from fairplanner.publish.wording.giving_words import GivingWords
from fairplanner.rules.reckon.lists import places_lists

ITS_OWN = {
    "asked-for": ("refuses", "withdrawn", "not-admitted", "role", "booths"),
    "travel-dates": ("undated", "cancelled", "window", "place", "home"),
}
"""Rules whose reasons have a sentence each; every other rule has one, or is not told at all."""


def applicants(press: Press) -> tuple[str, ...]:
    """Firms that applied for anything, by id."""
    return tuple(sorted({a.firm_id for a in press.programme.applications}))


def letter(press: Press, firm_id: str, phases: Collection[str] = ()) -> Sheet:
    """Everything the firm asked for and what came of it, in date order, or at these phases (ids) only.

    KeyError for a firm that the programme does not have.
    """
    firm = press.programme.firm[firm_id]
    lists = {line.application.application_id: (found, line) for found, line in _listed(press, firm_id)}
    words = GivingWords(press.naming, press.dress)
    sections = [
        section_of(press, words, *lists[a.application_id]) if a.application_id in lists else _section(press, words, a)
        for a in _in_date_order(press, firm_id)
        if not phases or a.phase_id in phases
    ]
    sheet = answer(press, firm.firm_id, ())
    title, kicker = press.w("giving.letter.title", firm=press.naming.firm(firm_id)), press.w("giving.letter.kicker")
    nothing = Section(press.w("giving.letter.none_title"), "answer", paragraphs=(press.w("giving.letter.none"),))
    made = tuple(sections) or (nothing,)
    return replace(sheet, title=title, kicker=kicker, sections=made)


def letter_page(press: Press, firm_id: str, folder: Path, phases: Collection[str] = ()) -> bytes:
    """The letter as one page, UTF-8; `folder` holds the templates. Raises LanguageError for one that cannot be used."""
    sheet = letter(press, firm_id, phases)
    values = {"sheet": sheet, "title": sheet.title, "sample": sheet.sample, "footer": sheet.footer}
    return page(folder, "answer/answer.html.j2", press.lang, **values)


def letter_lines(press: Press, firm_id: str, phases: Collection[str] = ()) -> Iterator[str]:
    """The letter as plain text, line by line."""
    sheet = letter(press, firm_id, phases)
    yield sheet.title
    if sheet.sample:
        yield sheet.sample
    for name, value in sheet.facts:
        yield press.w("giving.letter.fact", name=name, value=value)
    for section in sheet.sections:
        yield ""
        yield section.title
        yield from ("  " + text for text in section.paragraphs)
        yield from ("  " + text for text in _rows(press, section.table))
    yield ""
    yield sheet.footer


def _rows(press: Press, table: Table | None) -> Iterator[str]:
    """Lines of a table of points: item and points, of the full marks."""
    if table is None:
        return
    for row in (*table.rows, table.total):
        key = "giving.letter.item" if row[1] else "giving.letter.total"
        yield press.w(key, item=row[0], marks=row[1], points=row[2])


def _listed(press: Press, firm_id: str) -> Own:
    return by_firm(places_lists(press.programme, press.plan)).get(firm_id, ())


def _in_date_order(press: Press, firm_id: str) -> list[Application]:
    phase = press.programme.phase
    own = [a for a in press.programme.applications if a.firm_id == firm_id]
    return sorted(own, key=lambda a: (phase[a.phase_id].start is None, phase[a.phase_id].start, a.application_id))


def _section(press: Press, words: GivingWords, a: Application) -> Section:
    """An application that stands in no published order."""
    where = press.programme.section.get(a.section_id)
    phase = press.naming.phase(a.phase_id)
    title = press.w("giving.answer.section", phase=phase, where=press.w.name(where)) if where else phase
    said = (_asked(press, a), _outcome(press, a))
    by_score = press.programme.policy(a.phase_id) in (Policy.RANK, Policy.OPTIMISE)
    return Section(title, "answer", paragraphs=said, table=items_of(press, words, a) if by_score else None)


def _asked(press: Press, a: Application) -> str:
    received = press.dress.day(a.received) if a.received else press.w("paper.undated")
    phase = press.naming.phase(a.phase_id)
    if a.role is Role.EXHIBIT:
        return press.w("giving.letter.asked_booths", phase=phase, booths=a.booths, received=received)
    return press.w("giving.letter.asked", phase=phase, role=press.w(f"enums.Role.{a.role.value}"), received=received)


def _outcome(press: Press, a: Application) -> str:
    place = next((p for p in press.plan.participations if p.application_id == a.application_id), None)
    if place is not None and place.role is Role.EXHIBIT:
        return press.w("giving.letter.placed_booths", booths=place.booths)
    if place is not None:
        return press.w("giving.letter.placed", role=press.w(f"enums.Role.{place.role.value}"))
    about = [e for e in press.plan.excluded if dict(e.facts).get("application") == a.application_id]
    first = next((e for e in about if e.kind == "application"), about[0] if about else None)
    return press.w("giving.answer.out", reason=_reason(press, first))


def _reason(press: Press, e: Excluded | None) -> str:
    """Why it has no place, as far as that is the firm's own; no ids, money or competitors are among the facts told."""
    facts = dict(e.facts) if e else {}
    rule = e.rule.removeprefix("unplaced-") if e else "other"
    if rule == "deadline":
        days = {x: press.dress.day(date.fromisoformat(facts[x])) for x in ("closes", "received") if facts.get(x)}
        key = "giving.letter.out.deadline" if "received" in days else "giving.letter.out.deadline-unreceived"
        return press.w(key, **days)
    if rule in ITS_OWN and facts.get("reason") in ITS_OWN[rule]:
        return press.w(f"giving.letter.out.{facts['reason']}")
    for key in (f"giving.letter.out.{rule}", f"giving.out.{rule}"):
        if key in press.w:
            return press.w(key)
    return press.w("giving.out.other")
