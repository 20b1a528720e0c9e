"""What a path asks for. Names in it are only ever compared with names that the store knows: no path reaches a disk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fairplanner.publish.subscribe.addresses import page_name
from fairplanner.words import languages

PATH = re.compile(r"/f/([A-Za-z0-9_-]{16,128})(?:/([^/\x00-\x1f\x7f]*))?", re.ASCII)
LANGS = languages()
PAGES = {"": "", "index.html": ""} | {page_name(lang): lang for lang in LANGS}
"""The language of each page beside the calendars; '' where the address names none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request under /f/: `kind` is feed, page or document; `lang` is '' for a document and for the page without one.

    `name` is what stands after the token. The name of a feed is for people only: the token says whose it is, the ending in
    which language. So a link goes on working when an audience gets another name, and nobody need be sent elsewhere, which
    would make some clients rewrite what they had been given (research/output.md A2).
    """

    token: str
    kind: str
    lang: str
    name: str


def asked(path: str) -> Asked | None:
    """What a decoded path asks for; None if nothing can be there."""
    found = PATH.fullmatch(path)
    if found is None:
        return None
    token, name = found[1], found[2] or ""
    if name in PAGES:
        return Asked(token, "page", PAGES[name], name)
    stem, _, ending = name.rpartition(".")
    slug, _, lang = stem.rpartition(".")
    if ending == "ics" and slug and lang in LANGS:
        return Asked(token, "feed", lang, name)
    return Asked(token, "document", "", name)
