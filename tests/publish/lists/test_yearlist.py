from datetime import date

import pytest

from fairplanner.domain.kinds import Status
from fairplanner.publish.lists.yearlist import year_list
from tests import builders as b
from tests.publish import plans
from tests.publish.reading import Page, sheets_of


def both(lang: str = "zh", **tables: object) -> tuple[Page, list[tuple[object, ...]]]:
    html, xlsx = year_list(plans.programme(**tables), lang)
    return Page(html.content), next(iter(sheets_of(xlsx.content).values()))


def test_headers_are_those_of_the_year_s_list() -> None:
    _, rows = both()
    assert rows[1] == (
        "序号",
        "展会名称（中英文）",
        "届次",
        "时间",
        "国家（地区）、城市",
        "展馆",
        "行业",
        "主办（组展）单位",
        "计划规模",
        "支持方向",
        "报名截止",
        "备注",
    )


def test_fairs_stand_in_date_order_and_those_without_dates_last() -> None:
    _, rows = both()
    assert [row[2] for row in rows[2:]] == ["第1届", "第1届第1期", "第1届第2期", "第2届"]
    assert [row[0] for row in rows[2:]] == [1, 2, 3, 4]
    assert rows[-1][3:6] == ("待定", "待定", "待定")


def test_projected_dates_say_so() -> None:
    _, rows = both(phases=(b.phase(status=Status.PROJECTED),))
    assert str(rows[2][3]) == "2025年4月15日—19日（周二至周六）（暂定，据往届推算）"


def test_fairs_outside_the_window_are_not_listed_and_cancelled_ones_say_so() -> None:
    phases = (
        b.phase(),
        b.phase(number=2, status=Status.CANCELLED),
        b.phase(number=3, year=2026, start=date(2026, 4, 1), end=date(2026, 4, 2)),
    )
    _, rows = both(phases=phases)
    assert len(rows) == 4
    assert [str(row[3]).endswith("（已取消）") for row in rows[2:]] == [False, True]


@pytest.mark.parametrize(("lang", "said"), [("zh", "取消"), ("en", "cancelled")])
def test_a_cancelled_fair_without_dates_is_not_one_whose_dates_are_to_come(lang: str, said: str) -> None:
    _, rows = both(lang, phases=(b.phase(status=Status.CANCELLED, start=None, end=None),))
    assert rows[2][3] == said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_workbook_hold_the_same_cells(lang: str) -> None:
    page, rows = both(lang)
    for row in rows[1:]:
        for cell in row:
            assert "".join(str(cell or "").split()) in page.text


def test_a_year_without_fairs_says_so() -> None:
    html, _ = year_list(plans.programme(phases=()), "zh")
    assert "目录中没有这一时段的展会。" in Page(html.content).text


def test_an_edition_that_is_no_number_is_shown_as_its_year() -> None:
    _, rows = both(phases=(b.phase(edition="2025+", start=None, end=None, status=Status.UNKNOWN),))
    assert rows[2][2] == "2025年"


@pytest.mark.parametrize(("lang", "note"), [("zh", "示例数据"), ("en", "sample data")])
def test_a_note_in_two_languages_is_told_in_the_readers(lang: str, note: str) -> None:
    _, rows = both(lang, choices=(b.choice("expo", note="示例数据 sample data"),))
    assert note in {row[11] for row in rows[2:]}
