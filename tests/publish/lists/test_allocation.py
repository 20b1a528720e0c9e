"""The allocation for the office and for everybody."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from fairplanner.publish.dress import Dress
from fairplanner.publish.lists.allocation import Allocation
from fairplanner.publish.naming import Naming
from fairplanner.rules.reckon.lists import places_lists
from tests.publish.reading import sheets_of
from tests.rules.reckon.test_allotments import handed_out


def made(*, internal: bool, lang: str = "zh") -> Allocation:
    programme = handed_out()
    naming = Naming(programme, lang)
    return Allocation(naming, Dress(naming.say), places_lists(programme), internal=internal)


def test_the_public_sees_names_order_and_booths_only() -> None:
    rows = list(made(internal=False).rows())
    assert [(row[3], row[4], row[5], row[6]) for row in rows] == [
        ("拟安排", 1, "示例企业f1", 3), ("拟安排", 2, "示例企业f2", 1), ("拟安排", 3, "示例企业f3", 1),
    ]  # fmt: skip
    assert len(rows[0]) == 7
    assert not any("90" in line for line in made(internal=False).lines())


def test_the_office_sees_rank_score_cut_off_and_the_steps() -> None:
    first = next(made(internal=True).rows())
    assert first[8:11] == (1, 90.0, 70.0)
    assert first[12] == "首个展位 1 个、按公式 1 个、余下展位 1 个"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_csv_and_workbook_hold_the_same_rows(lang: str) -> None:
    allocation = made(internal=True, lang=lang)
    text = allocation.csv()
    assert text.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
    (cells,) = sheets_of(allocation.xlsx()).values()
    assert lines[0] == [str(c) for c in cells[1][: len(lines[0])]]
    assert len(lines) - 1 == len(list(allocation.rows())) == 3
    assert allocation.xlsx() == made(internal=True, lang=lang).xlsx()
