"""The instant of a revision, as somebody gives it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fairplanner.cli.revise import instant


def test_an_instant_is_told_in_utc_and_whole_seconds() -> None:
    assert instant("2025-03-01T09:00:00.5+08:00") == datetime(2025, 3, 1, 1, tzinfo=UTC)
    assert instant("2025-03-01T09:00:00") == datetime(2025, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0206-02-02", "0001-01-01T00:00+08:00", "9999-12-31T23:59:59-08:00", "soon"])
def test_an_instant_that_nobody_can_mean_is_refused_before_it_stands_in_a_store_for_good(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        instant(text)
