"""The contract between a rule and the solver: labelled sparse rows over tables, and a judge of finished plans.

A rule is one frozen class in one file with two faces written apart: `rows` (over the tables of a `Problem`, built by
vectorised group-by) and `check` (over a `Programme` and a `Plan`, in dates and money; it never sees a `Problem`).
Several rows may share a label; the amount of a label is then the largest breach among them, in the rule's stated unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from fairplanner.domain.plan import Plan, Violation
from fairplanner.domain.programme import Programme
from fairplanner.rules.tables import Problem

Block: TypeAlias = str | tuple[str, str]
"""A block of columns: a decision table (`delegations`, `journeys`, `participations`, `claims`), or (rule key, name)."""

SEPARATOR = " · "


def label(*parts: object) -> str:
    """A row's label: stable ids joined by ` · `; blanks are shown as `*`."""
    return SEPARATOR.join(str(part) or "*" for part in parts)


@dataclass(frozen=True)
class Columns:
    """Columns private to a rule, addressed as (rule key, name) and determined by the decisions.

    `labels` one each; `upper` and `lower` whole numbers; `integer` False for continuous.
    """

    name: str
    labels: Sequence[str]
    upper: NDArray[np.int64]
    lower: NDArray[np.int64] | None = None
    integer: bool = True


@dataclass(frozen=True)
class Rows:
    """lower <= sum over blocks of terms[block] @ x[block] <= upper, whole numbers, one label a row.

    Shapes: `labels` n; each CSR n × (length of the block); `lower`, `upper` n, with NO_LIMIT for none.
    `steps`: ((width, price), ...) prices rising; the row is soft, each unit of breach up to `width` costs `price`
    thousandths of a point. None: hard. `when`: (block, indices n): the row binds only where that column is 1.
    `tier`: 0; later tiers keep the earlier ones.
    """

    labels: Sequence[str]
    terms: Mapping[Block, csr_array]
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    steps: Sequence[tuple[int, int]] | None = None
    when: tuple[Block, NDArray[np.int64]] | None = None
    tier: int = field(default=0)


NO_LIMIT = np.iinfo(np.int64).max // 4


class Rule(Protocol):
    """What every rule offers; `columns` may yield nothing."""

    @property
    def key(self) -> str:
        """Stable key, a phrase of what is kept: the file's name with hyphens."""

    def columns(self, problem: Problem) -> Iterable[Columns]:
        """Columns private to the rule."""

    def rows(self, problem: Problem) -> Iterable[Rows]:
        """Labelled rows."""

    def check(self, programme: Programme, plan: Plan) -> Iterator[Violation]:
        """What a finished plan breaks."""
