"""How often one link may be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplanner.serve.pace import Pace


def test_a_burst_is_allowed_and_then_as_many_as_drip_in() -> None:
    pace = Pace()
    assert [pace.wait(100.0, 3, 0.5) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert pace.wait(100.0, 3, 0.5) == pytest.approx(2.0)
    assert pace.wait(101.0, 3, 0.5) == pytest.approx(1.0)
    assert pace.wait(102.0, 3, 0.5) == 0.0
    assert pace.wait(102.0, 3, 0.5) > 0


def test_after_a_pause_there_is_one_burst_and_no_more() -> None:
    pace = Pace()
    assert [pace.wait(1e6, 5, 1.0) > 0 for _ in range(6)] == [False] * 5 + [True]
    assert [pace.wait(2e6, 5, 1.0) > 0 for _ in range(6)] == [False] * 5 + [True]


@given(st.lists(st.floats(0, 10), max_size=60), st.integers(1, 9), st.floats(0.1, 9))
def test_never_more_than_a_burst_and_what_dripped_in(gaps: list[float], burst: int, rate: float) -> None:
    pace, now, allowed = Pace(), 0.0, 0
    for gap in gaps:
        now += gap
        allowed += pace.wait(now, burst, rate) == 0.0
        assert allowed <= burst + rate * now + 1e-6


@given(st.integers(1, 9), st.floats(0.1, 9))
def test_who_waits_as_long_as_told_is_let_in(burst: int, rate: float) -> None:
    pace = Pace()
    while not (wait := pace.wait(5.0, burst, rate)):
        pass
    assert pace.wait(5.0 + wait + 1e-6, burst, rate) == 0.0
