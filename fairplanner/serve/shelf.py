"""What is kept at hand, up to a weight; what was not asked for longest leaves first."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Things by key, at most `room` in weight together. For one thread."""

    def __init__(self, room: int) -> None:
        self.room, self.weight = room, 0
        self._things: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: K) -> V | None:
        """The thing, now the one asked for last."""
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def put(self, key: K, thing: V, weight: int = 1) -> None:
        """Keep a thing in the place of what was there; what is heavier than the whole shelf is not kept."""
        old = self._things.pop(key, None)
        self.weight -= old[1] if old else 0
        if weight > self.room:
            return
        self._things[key] = (thing, weight)
        self.weight += weight
        while self.weight > self.room:
            self.weight -= self._things.popitem(last=False)[1][1]
