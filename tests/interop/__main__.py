"""`python -m tests.interop`: install other people's programs into one folder, let them read what we publish, print a table.

Needs the network for what is not there yet. Programs of the system (Thunderbird and others) are only installed with
`--system`, as root on Debian; without them their tests are skipped and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

from tests.interop.noted import NOTES
from tests.interop.programs import FOLDER

HERE = Path(__file__).parent
ENVIRONMENTS = {
    "readers": ("icalendar>=7.2,<8", "vobject>=0.9.9", "ical>=14", "khal>=0.14", "vdirsyncer>=0.21", "radicale>=3.5", "caldav>=3"),
    "icalendar6": ("icalendar>=6,<7",),
    "icalendar5": ("icalendar>=5,<6",),
}  # fmt: skip
NODE = ("ical.js@2.2.1", "node-ical@0.26.1")
SYSTEM = (
    "gcc",
    "pkg-config",
    "libical-dev",
    "thunderbird",
    "evolution-data-server",
    "gir1.2-ecal-2.0",
    "python3-gi",
    "dbus-x11",
)


def tried(what: str, *command: str, **own: str) -> bool:
    """Run one step of the installation; where it fails, its tests are skipped and the rest goes on."""
    done = subprocess.run(command, check=False, env={**os.environ, **own})
    if done.returncode:
        print(f"not installed: {what}")
    return done.returncode == 0


def install(folder: Path) -> None:
    """Make what is missing: a virtual environment for each set of readers, and the node packages."""
    for name, packages in ENVIRONMENTS.items():
        python = folder / name / "bin" / "python"
        if not python.exists():
            venv.create(folder / name, with_pip=True)
        if not tried(", ".join(packages), str(python), "-m", "pip", "install", "--quiet", *packages):
            shutil.rmtree(folder / name)
    npm = shutil.which("npm")
    if npm and not all((folder / "node_modules" / package.partition("@")[0]).is_dir() for package in NODE):
        tried(", ".join(NODE), npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *NODE)


def install_system() -> None:
    """Programs of the system, as root on Debian."""
    apt = shutil.which("apt-get")
    if apt is None:
        print("--system needs apt-get")
        return
    tried("package lists", apt, "update", "-qq")
    silent = {"DEBIAN_FRONTEND": "noninteractive"}
    for package in SYSTEM:
        tried(package, apt, "install", "-y", "-qq", "--no-install-recommends", package, **silent)


def run(folder: Path, more: Sequence[str]) -> tuple[int, list[list[str]]]:
    """Run the tests; the exit code of pytest, and what was noted (program, version, result)."""
    notes = folder / "notes.jsonl"
    notes.unlink(missing_ok=True)
    env = {**os.environ, FOLDER: str(folder), NOTES: str(notes)}
    command = [sys.executable, "-m", "pytest", "-n0", "-m", "interop", "-rs", str(HERE), *more]
    done = subprocess.run(command, check=False, env=env)
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    return done.returncode, [json.loads(line) for line in lines]


def main(args: Sequence[str]) -> int:
    """Install, run, print; returns the exit code of pytest."""
    parser = argparse.ArgumentParser(prog="python -m tests.interop", description=__doc__)
    default = Path(tempfile.gettempdir()) / "fairplanner-interop"
    parser.add_argument(
        "--folder", type=Path, default=default, help="where other people's programs are put (default: %(default)s)"
    )
    parser.add_argument(
        "--system", action="store_true", help="also install Thunderbird and the others with apt-get (root)"
    )
    parser.add_argument("--offline", action="store_true", help="install nothing; what is absent is skipped")
    known, more = parser.parse_known_args(args)
    known.folder.mkdir(parents=True, exist_ok=True)
    if known.system:
        install_system()
    if not known.offline:
        install(known.folder.resolve())
    code, rows = run(known.folder.resolve(), more)
    print("\n| program | version | seen |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
