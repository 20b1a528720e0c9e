"""Whether words stand in a source document, whatever its typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
DOCUMENT = re.compile(r"\b\d{3}_[0-9a-f]{16}\.txt\b")
# One document glosses each converted character with its pinyin in parentheses; 市(州) is text and stays.
GLOSS = re.compile(r"\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ ]{1,8}\)")


def plain(text: str) -> str:
    """Text in NFKC without pinyin glosses and without white space."""
    return re.sub(r"\s+", "", GLOSS.sub("", unicodedata.normalize("NFKC", text)))


def quotes_of(cell: str) -> list[str]:
    """The single quotes of a `quote` cell."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def documents_of(source: str) -> list[str]:
    """File names of the source documents that a `source` cell names."""
    return DOCUMENT.findall(source)


def missing_quotes(cell: str, documents: Iterable[str]) -> list[str]:
    """The quotes of a cell that stand in none of the documents, given as plain text."""
    texts = list(documents)
    return [quote for quote in quotes_of(cell) if not any(plain(quote) in text for text in texts)]
