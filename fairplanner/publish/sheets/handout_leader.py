"""The leader's edition of a handout, for the office itself: officials by half-days, every firm, everything due, what is empty.

Posts stand here, never names of people; contacts are lines to fill by hand. It lies under `internal/` and says so on every page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.sheet import DayLine, Section, Sheet, Table
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.handout import BLANKS, NOTE_LINES, checks, due, journeys, paper
from fairplanner.publish.sheets.handout_days import Course, day_blocks, plain_entries
from fairplanner.publish.sheets.handout_driver import driver
from fairplanner.publish.sheets.handout_help import EVERYBODY, FIRMS, emergency
from fairplanner.publish.views import Party, firms_of
from fairplanner.rules.remarks import business_of, empty_half_days, half_days

Half = tuple[date, str]


def path_of(delegation_id: str, edition: str) -> PurePosixPath:
    """Where the leader's edition of a delegation is written."""
    return PurePosixPath(f"internal/leaders-editions/{safe_name(delegation_id)}.{edition}.pdf")


def leader_editions(press: Press, _folder: Path) -> Iterator[Draft]:
    """One for each delegation, A4."""
    for party in press.parties:
        path = path_of(party.delegation.delegation_id, press.edition)
        yield paper(press, path, "handout.typ", partial(leader_edition, party=party))


def leader_edition(press: Press, party: Party) -> Sheet:
    """Everything the leader needs, officials included; internal."""
    w = press.w
    return Sheet(
        lang=press.lang, kind="leader", title=press.title(party), kicker=w("itinerary.leader.kicker"),
        audience=w("itinerary.leader.audience"), facts=(*cover_facts(press, party, internal=True), *_facts(press, party)),
        sections=tuple(_sections(press, party)), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _travels(d: Delegation) -> bool:
    return d.regime is not Regime.HOME and bool(d.officials or d.posts)


def _facts(press: Press, party: Party) -> Iterator[tuple[str, str]]:
    w, d = press.w, party.delegation
    if not _travels(d):
        return
    yield w("itinerary.leader.fact_officials"), w("paper.people", people=d.officials)
    if d.posts:
        yield w("itinerary.leader.fact_posts"), press.naming.listed([press.naming.post(p) for p in d.posts])
    if d.total:
        yield w("itinerary.leader.fact_money"), press.dress.money(d.total)
    halves, empty = half_days(d), empty_half_days(press.programme, d)
    filled = len(halves) - len(empty)
    yield w("itinerary.leader.fact_business"), w("itinerary.leader.business", halves=len(halves), filled=filled)


def _sections(press: Press, party: Party) -> Iterator[Section]:
    w, d = press.w, party.delegation
    wanted = set(party.phase_ids)
    own = [e for e in press.due.entries if e.phase_id in wanted]
    abroad = d.regime is not Regime.HOME
    yield Section(w("handout.fill"), "fill", blanks=tuple(w(f"handout.fill_{key}") for key in BLANKS))
    yield _days(press, party)
    yield driver(press, party.phase_ids)
    yield emergency(press, party.phase_ids, EVERYBODY if _travels(d) else FIRMS)
    yield from (_firms(press, party, q) for q in party.phase_ids)
    yield journeys(press, party)
    yield due(press, own, w("itinerary.leader.duties"))
    yield Section(w("handout.checklist"), "checklist", checks=checks(press, party.participations, abroad=abroad))
    yield Section(w("handout.notes"), "notes", lines=NOTE_LINES)


def _days(press: Press, party: Party) -> Section:
    """The days of firms and officials together; a half-day without official business says that it is empty."""
    d, entries = party.delegation, plain_entries(press.agenda(party))
    away = [(j.depart, j.return_) for j in party.journeys]
    if _travels(d):
        away.append((d.depart, d.return_))
    first = min([e.first for e in entries] + [d.depart])
    last = max([e.last for e in entries] + [d.return_])
    clipped = tuple((max(first, a), min(last, b)) for a, b in away)
    said = _moves(press, d) if _travels(d) else {}
    course = Course(
        entries, press.programme.home(d.sponsor), clipped, said=said, halves=_halves(press, d), counted=True
    )
    return Section(press.w("handout.days"), "days", days=day_blocks(press, course))


def _moves(press: Press, d: Delegation) -> dict[date, tuple[DayLine, ...]]:
    """When the official party crosses the border, arrives and leaves."""
    say, found = press.w, defaultdict[date, list[str]](list)
    found[d.depart].append(say("itinerary.leader.leaves"))
    for n, stop in enumerate(d.stops):
        place = press.programme.phase[stop.phase_id].place_id
        city = press.naming.city(place) if place else press.naming.phase(stop.phase_id)
        found[stop.arrive].append(say("itinerary.leader.arrives", city=city))
        if n + 1 < len(d.stops) or stop.leave != d.return_:
            found[stop.leave].append(say("itinerary.leader.goes_on", city=city))
    found[d.return_].append(say("itinerary.leader.returns"))
    return {day: tuple(map(DayLine, lines)) for day, lines in found.items()}


def _halves(press: Press, d: Delegation) -> dict[Half, tuple[str, ...]]:
    """Official business by half-days, and which half-days have none."""
    either, own = press.naming.either, business_of(press.programme, d)
    found = {half: tuple(either(a.what_zh, a.what_en) for a in done) for half, done in own.items()}
    empty = empty_half_days(press.programme, d) if _travels(d) else ()
    return found | dict.fromkeys(empty, (press.w("itinerary.no_business"),))


def _firms(press: Press, party: Party, phase_id: str) -> Section:
    """Everybody at one phase, with lines for whom to call."""
    w, own = press.w, party.at(phase_id)
    title = w("itinerary.leader.firms", phase=press.naming.phase(phase_id))
    if not own:
        return Section(title, "firms", paragraphs=(w("handout.no_places"),))
    rows = tuple(
        (
            str(n), press.naming.firm(p.firm_id), press.naming.zone(press.programme.firm[p.firm_id].zone_id),
            "\n".join(filter(None, (press.section_of(p), press.stand_of(p) or w(f"paper.roles.{p.role}")))), str(p.booths), str(p.people), "", "",
        )
        for n, p in enumerate(own, 1)
    )  # fmt: skip
    keys = (
        "paper.col_no",
        "paper.col_firm",
        "paper.col_zone",
        "paper.col_stand",
        "paper.col_booths",
        "paper.col_people",
    )
    headers = tuple(w(key) for key in (*keys, "itinerary.leader.col_contact", "itinerary.leader.col_phone"))
    sums = ("", "", str(sum(p.booths for p in own)), str(sum(p.people for p in own)), "", "")
    last = (w("paper.total"), w("paper.firms", firms=firms_of(own)), *sums)
    return Section(title, "firms", table=Table(headers, rows, (0.8, 3.2, 2, 2.4, 1.1, 1, 2.4, 2.4), (0, 4, 5), last))
