"""Words that depend on more than their key."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fairplanner.words import words


@pytest.mark.parametrize(
    ("lang", "zone", "told", "brief"),
    [
        ("zh", "Asia/Shanghai", "北京时间 2024年11月26日03:00", "2024-11-26 03:00 北京时间"),
        ("en", "Asia/Shanghai", "26 November 2024, 03:00 Beijing time", "2024-11-26 03:00 Beijing time"),
        ("zh", "Europe/Berlin", "UTC+01:00 2024年11月25日20:00", "2024-11-25 20:00 UTC+01:00"),
        ("en", "UTC", "25 November 2024, 19:00 UTC", "2024-11-25 19:00 UTC"),
    ],
)
def test_an_instant_is_said_in_the_zone_of_its_reader(lang: str, zone: str, told: str, brief: str) -> None:
    at = datetime(2024, 11, 25, 19, tzinfo=UTC)
    assert words(lang).instant(at, zone) == told
    assert words(lang).instant(at, zone, "brief") == brief
