"""What every interop test may use."""

from __future__ import annotations

import pytest

from tests.interop.noted import Note, noted


@pytest.fixture
def note() -> Note:
    """Notes what was seen."""
    return noted
