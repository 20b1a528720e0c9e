"""What is worked out of a programme is worked out once for each programme and kept as long as it lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
Of = TypeVar("Of")
Made = TypeVar("Made")


def remembered(made: Callable[Concatenate[Of, P], Made]) -> Callable[Concatenate[Of, P], Made]:
    """A function of a frozen object (a programme) and of ids, dates or the like, worked out once for each of its arguments.

    A copy of the object is another object and begins with nothing; what is kept goes with the object. What it returns
    belongs to all who ask: nobody changes it in place. Arguments are hashable; what raises, or is asked with arguments by
    name, is not kept.
    """
    known: dict[int, tuple[weakref.ref[Any], dict[Hashable, Made]]] = {}

    def begun(of: Any) -> dict[Hashable, Made]:
        key, fresh = id(of), dict[Hashable, Made]()

        def gone(ref: weakref.ref[Any]) -> None:
            # a later object may have its place by now
            if key in known and known[key][0] is ref:
                del known[key]

        known[key] = weakref.ref(of, gone), fresh
        return fresh

    @wraps(made)
    def asked(of: Of, /, *args: P.args, **named: P.kwargs) -> Made:
        if named:
            return made(of, *args, **named)
        entry = known.get(id(of))
        kept = begun(of) if entry is None or entry[0]() is not of else entry[1]
        try:
            return kept[args]
        except KeyError:
            value = kept[args] = made(of, *args, **named)
            return value

    return asked
