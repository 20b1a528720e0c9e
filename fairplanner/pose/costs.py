"""What else taking part costs: fit-out, freight and fees, from the table `costs`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import PARTICIPATION_LINES, CostLine
from fairplanner.domain.money import Cost
from fairplanner.domain.programme import Programme
from fairplanner.pose.ground import Ints
from fairplanner.rules.reckon.money import FEN, rate_of, to_fen

COST_COLUMNS = ["stand_cost", *(line.value for line in PARTICIPATION_LINES if line is not CostLine.STAND)]
"""Columns of what a participation costs, in fen."""
KEY = ["fair", "phase", "firm"]


def with_other_costs(programme: Programme, rows: pd.DataFrame) -> pd.DataFrame:
    """Adds `fitout`, `freight` and `fees` of each package in fen: per firm, booth or person.

    Of several rows for a line the most specific counts: of this firm before every firm, of this phase before every phase.
    """
    if not programme.costs:
        return rows.assign(**dict.fromkeys(COST_COLUMNS[1:], 0))
    fairs = {q.phase_id: q.fair_id for q in programme.phases}
    keys = rows[["phase", "firm"]].assign(fair=rows["phase"].map(fairs).astype(object))
    counts = np.column_stack([np.ones(len(rows), dtype=np.int64), rows["booths"], rows["people"]]).astype(np.int64)
    made = {}
    for name in COST_COLUMNS[1:]:
        table = _table(programme, [c for c in programme.costs if c.line.value == name])
        at = _most_specific(table, keys)
        unit, per = np.append(table["unit"], 0)[at], np.append(table["per"], 0)[at]
        made[name] = unit * counts[np.arange(len(rows)), per]
    return rows.assign(**made)


PER = {"firm": 0, "booth": 1, "person": 2}


def _table(programme: Programme, costs: list[Cost]) -> pd.DataFrame:
    rows = [(c.fair_id, c.phase_id, c.firm_id, unit_cost(programme, c), PER[c.per]) for c in costs]
    return pd.DataFrame(rows, columns=[*KEY, "unit", "per"]).astype({"unit": "int64", "per": "int64"})


def unit_cost(programme: Programme, cost: Cost) -> int:
    """Fen for one firm, booth or person, in programme currency; KeyError where a currency has no rate."""
    return to_fen((cost.amount * rate_of(programme, cost.currency)).quantize(FEN, ROUND_HALF_UP))


def _most_specific(table: pd.DataFrame, keys: pd.DataFrame) -> Ints:
    """Row of `table` for each package; -1 where none is for it."""
    index = pd.MultiIndex.from_frame(table[KEY])
    found = np.full(len(keys), -1, dtype=np.int64)
    for blank in (["phase", "firm"], ["firm"], ["phase"], []):
        at = index.get_indexer(pd.MultiIndex.from_frame(keys.assign(**dict.fromkeys(blank, ""))[KEY]))
        found = np.where(at >= 0, at, found)
    return found


def cost_of(rows: pd.DataFrame) -> Ints:
    """What each package costs, all lines, in fen."""
    total: Ints = rows[COST_COLUMNS].sum(axis=1).to_numpy(dtype=np.int64)
    return total
