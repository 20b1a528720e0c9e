"""Snippets of WordprocessingML: faces of both scripts, spacing, fields, borders. Strings; `element` makes what python-docx takes."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from fairplanner.publish.office.dressing import POINTS_IN_MM, Face, Page

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TWIPS = 20
"""Twips in a point."""
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
UNPRINTABLE = dict.fromkeys(n for n in range(32) if n not in (9, 10))


def element(xml: str) -> Any:
    """An element; `w:` is declared on it."""
    end = min(i for i in (xml.find(" "), xml.find(">"), xml.find("/")) if i > 0)
    return parse_xml(f"{xml[:end]} {NAMESPACE}{xml[end:]}")


def twips(points: float) -> int:
    """Points as word processors count them."""
    return round(points * TWIPS)


def of_mm(mm: float) -> int:
    """Millimetres as word processors count them."""
    return twips(mm * POINTS_IN_MM)


def run_properties(face: Face, closer: float = 0, language: str = "") -> str:
    """`w:rPr` of a face; `closer`: points by which characters stand closer together; `language`: Latin/Eastern."""
    off = "" if face.bold else ' w:val="0"'
    near = f'<w:spacing w:val="{-round(closer * TWIPS + 0.49)}"/>' if closer else ""
    east, west, half = quoteattr(face.eastern), quoteattr(face.western), round(face.size * 2)
    latin, _, eastern = language.partition("/")
    spoken = f'<w:lang w:val="{latin}" w:eastAsia="{eastern}"/>' if language else ""
    return (
        f"<w:rPr><w:rFonts w:ascii={west} w:hAnsi={west} w:eastAsia={east} w:cs={west}/><w:b{off}/><w:bCs{off}/>"
        f'<w:color w:val="{face.colour}"/>{near}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{spoken}</w:rPr>'
    )


def run(text: str, properties: str = "") -> str:
    """A run of text; line feeds break the line. In Chinese text marks that both scripts have (“ ” — … □) are Chinese ones."""
    if CHINESE.search(text):
        hinted = properties.replace("<w:rFonts ", '<w:rFonts w:hint="eastAsia" ', 1)
        properties = hinted or '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    parts = escape(text.translate(UNPRINTABLE)).split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts)
    return f"<w:r>{properties}{inside}</w:r>"


def field(code: str, properties: str = "") -> str:
    """A field (PAGE, NUMPAGES); 1 is what it shows until it is reckoned."""
    steps = ('<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
             '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>')  # fmt: skip
    return "".join(f"<w:r>{properties}{step}</w:r>" for step in steps)


def spacing(line: float, before: float = 0, after: float = 0) -> str:
    """Exact distance of lines in points, 0 for one line and a quarter; room before and after."""
    rule = f'w:line="{int(line * TWIPS)}" w:lineRule="exact"' if line else 'w:line="300" w:lineRule="auto"'
    return f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" {rule}/>'


def paragraph(inside: str, properties: str = "") -> str:
    """`w:p`; `properties` is the inside of `w:pPr`."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def section(page: Page, line: float, references: str = "", *, is_new: bool = True) -> str:
    """`w:sectPr` of a page: size, margins and, with `line`, the grid of lines (`w:docGrid`)."""
    wide, high = (of_mm(x) for x in page.size)
    across = ' w:orient="landscape"' if page.wide else ""
    grid = f'<w:docGrid w:type="lines" w:linePitch="{int(line * TWIPS)}"/>' if line else ""
    kind = '<w:type w:val="nextPage"/>' if is_new else ""
    return (
        f'<w:sectPr>{references}{kind}<w:pgSz w:w="{wide}" w:h="{high}"{across}/>'
        f'<w:pgMar w:top="{of_mm(page.top)}" w:right="{of_mm(page.right)}" w:bottom="{of_mm(page.bottom)}" w:left="{of_mm(page.left)}" '
        f'w:header="{of_mm(min(page.top, page.bottom) / 2)}" w:footer="{of_mm(page.footer)}" w:gutter="0"/>{grid}</w:sectPr>'
    )
