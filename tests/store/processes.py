"""Starts planners in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def planner(*args: str) -> subprocess.Popen[str]:
    """tests.store.child with arguments; its pipes are text, line by line."""
    return subprocess.Popen(  # noqa: S603  our own program and arguments
        [sys.executable, "-m", "tests.store.child", *args],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
