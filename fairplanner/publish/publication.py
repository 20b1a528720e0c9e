"""Bytes made from a plan, and where they go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal


@dataclass(frozen=True)
class Publication:
    """One file: `path` below the output folder (forward slashes), media type, content. Pure: same plan, same bytes.

    `said`: digest of what a paper says, number and day of the revision left out; '' where nobody asks.
    """

    path: PurePosixPath
    media_type: str
    content: bytes
    said: str = ""


@dataclass(frozen=True)
class Draft:
    """A PDF or a picture that is still to be typeset: everything it is made of. `template` stands below the templates folder.

    Plain data that another process can be given, and by which one can tell whether it was typeset before. One that is private
    has names of people in it: nobody keeps it for another time. A picture is the one page of its template, `ppi` pixels to an inch.
    `booklet`: where its pages go once more, laid out on sheets to fold. `said`: as in a publication.
    """

    path: PurePosixPath
    template: str
    data: dict[str, Any]
    timestamp: int
    form: Literal["pdf", "png"] = "pdf"
    ppi: int = 216
    is_private: bool = False
    booklet: PurePosixPath | None = None
    said: str = ""
