"""Plans made by hand, for what is made from a plan; every fact in them is invented for tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Regime, Role, StandKind, Status
from fairplanner.domain.plan import Claim, Delegation, Excluded, Journey, Participation, Plan, Reached, Stop
from fairplanner.domain.programme import Programme
from tests import builders as b


def place(firm_id: str = "f1", phase_id: str = "expo-1-1", sponsor: str = "prov", **changes: Any) -> Participation:
    base = {
        "participation_id": f"{firm_id}/{phase_id}/-/{sponsor}", "application_id": f"{firm_id}/{phase_id}/-", "firm_id": firm_id,
        "phase_id": phase_id, "section_id": "", "sponsor": sponsor, "role": Role.EXHIBIT, "stand": StandKind.STANDARD, "booths": 1,
        "people": 2, "value": 61_000, "score": 63.0, "stand_cost": Decimal(10_000),
        "parts": (("fair", 10.0), ("market", 13.0), ("preference", 10.0), ("record", 10.0), ("sector", 20.0)),
    }  # fmt: skip
    return Participation(**(base | changes))


def journey(firm_id: str = "f1", phases: tuple[str, ...] = ("expo-1-1",), **changes: Any) -> Journey:
    base = {
        "journey_id": f"{firm_id}/{'+'.join(phases)}", "firm_id": firm_id, "phases": phases, "depart": date(2025, 4, 11),
        "return_": date(2025, 4, 20), "people": 2, "fare": Decimal("2480.00"), "lodging": Decimal("7200.00"),
    }  # fmt: skip
    return Journey(**(base | changes))


def at_home(**changes: Any) -> Delegation:
    base = {
        "delegation_id": "prov/expo-1-1", "sponsor": "prov", "regime": Regime.HOME, "home": "hills", "depart": date(2025, 4, 14),
        "return_": date(2025, 4, 20), "stops": (Stop(phase_id="expo-1-1", arrive=date(2025, 4, 14), leave=date(2025, 4, 19)),),
    }  # fmt: skip
    return Delegation(**(base | changes))


def abroad(**changes: Any) -> Delegation:
    base = {
        "delegation_id": "prov/abroad-1-1", "sponsor": "prov", "regime": Regime.ABROAD, "home": "hills", "depart": date(2025, 3, 17),
        "return_": date(2025, 3, 21), "officials": 3, "posts": ("lead-1",), "fund_id": "travel",
        "stops": (Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=date(2025, 3, 20)),),
        "cost": (
            ("fare", Decimal("9999.00")), ("incidentals", Decimal("1200.00")), ("lodging", Decimal("10800.00")), ("meals", Decimal("1500.33")),
        ),
    }  # fmt: skip
    return Delegation(**(base | changes))


def plan(**changes: Any) -> Plan:
    base: dict[str, Any] = {
        "programme_id": "test", "programme_digest": "0", "revision": 1, "as_of": date(2024, 11, 1), "status": "optimal",
        "value": 300_000, "bound": 300_100, "gap": 0.0003, "engine": "exact", "reproducible": True,
        "delegations": (abroad(), at_home()),
        "participations": (
            place("f1", "abroad-1-1", stand_cost=Decimal(20_000)), place("f2", "abroad-1-1", stand_cost=Decimal(20_000)), place("f1"), place("f3", booths=2),
        ),
        "journeys": (
            journey("f1", ("abroad-1-1",), depart=date(2025, 3, 15), return_=date(2025, 3, 22), saved=Decimal("310.50")),
            journey("f2", ("abroad-1-1",), depart=date(2025, 3, 15), return_=date(2025, 3, 22)), journey(), journey("f3"),
        ),
        "claims": tuple(
            Claim(claim_id=f"{f}/abroad-1-1/half", subsidy_id="half", participation_id=f"{f}/abroad-1-1/-/prov", firm_id=f,
                  phase_id="abroad-1-1", fund_id="trade", entitled=Decimal("3333.33"), amount=Decimal("3333.33"))
            for f in ("f1", "f2")
        ),
        "targets": (Reached(target_id="t1", reached=4, wanted=5),),
        "excluded": (
            Excluded(kind="application", rule="deadline-passed", firm_id="f2", phase_id="expo-1-2"),
            Excluded(kind="phase", rule="no-date", phase_id="later-2-1"),
        ),
    }  # fmt: skip
    return Plan(**(base | changes))


def a_buyer(firm_id: str = "f3", phase_id: str = "expo-1-1", **changes: Any) -> Participation:
    """Somebody who goes to buy: no stand, and nobody asks what it costs."""
    base = {"role": Role.BUY, "stand": StandKind.NONE, "booths": 0, "stand_cost": Decimal(0)}
    return place(firm_id, phase_id, **(base | changes))


def buyers_only() -> Plan:
    """A delegation at home whose two firms both buy."""
    own = (a_buyer("f1"), a_buyer("f3"))
    return plan(delegations=(at_home(),), participations=own, journeys=(journey(), journey("f3")), claims=())


def mixed() -> Plan:
    """A delegation at home with one firm that exhibits and one that buys."""
    return buyers_only().model_copy(update={"participations": (place("f1"), a_buyer("f3"))})


def programme(**tables: Any) -> Programme:
    """The builders' programme, with a closing day and a phase that has no dates."""
    base = b.a_programme()
    choices = (
        b.choice("abroad", least_firms=2, closes=date(2024, 12, 20)),
        b.choice("expo", closes=date(2024, 10, 20)),
    )
    fairs = (*base.fairs, b.fair("later"))
    phases = (
        *base.phases,
        b.phase(
            "later", 1, phase_id="later-2-1", edition="2", start=None, end=None, place_id="", status=Status.UNKNOWN
        ),
    )
    return b.a_programme(**({"choices": choices, "fairs": fairs, "phases": phases} | tables))


def a_big_delegation(firms: int = 40) -> tuple[Programme, Plan]:
    """A delegation of many firms with long names, at home, in three sections and over two phases."""
    base = programme()
    rows = tuple(
        b.firm(
            f"g{n:02d}",
            name_zh=f"示例（黔南布依族苗族自治州）高原特色农产品加工与进出口贸易有限责任公司第{n}分公司",
            name_en=f"Sample Highland Agricultural Products Processing and Import-Export Trading Company, Branch No. {n}",
        )
        for n in range(firms)
    )
    sections = tuple(
        b.section(
            f"expo-{k}",
            name_zh=f"食品、农产品及乡村振兴特色产品展区{k}",
            name_en=f"Food, agricultural products and rural specialities {k}",
        )
        for k in range(3)
    )
    phases = ("expo-1-1", "expo-1-2")
    places = tuple(
        place(f.firm_id, phases[n % 2], section_id=f"expo-{n % 3}", booths=1 + n % 3) for n, f in enumerate(rows)
    )
    stops = tuple(
        Stop(phase_id=q, arrive=base.phase[q].start - timedelta(days=1), leave=base.phase[q].end) for q in phases
    )  # type: ignore[operator,arg-type]
    d = at_home(stops=stops, return_=date(2025, 4, 30))
    travelled = tuple(
        journey(
            f.firm_id,
            (phases[n % 2],),
            depart=date(2025, 4, 11 + 10 * (n % 2)),
            return_=date(2025, 4, 20 + 10 * (n % 2)),
        )
        for n, f in enumerate(rows)
    )
    made = plan(delegations=(d,), participations=places, journeys=travelled, claims=(), targets=(), excluded=())
    return programme(firms=(*base.firms, *rows), sections=sections), made
