"""Problem and rules in, checked plan with its proven bound out."""

from fairplanner.solver.alternatives import Alternative, alternatives
from fairplanner.solver.extract import plan_of
from fairplanner.solver.leximin import Level
from fairplanner.solver.model import ModelError
from fairplanner.solver.previous import vanished
from fairplanner.solver.result import Progress, Solved, gap_between
from fairplanner.solver.solve import solve

__all__ = [
    "Alternative",
    "Level",
    "ModelError",
    "Progress",
    "Solved",
    "alternatives",
    "gap_between",
    "plan_of",
    "solve",
    "vanished",
]
