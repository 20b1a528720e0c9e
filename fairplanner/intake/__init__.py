"""Tables to a programme: the only reader of the user's files."""

from fairplanner.intake.describe import describe_tables
from fairplanner.intake.plan_file import read_plan, read_snapshot
from fairplanner.intake.prices_file import read_prices
from fairplanner.intake.read import read_packs, read_programme, read_reference
from fairplanner.intake.starter import new_programme

__all__ = [
    "describe_tables",
    "new_programme",
    "read_packs",
    "read_plan",
    "read_prices",
    "read_programme",
    "read_reference",
    "read_snapshot",
]
