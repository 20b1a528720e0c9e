"""Consoles that cannot show every character (code page 936 of Chinese Windows): what is nearest is shown instead, and nothing ends for it."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

LIKE = "fairplanner-like"
"""How text is encoded for a console: `text.encode(encoding, LIKE)`."""
NEAREST = {"¥": "￥", "€": "EUR", "£": "GBP", "\u200b": "", "\u2060": "", "\ufeff": ""}
"""What stands for a character where it cannot be shown; of others what is left without accents and smallness (² as 2), or a question mark."""


def nearest(text: str, encoding: str) -> str:
    """The same text as a console with this encoding shows it."""
    return "".join(ch if _has(ch, encoding) else _instead(ch, encoding) for ch in text)


def never_refuse() -> None:
    """From now on that is how everything is printed, whoever prints it: a name in a help text, a bar of progress."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=LIKE)


def _instead(ch: str, encoding: str) -> str:
    like = NEAREST.get(ch)
    if like is None:
        like = "".join(c for c in unicodedata.normalize("NFKD", ch) if not unicodedata.combining(c))
    return like if (like or ch in NEAREST) and _has(like, encoding) else "?"


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _handle(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return nearest(error.object[error.start : error.end], error.encoding), error.end


codecs.register_error(LIKE, _handle)
