"""What could go wrong with a delegation, as far as the programme and the plan show it."""

from __future__ import annotations

from fairplanner.domain.kinds import Regime, Role, StandKind
from fairplanner.publish.money.budget_grid import over_tariff
from fairplanner.publish.press import Press
from fairplanner.publish.views import Party
from fairplanner.rules.reckon.money import stand_price


def risks(press: Press, party: Party) -> tuple[str, ...]:
    """Dates not announced before all else, days assumed, prices and lodging not known, posts and places missing; () if nothing shows."""
    found = [said for phase_id in party.phase_ids for said in _date(press, phase_id)]
    for phase_id in party.phase_ids:
        found += _of_phase(press, party, phase_id)
    found += [*_lodging(press, party), *over_tariff(press, party)]
    d = party.delegation
    if d.regime is not Regime.HOME and d.officials and not d.posts:
        found.append(press.w("briefing.risk_no_post"))
    outside = sum(x.count for x in press.plan.excluded if x.phase_id in party.phase_ids and x.kind == "application")
    if outside:
        found.append(press.w("briefing.risk_excluded", count=outside))
    return tuple(found)


def _lodging(press: Press, party: Party) -> list[str]:
    """Posing names a city without rates once, whichever phase or delegation meets it first."""
    unknown = {dict(x.facts).get("place") for x in press.plan.excluded if x.rule == "lodging-unknown"}
    cities = dict.fromkeys(press.programme.phase[q].place_id for q in party.phase_ids)
    return [press.w("briefing.risk_lodging", city=press.naming.city(c)) for c in cities if c and c in unknown]


def _date(press: Press, phase_id: str) -> list[str]:
    phase, name = press.programme.phase[phase_id], press.naming.phase(phase_id)
    if phase.status.is_firm:
        return []
    return [press.w("briefing.risk_date", phase=name, days=press.dress.phase_days(phase))]


def _of_phase(press: Press, party: Party, phase_id: str) -> list[str]:
    w, p = press.w, press.programme
    phase, name = p.phase[phase_id], press.naming.phase(phase_id)
    found = []
    is_built = any(x.role is Role.EXHIBIT for x in party.at(phase_id))
    if is_built and (phase.move_in_days is None or phase.move_out_days is None):
        found.append(
            w("briefing.risk_set_up", phase=name, before=p.move_in_days(phase_id), after=p.move_out_days(phase_id))
        )
    stands = sorted({x.stand for x in party.at(phase_id) if x.stand is not StandKind.NONE})
    unpriced = [press.w(f"enums.StandKind.{s}") for s in stands if stand_price(p, phase_id, s) is None]
    if unpriced:
        found.append(w("briefing.risk_price", phase=name, stands=press.naming.listed(unpriced)))
    if not (choice := p.choice(phase_id)) or choice.closes is None:
        found.append(w("briefing.risk_no_closing", phase=name))
    return found
