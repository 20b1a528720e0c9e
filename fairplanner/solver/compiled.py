"""Compiled functions: what is compiled once is kept on disk where some place can be written, else for the process only."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

_Function = TypeVar("_Function", bound=Callable[..., Any])

KERNELS = ("descent", "implied", "polish", "propagation", "respond", "search", "worth")
"""Modules with compiled functions that call one another."""

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_BARE: dict[str, Any] = {"_nrt": False}


def _stamp() -> int:
    """A number of the sources of all kernels; 0 where they cannot be read."""
    try:
        text = b"".join(Path(__file__).with_name(f"{name}.py").read_bytes() for name in KERNELS)
    except OSError:
        return 0
    return int.from_bytes(sha256(text).digest()[:7])


STAMP = _stamp()
"""Default of the last argument of every `entry`. What is kept on disk for one file does not know of changes in another;
a default is part of what it is kept by, so that nothing is taken from disk that other sources made."""


def compiled(function: _Function) -> _Function:
    """A function that only compiled functions call; it is compiled, and kept, with them."""
    return cast("_Function", njit(**_OPTIONS)(function))


def bare(function: _Function) -> _Function:
    """As `compiled`, for what is called at every node and makes no arrays: references to them are not counted.

    To take an array out of a tuple then costs nothing (measured: twice as many nodes a second).
    """
    return cast("_Function", njit(**_OPTIONS, **_BARE)(function))


def entry(function: _Function) -> _Function:
    """A function that Python calls, whose last argument is by default STAMP; kept on disk with all that it calls.

    It is kept beside the package, or in the user's own place; where neither can be written each process compiles anew.
    """
    try:
        return cast("_Function", njit(**_OPTIONS, cache=True)(function))
    except RuntimeError:
        return cast("_Function", njit(**_OPTIONS)(function))
