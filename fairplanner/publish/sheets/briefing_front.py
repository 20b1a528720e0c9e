"""The first page of a briefing sheet: what a director reads before signing. Everything on it stands in full in the detail behind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fairplanner.publish.agendas.agenda import Agenda, EntryKind
from fairplanner.publish.design.canvas import on_paper
from fairplanner.publish.design.columns import Stack, columns
from fairplanner.publish.design.figure import Figure
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.tokens import Design
from fairplanner.publish.design.words import chart_words
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Table
from fairplanner.publish.sheets.briefing_money import Drawn, drawn, own_money
from fairplanner.publish.sheets.briefing_party import own_targets
from fairplanner.publish.sheets.risks import risks
from fairplanner.publish.views import Party, total

COLUMN_MM = 82.0
"""Width of a column of the front page: half the text's width on A4 less the gap."""
MOST_SECTIONS, MOST_SECTORS, MOST_TARGETS, MOST_FUNDS, MOST_DUE, MOST_RISKS = 4, 4, 3, 4, 3, 4
COLUMN_EMS, PAGE_EMS = 60, 240
"""How much the front says of sections (about three lines of a column) and of risks (about five lines of the page)."""


def front(
    press: Press,
    party: Party,
    agenda: Agenda,
    why: Section,
    look: Design,
    both: tuple[Press, ...],
) -> tuple[Section, ...]:
    """Why, who and what, targets; money, what is next, what to bring back stands with the caller; then the risks."""
    return (
        why,
        who(press, party),
        targets(press, party),
        money(press, party, look, both),
        due(press, agenda),
        dangers(press, [risks(press, party), *(risks(own, party) for own in both if own.lang != press.lang)]),
    )


def who(press: Press, party: Party) -> Section:
    """How many people, what their firms make, and which sections they stand in, the largest first; how many firms the cover says."""
    w, places = press.w, party.participations
    if not places:
        return Section(w("front.who"), "front-who", paragraphs=(w("handout.no_places"),))
    people = (w("front.people"), w("paper.people", people=sum(x.people for x in places)))
    return Section(w("front.who"), "front-who", facts=(people, *_sectors(press, party), *_sections(press, party)))


def _sectors(press: Press, party: Party) -> Iterator[tuple[str, str]]:
    w, p = press.w, press.programme
    counted = Counter(
        s for f in sorted({x.firm_id for x in party.participations}) for s in p.firm[f].sectors if s in p.sector
    )
    most = sorted(counted.items(), key=lambda x: (-x[1], x[0]))[:MOST_SECTORS]
    if most:
        said = [w("front.sector", sector=w.name(p.sector[s]), firms=n) for s, n in most]
        yield w("front.sectors"), press.naming.listed(said)


def _sections(press: Press, party: Party) -> Iterator[tuple[str, str]]:
    """Booths by section, phase by phase; nothing where no section is known."""
    w, lines = press.w, []
    for phase_id in party.phase_ids:
        booths: defaultdict[str, int] = defaultdict(int)
        for place in party.exhibitors:
            if place.phase_id == phase_id and press.section_of(place):
                booths[press.section_of(place)] += place.booths
        ranked = sorted(booths.items(), key=lambda x: (-x[1], x[0]))
        if ranked:
            said = [w("front.section", section=name, booths=n) for name, n in ranked]
            said = [*_fitting(said, MOST_SECTIONS, COLUMN_EMS)]
            more = len(ranked) - len(said)
            said += [w("front.sections_more", count=more)] if more else []
            listed = press.naming.listed(said)
            named = w("front.sections_at", phase=press.naming.phase(phase_id), sections=listed)
            lines.append(named if len(party.phase_ids) > 1 else listed)
    if lines:
        yield w("front.sections"), "\n".join(lines)


def _fitting(texts: Sequence[str], most: int, ems: float) -> Sequence[str]:
    """The first of them, not more than `most`, that fit into lines of so many ems altogether; never none."""
    kept = 1
    while kept < min(most, len(texts)) and text_width("".join(texts[: kept + 1]), 1) <= ems:
        kept += 1
    return texts[:kept]


