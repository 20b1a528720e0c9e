"""A sheet of QR codes to print and cut apart: one card for each subscription, with all that its reader needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

from fairplanner.publish.naming import dates_in_words
from fairplanner.publish.qr import drawing
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from fairplanner.words import Words, words

LARGEST, SMALLEST = 11.5, 7.0
ROOM = 26.0
"""How much of a title a card holds in its largest type: letters of full width, in as many lines as there is room for."""


class Card(NamedTuple):
    """One subscription: kind of audience (AudienceKind), title in the sheet's language, address of its page."""

    kind: str
    title: str
    page: str


def qr_sheet(cards: Sequence[Card], lang: str, day: date, sample: bool = False, folder: Path | None = None) -> bytes:
    """The sheet as a PDF (A4, PDF/UA-1), cards under their kind in the order they come; the same bytes for the same cards.

    Codes are 26 mm wide without their quiet zone: 25 mm is the least that telephones read from paper (research/output.md B). `folder` of
    templates.
    Raises OutputError naming every character that no font can show, LanguageError for a template that cannot be used.
    """
    w, folder = words(lang), folder or shipped("templates")
    title = w("subscribe.sheet.title")
    groups = [(kind, list(own)) for kind, own in groupby(cards, lambda card: card.kind)]
    data: dict[str, Any] = {
        "lang": lang, "title": title, "kicker": w("subscribe.sheet.kicker"), "audience": w("subscribe.sheet.audience"),
        "how": w("subscribe.sheet.how"), "none": w("subscribe.sheet.none"), "sample": w("calendar.sample") if sample else "",
        "footer": w("subscribe.sheet.footer", title=title, day=dates_in_words(w, day, day)),
        "page": w("subscribe.sheet.page", page="{page}", pages="{pages}"), "date": (day.year, day.month, day.day),
        "groups": [{"title": w(f"subscribe.kinds.{kind}"), "cards": [_card(w, c) for c in own]} for kind, own in groups],
    }  # fmt: skip
    return pdf(folder / "subscribe" / "sheet.typ", data, 0, folder)


def _card(w: Words, card: Card) -> dict[str, Any]:
    return {
        "kind": w("subscribe.kicker"), "title": card.title, "size": _size(card.title), "link": card.page,
        "qr": drawing(card.page), "qr_alt": w("subscribe.sheet.qr_alt", title=card.title, url=card.page),
    }  # fmt: skip


def _size(title: str) -> float:
    """Points in which a title fits its card: the room grows with the square of how much smaller the letters are."""
    width = sum(1.0 if ord(c) > 0x2E7F else 0.55 for c in title)
    return max(SMALLEST, min(LARGEST, round(LARGEST * sqrt(ROOM / max(width, 1.0)), 1)))
