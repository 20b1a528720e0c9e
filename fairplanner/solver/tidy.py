"""The written order of ties: of plans worth the same, the one that decides least, then the earlier ids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array, vstack

from fairplanner.rules.tables import DECIDED
from fairplanner.solver.exact import Effort, search
from fairplanner.solver.model import Ints, Model


def tidied(model: Model, point: Ints, effort: Effort) -> tuple[Ints, bool]:
    """A point worth no less, with fewer chosen rows, then earlier ones (each table sorted by id), as far as the effort goes.

    So no free delegation without firms and no worthless claim is left standing, and ties do not hang on a seed where
    the search for the best order ends; where it does not end, its best point is still found repeatably (second answer).
    """
    found = search(_in_order(model, model.value(point)), effort, hint=point)
    return point if found.point is None or not model.is_kept(found.point) else found.point, found.repeatable


def _in_order(model: Model, value: int) -> Model:
    """Keep the value, and minimise the sum over chosen rows of (rows there are + place of this one)."""
    weight = np.zeros(len(model.gain), np.int64)
    for name in DECIDED:
        place = model.blocks[name]
        weight[place] = np.arange(place.stop - place.start)
    decided = np.zeros(len(model.gain), bool)
    for name in DECIDED:
        decided[model.blocks[name]] = True
    weight[decided] += int(decided.sum())
    most = int(np.maximum(model.gain * model.lower, model.gain * model.upper).sum())
    return replace(
        model,
        gain=-weight,
        matrix=csr_array(vstack([model.matrix, csr_array(model.gain[None, :])])),
        row_lower=np.append(model.row_lower, value),
        row_upper=np.append(model.row_upper, max(most, value)),
        scale=np.append(model.scale, 1),
        rules=(*model.rules, "value"),
        labels=(*model.labels, "value"),
    )
