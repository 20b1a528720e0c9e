"""How the UID of a calendar entry is made: what publish writes, and intake knows again."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0a3a0e-5d0f-5c63-9a57-3f4f2f3f6c11")
"""Drawn once; changing it would double every subscriber's events."""


def uid(host: str, key: str) -> str:
    """The same fact has the same UID in every feed and language of one programme, and another in every other programme."""
    return f"{uuid5(uuid5(NAMESPACE, host), key)}@{host}"
