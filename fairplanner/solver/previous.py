"""An earlier plan and its prices, as a point and as prices of today's model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from fairplanner.domain.plan import Claim, Plan
from fairplanner.domain.prices import Prices, RowPrice
from fairplanner.rules.reckon.limits import Cell, cell_of_claim
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.tables import Problem
from fairplanner.solver.model import SHARED, Ints, Model

Floats = NDArray[np.float64]
GONE = -1
"""Where nothing of today's problem is what an earlier plan decided."""


def previous_point(problem: Problem, model: Model, plan: Plan) -> Ints:
    """The model's columns (n) nearest to an earlier plan; columns private to a rule are 0, so rows may be broken.

    A part is itself where its id still is. Else a delegation or a journey is the one through those of its phases that are
    left (nearest in length, then in dates), a participation that of the same application and sponsor with the nearest
    number of booths, a claim that of the same firm, phase and subsidy; what has no such heir is left out.
    """
    point = np.zeros(len(model.gain), np.int64)
    rows = {"delegations": _delegations(problem, plan), "journeys": _journeys(problem, plan)}
    rows["participations"] = _participations(problem, plan)
    rows["claims"] = _claims(problem, plan, rows)
    for name, found in rows.items():
        point[model.blocks[name].start + found[found != GONE]] = 1
    paid = [claim for claim, row in zip(plan.claims, rows["claims"], strict=True) if row != GONE and claim.cut]
    point[model.blocks["cuts"]] = _cuts(problem, paid)
    return point


def vanished(problem: Problem, plan: Plan) -> dict[str, int]:
    """How many delegations and participations of an earlier plan have no heir in a problem, by table."""
    found = {"delegations": _delegations(problem, plan), "participations": _participations(problem, plan)}
    return {name: int((rows == GONE).sum()) for name, rows in found.items()}


def _delegations(problem: Problem, plan: Plan) -> Ints:
    table = problem.delegations
    rows = _by_id(table["delegation"], [d.delegation_id for d in plan.delegations])
    lost = [plan.delegations[i] for i in np.flatnonzero(rows == GONE)]
    here = table[table["sponsor"].isin({d.sponsor for d in lost})]
    there = problem.trips.iloc[here["trip"].to_numpy(np.int64)]
    stops = problem.stops[problem.stops["trip"].isin(here["trip"])].sort_values(["trip", "order"], kind="stable")
    route = here["trip"].map(stops.groupby("trip")["phase"].agg("+".join))
    open_ = set(problem.stops["phase"]) if lost else set()
    wanted = [
        (f"{d.sponsor}|{_left([s.phase_id for s in d.stops], open_)}", *_dates(d.depart, d.return_)) for d in lost
    ]
    heirs = _candidates(here, _text(here["sponsor"]) + "|" + route, *_spans(there))
    rows[rows == GONE] = _heirs(heirs, wanted)
    return rows


def _journeys(problem: Problem, plan: Plan) -> Ints:
    table = problem.journeys
    rows = _by_id(table["journey"], [j.journey_id for j in plan.journeys])
    lost = [plan.journeys[i] for i in np.flatnonzero(rows == GONE)]
    firms = {j.firm_id for j in lost}
    here = table[table["firm"].isin(firms)]
    visits = problem.visits[problem.visits["firm"].isin(firms)].sort_values(["journey", "order"], kind="stable")
    route = here.index.to_series().map(visits.groupby("journey")["phase"].agg("+".join))
    open_ = set(visits["phase"])
    wanted = [(f"{j.firm_id}|{_left(j.phases, open_)}", *_dates(j.depart, j.return_)) for j in lost]
    rows[rows == GONE] = _heirs(_candidates(here, _text(here["firm"]) + "|" + route, *_spans(here)), wanted)
    return rows


def _participations(problem: Problem, plan: Plan) -> Ints:
    table = problem.participations
    rows = _by_id(table["participation"], [x.participation_id for x in plan.participations])
    lost = [plan.participations[i] for i in np.flatnonzero(rows == GONE)]
    here = table[table["application"].isin({x.application_id for x in lost})]
    wanted = [(f"{x.application_id}|{x.sponsor}", x.booths, x.people) for x in lost]
    heirs = _candidates(here, _text(here["application"]) + "|" + _text(here["sponsor"]), here["booths"], here["people"])
    rows[rows == GONE] = _heirs(heirs, wanted)
    return rows


def _claims(problem: Problem, plan: Plan, chosen: dict[str, Ints]) -> Ints:
    """A claim's heir must stand on a participation or a journey that is chosen."""
    table = problem.claims
    rows = _by_id(table["claim"], [c.claim_id for c in plan.claims])
    lost = [plan.claims[i] for i in np.flatnonzero(rows == GONE)]
    stands = table["participation"].isin(chosen["participations"]) & (table["participation"] >= 0)
    stands |= table["journey"].isin(chosen["journeys"]) & (table["journey"] >= 0)
    here = table[stands & table["firm"].isin({c.firm_id for c in lost})]
    key = _text(here["firm"]) + "|" + _text(here["phase"]) + "|" + _text(here["subsidy"])
    wanted = [(f"{c.firm_id}|{c.phase_id}|{c.subsidy_id}", c.turn, c.level) for c in lost]
    rows[rows == GONE] = _heirs(_candidates(here, key, here["turn"], here["level"]), wanted)
    return rows


