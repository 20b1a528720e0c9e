"""fairplanner as a library: every public name, and the whole road in a few lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROAD = """
from pathlib import Path
from fairplanner import *
import fairplanner
programme = read_programme(Path("{folder}"))
plan = solve(pose_programme(programme)).plan
assert check(programme, plan) == () and diff(plan, plan) == ()
assert any(p.path.suffix == ".ics" for p in publications(programme, plan, "en"))
assert isinstance(programme, Programme) and isinstance(plan, Plan) and Problem and Violation
assert all(getattr(fairplanner, name) for name in fairplanner.__all__)
"""


def test_the_whole_road_by_public_names() -> None:
    folder = Path(__file__).parent / "programmes" / "tiny"
    script = ROAD.format(folder=folder.as_posix())
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
