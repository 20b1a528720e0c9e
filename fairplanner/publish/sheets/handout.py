"""The itinerary handout of a delegation, for its firms: where, when, who, deadlines, what to pack and to keep.

Nothing of an official party stands here: a leader's itinerary leaves the office on no paper of firms (research/planner.md 34).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Regime, Role
from fairplanner.domain.plan import Participation
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.handout_claims import claim_pages
from fairplanner.publish.sheets.handout_days import Course, day_blocks, plain_entries
from fairplanner.publish.sheets.handout_driver import driver
from fairplanner.publish.sheets.handout_help import FIRMS, emergency
from fairplanner.publish.sheets.places import places
from fairplanner.publish.subscribe.open_address import page_url
from fairplanner.publish.views import Party

NOTE_LINES = 3
MOST_NAMES = 5
"""Firms in one cell: a row does not break, and with the longest names several rows still fit on a page."""
BLANKS = ("leader", "contact", "meeting", "hotel", "hours", "help")
EXHIBITORS = ("papers", "stand", "samples", "proof", "claims")
GUESTS = ("badge", "wants", "record", "claims")


def path_of(party_id: str, edition: str) -> PurePosixPath:
    """Where the handout of a delegation is published: a name that does not tell when its officials travel."""
    return PurePosixPath(f"handouts/{safe_name(party_id)}.{edition}.pdf")


def handouts(press: Press, _folder: Path) -> Iterator[Draft]:
    """One for each delegation, A4."""
    for party in press.parties:
        yield paper(
            press, path_of(party.delegation.party_id, press.edition), "handout.typ", partial(handout, party=party)
        )


def paper(press: Press, path: PurePosixPath, template: str, made: Callable[[Press], Sheet]) -> Draft:
    """A sheet in the press's edition, to be typeset by a template of `handout/`."""
    sheet = bilingual(made(press), made(press.twin)) if press.is_bilingual else made(press)
    return Draft(path, f"handout/{template}", sheet.data(), press.timestamp)


def handout(press: Press, party: Party) -> Sheet:
    """Everything on the handout; dates come from the delegation's agenda, no money or score of a firm is shown."""
    w, agenda = press.w, press.agenda(party)
    url = page_url(press, AudienceKind.DELEGATION, party.delegation.party_id)
    return Sheet(
        lang=press.lang, kind="handout", title=press.title(party), kicker=w("handout.kicker"), audience=w("handout.audience"),
        facts=cover_facts(press, party, internal=False), sections=tuple(_sections(press, party, agenda)),
        sample=press.sample, footer=press.footer, page=press.page, date=press.date, qr=drawing(url) if url else "",
        qr_alt=w("handout.qr_alt", url=url), qr_caption=w("handout.qr_caption"),
    )  # fmt: skip


def _sections(press: Press, party: Party, agenda: Agenda) -> list[Section]:
    w = press.w
    blanks = (*(w(f"handout.fill_{key}") for key in BLANKS), w("itinerary.fill_out"), w("itinerary.fill_back"))
    return [
        Section(w("handout.fill"), "fill", blanks=blanks), days(press, party, agenda), driver(press, party.phase_ids),
        emergency(press, party.phase_ids, FIRMS),
        *(s for q in party.phase_ids for s in places(press, party, q)), journeys(press, party), deadlines(press, agenda),
        Section(w("handout.checklist"), "checklist", checks=checks(press, party.participations, abroad=party.delegation.regime is not Regime.HOME)),
        Section(w("handout.notes"), "notes", lines=NOTE_LINES), *claim_pages(press, party.participations, party.claims),
    ]  # fmt: skip


def checks(press: Press, places: Sequence[Participation], *, abroad: bool) -> tuple[str, ...]:
    """What to have with one, by what these firms do; what to claim with comes last."""
    exhibits = any(p.role is Role.EXHIBIT for p in places) or not places
    kinds = ["passport"] if abroad else []
    kinds += [*(EXHIBITORS if exhibits else ()), *(GUESTS if any(p.role is not Role.EXHIBIT for p in places) else ())]
    return tuple(press.w(f"handout.check_{kind}") for kind in sorted(dict.fromkeys(kinds), key="claims".__eq__))


def course_of(press: Press, party: Party, agenda: Agenda) -> Course:
    """What the days of a delegation are made of: its agenda, and the days in between on which its firms are away."""
    entries = plain_entries(agenda)
    first, last = min((e.first for e in entries), default=date.max), max((e.last for e in entries), default=date.min)
    away = tuple((max(first, j.depart), min(last, j.return_)) for j in party.journeys)
    return Course(entries, press.programme.home(party.delegation.sponsor), away)


def days(press: Press, party: Party, agenda: Agenda) -> Section:
    """Day by day, from the first day of any firm's journey to the last; nothing of officials."""
    w, course = press.w, course_of(press, party, agenda)
    if not course.entries:
        return Section(w("handout.days"), "days", paragraphs=(w("handout.no_days"),))
    return Section(w("handout.days"), "days", days=day_blocks(press, course))


def journeys(press: Press, party: Party) -> Section:
    """Who leaves and comes home on which days (estimated), in order of the days; how many people stands with the places."""
    w, day = press.w, press.dress.day
    together: defaultdict[tuple[date, date], list[str]] = defaultdict(list)
    for j in party.journeys:
        together[j.depart, j.return_].append(press.naming.firm(j.firm_id))
    rows = tuple(
        (day(first), day(last), str((last - first).days + 1), press.naming.listed(names[n : n + MOST_NAMES]))
        for (first, last), names in sorted(together.items())
        for n in range(0, len(names), MOST_NAMES)
    )
    headers = tuple(w(f"paper.col_{key}") for key in ("depart", "return", "days", "firm"))
    if not rows:
        return Section(w("handout.journeys"), "journeys", paragraphs=(w("handout.no_journeys"),))
    table = Table(headers, rows, (2.4, 2.4, 0.8, 4.4), (2,))
    return Section(w("handout.journeys"), "journeys", table=table, note=w("handout.journeys_note"))


def deadlines(press: Press, agenda: Agenda) -> Section:
    """Every deadline of the delegation's phases; what is past says so."""
    return due(press, [e for e in agenda.entries if e.kind is EntryKind.DEADLINE], press.w("handout.deadlines"))


def due(press: Press, entries: Sequence[Entry], title: str) -> Section:
    """A table of deadlines: date, what, note; one before the day of the revision says first that it is past."""
    w = press.w
    rows = tuple((press.dress.day(e.first), e.title, "\n".join((*_past(press, e), *e.lines))) for e in entries)
    if not rows:
        return Section(title, "deadlines", paragraphs=(w("handout.no_deadlines"),))
    headers = tuple(w(f"handout.deadline_{key}") for key in ("date", "what", "note"))
    return Section(title, "deadlines", table=Table(headers, rows, (2.5, 3.6, 3.9)))


def _past(press: Press, entry: Entry) -> tuple[str, ...]:
    return (press.w("briefing.past"),) if entry.first < press.plan.as_of else ()
