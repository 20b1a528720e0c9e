"""QR codes as SVG drawings."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno


@lru_cache(maxsize=4096)  # 5 kB each: every paper of an audience and its page bear the same one
def drawing(url: str) -> str:
    """An SVG of the address, error correction M, with its quiet zone; the same text for the same address."""
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#17313b", light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode("utf-8")
