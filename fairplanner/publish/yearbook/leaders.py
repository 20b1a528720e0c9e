"""The leaders' page: the year on one A4 page, each figure against last year's, with risks and what is to be decided.

It tells facts and asks for decisions; how the plan was found stands nowhere on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fairplanner.domain.kinds import Nature
from fairplanner.publish.dress import distribute
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.yearbook.figures import ZERO, Tally, prefecture
from fairplanner.publish.yearbook.points import points
from fairplanner.publish.yearbook.risks import year_risks
from fairplanner.publish.yearbook.telling import BLANK, NONE, Telling, shares, wan

CLASSES = ("key", "emerging", "")
MOST_ZONES = 12
MOST_MARKETS = 6


def leaders(press: Press) -> Sheet:
    """Everything on the page; a template lays out its sections by their keys."""
    w, told = press.w, Telling(press)
    sections = (
        big_figures(told), months(told), zones(told), markets(told), money(told), official(told),
        Section(w("yearbook.risks"), "risks", items=year_risks(told)), decide(told),
        Section(w("yearbook.sign"), "sign", blanks=(w("yearbook.sign_opinion"), w("yearbook.sign_name"), w("yearbook.sign_day"))),
    )  # fmt: skip
    settings = press.programme.settings
    return Sheet(
        lang=press.lang, kind="leaders", title=w("yearbook.leaders_title", programme=w.name(settings)), kicker=w("yearbook.leaders"),
        audience=w("yearbook.audience"), facts=((w("yearbook.window"), press.dress.span(settings.window_from, settings.window_to)),),
        sections=sections, sample=press.sample, footer=press.footer, page=press.page, date=press.date,
    )  # fmt: skip


def big_figures(told: Telling) -> Section:
    """Fairs, places, booths and money: name, figure, last year's and what it is made of."""
    w, now, then = told.press.w, told.now, told.then
    old = then.total if then else None
    public, unit = now.total.public or ZERO, told.press.dress.unit
    abroad = sum(1 for d in told.press.plan.delegations if d.regime != "home")
    rows = (
        ("fairs", f"{now.total.phases:,}", told.against(now.total.phases, old.phases if old else None),
         w("yearbook.figure.fairs_note", fairs=now.fairs, delegations=len(told.press.plan.delegations), abroad=abroad)),
        ("places", f"{now.total.places:,}", told.against(now.total.places, old.places if old else None),
         w("yearbook.figure.places_note", firms=f"{now.total.firms:,}")),
        ("booths", f"{now.total.booths:,}", told.against(now.total.booths, old.booths if old else None),
         w("yearbook.figure.booths_note", area=f"{9 * now.total.booths:,}")),
        ("money", wan(public), told.amount_against(public, old.public if old else None, bare=True),
         w("yearbook.figure.money_note", own=told.sum(now.total.own or ZERO))),
    )  # fmt: skip
    table = Table(
        ("", "", "", ""), tuple((w(f"yearbook.figure.{key}", unit=unit), *cells) for key, *cells in rows), (1, 1, 1, 1)
    )
    return Section(w("yearbook.figures"), "figures", table=table, note="\n".join((w("yearbook.counted"), told.basis)))


def months(told: Telling) -> Section:
    """By month of opening: fairs, places (last year's beneath) and booths; the bars are the places."""
    w, now, then = told.press.w, told.now, told.then
    found = [now.by_month.get(m, NONE) for m in told.months]
    rows = [
        ("fairs", [t.phases for t in found]),
        ("places", [t.places for t in found]),
        ("booths", [t.booths for t in found]),
    ]
    if then is not None:
        rows.insert(
            2, ("places_ledger" if told.is_ledger else "places_then", [told.then_at(m).places for m in told.months])
        )
    made = tuple(
        (w(f"yearbook.row.{key}"), *(f"{n:,}" if n else "" for n in numbers), f"{sum(numbers):,}") for key, numbers in rows
    )  # fmt: skip
    highest = max((t.places for t in found), default=0) or 1
    bars = tuple((label, round(t.places / highest, 4), f"{t.places:,}" if t.places else "") for label, t in zip(told.month_labels(), found, strict=True))  # fmt: skip
    headers = ("", *told.month_labels(), w("paper.total"))
    numeric = tuple(range(1, len(headers)))
    return Section(
        w("yearbook.by_month"),
        "months",
        bars=bars,
        table=Table(headers, made, (2.2, *[1.0] * (len(headers) - 1)), numeric),
    )


