"""Tiny programmes solved to the end: home fairs one after another, applicants for all, one pack; who is supported where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fairplanner.domain import reference as r
from fairplanner.domain.packs import Pack
from fairplanner.domain.plan import Claim, Plan
from fairplanner.domain.planning import Firm
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules import check
from fairplanner.solver.solve import solve
from tests import builders as b
from tests.rules.plans import claim


def at_home(
    *packs: Pack, firms: tuple[Firm, ...] = (b.firm("f1"),), markets: tuple[str, ...] = ("", "", ""), **tables: Any
) -> Programme:
    """Fairs `a`, `b`, `c` ..., one phase each, a month apart from March; each opens the market given for it."""
    fairs = "abcdef"[: len(markets)]
    days = [date(2025, 3 + n, 10) for n in range(len(fairs))]
    named = sorted({m for m in markets if m})
    base: dict[str, Any] = {
        "fairs": tuple(b.fair(f, markets=(m,) if m else ()) for f, m in zip(fairs, markets, strict=True)),
        "phases": tuple(b.phase(f, start=d, end=d + timedelta(days=2)) for f, d in zip(fairs, days, strict=True)),
        "markets": tuple(r.Market(market_id=m, name_zh=m, name_en=m, **b.SAMPLE) for m in named),
        "firms": firms, "prices": tuple(b.price(f) for f in fairs),
        "applications": tuple(b.application(f.firm_id, f"{fair}-1-1") for f in firms for fair in fairs),
        "quotas": (), "targets": (), "choices": (),
    }  # fmt: skip
    return b.packed(*packs, **(base | tables))


def best(programme: Programme) -> Plan:
    """The proven optimum, which breaks nothing."""
    plan = solve(pose(programme), seconds=60, workers=2).plan
    assert plan.status == "optimal"
    assert check(programme, plan) == ()
    return plan


def supported(programme: Programme) -> list[str]:
    """Firm and fair of each claim of the optimum."""
    return sorted(f"{c.firm_id} {c.phase_id[0]}" for c in best(programme).claims)


def claims(*said: str, subsidy: str = "pk.stand", **changes: Any) -> tuple[Claim, ...]:
    """Claims told as `firm phase`."""
    made = []
    for one in said:
        firm_id, phase_id = one.split()
        made.append(claim(firm_id, phase_id, **({"claim_id": f"{one}${subsidy}", "subsidy_id": subsidy} | changes)))
    return tuple(made)
