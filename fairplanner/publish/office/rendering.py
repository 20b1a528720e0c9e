"""An office paper as a word-processor document, in one of two dressings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from docx.document import Document

from fairplanner.publish.dress import Dress
from fairplanner.publish.office import titles
from fairplanner.publish.office.dressing import POINTS_IN_MM, Dressing, Page, Part
from fairplanner.publish.office.package import new_document, saved
from fairplanner.publish.office.paper import Attachment, Block, Form, Heading, Paper, Paragraph, Point
from fairplanner.publish.office.tables import table
from fairplanner.publish.office.wordml import (
    element,
    field,
    paragraph,
    run,
    run_properties,
    section,
    spacing,
    twips,
)
from fairplanner.words import Words


def document(paper: Paper, dressing: Dressing, w: Words, dress: Dress, day: date) -> bytes:
    """The DOCX of a paper; `day` is what its properties are dated with. The same paper gives the same bytes."""
    made = new_document(dressing, paper.lang)
    made.element.body[:] = []
    for one in Writer(paper, dressing, w, dress).all():
        made.element.body.append(element(one))
    _frame(made, paper, dressing, w)
    return saved(made, titles.plain(paper.title), paper.lang, day)


def numeral(n: int, w: Words) -> str:
    """一 … 九十九 in Chinese, digits elsewhere."""
    signs = w("office.signs")
    if len(signs) < 10 or n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    return f"{signs[tens - 1] if tens > 1 else ''}{signs[9] if tens else ''}{signs[ones - 1] if ones else ''}"


class Writer:
    """The body of one paper, element by element."""

    def __init__(self, paper: Paper, dressing: Dressing, w: Words, dress: Dress) -> None:
        self.paper, self.look, self.w, self.dress = paper, dressing, w, dress
        self.size = dressing.faces[Part.BODY].size

    def all(self) -> list[str]:
        """Paper, signature, attachments; each page size a section."""
        main = self._page(wide=self.paper.wide)
        out = [*self._title(self.paper.title, main), *self._addressee()]
        out += self._blocks(self.paper.blocks, main, keep=self.paper.is_signed)
        out += [*self._enclosures(), *self._signature()]
        pages = [(main, out)]
        for n, attachment in enumerate(self.paper.attachments, 1):
            page = self._page(wide=attachment.wide)
            own = self._attachment(n, attachment, page)
            if page == pages[-1][0]:
                pages[-1][1].extend(own)
            else:
                pages.append((page, own))
        return self._in_sections(pages)

    def _page(self, *, wide: bool) -> Page:
        return self.look.across if wide else self.look.upright

    def _in_sections(self, pages: list[tuple[Page, list[str]]]) -> list[str]:
        """The end of a section stands in its last paragraph, that of the last one at the end of the body."""
        made: list[str] = []
        for n, (page, own) in enumerate(pages):
            ends = section(page, self.look.line, is_new=n > 0)
            if n == len(pages) - 1:
                made += [*own, ends]
            else:
                # one point high: it must not begin a page of its own
                last = f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{ends}'
                made += [*own, paragraph("", last)]
        return made

    def _title(self, text: str, page: Page) -> list[str]:
        face, look = self.look.faces[Part.TITLE], self.look
        shown = run("\n".join(titles.lines(text, page.measure * POINTS_IN_MM / face.size - 1)))
        if not look.is_centred:
            return [paragraph(shown, f'<w:pStyle w:val="Title"/>{spacing(0, 0, self.size * 1.4)}')]
        room = spacing(look.title_line, 0, look.line / 2 if page.wide else look.line)
        return [paragraph(shown, f'<w:pStyle w:val="Title"/><w:snapToGrid w:val="0"/>{room}<w:jc w:val="center"/>')]

    def _addressee(self) -> list[str]:
        return (
            [self._text(self.w("office.addressee", to=self.paper.addressee), flush=True)]
            if self.paper.addressee
            else []
        )

    def _text(self, text: str, *, flush: bool = False, more: str = "") -> str:
        return paragraph(run(text), self._place(flush=flush, more=more))

    def _place(self, *, flush: bool = False, more: str = "") -> str:
        """Spacing and indentation of running text, in the order in which the schema wants them."""
        if not self.look.indent:
            return f"{more}{spacing(0, 0, self.size * 0.5)}"
        two = twips(2 * (self.size - self.look.closer))
        indent = "" if flush else f'<w:ind w:firstLineChars="200" w:firstLine="{two}"/>'
        return f'{more}{spacing(self.look.line)}{indent}<w:jc w:val="both"/>'

    def _blocks(self, blocks: Sequence[Block], page: Page, *, keep: bool = False) -> list[str]:
        """`keep`: the last paragraph goes with the signature, which must not stand on a page without text."""
        made: list[str] = []
        heads = points = 0
        for n, block in enumerate(blocks):
            more = "<w:keepNext/>" if keep and n == len(blocks) - 1 else ""
            match block:
                case Heading():
                    heads, points = heads + 1, 0
                    made.append(self._heading(heads, block.text))
                case Point():
                    points += 1
                    made.append(self._point(points, block, more))
                case Paragraph():
                    made.append(self._text(block.text, flush=block.flush, more=more))
                case Form():
                    made += self._form(block, page)
        return made

    def _heading(self, n: int, text: str) -> str:
        shown = run(self.w("office.heading", n=numeral(n, self.w), text=text))
        if self.look.indent:
            return paragraph(shown, f'<w:pStyle w:val="Heading1"/>{self._place()}')
        return paragraph(shown, f'<w:pStyle w:val="Heading1"/>{spacing(0, self.size, self.size * 0.4)}')

    def _point(self, n: int, point: Point, more: str) -> str:
        key = "office.point" if self.look.indent else "office.point_plain"
        label = run(
            self.w(key, n=numeral(n, self.w), label=point.label),
            run_properties(self.look.faces[Part.HEAD2], self.look.closer),
        )
        return paragraph(label + run(point.text), self._place(more=more))

    def _form(self, form: Form, page: Page) -> list[str]:
        made = []
        if form.caption:
            made.append(self._text(form.caption, flush=True, more="<w:keepNext/>"))
        made.append(table(form, self.look, page, self.dress))
        note = run_properties(self.look.faces[Part.NOTE])
        texts = form.note.split("\n") if form.note else [""]
        # a table is always followed by a paragraph, else the next one would grow together with it
        room = spacing(0, 3) if form.note else spacing(self.size / 2)
        made += [paragraph(run(text, note), f'<w:snapToGrid w:val="0"/>{room}') for text in texts]
        return made

    def _enclosures(self) -> list[str]:
        """附件：1. … under the text: one line each, hanging under the first."""
        names = [*(titles.plain(a.title) for a in self.paper.attachments), *self.paper.enclosed]
        if not names:
            return []
        label = self.w("office.enclosures")
        if len(names) == 1:
            shown = [self.w("office.enclosed_one", label=label, title=names[0])]
        else:
            shown = [
                self.w("office.enclosed", label=label if n == 1 else "", n=n, title=title)
                for n, title in enumerate(names, 1)
            ]
        if not self.look.indent:
            return [self._text("\n".join(x.strip() for x in shown), more="<w:keepNext/>")]
        em = self.size - self.look.closer
        own, label_width = [], titles.width(label)
        for n, text in enumerate(shown):
            left = twips(em * (2 + label_width + (1.25 if len(names) > 1 else 0)))
            hanging = twips(em * (label_width + (1.25 if len(names) > 1 else 0))) if n == 0 else twips(em * 1.25)
            room = spacing(self.look.line, self.look.line if n == 0 else 0)
            own.append(paragraph(run(text), f'<w:keepNext/>{room}<w:ind w:left="{left}" w:hanging="{hanging}"/>'))
        return own

    def _signature(self) -> list[str]:
        """Issuer and day, both blank: who signs fills them in; the day four characters from the right (9704, 7.3.5)."""
        made = []
        if self.paper.is_signed:
            right = twips(4 * self.size) if self.look.indent else 0
            for n, key in enumerate(("issuer", "day")):
                room = spacing(self.look.line, (self.look.line or self.size) * (2 if n == 0 else 0))
                keep = "<w:keepNext/><w:keepLines/>" if n == 0 or self.paper.contact else "<w:keepLines/>"
                place = f'{keep}{room}<w:ind w:right="{right}"/><w:jc w:val="right"/>'
                made.append(paragraph(run(self.w(f"office.{key}")), place))
        if self.paper.contact:
            made.append(self._text(self.paper.contact))
        return made

    def _attachment(self, n: int, attachment: Attachment, page: Page) -> list[str]:
        face = run_properties(self.look.faces[Part.ANNEX])
        named = (
            self.w("office.attachment", n=n)
            if len(self.paper.attachments) + len(self.paper.enclosed) > 1
            else self.w("office.attachment_only")
        )
        mark = paragraph(run(named, face), f"<w:keepNext/><w:pageBreakBefore/>{spacing(self.look.line)}")
        return [mark, *self._title(attachment.title, page), *self._blocks(attachment.blocks, page)]


def _frame(made: Document, paper: Paper, dressing: Dressing, w: Words) -> None:
    """Header (internal, sample) and footer (page number) of all pages."""
    first = made.sections[0]
    sides = (("right", first.footer, first.header), ("left", first.even_page_footer, first.even_page_header))
    for side, footer, header in sides if dressing.dashes else sides[:1]:
        footer.is_linked_to_previous = header.is_linked_to_previous = False
        for part, inside in ((footer, _number(side, paper, dressing, w)), (header, _marks(paper, w))):
            for old in list(part._element):
                part._element.remove(old)
            part._element.append(element(inside))


def _number(side: str, paper: Paper, dressing: Dressing, w: Words) -> str:
    """— 1 — outside, one character in; or what the paper is and page x of y."""
    if dressing.dashes:
        em = twips(dressing.faces[Part.PAGE].size)
        place = f'<w:pStyle w:val="Footer"/><w:ind w:{side}="{em}"/><w:jc w:val="{side}"/>'
        return paragraph(run("— ") + field("PAGE") + run(" —"), place)
    before, between, after = w("paper.page", page="\x00", pages="\x00").split("\x00")
    shown = run(f"{paper.footer}    {before}") + field("PAGE") + run(between) + field("NUMPAGES") + run(after)
    return paragraph(shown, '<w:pStyle w:val="Footer"/><w:jc w:val="center"/>')


def _marks(paper: Paper, w: Words) -> str:
    marks = [*([w("office.internal")] if paper.is_internal else []), *([paper.sample] if paper.sample else [])]
    return paragraph(run(w("office.marks").join(escape(m) for m in marks)), '<w:pStyle w:val="Header"/>')
