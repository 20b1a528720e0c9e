"""Names of files made from ids: safe on every file system, and never the same for two different ids."""

from __future__ import annotations

import re
from hashlib import sha256

KEPT = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
UNSAFE = re.compile(r"[^a-z0-9]+")
# Names that Windows keeps for devices, whatever the ending.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))})
LONGEST = 60


def safe_name(text: str, longest: int = LONGEST) -> str:
    """An ASCII file name for an id: itself where it is lower-case and plain, else its plain letters and 12 hex digits of its hash.

    Different ids give different names, also where upper and lower case are one; at most 14 characters more than the `longest`
    that is kept; never empty.
    """
    if KEPT.fullmatch(text) and "--" not in text and len(text) <= longest and text.split(".")[0] not in DEVICES:
        return text
    plain = UNSAFE.sub("-", text.lower()).strip("-")[:longest].strip("-")
    digest = sha256(text.encode("utf-8")).hexdigest()[:12]
    return f"{plain}--{digest}" if plain else f"x--{digest}"
