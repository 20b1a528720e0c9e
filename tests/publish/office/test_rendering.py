"""Papers as documents: page and type of the standard in the one dress, the house's design in the other, the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from fairplanner.publish.design.tokens import design
from fairplanner.publish.office.dressing import Manner
from fairplanner.publish.office.owed import KINDS
from fairplanner.publish.office.paper import Field, Form
from fairplanner.publish.office.rendering import numeral
from fairplanner.publish.workbooks.xlsx import Kind
from fairplanner.shipped import shipped
from tests.publish.office.desks import desk, made, opened, papers, tables_of, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


def test_the_official_page_is_that_of_the_standard() -> None:
    page = opened(papers("recruit")[0]).sections[0]
    sizes = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    for size, millimetres in zip(sizes, (210, 297, 37, 28), strict=True):
        assert abs(size - Mm(millimetres)) < Mm(0.1)
    assert abs(page.page_width - page.left_margin - page.right_margin - Mm(156)) < Mm(0.1)
    assert abs(page.page_height - page.top_margin - page.bottom_margin - Mm(225)) < Mm(0.1)


def test_official_type_is_named_by_role_and_sized_by_the_standard() -> None:
    content = parts(made(papers("request")[0]))
    styles = {
        m[1]: m[0] for m in re.finditer(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', content["word/styles.xml"])
    }
    for name, font, half_points in (
        ("Title", "方正小标宋简体", 44),
        ("Heading1", "黑体", 32),
        ("Heading2", "楷体_GB2312", 32),
    ):
        assert f'w:eastAsia="{font}"' in styles[name]
        assert f'<w:sz w:val="{half_points}"/>' in styles[name]
    defaults = content["word/styles.xml"].split("</w:docDefaults>")[0]
    assert 'w:eastAsia="仿宋_GB2312"' in defaults
    assert '<w:sz w:val="32"/>' in defaults
    assert 'w:lang w:val="en-US" w:eastAsia="zh-CN"' in defaults
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in content["word/document.xml"]


def test_every_font_names_a_free_one_that_may_stand_in_for_it() -> None:
    table = parts(made(papers("request")[0]))["word/fontTable.xml"]
    fonts = dict(re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="([^"]+)"/>', table))
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "宋体"):
        assert "Noto Serif CJK SC" in fonts[name]
    assert "Noto Sans CJK SC" in fonts["黑体"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_official_paper_has_no_colour_no_picture_and_names_no_tool(kind: str, lang: str) -> None:
    content = parts(made(papers(kind, desk(lang))[0]))
    everything = "".join(content.values())
    assert set(re.findall(r'<w:color w:val="(\w+)"', everything)) == {"000000"}
    assert not re.search(r"<w:drawing|<w:pict|<w:shd|fairplanner|python-docx|Microsoft Office", everything)
    assert not [name for name in content if "media" in name or "thumbnail" in name or "app.xml" in name]


def test_a_friendly_paper_has_the_colours_and_sizes_of_the_design() -> None:
    content = parts(made(papers("request", desk("en"))[0], Manner.FRIENDLY))
    look = design(shipped("templates"))
    used = set(re.findall(r'<w:color w:val="(\w+)"', "".join(content.values())))
    assert {f"#{colour}" for colour in used} <= set(look.light.values())
    assert f'<w:sz w:val="{round(look.type["title"] * 2)}"/>' in content["word/styles.xml"]
    assert f'w:fill="{look.light["pale"].lstrip("#")}"' in content["word/document.xml"]


def test_the_page_number_stands_outside_between_dashes() -> None:
    document = opened(papers("recruit")[0])
    odd, even = document.sections[0].footer.paragraphs[0], document.sections[0].even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert (odd.paragraph_format.right_indent, even.paragraph_format.left_indent) == (Pt(14), Pt(14))
    assert "PAGE" in odd._p.xml


def test_wide_attachments_lie_across_and_text_does_not() -> None:
    document = opened(papers("request")[0])
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    across = document.sections[1]
    assert across.page_width > across.page_height
    assert abs(across.top_margin - Mm(28)) < Mm(0.1), "the head of the table lies towards the binding"
    assert [p.text for p in document.paragraphs if re.fullmatch(r"附件\d", p.text)] == ["附件1", "附件2", "附件3"]


def test_headings_of_a_table_are_said_again_on_every_page_and_no_row_is_torn() -> None:
    for kind in ("firms", "request", "summary"):
        for table in opened(papers(kind)[0]).tables:
            first, *others = table._tbl.tr_lst
            assert first.trPr.find(f"{W}tblHeader") is not None
            assert all(row.trPr.find(f"{W}tblHeader") is None for row in others)
            assert all(row.trPr.find(f"{W}cantSplit") is not None for row in table._tbl.tr_lst)


def test_titles_and_headings_stand_in_the_navigation_pane_and_are_numbered() -> None:
    document = opened(papers("request")[0])
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name != "Normal"]
    assert styles[0] == ("Title", "关于组团赴新加坡参加\n第1届abroad展的请示")
    heads = [text for name, text in styles if name == "Heading 1"]
    assert [text[:2] for text in heads] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert any(p.text.startswith("（一）内容。") for p in document.paragraphs)


@pytest.mark.parametrize(("n", "zh"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")])
def test_headings_are_counted_as_the_language_counts(n: int, zh: str) -> None:
    assert numeral(n, desk("zh").w) == zh
    assert numeral(n, desk("en").w) == str(n)


@pytest.mark.parametrize("manner", list(Manner))
def test_the_same_paper_has_the_same_bytes_and_no_clock(manner: Manner) -> None:
    first, second = made(papers("request")[0], manner), made(papers("request")[0], manner)
    assert first == second
    core = parts(first)["docProps/core.xml"]
    assert core.count("2024-11-01T00:00:00Z") == 2
    with ZipFile(BytesIO(first)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sums_and_headers_can_be_read_back() -> None:
    paper = papers("budget")[0]
    table = tables_of(opened(paper))[0]
    assert table[0][0] == "项目"
    assert table[0][-1] == "人民币（元）"
    amounts = [float(row[-1].replace(",", "")) for row in table[1:]]
    assert round(sum(amounts[:-1]), 2) == amounts[-1]


def test_characters_that_no_document_may_hold_are_left_out() -> None:
    paper = papers("budget")[0]
    spoilt = replace(paper, title="预\x0b算\x00<&>表")
    assert "预算<&>表" in text_of(opened(spoilt))


def test_the_figures_of_a_column_have_the_same_decimals() -> None:
    fields = (Field("firm", 1), Field("score", 1, Kind.FIGURE), Field("rank", 1, Kind.NUMBER))
    form = Form(fields, (("a", 84.2, 1), ("b", 84.06, 2), ("c", None, 3)), name="x", total="all")
    paper = replace(papers("budget")[0], blocks=(form,))
    rows = tables_of(opened(paper))[0][1:-1]
    assert [row[1] for row in rows] == ["84.20", "84.06", ""]
    assert [row[2] for row in rows] == ["1", "2", "3"]
