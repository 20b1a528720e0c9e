"""fairplanner itself as a wheel, made from what is installed or checked out here: no network, no build tool, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import fairplanner
from fairplanner.shipped import shipped

NAME = "fairplanner"
EPOCH = (1980, 1, 1, 0, 0, 0)
SHIPPED = "shipped_files"
"""Where a wheel has what lies beside the package in a checkout (`fairplanner.shipped`)."""


def own_wheel() -> tuple[str, bytes]:
    """Its file name and content; pure Python, for every platform."""
    version = distribution(NAME).version
    files = dict(sorted({**dict(_package()), **_about(version)}.items()))
    info = f"{NAME}-{version}.dist-info"
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            put(made, name, content)
    return f"{NAME}-{version}-py3-none-any.whl", out.getvalue()


def put(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644, *, packed: bool = True) -> None:
    """Add a file to an archive without the time of its making."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr, info.create_system = (0o100000 | mode) << 16, 3
    archive.writestr(info, content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)


def _package() -> Iterator[tuple[str, bytes]]:
    package = Path(fairplanner.__file__).resolve().parent
    yield from _below(package, NAME)
    for folder in ("catalogs", "templates"):
        yield from _below(shipped(folder), f"{NAME}/{SHIPPED}/{folder}")


def _below(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and "__pycache__" not in inside.parts and not path.name.startswith("."):
            yield f"{name}/{inside.as_posix()}", path.read_bytes()


def _about(version: str) -> dict[str, bytes]:
    """What pip reads: name, version, what it depends on, its commands, its licence."""
    found, info = distribution(NAME), f"{NAME}-{version}.dist-info"
    files = {
        "METADATA": found.read_text("METADATA") or "",
        "entry_points.txt": found.read_text("entry_points.txt") or "",
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: {NAME} ({version})\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "licenses/LICENSE": found.read_text("licenses/LICENSE") or "",
    }
    return {f"{info}/{name}": text.encode() for name, text in files.items() if text}


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
