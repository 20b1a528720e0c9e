"""The double-click start of a programme's folder: scripts for Windows and Linux, and instructions, in one language."""

from __future__ import annotations

from fairplanner.shipped import shipped
from fairplanner.words import Words

SCRIPTS = ("bat", "sh", "desktop")
RUNNABLE = (".sh", ".desktop")
"""Endings of the files that must be executable."""
CODE_PAGE = {"zh": "gbk"}
"""How the console of Windows reads a script there; elsewhere it is ASCII."""
BOM = b"\xef\xbb\xbf"


def start_files(w: Words) -> dict[str, bytes]:
    """File name -> content; the same bytes every time. Windows reads its script in the code page of the console, and with CRLF."""
    folder = shipped("templates") / "start"
    texts = {kind: _filled((folder / f"start.{kind}").read_text(encoding="utf-8"), w) for kind in SCRIPTS}
    readme = w("start.text").strip() + "\n"
    return {
        w("start.bat"): _crlf(texts["bat"]).encode(CODE_PAGE.get(w.lang, "ascii")),
        w("start.sh"): texts["sh"].encode(),
        w("start.desktop"): texts["desktop"].encode(),
        w("start.readme"): BOM + _crlf(readme).encode(),
    }


def _filled(text: str, w: Words) -> str:
    values = {
        "ABOUT": w("start.about"), "INSTALLING": w("start.installing"), "NO_PYTHON": w("start.no-python"),
        "FAILED": w("start.failed"), "MISSING": w("start.missing"), "PRESS": w("start.press"), "README": w("start.readme"),
        "NAME": w("start.name"), "SCRIPT": w("start.sh"), "LANG": w.lang,
    }  # fmt: skip
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")
