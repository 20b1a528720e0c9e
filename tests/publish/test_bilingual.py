from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.publish.bilingual import ONCE, SECOND, bilingual, one_line, stacked
from fairplanner.publish.design.figure import Figure
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet, Table
from fairplanner.publish.sheets.briefing import briefing, page_of
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.publish import plans
from tests.publish.reading import Page, pdf_text

ZH = Table(("企业", "展位"), (("甲公司", "1"), ("乙公司", "2")), (3, 1), (1,), ("合计", "3"))
EN = Table(("Firm", "Booths"), (("Firm A", "1"), ("Firm B", "2")), (3, 1), (1,), ("Total", "3"))


def section(**changes: Any) -> Section:
    return Section(**({"title": "展位", "key": "places"} | changes))


def words_of(value: Any) -> list[str]:
    """Every line of every string, drawings and names of no words apart."""
    if isinstance(value, str):
        return [x for x in value.replace(SECOND, "\n").split("\n") if x]
    if isinstance(value, tuple):
        return [x for one in value for x in words_of(one)]
    if not is_dataclass(value):
        return []
    return [
        x for f in fields(value) if f.name not in {*ONCE, "svg", "second"} for x in words_of(getattr(value, f.name))
    ]


def test_what_both_say_alike_stands_once() -> None:
    assert bilingual("A4", "A4") == "A4"
    assert bilingual("展位", "Booths") == f"展位{SECOND}Booths"
    assert bilingual("", "Booths") == f"{SECOND}Booths"
    assert bilingual("展位", "") == "展位"


def test_lines_of_one_number_pair_and_others_stand_one_after_the_other() -> None:
    assert bilingual("广州\nGuangzhou\n展馆", "广州\nGuangzhou\nHall") == f"广州\nGuangzhou\n展馆{SECOND}Hall"
    assert bilingual("一", "one\ntwo") == f"一\n{SECOND}one\n{SECOND}two"


def test_rows_pair_cell_by_cell_and_a_number_stands_once() -> None:
    made = bilingual(ZH, EN)
    assert made.rows[1] == (f"乙公司{SECOND}Firm B", "2")
    assert made.total == (f"合计{SECOND}Total", "3")
    assert made.widths == (3, 1)
    assert made.numeric == (1,)


def test_tables_with_other_numbers_of_rows_stand_one_after_the_other() -> None:
    made = bilingual(ZH, replace(EN, rows=EN.rows[:1]))
    assert made.rows == (("甲公司", "1"), ("乙公司", "2"), (f"{SECOND}Firm A", f"{SECOND}1"))


def test_tables_with_other_columns_are_no_pair() -> None:
    with pytest.raises(ValueError, match="different columns"):
        bilingual(ZH, replace(EN, headers=("Firm",)))


def test_sections_pair_by_what_they_are() -> None:
    zh = (section(), section(title="记录", key="notes"))
    en = (section(title="Notes", key="notes"), section(title="Further", key="more", items=("one",)))
    made = bilingual(zh, en)
    assert [s.title for s in made] == ["展位", f"记录{SECOND}Notes", f"{SECOND}Further"]
    assert made[2].items == (f"{SECOND}one",)
    assert made[2].key == "more"


def test_two_drawings_stand_one_under_the_other() -> None:
    one, other = ('<svg xmlns="x" viewBox="0 0 720 100"><text>展</text></svg>', '<svg xmlns="x" viewBox="0 0 720 80"><text>f</text></svg>')  # fmt: skip
    made = bilingual(section(figure=Figure(one, "图")), section(figure=Figure(other, "A figure"))).figure
    assert made is not None
    assert 'viewBox="0 0 720 186"' in made.svg
    assert made.svg.index("展") < made.svg.index(">f<")
    assert made.alt == f"图{SECOND}A figure"
    assert stacked(one, one) == one


def test_a_drawing_that_only_one_language_has_stays_a_drawing() -> None:
    made = bilingual(section(), section(figure=Figure("<svg viewBox='0 0 1 1'/>", "x"))).figure
    assert made == Figure("<svg viewBox='0 0 1 1'/>", f"{SECOND}x")


def test_things_of_different_kinds_are_no_pair() -> None:
    with pytest.raises(TypeError):
        bilingual("1", 1)  # type: ignore[type-var]


def test_a_title_is_one_line() -> None:
    assert one_line(f"展位{SECOND}Booths\n表{SECOND}List") == "展位 / Booths / 表 / List"


TEXT = st.text("甲乙ab1\n", max_size=6)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
FACTS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)
TABLES = st.lists(st.tuples(TEXT, TEXT), max_size=4).map(lambda rows: Table(("a", "b"), tuple(rows), (1, 1)))
SECTIONS = st.builds(
    Section, title=TEXT, key=st.sampled_from("pqr"), paragraphs=TEXTS, facts=FACTS, items=TEXTS, checks=TEXTS, note=TEXT,
    table=st.none() | TABLES, bars=st.lists(st.tuples(TEXT, st.floats(0, 1), TEXT), max_size=2).map(tuple),
)  # fmt: skip
SHEETS = st.builds(
    Sheet, lang=st.just("zh"), kind=st.just("k"), title=TEXT, kicker=TEXT, audience=TEXT, facts=FACTS, sections=st.lists(SECTIONS, max_size=4).map(tuple),
    sample=TEXT, footer=TEXT, page=TEXT, date=st.just((2025, 1, 1)),
)  # fmt: skip


@given(SHEETS, SHEETS)
def test_every_word_of_both_languages_occurs(zh: Sheet, en: Sheet) -> None:
    made = bilingual(zh, replace(en, lang="en"))
    assert (made.lang, made.second) == ("zh", "en")
    assert set(words_of(made)) == {*words_of(zh), *words_of(en)}


PRESS = Press(plans.programme(), plans.plan(), "zh-en")


def both() -> Sheet:
    return bilingual(*(briefing(press, press.parties[0]) for press in (PRESS, PRESS.twin)))


def test_paper_in_two_languages_says_both() -> None:
    templates, sheet = shipped("templates"), both()
    said = pdf_text(pdf(templates / "briefing" / "briefing.typ", sheet.data(), 0, templates))
    seen = tuple(replace(s, figure=None) for s in sheet.sections)
    assert not [x for x in words_of(seen) if "".join(x.split()) not in said]


def test_a_page_in_two_languages_names_the_language_of_the_second_line() -> None:
    sheet = both()
    content = Page(page_of(PRESS, sheet, shipped("templates")))
    assert SECOND not in content.text
    assert [a["lang"] for tag, a in content.attributes if tag == "span" and a.get("class") == "second"]
    seen = tuple(replace(s, figure=None) for s in sheet.sections)
    assert not [x for x in words_of(seen) if "".join(x.split()) not in content.text]
