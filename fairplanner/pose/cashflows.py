"""What claims take from which fund, on which line, in which quarter; and what cuts leave in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.eligibility import paid_day
from fairplanner.rules.tables import SCHEMAS


def claim_cashflows(programme: Programme, claims: pd.DataFrame) -> pd.DataFrame:
    """Each claim: the first line of its subsidy, the quarter of its day of payment, in full (cuts give back)."""
    return _flows(programme, "claims", claims, claims["amount"])


def cut_cashflows(programme: Programme, cuts: pd.DataFrame) -> pd.DataFrame:
    """Each fen of a cut leaves a fen in the fund, in the quarter in which its claims are booked."""
    return _flows(programme, "cuts", cuts, pd.Series(-1, index=cuts.index))


def _flows(programme: Programme, table: str, rows: pd.DataFrame, amounts: pd.Series) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame(columns=list(SCHEMAS["cashflows"]))
    booked = rows[["subsidy", "phase"]].drop_duplicates()
    days = [paid_day(programme, programme.subsidy[s], q) for s, q in booked.itertuples(index=False, name=None)]
    quarters = booked.assign(quarter=[quarter(day) for day in days])
    lines = {s.subsidy_id: s.lines[0].value for s in programme.subsidy.values()}
    told = rows[["subsidy", "phase"]].merge(quarters, on=["subsidy", "phase"], how="left")
    return pd.DataFrame({
        "table": table, "row": np.arange(len(rows)), "fund": rows["fund"].to_numpy(), "line": rows["subsidy"].map(lines).to_numpy(),
        "quarter": told["quarter"].to_numpy(), "amount": amounts.to_numpy(),
    })  # fmt: skip
