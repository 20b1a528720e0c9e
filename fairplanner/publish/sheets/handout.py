"""The itinerary handout of a delegation, for its firms: where, when, who, deadlines, what to pack and to keep.

Nothing of an official party stands here: a leader's itinerary leaves the office on no paper of firms (research/planner.md 34).
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath

from fairplanner.domain.kinds import Regime
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.calendars.ical import path_of as calendar_path
from fairplanner.publish.naming import Naming
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.handout_claims import claim_pages
from fairplanner.publish.sheets.places import places
from fairplanner.publish.views import Party

NOTE_LINES = 3
BLANKS = ("leader", "contact", "meeting", "hotel", "hours", "help")
EXHIBITORS = ("papers", "stand", "samples", "proof", "claims")
GUESTS = ("badge", "wants", "record", "claims")
DAY = timedelta(days=1)


def path_of(delegation_id: str, lang: str) -> PurePosixPath:
    """Where the handout of a delegation is published."""
    return PurePosixPath(f"handouts/{safe_name(delegation_id)}.{lang}.pdf")


def handout(press: Press, party: Party) -> Sheet:
    """Everything on the handout; dates come from the delegation's agenda, no money or score of a firm is shown."""
    w, agenda = press.w, press.agenda(party)
    calendar = calendar_path(AudienceKind.DELEGATION, party.delegation.party_id, press.lang)
    url = f"{press.base_url.rstrip('/')}/{calendar}" if press.base_url else ""
    return Sheet(
        lang=press.lang, kind="handout", title=press.title(party), kicker=w("handout.kicker"), audience=w("handout.audience"),
        facts=cover_facts(press, party, internal=False), sections=tuple(_sections(press, party, agenda)),
        sample=press.sample, footer=press.footer, page=press.page, date=press.date, qr=drawing(url) if url else "",
        qr_alt=w("handout.qr_alt", url=url), qr_caption=w("handout.qr_caption"),
    )  # fmt: skip


def _sections(press: Press, party: Party, agenda: Agenda) -> list[Section]:
    w = press.w
    blanks = tuple(w(f"handout.fill_{key}") for key in BLANKS)
    return [
        Section(w("handout.fill"), "fill", blanks=blanks), days(press, agenda),
        *(s for q in party.phase_ids for s in places(press, party, q)), journeys(press, party), deadlines(press, agenda),
        Section(w("handout.checklist"), "checklist", checks=_checks(press, party)),
        Section(w("handout.notes"), "notes", lines=NOTE_LINES), *claim_pages(press, party),
    ]  # fmt: skip


def _checks(press: Press, party: Party) -> tuple[str, ...]:
    kinds = ["passport"] if party.delegation.regime is not Regime.HOME else []
    kinds += [*(EXHIBITORS if party.exhibitors or not party.guests else ()), *(GUESTS if party.guests else ())]
    return tuple(press.w(f"handout.check_{kind}") for kind in sorted(dict.fromkeys(kinds), key="claims".__eq__))


def days(press: Press, agenda: Agenda) -> Section:
    """Day by day: what, where (on its first day, in Chinese and English) and a note; deadlines have their own table."""
    w = press.w
    entries = [e for e in agenda.entries if e.kind is not EntryKind.DEADLINE]
    dates = sorted({e.first + DAY * k for e in entries for k in range((e.last - e.first).days + 1)})
    both = {lang: Naming(press.programme, lang) for lang in ("zh", "en")}
    rows: list[tuple[str, ...]] = []
    for day in dates:
        today = [e for e in entries if e.first <= day <= e.last]
        for n, entry in enumerate(today):
            shown = press.dress.day(day) if n == 0 else ""
            where = where_in_both(both, entry) if entry.first == day else ""
            rows.append((shown, entry.title, where, _day_note(press, entry, day)))
    headers = tuple(w(f"handout.day_{key}") for key in ("date", "what", "where", "note"))
    if not rows:
        return Section(w("handout.days"), "days", paragraphs=(w("handout.no_days"),))
    return Section(w("handout.days"), "days", table=Table(headers, tuple(rows), (2.5, 3.4, 2.6, 2.9), grouped=True))


def _day_note(press: Press, entry: Entry, day: date) -> str:
    days_long = (entry.last - entry.first).days + 1
    counted = press.w("handout.day_of", n=(day - entry.first).days + 1, days=days_long) if days_long > 1 else ""
    # The firms of the fair days have their own table below; other lines are said once, on the first day.
    lines = entry.lines if day == entry.first and entry.kind is not EntryKind.FAIR_DAYS else ()
    return "\n".join(x for x in (counted, *lines) if x)


def where_in_both(both: dict[str, Naming], entry: Entry) -> str:
    """Venue and city in Chinese and in English, for reader and driver alike; '' where it is not known."""
    if entry.spot is None:
        return ""
    lines: list[str] = []
    for naming in both.values():
        spot = naming.spot(entry.phase_id) if entry.phase_id else naming.at(entry.spot.place_id)
        if spot is not None:
            lines.append(naming.say("paper.place", city=spot.city, venue=spot.venue) if spot.venue else spot.city)
    return "\n".join(dict.fromkeys(lines))


def journeys(press: Press, party: Party) -> Section:
    """When each firm leaves and comes home (estimated)."""
    w = press.w
    rows = tuple(
        (
            press.naming.firm(j.firm_id),
            press.dress.day(j.depart),
            press.dress.day(j.return_),
            str((j.return_ - j.depart).days + 1),
            str(j.people),
        )
        for j in party.journeys
    )
    headers = tuple(w(f"paper.col_{key}") for key in ("firm", "depart", "return", "days", "people"))
    if not rows:
        return Section(w("handout.journeys"), "journeys", paragraphs=(w("handout.no_journeys"),))
    return Section(
        w("handout.journeys"),
        "journeys",
        table=Table(headers, rows, (3.6, 2.4, 2.4, 1, 1), (3, 4)),
        note=w("handout.journeys_note"),
    )


def deadlines(press: Press, agenda: Agenda) -> Section:
    """Every deadline of the delegation's phases; what is past says so."""
    w = press.w
    rows = tuple(
        (press.dress.day(e.first), e.title, "\n".join(e.lines)) for e in agenda.entries if e.kind is EntryKind.DEADLINE
    )
    if not rows:
        return Section(w("handout.deadlines"), "deadlines", paragraphs=(w("handout.no_deadlines"),))
    headers = tuple(w(f"handout.deadline_{key}") for key in ("date", "what", "note"))
    return Section(w("handout.deadlines"), "deadlines", table=Table(headers, rows, (2.5, 3.6, 3.9)))
