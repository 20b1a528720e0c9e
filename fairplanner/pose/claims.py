"""Claims: participation × subsidy that falls under it, with the amount; and what they take from which fund and quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import CostLine, Nature, Role
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.programme import Programme
from fairplanner.pose.exact import fen
from fairplanner.pose.ground import Bools, Ground, Ints, positions
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.money import may_pay, paid_on, to_fen
from fairplanner.rules.reckon.value import FEN_PER_1000, milli

CLAIM_COLUMNS = [
    "claim",
    "participation",
    "journey",
    "firm",
    "phase",
    "subsidy",
    "fund",
    "turn",
    "level",
    "amount",
    "gain",
]


def rate_at(subsidy: Subsidy, emerging: bool) -> Decimal:
    """The rate at a phase: the higher word for emerging markets where the subsidy has one."""
    own = subsidy.rate_emerging if emerging and subsidy.rate_emerging is not None else subsidy.rate
    return Decimal(str(own))


def amounts(subsidy: Subsidy, emerging: Bools, base: Ints, booths: Ints) -> Ints:
    """What the subsidy pays back in fen: rate × base within its caps, half up."""
    plain, more = rate_at(subsidy, False), rate_at(subsidy, True)
    scale = 10 ** max(-int(r.normalize().as_tuple().exponent) for r in (plain, more, Decimal(1)))
    rate = np.array([int(plain * scale), int(more * scale)], dtype=object)[emerging.astype(np.int64)]
    paid: Ints = fen(rate * base.astype(object), scale * 100)
    if subsidy.cap_booth is not None:
        paid = np.minimum(paid, to_fen(subsidy.cap_booth) * booths)
    if subsidy.cap_phase is not None:
        paid = np.minimum(paid, to_fen(subsidy.cap_phase))
    return paid


def covered(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> Bools:
    """Which participations fall under the subsidy and its fund; decided once for each zone and phase."""
    programme, fund = ground.programme, ground.programme.fund[subsidy.fund_id]
    if fund.nature is not Nature.TRADE_DEVELOPMENT:
        return np.zeros(len(rows), dtype=bool)
    places = rows[["zone", "phase"]].drop_duplicates()
    allowed = [
        (zone, phase)
        for zone, phase in places.itertuples(index=False)
        if subsidy.where.covers(programme.regime(phase))
        and may_pay(programme, fund.fund_id, zone, CostLine.STAND, paid_on(programme, phase))
    ]
    inside = (
        pd.MultiIndex.from_frame(rows[["zone", "phase"]]).isin(allowed) if allowed else np.zeros(len(rows), dtype=bool)
    )
    sme = ground.firms["sme"].to_numpy(dtype=bool)[positions(rows["firm"], ground.firms["firm"])]
    found: Bools = (
        inside & (rows["role"] == Role.EXHIBIT.value).to_numpy(dtype=bool) & (sme | (not subsidy.of.sme_only))
    )
    return found


def _paid(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> Ints:
    emerging = ground.phases["emerging"].to_numpy(dtype=bool)[positions(rows["phase"], ground.phases["phase"])]
    return amounts(
        subsidy, emerging, rows["stand_cost"].to_numpy(dtype=np.int64), rows["booths"].to_numpy(dtype=np.int64)
    )


def most_paid_back(ground: Ground, rows: pd.DataFrame) -> Ints:
    """Everything that all subsidies together could pay back on each package, in fen."""
    most = np.zeros(len(rows), dtype=np.int64)
    for subsidy in ground.programme.subsidy.values():
        most += np.where(covered(ground, subsidy, rows), _paid(ground, subsidy, rows), 0)
    return most


def _claims_under(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> pd.DataFrame:
    here = rows[covered(ground, subsidy, rows)]
    paid = _paid(ground, subsidy, here)
    points = paid * milli(ground.programme.settings.value.claim_per_1000) // FEN_PER_1000
    made = here[["firm", "phase"]].assign(
        claim=here["participation"] + "$" + subsidy.subsidy_id, participation=here.index, journey=-1, turn=0, level=0, subsidy=subsidy.subsidy_id,
        fund=subsidy.fund_id, amount=paid, gain=points,
    )  # fmt: skip
    return made[made["amount"] > 0]


def claims(ground: Ground, rows: pd.DataFrame) -> pd.DataFrame:
    """The frame `claims` over the rows of `participations`, sorted by id."""
    made = [_claims_under(ground, subsidy, rows) for subsidy in ground.programme.subsidy.values()]
    if not made:
        return pd.DataFrame(columns=CLAIM_COLUMNS)
    return pd.concat(made, ignore_index=True).sort_values("claim", kind="stable").reset_index(drop=True)


def claim_cashflows(programme: Programme, made: pd.DataFrame) -> pd.DataFrame:
    """What each claim takes from its fund: line stand, the quarter in which the fair ends."""
    quarters = {q.phase_id: quarter(q.end) for q in programme.phases if isinstance(q.end, date)}
    return pd.DataFrame({
        "table": "claims", "row": np.arange(len(made)), "fund": made["fund"], "line": CostLine.STAND.value,
        "quarter": made["phase"].map(quarters), "amount": made["amount"],
    })  # fmt: skip
