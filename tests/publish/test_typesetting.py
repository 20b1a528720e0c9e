from pathlib import Path

import pytest

from fairplanner.errors import LanguageError, OutputError
from fairplanner.publish.typesetting import fonts, pdf, png, without_glyph
from tests.publish.reading import pages_of, pdf_text

HEAD = '#set document(title: "t", date: none)\n#set text(font: "Noto Sans CJK SC", lang: "zh")\n#let d = json(bytes(sys.inputs.data))\n'


def template(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "t.typ"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_only_fonts_that_come_with_packages_are_used() -> None:
    assert "Noto Sans CJK SC" in fonts().families()
    assert "DejaVu Sans" not in fonts().families()


def test_chinese_prints_and_copies_out_and_the_clock_leaves_no_trace(tmp_path: Path) -> None:
    path = template(tmp_path, "= #d.title")
    first, again = (pdf(path, {"title": "中国进出口商品交易会（广交会）"}, 0, tmp_path) for _ in range(2))
    assert pdf_text(first) == "中国进出口商品交易会（广交会）"
    assert first == again
    assert pages_of(first) == 1


def test_the_pdf_says_that_it_is_pdf_ua(tmp_path: Path) -> None:
    content = pdf(template(tmp_path, "= x"), {}, 0, tmp_path)
    assert b"pdfuaid" in content
    assert b"/MarkInfo" in content


def test_data_is_printed_and_never_run(tmp_path: Path) -> None:
    assert pdf_text(pdf(template(tmp_path, "= #d.title"), {"title": "#panic(1) *x*"}, 0, tmp_path)) == "#panic(1)*x*"


def test_every_character_without_a_glyph_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        pdf(template(tmp_path, "= #d.title"), {"title": "茶🍵和吉他🎸"}, 0, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.what, problem.value) == ("no-glyph", "🍵 (U+1F375), 🎸 (U+1F3B8)")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("བཀྲ་ཤིས", tuple(sorted("བཀྲ་ཤིས"))),  # letters with marks below and above, which Typst names by number
        ("王\ue5e5", ("\ue5e5",)),  # what a list of staff holds where a rare character had no number yet
        ("ก็", ("ก", "็")),
    ],
)
def test_marks_and_characters_of_ones_own_are_named_and_the_naming_ends(text: str, missing: tuple[str, ...]) -> None:
    assert without_glyph(text) == tuple(sorted(set(missing)))


def test_what_cannot_be_printed_is_named_by_its_number(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        pdf(template(tmp_path, "= #d.title"), {"title": "a\x07 王\ue5e5"}, 0, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.what, problem.value) == ("no-glyph", "U+0007, U+E5E5")


def test_rare_characters_and_european_letters_have_glyphs() -> None:
    assert without_glyph("𠮷㎡¥—…①ẞğışłÜñđệ・한カЖΩ") == ()


@pytest.mark.parametrize("body", ["#nope", '#text(font: "No Such Font")[x]', "= a\n=== b"])
def test_a_template_that_fails_warns_or_breaks_accessibility_is_an_error(tmp_path: Path, body: str) -> None:
    with pytest.raises(LanguageError) as caught:
        pdf(template(tmp_path, body), {}, 0, tmp_path)
    assert caught.value.problems[0].what == "template"


def test_a_picture_is_as_wide_as_its_page_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    made = template(tmp_path, "#set page(width: 360pt, height: auto)\n= #d.title")
    once, again = (png(made, {"title": "茶"}, tmp_path, 216) for _ in range(2))
    assert once == again
    assert int.from_bytes(once[16:20], "big") == 1080


def test_a_picture_names_what_no_font_shows_and_has_one_page(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        png(template(tmp_path, "= #d.title"), {"title": "茶🍵"}, tmp_path, 72)
    assert caught.value.problems[0].value == "🍵 (U+1F375)"
    with pytest.raises(LanguageError, match="2 pages"):
        png(template(tmp_path, "a\n#pagebreak()\nb"), {}, tmp_path, 72)


def test_the_file_and_the_line_that_typst_points_at_are_named(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "own.typ").write_text("#let a = 1\n#let b = nope\n", encoding="utf-8")
    path = template(tmp_path, '#import "/parts/own.typ": b\n= x')
    with pytest.raises(LanguageError) as caught:
        pdf(path, {}, 0, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.value) == ("parts/own.typ", 2, "unknown variable: nope")


def test_a_picture_that_is_not_there_is_named_as_its_template_names_it(tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as caught:
        pdf(template(tmp_path, '#image("logo.svg", alt: "x")'), {}, 0, tmp_path)
    (problem,) = caught.value.problems
    assert "logo.svg" in problem.value
    assert str(tmp_path) not in problem.value
