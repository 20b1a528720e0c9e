"""Shadow prices of a solved plan, kept beside it so that planning again after a change can begin with a proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

PRICES_VERSION = 1
"""Of the form in which prices are written; a file of another version counts as none."""


class RowPrice(NamedTuple):
    """What one unit of a limit is worth: thousandths of a point per unit of the row's own amount, signed as the solver signs it.

    `number` tells rows of one rule and label apart: 0 for the first of them, in the order of the model.
    """

    rule: str
    label: str
    number: int
    value: float


@dataclass(frozen=True)
class Prices:
    """Prices of limits that several firms share; a row that is not named has price 0. Any prices give a true bound."""

    rows: tuple[RowPrice, ...] = ()
