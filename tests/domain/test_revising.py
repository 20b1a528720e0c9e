"""What a revision makes of what stands published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fairplanner.domain.published import EntryState, Showing
from fairplanner.domain.revising import RETENTION, on_show, revised

NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def showing(key: str = "a", look: str = "1", last: date = date(2025, 4, 19)) -> Showing:
    return Showing(key, f"{key}@host", last, look, look)


def published(*rows: Showing) -> tuple[EntryState, ...]:
    return revised((), rows, NOON)


def test_what_is_new_begins_with_sequence_nought_and_is_created_now() -> None:
    (state,) = published(showing())
    assert (state.sequence, state.created, state.modified, state.cancelled) == (0, NOON, NOON, None)


def test_what_looks_the_same_keeps_its_stamps_whatever_the_time() -> None:
    before = published(showing())
    assert revised(before, [showing()], NOON + 90 * DAY) == before


def test_what_looks_otherwise_gets_the_next_sequence_and_a_later_time_and_keeps_when_it_was_created() -> None:
    (state,) = revised(published(showing()), [showing(look="2")], NOON + DAY)
    assert (state.sequence, state.created, state.modified, state.fingerprint) == (1, NOON, NOON + DAY, "2")


def test_last_modified_grows_though_the_clock_went_back() -> None:
    (state,) = revised(published(showing()), [showing(look="2")], NOON - DAY)
    assert state.modified == NOON + timedelta(seconds=1)


def test_what_is_gone_is_cancelled_once_and_shown_until_the_retention_is_over() -> None:
    gone = revised(published(showing()), [], NOON + DAY)
    assert (gone[0].sequence, gone[0].cancelled, gone[0].modified) == (1, NOON + DAY, NOON + DAY)
    again = revised(gone, [], NOON + 2 * DAY)
    assert again == gone
    assert on_show(again, NOON + DAY + RETENTION - timedelta(seconds=1)) == gone
    assert on_show(again, NOON + DAY + RETENTION) == ()


def test_what_comes_back_is_a_further_change_also_long_after_it_left_the_feed() -> None:
    gone = revised(published(showing()), [], NOON + DAY)
    (back,) = revised(gone, [showing()], NOON + 200 * DAY)
    assert (back.sequence, back.cancelled, back.created) == (2, None, NOON)


def test_what_is_over_is_not_cancelled_when_a_plan_no_longer_speaks_of_it() -> None:
    before = published(showing(last=date(2025, 1, 5)))
    assert revised(before, [], NOON) == before
    assert on_show(before, NOON + 400 * DAY) == before


def test_parts_of_a_second_are_left_out() -> None:
    (state,) = revised((), [showing()], NOON.replace(microsecond=1))
    assert state.modified == NOON


LOOKS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"))


@given(st.lists(st.tuples(LOOKS, st.integers(-5, 40)), max_size=8))
def test_along_any_history_stamps_only_grow_and_move_exactly_with_what_is_seen(
    history: list[tuple[dict[str, str], int]],
) -> None:
    states: tuple[EntryState, ...] = ()
    at = NOON
    for looks, days in history:
        at += days * DAY
        after = revised(states, [showing(key, look) for key, look in looks.items()], at)
        known = {state.key: state for state in states}
        for state in after:
            old = known.get(state.key, replace(state, sequence=-1, modified=datetime.min.replace(tzinfo=UTC)))
            seen = (state.fingerprint, state.cancelled is None)
            moved = state.key not in known or seen != (old.fingerprint, old.cancelled is None)
            assert state.sequence == old.sequence + moved
            assert (state.modified > old.modified) is moved
        assert {s.key for s in after if s.cancelled is None and s.last >= at.date()} <= set(looks)
        assert {s.key for s in after} == set(known) | set(looks)
        states = after
