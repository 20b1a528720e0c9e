"""Titles of other people's calendars: which fair, edition and phase they speak of."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from fairplanner.domain.programme import Programme
from fairplanner.intake import read_reference
from fairplanner.intake.fair_names import FairNames, names_several, number_of, plain
from tests import builders as b

DAY = date(2025, 10, 15)


@cache
def names() -> FairNames:
    """Over the shipped catalogue."""
    shared = {name: tuple(rows) for name, rows in read_reference().items()}
    return FairNames(
        Programme(settings=b.settings(), **{k: v for k, v in shared.items() if k in Programme.model_fields})
    )


def found(title: str, first: date = DAY, last: date | None = None) -> list[str]:
    fairs, _ = names().fairs(title)
    return [q.phase_id for q in names().phases(fairs, title, first, last or first)]


@pytest.mark.parametrize(
    "title",
    ["第138届广交会第1期", "第138届 广交会 一期", "第一百三十八届广交会第一期", "138th Canton Fair, Phase 1", "Canton Fair 138 Phase 1", "Canton Fair (138th) — 1st phase",
     "CHINA IMPORT AND EXPORT FAIR, edition 138, phase I", "中国进出口商品交易会（广交会）第138届：先进制造", "【重要】第１３８届廣交會/广交会第１期"],
)  # fmt: skip
def test_a_phase_is_found_however_it_is_written(title: str) -> None:
    assert found(title) == ["canton-138-1"]


def test_an_edition_without_its_phase_is_left_open() -> None:
    assert found("第138届广交会", date(2025, 10, 15), date(2025, 11, 4)) == [
        "canton-138-1",
        "canton-138-2",
        "canton-138-3",
    ]


def test_an_edition_whose_days_are_those_of_one_phase_is_that_phase() -> None:
    assert found("第138届广交会", date(2025, 10, 23), date(2025, 10, 27)) == ["canton-138-2"]


def test_without_an_edition_the_year_and_then_the_season_decide() -> None:
    assert found("Canton Fair 2025 phase 2", date(2025, 4, 24), date(2025, 4, 28)) == ["canton-137-2"]
    assert found("Canton Fair phase 2", date(2025, 7, 1)) == ["canton-137-2", "canton-138-2"]


def test_an_edition_the_catalogue_does_not_have_is_nobodys() -> None:
    assert found("第200届广交会第1期") == []


def test_a_fair_that_is_not_named_is_not_found() -> None:
    assert found("Team lunch in Guangzhou") == []
    assert found("青岛出差") == []
    assert found("International Women's Day") == []


def test_a_part_of_a_word_is_no_name() -> None:
    assert names().fairs("NAMMA festival") == ((), False)
    assert names().fairs("The NAMM Show") == (("namm",), True)


def test_two_fairs_in_one_title_are_two() -> None:
    assert names().fairs("广交会、进博会采购团说明") == (("canton", "ciie"), True)


def test_a_slip_of_the_pen_is_only_alike() -> None:
    assert names().fairs("中国国际服物贸易交易会") == (("ciftis",), False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138", 138),
        ("一百三十八", 138),
        ("十", 10),
        ("二十", 20),
        ("十一", 11),
        ("一百零八", 108),
        ("三", 3),
        ("ii", 2),
        ("x", 0),
        ("9" * 5000, 0),
    ],
)
def test_numbers_are_read(text: str, number: int) -> None:
    assert number_of(text) == number


def test_marks_width_and_case_do_not_matter() -> None:
    assert plain("ＣＡＮＴＯＮ　Fair—（广 交 会）") == "canton fair广交会"


@pytest.mark.parametrize(
    "text",
    [
        "Expo phase 1 and phase 2",
        "Expo phase 1 & 2",
        "Phases 1, 2 and 3",
        "样交会第一至三期",
        "样交会一二期",
        "第1-3期",
    ],
)
def test_several_phases_in_one_text_are_several(text: str) -> None:
    assert names_several(text)


@pytest.mark.parametrize(
    "text", ["137th Expo, 15th-19th April 2027", "phase 3, 1–5 May 2027", "第137届样交会第一期", "2027-1期", "第十一期"]
)
def test_one_phase_with_its_days_is_one(text: str) -> None:
    assert not names_several(text)