def zones(told: Telling) -> Section:
    """By zone of the second level: places and last year's, firms, booths, public money; columns add up."""
    w, now, then = told.press.w, told.now, told.then
    rows = [(told.zone(z), now.by_zone.get(z, NONE), z) for z in _zone_ids(told)]
    kept, rest = rows[:MOST_ZONES], rows[MOST_ZONES:]
    old = {z: (then.by_zone.get(z, NONE).places if then else None) for _, _, z in rows}
    lines = [(name, t, old[z]) for name, t, z in kept]
    if rest:
        lines.append((w("yearbook.rest", count=len(rest)), _sum([t for _, t, _ in rest]), _total([old[z] for *_, z in rest])))  # fmt: skip
    money = distribute([t.public or ZERO for _, t, _ in lines])
    made = tuple(
        (name, f"{t.places:,}", _or_blank(before), f"{t.firms:,}", f"{t.booths:,}", f"{amount:,}")
        for (name, t, before), amount in zip(lines, money, strict=True)
    )
    whole = _sum([t for _, t, _ in lines])
    last = (
        w("paper.total"), f"{whole.places:,}", _or_blank(_total([x for *_, x in lines])), f"{whole.firms:,}", f"{whole.booths:,}",
        f"{sum(money, ZERO):,}",
    )  # fmt: skip
    headers = tuple(
        w(f"yearbook.col.{key}", unit=told.press.dress.unit)
        for key in ("zone", "places", "ledger" if told.is_ledger else "then", "firms", "booths", "public")
    )
    return Section(w("yearbook.by_zone"), "zones", table=Table(headers, made, (3.7, 1, 1, 1.1, 1, 1.7), (1, 2, 3, 4, 5), last))  # fmt: skip


def _zone_ids(told: Telling) -> list[str]:
    """Zones with firms of their own or anything this year or last: most places first, the planning zone last."""
    p, root = told.press.programme, told.press.programme.settings.root
    ids = (
        {prefecture(p, f.zone_id) for f in p.firms}
        | set(told.now.by_zone)
        | set(told.then.by_zone if told.then else ())
    )
    there = [z for z in ids if z in p.zone and (z != root or told.now.by_zone.get(z, NONE) != NONE)]
    return sorted(there, key=lambda z: (z == root, -told.now.by_zone.get(z, NONE).places, z))


def _sum(tallies: Sequence[Tally]) -> Tally:
    """Zones together; fairs are not added, several zones go to one."""
    return Tally(
        0, sum(t.places for t in tallies), sum(t.firms for t in tallies), sum(t.booths for t in tallies),
        sum((t.public or ZERO for t in tallies), ZERO),
    )  # fmt: skip


