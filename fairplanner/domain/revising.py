"""What a new revision makes of what stands published: only what somebody sees changed is stamped anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fairplanner.domain.published import EntryState, Showing

RETENTION = timedelta(days=30)
"""How long a cancelled entry stays in a feed (research/output.md section 0)."""
SECOND = timedelta(seconds=1)


def revised(before: Sequence[EntryState], now: Iterable[Showing], at: datetime) -> tuple[EntryState, ...]:
    """The states of one feed after a revision at `at` (UTC), in order of key.

    What looks the same keeps its stamps. What changed, came back or is no longer there gets the next SEQUENCE and a later
    LAST-MODIFIED, also where the clock went back. What is over is never cancelled: it was.
    """
    at = at.replace(microsecond=0)
    shown = {showing.key: showing for showing in now}
    known = {state.key: state for state in before}
    made = [_shown(known.get(key), showing, at) for key, showing in shown.items()]
    made += [_gone(state, at) for key, state in known.items() if key not in shown]
    return tuple(sorted(made, key=lambda state: state.key))


def _shown(state: EntryState | None, showing: Showing, at: datetime) -> EntryState:
    if state is None:
        return EntryState(showing.key, showing.uid, 0, at, at, showing.last, showing.body, showing.fingerprint)
    if state.fingerprint == showing.fingerprint and state.cancelled is None:
        return state
    return replace(
        _stamped(state, at), last=showing.last, body=showing.body, fingerprint=showing.fingerprint, cancelled=None
    )


def _gone(state: EntryState, at: datetime) -> EntryState:
    if state.cancelled is not None or state.last < at.date():
        return state
    stamped = _stamped(state, at)
    return replace(stamped, cancelled=stamped.modified)


def _stamped(state: EntryState, at: datetime) -> EntryState:
    return replace(state, sequence=state.sequence + 1, modified=max(at, state.modified + SECOND))


def on_show(states: Iterable[EntryState], at: datetime, retention: timedelta = RETENTION) -> tuple[EntryState, ...]:
    """The states that a feed shows at `at`: all that hold, and what was cancelled less than `retention` ago."""
    return tuple(s for s in states if s.cancelled is None or at - s.cancelled < retention)
