"""Bytes made from a plan, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Publication:
    """One file: `path` below the output folder (forward slashes), media type, content. Pure: same plan, same bytes."""

    path: PurePosixPath
    media_type: str
    content: bytes
