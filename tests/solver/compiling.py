"""`python -m tests.solver.compiling`: what the solver compiles is compiled, and kept on disk for all processes of a run.

Each of them would otherwise do it by itself, at the same time, before its first test of the solver is over.
"""

from __future__ import annotations

import numpy as np

from fairplanner.solver.engines import Begin, run
from fairplanner.solver.polish import polished
from tests.solver.heard import a_model, any_point


def main() -> None:
    """One small search through all engines, and prices made better."""
    model = a_model(5, 4, 1, 2, 2)
    polished(model, np.zeros(model.size[0]))
    run(model, 3, 0.0, False, 2, None, Begin(any_point(model, 1)))


if __name__ == "__main__":
    main()
