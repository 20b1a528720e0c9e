"""Discipline and safety: what the organiser asks of everybody, and where officials travel, the numbers of the travel rules.

Sentences marked ※ follow what a foreign affairs office tells those who leave on public business (因公出国人员行前教育, foreign
affairs office of Zhengzhou, 10 September 2019, zzfo.zhengzhou.gov.cn/cggl/2364866.jhtml), in our own words; the others are the
plain order of a group. No number stands here but those of a rule pack, with its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.kinds import Regime
from fairplanner.domain.packs import Pack, TravelRules
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section
from fairplanner.publish.views import Party

GROUP = ("together", "time", "report", "image")
FROM_OFFICE = ("papers", "law", "customs", "secrets", "sign", "places")
"""Said of journeys that leave the mainland only."""
SAFETY = ("valuables", "traffic", "stand", "exit", "health", "life")


def conduct(press: Press, party: Party) -> Iterator[Section]:
    """Discipline, then the rules that bind officials where there are any, then safety."""
    w, d = press.w, party.delegation
    leaves = d.regime is not Regime.HOME
    items = [w(f"handbook.conduct.{key}") for key in GROUP]
    items += [w("handbook.marked", text=w(f"handbook.conduct.{key}")) for key in FROM_OFFICE if leaves]
    note = w("handbook.conduct_note") if leaves else ""
    yield Section(w("handbook.conduct_title"), "conduct", note=note, items=tuple(items))
    rules = tuple(_official(press, party)) if d.officials else ()
    if rules:
        yield Section(w("handbook.officials"), "officials", items=rules[:-1], note=rules[-1])
    yield Section(w("handbook.safety"), "safety", items=tuple(w(f"handbook.safe.{key}") for key in SAFETY))


def _official(press: Press, party: Party) -> Iterator[str]:
    """What the travel pack in force asks of officials, then its source; nothing where no pack says it."""
    w, d = press.w, party.delegation
    rules = press.programme.travel_rules(d.regime, d.depart)
    pack = _pack_of(press, rules)
    if pack is None or pack.travel is None:
        return
    countries = len({press.programme.territory_of(q) for q in party.phase_ids})
    said = [(field, text) for field, text in _numbers(press, rules, countries) if getattr(pack.travel, field)]
    yield from (text for _, text in said)
    if said:
        titles = dict.fromkeys(pack.cite(pack.travel, field).title for field, _ in said)
        yield w("handbook.officials_source", sources=press.naming.listed(list(titles)))


def _numbers(press: Press, rules: TravelRules, countries: int) -> Iterator[tuple[str, str]]:
    w = press.w
    if len(rules.day_limits) >= countries:
        days = rules.day_limits[countries - 1]
        yield "day_limits", w("handbook.official_days", countries=countries, days=days)
    if rules.most_officials:
        yield "most_officials", w("handbook.official_people", people=rules.most_officials)
    if rules.official_share:
        above, below = rules.official_share
        yield "official_share", w("handbook.official_share", above=above, below=below)


def _pack_of(press: Press, rules: TravelRules) -> Pack | None:
    """The chosen pack that these rules are from."""
    fields = ("source", "regimes", "cites", "name_zh")
    packs = (p for p in press.programme.packs if p.travel)
    return next((p for p in packs if all(getattr(p.travel, f) == getattr(rules, f) for f in fields)), None)
