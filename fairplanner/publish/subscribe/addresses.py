"""Where a subscriber finds his calendar, its page and its documents; the same served as laid out in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlsplit

from fairplanner.errors import OutputError, Problem

FEEDS = "f"
FIRST_LANG = "zh"
"""The language of a page that is asked for without one."""


def page_name(lang: str) -> str:
    """File name of the page in one language, beside the calendars."""
    return f"index.{lang}.html"


def file_name(slug: str, lang: str) -> str:
    """File name of a calendar."""
    return f"{slug}.{lang}.ics"


class Links(Protocol):
    """What the page of a subscription links to: itself and the calendar as whole addresses, the rest as seen from the page."""

    def page(self, lang: str) -> str:
        """The page itself."""

    def other(self, lang: str) -> str:
        """The page in another language, from the page."""

    def calendar(self, slug: str, lang: str, /) -> str:
        """The calendar, to be pasted into a program."""

    def webcal(self, slug: str, lang: str, /) -> str:
        """The calendar, to be opened by the telephone's own calendar."""

    def file(self, slug: str, lang: str, /) -> str:
        """The calendar, from the page."""


@dataclass(frozen=True)
class Address:
    """Links of one subscriber; `base` is the address of the folder that holds `f/`, `token` the key in clear."""

    base: str
    token: str

    def page(self, lang: str) -> str:
        """The page that explains; short, for QR codes (WeChat's scanner opens http and https only)."""
        folder = f"{self.base.rstrip('/')}/{FEEDS}/{self.token}/"
        return folder if lang == FIRST_LANG else folder + page_name(lang)

    def other(self, lang: str) -> str:
        """The page in another language, from the page."""
        return page_name(lang)

    def calendar(self, slug: str, lang: str) -> str:
        """The calendar, to be pasted into a program."""
        return f"{self.base.rstrip('/')}/{FEEDS}/{self.token}/{quote(file_name(slug, lang))}"

    def webcal(self, slug: str, lang: str) -> str:
        """The calendar, to be opened by the telephone's own calendar."""
        return f"webcal://{self.calendar(slug, lang).split('://', 1)[1]}"

    def file(self, slug: str, lang: str) -> str:
        """The calendar, from the page."""
        return quote(file_name(slug, lang))


def base_address(text: str) -> str:
    """An address that calendars can be fetched below, without its last slash.

    Raises OutputError for anything but http or https, a name in plain ASCII, and a path without query or fragment.
    """
    wanted = text.strip()
    try:
        parts = urlsplit(wanted)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    # urlsplit drops line breaks and tabs without a word
    is_plain = wanted.isascii() and wanted.isprintable() and not set(wanted) & set("?#@ ")
    if not (is_good and is_plain):
        raise OutputError([Problem("--base-url", 0, "", "base-url", text)])
    return wanted.rstrip("/")
