"""Which sections a delegation fills, who shows what there, and which targets that counts towards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from fairplanner.domain.kinds import Policy, Regime, Role
from fairplanner.domain.plan import Participation, Reached
from fairplanner.domain.planning import Target
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.views import Party, firms_of, touches


def halls(press: Press, party: Party) -> Iterator[Section]:
    """Booths by phase and section, against the booths handed down where a quota is known; nothing where nobody exhibits."""
    w, rows, own = press.w, [], party.exhibitors
    for phase_id in party.phase_ids:
        by_section: defaultdict[str, list[Participation]] = defaultdict(list)
        for place in own:
            if place.phase_id == phase_id:
                by_section[place.section_id].append(place)
        for section_id, places in sorted(by_section.items()):
            booths = sum(x.booths for x in places)
            quota, counts = _quota(press, phase_id, section_id), (len(places), booths, 9 * booths)
            rows.append((press.naming.phase(phase_id), press.section_of(places[0]), quota, *map(str, counts)))
    if rows:
        last = (w("paper.total"), "", "", str(len(own)), str(party.booths), str(9 * party.booths))
        headers = tuple(w(f"paper.col_{key}") for key in ("phase", "section", "quota", "places", "booths", "area"))
        table = Table(headers, tuple(rows), (3.6, 3.2, 2.4, 1.2, 1.1, 1.4), (3, 4, 5), last)
        yield Section(w("briefing.halls"), "halls", table=table)


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


def who(press: Press, party: Party, phase_id: str) -> Iterator[Section]:
    """Who shows what at one phase, and who buys, visits or negotiates there; with score and place in the order."""
    w, phase, own = press.w, press.naming.phase(phase_id), party.at(phase_id)
    sides = (
        ("who", [p for p in own if p.role is Role.EXHIBIT], _exhibitor, EXHIBITOR),
        ("guests", [p for p in own if p.role is not Role.EXHIBIT], _guest, GUEST),
    )
    for key, places, cells, columns in sides:
        if places:
            note = w("briefing.invited_note") if any(x.invited for x in places) else ""
            table = _who(press, phase_id, places, cells, columns)
            yield Section(w(f"briefing.{key}", phase=phase), key, table=table, note=note)
    if not own:
        yield Section(w("briefing.who", phase=phase), "who", paragraphs=(w("handout.no_places"),))


def _who(press: Press, phase_id: str, places: list[Participation], cells: Cells, columns: dict[str, float]) -> Table:
    """Own columns of a side, then score and the order its policy keeps (none where places are weighed freely)."""
    w, order = press.w, ORDERS.get(press.programme.policy(phase_id), "")
    ends: dict[str, float] = {"score": 1.1} | ({order: 1.3} if order else {})
    told = [cells(press, x) for x in places]
    # a column in which nothing stands is left out: many fairs have no sections, and most offices learn of exhibits later
    kept = [i for i, key in enumerate(columns) if key not in OPTIONAL or any(cell[i] for cell in told)]
    columns = {key: width for i, (key, width) in enumerate(columns.items()) if i in kept}
    rows = []
    for n, x in enumerate(places, 1):
        firm = press.naming.firm(x.firm_id)
        named = w("briefing.invited", firm=firm) if x.invited else firm
        ranked = (str(x.rank) if x.rank else "",) if order else ()
        rows.append((str(n), named, *(told[n - 1][i] for i in kept), press.dress.number(x.score, 1), *ranked))
    sums = {"firm": w("paper.firms", firms=firms_of(places)), "people": str(sum(x.people for x in places))}
    sums |= {"no": w("paper.total"), "booths": str(sum(x.booths for x in places))}
    widths = {"no": 0.8, "firm": 3.4} | columns | ends
    numeric = tuple(i for i, key in enumerate(widths) if key in NUMERIC)
    last = tuple(sums.get(key, "") for key in widths)
    return Table(tuple(w(f"paper.col_{key}") for key in widths), tuple(rows), tuple(widths.values()), numeric, last)


def _exhibitor(press: Press, place: Participation) -> tuple[str, ...]:
    application = press.programme.application.get(place.application_id)
    exhibits = application.exhibits if application else ""
    return press.section_of(place), exhibits, str(place.booths), str(place.people)


def _guest(press: Press, place: Participation) -> tuple[str, ...]:
    return press.w(f"paper.roles.{place.role}"), str(place.people)


Cells = Callable[[Press, Participation], tuple[str, ...]]
EXHIBITOR: dict[str, float] = {"section": 2.6, "exhibits": 2.4, "booths": 1.1, "people": 1.1}
GUEST: dict[str, float] = {"role": 2.6, "people": 1.1}
ORDERS = {Policy.RANK: "rank", Policy.FIRST_CONFIRMED: "order", Policy.LOTTERY: "lot"}
OPTIONAL = frozenset({"section", "exhibits"})
NUMERIC = frozenset({"no", "booths", "people", "score", "rank", "order", "lot"})


def officials(press: Press, party: Party) -> Iterator[Section]:
    """The official party of a delegation abroad: how many, which posts, from when to when, at which stop; no names."""
    w, d = press.w, party.delegation
    if d.regime is Regime.HOME or not (d.officials or d.posts):
        return
    facts = [(w("briefing.officials_count"), w("paper.people", people=d.officials))]
    if d.posts:
        facts.append((w("briefing.officials_posts"), press.naming.listed([press.naming.post(p) for p in d.posts])))
    facts.append((w("paper.fact_away"), press.dress.span(d.depart, d.return_)))
    facts += [(press.naming.phase(s.phase_id), press.dress.span(s.arrive, s.leave)) for s in d.stops]
    yield Section(w("briefing.officials"), "officials", facts=tuple(facts), note=w("briefing.officials_note"))


def own_targets(press: Press, party: Party) -> tuple[tuple[Target, Reached], ...]:
    """Targets that this delegation can count towards, with the whole plan's figures."""
    p, reached = press.programme, {r.target_id: r for r in press.plan.targets}
    return tuple((t, reached[t.target_id]) for t in p.targets if t.target_id in reached and touches(p, t, party))


def targets(press: Press, party: Party) -> Section:
    """Those targets in a table."""
    w, own = press.w, own_targets(press, party)
    if not own:
        return Section(w("briefing.targets"), "targets", paragraphs=(w("briefing.no_targets"),))
    rows = tuple((w.name(t), press.naming.zone(t.zone_id), str(r.wanted), str(r.reached), str(r.short)) for t, r in own)
    headers = tuple(w(f"paper.col_{key}") for key in ("target", "zone", "wanted", "reached", "short"))
    return Section(
        w("briefing.targets"),
        "targets",
        table=Table(headers, rows, (4, 3, 1, 1, 1), (2, 3, 4)),
        note=w("briefing.targets_note"),
    )
