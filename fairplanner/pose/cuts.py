"""Cuts: cells of claims from which a limit over several claims, rounding over the year, or the payer may take something."""

from __future__ import annotations

import pandas as pd

from fairplanner.rules.cells import cells_of, under_limits
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.tables import Problem


def cuts(uncut: Problem) -> pd.DataFrame:
    """The frame `cuts` of a problem whose claims are posed and whose cuts are not, sorted by id.

    A limit can take from a cell only where all that the cells of its group up to this one can come to is more than it leaves:
    cells are paid in their order. `most`: the most that the cell's claims can come to.
    """
    programme = uncut.programme
    cells = cells_of(uncut)
    under = under_limits(uncut)
    short = under.loc[under["upto"] > under["capacity"], "cell"]
    free = [s.subsidy_id for s in programme.subsidy.values() if s.entitled == "up-to" or s.round_at == "year"]
    cut = cells[cells["cell"].isin(short) | cells["subsidy"].isin(free)]
    names = cut["subsidy"] + SEPARATOR + cut["firm"] + SEPARATOR + cut["phase"].replace("", "*")
    funds = cut["subsidy"].map({s.subsidy_id: s.fund_id for s in programme.subsidy.values()})
    made = cut.assign(cut=names, fund=funds, most=cut["reach"], gain=0)
    return made.sort_values("cut", kind="stable").reset_index(drop=True)
