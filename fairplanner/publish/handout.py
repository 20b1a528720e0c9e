"""The itinerary handout of a delegation: where, when, who with which stand, deadlines, what to pack and to keep."""

from __future__ import annotations

from datetime import date, timedelta

from fairplanner.domain.kinds import Regime
from fairplanner.publish.agenda import Agenda, AudienceKind, Entry, EntryKind
from fairplanner.publish.ical import path_of
from fairplanner.publish.naming import Naming
from fairplanner.publish.press import Press
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.views import Party, total

NOTE_LINES = 4
CHECKS = ("papers", "stand", "samples", "proof", "contacts", "claims")
DAY = timedelta(days=1)


def handout(press: Press, party: Party) -> Sheet:
    """Everything on the handout; dates come from the delegation's agenda, no money or score of a firm is shown."""
    w, agenda = press.w, press.agenda(party)
    calendar = path_of(AudienceKind.DELEGATION, party.delegation.delegation_id, press.lang)
    url = f"{press.base_url.rstrip('/')}/{calendar}" if press.base_url else ""
    return Sheet(
        lang=press.lang, kind="handout", title=press.naming.delegation(party.delegation),
        kicker=w("handout.kicker"), audience=w("handout.audience"), facts=cover_facts(press, party),
        sections=tuple(_sections(press, party, agenda)), sample=press.sample, footer=press.footer, page=press.page,
        date=press.date, qr=drawing(url) if url else "", qr_alt=w("handout.qr_alt", url=url), qr_caption=w("handout.qr_caption"),
    )  # fmt: skip


def _sections(press: Press, party: Party, agenda: Agenda) -> list[Section]:
    w = press.w
    made = [days(press, agenda), *(places(press, party, q) for q in party.phase_ids), journeys(press, party)]
    if party.delegation.regime is not Regime.HOME:
        made.append(officials(press, party))
    made += [deadlines(press, agenda), Section(w("handout.checklist"), "checklist", checks=_checks(press, party))]
    return [*made, Section(w("handout.notes"), "notes", lines=NOTE_LINES)]


def _checks(press: Press, party: Party) -> tuple[str, ...]:
    kinds = ("passport", *CHECKS) if party.delegation.regime is not Regime.HOME else CHECKS
    return tuple(press.w(f"handout.check_{kind}") for kind in kinds)


def cover_facts(press: Press, party: Party) -> tuple[tuple[str, str], ...]:
    """Who, which fairs, when, where, how many: the block on top of every sheet of a delegation."""
    w, d = press.w, party.delegation
    phases = [press.programme.phase[q] for q in party.phase_ids]
    facts = [
        ("sponsor", press.naming.zone(d.sponsor)),
        ("fair", "\n".join(press.naming.phase(q.phase_id) for q in phases)),
        ("days", "\n".join(press.dress.phase_days(q) for q in phases)),
        ("where", "\n".join(dict.fromkeys(press.where(stop) for stop in d.stops))),
        ("size", w("paper.size", firms=party.firms, booths=press.booths(party.booths))),
    ]
    if d.regime is not Regime.HOME:
        facts.append(("away", press.dress.span(d.depart, d.return_)))
    revision = w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))
    return tuple((w(f"paper.fact_{key}"), value) for key, value in [*facts, ("revision", revision)])


def days(press: Press, agenda: Agenda) -> Section:
    """Day by day: what, where in Chinese and English, and a note; deadlines stand in their own table."""
    w = press.w
    entries = [e for e in agenda.entries if e.kind is not EntryKind.DEADLINE]
    dates = sorted({e.first + DAY * k for e in entries for k in range((e.last - e.first).days + 1)})
    both = {lang: Naming(press.programme, lang) for lang in ("zh", "en")}
    rows: list[tuple[str, ...]] = []
    for day in dates:
        today = [e for e in entries if e.first <= day <= e.last]
        for n, entry in enumerate(today):
            shown = press.dress.day(day) if n == 0 else ""
            rows.append((shown, entry.title, where_in_both(both, entry), _day_note(press, entry, day)))
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


def places(press: Press, party: Party, phase_id: str) -> Section:
    """Firms and stands at one phase, with totals."""
    w, own = press.w, party.at(phase_id)
    title = w("handout.places", phase=press.naming.phase(phase_id))
    if not own:
        return Section(title, "places", paragraphs=(w("handout.no_places"),))
    rows = [
        (
            str(n),
            press.naming.firm(p.firm_id),
            press.section_of(p),
            press.stand_of(p),
            str(p.booths),
            str(p.area_m2),
            str(p.people),
        )
        for n, p in enumerate(own, 1)
    ]
    booths, people = sum(p.booths for p in own), sum(p.people for p in own)
    last = (
        w("paper.total"),
        w("paper.firms", firms=len({p.firm_id for p in own})),
        "",
        "",
        str(booths),
        str(9 * booths),
        str(people),
    )
    headers = tuple(w(f"paper.col_{key}") for key in ("no", "firm", "section", "stand", "booths", "area", "people"))
    return Section(
        title, "places", table=Table(headers, tuple(rows), (0.8, 4, 3.2, 1.8, 1.2, 1.4, 1.1), (4, 5, 6), last)
    )


def journeys(press: Press, party: Party) -> Section:
    """When each firm leaves and comes home (estimated), and what going on one journey saves them together."""
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
    saved = total([j.saved for j in party.journeys])
    note = w("handout.journeys_note")
    if saved:
        note = "\n".join((note, w("handout.saved", amount=press.dress.money(saved))))
    if not rows:
        return Section(w("handout.journeys"), "journeys", paragraphs=(w("handout.no_journeys"),))
    return Section(
        w("handout.journeys"), "journeys", table=Table(headers, rows, (3.6, 2.4, 2.4, 1, 1), (3, 4)), note=note
    )


def officials(press: Press, party: Party) -> Section:
    """The official party abroad: how many, which posts, from when to when; no names."""
    w, d = press.w, party.delegation
    facts = [(w("handout.officials_count"), w("paper.people", people=d.officials))]
    if d.posts:
        facts.append((w("handout.officials_posts"), w("calendar.comma").join(press.naming.post(p) for p in d.posts)))
    facts.append((w("paper.fact_away"), press.dress.span(d.depart, d.return_)))
    facts += [(press.naming.phase(s.phase_id), press.dress.span(s.arrive, s.leave)) for s in d.stops]
    return Section(w("handout.officials"), "officials", facts=tuple(facts), note=w("handout.officials_note"))


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
