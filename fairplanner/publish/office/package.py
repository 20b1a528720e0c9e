"""The empty document that papers are written into: styles of one dressing, fonts to fall back on, nothing else; bytes without a clock."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from fairplanner.publish.office.dressing import FREE, Dressing, Face, Part
from fairplanner.publish.office.wordml import NAMESPACE, UNPRINTABLE, run_properties, spacing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPOCH = (1980, 1, 1, 0, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
SANS = ("黑体", "Arial", "Microsoft YaHei")


def new_document(dressing: Dressing, lang: str) -> Document:
    """An empty document of a dressing, in a language."""
    return docx.Document(BytesIO(_template(_key(dressing), dressing.closer, dressing.line, dressing.dashes, lang)))


def saved(document: Document, title: str, lang: str, day: date) -> bytes:
    """The document's bytes, the same for the same paper: dated with the plan's day; nobody's name, no tool's."""
    core, at = document.core_properties, datetime.combine(day, time())
    core.title, core.language = title.translate(UNPRINTABLE)[:255], "zh-CN" if lang == "zh" else "en-GB"
    core.author = core.comments = core.last_modified_by = core.subject = core.keywords = ""
    core.created, core.modified, core.revision = at, at, 1
    out, made = BytesIO(), BytesIO()
    document.save(out)
    with ZipFile(BytesIO(out.getvalue())) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            _put(new, name, old.read(name))
    return made.getvalue()


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, EPOCH)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o600 << 16, 3
    archive.writestr(info, content)


def _key(dressing: Dressing) -> tuple[tuple[Part, Face], ...]:
    return tuple(dressing.faces.items())


@lru_cache(maxsize=8)
def _template(faces: tuple[tuple[Part, Face], ...], closer: float, line: float, is_official: bool, lang: str) -> bytes:
    made = BytesIO()
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in PARTS.items()
    )
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(list(PARTS)[1:], 1)
    )
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, xml in (
            ("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{types}{kinds}</Types>'),
            ("_rels/.rels", _rels(f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>')),
            ("word/_rels/document.xml.rels", _rels(rels)),
            ("word/document.xml", f"<w:document {NAMESPACE} xmlns:r=\"{OFFICE}\"><w:body><w:sectPr/></w:body></w:document>"),
            ("word/styles.xml", _styles(dict(faces), closer, line, lang)),
            ("word/settings.xml", _settings(lang, is_official=is_official)),
            ("word/fontTable.xml", _fonts()),
        ):  # fmt: skip
            _put(archive, name, (HEAD + xml).encode("utf-8"))
    return made.getvalue()


def _rels(rows: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _settings(lang: str, *, is_official: bool) -> str:
    """Odd and even pages apart where the number stands outside; marks of Chinese may hang over and be squeezed."""
    even = "<w:evenAndOddHeaders/>" if is_official else ""
    return (
        f'<w:settings {NAMESPACE}><w:defaultTabStop w:val="420"/>{even}<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{"en-US" if lang == "zh" else "en-GB"}" w:eastAsia="zh-CN"/></w:settings>'
    )


def _styles(faces: dict[Part, Face], closer: float, line: float, lang: str) -> str:
    """Title and headings by the names that word processors know, so that they stand in the navigation pane."""
    latin = "en-US" if lang == "zh" else "en-GB"
    body = faces[Part.BODY]
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{run_properties(body, closer, language=f'{latin}/zh-CN')}</w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    level = '<w:keepNext/><w:keepLines/>{spacing}<w:outlineLvl w:val="{n}"/>'
    rows = [
        _style("Normal", "Normal", spacing(line), "", default=True),
        _style("Title", "Title", level.format(spacing=spacing(line), n=0), run_properties(faces[Part.TITLE])),
        _style("Heading1", "heading 1", level.format(spacing=spacing(line), n=1), run_properties(faces[Part.HEAD1], closer)),
        _style("Heading2", "heading 2", level.format(spacing=spacing(line), n=2), run_properties(faces[Part.HEAD2], closer)),
        _style("Header", "header", "", run_properties(faces[Part.MARK])),
        _style("Footer", "footer", "", run_properties(faces[Part.PAGE])),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/></w:style>',
    ]  # fmt: skip
    return f"<w:styles {NAMESPACE}>{defaults}{''.join(rows)}</w:styles>"


def _style(name: str, shown: str, paragraph: str, run: str, *, default: bool = False) -> str:
    is_default, based = (
        (' w:default="1"', "") if default else ("", '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>')
    )
    return (
        f'<w:style w:type="paragraph"{is_default} w:styleId="{name}"><w:name w:val="{shown}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{run}</w:style>"
    )


def _fonts() -> str:
    """Each font with those that stand in for it where it is not installed (`w:altName`)."""
    rows = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        f'<w:charset w:val="{"00" if name in ("Arial", "Times New Roman") else "86"}"/>'
        f'<w:family w:val="{"swiss" if name in SANS else "roman"}"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FREE.items()
    )
    return f"<w:fonts {NAMESPACE}>{rows}</w:fonts>"