def targets(press: Press, party: Party) -> Section:
    """How far the plan reaches what this delegation counts towards, what is missing most first."""
    w, own = press.w, own_targets(press, party)
    if not own:
        return Section(w("briefing.targets"), "front-targets", paragraphs=(w("briefing.no_targets"),))
    ranked = sorted(own, key=lambda x: -x[1].short / max(1, x[1].wanted))
    bars = tuple(
        (w.name(t), round(min(1.0, r.reached / r.wanted), 4) if r.wanted else 1.0, w("front.target", reached=r.reached, wanted=r.wanted))
        for t, r in ranked[:MOST_TARGETS]
    )  # fmt: skip
    more = len(ranked) - MOST_TARGETS
    note = w("front.targets_more", count=more) if more > 0 else w("front.targets_note")
    return Section(w("briefing.targets"), "front-targets", bars=bars, note=note)


def money(press: Press, party: Party, look: Design, both: tuple[Press, ...]) -> Section:
    """What it costs whom, what may be expected back, and each fund that pays against its amount."""
    w, found = press.w, drawn(press, party)
    rows = [(w("front.public"), party.delegation.total)] if party.delegation.total else []
    rows.append((w("front.own"), total([amount for _, amount in own_money(party)])))
    rows += [(w("front.subsidies"), total([c.amount for c in party.claims]))] if party.claims else []
    headers = (w("paper.col_payer"), w("paper.col_amount", unit=press.dress.unit))
    shown = tuple((label, press.dress.amount(amount)) for label, amount in rows)
    figure = _funds(press, found, look, both) if found else None
    return Section(w("front.money"), "front-money", table=Table(headers, shown, (2, 1), (1,)), figure=figure)


def _funds(press: Press, found: tuple[Drawn, ...], look: Design, both: tuple[Press, ...]) -> Figure:
    """The funds this delegation draws on most, each with what all delegations draw on it; one drawing for both languages."""
    w, words = press.w, chart_words(both[0].w).columns
    words = replace(words, limit=" ".join(dict.fromkeys(own.w("charts.columns.limit") for own in both)))
    here, others = (" ".join(dict.fromkeys(own.w(key) for own in both)) for key in ("front.here", "front.others"))
    shown = sorted(found, key=lambda x: (-x.here, x.fund_id))[:MOST_FUNDS]
    rows = tuple(
        Stack(
            " ".join(dict.fromkeys(own.w.name(press.programme.fund[x.fund_id]) for own in both)),
            ((here, float(x.here), 0), (others, float(max(x.planned - x.here, Decimal(0))), 4)),
            float(x.whole),
            w("front.fund", planned=press.dress.number(float(x.planned)), whole=press.dress.number(float(x.whole))),
        )
        for x in shown
    )
    svg = columns(rows, design=look, words=words, width=on_paper(COLUMN_MM))
    told = [f"{w.name(press.programme.fund[x.fund_id])} {row.shown}" for x, row in zip(shown, rows, strict=True)]
    alt = w("front.fund_alt", text=press.naming.listed(told))
    more = len(found) - len(shown)
    caption = [w("front.caption"), *([w("front.funds_more", count=more)] if more else [])]
    return Figure(svg, alt, "\n".join(caption))


def due(press: Press, agenda: Agenda) -> Section:
    """The next three deadlines with the days that are left; in words where there is none."""
    w, as_of = press.w, press.plan.as_of
    entries = [e for e in agenda.entries if e.kind is EntryKind.DEADLINE]
    ahead = [e for e in entries if e.first >= as_of]
    if not ahead:
        said = w("briefing.none_due") if entries else w("handout.no_deadlines")
        return Section(w("front.next"), "front-next", paragraphs=(said,))
    facts = []
    for e in ahead[:MOST_DUE]:
        left, day = (e.first - as_of).days, press.dress.day(e.first)
        facts.append((w("front.due_in", day=day, days=left) if left else w("front.due_today", day=day), e.title))
    more = len(ahead) - MOST_DUE
    note = w("front.next_more", count=more) if more > 0 else ""
    return Section(w("front.next"), "front-next", facts=tuple(facts), note=note)


def dangers(press: Press, found: Sequence[tuple[str, ...]]) -> Section:
    """The first of the risks, dates that may move before all others, and how many there are besides.

    `found`: the risks in the language of `press` and in every other language of the edition, which names as many of them.
    """
    w, named = press.w, min((len(_fitting(these, MOST_RISKS, PAGE_EMS)) for these in found if these), default=0)
    more = len(found[0]) - named
    items = (*found[0][:named], *([w("front.risks_more", count=more)] if more else ()))
    return Section(w("briefing.risks"), "front-risks", items=items or (w("briefing.no_risks"),))
