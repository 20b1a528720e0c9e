"""Tables to a programme: the only reader of the user's files."""

from fairplanner.intake.describe import describe_tables
from fairplanner.intake.files import is_table, table_files
from fairplanner.intake.plan_file import read_plan, read_snapshot
from fairplanner.intake.prices_file import read_prices
from fairplanner.intake.read import read_packs, read_programme, read_reference
from fairplanner.intake.start_files import RUNNABLE, start_files
from fairplanner.intake.starter import new_programme

__all__ = [
    "RUNNABLE",
    "describe_tables",
    "is_table",
    "new_programme",
    "read_packs",
    "read_plan",
    "read_prices",
    "read_programme",
    "read_reference",
    "read_snapshot",
    "start_files",
    "table_files",
]
