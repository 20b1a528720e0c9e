"""The briefing sheet of a delegation, for the office itself: why, where, who, what it costs, what is due, what to bring back."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Participation
from fairplanner.publish.agenda import Agenda, Entry, EntryKind
from fairplanner.publish.handout import cover_facts
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.risks import risks
from fairplanner.publish.views import Party, spent, total, touches

RESULTS = ("deals", "contacts", "samples", "satisfaction", "again", "proof", "report")


def briefing(press: Press, party: Party) -> Sheet:
    """Everything on the sheet, internal: scores, money and expected subsidies are shown, the last with their caveat."""
    w, agenda = press.w, press.agenda(party)
    sections = (
        why(press, party), halls(press, party), *(who(press, party, q) for q in party.phase_ids), targets(press, party),
        costs(press, party), funds(press, party), subsidies(press, party), due(press, agenda), markets(press, party),
        Section(w("briefing.risks"), "risks", items=risks(press, party) or (w("briefing.no_risks"),)),
        Section(w("briefing.results"), "results", checks=tuple(w(f"briefing.result_{key}") for key in RESULTS)),
    )  # fmt: skip
    return Sheet(
        lang=press.lang, kind="briefing", title=press.naming.delegation(party.delegation), kicker=w("briefing.kicker"),
        audience=w("briefing.audience"), facts=cover_facts(press, party), sections=sections, sample=press.sample,
        footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def why(press: Press, party: Party) -> Section:
    """Mean score of the firms that go, part by part against its full marks; what the fair opens and shows."""
    w, p = press.w, press.programme
    full = p.settings.score.model_dump()
    order = [*full, "given"]
    points: defaultdict[str, list[float]] = defaultdict(list)
    for place in party.participations:
        for part, value in place.parts:
            points[part].append(value)
    bars = tuple(_bar(press, part, sum(values) / len(values), float(full.get(part, 100))) for part, values in sorted(points.items(), key=lambda x: order.index(x[0])))
    means = [place.score for place in party.participations]
    said = [w("briefing.why_score", score=press.dress.number(sum(means) / len(means), 1), firms=party.firms)] if means else []
    for phase_id in party.phase_ids:
        said += _weight(press, phase_id)
    return Section(w("briefing.why"), "why", paragraphs=tuple(dict.fromkeys([*said, *_sectors(press, party)])), bars=bars)


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
    return [press.w("briefing.why_sectors", zone=press.w.name(zone), sectors=press.naming.listed(shared))] if shared else []


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
            rows.append((name, press.section_of(places[0]), _quota(press, phase_id, section_id), str(len(places)), str(booths), str(9 * booths)))
    if not rows:
        return Section(w("briefing.halls"), "halls", paragraphs=(w("handout.no_places"),))
    last = (w("paper.total"), "", "", str(len(party.participations)), str(party.booths), str(9 * party.booths))
    headers = tuple(w(f"paper.col_{key}") for key in ("phase", "section", "quota", "places", "booths", "area"))
    return Section(w("briefing.halls"), "halls", table=Table(headers, tuple(rows), (3.6, 3.2, 2.4, 1.2, 1.1, 1.4), (3, 4, 5), last))


def _quota(press: Press, phase_id: str, section_id: str) -> str:
    rows = [q for q in press.programme.quotas if q.phase_id == phase_id and q.section_id in (section_id, "") and q.booths is not None]
    return "\n".join(
        press.w("briefing.quota_section" if q.section_id else "briefing.quota_all", zone=press.naming.zone(q.zone_id), booths=q.booths)
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
    last = (w("paper.total"), w("paper.firms", firms=len({x.firm_id for x in own})), "", "", str(booths), str(people), "", "")
    headers = tuple(w(f"paper.col_{key}") for key in ("no", "firm", "section", "exhibits", "booths", "people", "score", "rank"))
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
        (w.name(t), press.naming.zone(t.zone_id), str(reached[t.target_id].wanted), str(reached[t.target_id].reached), str(reached[t.target_id].short))
        for t in own
    )
    headers = tuple(w(f"paper.col_{key}") for key in ("target", "zone", "wanted", "reached", "short"))
    return Section(w("briefing.targets"), "targets", table=Table(headers, rows, (4, 3, 1, 1, 1), (2, 3, 4)), note=w("briefing.targets_note"))


def costs(press: Press, party: Party) -> Section:
    """What it costs: public money by line, then what firms pay themselves; currency of the programme."""
    w = press.w
    rows = [(w("briefing.payer_public"), w(f"enums.CostLine.{line}"), amount) for line, amount in party.delegation.cost]
    own = (
        ("stand", total([x.stand_cost for x in party.participations])),
        ("fare", total([j.fare for j in party.journeys])),
        ("lodging", total([j.lodging for j in party.journeys])),
    )
    rows += [(w("briefing.payer_firms"), w(f"enums.CostLine.{line}"), amount) for line, amount in own]
    shown = tuple((payer, line, press.dress.amount(amount)) for payer, line, amount in rows)
    last = (w("paper.total"), "", press.dress.amount(total([r[2] for r in rows])))
    headers = (w("paper.col_payer"), w("paper.col_line"), w("paper.col_amount", unit=press.dress.unit))
    return Section(w("briefing.costs"), "costs", table=Table(headers, shown, (4, 3, 3), (2,), last), note=w("briefing.costs_note"))


def funds(press: Press, party: Party) -> Section:
    """The funds it draws on: amount, what the whole plan draws, what is left."""
    w, p = press.w, press.programme
    ids = sorted({*([party.delegation.fund_id] if party.delegation.fund_id else []), *(c.fund_id for c in party.claims)})
    drawn = spent(press.flows)
    own = {f: (party.delegation.total if f == party.delegation.fund_id else Decimal(0)) for f in ids}
    for claim in party.claims:
        own[claim.fund_id] += claim.amount
    if not ids:
        return Section(w("briefing.funds"), "funds", paragraphs=(w("briefing.no_funds"),))
    amounts = [(p.fund[f].amount, own[f], drawn.get(f, Decimal(0)), p.fund[f].amount - drawn.get(f, Decimal(0))) for f in ids]
    rows = tuple((w.name(p.fund[f]), *map(press.dress.amount, row)) for f, row in zip(ids, amounts, strict=True))
    headers = (w("paper.col_fund"), *(w(f"paper.col_{key}", unit=press.dress.unit) for key in ("budget", "here", "planned", "left")))
    return Section(w("briefing.funds"), "funds", table=Table(headers, rows, (3, 2, 2, 2, 2), (1, 2, 3, 4)))


def subsidies(press: Press, party: Party) -> Section:
    """Claims expected by firm; always with the caveat, never outside the office."""
    w, p = press.w, press.programme
    if not party.claims:
        return Section(w("briefing.subsidies"), "subsidies", paragraphs=(w("briefing.no_subsidies"),))
    rows = tuple((press.naming.firm(c.firm_id), w.name(p.subsidy[c.subsidy_id]), press.dress.amount(c.amount)) for c in party.claims)
    last = (w("paper.total"), "", press.dress.amount(total([c.amount for c in party.claims])))
    headers = (w("paper.col_firm"), w("paper.col_subsidy"), w("paper.col_amount", unit=press.dress.unit))
    return Section(w("briefing.subsidies"), "subsidies", table=Table(headers, rows, (4, 3, 2), (2,), last), note=w("briefing.subsidies_note"))


def due(press: Press, agenda: Agenda) -> Section:
    """Deadlines in order; the next one first in words."""
    w = press.w
    entries = [e for e in agenda.entries if e.kind is EntryKind.DEADLINE]
    ahead = [e for e in entries if e.first >= press.plan.as_of]
    first = w("briefing.next_due", day=press.dress.day(ahead[0].first), what=ahead[0].title) if ahead else w("briefing.none_due")
    if not entries:
        return Section(w("briefing.due"), "due", paragraphs=(w("handout.no_deadlines"),))
    rows = tuple((press.dress.day(e.first), e.title, _state(press, e), "\n".join(e.lines)) for e in entries)
    headers = tuple(w(f"handout.deadline_{key}") for key in ("date", "what", "state", "note"))
    return Section(w("briefing.due"), "due", paragraphs=(first,), table=Table(headers, rows, (2.5, 3.2, 1.2, 3.4)))


def _state(press: Press, entry: Entry) -> str:
    if entry.first < press.plan.as_of:
        return press.w("briefing.past")
    return press.w("briefing.days_left", days=(entry.first - press.plan.as_of).days)


def markets(press: Press, party: Party) -> Section:
    """What is known of the fairs and the markets they open, each with where it is known from."""
    w, p = press.w, press.programme
    rows: list[tuple[str, str, str]] = []
    for fair_id in dict.fromkeys(p.phase[q].fair_id for q in party.phase_ids):
        fair = p.fair[fair_id]
        for key in ("organiser", "website", "usual_window", "note"):
            if value := str(getattr(fair, key)):
                rows.append((w(f"briefing.fair_{key}", fair=w.name(fair)), value, f"{fair.source}"))
    for market_id in dict.fromkeys(m for q in party.phase_ids for m in p.markets_of(q)):
        market = p.market[market_id]
        said = [w(f"enums.MarketClass.{market.market_class}")] if market.market_class else []
        rows.append((w.name(market), "\n".join([*said, *(x for x in (market.quote, market.note) if x)]), market.source))
    if party.delegation.regime is not Regime.HOME:
        rows += _abroad(press, party)
    kept = tuple(row for row in rows if row[1])
    if not kept:
        return Section(w("briefing.markets"), "markets", paragraphs=(w("briefing.no_markets"),))
    headers = tuple(w(f"paper.col_{key}") for key in ("about", "fact", "source"))
    return Section(w("briefing.markets"), "markets", table=Table(headers, kept, (2.4, 4.4, 3.2)))


def _abroad(press: Press, party: Party) -> list[tuple[str, str, str]]:
    w, p = press.w, press.programme
    rows = []
    for code in dict.fromkeys(p.territory_of(q) for q in party.phase_ids):
        territory = p.territory[code]
        if territory.interpreter:
            rows.append((w.name(territory), w("briefing.interpreter", language=territory.interpreter), territory.source))
        if territory.note:
            rows.append((w.name(territory), territory.note, territory.source))
    return rows
