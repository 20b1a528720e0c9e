"""Programme -> Problem: what can be decided, as tables, and what cannot, with the reason."""

from fairplanner.pose.posing import pose

__all__ = ["pose"]
