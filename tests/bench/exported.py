"""The model as every engine of the benchmark gets it: whole numbers in one .npz file, read with numpy and scipy alone.

Nothing of fairplanner is imported here: HiGHS's own wheel and ortools cannot live in one process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

NO_LIMIT = np.iinfo(np.int64).max // 4
"""A row's limit of this size or more is none (fairplanner.rules.contract says the same; a test holds them equal)."""
ARRAYS = ("lower", "upper", "gain", "row_lower", "row_upper")


@dataclass(frozen=True, eq=False)
class Exported:
    """maximise gain @ x, row_lower <= matrix @ x <= row_upper, lower <= x <= upper, x whole; all of them 64-bit."""

    lower: Any
    upper: Any
    gain: Any
    row_lower: Any
    row_upper: Any
    matrix: Any

    @property
    def sizes(self) -> dict[str, int]:
        """Rows, columns and non-zeros."""
        return {"rows": len(self.row_lower), "columns": len(self.gain), "nonzeros": int(self.matrix.nnz)}

    def value(self, x: Any) -> int:
        """Objective of a point, thousandths of a point."""
        return int(self.gain @ x)

    def is_kept(self, x: Any) -> bool:
        """Whether a point keeps every row and every bound, in whole numbers."""
        sums = self.matrix @ x
        inside = (x >= self.lower).all() and (x <= self.upper).all()
        return bool(inside and (sums >= self.row_lower).all() and (sums <= self.row_upper).all())

    def floats(self) -> tuple[Any, Any]:
        """Limits of rows as floats, with infinity for none."""
        low, high = self.row_lower.astype(float), self.row_upper.astype(float)
        low[self.row_lower <= -NO_LIMIT], high[self.row_upper >= NO_LIMIT] = -np.inf, np.inf
        return low, high


def save(model: Any, path: Path) -> None:
    """Writes what has the attributes of `Exported` (the solver's Model has them)."""
    matrix = csr_array(model.matrix)
    matrix.sort_indices()
    parts = {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr, "shape": np.array(matrix.shape)}
    np.savez(path, **{name: np.asarray(getattr(model, name), np.int64) for name in ARRAYS}, **parts)


def load(path: Path) -> Exported:
    """Reads what `save` wrote."""
    with np.load(path) as file:
        matrix = csr_array((file["data"], file["indices"], file["indptr"]), shape=tuple(file["shape"]))
        return Exported(**{name: file[name] for name in ARRAYS}, matrix=matrix)
