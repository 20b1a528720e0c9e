"""Which sections a delegation fills, who shows what there, and which targets that counts towards."""

from __future__ import annotations

from collections import defaultdict

from fairplanner.domain.plan import Participation
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, touches


def halls(press: Press, party: Party) -> Section:
    """Booths by phase and section, against the booths handed down where a quota is known."""
    w, rows = press.w, []
    for phase_id in party.phase_ids:
        by_section: defaultdict[str, list[Participation]] = defaultdict(list)
        for place in party.at(phase_id):
            by_section[place.section_id].append(place)
        for section_id, places in sorted(by_section.items()):
            booths = sum(x.booths for x in places)
            name = press.naming.phase(phase_id)
            rows.append(
                (
                    name,
                    press.section_of(places[0]),
                    _quota(press, phase_id, section_id),
                    str(len(places)),
                    str(booths),
                    str(9 * booths),
                )
            )
    if not rows:
        return Section(w("briefing.halls"), "halls", paragraphs=(w("handout.no_places"),))
    last = (w("paper.total"), "", "", str(len(party.participations)), str(party.booths), str(9 * party.booths))
    headers = tuple(w(f"paper.col_{key}") for key in ("phase", "section", "quota", "places", "booths", "area"))
    return Section(
        w("briefing.halls"), "halls", table=Table(headers, tuple(rows), (3.6, 3.2, 2.4, 1.2, 1.1, 1.4), (3, 4, 5), last)
    )


def _quota(press: Press, phase_id: str, section_id: str) -> str:
    rows = [
        q
        for q in press.programme.quotas
        if q.phase_id == phase_id and q.section_id in (section_id, "") and q.booths is not None
    ]
    return "\n".join(
        press.w(
            "briefing.quota_section" if q.section_id else "briefing.quota_all",
            zone=press.naming.zone(q.zone_id),
            booths=q.booths,
        )
        for q in rows
    )


def who(press: Press, party: Party, phase_id: str) -> Section:
    """Who shows what at one phase, with score and rank."""
    w, own = press.w, party.at(phase_id)
    title = w("briefing.who", phase=press.naming.phase(phase_id))
    if not own:
        return Section(title, "who", paragraphs=(w("handout.no_places"),))
    rows = tuple(_who_row(press, n, place) for n, place in enumerate(own, 1))
    booths, people = sum(x.booths for x in own), sum(x.people for x in own)
    last = (
        w("paper.total"),
        w("paper.firms", firms=len({x.firm_id for x in own})),
        "",
        "",
        str(booths),
        str(people),
        "",
        "",
    )
    headers = tuple(
        w(f"paper.col_{key}") for key in ("no", "firm", "section", "exhibits", "booths", "people", "score", "rank")
    )
    note = w("briefing.invited_note") if any(x.invited for x in own) else ""
    table = Table(headers, rows, (0.8, 3.4, 2.6, 2.4, 1.1, 1.1, 1.1, 1), (4, 5, 6, 7), last)
    return Section(title, "who", table=table, note=note)


def _who_row(press: Press, n: int, place: Participation) -> tuple[str, ...]:
    application = press.programme.application.get(place.application_id)
    firm = press.naming.firm(place.firm_id)
    return (
        str(n), press.w("briefing.invited", firm=firm) if place.invited else firm, press.section_of(place),
        application.exhibits if application else "", str(place.booths), str(place.people), press.dress.number(place.score, 1),
        str(place.rank) if place.rank else "",
    )  # fmt: skip


def targets(press: Press, party: Party) -> Section:
    """Targets that this delegation can count towards, with the whole plan's figures."""
    w, p = press.w, press.programme
    reached = {r.target_id: r for r in press.plan.targets}
    own = [t for t in p.targets if t.target_id in reached and touches(p, t, party)]
    if not own:
        return Section(w("briefing.targets"), "targets", paragraphs=(w("briefing.no_targets"),))
    rows = tuple(
        (
            w.name(t),
            press.naming.zone(t.zone_id),
            str(reached[t.target_id].wanted),
            str(reached[t.target_id].reached),
            str(reached[t.target_id].short),
        )
        for t in own
    )
    headers = tuple(w(f"paper.col_{key}") for key in ("target", "zone", "wanted", "reached", "short"))
    return Section(
        w("briefing.targets"),
        "targets",
        table=Table(headers, rows, (4, 3, 1, 1, 1), (2, 3, 4)),
        note=w("briefing.targets_note"),
    )
