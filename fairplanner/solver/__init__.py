"""Problem and rules in, checked plan with its proven bound out."""

from fairplanner.solver.alternatives import Alternative, alternatives
from fairplanner.solver.closest import closest
from fairplanner.solver.completing import Completed, completed
from fairplanner.solver.conflicts import Conflict, conflicts, least_breach
from fairplanner.solver.extract import plan_of
from fairplanner.solver.leximin import Level
from fairplanner.solver.model import ModelError
from fairplanner.solver.nearby import nearby
from fairplanner.solver.previous import vanished
from fairplanner.solver.priced import priced
from fairplanner.solver.result import Progress, Solved, gap_between
from fairplanner.solver.solve import solve

__all__ = [
    "Alternative",
    "Completed",
    "Conflict",
    "Level",
    "ModelError",
    "Progress",
    "Solved",
    "alternatives",
    "closest",
    "completed",
    "conflicts",
    "gap_between",
    "least_breach",
    "nearby",
    "plan_of",
    "priced",
    "solve",
    "vanished",
]
