"""Every wheel that fairplanner needs on another computer, got by pip: the versions that are installed here, where they are."""

from __future__ import annotations

import io
import platform as this
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fairplanner.cli.wheelhouse import PLATFORMS
from fairplanner.errors import Problem, UserError

LINUX = (5, 28)
"""The C library of Linux for which wheels are taken (2.5 to 2.28): that of office systems in use, which newer ones run as well."""
ALIASES = {"manylinux2014": {"x86_64", "aarch64"}, "manylinux2010": {"x86_64"}, "manylinux1": {"x86_64"}}


@dataclass(frozen=True)
class Target:
    """The computer that it is for: one of PLATFORMS, and its version of Python ('3.11')."""

    platform: str
    python: str

    @property
    def machine(self) -> str:
        """As wheels call it."""
        return "amd64" if self.platform == "win" else self.platform.partition("-")[2]

    def tags(self) -> Iterator[str]:
        """The platforms whose wheels run there, as pip calls them."""
        if self.platform == "win":
            yield "win_amd64"
            return
        yield from (f"manylinux_2_{n}_{self.machine}" for n in range(LINUX[1], LINUX[0] - 1, -1))
        yield from (f"{alias}_{self.machine}" for alias, machines in ALIASES.items() if self.machine in machines)

    def environment(self) -> dict[str, str]:
        """What a condition like `sys_platform == 'win32'` is asked about."""
        here = {key: str(value) for key, value in default_environment().items()}
        is_windows = self.platform == "win"
        here["os_name"], here["sys_platform"] = ("nt", "win32") if is_windows else ("posix", "linux")
        here["platform_system"] = "Windows" if is_windows else "Linux"
        here["platform_machine"] = "AMD64" if is_windows else self.machine
        here["python_version"], here["python_full_version"] = self.python, f"{self.python}.0"
        return here


def this_platform() -> str:
    """The one of PLATFORMS that runs here. Raises UserError where it is none of them."""
    system, machine = this.system(), this.machine().lower()
    name = "win" if system == "Windows" and machine in ("amd64", "x86_64") else f"{system.lower()}-{machine}"
    if name not in PLATFORMS:
        raise UserError([Problem("--platform", 0, "", "platform-unknown", name)])
    return name


def get_wheels(own: bytes, target: Target, folder: Path) -> None:
    """Lay beside fairplanner's own wheel (its content) all that it needs in `folder`, and pip itself.

    Raises UserError with everything that pip cannot get for the target.
    """
    if find_spec("pip") is None:
        raise UserError([Problem("pip", 0, "", "pip-missing")])
    asked = {"pip": Requirement(pinned("pip")), **dict(_needed(own, target, frozenset()))}
    have: set[str] = set()
    while new := {name: asked[name] for name in sorted(asked.keys() - have)}:
        _download(list(new.values()), target, folder)
        have |= new.keys()
        for path in sorted(folder.glob("*.whl")):
            name = canonicalize_name(path.name.partition("-")[0])
            if name in new:
                for key, further in _needed(path.read_bytes(), target, frozenset(new[name].extras)):
                    asked.setdefault(key, further)


def _needed(wheel: bytes, target: Target, extras: frozenset[str]) -> Iterator[tuple[str, Requirement]]:
    """What a wheel needs on the target, by name, in the versions that are installed here."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)
        head = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    environment = target.environment()
    for text in head.get_all("Requires-Dist", ()):
        wanted = Requirement(text)
        marker = wanted.marker
        if marker is None or any(marker.evaluate(environment | {"extra": x}) for x in ("", *extras)):
            yield canonicalize_name(wanted.name), _as_installed(wanted)


def _as_installed(wanted: Requirement) -> Requirement:
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    try:
        return Requirement(f"{wanted.name}{extras}=={version(wanted.name)}")
    except PackageNotFoundError:
        return Requirement(f"{wanted.name}{extras}{wanted.specifier}")


def pinned(name: str) -> str:
    """A package in the version that is installed here; any version of one that is not."""
    return str(_as_installed(Requirement(name)))


def _download(wanted: Iterable[Requirement], target: Target, folder: Path) -> None:
    """All at once; where that fails one by one, to tell which of them there is not. Raises UserError."""
    names = [str(x) for x in wanted]
    said = _pip(names, target, folder)
    if said and not _is_missing(said):
        raise UserError([Problem("pip", 0, "", "pip-failed", said.strip().splitlines()[-1])])
    lost = [name for name in names if _pip([name], target, folder)] if said else []
    facts = (("platform", target.platform), ("python", target.python))
    if lost:
        raise UserError([Problem(name, 0, "", "wheel-missing", name, facts) for name in lost])


def _is_missing(said: str) -> bool:
    """Whether pip has asked and there is none, and not that nobody could be asked."""
    return "No matching distribution" in said and "Retrying" not in said


def _pip(names: list[str], target: Target, folder: Path) -> str:
    """Download these, and return what pip says where it fails."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--retries=1", "--dest", str(folder), "--implementation", "cp"]
    command += ["--python-version", target.python, *(f"--platform={tag}" for tag in target.tags()), *names]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - pip, with names of packages
    said = done.stderr.decode("utf-8", "replace").strip()
    return (said or f"pip: {done.returncode}") if done.returncode else ""
