"""The itinerary of one firm over the whole year: its own journeys, stands, deadlines and claims, and no other firm's.

No score and no price stands here; the subsidies that the firm itself is expected to get only where the programme shows them
(`show_subsidy`), as in the answer to it (research/planner.md 6 and 36).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path, PurePosixPath

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Claim, Journey, Participation
from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.answer import subsidies
from fairplanner.publish.sheets.handout import NOTE_LINES, checks, deadlines, paper
from fairplanner.publish.sheets.handout_claims import claim_pages
from fairplanner.publish.sheets.handout_days import Course, Span, day_blocks, plain_entries
from fairplanner.publish.sheets.handout_driver import driver
from fairplanner.publish.sheets.handout_help import emergency
from fairplanner.publish.subscribe.open_address import page_url
from fairplanner.rules.reckon.notices import is_proposed

BLANKS = ("leader", "contact", "help")
TRAVEL_BLANKS = ("vehicle", "departs", "meeting")
COLUMNS = {"phase": 3.6, "days": 3.2, "section": 2.6, "stand": 1.6, "booths": 1.1, "area": 1.4, "people": 1.0}


def path_of(firm_id: str, edition: str) -> PurePosixPath:
    """Where the itinerary of a firm is published."""
    return PurePosixPath(f"handouts/firms/{safe_name(firm_id)}.{edition}.pdf")


@dataclass(frozen=True)
class FirmParty:
    """What one firm does in the year: its places in date order, its journeys, what it is expected to claim."""

    firm_id: str
    places: tuple[Participation, ...]
    journeys: tuple[Journey, ...]
    claims: tuple[Claim, ...]

    @property
    def phase_ids(self) -> tuple[str, ...]:
        """Its phases in date order, each once."""
        return tuple(dict.fromkeys(p.phase_id for p in self.places))


def firms(press: Press) -> tuple[FirmParty, ...]:
    """Every firm with a place in the plan, by id."""
    phase = press.programme.phase
    places: defaultdict[str, list[Participation]] = defaultdict(list)
    for p in sorted(press.plan.participations, key=lambda p: (phase[p.phase_id].start or date.max, p.participation_id)):
        places[p.firm_id].append(p)
    journeys: defaultdict[str, list[Journey]] = defaultdict(list)
    for j in sorted(press.plan.journeys, key=lambda j: (j.depart, j.journey_id)):
        journeys[j.firm_id].append(j)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for c in sorted(press.plan.claims, key=lambda c: c.claim_id):
        claims[c.firm_id].append(c)
    return tuple(FirmParty(f, tuple(places[f]), tuple(journeys[f]), tuple(claims[f])) for f in sorted(places))


def firm_handouts(press: Press, _folder: Path) -> Iterator[Draft]:
    """One for each firm with a place in the plan, A4."""
    for own in firms(press):
        yield paper(press, path_of(own.firm_id, press.edition), "handout.typ", partial(firm_handout, own=own))


def firm_handout(press: Press, own: FirmParty) -> Sheet:
    """Everything that concerns one firm in the year; dates come from its own agenda, which its calendar shows too."""
    w, agenda = press.w, press.book.agenda(AudienceKind.FIRM, own.firm_id)
    url = page_url(press, AudienceKind.FIRM, own.firm_id)
    return Sheet(
        lang=press.lang, kind="firm", title=w("itinerary.firm.title", firm=press.naming.firm(own.firm_id)),
        kicker=w("itinerary.firm.kicker"), audience=w("itinerary.firm.audience"), facts=_facts(press, own),
        sections=tuple(_sections(press, own, agenda)), sample=press.sample, footer=press.footer, page=press.page, date=press.date,
        qr=drawing(url) if url else "", qr_alt=w("handout.qr_alt", url=url), qr_caption=w("itinerary.firm.calendar"),
    )  # fmt: skip


def _facts(press: Press, own: FirmParty) -> tuple[tuple[str, str], ...]:
    w = press.w
    zone = press.naming.zone(press.programme.firm[own.firm_id].zone_id)
    revision = w("paper.revision", revision=press.plan.revision, day=press.dress.day(press.plan.as_of))
    return (
        (w("paper.col_firm"), press.naming.firm(own.firm_id)), (w("paper.col_zone"), zone),
        (w("itinerary.firm.fact_fairs"), w("itinerary.firm.fairs", phases=len(own.phase_ids))),
        (w("paper.fact_revision"), revision),
    )  # fmt: skip


def _sections(press: Press, own: FirmParty, agenda: Agenda) -> Iterator[Section]:
    w, phases = press.w, own.phase_ids
    blanks = tuple(w(f"handout.fill_{key}") for key in BLANKS)
    abroad = any(press.programme.regime(q) is not Regime.HOME for q in phases)
    yield _places(press, own)
    yield Section(w("handout.fill"), "fill", blanks=blanks)
    yield from _trips(press, own, agenda)
    yield driver(press, phases)
    yield emergency(press, phases, ("firm",))
    yield deadlines(press, agenda)
    yield Section(w("handout.checklist"), "checklist", checks=checks(press, own.places, abroad=abroad))
    yield from subsidies(press, own.firm_id)
    yield Section(w("handout.notes"), "notes", lines=NOTE_LINES)
    yield from claim_pages(press, own.places, own.claims)


def _places(press: Press, own: FirmParty) -> Section:
    """What the firm attends, in date order, with its stand or what it does there."""
    w, phase = press.w, press.programme.phase
    rows = tuple(
        (
            press.naming.phase(p.phase_id), press.dress.phase_days(phase[p.phase_id]), press.section_of(p),
            press.stand_of(p) or w(f"paper.roles.{p.role}"), str(p.booths), str(p.area_m2), str(p.people),
        )
        for p in own.places
    )  # fmt: skip
    headers = tuple(w("paper.fact_days") if key == "days" else w(f"paper.col_{key}") for key in COLUMNS)
    proposed = any(is_proposed(press.programme, p.phase_id, p.section_id) for p in own.places if p.booths)
    note = w("giving.proposed_note") if proposed else ""
    return Section(
        w("itinerary.firm.places"), "places", table=Table(headers, rows, tuple(COLUMNS.values()), (4, 5, 6)), note=note
    )


def _trips(press: Press, own: FirmParty, agenda: Agenda) -> Iterator[Section]:
    """A section for each time away from home, in date order."""
    entries, w = plain_entries(agenda), press.w
    home = press.programme.home(press.programme.firm[own.firm_id].zone_id)
    away = [(j.depart, j.return_) for j in own.journeys]
    for first, last in together([*away, *((e.first, e.last) for e in entries)]):
        mine = tuple(e for e in entries if first <= e.first <= last)
        spans = tuple(span for span in away if first <= span[0] <= last)
        blanks = tuple(w(f"itinerary.{key}") for key in TRAVEL_BLANKS)
        course = Course(mine, home, spans, blanks=blanks, own=True)
        yield Section(_title(press, mine), "days", days=day_blocks(press, course))


def _title(press: Press, entries: Sequence[Entry]) -> str:
    phases = dict.fromkeys(e.phase_id for e in entries if e.phase_id)
    return press.w("itinerary.firm.days", phases=press.naming.listed([press.naming.phase(q) for q in phases]))


def together(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that overlap or follow one another without a day between them, as one."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
