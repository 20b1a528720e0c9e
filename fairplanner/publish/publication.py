"""Bytes made from a plan, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True)
class Publication:
    """One file: `path` below the output folder (forward slashes), media type, content. Pure: same plan, same bytes."""

    path: PurePosixPath
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    """A PDF that is still to be typeset: everything it is made of. `template` stands below the templates folder.

    Plain data that another process can be given, and by which one can tell whether it was typeset before.
    """

    path: PurePosixPath
    template: str
    data: dict[str, Any]
    timestamp: int
