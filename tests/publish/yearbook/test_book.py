import re
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from fairplanner.domain.plan import Excluded
from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.press import Press
from fairplanner.publish.typesetting import pdf
from fairplanner.publish.yearbook.book import book
from fairplanner.publish.yearbook.volume import Book, Chapter, Part, in_order
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress

TEMPLATES = shipped("templates")


def volume(lang: str = "zh", changes: dict[str, object] | None = None, **tables: object) -> Book:
    return book(Press(plans.programme(**tables), plans.plan(**(changes or {})), lang), TEMPLATES)


def chapter(made: Book, key: str) -> Chapter:
    return next(c for c in made.chapters if c.key == key)


def part(made: Chapter, key: str) -> Part:
    return next(p for p in made.parts if p.key == key)


def typeset(made: Book) -> bytes:
    return pdf(TEMPLATES / "yearbook/book.typ", made.data(), 0, TEMPLATES)


@lru_cache(maxsize=1)
def read() -> PdfReader:
    return PdfReader(BytesIO(typeset(volume())))


def squeezed(page: int) -> str:
    return re.sub(r"\s+", "", read().pages[page - 1].extract_text())


def added_up(made: Part) -> None:
    table = made.table
    assert table is not None
    for column in table.numeric:
        cells = [Decimal(row[column].replace(",", "")) for row in table.rows]
        assert sum(cells, Decimal(0)) == Decimal(table.total[column].replace(",", "")), (made.key, column)


def test_every_zone_that_sends_and_every_fair_has_a_unit_and_every_firm_stands_under_its_fair() -> None:
    programme, plan = stress.stress()
    made = book(Press(programme, plan, "zh"), TEMPLATES)
    fairs = chapter(made, "fairs").units
    assert {u.key for u in fairs} == {f"q:{s.phase_id}" for d in plan.delegations for s in d.stops}
    for unit in fairs:
        named = {n.key for p in unit.parts for n in p.names}
        assert named == {f"f:{p.firm_id}" for p in plan.participations if f"q:{p.phase_id}" == unit.key}
    zones = chapter(made, "zones").units
    assert {n.key for u in zones for p in u.parts for n in p.names} == {f"f:{p.firm_id}" for p in plan.participations}


def test_columns_of_people_booths_and_money_add_up_fair_by_fair() -> None:
    for made in (volume(), book(Press(*stress.stress(), "zh"), TEMPLATES)):
        for unit in chapter(made, "fairs").units:
            added_up(next(p for p in unit.parts if p.key == "parties"))
        for key in ("funds", "money_zones", "quarters", "own"):
            added_up(part(chapter(made, "money"), key))
        added_up(part(chapter(made, "left"), "counts"))


def test_public_money_of_all_fairs_is_that_of_the_plan() -> None:
    programme, plan = stress.stress()
    units = chapter(book(Press(programme, plan, "zh"), TEMPLATES), "fairs").units
    tables = [next(p for p in u.parts if p.key == "parties").table for u in units]
    told = sum((Decimal(t.total[-1]) for t in tables if t), Decimal(0))
    spent = Decimal(sum(d.total for d in plan.delegations) + sum(c.amount for c in plan.claims))
    assert abs(told - spent / 10_000) < Decimal("0.005") * (len(units) + 1)


def test_what_is_left_out_is_counted_by_reason_and_named_by_fair() -> None:
    out = tuple(
        Excluded(
            kind="application", rule="travel-dates", firm_id=f, phase_id="expo-1-1", facts=(("reason", "undated"),)
        )
        for f in ("f1", "f2", "f2")
    )
    made = chapter(volume(changes={"excluded": out}), "left")
    counts = part(made, "counts").table
    assert counts is not None
    assert [row[2] for row in counts.rows] == ["3"]
    line = part(made, "left-travel-dates").items[0]
    assert "（2）" in line
    press = Press(plans.programme(), plans.plan(), "zh")
    assert all(press.naming.firm(f) in line for f in ("f1", "f2"))


def test_nothing_left_out_and_nothing_decided_by_hand_is_said() -> None:
    made = volume(changes={"excluded": ()}, decisions=())
    assert part(chapter(made, "left"), "counts").paragraphs == ("无",)
    assert part(chapter(made, "decisions"), "all").paragraphs == ("无",)


def test_a_decision_stands_with_who_made_it_when_and_why() -> None:
    table = part(chapter(volume(decisions=(b.decision(firm_id="f3"),)), "decisions"), "all").table
    assert table is not None
    row = b.decision(firm_id="f3")
    assert row.by in table.rows[0][2]
    assert row.reason in table.rows[0][3]


def test_targets_that_a_fair_serves_stand_with_it() -> None:
    made = chapter(volume(), "fairs")
    assert all(any(p.key == "targets" for p in u.parts) for u in made.units)


def test_the_index_leads_to_the_pages_on_which_a_name_stands() -> None:
    made, pages = volume(), len(read().pages)
    start = next(n for n in range(1, pages + 1) if squeezed(n).startswith(f"{re.sub(chr(32), '', made.audience)}") and made.index_title in squeezed(n)[:60])  # fmt: skip
    text = "".join(squeezed(n) for n in range(start, pages + 1))
    firms = next(p for p in made.index if p.key == "firms").entries
    assert len(firms) == 3
    for entry in firms:
        name = re.sub(r"\s+", "", entry.text)
        found = re.search(re.escape(name) + r"\W*(\d+(?:,\d+)*)", text)
        assert found, entry
        for page in found[1].split(","):
            assert name in squeezed(int(page))
            assert int(page) > 2


def test_bookmarks_lead_to_chapters_zones_and_fairs_and_every_page_tells_which_of_how_many_it_is() -> None:
    made, reader = volume(), read()
    titles = _flat(reader.outline)
    for c in made.chapters:
        assert c.title in titles
        assert all(u.title in titles for u in c.units)
    count = len(reader.pages)
    for n in range(2, count + 1):
        assert f"第{n}页/共{count}页" in squeezed(n)
        assert "内部资料，不外传" in squeezed(n)
    assert all(f"第{n}页" not in squeezed(1) for n in range(1, count + 1))


def _flat(outline: Any) -> list[str]:
    return [t for x in outline for t in (_flat(x) if isinstance(x, list) else [str(x.title)])]


def test_every_drawing_tells_in_words_what_it_shows() -> None:
    made = volume()
    figures = [p.figure for c in made.chapters for p in c.parts if p.figure]
    assert len(figures) == 3
    press = Press(plans.programme(), plans.plan(), "zh")
    assert press.naming.phase("expo-1-1") in figures[0].alt
    assert all(len(f.alt) > 20 for f in figures)


def test_names_stand_by_pinyin_with_latin_ones_first() -> None:
    assert sorted(["遵义", "贵阳", "安顺", "Zeta", "alpha"], key=in_order) == ["alpha", "Zeta", "安顺", "贵阳", "遵义"]


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["zh", "en", "zh-en"])
def test_a_book_in_which_everything_is_long_can_be_typeset(edition: str) -> None:
    press = Press(*stress.stress(), edition)
    made = (
        bilingual(book(press, TEMPLATES), book(press.twin, TEMPLATES, press))
        if press.is_bilingual
        else book(press, TEMPLATES)
    )
    pages = PdfReader(BytesIO(typeset(made))).pages
    assert 10 < len(pages) < 60
    # no page but the cover is almost empty
    assert all(len(re.sub(r"\s+", "", p.extract_text())) > 60 for p in pages)