def _cuts(problem: Problem, claims: Sequence[Claim]) -> Ints:
    """Fen cut of each cell that is still there, at most what can be cut of it today."""
    cut: dict[Cell, int] = defaultdict(int)
    for claim in claims:
        if claim.subsidy_id in problem.programme.subsidy:
            cut[cell_of_claim(problem.programme, claim)] += to_fen(claim.cut)
    table = problem.cuts
    names = [" ".join(cell) for cell in cut]
    rows = _by_id(_text(table["subsidy"]) + " " + _text(table["firm"]) + " " + _text(table["phase"]), names)
    amounts = np.zeros(len(table), np.int64)
    amounts[rows[rows != GONE]] = np.fromiter(cut.values(), np.int64, len(cut))[rows != GONE]
    most: Ints = table["most"].to_numpy(np.int64)
    return np.minimum(amounts, most)


def _by_id(ids: pd.Series[Any], wanted: Sequence[str]) -> Ints:
    """Row of each wanted id, or GONE."""
    if not wanted:
        return np.zeros(0, np.int64)
    # looked up by what is wanted: the table may be a thousand times as long
    names = ids.to_numpy(dtype=object)
    known = np.flatnonzero(ids.isin(list(wanted)).to_numpy())
    row_of = dict(zip(names[known].tolist(), known.tolist(), strict=True))
    return np.array([row_of.get(name, GONE) for name in wanted], np.int64)


def _candidates(here: pd.DataFrame, key: Any, first: Any, second: Any) -> pd.DataFrame:
    """Rows of a table with what they are known by and two measures of how near they are."""
    measures = {"first": np.asarray(first, np.int64), "second": np.asarray(second, np.int64)}
    return pd.DataFrame({"row": here.index.to_numpy(np.int64), "key": np.asarray(key, object)} | measures)


def _heirs(heirs: pd.DataFrame, wanted: Sequence[tuple[str, int, int]]) -> Ints:
    """Row of the nearest candidate with the same key, by the first measure, then the second, then the order; else GONE."""
    asked = pd.DataFrame(wanted, columns=["key", "near_first", "near_second"])
    asked = asked.astype({"key": "object"}).reset_index(names="wanted")
    pairs = asked.merge(heirs, on="key")
    pairs["first"] = (pairs["first"] - pairs["near_first"]).abs()
    pairs["second"] = (pairs["second"] - pairs["near_second"]).abs()
    best = pairs.sort_values(["wanted", "first", "second", "row"], kind="stable").drop_duplicates("wanted")
    rows = np.full(len(wanted), GONE, np.int64)
    rows[best["wanted"].to_numpy(np.int64)] = best["row"].to_numpy(np.int64)
    return rows


def _text(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.astype("object")


def _left(phases: Sequence[str], open_: set[str]) -> str:
    return "+".join(phase for phase in phases if phase in open_)


def _dates(depart: Any, back: Any) -> tuple[int, int]:
    return (back - depart).days, depart.toordinal()


def _spans(table: pd.DataFrame) -> tuple[Ints, Ints]:
    depart, back = (table[c].to_numpy(np.int64) for c in ("depart", "return"))
    return back - depart, depart


def labelled(model: Model, prices: Floats) -> Prices:
    """Prices (m, of the model's rows) by name: those of rows that several firms share and that are not 0.

    A row of the model is the rule's own divided by its `scale`; its price is divided likewise, to be that of the rule's.
    """
    rows = _shared(model)
    own = np.asarray(prices, float)[rows["row"]] / model.scale[rows["row"]]
    told = np.flatnonzero(np.isfinite(own) & (own != 0))
    names = (rows[column].iloc[told].tolist() for column in ("rule", "label", "number"))
    # nine digits are more than the engines settle, and make the file half as large
    values = [float(f"{x:.9g}") for x in own[told].tolist()]
    return Prices(tuple(RowPrice(*row) for row in zip(*names, values, strict=True)))


def prices_for(model: Model, kept: Prices) -> Floats:
    """Prices (m) of a model's rows where an earlier one had rows of the same names; 0 elsewhere and for rows of one firm."""
    return _priced(model, kept, _shared(model))


def prices_of_all(model: Model, kept: Prices) -> Floats:
    """The same, and those of rows of one firm where they are told."""
    return _priced(model, kept, rows_by_name(model))


def _priced(model: Model, kept: Prices, rows: pd.DataFrame) -> Floats:
    prices = np.zeros(len(model.row_lower))
    if kept.rows:
        told = pd.DataFrame(list(kept.rows), columns=["rule", "label", "number", "value"])
        both = rows[rows["label"].isin(set(told["label"]))].merge(told, on=["rule", "label", "number"])
        prices[both["row"]] = both["value"] * model.scale[both["row"]]
    return prices


def _shared(model: Model) -> pd.DataFrame:
    """Rows that several firms share: place in the model, rule, label, and number among those of the same name."""
    shared = model.row_group == SHARED
    # read from first to last: names are made as they are read, and out of order that takes ten times as long
    rules, labels = (list(compress(names, shared)) for names in (model.rules, model.labels))
    rows = pd.DataFrame({"row": np.flatnonzero(shared), "rule": rules, "label": labels}).astype(
        {"rule": "object", "label": "object"}
    )
    return rows.assign(number=rows.groupby(["rule", "label"], sort=False).cumcount())


def rows_by_name(model: Model) -> pd.DataFrame:
    """All rows as `_shared` gives them; of one name those that several firms share are numbered first, as there."""
    shared = model.row_group == SHARED
    rows = pd.DataFrame({"rule": list(model.rules), "label": list(model.labels)}, dtype="object")
    rows = rows.assign(row=np.arange(len(rows)), own=~shared).sort_values(["own", "row"], kind="stable")
    return rows.assign(number=rows.groupby(["rule", "label"], sort=False).cumcount()).sort_values("row")
