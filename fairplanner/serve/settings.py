"""What an office may set for its server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Where the store is and how much anybody may ask of the server.

    `base_url` is the address that people see, without a slash at the end; no header of a request can change it. Whoever
    holds one link may ask `burst` times at once and `pace` times a second in the long run, in each process: both are far
    above what a person's calendar asks, because a whole hall scans the one link on a poster. `memory` is the bytes of feeds,
    pages and documents kept at hand, in each process.
    """

    store: str
    base_url: str = "http://localhost"
    burst: int = 600
    pace: float = 10.0
    memory: int = 64 * 1024 * 1024
