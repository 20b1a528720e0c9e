"""`fairplanner show PLAN`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fairplanner.cli import show_money
from fairplanner.cli.door import errors_at_the_door, json_option, lang_option, read_both, say, say_json, verb
from fairplanner.errors import CatalogueError, Problem
from fairplanner.words import Words, words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.publish.dress import Dress

VIEWS = ("delegation", "zone", "firm", "fund")


def command(w: Words) -> click.Command:
    """The verb in a language."""

    @verb(w, "show")
    @click.argument("plan", type=click.Path(path_type=Path))
    @click.option("--by", type=click.Choice(VIEWS), default="delegation", show_default=True, help=w("cli.show.by"))
    @click.option("--money", is_flag=True, help=w("cli.show.money"))
    @click.option("--firm", "firm_id", default="", help=w("cli.show.money-firm"))
    @json_option(w)
    @lang_option(w)
    def show(plan: Path, by: str, money: bool, firm_id: str, as_json: bool, lang: str) -> None:
        with errors_at_the_door(lang, as_json=as_json):
            programme, found = read_both(plan)
            if money or firm_id or as_json:
                _money(words(lang), programme, found, firm_id, as_json)
                return
            for line in VIEW[by](words(lang), programme, found):
                say(line)

    return show


def _money(w: Words, programme: Programme, plan: Plan, firm_id: str, as_json: bool) -> None:
    """Who spends what and gets what back; raises CatalogueError for a firm that the programme does not have."""
    if firm_id and firm_id not in programme.firm:
        raise CatalogueError([Problem("--firm", 0, "", "reference-unknown", firm_id, (("table", "firms"),))])
    if as_json:
        say_json(show_money.facts(programme, plan, firm_id))
        return
    for line in show_money.lines(w, programme, plan, firm_id):
        say(line)


def _phase(w: Words, programme: Programme, phase_id: str) -> str:
    from fairplanner.publish.naming import Naming, dates_in_words

    phase = programme.phase[phase_id]
    dates = dates_in_words(w, phase.start, phase.end) if phase.start and phase.end else ""
    return w("cli.show.phase", phase=Naming(programme, w.lang).phase(phase_id), dates=dates)


def _dress(w: Words, programme: Programme) -> Dress:
    from fairplanner.publish.dress import Dress

    return Dress(w, programme.settings.currency)


def by_delegation(w: Words, programme: Programme, plan: Plan) -> Iterator[str]:
    """Each delegation with its firms."""
    from fairplanner.publish.naming import Naming, dates_in_words

    firms = defaultdict(list)
    for x in plan.participations:
        firms[x.sponsor, x.phase_id].append(x)
    naming = Naming(programme, w.lang)
    for d in plan.delegations:
        name = naming.delegation(d, {x.role for stop in d.stops for x in firms[d.sponsor, stop.phase_id]})
        yield w("amend.with_id", name=name, id=d.delegation_id)
        if d.officials:
            away, cost = dates_in_words(w, d.depart, d.return_), _dress(w, programme).money(d.total)
            yield "  " + w("cli.show.party", away=away, officials=d.officials, cost=cost)
        for stop in d.stops:
            yield "  " + _phase(w, programme, stop.phase_id)
            for x in firms[d.sponsor, stop.phase_id]:
                yield "    " + w(
                    "cli.show.firm-row",
                    firm=w.name(programme.firm[x.firm_id]),
                    booths=x.booths,
                    score=f"{x.score:.1f}",
                    rank=x.rank or "-",
                )


def by_zone(w: Words, programme: Programme, plan: Plan) -> Iterator[str]:
    """Firms, participations and booths of each zone's own firms."""
    rows = defaultdict(list)
    for x in plan.participations:
        rows[programme.firm[x.firm_id].zone_id].append(x)
    for zone_id in sorted(rows):
        mine = rows[zone_id]
        yield w(
            "cli.show.zone",
            zone=w.name(programme.zone[zone_id]),
            firms=len({x.firm_id for x in mine}),
            participations=len(mine),
            booths=sum(x.booths for x in mine),
        )
        for phase_id in sorted({x.phase_id for x in mine}):
            count = sum(x.phase_id == phase_id for x in mine)
            yield "  " + w("cli.show.count", what=_phase(w, programme, phase_id), count=count)


def by_firm(w: Words, programme: Programme, plan: Plan) -> Iterator[str]:
    """Each firm's journeys and phases."""
    dress = _dress(w, programme)
    for firm_id in sorted({x.firm_id for x in plan.participations}):
        yield w.name(programme.firm[firm_id])
        for j in (j for j in plan.journeys if j.firm_id == firm_id):
            yield "  " + w(
                "cli.show.journey",
                away=dress.span(j.depart, j.return_),
                cost=dress.money(j.fare + j.lodging),
                saved=dress.money(j.saved),
            )
            for phase_id in j.phases:
                yield "    " + _phase(w, programme, phase_id)


def by_fund(w: Words, programme: Programme, plan: Plan) -> Iterator[str]:
    """Each fund, in programme currency: amount, used, left."""
    from fairplanner.rules.reckon.funds import whole

    money = _dress(w, programme).money
    used: dict[str, Decimal] = defaultdict(Decimal)
    for d in plan.delegations:
        used[d.fund_id] += d.total
    for c in plan.claims:
        used[c.fund_id] += c.amount
    for fund in programme.funds:
        spent = used[fund.fund_id]
        yield w(
            "cli.show.fund",
            fund=w.name(fund),
            amount=money(whole(programme, fund)),
            used=money(spent),
            left=money(whole(programme, fund) - spent),
        )


VIEW = dict(zip(VIEWS, (by_delegation, by_zone, by_firm, by_fund), strict=True))
