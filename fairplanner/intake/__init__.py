"""Tables to a programme: the only reader of the user's files."""

from fairplanner.intake.plan_file import read_plan, read_snapshot
from fairplanner.intake.read import read_programme, read_reference

__all__ = ["read_plan", "read_programme", "read_reference", "read_snapshot"]
