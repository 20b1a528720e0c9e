"""A PostgreSQL of our own, thrown away afterwards: no port, a socket in a folder, whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """Where PostgreSQL's programs are: the newest of those that Debian and Ubuntu put apart, or those on PATH."""
    apart = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3].split(".")[0]))
    on_path = shutil.which("initdb")
    return apart[-1].parent if apart else Path(on_path).parent if on_path else None


def _somebody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root runs it as somebody else."""
    if os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Cluster:
    """A running server; `url()` is an empty place in it."""

    def __init__(self, bin_: Path) -> None:
        self.bin, self.somebody, self.made = bin_, _somebody(), 0
        # the path of a socket has at most 107 bytes, so not under pytest's own folders
        self.home = Path(tempfile.mkdtemp(prefix="fp-pg-"))
        if self.somebody:
            os.chown(self.home, self.somebody["user"], self.somebody["group"])
        self._run("initdb", "-D", "data", "-U", "planner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def start(self) -> None:
        options = f"-F -k {self.home} -c listen_addresses= -c max_connections=60 -c shared_buffers=32MB"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def crash(self) -> None:
        """End the server as a crash does: nothing is written any more; the next start recovers."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def url(self) -> str:
        """A schema of its own instead of a database of its own: made at once, and 7 MB less each."""
        import psycopg

        self.made += 1
        with psycopg.connect(host=str(self.home), user="planner", dbname="postgres") as connection:
            connection.execute(f"CREATE SCHEMA office{self.made:d}")
        return f"postgresql://planner@/postgres?host={self.home}&options=-csearch_path%3Doffice{self.made}"

    def remove(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.home)

    def _run(self, program: str, *args: str) -> None:
        # pg_ctl's server keeps what it inherits open: with a pipe we would wait for its end
        with (self.home / "out").open("ab") as out:
            done = subprocess.run(  # noqa: S603  our own programs and arguments
                [self.bin / program, *args], cwd=self.home, stdout=out, stderr=out, stdin=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, timeout=60, **self.somebody,
            )  # fmt: skip
        assert done.returncode == 0, (self.home / "out").read_text(errors="replace")[-2000:]
