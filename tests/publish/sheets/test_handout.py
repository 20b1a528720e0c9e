import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fairplanner.domain.plan import Plan
from fairplanner.publish.agendas.agenda import AudienceKind, Entry, EntryKind
from fairplanner.publish.agendas.book import AgendaBook
from fairplanner.publish.press import Press
from fairplanner.publish.qr import drawing
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.handout import due, handout
from fairplanner.publish.sheets.places import _stands
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress
from tests.publish.reading import pages_of, pdf_text

TEMPLATES = shipped("templates")
DAY = timedelta(1)


def sheet_of(lang: str = "zh", which: int = 0, base_url: str = "", **changes: object) -> Sheet:
    press = Press(plans.programme(), plans.plan(**changes), lang, base_url)
    return handout(press, press.parties[which])


def typeset(sheet: Sheet) -> bytes:
    return pdf(TEMPLATES / "handout" / "handout.typ", sheet.data(), 0, TEMPLATES)


def section(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["示例数据", "第1页/共3页", "2025年3月18日—20日（周二至周四）"]),
        ("en", ["Sampledata", "Page1of", "18–20March2025"]),
    ],
)
def test_the_pdf_carries_notice_page_numbers_and_dates(lang: str, words: list[str]) -> None:
    text = pdf_text(typeset(sheet_of(lang)))
    assert all(word in text for word in words)


def test_each_day_stands_once_with_all_that_happens_on_it() -> None:
    days = section(sheet_of(), "days").days
    assert [d.date for d in days] == sorted({d.date for d in days})
    assert days[0].date == "2025年3月15日（周六）"
    fair_days = [line for d in days for line in d.lines if line.title == "第1届abroad展"]
    assert [line.nth for line in fair_days] == ["第 1 天，共 3 天", "第 2 天，共 3 天", "第 3 天，共 3 天"]
    assert all([s.name for s in d.slots] == ["上午", "午餐", "下午", "晚餐、晚间"] for d in days)


def test_a_driver_is_shown_places_in_chinese_and_in_english() -> None:
    places = (
        b.place("harbour", 23.1, 113.3, name_zh="广州", name_en="Guangzhou"),
        b.place("hills", 26.6, 106.7),
        b.place("lion", 1.3, 103.8, "SG", "Asia/Singapore", name_zh="新加坡", name_en="Singapore"),
    )
    for lang in ("zh", "en"):
        press = Press(plans.programme(places=places), plans.plan(), lang)
        assert section(handout(press, press.parties[0]), "driver").cards[0].large == ("Singapore", "新加坡")


def test_firms_of_the_phase_are_listed_with_totals_that_add_up() -> None:
    table = section(sheet_of(which=1), "places").table
    assert table is not None
    for column in table.numeric:
        if column:
            assert sum(int(row[column]) for row in table.rows) == int(table.total[column])


@pytest.mark.parametrize(("last", "proposed"), [(None, True), (date(2024, 11, 25), True), (date(2024, 10, 25), False)])
def test_places_are_called_proposed_until_the_public_notice_has_ended(last: date | None, proposed: bool) -> None:
    notices = () if last is None else (b.notice(date(2024, 10, 21), last, "abroad-1-1"),)
    programme = plans.programme(notices=notices)
    assert programme.settings.as_of == date(2024, 11, 1)
    press = Press(programme, plans.plan(), "zh")
    party = next(p for p in press.parties if "abroad-1-1" in p.phase_ids)
    assert (section(handout(press, party), "places").note != "") is proposed
    firm = AgendaBook(programme, plans.plan(), "zh").agenda(AudienceKind.FIRM, "f1")
    for agenda in (press.agenda(party), firm):
        lines = [x for e in agenda.entries if e.phase_id == "abroad-1-1" for x in e.lines]
        assert ("公示期满前展位为拟安排，以公示结果为准。" in lines) is proposed


