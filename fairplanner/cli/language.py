"""Which language the door speaks: `--lang`, then FAIRPLANNER_LANG, then the locale; Chinese on a Chinese one."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Sequence
from itertools import combinations

from fairplanner.words import languages

LANGUAGES = languages()
"""Every language there are words for; `zh` and `en` are shipped."""
EDITIONS = (*LANGUAGES, *("-".join(pair) for pair in combinations(sorted(LANGUAGES, reverse=True), 2)))
"""Languages, and pairs of them side by side on one paper; Chinese first."""


def chosen(argv: Sequence[str] | None = None) -> str:
    """The language to speak, read from the command line before click does, so that `--help` speaks it too."""
    args = list(sys.argv[1:] if argv is None else argv)
    for i, arg in enumerate(args):
        value = (
            arg.partition("=")[2]
            if arg.startswith("--lang=")
            else args[i + 1]
            if arg == "--lang" and i + 1 < len(args)
            else ""
        )
        if value in LANGUAGES:
            return value
    return of_environment(os.environ.get("FAIRPLANNER_LANG", ""))


def of_environment(wish: str) -> str:
    """The wish if it is a language of ours, else the locale's."""
    if wish in LANGUAGES:
        return wish
    names = (os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG"), locale.getlocale()[0])
    name = next((n for n in names if n), "") or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
