"""The briefing sheet of a delegation, for the office itself: why, where, who, what it costs, what is due, what to bring back."""

from __future__ import annotations

from collections import defaultdict

from fairplanner.publish.agendas.agenda import Agenda, Entry, EntryKind
from fairplanner.publish.money.budget_grid import budget
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.briefing_facts import markets
from fairplanner.publish.sheets.briefing_money import costs, funds, sources, subsidies
from fairplanner.publish.sheets.briefing_party import halls, officials, targets, who
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.risks import risks
from fairplanner.publish.views import Party, firms_of

EXHIBITORS = ("deals", "contacts", "samples", "satisfaction", "again", "proof", "report")
GUESTS = ("orders", "contacts", "satisfaction", "again", "record", "report")


def briefing(press: Press, party: Party) -> Sheet:
    """Everything on the sheet, internal: scores, money and expected subsidies are shown, the last with their caveat."""
    w, agenda = press.w, press.agenda(party)
    sections = (
        why(press, party), *halls(press, party), *(s for q in party.phase_ids for s in who(press, party, q)),
        *officials(press, party), targets(press, party),
        *budget(press, party), costs(press, party), funds(press, party), subsidies(press, party), due(press, agenda), markets(press, party),
        Section(w("briefing.risks"), "risks", items=risks(press, party) or (w("briefing.no_risks"),)),
        Section(w("briefing.results"), "results", checks=_results(press, party)), sources(press, party),
    )  # fmt: skip
    return Sheet(
        lang=press.lang, kind="briefing", title=press.title(party), kicker=w("briefing.kicker"),
        audience=w("briefing.audience"), facts=cover_facts(press, party, internal=True), sections=sections, sample=press.sample,
        footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _results(press: Press, party: Party) -> tuple[str, ...]:
    own = [*(EXHIBITORS if party.exhibitors or not party.guests else ()), *(GUESTS if party.guests else ())]
    in_order = sorted(dict.fromkeys(own), key="report".__eq__)
    return tuple(press.w(f"briefing.result_{key}") for key in in_order)


def why(press: Press, party: Party) -> Section:
    """Mean score of the firms that go, part by part against its full marks; what the fair opens and shows."""
    w, p = press.w, press.programme
    full = p.settings.score.model_dump()
    order = [*full, "given", "sheet"]
    points: defaultdict[str, list[float]] = defaultdict(list)
    for place in party.participations:
        for part, value in place.parts:
            points[part].append(value)
    bars = tuple(
        _bar(press, part, sum(values) / len(values), float(full.get(part, 100)))
        for part, values in sorted(points.items(), key=lambda x: order.index(x[0]))
    )
    means = [place.score for place in party.participations]
    said = (
        [
            w(
                "briefing.why_score",
                score=press.dress.number(sum(means) / len(means), 1),
                firms=firms_of(party.participations),
            )
        ]
        if means
        else []
    )
    for phase_id in party.phase_ids:
        said += _weight(press, phase_id)
    return Section(
        w("briefing.why"), "why", paragraphs=tuple(dict.fromkeys([*said, *_sectors(press, party)])), bars=bars
    )


def _bar(press: Press, part: str, mean: float, full: float) -> tuple[str, float, str]:
    shown = press.w("briefing.points", points=press.dress.number(mean, 1), full=press.dress.number(full))
    return press.w(f"briefing.part_{part}"), round(mean / full, 4) if full else 0.0, shown


def _weight(press: Press, phase_id: str) -> list[str]:
    w, p = press.w, press.programme
    fair, choice = p.fair[p.phase[phase_id].fair_id], p.choice(phase_id)
    said = []
    if markets := [w.name(p.market[m]) for m in p.markets_of(phase_id)]:
        kind = p.market_class(phase_id)
        key = f"briefing.why_markets_{kind}" if kind else "briefing.why_markets"
        said.append(w(key, markets=press.naming.listed(markets), fair=w.name(fair)))
    support = (choice.support_zh if press.lang == "zh" else choice.support_en) if choice else ""
    if support:
        said.append(w("briefing.why_support", fair=w.name(fair), support=support))
    return said


def _sectors(press: Press, party: Party) -> list[str]:
    p, zone = press.programme, press.programme.zone[party.delegation.sponsor]
    shown = {s for q in party.phase_ids for s in p.fair[p.phase[q].fair_id].sectors}
    shown |= {s for x in party.participations if x.section_id in p.section for s in p.section[x.section_id].sectors}
    shared = [press.w.name(p.sector[s]) for s in zone.sectors if s in shown and s in p.sector]
    return (
        [press.w("briefing.why_sectors", zone=press.w.name(zone), sectors=press.naming.listed(shared))]
        if shared
        else []
    )


def due(press: Press, agenda: Agenda) -> Section:
    """Deadlines in order; the next one first in words."""
    w = press.w
    entries = [e for e in agenda.entries if e.kind is EntryKind.DEADLINE]
    ahead = [e for e in entries if e.first >= press.plan.as_of]
    first = (
        w("briefing.next_due", day=press.dress.day(ahead[0].first), what=ahead[0].title)
        if ahead
        else w("briefing.none_due")
    )
    if not entries:
        return Section(w("briefing.due"), "due", paragraphs=(w("handout.no_deadlines"),))
    rows = tuple((press.dress.day(e.first), e.title, _state(press, e), "\n".join(e.lines)) for e in entries)
    headers = tuple(w(f"handout.deadline_{key}") for key in ("date", "what", "state", "note"))
    return Section(w("briefing.due"), "due", paragraphs=(first,), table=Table(headers, rows, (2.5, 3.2, 1.2, 3.4)))


def _state(press: Press, entry: Entry) -> str:
    if entry.first < press.plan.as_of:
        return press.w("briefing.past")
    return press.w("briefing.days_left", days=(entry.first - press.plan.as_of).days)
