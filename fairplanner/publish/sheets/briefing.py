"""The briefing sheet of a delegation, for the office itself: why, where, who, what it costs, what is due, what to bring back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from fairplanner.publish.agendas.agenda import Agenda, Entry, EntryKind
from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.design.tokens import Design, design
from fairplanner.publish.money.budget_grid import budget
from fairplanner.publish.pages import page
from fairplanner.publish.paths import safe_name
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft, Publication
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.briefing_facts import markets
from fairplanner.publish.sheets.briefing_front import front
from fairplanner.publish.sheets.briefing_money import costs, funds, sources, subsidies
from fairplanner.publish.sheets.briefing_party import halls, officials, targets, who
from fairplanner.publish.sheets.cover import cover_facts
from fairplanner.publish.sheets.risks import risks
from fairplanner.publish.views import Party, firms_of
from fairplanner.shipped import shipped

EXHIBITORS = ("deals", "contacts", "samples", "satisfaction", "again", "proof", "report")
GUESTS = ("orders", "contacts", "satisfaction", "again", "record", "report")


def path_of(delegation_id: str, edition: str, ending: str) -> PurePosixPath:
    """Where the briefing of a delegation is published."""
    return PurePosixPath(f"briefings/{safe_name(delegation_id)}.{edition}.{ending}")


def briefings(press: Press, folder: Path) -> Iterator[Publication | Draft]:
    """The briefing of every delegation as a page and as paper."""
    look = design(folder)
    others = press.twin.parties if press.is_bilingual else press.parties
    for party, other in zip(press.parties, others, strict=True):
        both = (press, press.twin) if press.is_bilingual else (press,)
        sheet = briefing(press, party, look, both)
        if press.is_bilingual:
            sheet = bilingual(sheet, briefing(press.twin, other, look, both))
        path = partial(path_of, party.delegation.delegation_id, press.edition)
        yield Publication(path("html"), "text/html; charset=utf-8", page_of(press, sheet, folder))
        yield Draft(path("pdf"), "briefing/briefing.typ", sheet.data(), press.timestamp)


def page_of(press: Press, sheet: Sheet, folder: Path) -> bytes:
    """A briefing as a page: the front, then the detail, which may be folded away."""
    values = {"sheet": sheet, "title": sheet.title, "sample": sheet.sample, "footer": sheet.footer}
    detail = press.w("front.detail")
    if press.is_bilingual:
        detail = bilingual(detail, press.twin.w("front.detail"))
    return page(folder, "briefing/briefing.html.j2", press.lang, detail=detail, **values)


def briefing(press: Press, party: Party, look: Design | None = None, both: tuple[Press, ...] = ()) -> Sheet:
    """Everything on the sheet, internal: scores, money and expected subsidies are shown, the last with their caveat.

    What stands before the first section with `own_page` is the front and fits on one page. `look`: the shipped design if not given.
    `both`: the presses of a bilingual edition in their order.
    """
    w, agenda, found = press.w, press.agenda(party), risks(press, party)
    results = Section(w("briefing.results"), "results", checks=_results(press, party))
    # the title names the fairs already, in the order of their days
    facts = tuple(fact for fact in cover_facts(press, party, internal=True) if fact[0] != w("paper.fact_fair"))
    *first, last = front(
        press, party, agenda, why(press, party), look or design(shipped("templates")), both or (press,)
    )
    behind = (
        *about(press, party), *halls(press, party), *(s for q in party.phase_ids for s in who(press, party, q)),
        *officials(press, party), targets(press, party),
        *budget(press, party), costs(press, party), funds(press, party), subsidies(press, party), due(press, agenda), markets(press, party),
        Section(w("briefing.risks"), "risks", items=found or (w("briefing.no_risks"),)), sources(press, party),
    )  # fmt: skip
    sections = (*first, results, last, replace(behind[0], own_page=True), *behind[1:])
    return Sheet(
        lang=press.lang, kind="briefing", title=press.title(party), kicker=w("briefing.kicker"),
        audience=w("briefing.audience"), facts=facts, sections=sections, sample=press.sample,
        footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def _results(press: Press, party: Party) -> tuple[str, ...]:
    own = [*(EXHIBITORS if party.exhibitors or not party.guests else ()), *(GUESTS if party.guests else ())]
    in_order = sorted(dict.fromkeys(own), key="report".__eq__)
    return tuple(press.w(f"briefing.result_{key}") for key in in_order)


def why(press: Press, party: Party) -> Section:
    """Mean score of the firms that go, part by part against its full marks; the sectors and markets that speak for it."""
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
        else [w("front.no_score")]
    )
    return Section(
        w("briefing.why"), "why", paragraphs=(*said, *_sectors(press, party), *_markets(press, party)), bars=bars
    )


def _markets(press: Press, party: Party) -> list[str]:
    """The markets that all fairs of a delegation open, with their class."""
    w, p = press.w, press.programme
    ids = dict.fromkeys(m for q in party.phase_ids for m in p.markets_of(q))
    named = [
        w("front.market", market=w.name(m), kind=w(f"enums.MarketClass.{m.market_class}"))
        if m.market_class
        else w.name(m)
        for m in (p.market[x] for x in ids)
    ]
    return [w("front.markets", markets=press.naming.listed(named))] if named else []


def about(press: Press, party: Party) -> Iterator[Section]:
    """What each fair opens and which of its lines is supported; nothing where nothing is known."""
    said = tuple(dict.fromkeys(line for q in party.phase_ids for line in _weight(press, q)))
    if said:
        yield Section(press.w("briefing.why"), "about", paragraphs=said)


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
