"""The collector is as it was, whatever happens in between."""

from __future__ import annotations

import gc

import pytest

from fairplanner.domain.uncollected import uncollected


@pytest.mark.parametrize("before", [True, False])
def test_the_collector_waits_and_is_then_as_it_was(before: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if before else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is before
        with pytest.raises(KeyError), uncollected():
            raise KeyError
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()