def pressed(plan: Plan, lang: str = "zh") -> Sheet:
    press = Press(plans.programme(), plan, lang)
    return handout(press, press.parties[0])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_score_no_money_and_nothing_of_officials_reaches_a_firm(lang: str) -> None:
    sheet = sheet_of(lang)
    text = pdf_text(typeset(sheet))
    hidden = ("63.0", "3,333.33", "310.50", "lead-1", "公务", "带队", "17–21March2025", "Officialparty", "3月17日—21日")
    assert not [word for word in hidden if word in text]
    assert {s.key for s in sheet.sections} == {
        "fill", "days", "driver", "help", "places", "journeys", "deadlines", "checklist", "notes",
    }  # fmt: skip


def test_the_span_of_the_firms_travel_stands_beside_the_fair_days() -> None:
    facts = dict(sheet_of(which=1).facts)
    assert facts["展期"] == "2025年4月15日—19日（周二至周六）"
    assert facts["企业往返"] == "最早2025年4月11日（周五）出发，最晚2025年4月20日（周日）返回（估算）"


@pytest.mark.parametrize(
    ("lang", "of_stands"),
    [("zh", ("展位", "楣板", "展品", "参展", "搭建")), ("en", ("ooth", "tand:", "xhibit", "fascia"))],
)
def test_nothing_for_buyers_speaks_of_stands(lang: str, of_stands: tuple[str, ...]) -> None:
    text = pdf_text(typeset(pressed(plans.buyers_only(), lang)))
    assert not [word for word in of_stands if word in text]


def test_buyers_are_counted_and_listed_by_what_they_do() -> None:
    sheet = pressed(plans.buyers_only())
    assert dict(sheet.facts)["规模"] == "参会企业 2 家（采购）"
    table = section(sheet, "guests").table
    assert table is not None
    assert table.headers == ("序号", "企业", "参加方式", "人数")
    assert table.rows[0] == ("1", "示例企业f1", "采购", "2")
    assert table.total == ("合计", "2 家", "", "4")


def test_a_mixed_delegation_shows_both_sides_once() -> None:
    sheet = pressed(plans.mixed())
    assert dict(sheet.facts)["规模"] == "参展企业 1 家，折合标准展位 1 个（9 平方米）；参会企业 1 家（采购）"
    rows = [len(section(sheet, key).table.rows) for key in ("places", "guests")]  # type: ignore[union-attr]
    assert rows == [1, 1]
    checks = section(sheet, "checklist").checks
    assert len(set(checks)) == len(checks) == 8
    assert checks[-1].startswith("申报材料")


def test_what_is_filled_in_by_hand_has_a_line_of_its_own() -> None:
    assert section(sheet_of(), "fill").blanks[:2] == ("团长/领队", "联络员及电话")
    assert "住宿酒店" in pdf_text(typeset(sheet_of()))


@pytest.mark.slow
def test_no_page_holds_notes_alone() -> None:
    for firms in range(1, 41):
        programme, plan = plans.a_big_delegation(firms)
        press = Press(programme, plan, "zh")
        last = PdfReader(BytesIO(typeset(handout(press, press.parties[0])))).pages[-1].extract_text()
        assert "出发前核对" in last or "记录" not in last, firms


def test_a_code_is_printed_only_where_the_files_have_an_address() -> None:
    assert sheet_of().qr == ""
    sheet = sheet_of(base_url="https://example.org/f/")
    assert sheet.qr.startswith("<svg")
    assert "https://example.org/f/pages/prov-abroad-1-1" in sheet.qr_alt
    assert typeset(sheet) == typeset(sheet_of(base_url="https://example.org/f"))


def test_a_delegation_without_firms_says_so() -> None:
    sheet = sheet_of(participations=(), journeys=(), claims=())
    assert "没有安排企业参加" in section(sheet, "places").paragraphs[0]
    assert pages_of(typeset(sheet)) >= 1


