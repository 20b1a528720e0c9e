"""What stands in a delegation's handbook, in the order of its pages (research/planner.md 32); dates come from the agenda.

It leaves the office only in the hands of its own people: every page says so. Nothing of an official party's journey stands
in it, for firms carry it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairplanner.domain.kinds import Regime
from fairplanner.domain.people import Person
from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.handbook.conduct import conduct
from fairplanner.publish.handbook.local import local_pages
from fairplanner.publish.handbook.roll import back, duties, groups
from fairplanner.publish.handbook.travel import hotels, rooms, stands, travel
from fairplanner.publish.press import Press
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.handout import checks, days
from fairplanner.publish.sheets.handout_claims import claim_pages
from fairplanner.publish.sheets.handout_help import EVERYBODY, FIRMS, emergency
from fairplanner.publish.subscribe.open_address import page_url
from fairplanner.publish.views import Party

OWNER = ("name", "group", "room", "phone")


def handbook(press: Press, party: Party, persons: Sequence[Person] = ()) -> Sheet:
    """The whole handbook; without `persons` the same pages have blanks to fill by hand."""
    w = press.w
    url = page_url(press, AudienceKind.DELEGATION, party.delegation.party_id)
    return Sheet(
        lang=press.lang, kind="handbook", title=press.title(party), kicker=w("handbook.kicker"),
        audience=w("handbook.audience_named" if persons else "handbook.audience"),
        facts=_front(press, party), sections=tuple(_sections(press, party, persons)),
        sample=press.sample, footer=press.footer, page=press.page, date=press.date, qr=drawing(url) if url else "",
        qr_alt=w("handout.qr_alt", url=url), qr_caption=w("handout.qr_caption"),
    )  # fmt: skip


def _front(press: Press, party: Party) -> tuple[tuple[str, str], ...]:
    """The facts of the front, but for the fairs, which its title names."""
    fairs = press.w("paper.fact_fair")
    return tuple(fact for fact in cover_facts(press, party, internal=False) if fact[0] != fairs)


def _sections(press: Press, party: Party, persons: Sequence[Person]) -> Iterator[Section]:
    w, d = press.w, party.delegation
    yield Section(w("handbook.owner"), "owner", blanks=tuple(w(f"handbook.owner_{key}") for key in OWNER))
    yield Section(w("handbook.contents"), "contents")
    yield days(press, party, press.agenda(party))
    yield duties(press, party, persons)
    yield groups(press, party, persons)
    yield travel(press, party, persons)
    yield hotels(press, party, persons)
    yield from rooms(press, persons)
    yield from stands(press, party, persons)
    yield from local_pages(press, party)
    yield from conduct(press, party)
    yield emergency(press, party.phase_ids, EVERYBODY if d.officials else FIRMS)
    kept = checks(press, party.participations, abroad=d.regime is not Regime.HOME)
    yield Section(w("handbook.evidence"), "evidence", (w("handbook.evidence_why"),), checks=kept)
    yield from claim_pages(press, party.participations, party.claims)
    yield Section(w("handout.notes"), "notes", lines=1)
    yield back(press, party, persons)
