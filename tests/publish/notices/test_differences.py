"""What is said of one entry that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fairplanner.domain.published import EntryState
from fairplanner.publish.agendas.agenda import Entry, EntryKind, Spot
from fairplanner.publish.calendars.feeds import EntryChange
from fairplanner.publish.calendars.showing import body_of
from fairplanner.publish.notices.differences import Told, told, when
from fairplanner.words import words

AT = datetime(2024, 11, 2, tzinfo=UTC)
SPOT = Spot("sg", "新加坡", "新加坡", "博览中心", 1.3, 103.9, "Asia/Singapore")
ENTRY = Entry(
    "fair-days:x-1", EntryKind.FAIR_DAYS, "某展", date(2025, 3, 18), date(2025, 3, 20), True, SPOT, lines=("甲", "乙", "丙")
)  # fmt: skip


def state(entry: Entry, sample: bool = True) -> EntryState:
    return EntryState(entry.key, "u@h", 0, AT, AT, entry.last, body_of(entry, sample), "f")


def change(what: str, before: Entry | None, after: Entry) -> Told | None:
    return told(words("zh"), EntryChange(what, state(before) if before else None, state(after)))


def rows(said: Told | None) -> list[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    assert said is not None
    return [(r.label, r.gone, r.now, r.is_changed) for r in said.rows]


WHEN = ("时间", (), ("2025年3月18日—20日（周二至周四）",), False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "另展"}, [("名称", ("某展",), ("另展",), True), WHEN]),
        ({"first": date(2025, 4, 8), "last": date(2025, 4, 10)}, [("时间", WHEN[2], ("2025年4月8日—10日（周二至周四）",), True)]),
        ({"spot": replace(SPOT, venue="")}, [WHEN, ("地点", ("博览中心，新加坡",), ("新加坡",), True)]),
        ({"spot": None}, [WHEN, ("地点", ("博览中心，新加坡",), (), True), ("地图坐标", ("1.3，103.9",), (), True)]),
        ({"spot": replace(SPOT, lat=1.4)}, [WHEN, ("地图坐标", ("1.3，103.9",), ("1.4，103.9",), True)]),
        ({"is_firm": False}, [WHEN, ("日期状态", ("已定",), ("暂定",), True)]),
        ({"lines": ("甲", "丁", "丙")}, [WHEN, ("说明", ("乙",), ("丁",), True)]),
        ({"lines": ("乙", "丙", "甲", "甲")}, [WHEN, ("说明", (), ("甲", "甲"), True)]),
        ({"lines": ()}, [WHEN, ("说明", ("甲", "乙", "丙"), (), True)]),
    ],
)  # fmt: skip
def test_of_a_changed_entry_exactly_what_differs_is_said_and_when_it_is(
    changes: dict[str, Any], expected: list[Any]
) -> None:
    assert rows(change("changed", ENTRY, replace(ENTRY, **changes))) == expected


def test_an_entry_that_reads_as_before_is_not_told() -> None:
    assert change("changed", ENTRY, replace(ENTRY, lines=("丙", "乙", "甲"))) is None
    assert change("changed", ENTRY, replace(ENTRY, phase_id="x-1")) is None


def test_an_added_entry_is_told_whole_and_a_cancelled_one_by_when_and_where_it_was() -> None:
    where = ("地点", (), ("博览中心，新加坡",), False)
    assert rows(change("added", None, ENTRY)) == [WHEN, where, ("说明", (), ("甲", "乙", "丙"), False)]
    assert rows(change("cancelled", ENTRY, ENTRY)) == [WHEN, where]


def test_a_restored_entry_is_told_whole_with_what_differs_from_before_it_was_cancelled() -> None:
    said = change("restored", ENTRY, replace(ENTRY, last=date(2025, 3, 19)))
    assert rows(said) == [
        ("时间", WHEN[2], ("2025年3月18日—19日（周二至周三）",), True),
        ("地点", (), ("博览中心，新加坡",), False),
        ("说明", (), ("甲", "乙", "丙"), False),
    ]
    assert said is not None
    assert (said.what, said.title) == ("restored", "某展")


def test_times_of_day_are_said_with_their_zone() -> None:
    starts = datetime(2025, 3, 18, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    day = replace(ENTRY, last=ENTRY.first, starts=starts, ends=starts.replace(hour=18, minute=0))
    assert when(words("en"), day) == "18 March 2025 (Tue), 09:30–18:00 (Asia/Shanghai)"
    flight = replace(day, ends=starts.replace(hour=15, minute=0, tzinfo=ZoneInfo("Asia/Singapore")))
    assert (
        when(words("zh"), flight)
        == "2025年3月18日（周二）09:30（Asia/Shanghai）至2025年3月18日（周二）15:00（Asia/Singapore）"
    )
    assert rows(change("changed", day, flight))[0][3]
