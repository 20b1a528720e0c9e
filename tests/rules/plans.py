"""Plans made by hand: the parts with everything but what a test is about filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Regime, Role, StandKind
from fairplanner.domain.plan import Claim, Delegation, Journey, Participation, Plan, Stop, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import Rule
from fairplanner.rules.reckon.applications import alone
from fairplanner.rules.reckon.targets import reached
from fairplanner.rules.reckon.value import plan_value
from fairplanner.words import words


def place(firm_id: str = "f1", phase_id: str = "expo-1-1", sponsor: str = "prov", **changes: Any) -> Participation:
    section = changes.get("section_id", "")
    application = f"{firm_id}/{phase_id}/{section or '-'}"
    base: dict[str, Any] = {
        "participation_id": f"{application}@{sponsor}", "application_id": application, "firm_id": firm_id, "phase_id": phase_id,
        "section_id": section, "sponsor": sponsor, "role": Role.EXHIBIT, "stand": StandKind.STANDARD, "booths": 1, "people": 2,
        "value": 0, "score": 0.0, "stand_cost": Decimal(10_000),
    }  # fmt: skip
    return Participation(**(base | changes))


def journey(firm_id: str = "f1", *phases: str, **changes: Any) -> Journey:
    base: dict[str, Any] = {
        "journey_id": f"{firm_id}:{'+'.join(phases)}", "firm_id": firm_id, "phases": phases or ("expo-1-1",), "people": 2,
        "depart": date(2025, 4, 11), "return_": date(2025, 4, 21), "fare": Decimal(2_000), "lodging": Decimal(8_000),
    }  # fmt: skip
    return Journey(**(base | changes))


def standing_body(
    sponsor: str = "prov", phase_id: str = "expo-1-1", first: date = date(2025, 4, 15), last: date = date(2025, 4, 19)
) -> Delegation:
    """A delegation at home."""
    return Delegation(
        delegation_id=f"{sponsor}:{phase_id}", sponsor=sponsor, regime=Regime.HOME, home="hills", depart=first, return_=last,
        stops=(Stop(phase_id=phase_id, arrive=first, leave=last),),
    )  # fmt: skip


def delegation(sponsor: str = "prov", **changes: Any) -> Delegation:
    """A delegation to the fair abroad: three officials, 17 to 21 March, led, paid from the travel fund."""
    first, last = date(2025, 3, 17), date(2025, 3, 20)
    base: dict[str, Any] = {
        "delegation_id": f"{sponsor}:abroad-1-1", "sponsor": sponsor, "regime": Regime.ABROAD, "home": "hills",
        "stops": (Stop(phase_id="abroad-1-1", arrive=first, leave=last),), "depart": date(2025, 3, 17), "return_": date(2025, 3, 21),
        "officials": 3, "posts": ("lead-1",), "fund_id": "travel", "cost": (("fare", Decimal(9_000)),),
    }  # fmt: skip
    return Delegation(**(base | changes))


def claim(firm_id: str = "f1", phase_id: str = "abroad-1-1", amount: int = 10_000, **changes: Any) -> Claim:
    base: dict[str, Any] = {
        "claim_id": f"{firm_id}/{phase_id}$half", "subsidy_id": "half", "participation_id": f"{firm_id}/{phase_id}/-@prov",
        "firm_id": firm_id, "phase_id": phase_id, "fund_id": "trade", "entitled": Decimal(amount), "amount": Decimal(amount),
    }  # fmt: skip
    return Claim(**(base | changes))


def plan(programme: Programme, *parts: Delegation | Participation | Journey | Claim, **changes: Any) -> Plan:
    """A plan of these parts, its targets and value told truthfully unless changed."""
    of = {kind: tuple(x for x in parts if isinstance(x, kind)) for kind in (Delegation, Participation, Journey, Claim)}
    base: dict[str, Any] = {
        "programme_id": "test", "programme_digest": "", "revision": 1, "as_of": programme.settings.as_of, "status": "feasible",
        "value": 0, "bound": 0, "gap": 0.0, "engine": "hand", "reproducible": True, "delegations": of[Delegation],
        "participations": of[Participation], "journeys": of[Journey], "claims": of[Claim],
        "targets": reached(programme, of[Delegation], of[Participation]),
    }  # fmt: skip
    made = Plan(**(base | changes))
    return made if "value" in changes else made.model_copy(update={"value": plan_value(programme, made)})


def broken(
    rule: Rule, programme: Programme, *parts: Delegation | Participation | Journey | Claim, **changes: Any
) -> list[tuple[str, int]]:
    """Labels and amounts that the rule finds broken in a plan of these parts."""
    found: list[Violation] = list(rule.check(programme, plan(programme, *parts, **changes)))
    for v in found:
        assert v.rule == rule.key
        told = [
            words(lang)(f"rules.{v.rule}.broken", **(dict(v.facts) | {"label": v.label, "amount": v.amount}))
            for lang in ("zh", "en")
        ]
        assert all(v.label in sentence for sentence in told)
    return [(v.label, v.amount) for v in found]


def own_journey(programme: Programme, firm_id: str, phase_id: str) -> Journey:
    """The firm's journey to one phase, dates and cost as reckoned."""
    trip = alone(programme, tuple(a for a in programme.applications if (a.firm_id, a.phase_id) == (firm_id, phase_id)))
    team = trip.sizes[-1]
    changes = {"people": team, "fare": trip.cost(programme, team), "lodging": Decimal(0)}
    return journey(firm_id, phase_id, depart=trip.depart, return_=trip.back, **changes)
