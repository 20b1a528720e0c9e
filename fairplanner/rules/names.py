"""Labels by the million that are written only when somebody reads them: sequences of strings over what they are made of."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, repeat
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from fairplanner.rules.contract import SEPARATOR, label


class Names(Sequence[str]):
    """Strings in order, equal to any sequence of the same strings; indexed by number, or by slice (a tuple)."""

    @abstractmethod
    def _one(self, index: int) -> str:
        """The string at 0 <= `index` < length."""

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        size = len(self)
        if isinstance(index, slice):
            return tuple(self._one(i) for i in range(*index.indices(size)))
        at = int(index)
        at = at + size if at < 0 else at
        if not 0 <= at < size:
            raise IndexError(f"{index} of {size}")
        return self._one(at)

    def __iter__(self) -> Iterator[str]:
        return (self._one(i) for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, Sequence) and not isinstance(other, str) and len(other) == len(self)
        return same and all(a == b for a, b in zip(self, other, strict=True))  # type: ignore[call-overload]

    __hash__ = None  # type: ignore[assignment]


class Joined(Names):
    """`contract.label` of several parts a row: each an array of ids or whole numbers, or one word for every row."""

    def __init__(self, size: int, parts: Sequence[NDArray[Any] | str]) -> None:
        self._size, self._parts = size, tuple(parts)

    def __len__(self) -> int:
        return self._size

    def _one(self, index: int) -> str:
        return label(*(part if isinstance(part, str) else part[index] for part in self._parts))

    def __iter__(self) -> Iterator[str]:
        each = [repeat(p or "*", self._size) if isinstance(p, str) else _texts(p) for p in self._parts]
        return map(SEPARATOR.join, zip(*each, strict=True))


def _texts(part: NDArray[Any]) -> Iterator[str]:
    return (str(one) or "*" for one in part.tolist())


class Same(Names):
    """One string so many times."""

    def __init__(self, text: str, size: int) -> None:
        self._text, self._size = text, size

    def __len__(self) -> int:
        return self._size

    def _one(self, index: int) -> str:
        return self._text


class Picked(Names):
    """Those of other names that stand at these places."""

    def __init__(self, names: Sequence[str], at: NDArray[Any]) -> None:
        self._names, self._at = names, at

    def __len__(self) -> int:
        return len(self._at)

    def _one(self, index: int) -> str:
        return self._names[int(self._at[index])]

    def of(self, at: NDArray[Any]) -> Picked:
        """Some of these."""
        return Picked(self._names, self._at[at])


class Chained(Names):
    """Several names one after another."""

    def __init__(self, pieces: Sequence[Sequence[str]]) -> None:
        self._pieces = [piece for piece in pieces if len(piece)]
        self._ends = list(accumulate(map(len, self._pieces)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _one(self, index: int) -> str:
        piece = bisect_right(self._ends, index)
        return self._pieces[piece][index - (self._ends[piece] - len(self._pieces[piece]))]

    def __iter__(self) -> Iterator[str]:
        return (text for piece in self._pieces for text in piece)


def picked(names: Sequence[str], at: Any) -> Names:
    """The names at these places, in this order."""
    places = np.asarray(at)
    places = places.astype(np.int32) if len(names) < np.iinfo(np.int32).max else places
    return names.of(places) if isinstance(names, Picked) else Picked(names, places)


def chained(*pieces: Sequence[str]) -> Names:
    """All of these, one after another."""
    return Chained(pieces)
