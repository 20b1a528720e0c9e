"""What is kept at hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairplanner.serve.shelf import Shelf


def test_what_was_asked_for_longest_ago_leaves_first() -> None:
    shelf: Shelf[str, int] = Shelf(3)
    for n, key in enumerate("abc"):
        shelf.put(key, n)
    assert shelf.get("a") == 0
    shelf.put("d", 3)
    assert [shelf.get(key) for key in "abcd"] == [0, None, 2, 3]


def test_what_is_heavier_than_the_shelf_is_not_kept_and_its_old_self_is_gone() -> None:
    shelf: Shelf[str, str] = Shelf(10)
    shelf.put("a", "small", 5)
    shelf.put("a", "huge", 11)
    assert shelf.get("a") is None
    assert (len(shelf), shelf.weight) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=80))
def test_the_weight_is_that_of_what_is_there_and_never_too_much(puts: list[tuple[int, int]]) -> None:
    shelf: Shelf[int, int] = Shelf(20)
    weights: dict[int, int] = {}
    for key, weight in puts:
        shelf.put(key, weight, weight)
        weights[key] = weight
        there = [k for k in weights if shelf.get(k) is not None]
        assert shelf.weight == sum(weights[k] for k in there) <= 20
        assert len(shelf) == len(there)
