from base64 import b64decode
from pathlib import Path

import pytest

from fairplanner.errors import LanguageError
from fairplanner.publish.design.tokens import design
from fairplanner.publish.overlay import overlay
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.sheets.briefing import briefing, page_of
from fairplanner.publish.typesetter import key_of
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.publish import plans

DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def own(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "own" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path / "own"


def test_a_design_of_two_lines_changes_one_colour_and_leaves_the_rest(tmp_path: Path) -> None:
    base = design(shipped("templates"))
    with overlay(own(tmp_path, "parts/design.toml", '[light]\naccent = "#7a1f1f"\n')) as folder:
        mine = design(folder)
    assert mine.light == base.light | {"accent": "#7a1f1f"}
    assert (mine.dark, mine.type, mine.space, mine.series) == (base.dark, base.type, base.space, base.series)


def test_series_are_replaced_as_a_whole(tmp_path: Path) -> None:
    with overlay(
        own(tmp_path, "parts/design.toml", '[[series]]\ncolour = "#000000"\nhatch = "none"\non = "#ffffff"\n')
    ) as folder:
        assert [s.colour for s in design(folder).series] == ["#000000"]


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ('[light]\nacent = "#7a1f1f"\n', "light.acent", "design-unknown"),
        ('[light]\naccent = "dark red"\n', "light.accent", "design-value"),
        ("[type]\nbody = -1\n", "type.body", "design-value"),
        ('[[series]]\ncolour = "blue"\n', "series.colour", "design-value"),
        ('[lite]\nink = "#000000"\n', "lite", "design-unknown"),
        ("[light]\naccent = #7a1f1f\n", "", "toml"),
    ],
)
def test_a_design_that_cannot_be_used_is_a_problem(text: str, column: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as caught, overlay(own(tmp_path, "parts/design.toml", text)):
        pass
    assert [(p.file, p.column, p.what) for p in caught.value.problems] == [("parts/design.toml", column, what)]


def test_every_text_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    folder = own(tmp_path, "briefing/briefing.html.j2", "")
    (folder / "briefing" / "briefing.html.j2").write_text("<p>\n简报</p>", encoding="gb18030")
    (folder / "briefing" / "briefing.typ").write_text("简报", encoding="gb18030")
    (folder / "briefing" / "logo.png").write_bytes(DOT)
    with pytest.raises(LanguageError) as caught, overlay(folder):
        pass
    told = [(p.file, p.row, p.what) for p in caught.value.problems]
    assert told == [("briefing/briefing.html.j2", 2, "text-not-utf8"), ("briefing/briefing.typ", 1, "text-not-utf8")]


def test_a_mark_of_ones_own_stands_on_paper_and_page_and_paper_is_set_again_when_it_changes(tmp_path: Path) -> None:
    press = Press(plans.programme(), plans.plan(), "zh")
    sheet = briefing(press, press.parties[0])
    draft = Draft(Path("a.pdf"), "briefing/briefing.typ", sheet.data(), 0)  # type: ignore[arg-type]
    folder = own(tmp_path, "parts/brand.typ", '#let brand(kind) = image("logo.png", height: 12mm, alt: "Our office")\n')
    own(tmp_path, "parts/brand.html.j2", '<p id="mark">{{ sheet.kind }}</p>')
    (folder / "parts" / "logo.png").write_bytes(DOT)
    with overlay(folder) as made:
        first = key_of(draft, made)
        assert b"/XObject" in pdf(made / draft.template, draft.data, 0, made)
        assert b'<p id="mark">briefing</p>' in page_of(press, sheet, made)
    (folder / "parts" / "logo.png").write_bytes(DOT + b"\0")
    with overlay(folder) as made:
        assert key_of(draft, made) != first