def test_a_fair_of_one_day_is_not_counted_in_days() -> None:
    programme = plans.programme(
        phases=(
            b.phase("abroad", 1, start=date(2025, 3, 18), end=date(2025, 3, 18), place_id="lion"),
            *b.a_programme().phases[1:],
        )
    )
    press = Press(programme, plans.plan(), "zh")
    days = section(handout(press, press.parties[0]), "days").days
    assert [line.nth for d in days for line in d.lines if line.title == "第1届abroad展"] == [""]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forty_firms_with_long_names_print_on_few_pages_with_every_name(lang: str) -> None:
    programme, plan = plans.a_big_delegation()
    press = Press(programme, plan, lang)
    content = typeset(handout(press, press.parties[0]))
    text = pdf_text(content)
    assert pages_of(content) <= 9
    assert all("".join(press.w.name(programme.firm[f"g{n:02d}"]).split()) in text for n in range(40))


def titles_of(outline: list[object]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from titles_of(item)
        else:
            yield str(item["/Title"])  # type: ignore[index]


def test_readers_find_sections_in_the_outline_and_know_the_language() -> None:
    reader = PdfReader(BytesIO(typeset(sheet_of())))
    titles = list(titles_of(reader.outline))
    assert titles.index("逐日安排") < titles.index("2025年3月15日（周六）") < titles.index("给司机看")
    assert str(reader.trailer["/Root"]["/Lang"]).lower().startswith("zh")


@pytest.mark.interop
def test_the_code_reads_back_as_the_address_of_the_page(tmp_path: Path) -> None:
    draw, scan = shutil.which("pdftoppm"), shutil.which("zbarimg")
    if not (draw and scan):
        pytest.skip("needs pdftoppm and zbarimg")
    (tmp_path / "x.pdf").write_bytes(typeset(sheet_of(base_url="https://example.org/f")))
    page = [draw, "-r", "150", "-f", "1", "-l", "1", "-png", "-singlefile", "x.pdf", "q"]
    subprocess.run(page, cwd=tmp_path, check=True)  # noqa: S603 - a fixed command
    code = [scan, "-q", "--raw", "q.png"]
    done = subprocess.run(code, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603 - a fixed command
    read = done.stdout.strip()
    assert read.startswith("https://example.org/f/pages/prov-abroad-1-1")
    assert read.endswith(".zh.html")


def test_a_deadline_before_the_day_of_the_revision_says_first_that_it_is_past() -> None:
    press = Press(plans.programme(), plans.plan(), "zh")
    made = [(press.dress.day(day), said) for day, said in ((press.plan.as_of, False), (press.plan.as_of - DAY, True))]
    entries = [
        Entry("x", EntryKind.DEADLINE, "报名", d, d, True, lines=("说明",))
        for d in (press.plan.as_of, press.plan.as_of - DAY)
    ]
    table = due(press, entries, "时间节点").table
    assert table
    assert [(row[0], row[2].startswith("已过\n")) for row in table.rows] == made


def test_a_column_of_sections_stands_only_where_a_firm_has_named_one() -> None:
    def columns(section_id: str) -> tuple[str, ...]:
        press = Press(*stress.stress(), "zh")
        own = [p.model_copy(update={"section_id": section_id}) for p in press.parties[stress.BIG].exhibitors]
        table = _stands(press, own)
        assert len({len(table.headers), len(table.widths), len(table.total), *map(len, table.rows)}) == 1
        return table.headers

    assert "展区" in columns("expo-1")
    assert "展区" not in columns("")


@pytest.mark.parametrize("length", [20, 60, 120, 250])
def test_a_code_is_wide_enough_for_a_telephone_whatever_address_it_holds(tmp_path: Path, length: int) -> None:
    code = drawing("https://example.org/" + "a" * length)
    units = int(re.search(r'width="(\d+)"', code)[1])  # type: ignore[index]
    shutil.copytree(TEMPLATES / "parts", tmp_path / "parts")
    said = f'#import "/parts/sheet.typ": *\n#let d = json(bytes(sys.inputs.data))\n#set document(title: "x")\n#assert(code-width(d.qr) * {units - 8} / {units} >= 25mm)\n'
    (tmp_path / "t.typ").write_text(said, encoding="utf-8")
    assert pdf(tmp_path / "t.typ", {"qr": code}, 0, tmp_path).startswith(b"%PDF")