def _total(numbers: Sequence[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _or_blank(number: int | None) -> str:
    return BLANK if number is None else f"{number:,}"


def markets(told: Telling) -> Section:
    """Key, emerging and other markets: fairs, places, share and last year's share, which a ledger of a part of the year does not
    give; below, the markets by name."""
    w, now, then = told.press.w, told.now, told.then
    found = [now.by_class.get(c, NONE) for c in CLASSES]
    share = shares([t.places for t in found])
    old = (
        shares([then.by_class.get(c, NONE).places for c in CLASSES])
        if then and not told.is_ledger
        else [BLANK] * len(CLASSES)
    )
    rows = tuple(
        (w(f"yearbook.class.{c or 'other'}"), f"{t.phases:,}", f"{t.places:,}", part, before)
        for c, t, part, before in zip(CLASSES, found, share, old, strict=True)
    )
    last = (w("paper.total"), f"{sum(t.phases for t in found):,}", f"{sum(t.places for t in found):,}", "", "")
    market = told.press.programme.market
    said = [
        w("yearbook.market", market=w.name(market[m]), n=f"{n:,}")
        for m, n in list(now.by_market.items())[:MOST_MARKETS]
    ]
    note = w("yearbook.markets_named", markets=told.press.naming.listed(said)) if said else w("yearbook.markets_none")
    headers = tuple(w(f"yearbook.col.{key}") for key in ("market", "fairs", "places", "share", "share_then"))
    return Section(w("yearbook.by_market"), "markets", table=Table(headers, rows, (2.2, 1, 1, 1, 1), (1, 2, 3, 4), last), note=note)  # fmt: skip


def money(told: Telling) -> Section:
    """Public money by nature in 万元: what may be used, what is planned, what is left; then what firms pay themselves."""
    w, press, now = told.press.w, told.press, told.now
    planned = now.by_nature or {}
    have: dict[Nature, Decimal] = {}
    for seen in press.money.funds:
        have[seen.fund.nature] = have.get(seen.fund.nature, ZERO) + seen.spendable
    natures = [n for n in Nature if n in have or n in planned]
    a = distribute([have.get(n, ZERO) for n in natures])
    b = distribute([planned.get(n, ZERO) for n in natures])
    old = told.then.by_nature if told.then else None
    before = (
        [f"{x:,}" for x in distribute([old.get(n, ZERO) for n in natures])]
        if old is not None
        else [BLANK] * len(natures)
    )
    rows = tuple(
        (w(f"yearbook.nature.{n}"), f"{x:,}", f"{y:,}", f"{x - y:,}", z) for n, x, y, z in zip(natures, a, b, before, strict=True)
    )  # fmt: skip
    whole_a, whole_b = sum(a, ZERO), sum(b, ZERO)
    whole_then = wan(sum((old.get(n, ZERO) for n in natures), ZERO)) if old is not None else BLANK
    last = (w("paper.total"), f"{whole_a:,}", f"{whole_b:,}", f"{whole_a - whole_b:,}", whole_then)
    headers = tuple(w(f"yearbook.col.{key}") for key in ("nature", "have", "planned", "left", "then"))
    return Section(
        w("yearbook.money", unit=press.dress.unit), "money", table=Table(headers, rows, (2.9, 1.2, 1.2, 1.2, 1.2), (1, 2, 3, 4), last), note=_own(told)
    )  # fmt: skip


def _own(told: Telling) -> str:
    """What firms pay and are expected to get back, against what they got last year."""
    now, then = told.now, told.then
    back = now.returned or ZERO
    facts = {"own": told.sum(now.total.own or ZERO), "back": told.sum(back)}
    return told.press.w(
        "yearbook.own_money", **facts, against=told.amount_against(back, then.returned if then else None)
    )


def official(told: Telling) -> Section:
    """Official parties that cross the border: number against the approved total, permits on file, last year's number."""
    w, now, then = told.press.w, told.now, told.then
    approved = told.press.programme.settings.approved_parties
    facts = (
        ("parties", w("yearbook.official.count", parties=now.parties or 0, people=now.officials or 0)),
        ("approved", BLANK if approved is None else f"{approved:,}"),
        ("on_file", f"{now.on_file or 0:,}"),
        ("then", told.against(now.parties or 0, then.parties if then else None)),
    )
    return Section(w("yearbook.official.title"), "official", facts=tuple((w(f"yearbook.official.{k}"), v) for k, v in facts))  # fmt: skip


def decide(told: Telling) -> Section:
    """At most five points with their day and money."""
    w, found = told.press.w, points(told)
    rows = tuple(
        (str(n), x.text, told.press.dress.day(x.due) if x.due else "", wan(x.money) if x.money is not None else "")
        for n, x in enumerate(found, 1)
    )
    headers = tuple(w(f"yearbook.col.{key}", unit=told.press.dress.unit) for key in ("no", "point", "due", "amount"))
    table = Table(headers, rows, (0.4, 7, 1.9, 1.1), (3,)) if rows else None
    return Section(w("yearbook.decide"), "decide", paragraphs=() if rows else (w("yearbook.decide_none"),), table=table)
