"""Agendas made by hand for calendars: whole days, a journey over two zones, a deadline at an hour, hard text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from fairplanner.publish.agendas.agenda import Agenda, AudienceKind, Entry, EntryKind, Spot

SHANGHAI, SINGAPORE = ZoneInfo("Asia/Shanghai"), ZoneInfo("Asia/Singapore")
HALL = Spot("guangzhou", "广州", "中国", "广交会展馆", 23.1, 113.3, "Asia/Shanghai")
CITY = Spot("singapore", "新加坡", "新加坡", "", 1.3, 103.8, "Asia/Singapore")
FAIR_DAYS = Entry(
    "fair-days:canton-1", EntryKind.FAIR_DAYS, "第138届广交会第1期", date(2025, 10, 15), date(2025, 10, 19), True, HALL
)
FLIGHT = Entry(
    "journey-out:f1", EntryKind.TRAVEL_OUT, "去程：上海至新加坡", date(2025, 4, 18), date(2025, 4, 18), True, CITY,
    datetime(2025, 4, 18, 8, 45, tzinfo=SHANGHAI), datetime(2025, 4, 18, 13, 20, tzinfo=SINGAPORE), ("路线：上海→新加坡",),
)  # fmt: skip
DEADLINE = Entry(
    "milestone:m1", EntryKind.DEADLINE, "报名截止", date(2025, 5, 30), date(2025, 5, 30), False, None,
    datetime(2025, 5, 30, 23, 44, tzinfo=SHANGHAI), datetime(2025, 5, 30, 23, 59, tzinfo=SHANGHAI),
)  # fmt: skip
NEW_YEAR = Entry("fair-days:year-end", EntryKind.FAIR_DAYS, "跨年展", date(2025, 12, 30), date(2026, 1, 2), True, HALL)
HARD = Entry(
    "fair-days:hard", EntryKind.FAIR_DAYS, "逗号,分号;反斜线\\与“引号”\"\x00\x0b\x85", date(2025, 6, 1), date(2025, 6, 1), False,
    Spot("x", 'A"B, C;D', "中国", "馆：1,2;3", 0.0, -120.5, "Asia/Shanghai"),
    lines=("第一行\r\n第二行", "𠮷野家 🍵 " + "黔东南苗族侗族自治州" * 30, "\ud800half"),
)  # fmt: skip

BERLIN = ZoneInfo("Europe/Berlin")
# half an hour after summer time began
SPRING = Entry(
    "journey-out:spring",
    EntryKind.TRAVEL_OUT,
    "去程：柏林",
    date(2025, 3, 30),
    date(2025, 3, 30),
    True,
    None,
    datetime(2025, 3, 30, 3, 30, tzinfo=BERLIN),
    datetime(2025, 7, 1, 10, 0, tzinfo=BERLIN),
)


def an_agenda(*entries: Entry, **changes: object) -> Agenda:
    base = Agenda(
        AudienceKind.FIRM,
        "f1",
        "zh",
        "示例企业, 日历; 一",
        "测试，第2稿。",
        2,
        datetime(2024, 11, 1, tzinfo=UTC),
        True,
        (2024, 2025),
        entries,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def a_full_agenda() -> Agenda:
    return an_agenda(FLIGHT, DEADLINE, HARD, FAIR_DAYS, NEW_YEAR)
