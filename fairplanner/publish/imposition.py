"""Pages of A5 laid out on A4 so that sheets printed on both sides, folded once and stapled in the fold make a booklet (骑马订).

Print on both sides, turned over along the short edge; nothing is scaled.
"""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, IndirectObject, NameObject, StreamObject

SIDE = 4
"""Pages of one sheet of paper: two on each side."""


def imposed(content: bytes) -> bytes:
    """The pages of a PDF, two on each side of a sheet twice as wide, in the order in which a folded booklet is read.

    Fonts and pictures are those of the PDF, once each; the same PDF gives the same bytes.
    """
    reader = PdfReader(BytesIO(content))
    pages = reader.pages
    width, height = (float(x) for x in (pages[0].mediabox.width, pages[0].mediabox.height))
    writer = PdfWriter()
    writer.pdf_header = reader.pdf_header
    for left, right in sides(len(pages)):
        side = writer.add_blank_page(2 * width, height)
        for at, number in ((0.0, left), (width, right)):
            if number <= len(pages):
                _lay(writer, side, pages[number - 1], at)
    _say_who(reader, writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def sides(pages: int) -> list[tuple[int, int]]:
    """Pages left and right on each side of the sheets, front and back in turn, outermost sheet first; counted from 1.

    Numbers above `pages` are blank: a booklet has a multiple of four.
    """
    whole = -(-pages // SIDE) * SIDE
    made: list[tuple[int, int]] = []
    for first in range(1, whole // 2 + 1, 2):
        last = whole + 1 - first
        made += [(last, first), (first + 1, last - 1)]
    return made


def _lay(writer: PdfWriter, side: PageObject, page: PageObject, at: float) -> None:
    """One page, its links with it: what it shows is moved as a whole; to read and write it anew costs twenty times as much."""
    shown = StreamObject()
    shown.set_data(b"/Page Do")
    drawings = DictionaryObject({NameObject("/Page"): _drawing(writer, page)})
    page[NameObject("/Contents")] = shown
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})
    side.merge_transformed_page(page, Transformation().translate(at, 0))


def _drawing(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """All that a page shows, as a form (ISO 32000-1, 8.10): one thing that is drawn with its own fonts."""
    form, content = StreamObject(), page.get_contents()
    form.set_data(b"" if content is None else content.get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = page.mediabox
    form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    return writer._add_object(form.flate_encode())


def _say_who(reader: PdfReader, writer: PdfWriter) -> None:
    """Title, dates and identifier of the PDF it was made from, so that no clock and no chance gets in."""
    if reader.metadata:
        writer.metadata = reader.metadata
    identifier = reader.trailer.get("/ID")
    if identifier:
        writer._ID = ArrayObject([ByteStringObject(bytes(x.original_bytes)) for x in identifier])
    if "/Lang" in reader.root_object:
        writer.root_object[NameObject("/Lang")] = reader.root_object["/Lang"]
