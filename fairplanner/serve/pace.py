"""How often one link may be asked."""

from __future__ import annotations


class Pace:
    """A bucket of `burst` requests that fills at `rate` a second, kept as one number (the generic cell rate algorithm)."""

    __slots__ = ("_full_at",)

    def __init__(self) -> None:
        self._full_at = 0.0

    def wait(self, now: float, burst: int, rate: float) -> float:
        """Seconds until the next request is allowed; 0.0: it is, and counts. `now` in seconds of any steady clock."""
        start = max(self._full_at, now)
        over = start - now + 1 / rate - burst / rate
        if over > 1e-9:
            return over
        self._full_at = start + 1 / rate
        return 0.0
