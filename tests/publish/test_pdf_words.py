"""Text read by pattern is the text that `pypdf` reads, and where the patterns do not reach `pypdf` reads it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from fairplanner.cli.typeset_before import typeset_before
from fairplanner.publish.publishing import publications
from fairplanner.publish.typesetter import Typesetter
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.pdf_words import words_of


def slowly(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def said(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("edition", ["zh", pytest.param("en", marks=pytest.mark.slow)])
def test_every_paper_says_the_same_to_both(edition: str) -> None:
    made = publications(plans.programme(), plans.plan(), edition, typesetter=Typesetter(known=typeset_before()))
    papers = [one.content for one in made if one.path.suffix == ".pdf"]
    assert len(papers) > 20
    for paper in papers:
        assert said(words_of(paper)) == said(slowly(paper)) != ""


@pytest.mark.parametrize("text", ["a (b (c (d (e (f", "(((((a)))))", '\\\\ \\" <x> [y] Tj BI ET', "é ﬁ 𠮷 中国"])
def test_brackets_signs_and_rare_characters_are_read(text: str) -> None:
    source = f'#set document(title: "s")\n#set text(font: "Noto Sans CJK SC")\n#"{text}"'
    paper = pdf(source.encode(), {}, 0, shipped("templates"))
    assert said(words_of(paper)) == said(slowly(paper)) != ""
