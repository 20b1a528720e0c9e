"""Where other people's programs are; a test that needs one that is absent is skipped and says how to get it.

Everything that may not be in our own environment stands in one folder, named by FAIRPLANNER_INTEROP, which
`python -m tests.interop` makes: virtual environments `readers`, `icalendar5`, `icalendar6`, and `node_modules`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

FOLDER = "FAIRPLANNER_INTEROP"
READERS = Path(__file__).parent / "readers"
SYSTEM_PYTHON = "/usr/bin/python3"
"""The system's own: the bindings of Evolution-Data-Server belong to it."""
FOR_EDS = "import gi; gi.require_version('ECal', '2.0'); gi.require_version('EDataServer', '1.2'); from gi.repository import ECal"


def folder() -> Path:
    """The folder of programs; skips without it."""
    where = os.environ.get(FOLDER, "")
    if not where or not Path(where).is_dir():
        pytest.skip(f"{FOLDER} names no folder; `python -m tests.interop` makes one and runs these tests")
    return Path(where)


def python(name: str) -> str:
    """The interpreter of one of the virtual environments."""
    path = folder() / name / "bin" / "python"
    if not path.exists():
        pytest.skip(f"there is no virtual environment {name} in {FOLDER}")
    return str(path)


def script(name: str) -> str:
    """A program that was installed into the environment `readers`."""
    path = Path(python("readers")).with_name(name)
    if not path.exists():
        pytest.skip(f"{name} is not installed in {FOLDER}/readers")
    return str(path)


def node_modules(package: str) -> tuple[str, str]:
    """node, and the folder of node modules that holds this package."""
    node, modules = shutil.which("node"), folder() / "node_modules"
    if node is None:
        pytest.skip("node is not installed")
    if not (modules / package).is_dir():
        pytest.skip(f"{package} is not installed in {FOLDER}/node_modules")
    return node, str(modules)


@cache
def libical() -> str:
    """Our small program over libical, compiled."""
    where = folder() / "read_libical"
    compiler, config = shutil.which("gcc"), shutil.which("pkg-config")
    if compiler is None or config is None:
        pytest.skip("gcc or pkg-config is not installed")
    flags = subprocess.run([config, "--cflags", "--libs", "libical"], capture_output=True, text=True, check=False)
    if flags.returncode:
        pytest.skip("libical-dev is not installed")
    source = str(READERS / "read_libical.c")
    subprocess.run([compiler, source, "-o", str(where), *flags.stdout.split()], check=True)
    return str(where)


def thunderbird() -> str:
    """Thunderbird, the real client."""
    folder()
    path = shutil.which("thunderbird")
    if path is None:
        pytest.skip("thunderbird is not installed")
    return path


def evolution() -> tuple[str, str]:
    """dbus-run-session and the system's Python with the bindings of Evolution-Data-Server."""
    folder()
    session = shutil.which("dbus-run-session")
    if session is None:
        pytest.skip("dbus-run-session is not installed")
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run([SYSTEM_PYTHON, "-c", FOR_EDS], capture_output=True, check=False).returncode
    ):
        pytest.skip("evolution-data-server, gir1.2-ecal-2.0 or python3-gi is not installed")
    return session, SYSTEM_PYTHON
